//! The tests of the five exercises in README.md. They run the real program, and fail until it is changed.

#[path = "../support/mod.rs"]
mod support;

use std::io::Write;
use support::{Answer, Server, read_all, read_head};

/// A second request, to check that the server finds where the first one ends.
const SECOND: &[u8] = b"GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/// The name, the path and the domain, by which a browser identifies a cookie.
fn identity(line: &str) -> Vec<&str> {
    let is_scope = |each: &&str| each.starts_with("Path=") || each.starts_with("Domain=");
    let name = line.split('=').next();
    name.into_iter().chain(line.split("; ").skip(1).filter(is_scope)).collect()
}

/// The only `Set-Cookie` line of the page at `path`. The page must show the line, `/` must link to the
/// page, and `/delete-cookies` must delete the cookie.
#[track_caller]
fn set_cookie_line(server: &Server, path: &str) -> String {
    let page = server.get(path, "");
    assert_eq!(page.status, 200, "{path}");
    let line = page.field("Set-Cookie").expect("a Set-Cookie line");
    assert!(support::unescape(page.element("set-cookies")).contains(line), "{path} shows {line}");
    assert!(server.get("/", "").body.contains(&format!("<a href=\"{path}\"")), "a link to {path}");
    let deleting = server.get("/delete-cookies", "");
    let is_expired = |each: &str| each.split("; ").any(|attribute| attribute == "Max-Age=0");
    let is_removal = |each: &&str| identity(each) == identity(line) && is_expired(each);
    let removals = deleting.values("Set-Cookie").into_iter().filter(is_removal).count();
    assert_eq!(removals, 1, "/delete-cookies deletes {line}");
    line.to_owned()
}

#[test]
fn exercise_1_a_page_sets_a_strict_cookie() {
    let server = Server::start();
    let line = set_cookie_line(&server, "/set-strict-cookie");
    assert!(line.split("; ").any(|attribute| attribute == "SameSite=Strict"), "{line}");
}

#[test]
fn exercise_2_a_page_counts_visits_and_trusts_no_cookie() {
    let server = Server::start();
    let visits = |cookies: &str| {
        let page = server.get("/count-visits", cookies);
        assert_eq!(page.status, 200, "{cookies:?}");
        let line = page.field("Set-Cookie").expect("a Set-Cookie line");
        let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
        assert_eq!(name, "visits");
        value.to_owned()
    };
    for (cookies, value) in [
        ("", "1"),
        ("Cookie: visits=1\r\n", "2"),
        ("Cookie: a=5; visits=9; b=6\r\n", "10"),
        // Of several cookies with one name, the first has the longest path.
        ("Cookie: visits=41; visits=7\r\n", "42"),
        ("Cookie: visits=banana\r\n", "1"),
        ("Cookie: visits=-5\r\n", "1"),
        ("Cookie: visits=1.5\r\n", "1"),
        ("Cookie: visits=\r\n", "1"),
        ("Cookie: visits=\u{663}\r\n", "1"),
    ] {
        assert_eq!(visits(cookies), value, "{cookies:?}");
    }
    for largest in ["255", "4294967295", "18446744073709551615", &u128::MAX.to_string()] {
        let value = visits(&format!("Cookie: visits={largest}\r\n"));
        assert!(value.parse::<u128>().is_ok_and(|number| number > 0), "{value} after {largest}");
    }
    assert!(set_cookie_line(&server, "/count-visits").starts_with("visits=1"));
}

#[test]
fn exercise_3_every_response_forbids_sniffing_its_type() {
    let server = Server::start();
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        ("HEAD /set-cookie HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        ("GET / HTTP/1.0\r\n\r\n", 200),
        ("GET /favicon.ico HTTP/1.1\r\nHost: a\r\n\r\n", 204),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("nonsense\r\n\r\n", 400),
        ("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("PUT / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ("GET / HTTP/1.1\r\nHost: a\r\nSec-Purpose: prefetch\r\n\r\n", 503),
    ] {
        let answer = server.ask(request.as_bytes());
        let sniffing = answer.field("X-Content-Type-Options");
        assert_eq!((answer.status, sniffing), (status, Some("nosniff")), "{request}");
    }
}

#[test]
fn exercise_4_a_cookie_has_a_priority() {
    let server = Server::start();
    let line = set_cookie_line(&server, "/set-priority-cookie");
    assert!(line.split("; ").any(|attribute| attribute == "Priority=High"), "{line}");
    let other = set_cookie_line(&server, "/set-cookie");
    assert!(!other.contains("Priority"), "{other}");
}

/// A `POST` of this form to `/set-any-cookie`, with more field lines.
fn form(fields: &str, body: &str) -> String {
    let form_type = "Content-Type: application/x-www-form-urlencoded\r\n";
    let length = body.len();
    format!(
        "POST /set-any-cookie HTTP/1.1\r\nHost: a\r\n{form_type}{fields}Content-Length: {length}\r\n\r\n{body}"
    )
}

/// Sends these bytes and then [`SECOND`], in two writes that are split at `cut`; returns the responses.
fn answers(server: &Server, bytes: &str, cut: usize) -> Vec<Answer> {
    let (start, end) = bytes.as_bytes().split_at(cut);
    Answer::read_all(&server.say_in_pieces(&[start, &[end, SECOND].concat()]), false)
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status).collect()
}

/// The response to these bytes, which must be the last one of its connection.
#[track_caller]
fn last_answer(server: &Server, bytes: &str) -> Answer {
    let mut answers = answers(server, bytes, bytes.len() / 2);
    assert_eq!(answers.len(), 1, "{bytes:?}: {:?}", statuses(&answers));
    assert_eq!(answers[0].field("Connection"), Some("close"), "{bytes:?}");
    answers.remove(0)
}

#[test]
fn exercise_5_a_form_sets_a_cookie() {
    let server = Server::start();
    accept_valid_forms(&server);
    refuse_invalid_forms(&server);
    refuse_unread_bodies(&server);
    send_100_continue(&server);
}

fn accept_valid_forms(server: &Server) {
    for (body, line) in [
        ("name=a&value=b", "a=b; Path=/"),
        ("value=b&name=a&button=Set", "a=b; Path=/"),
        ("name=a%5Fb&value=%63%2Bd%3D%26", "a_b=c+d=&; Path=/"),
        ("name=a&value=", "a=; Path=/"),
    ] {
        let request = form("", body);
        for cut in 0..=request.len() {
            let answers = answers(server, &request, cut);
            assert_eq!(statuses(&answers), [200, 404], "{request:?} cut at {cut}");
            assert_eq!(answers[0].field("Set-Cookie"), Some(line));
        }
        server.log_with("\"POST /set-any-cookie HTTP/1.1\" 200 ");
    }
}

/// After a form that is refused, the next request is still answered.
fn refuse_invalid_forms(server: &Server) {
    let request = std::str::from_utf8(SECOND).unwrap();
    for body in [
        "",
        "name=",
        "value=b",
        "name=a%3Bb&value=c",
        "name=a&value=b+c",
        "name=a&value=%0D%0ASet-Cookie:%20c=d",
        "name=a&value=%E9",
        "name=a&value=%C3%A9",
        "name=__Host-a&value=%22",
        "%",
        "&&==&",
        request,
    ] {
        let request = form("", body);
        let answers = answers(server, &request, request.len() / 2);
        assert_eq!(statuses(&answers), [400, 404], "{body:?}");
        assert!(answers[0].values("Set-Cookie").is_empty(), "{body:?}");
    }
}

/// A body that is not read closes the connection, and no byte of it is taken for a request.
fn refuse_unread_bodies(server: &Server) {
    let good = form("", "name=a&value=b");
    let (head, body) = good.split_once("Content-Length: 14").unwrap();
    for (request, status) in [
        (format!("{head}Transfer-Encoding: chunked\r\n\r\ne{body}\r\n0\r\n\r\n"), 411),
        (format!("{head}Content-Length: 1000000{body}"), 413),
        (format!("{head}Content-Length: 18446744073709551615{body}"), 413),
        (format!("{head}Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n"), 413),
        (good.replace("x-www-form-urlencoded", "json"), 415),
        (good.replace("Content-Length: 14", "Content-Length: +14"), 400),
    ] {
        assert_eq!(last_answer(server, &request).status, status, "{request:?}");
    }
    let cut_short = &good[..good.len() - 1];
    assert_eq!(server.say(cut_short.as_bytes()), b"", "an incomplete form gets no response");
    let other = server.ask(b"POST / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!((other.status, other.field("Allow")), (405, Some("GET, HEAD, OPTIONS")));
    for method in ["OPTIONS", "GET", "HEAD", "PUT"] {
        let answer =
            server.ask(format!("{method} /set-any-cookie HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
        let allow = answer.field("Allow").expect("Allow");
        assert!(allow.split(", ").any(|each| each == "POST"), "{method}: {allow}");
    }
}

/// A client that waits for `100 Continue` gets it once; a client of HTTP/1.0 never gets it.
fn send_100_continue(server: &Server) {
    let request = form("Expect: 100-continue\r\n", "name=a&value=b");
    let (head, body) = request.split_at(request.len() - "name=a&value=b".len());
    let mut stream = server.connect();
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(read_head(&mut stream), "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(&body.as_bytes()[..5]).unwrap();
    stream.write_all(&[&body.as_bytes()[5..], SECOND].concat()).unwrap();
    let answers = Answer::read_all(&read_all(&mut stream), false);
    assert_eq!(statuses(&answers), [200, 404]);
    assert_eq!(answers[0].field("Set-Cookie"), Some("a=b; Path=/"));
    let old = request.replace("HTTP/1.1", "HTTP/1.0\r\nConnection: keep-alive");
    assert_eq!(statuses(&self::answers(server, &old, head.len() + 5)), [200, 404]);
}
