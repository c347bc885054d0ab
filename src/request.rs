//! What a request *means* (RFC 9110, RFC 9112 §3, §6, §9).
//!
//! ```text
//! GET http://localhost:5000/set%2Dcookie?a=b HTTP/1.1   which page? /set-cookie
//! Host: localhost:5000                                  is it clear whom it is for?
//! Content-Length: 0                                     is there a body behind it?
//! Connection: close                                     does another request follow?
//! Cookie: a=1                                           which cookies came?
//! Sec-Purpose: prefetch                                 has anybody asked for it?
//! ```
//!
//! Where two servers could read two things, we refuse: then nothing can hide in the difference.

mod fields;
mod target;

pub use target::Method;

use crate::cookies::Cookies;
use crate::error::Error;
use crate::parse::Head;
use std::borrow::Cow;
use std::time::SystemTime;

/// A request that has been understood.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// What is to be done.
    pub method: Method,
    /// Which page: the path of the target without its query, or `*`. Escapes that nobody needs are
    /// undone, others stay (RFC 3986 §6.2.2.2).
    pub path: Cow<'a, str>,
    /// The cookies that came with it.
    pub cookies: Cookies<'a>,
    /// When it came.
    pub time: SystemTime,
    /// Whether a body follows, or might. We never read one.
    pub body_follows: bool,
    /// Whether the connection stays open after the answer. Behind a body, which we don't read, we look
    /// for no other request: it closes.
    pub persistence: Persistence,
    /// Whether nobody has asked for the page yet: the browser fetches it in case somebody does.
    pub is_prefetch: bool,
}

/// Whether a connection stays open after a response, and what the response says of it
/// (RFC 9112 §9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// It stays open, as is usual in HTTP/1.1: nothing is said.
    Implied,
    /// It stays open, and a client of HTTP/1.0 is told so: `Connection: keep-alive`.
    KeepAlive,
    /// It closes: `Connection: close`.
    Close,
}

impl<'a> Request<'a> {
    /// Understands what `head` says, at `time`.
    ///
    /// # Errors
    ///
    /// What a server must refuse, with the status and the sentence for its client.
    ///
    /// ```
    /// use cookies_from_scratch::{parse, request::{Method, Persistence, Request}};
    /// # use std::time::SystemTime;
    /// let bytes = b"GET /set%2Dcookie?a=b HTTP/1.1\r\nHost: localhost\r\nCookie: a=1\r\n\r\n";
    /// let head = parse::head(bytes, &mut parse::Progress::default()).unwrap().unwrap();
    /// let request = Request::new(&head, SystemTime::now()).unwrap();
    /// assert_eq!((request.method, &*request.path), (Method::Get, "/set-cookie"));
    /// assert_eq!(request.cookies.get("a"), Some("1"));
    /// assert_eq!(request.persistence, Persistence::Implied);
    /// ```
    pub fn new(head: &Head<'a>, time: SystemTime) -> Result<Self, Error> {
        head.check_host()?;
        let has_body = head.has_body()?;
        let method = Method::new(head.request_line.method)?;
        let path = target::path(head.request_line.target, method)?;
        let announces_body = head.expects_100_continue()?;
        // Behind a CONNECT comes what is meant for the other end of a tunnel (RFC 9110 §9.3.6).
        let body_follows = has_body || announces_body || method == Method::Connect;
        let persistence = if body_follows { Persistence::Close } else { head.persistence() };
        let is_prefetch = head.is_prefetch();
        let cookies = Cookies::from_fields(head.values("Cookie"));
        Ok(Self { method, path, cookies, time, body_follows, persistence, is_prefetch })
    }
}
