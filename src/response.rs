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
use std::time::SystemTime;

/// The response to one request. A handler sets what the head says. Then the response is written straight into
/// the bytes for the client: first the head, then the body.
#[derive(Debug)]
pub struct Response<'a> {
    /// 200 at first.
    pub status: Status,
    /// Its `Date`, and the time from which the lifetimes of its cookies count.
    pub time: SystemTime,
    pub(crate) persistence: Persistence,
    is_for_head: bool,
    /// Whether it has `Allow`: the methods that a page supports (RFC 9110 §10.2.1).
    pub(crate) allow: bool,
    /// The first `cookie_count` are the `Set-Cookie` lines of this response. The others are spare memory.
    set_cookies: &'a mut Vec<SetCookieLine>,
    cookie_count: usize,
    /// The bytes for the client. This response starts at `start`, after earlier ones.
    answers: &'a mut Vec<u8>,
    start: usize,
    /// How many bytes of body the client gets: none for `HEAD`, whatever `Content-Length` says.
    pub(crate) body_bytes: usize,
}

impl<'a> Response<'a> {
    /// A response that is written to the end of `answers`, and uses the memory of `set_cookies`. If it is for
    /// a `HEAD` request, it has no body.
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
            body_bytes: 0,
        }
    }

    /// Adds a cookie, before the response is written. Each cookie has a line of its own, since lines of this
    /// field must not be joined with commas (RFC 6265 §3).
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

    /// Writes a page without the template and without cookies: `status` as its title, and `text` in an HTML
    /// element, such as `p`.
    pub fn plain_page(&mut self, status: Status, element: &'static str, text: &str) {
        (self.status, self.cookie_count) = (status, 0);
        self.write("text/html", |body, _| {
            let mut page = Html::new(body);
            page.markup(PLAIN_PAGE_START).element("title", status.as_str()).markup("<main>\n");
            page.element("h1", status.as_str()).element(element, text);
            page.markup("</main>\n</html>\n");
        });
    }

    /// Writes a response with an empty body, unless a page has been written.
    pub(crate) fn finish(&mut self) {
        if self.sent().is_empty() {
            self.write("text/html", |_, _| {});
        }
    }

    /// Writes the head, and the body that `append` appends. It gets the `Set-Cookie` lines, to show them. If
    /// a handler has written a response and then panicked, this one replaces it.
    pub(crate) fn write(
        &mut self,
        content_type: &str,
        append: impl FnOnce(&mut Vec<u8>, &[SetCookieLine]),
    ) {
        self.answers.truncate(self.start);
        self.write_head(content_type);
        let body = self.answers.len();
        append(self.answers, &self.set_cookies[..self.cookie_count]);
        let length = self.answers.len() - body;
        let has_content = self.status != Status::NO_CONTENT;
        if self.is_for_head || !has_content {
            self.answers.truncate(body);
        }
        self.body_bytes = self.answers.len() - body;
        if has_content {
            // Writes the digits of the length over the 0000 at the end of the head. Most lengths have four:
            // then the body doesn't move.
            let end = body - b"\r\n\r\n".len();
            self.answers.splice(end - b"0000".len()..end, digits(length));
        }
    }

    /// Writes the head, with `0000` for the length of the body, which is not known yet.
    ///
    /// The version is our own, even for an HTTP/1.0 client (RFC 9110 §2.5). Every response has a `Date` (RFC
    /// 9110 §6.6.1). A response to `HEAD` has all fields of one to `GET`, but no body (RFC 9110 §9.3.2). A
    /// 204 has neither a body nor fields that describe one (RFC 9110 §8.6).
    fn write_head(&mut self, content_type: &str) {
        let mut add = |bytes: &[u8]| self.answers.extend_from_slice(bytes);
        add(b"HTTP/1.1 ");
        add(self.status.as_str().as_bytes());
        add(b"\r\nDate: ");
        add(HttpDate::new(self.time).unwrap_or(HttpDate::LAST).as_bytes());
        // No cache may store a page with cookies (RFC 9111 §7.3). After a click on Back, only Firefox obeys
        // `no-store`. Chromium and WebKit may show the old page, which `onpageshow` in the template reloads.
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

    /// All bytes of the response.
    pub(crate) fn sent(&self) -> &[u8] {
        &self.answers[self.start..]
    }
}

/// The decimal digits of `number`, without allocating a `String`.
fn digits(number: usize) -> impl Iterator<Item = u8> {
    let highest_power = number.checked_ilog10().unwrap_or(0);
    let digits = (0..=highest_power).rev().map(move |power| number / 10_usize.pow(power) % 10);
    digits.map(|digit| b"0123456789"[digit])
}

/// How a page without the template begins.
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
