//! What a request *says*: from bytes to method, target, version and fields (RFC 9112 §2, §3, §5).
//!
//! ```text
//! GET /set-cookie HTTP/1.1\r\n     request-line
//! Host: localhost:5000\r\n         field-line
//! Cookie: a=1\r\n                  field-line
//! \r\n                             the empty line: the head is complete
//! ```
//!
//! One of two parsers reads a head that has come whole and is good: [`by_hand`], or, with the
//! feature `httparse`, the crate of that name; both are held to the same heads. If there is none,
//! [`Progress`] goes through what has come once more, by hand, and says why.

pub mod by_hand;
#[cfg(feature = "httparse")]
pub mod by_httparse;
mod progress;

pub use progress::Progress;

#[cfg(not(feature = "httparse"))]
use by_hand as parser;
#[cfg(feature = "httparse")]
use by_httparse as parser;

use crate::error::Error;
use crate::limits;

/// The head of a request: its first line and its fields, as they stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// The first line.
    pub request_line: RequestLine<'a>,
    /// All field lines, in order.
    pub fields: Vec<Field<'a>>,
    /// How many bytes the head takes, with its empty line and those before it.
    pub length: usize,
}

/// `request-line = method SP request-target SP HTTP-version`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLine<'a> {
    /// A token, as it came: methods are case-sensitive.
    pub method: &'a str,
    /// Visible ASCII, not taken apart yet.
    pub target: &'a str,
    /// What the client understands.
    pub version: Version,
}

/// The versions that we speak. `HTTP/1.2` to `1.9` are read as `1.1` (RFC 9110 §2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `HTTP/1.0`
    Http10,
    /// `HTTP/1.1`
    Http11,
}

/// `field-line = field-name ":" OWS field-value OWS`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// A token, as it came: names are compared without case.
    pub name: &'a [u8],
    /// Without the blanks around it; no control bytes, but perhaps bytes that are no UTF-8.
    pub value: &'a [u8],
}

/// Reads one head from the beginning of `received`.
///
/// `None` means that it is not complete yet: call again with more bytes behind the same ones, and
/// the same `progress`. After a head, begin with a new one.
///
/// ```
/// use cookies_from_scratch::parse::{Field, Head, Progress, RequestLine, Version, head};
/// let bytes = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
/// let mut progress = Progress::default();
/// assert_eq!(head(&bytes[..20], &mut progress), Ok(None));
/// let request_line = RequestLine { method: "GET", target: "/", version: Version::Http11 };
/// let fields = vec![Field { name: b"Host", value: b"localhost" }];
/// let expected = Head { request_line, fields, length: bytes.len() };
/// assert_eq!(head(bytes, &mut progress), Ok(Some(expected)));
/// ```
///
/// # Errors
///
/// What keeps the bytes from being a request. A bad request line, a control byte and what is too
/// large are refused as they come, so that a client that sends nonsense is told without having to
/// finish it; another bad field line, once the head has ended.
pub fn head<'a>(received: &'a [u8], progress: &mut Progress) -> Result<Option<Head<'a>>, Error> {
    let begun = begun(received);
    let before = received.len() - begun.len();
    match whole_head(begun, progress) {
        Ok(head) => Ok(Some(Head { length: before + head.length, ..head })),
        Err(None) => Ok(None),
        Err(Some(error)) => Err(error),
    }
}

/// What has been read; or what is wrong, or `None` where only the end is missing.
type Parsed<T> = Result<T, Option<Error>>;

fn whole_head<'a>(begun: &'a [u8], progress: &mut Progress) -> Parsed<Head<'a>> {
    // Most heads come as a whole, and are good.
    if *progress == Progress::default() {
        let is_small = |head: &Head| {
            head.length <= limits::MAX_HEAD_BYTES && head.fields.len() <= limits::MAX_FIELD_LINES
        };
        if let Some(head) = parser::head(begun).filter(is_small) {
            return Ok(head);
        }
    }
    progress.find_end(begun)?;
    Ok(parser::head(begun).ok_or(Error::FIELD_LINE)?)
}

/// The request line of what has `begun`, if it has come whole and is good.
pub(crate) fn request_line(begun: &[u8]) -> Option<RequestLine<'_>> {
    by_hand::request_line(&mut &*begun).ok()
}

/// What there is of a head, without the few empty lines that may stand before it (RFC 9112 §2.2).
pub(crate) fn begun(mut received: &[u8]) -> &[u8] {
    for _ in 0..limits::MAX_EMPTY_LINES {
        match received {
            [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] => received = rest,
            _ => break,
        }
    }
    match received {
        // Half of another empty line.
        b"\r" => b"",
        _ => received,
    }
}
