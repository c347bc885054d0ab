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
use crate::request::Persistence;
use crate::set_cookie::{SetCookie, SetCookieLine};
use crate::status::Status;
use std::time::SystemTime;

/// The response to one request.
#[derive(Clone, Debug)]
pub struct Response {
    pub(crate) status: Status,
    time: SystemTime,
    allow: bool,
    pub(crate) set_cookies: Vec<SetCookieLine>,
    content_type: &'static str,
    body: String,
}

impl Response {
    /// A response without a body, sent at `time`.
    pub fn new(status: Status, time: SystemTime) -> Self {
        let (set_cookies, body) = (Vec::new(), String::new());
        Self { status, time, allow: false, set_cookies, content_type: "text/html", body }
    }

    /// The response to a request that is refused: it says why, in HTML, for its `Accept` may be unreadable.
    pub fn refusal(error: Error, time: SystemTime) -> Self {
        Self::new(error.status, time).with_plain_page("p", error.sentence)
    }

    /// The same response with a plain page: the status as its title, and `element` with `text`.
    pub(crate) fn with_plain_page(self, element: &'static str, text: &str) -> Self {
        let (status, mut page) = (self.status.as_str(), Html::default());
        page.markup(PLAIN_PAGE_START).element("title", status).markup("<main>\n");
        page.element("h1", status).element(element, text).markup("</main>\n</html>\n");
        self.with_body(page)
    }

    /// The same response with `body`.
    pub(crate) fn with_body(self, body: Html) -> Self {
        Self { body: body.into_string(), ..self }
    }

    /// The same response with a body that is plain text.
    pub(crate) fn with_text(self, body: String) -> Self {
        Self { body, content_type: "text/plain", ..self }
    }

    /// The same response with `Allow`: the methods that a page supports (RFC 9110 §10.2.1).
    pub(crate) fn with_allow(mut self) -> Self {
        self.allow = true;
        self
    }

    /// Adds a cookie. Each has a line of its own: `Set-Cookie` is the one field whose lines must not
    /// be joined with commas (RFC 6265 §3).
    pub fn set_cookie(&mut self, cookie: &SetCookie<'_>) {
        self.set_cookies.push(cookie.line(self.time));
    }

    /// Asks the browser to delete a cookie.
    ///
    /// # Panics
    ///
    /// If the cookie has no path: see [`SetCookie::removal`].
    #[track_caller]
    pub fn delete_cookie(&mut self, cookie: &SetCookie<'_>) {
        self.set_cookie(&cookie.removal());
    }

    /// The length of the body in bytes: what `Content-Length` says.
    pub(crate) fn content_length(&self) -> usize {
        self.body.len()
    }

    /// Appends the bytes of the response to `answers`.
    ///
    /// `HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]` (RFC 9112 §2.1)
    ///
    /// The version is our own, even for an HTTP/1.0 client (RFC 9110 §2.5). Every response has a
    /// `Date` (RFC 9110 §6.6.1). A response to `HEAD` has all fields of one to `GET`, but no body
    /// (RFC 9110 §9.3.2). A 204 has no content and no field that describes it (RFC 9110 §8.6).
    pub fn write(&self, to_head: bool, persistence: Persistence, answers: &mut Vec<u8>) {
        let body = self.body.as_bytes();
        // The head is shorter than 512 bytes, unless cookies are set that are long.
        answers.reserve(512 + body.len());
        let mut add = |bytes: &[u8]| answers.extend_from_slice(bytes);
        add(b"HTTP/1.1 ");
        add(self.status.as_str().as_bytes());
        add(b"\r\nDate: ");
        add(HttpDate::new(self.time).unwrap_or(HttpDate::LAST).as_bytes());
        // No cache may store a page with cookies (RFC 9111 §7.3). On Back, `no-store` makes only Firefox ask
        // again. Chromium and WebKit may show the old page: `onpageshow` in the template then reloads it.
        add(b"\r\nCache-Control: no-store");
        for set_cookie in &self.set_cookies {
            add(b"\r\nSet-Cookie: ");
            add(set_cookie.value.as_bytes());
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
            add(b"\r\nContent-Type: ");
            add(self.content_type.as_bytes());
            add(b"; charset=utf-8\r\nContent-Length: ");
            add(body.len().to_string().as_bytes());
        }
        add(b"\r\n\r\n");
        if !to_head {
            add(body);
        }
    }
}

/// The first lines of a plain page, which doesn't use the template.
const PLAIN_PAGE_START: &str = r#"<!doctype html>
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
