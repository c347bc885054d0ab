//! An answer, held against all that this program ever says.
//!
//! Its lines and its pages are few, whatever comes in: so we collect them from harmless requests, and
//! anything else has come from the client.

use crate::answers_to;
use cookies_from_scratch::cookies::Cookies;
use cookies_from_scratch::limits;
use cookies_from_scratch::parse::{Field, Progress, head, skip_empty_lines};
use cookies_from_scratch::refusal::Refusal;
use cookies_from_scratch::request::{CloseReason, Persistence};
use cookies_from_scratch::response::Response;
use std::collections::HashSet;
use std::time::SystemTime;

const PATHS: [&str; 9] = [
    "/", "/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie",
    "/delete-cookies", "/favicon.ico", "/nope", "/set-path-cookie/below",
];

const REFUSALS: [Refusal; 26] = [
    Refusal::BARE_CR,
    Refusal::TLS,
    Refusal::PROXY_PROTOCOL,
    Refusal::EMPTY_LINES,
    Refusal::METHOD,
    Refusal::UNKNOWN_METHOD,
    Refusal::SPACES,
    Refusal::TARGET,
    Refusal::TARGET_BYTE,
    Refusal::TARGET_HOST,
    Refusal::USER_INFORMATION,
    Refusal::FRAGMENT,
    Refusal::ASTERISK,
    Refusal::CONNECT_TARGET,
    Refusal::TARGET_TOO_LONG,
    Refusal::HTTPS_TARGET,
    Refusal::VERSION,
    Refusal::UNSUPPORTED_VERSION,
    Refusal::FIELD_LINE,
    Refusal::TOO_MANY_FIELDS,
    Refusal::HOST,
    Refusal::CONTENT_LENGTH,
    Refusal::TRANSFER_ENCODING,
    Refusal::UNKNOWN_CODING,
    Refusal::EXPECTATION,
    Refusal::INCOMPLETE,
];

/// What is said before the name of a field that is too large, and after it.
const LARGEST: (&str, &str) = ("The largest field is ", ". ");

/// One answer, taken apart.
pub struct Answer<'a> {
    lines: Vec<&'a str>,
    body: &'a str,
}

impl<'a> Answer<'a> {
    pub fn read(bytes: &'a [u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("an answer in UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("the end of a head");
        Self { lines: head.split("\r\n").collect(), body }
    }

    /// The value of the only field of this name.
    fn field(&self, name: &str) -> Option<&'a str> {
        let mut values =
            self.lines.iter().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let value = values.next();
        assert_eq!(values.next(), None, "{name} twice");
        value
    }

    /// The page without its path, its cookies and the name of a field, and the cookies in the rows of its table.
    fn take_apart(&self) -> (String, Vec<(String, String)>) {
        if self.field("Content-Type") == Some("text/plain; charset=utf-8") {
            assert!(!self.body.contains(|char: char| char.is_control() && char != '\n'));
            return Default::default();
        }
        let body = without(self.body, "<title>", "</title>", |title| {
            title.split_once(" · ").unwrap_or(("", title)).1
        });
        let body = without(&body, "<p><code>", "</code></p>\n", |_| "");
        let body = without(&body, "<dd><code>", "</code>", |_| "");
        let mut pieces = body.split("<tr><td>");
        let mut skeleton = pieces.next().unwrap_or_default().to_owned();
        let cookies = pieces.map(|piece| {
            let (row, rest) = piece.split_once("</td></tr>\n").expect("the end of a row");
            skeleton += rest;
            let (name, value) = row.split_once("</td><td>").expect("two cells");
            let name = if name == "<em>no name</em>" { "" } else { name };
            (unescape(name), unescape(value))
        });
        let cookies = cookies.collect();
        if let Some((before, rest)) = skeleton.split_once(LARGEST.0) {
            let (name, after) = rest.split_once(LARGEST.1).expect("the end of a name");
            assert_eq!(unescape(name).len(), first_word(unescape(name).as_bytes()).len());
            skeleton = [before, LARGEST.0, LARGEST.1, after].concat();
        }
        (skeleton, cookies)
    }
}

/// The page with only what `keep` keeps of `start`, `end` and the texts between them, which must hold no markup.
fn without(page: &str, start: &str, end: &str, keep: impl Fn(&str) -> &str) -> String {
    let mut pieces = page.split(start);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |page, piece| {
        let (text, rest) = piece.split_once(end).expect("the end of a text");
        unescape(text);
        [&page, keep(text), rest].concat()
    })
}

/// All that may stand in an answer.
pub struct Known {
    lines: HashSet<String>,
    skeletons: HashSet<String>,
}

impl Known {
    pub fn new() -> Self {
        let mut known = Self { lines: HashSet::new(), skeletons: HashSet::new() };
        for path in PATHS {
            let many = format!("Cookie: {}\r\n", "x".repeat(limits::MAX_PREDICTED_BYTES + 1));
            let listed = format!("Cookie: {}\r\n", "x;".repeat(limits::MAX_HEAD_BYTES / 2 - 100));
            for cookie in ["", "Cookie: a=b\r\n", &many, &listed, "Accept: text/plain\r\n"] {
                for method in ["GET", "POST", "OPTIONS"] {
                    let fields = format!("Host: a\r\n{cookie}\r\n");
                    known.add(&answers_to([
                        format!("{method} {path} HTTP/1.1\r\n{fields}").as_bytes()
                    ]));
                }
                let keep = format!("GET {path} HTTP/1.0\r\nConnection: keep-alive\r\n{cookie}\r\n");
                known.add(&answers_to([keep.as_bytes()]));
            }
        }
        for name in ["Cookie: ", "A: ", ""] {
            let value = "x".repeat(limits::MAX_HEAD_BYTES);
            known.add(&answers_to([format!("GET / HTTP/1.1\r\n{name}{value}").as_bytes()]));
        }
        for refusal in REFUSALS {
            let (mut bytes, mut lines) = (Vec::new(), Vec::new());
            let (time, close) = (SystemTime::UNIX_EPOCH, Persistence::Close(CloseReason::Refused));
            Response::new(&mut bytes, &mut lines, time, close, false)
                .plain_page(refusal.status, "p", refusal.sentence);
            known.add(&bytes);
        }
        known
    }

    fn add(&mut self, bytes: &[u8]) {
        let answer = Answer::read(bytes);
        self.lines.extend(answer.lines.iter().map(|&line| line.to_owned()));
        self.skeletons.insert(answer.take_apart().0);
    }

    /// Holds `answer` against what is known. Returns whether it is the last one.
    pub fn check(&self, request: &[u8], answer: &Answer) -> bool {
        for line in &answer.lines {
            let known = line.starts_with("Content-Length: ") || self.lines.contains(*line);
            assert!(known, "{line:?} is not ours");
        }
        assert!(answer.lines[0].starts_with("HTTP/1.1 "));
        assert!(answer.lines[1..].iter().all(|line| !line.starts_with("HTTP/")));
        assert!(answer.field("Date").is_some());

        let length = answer.field("Content-Length").map(|digits| digits.parse().unwrap());
        let is_204 = answer.lines[0] == "HTTP/1.1 204 No Content";
        assert_eq!(length.is_none(), is_204);
        let to_head = first_word(request) == b"HEAD";
        let expected = if to_head { 0 } else { length.unwrap_or(0) };
        assert_eq!(answer.body.len(), expected);
        if !to_head {
            let (skeleton, cookies) = answer.take_apart();
            assert!(self.skeletons.contains(&skeleton), "{skeleton} is not ours");
            if !cookies.is_empty() {
                let came = cookies_in(request);
                // A long page doesn't list all of them.
                let is_long = answer.body.len() > limits::MAX_LISTED_BYTES;
                let listed = if is_long { cookies.len() } else { came.len() };
                assert!(cookies == came[..listed]);
            }
        }
        answer.field("Connection") == Some("close")
    }
}

fn first_word(mut request: &[u8]) -> &[u8] {
    for _ in 0..limits::MAX_EMPTY_LINES {
        let rest = request.strip_prefix(b"\r\n").or(request.strip_prefix(b"\n"));
        request = rest.unwrap_or(request);
    }
    let is_tchar = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    request.split(|byte| !is_tchar(byte)).next().unwrap_or_default()
}

fn cookies_in(request: &[u8]) -> Vec<(String, String)> {
    let request = skip_empty_lines(request);
    let head = head(request, &mut Progress::default(), Vec::new()).expect("a head");
    let is_cookie = |field: &&Field| field.name.eq_ignore_ascii_case(b"Cookie");
    let cookies =
        Cookies::from_fields(head.fields.iter().filter(is_cookie).map(|field| field.value));
    cookies.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The text of a cell, which must hold no markup.
fn unescape(html: &str) -> String {
    assert!(!html.contains(['<', '>', '"', '\'']), "{html:?} is not escaped");
    let text = html.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
