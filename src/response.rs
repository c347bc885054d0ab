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
use crate::html::Html;
use crate::request::Persistence;
use crate::set_cookie::{SetCookie, SetCookieLine};
use crate::status::Status;
use crate::visible::Visible;
use std::fmt;
use std::time::SystemTime;

/// The response to one request. A handler says what is in its head. Then it is written, first the head and
/// then the body, straight into the bytes for the client.
#[derive(Debug)]
pub struct Response<'a> {
    /// 200 at first.
    pub status: Status,
    /// When it is sent.
    pub time: SystemTime,
    pub(crate) persistence: Persistence,
    is_for_head: bool,
    /// Whether it has `Allow`: the methods that a page supports (RFC 9110 §10.2.1).
    pub(crate) allow: bool,
    /// Space for `Set-Cookie` lines, and how many of them this response has.
    set_cookies: &'a mut Vec<SetCookieLine>,
    cookie_count: usize,
    /// All responses that wait to be sent to this client, and where this one starts.
    answers: &'a mut Vec<u8>,
    start: usize,
    /// How many bytes of content the client gets, once it is written.
    content_length: Option<usize>,
}

impl<'a> Response<'a> {
    /// A response at the end of `answers`, to `HEAD` or to another method. Uses the space of
    /// `set_cookies`.
    pub fn new(
        answers: &'a mut Vec<u8>,
        set_cookies: &'a mut Vec<SetCookieLine>,
        time: SystemTime,
        persistence: Persistence,
        is_for_head: bool,
    ) -> Self {
        Self {
            status: Status::OK,
            time,
            persistence,
            is_for_head,
            allow: false,
            set_cookies,
            cookie_count: 0,
            start: answers.len(),
            answers,
            content_length: None,
        }
    }

    /// Adds a cookie, before the response is written. Each has a line of its own: `Set-Cookie` is the one
    /// field whose lines must not be joined with commas (RFC 6265 §3).
    pub fn set_cookie(&mut self, cookie: &SetCookie<'_>) {
        if self.cookie_count == self.set_cookies.len() {
            self.set_cookies.push(SetCookieLine::default());
        }
        cookie.write(self.time, &mut self.set_cookies[self.cookie_count]);
        self.cookie_count += 1;
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

    /// Writes a plain page with `status` as its title, and `element` with `text`; without cookies.
    pub fn plain_page(&mut self, status: Status, element: &'static str, text: &str) {
        (self.status, self.cookie_count) = (status, 0);
        self.page(|page, _| {
            page.markup(PLAIN_PAGE_START).element("title", status.as_str()).markup("<main>\n");
            page.element("h1", status.as_str()).element(element, text);
            page.markup("</main>\n</html>\n");
        });
    }

    /// Writes the page that `render` appends, which is given the `Set-Cookie` lines.
    pub(crate) fn page(&mut self, render: impl FnOnce(&mut Html<'_>, &[SetCookieLine])) {
        self.write("text/html", |body, lines| render(&mut Html::new(body), lines));
    }

    /// Writes the plain text that `render` appends, which is given the `Set-Cookie` lines.
    pub(crate) fn text(
        &mut self,
        render: impl FnOnce(&mut Visible<'_>, &[SetCookieLine]) -> fmt::Result,
    ) {
        // Writing to a vector never fails.
        self.write("text/plain", |body, lines| _ = render(&mut Visible(body), lines));
    }

    /// Writes a response without a body, unless one is written.
    pub(crate) fn finish(&mut self) {
        if self.content_length.is_none() {
            self.write("text/html", |_, _| {});
        }
    }

    /// Writes head and body, in place of what is written.
    fn write(&mut self, content_type: &str, append: impl FnOnce(&mut Vec<u8>, &[SetCookieLine])) {
        self.answers.truncate(self.start);
        self.write_head(content_type);
        let body = self.answers.len();
        append(self.answers, &self.set_cookies[..self.cookie_count]);
        let length = self.answers.len() - body;
        if self.is_for_head || self.status == Status::NO_CONTENT {
            self.answers.truncate(body);
        }
        self.content_length = Some(self.answers.len() - body);
        if self.status != Status::NO_CONTENT {
            let end = body - b"\r\n\r\n".len();
            let last = length.checked_ilog10().unwrap_or(0);
            let digits = (0..=last).rev().map(|power| length / 10_usize.pow(power) % 10);
            // Usually there are four, and the body does not move.
            self.answers.splice(end - b"0000".len()..end, digits.map(|digit| b"0123456789"[digit]));
        }
    }

    /// Writes the head, with four zeros for the length of the body: most lengths have four digits.
    ///
    /// `HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]` (RFC 9112 §2.1)
    ///
    /// The version is our own, even for an HTTP/1.0 client (RFC 9110 §2.5). Every response has a
    /// `Date` (RFC 9110 §6.6.1). A response to `HEAD` has all fields of one to `GET`, but no body
    /// (RFC 9110 §9.3.2). A 204 has no content and no field that describes it (RFC 9110 §8.6).
    fn write_head(&mut self, content_type: &str) {
        let mut add = |bytes: &[u8]| self.answers.extend_from_slice(bytes);
        add(b"HTTP/1.1 ");
        add(self.status.as_str().as_bytes());
        add(b"\r\nDate: ");
        add(HttpDate::new(self.time).unwrap_or(HttpDate::LAST).as_bytes());
        // No cache may store a page with cookies (RFC 9111 §7.3). On Back, `no-store` makes only Firefox ask
        // again. Chromium and WebKit may show the old page: `onpageshow` in the template then reloads it.
        add(b"\r\nCache-Control: no-store");
        for line in &self.set_cookies[..self.cookie_count] {
            add(b"\r\nSet-Cookie: ");
            add(line.value.as_bytes());
        }
        if self.allow {
            add(b"\r\nAllow: GET, HEAD, OPTIONS");
        }
        add(match self.persistence {
            Persistence::Implied => b"",
            Persistence::KeepAlive => b"\r\nConnection: keep-alive",
            Persistence::Close(_) => b"\r\nConnection: close",
        });
        if self.status != Status::NO_CONTENT {
            add(b"\r\nContent-Type: ");
            add(content_type.as_bytes());
            add(b"; charset=utf-8\r\nContent-Length: 0000");
        }
        add(b"\r\n\r\n");
    }

    /// The bytes of the response.
    pub(crate) fn sent(&self) -> &[u8] {
        &self.answers[self.start..]
    }

    /// How many bytes of content the client gets.
    pub(crate) fn content_length(&self) -> usize {
        self.content_length.unwrap_or(0)
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
