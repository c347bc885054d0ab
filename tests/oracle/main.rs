//! The tables in `tests/oracle/*.txt`. Each file describes its format in its first lines.
//!
//! To run tables in the same formats from another folder: `ORACLE_DIR=/folder cargo test oracle`.

#[path = "../support/mod.rs"]
mod support;
mod tables;

use cookies_from_scratch::cookies::Cookies;
use cookies_from_scratch::date::HttpDate;
use cookies_from_scratch::html::Fragment;
use cookies_from_scratch::limits;
use cookies_from_scratch::set_cookie::{Lifetime, SameSite, SetCookie};
use cookies_from_scratch::template::Template;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};
use support::Server;
use tables::{Row, read, rows};

#[test]
fn oracle_cookie_header() {
    for row in rows("cookie-header.txt") {
        let lines = row.all('>');
        let cookies = Cookies::from_fields(lines.iter().map(Vec::as_slice));
        let text = |pair: &Vec<u8>| String::from_utf8_lossy(pair).into_owned();
        // The expected lists leave out cookies without a name.
        let named = cookies.iter().filter(|(name, _)| !name.is_empty());
        let parsed: Vec<String> = named.map(|(name, value)| format!("{name}={value}")).collect();
        let required: Vec<String> = row.all('~').iter().map(text).collect();
        if required.is_empty() {
            assert_eq!(parsed, row.all('<').iter().map(text).collect::<Vec<_>>(), "{row}");
        }
        for pair in required {
            assert!(parsed.contains(&pair), "{pair:?} is not in {parsed:?}: {row}");
        }
        for (name, value) in cookies.iter() {
            let first = cookies.iter().find(|(each, _)| *each == name);
            assert_eq!(cookies.get(name), first.map(|(_, value)| value), "{value:?}: {row}");
        }
    }
}

fn escaped(text: &str) -> Fragment {
    Fragment::new(|html| _ = html.text(text))
}

#[test]
fn oracle_escape() {
    for row in rows("escape.txt") {
        let expected = row.text('<');
        let Some(source) =
            row.all('t').first().map(|source| String::from_utf8(source.clone()).unwrap())
        else {
            assert_eq!(escaped(&row.text('>')).as_str(), expected, "{row}");
            continue;
        };
        let variables: Vec<String> =
            row.all('v').iter().map(|line| String::from_utf8(line.clone()).unwrap()).collect();
        let values: Vec<(&str, &str)> =
            variables.iter().map(|line| line.split_once('=').unwrap()).collect();
        let template =
            Template::compile(&source, &values).unwrap_or_else(|error| panic!("{error:?}: {row}"));
        let html = Fragment::new(|page| template.render(page, |page, value| _ = page.text(value)));
        assert_eq!(html.as_str(), expected, "{row}");
    }
}

#[test]
fn oracle_http_date() {
    for line in
        read("http-date.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (seconds, expected) = line.split_once(' ').unwrap();
        let date = unix_time(seconds.parse().unwrap()).and_then(HttpDate::new);
        assert_eq!(date.as_ref().map_or("-", HttpDate::as_str), expected, "{line}");
    }
}

fn unix_time(seconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    }
}

#[test]
fn oracle_set_cookie() {
    let mut impossible = BTreeMap::new();
    for row in rows("set-cookie.txt") {
        match set_cookie(&row) {
            Ok(written) if row.all('!').is_empty() => {
                assert_eq!(written, Some(row.text('<')), "{row}");
            }
            Ok(written) => assert_eq!(written, None, "{row}"),
            Err(reason) => *impossible.entry(reason).or_insert(0) += 1,
        }
    }
    println!("rows that the types of the builder can't express: {impossible:#?}");
}

/// The `Set-Cookie` line of the cookie in `row`; `None` if the builder refuses it. The error is the
/// reason why the builder's types can't express such a cookie.
fn set_cookie(row: &Row) -> Result<Option<String>, &'static str> {
    let mut arguments: BTreeMap<String, String> = BTreeMap::new();
    for line in row.all('>') {
        let line = String::from_utf8(line).map_err(|_| "a str is UTF-8")?;
        let (name, value) = line.split_once(' ').unwrap_or((&line, ""));
        arguments.insert(name.to_owned(), value.to_owned());
    }
    let get = |name: &str| arguments.get(name).map(String::as_str);
    let seconds =
        |text: &str| text.parse::<f64>().map_err(|_| "a lifetime is made of a time, not of text");
    let mut cookie = SetCookie::builder(get("name").unwrap_or(""), get("value").unwrap_or(""));
    cookie = match (get("max-age"), get("expires")) {
        (Some(_), Some(_)) => return Err("a Lifetime is a Duration or a date, not both"),
        (Some(age), None) => {
            let age = seconds(age)?;
            if age < 0.0 {
                return Err("a Duration is never negative: Lifetime::Over deletes");
            }
            // A time that no Duration can hold is refused as too long, too.
            let age = Duration::try_from_secs_f64(age).unwrap_or(Duration::MAX);
            cookie.lifetime(Lifetime::For(age))
        }
        (None, Some(expires)) => {
            #[allow(clippy::cast_possible_truncation, reason = "rounded down, as in the table")]
            let time = unix_time(seconds(expires)?.floor() as i64);
            let Some(date) = time.and_then(HttpDate::new) else { return Ok(None) };
            cookie.lifetime(Lifetime::Until(date))
        }
        (None, None) => cookie,
    };
    cookie = get("path").map_or(cookie, |path| cookie.path(path));
    cookie = get("domain").map_or(cookie, |domain| cookie.domain(domain));
    cookie = get("no-path").map_or(cookie, |_| cookie.no_path());
    cookie = get("secure").map_or(cookie, |_| cookie.secure());
    cookie = get("httponly").map_or(cookie, |_| cookie.http_only());
    cookie = get("partitioned").map_or(cookie, |_| cookie.partitioned());
    cookie = match get("samesite").map(str::to_ascii_lowercase).as_deref() {
        None => cookie,
        Some("strict") => cookie.same_site(SameSite::Strict),
        Some("lax") => cookie.same_site(SameSite::Lax),
        Some("none") => cookie.same_site(SameSite::None),
        Some(_) => return Err("SameSite has three values"),
    };
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let cookie = cookie.build().ok();
    let cookie =
        if get("remove").is_some() { cookie.as_ref().map(SetCookie::removal) } else { cookie };
    Ok(cookie.map(|cookie| cookie.field_value(now)))
}

/// Replays requests that the tutorial's Flask app answered. [`DIFFERENCES`] lists where our response
/// differs, and why.
#[test]
fn oracle_flask_pages() {
    let server = Server::start_with(&["--quiet"]);
    let mut differences = BTreeMap::new();
    for row in rows("flask-pages.txt") {
        let request = repeat(&row.all('>')[0]);
        let answer = server.ask(&request);
        let flask: Vec<String> =
            row.all('<').iter().map(|line| String::from_utf8(line.clone()).unwrap()).collect();
        let mut expected = Outcome {
            status: flask[0].parse().unwrap_or_default(),
            set_cookies: flask
                .iter()
                .filter_map(|line| line.strip_prefix("Set-Cookie: "))
                .map(hide_date)
                .collect(),
            allow: flask.iter().any(|line| line.starts_with("Allow: ")),
        };
        for line in
            expected.set_cookies.iter_mut().filter(|line| line.starts_with("path_cookie_name=;"))
        {
            *differences.entry("a cookie is deleted with its own path").or_insert(0) += 1;
            *line = line.replace("Path=/", "Path=/set-path-cookie");
        }
        let request = String::from_utf8_lossy(&request).into_owned();
        if let Some((reason, _, status)) =
            DIFFERENCES.iter().find(|(_, applies, _)| applies(&request))
        {
            *differences.entry(*reason).or_insert(0) += 1;
            let allow = request.starts_with("OPTIONS ");
            expected = Outcome { status: *status, set_cookies: Vec::new(), allow };
        }
        let got = Outcome {
            status: answer.status,
            set_cookies: answer
                .values("Set-Cookie")
                .into_iter()
                .filter(|line| COOKIES.iter().any(|name| line.starts_with(name)))
                .map(hide_date)
                .collect(),
            allow: answer.field("Allow") == Some("GET, HEAD, OPTIONS"),
        };
        assert_eq!(got, expected, "{row}");
        let html = (answer.status != 204).then_some("text/html; charset=utf-8");
        assert_eq!(answer.field("Content-Type"), html, "{row}");
    }
    println!("differences from Flask: {differences:#?}");
}

/// The tutorial's cookies: if a reader adds pages, `/delete-cookies` may delete more.
const COOKIES: [&str; 4] =
    ["cookie_name=", "path_cookie_name=", "expiring_cookie_name=", "long_cookie_name="];

#[derive(Debug, PartialEq)]
struct Outcome {
    status: u16,
    set_cookies: Vec<String>,
    allow: bool,
}

/// Whether a difference applies to this request.
type Applies = fn(&str) -> bool;

/// Where we deliberately differ from Flask: the reason, the requests, and our status. The first that
/// applies counts.
const DIFFERENCES: [(&str, Applies, u16); 13] = [
    ("a malformed request line is a 400", |it| line(it).split(' ').count() != 3, 400),
    ("another major version is a 505 (RFC 9110 §15.6.6)", |it| line(it).contains(" HTTP/2"), 505),
    (
        "HTTP/1.1 needs Host (RFC 9112 §3.2)",
        |it| line(it).contains("HTTP/1.1") && !it.contains("\nHost:"),
        400,
    ),
    (
        "a field has no control characters (RFC 9110 §5.5)",
        |it| fields(it).contains(is_control),
        400,
    ),
    ("a field is one line (RFC 9112 §5.2)", |it| it.contains("\n ") || it.contains("\n\t"), 400),
    (
        "an unknown method is a 501; `get` is one (RFC 9110 §9.1)",
        |it| !METHODS.contains(&word(it, 0)),
        501,
    ),
    ("a target has no fragment (RFC 9112 §3.2)", |it| word(it, 1).contains('#'), 400),
    ("an empty segment is a segment (RFC 3986 §3.3)", |it| word(it, 1).starts_with("//"), 404),
    ("OPTIONS * is about the server (RFC 9110 §9.3.7)", |it| it.starts_with("OPTIONS * "), 204),
    ("OPTIONS has no content: 204", |it| it.starts_with("OPTIONS ") && !it.contains("/nope"), 204),
    ("browsers request the icon unasked: 204", |it| it.starts_with("GET /favicon.ico"), 204),
    ("a larger head than our limit is a 431", |it| it.len() > limits::MAX_HEAD_BYTES, 431),
    ("Flask's server takes a line of 64 KiB", |it| it.len() > 64 * 1024, 200),
];

const METHODS: [&str; 9] =
    ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "CONNECT", "TRACE"];

fn line(request: &str) -> &str {
    request.lines().next().unwrap_or_default()
}

fn fields(request: &str) -> &str {
    request.split_once('\n').map_or("", |(_, fields)| fields)
}

fn word(request: &str, nth: usize) -> &str {
    line(request).split(' ').nth(nth).unwrap_or_default()
}

fn is_control(character: char) -> bool {
    character.is_ascii_control() && !matches!(character, '\t' | '\r' | '\n')
}

/// Hides an `Expires` date that depends on the clock; the epoch, which deletes a cookie, stays.
fn hide_date(line: &str) -> String {
    let Some((before, rest)) = line.split_once("Expires=") else { return line.to_owned() };
    let (date, after) = rest.split_at(29);
    if date == HttpDate::EPOCH.as_str() {
        line.to_owned()
    } else {
        format!("{before}Expires=…{after}")
    }
}

/// Expands `<65000 times v>` to that many letters.
fn repeat(request: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(request);
    let Some((before, count, after)) = text.split_once('<').and_then(|(before, rest)| {
        let (count, after) = rest.split_once(" times v>")?;
        Some((before, count.parse().ok()?, after))
    }) else {
        return request.to_vec();
    };
    format!("{before}{}{after}", "v".repeat(count)).into_bytes()
}
