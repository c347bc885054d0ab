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
/// use cookies_from_scratch::request::Persistence;
/// use cookies_from_scratch::{response::Response, set_cookie::SetCookie, status::Status};
/// let cookie = SetCookie::builder("name", "value").build()?;
/// let mut response = Response::new(Status::OK, std::time::SystemTime::UNIX_EPOCH);
/// response.set_cookie(&cookie);
/// response.delete_cookie(&cookie);
/// assert_eq!(response.set_cookies()[0], "name=value; Path=/");
///
/// let mut answers = Vec::new();
/// response.write(false, Persistence::Implied, &mut answers);
/// assert_eq!(answers, b"\
/// HTTP/1.1 200 OK\r\n\
/// Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n\
/// Cache-Control: no-store\r\n\
/// Set-Cookie: name=value; Path=/\r\n\
/// Set-Cookie: name=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/\r\n\
/// Content-Type: text/html; charset=utf-8\r\n\
/// Content-Length: 0\r\n\r\n");
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

    /// A plain page for a request that gets none of ours: it says why.
    pub fn refusal(error: Error, time: SystemTime) -> Self {
        Self::new(error.status, time).with_plain_page("p", error.sentence)
    }

    /// A plain page with lines that stay as they are.
    pub(crate) fn with_listing(self, lines: &str) -> Self {
        self.with_plain_page("pre", lines)
    }

    fn with_plain_page(mut self, element: &'static str, text: &str) -> Self {
        let status = self.status.as_str();
        self.body = Html::default();
        self.body.markup(PLAIN).element("title", status).markup("<main>\n");
        self.body.element("h1", status).element(element, text).markup("</main>\n</html>\n");
        self
    }

    /// The same response with `body`.
    pub(crate) fn with_body(mut self, body: Html) -> Self {
        self.body = body;
        self
    }

    /// The same response with `Allow`: what may be asked of a page (RFC 9110 §10.2.1).
    pub(crate) fn with_allow(mut self) -> Self {
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
    pub(crate) fn status(&self) -> Status {
        self.status
    }

    /// The values of the `Set-Cookie` lines, in order.
    pub fn set_cookies(&self) -> &[String] {
        &self.set_cookies
    }

    /// The length of the body in bytes: what `Content-Length` says.
    pub(crate) fn content_length(&self) -> usize {
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
            add(body.len().to_string().as_bytes());
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
