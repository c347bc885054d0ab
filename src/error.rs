//! What can be wrong with a request: each error has its status and its sentence.
//!
//! ```text
//! HTTP/1.1 400 Bad Request       <- Error::status
//! …
//! HTTP/1.1 needs one Host field. <- Error's Display
//! ```

use crate::status::Status;
use std::fmt;

/// Why a request is refused. Two mistakes are two variants only where the client is told two things.
///
/// Whatever the error, the connection closes after its answer: where the next request would begin is
/// no longer certain (RFC 9112 §2.2, §9.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The first byte is that of a TLS handshake.
    Tls,
    /// The request line does not begin with a token and one space.
    Method,
    /// A well-formed method that nobody knows.
    UnknownMethod,
    /// The target is none of the four forms, or has a byte that no URI has.
    Target,
    /// The target is longer than [`limits::TARGET`](crate::limits::TARGET).
    TargetTooLong,
    /// An absolute-form target of another scheme than `http`.
    Scheme,
    /// The request line does not end in an HTTP version.
    Version,
    /// Another major version of HTTP.
    UnsupportedVersion,
    /// A line that is no `field-name ":" field-value`.
    FieldLine,
    /// More field lines than [`limits::FIELD_LINES`](crate::limits::FIELD_LINES).
    TooManyFieldLines,
    /// A head larger than [`limits::HEAD`](crate::limits::HEAD).
    HeadTooLarge,
    /// No `Host`, two of them, or one that is no host.
    Host,
    /// `Content-Length` is not one number.
    ContentLength,
    /// `Transfer-Encoding` in HTTP/1.0, beside `Content-Length`, or not ending in `chunked`.
    TransferEncoding,
    /// A transfer coding that we don't know.
    UnknownCoding,
    /// `Expect` is not `100-continue`.
    Expectation,
    /// The head did not come in time.
    Timeout,
}

impl Error {
    /// The status of the answer.
    pub fn status(self) -> Status {
        self.answer().0
    }

    /// The sentence of the answer.
    pub fn sentence(self) -> &'static str {
        self.answer().1
    }

    fn answer(self) -> (Status, &'static str) {
        use Status::{BadRequest, NotImplemented, RequestHeaderFieldsTooLarge as TooLarge};
        match self {
            Self::Tls => (
                BadRequest,
                "This is a TLS handshake, and this port speaks plain HTTP: use http://.",
            ),
            Self::Method => {
                (BadRequest, "A request begins with its method, a token, and one space.")
            }
            Self::UnknownMethod => (NotImplemented, "This method is not known here."),
            Self::Target => (
                BadRequest,
                "The target must be a path or an http URI, with one space on each side.",
            ),
            Self::TargetTooLong => {
                (Status::UriTooLong, "The target is longer than this server reads.")
            }
            Self::Scheme => (Status::MisdirectedRequest, "This server answers for http URIs only."),
            Self::Version => {
                (BadRequest, "The request line must end in a version, such as HTTP/1.1.")
            }
            Self::UnsupportedVersion => (
                Status::HttpVersionNotSupported,
                "This server speaks the versions 1.0 and 1.1 of HTTP.",
            ),
            Self::FieldLine => (
                BadRequest,
                "A field line must be a token, a colon and a value without control characters.",
            ),
            Self::TooManyFieldLines => {
                (TooLarge, "There are more field lines than this server reads.")
            }
            Self::HeadTooLarge => (TooLarge, "The head is larger than this server reads."),
            Self::Host => (BadRequest, "There must be one Host field: a host and perhaps a port."),
            Self::ContentLength => (BadRequest, "Content-Length must be one decimal number, once."),
            Self::TransferEncoding => (
                BadRequest,
                "Transfer-Encoding must be chunked, in HTTP/1.1, without Content-Length.",
            ),
            Self::UnknownCoding => (NotImplemented, "This transfer coding is not known here."),
            Self::Expectation => (Status::ExpectationFailed, "Only 100-continue can be expected."),
            Self::Timeout => (Status::RequestTimeout, "The request did not come in time."),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl std::error::Error for Error {}
