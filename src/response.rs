//! A response, and its bytes (RFC 9112 §4, RFC 9110 §15).
//!
//! ```text
//! HTTP/1.1 200 OK
//! Date: Sun, 06 Nov 1994 08:49:37 GMT
//! Cache-Control: no-store
//! Set-Cookie: cookie_name=cookie_value; Path=/
//! Content-Type: text/html; charset=utf-8
//! Content-Length: 14
//!
//! <h1>Hello</h1>
//! ```

use crate::date::HttpDate;
use crate::error::Error;
use crate::html::Html;
use crate::limits;
use crate::request::Persistence;
use crate::set_cookie::SetCookie;
use crate::status::Status;
use std::time::SystemTime;

/// What is answered to one request.
///
/// ```
/// use cookies_from_scratch::{response::Response, set_cookie::SetCookie, status::Status};
/// let cookie = SetCookie::builder("name", "value").build()?;
/// let mut response = Response::new(Status::OK, std::time::SystemTime::UNIX_EPOCH);
/// response.set_cookie(&cookie);
/// assert_eq!(response.set_cookies(), ["name=value; Path=/"]);
/// # Ok::<(), cookies_from_scratch::set_cookie::SetCookieError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Response {
    status: Status,
    time: SystemTime,
    allow: bool,
    set_cookies: Vec<String>,
    body: Html,
}

impl Response {
    /// A response without a body, sent at `time`.
    pub fn new(status: Status, time: SystemTime) -> Self {
        Self { status, time, allow: false, set_cookies: Vec::new(), body: Html::default() }
    }

    /// The answer to a request that could not be read: a page that says why.
    pub fn refusal(error: Error, time: SystemTime) -> Self {
        Self::new(error.status, time).with_sentence(error.sentence)
    }

    /// A plain page: the status as its title, and one sentence.
    pub fn with_sentence(self, sentence: &str) -> Self {
        self.with_text("p", sentence)
    }

    /// A plain page: the status as its title, and lines that stay as they are.
    pub fn with_listing(self, lines: &str) -> Self {
        self.with_text("pre", lines)
    }

    fn with_text(mut self, element: &'static str, text: &str) -> Self {
        let status = self.status.as_str();
        self.body = Html::default();
        self.body
            .markup(PLAIN)
            .markup("<title>")
            .text(status)
            .markup("</title>\n<main>\n<h1>")
            .text(status)
            .markup("</h1>\n<")
            .markup(element)
            .markup(">")
            .text(text)
            .markup("</")
            .markup(element)
            .markup(">\n</main>\n</html>\n");
        self
    }

    /// The same response with `body`.
    pub fn with_body(mut self, body: Html) -> Self {
        self.body = body;
        self
    }

    /// The same response with `Allow`: what may be asked of a page (RFC 9110 §10.2.1).
    pub fn with_allow(mut self) -> Self {
        self.allow = true;
        self
    }

    /// Sends a cookie along. Each has a line of its own: `Set-Cookie` is the one field that must not
    /// be joined with commas (RFC 6265 §3).
    pub fn set_cookie(&mut self, cookie: &SetCookie<'_>) {
        self.set_cookies.push(cookie.field_value(self.time));
    }

    /// Asks the browser to forget a cookie.
    pub fn delete_cookie(&mut self, cookie: &SetCookie<'_>) {
        self.set_cookie(&cookie.removal());
    }

    /// The status.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The values of the `Set-Cookie` lines, in order.
    pub fn set_cookies(&self) -> &[String] {
        &self.set_cookies
    }

    /// The length of the body in bytes: what `Content-Length` says.
    pub fn content_length(&self) -> usize {
        self.body.as_str().len()
    }

    /// Appends the bytes of the response to `answers`.
    ///
    /// The answer to `HEAD` has every field of the answer to `GET`, and no body (RFC 9110 §9.3.2).
    /// A 204 has no content, and so none of the fields that tell of it (RFC 9110 §8.6).
    ///
    /// The version is ours, also towards HTTP/1.0 (RFC 9110 §2.5). Every answer has a `Date`
    /// (RFC 9110 §6.6.1).
    ///
    /// `HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]` (RFC 9112 §2.1)
    pub fn write(&self, to_head: bool, persistence: Persistence, answers: &mut Vec<u8>) {
        let body = self.body.as_str().as_bytes();
        answers.reserve(limits::RESPONSE_HEAD + body.len());
        let mut add = |bytes: &[u8]| answers.extend_from_slice(bytes);
        add(b"HTTP/1.1 ");
        add(self.status.as_str().as_bytes());
        add(b"\r\nDate: ");
        add(HttpDate::new(self.time).unwrap_or(HttpDate::LAST).as_bytes());
        // Without it, the Back button shows cookies that are gone. `no-cache` is not enough.
        add(b"\r\nCache-Control: no-store");
        for set_cookie in &self.set_cookies {
            add(b"\r\nSet-Cookie: ");
            add(set_cookie.as_bytes());
        }
        if self.allow {
            add(b"\r\nAllow: GET, HEAD, OPTIONS");
        }
        add(match persistence {
            Persistence::Implied => b"",
            Persistence::KeepAlive => b"\r\nConnection: keep-alive",
            Persistence::Close => b"\r\nConnection: close",
        });
        if self.status != Status::NO_CONTENT {
            add(b"\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ");
            add(Decimal::new(body.len()).as_bytes());
        }
        add(b"\r\n\r\n");
        if !to_head {
            add(body);
        }
    }
}

/// How a plain page begins.
const PLAIN: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
pre { white-space: pre-wrap; }
</style>
"#;

/// A number in decimal digits.
struct Decimal {
    digits: [u8; 20],
    start: usize,
}

impl Decimal {
    fn new(mut number: usize) -> Self {
        let (mut digits, mut start) = ([0; 20], 20);
        while number > 0 || start == 20 {
            start -= 1;
            digits[start] = b"0123456789"[number % 10];
            number /= 10;
        }
        Self { digits, start }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.digits[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_writes(response: &Response, to_head: bool, persistence: Persistence, bytes: &str) {
        let mut answers = Vec::new();
        response.write(to_head, persistence, &mut answers);
        assert_eq!(String::from_utf8(answers).unwrap(), bytes);
    }

    #[test]
    fn head_is_told_the_length_of_the_body_that_get_would_see() {
        let mut body = Html::default();
        body.markup("<p>");
        let response = Response::new(Status::OK, SystemTime::UNIX_EPOCH).with_body(body);
        let head = "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nCache-Control: no-store\r\n\
                    Content-Type: text/html; charset=utf-8\r\nContent-Length: 3\r\n\r\n";
        assert_writes(&response, true, Persistence::Implied, head);
        assert_writes(&response, false, Persistence::Implied, &format!("{head}<p>"));
    }

    #[test]
    fn a_204_has_no_content_and_no_content_length() {
        let response = Response::new(Status::NO_CONTENT, SystemTime::UNIX_EPOCH).with_allow();
        let bytes = "HTTP/1.1 204 No Content\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\
                     Cache-Control: no-store\r\nAllow: GET, HEAD, OPTIONS\r\nConnection: close\r\n\r\n";
        assert_writes(&response, false, Persistence::Close, bytes);
    }
}
