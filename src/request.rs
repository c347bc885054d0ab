//! What a request *means* (RFC 9110, RFC 9112 §3, §6, §9).
//!
//! ```text
//! GET http://localhost:5000/set%2Dcookie?a=b HTTP/1.1   which page? /set-cookie
//! Host: localhost:5000                                  is there exactly one valid host?
//! Content-Length: 0                                     does a body follow?
//! Connection: close                                     does another request follow?
//! Cookie: a=1                                           which cookies?
//! Sec-Purpose: prefetch                                 has the user asked for the page?
//! Accept: text/plain                                    is the page for a terminal?
//! ```
//!
//! A proxy in front of a server may send it the requests of many clients over one connection. If the two
//! disagree about where a request ends, a client can hide a second request in a first one: *request
//! smuggling* (RFC 9112 §11.2). So we refuse what two servers could read in two ways.

mod fields;
mod target;

use crate::cookies::Cookies;
use crate::parse::Head;
use crate::refusal::Refusal;
use std::borrow::Cow;

/// The methods that we know, which are case-sensitive: `get` isn't `GET` (RFC 9110 §9.1). Our pages support
/// the first three. `CONNECT` asks for a tunnel to another server. `TRACE` would make the response repeat the
/// request, and so show to scripts the cookies that `HttpOnly` hides from them (RFC 9110 §9.3.8).
const METHODS: [&str; 9] =
    ["GET", "HEAD", "OPTIONS", "CONNECT", "TRACE", "POST", "PUT", "DELETE", "PATCH"];

/// A valid request.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// What the client asks the server to do: a method that we know.
    pub method: &'a str,
    /// The path of the target, without its query: unnecessary escapes are decoded, others stay (RFC 3986
    /// §6.2.2.2). Or `*`; or for `CONNECT` a host and a port.
    pub path: Cow<'a, str>,
    /// The cookies of its `Cookie` fields.
    pub cookies: Cookies<'a>,
    /// Whether the connection stays open after the response.
    pub persistence: Persistence,
    /// Whether the browser fetches the page in advance, in case the user asks for it.
    pub is_prefetch: bool,
    /// Whether the client prefers plain text to HTML.
    pub prefers_text: bool,
}

/// Whether a connection stays open after a response, and how the response says so (RFC 9112 §9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// It stays open, as HTTP/1.1 does by default: no field is needed.
    Implied,
    /// It stays open, as an HTTP/1.0 client has asked: `Connection: keep-alive`.
    KeepAlive,
    /// It closes: `Connection: close`.
    Close(CloseReason),
}

/// Why a connection closes after a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The client said `Connection: close`.
    ClientAsked,
    /// It is HTTP/1.0, where `keep-alive` is an option.
    Http10,
    /// A body may follow the head. Without reading that, we can't find the next request.
    BodyFollows,
    /// The request is refused.
    Refused,
    /// The server stops, or descriptors have run out.
    Ending,
}

impl<'a> Request<'a> {
    /// Interprets `head`.
    ///
    /// # Errors
    ///
    /// If the request must be refused: the status and the sentence for the client.
    pub fn new(head: &Head<'a>) -> Result<Self, Refusal> {
        fields::check_host(head)?;
        let has_body = fields::has_body(head)?;
        if !METHODS.contains(&head.method) {
            return Err(Refusal::UNKNOWN_METHOD);
        }
        let path = target::path(head.target, head.method)?;
        let may_send_body = fields::expects_100_continue(head)?;
        // What follows a CONNECT isn't HTTP: the bytes are for the other end of the tunnel (RFC 9110 §9.3.6).
        let body_follows = has_body || may_send_body || head.method == "CONNECT";
        Ok(Self {
            method: head.method,
            path,
            cookies: Cookies::from_fields(head.values("Cookie")),
            persistence: fields::persistence(head, body_follows),
            is_prefetch: fields::is_prefetch(head),
            prefers_text: fields::prefers_text(head),
        })
    }
}
