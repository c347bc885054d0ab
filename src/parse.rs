//! What a request *says*: from bytes to method, target, version and fields (RFC 9112 §2, §3, §5).
//!
//! ```text
//! GET /set-cookie HTTP/1.1\r\n     request-line
//! Host: localhost:5000\r\n         field-line
//! Cookie: a=1\r\n                  field-line
//! \r\n                             the empty line: the head is complete
//! ```
//!
//! A complete and valid head is read by one of two parsers: [`by_hand`] or, with the feature
//! `httparse`, the crate of that name. Tests check that both accept the same heads. If the parser
//! finds none, [`Progress`] searches the bytes again, by hand, for the error or the missing end.

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
use crate::token::first_token;
use std::borrow::Cow;

/// The head of a request: its request line and its fields, not interpreted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// The first line.
    pub request_line: RequestLine<'a>,
    /// All field lines, in order.
    pub fields: Vec<Field<'a>>,
    /// The length in bytes, with the empty line at the end and those before the request line.
    pub length: usize,
}

/// `request-line = method SP request-target SP HTTP-version`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLine<'a> {
    /// A token, in its original case: methods are case-sensitive.
    pub method: &'a str,
    /// Visible ASCII, not split yet.
    pub target: &'a str,
    /// The version that the client speaks.
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
    /// A token, in its original case: names are case-insensitive.
    pub name: &'a [u8],
    /// Without the blanks around it; no control bytes except tabs, but not always UTF-8.
    pub value: &'a [u8],
}

/// Reads one head from the beginning of `received`. Uses the space of `fields`, which is empty.
///
/// `None` means that the head is incomplete: call again with more bytes after the same ones, and
/// with the same `progress`. For the next head, start with a new `Progress`.
///
/// ```
/// use cookies_from_scratch::parse::{Field, Head, Progress, RequestLine, Version, head};
/// let bytes = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
/// let mut progress = Progress::default();
/// assert_eq!(head(&bytes[..20], &mut progress, Vec::new()), Ok(None));
/// let request_line = RequestLine { method: "GET", target: "/", version: Version::Http11 };
/// let fields = vec![Field { name: b"Host", value: b"localhost" }];
/// let expected = Head { request_line, fields, length: bytes.len() };
/// assert_eq!(head(bytes, &mut progress, Vec::new()), Ok(Some(expected)));
/// ```
///
/// # Errors
///
/// Why the bytes aren't a request. A bad request line, a control byte and a head that is too large
/// are errors as soon as their bytes arrive, so that a client needn't finish a bad head. Any other
/// bad field line is an error once the head is complete.
pub fn head<'a>(
    received: &'a [u8],
    progress: &mut Progress,
    fields: Vec<Field<'a>>,
) -> Result<Option<Head<'a>>, Error> {
    let bytes = begun(received);
    let skipped = received.len() - bytes.len();
    match complete_head(bytes, progress, fields) {
        Ok(head) => Ok(Some(Head { length: skipped + head.length, ..head })),
        Err(None) => Ok(None),
        Err(Some(error)) => Err(error),
    }
}

/// A value, or an error; the error is `None` if the value is still incomplete.
type Parsed<T> = Result<T, Option<Error>>;

fn complete_head<'a>(
    bytes: &'a [u8],
    progress: &mut Progress,
    fields: Vec<Field<'a>>,
) -> Parsed<Head<'a>> {
    // Fast path: most heads arrive complete, and are valid. It saves a sixth of a page's instructions.
    if *progress == Progress::default() {
        let is_within_limit = |head: &Head| head.length <= limits::MAX_HEAD_BYTES;
        if let Some(head) = parser::head(bytes, fields).filter(is_within_limit) {
            return Ok(head);
        }
    }
    progress.find_end(bytes)?;
    Ok(parser::head(bytes, Vec::new()).ok_or(Error::FIELD_LINE)?)
}

/// The name of the field whose lines take the most bytes in a head that is too large; `None` if it has no
/// name, or a very long one. Looks at no more than is allowed, so that the name is the same wherever the
/// network cuts the head.
pub(crate) fn largest_field(head: &[u8]) -> Option<Cow<'_, str>> {
    let allowed = &head[..head.len().min(limits::MAX_HEAD_BYTES)];
    let lines = allowed.split(|&byte| byte == b'\n').skip(1);
    let size = |name: &[u8]| {
        let is_same = |line: &&[u8]| first_token(line).eq_ignore_ascii_case(name);
        lines.clone().filter(is_same).map(<[u8]>::len).sum::<usize>()
    };
    let name = lines.clone().map(first_token).max_by_key(|name| size(name))?;
    (1..=limits::MAX_SHOWN_NAME_BYTES).contains(&name.len()).then(|| String::from_utf8_lossy(name))
}

/// The head that has begun: `received` without the empty lines allowed before it (RFC 9112 §2.2).
pub(crate) fn begun(mut received: &[u8]) -> &[u8] {
    for _ in 0..limits::MAX_EMPTY_LINES {
        match received {
            [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] => received = rest,
            _ => break,
        }
    }
    match received {
        // The first half of another empty line.
        b"\r" => b"",
        _ => received,
    }
}
