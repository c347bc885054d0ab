//! Status codes: what became of a request (RFC 9110 §15).
//!
//! ```text
//! HTTP/1.1 404 Not Found
//!          └── a Status
//! ```

use std::fmt;

/// Every status that this server sends, shown as it travels: `404 Not Found`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Status {
    /// 200: here is the page.
    Ok = 200,
    /// 204: done, and there is nothing to show.
    NoContent = 204,
    /// 400: this is not HTTP, or two servers could read it in two ways.
    BadRequest = 400,
    /// 404: there is no such page.
    NotFound = 404,
    /// 405: there is such a page, but not for this method.
    MethodNotAllowed = 405,
    /// 408: the request did not come in time.
    RequestTimeout = 408,
    /// 414: the target is longer than we read.
    UriTooLong = 414,
    /// 417: `Expect` asks for what we don't do.
    ExpectationFailed = 417,
    /// 421: the request is meant for a server that speaks TLS.
    MisdirectedRequest = 421,
    /// 431: the head is larger than we read (RFC 6585 §5).
    RequestHeaderFieldsTooLarge = 431,
    /// 500: a page of ours failed.
    InternalServerError = 500,
    /// 501: a method or a transfer coding that we don't know.
    NotImplemented = 501,
    /// 505: another major version of HTTP.
    HttpVersionNotSupported = 505,
}

impl Status {
    /// The number: `404`.
    pub fn code(self) -> u16 {
        self as u16
    }

    /// Number and reason phrase: `404 Not Found`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::NoContent => "204 No Content",
            Self::BadRequest => "400 Bad Request",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::RequestTimeout => "408 Request Timeout",
            Self::UriTooLong => "414 URI Too Long",
            Self::ExpectationFailed => "417 Expectation Failed",
            Self::MisdirectedRequest => "421 Misdirected Request",
            Self::RequestHeaderFieldsTooLarge => "431 Request Header Fields Too Large",
            Self::InternalServerError => "500 Internal Server Error",
            Self::NotImplemented => "501 Not Implemented",
            Self::HttpVersionNotSupported => "505 HTTP Version Not Supported",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
