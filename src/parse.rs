//! What a request *says*: from bytes to method, target, version and fields (RFC 9112 §2, §3, §5).
//!
//! ```text
//! GET /set-cookie HTTP/1.1\r\n     request-line
//! Host: localhost:5000\r\n         field-line
//! Cookie: a=1\r\n                  field-line
//! \r\n                             the empty line: the head is complete
//! ```
//!
//! Most heads come as a whole and are good: one of two parsers reads them in one go, [`by_hand`], or, with
//! the feature `httparse`, the crate of that name. Both are held to the same heads. If there is none,
//! [`Progress`] knows why: it has not come whole, however slowly it drips, or something is wrong with it.

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
use crate::scan::{below, equal, position};

/// The head of a request: its first line and its fields, as they stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// `method SP request-target SP HTTP-version`
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
    /// The value without the blanks around it: no control bytes, but perhaps bytes that are no UTF-8.
    pub value: &'a [u8],
}

/// Reads one head from the beginning of `received`.
///
/// `None` means that it is not complete yet: call again with more bytes behind the same ones, and
/// the same `progress`. After a head, begin with a new one.
///
/// # Errors
///
/// Whatever keeps the bytes from being a request; found as early as it can be, so that a client that
/// sends nonsense is told without having to finish it.
pub fn head<'a>(received: &'a [u8], progress: &mut Progress) -> Result<Option<Head<'a>>, Error> {
    // Most heads come as a whole, and are good.
    if *progress == Progress::default() {
        if let Some(head) = parser::head(received).filter(Head::is_within_limits) {
            return Ok(Some(head));
        }
    }
    let Some(start) = progress.find_head(received)? else { return Ok(None) };
    let head = parser::head(&received[start..]).ok_or(Error::FIELD_LINE)?;
    Ok(Some(Head { length: start + head.length, ..head }))
}

impl Head<'_> {
    fn is_within_limits(&self) -> bool {
        let RequestLine { method, target, .. } = self.request_line;
        self.length <= limits::HEAD
            && self.fields.len() <= limits::FIELD_LINES
            && method.len().max(target.len()) <= limits::TARGET
    }
}

/// Whether this is a good request line.
fn request_line(line: &[u8]) -> Result<(), Error> {
    progress::check_beginning(line)?;
    by_hand::request_line(line).map(drop)
}

/// `HTTP-version = "HTTP/" DIGIT "." DIGIT`, in capitals (RFC 9112 §2.3)
///
/// A client of HTTP/2 that begins with `PRI * HTTP/2.0` is told here that we don't speak it.
fn version(text: &[u8]) -> Result<Version, Error> {
    match text {
        b"HTTP/1.0" => Ok(Version::Http10),
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1'..=b'9'] => Ok(Version::Http11),
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
            Err(Error::UNSUPPORTED_VERSION)
        }
        _ => Err(Error::VERSION),
    }
}

/// Where the first control byte but a tab stands: it ends a line, or can't stand in one.
fn first_control(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        from += position(&text[from..], |word| below(word, b' ') | equal(word, 0x7F))?;
        if text[from] != b'\t' {
            return Some(from);
        }
        from += 1;
    }
}
