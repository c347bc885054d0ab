//! What a request *says*: from bytes to method, target, version and fields (RFC 9112 §2, §3, §5).
//!
//! ```text
//! GET /set-cookie HTTP/1.1\r\n     request-line
//! Host: localhost:5000\r\n         field-line
//! Cookie: a=1\r\n                  field-line
//! \r\n                             the empty line: the head is complete
//! ```
//!
//! A complete and valid head is read by one of two parsers: [`by_hand`] or, with the feature `httparse`, the
//! crate of that name. Tests check that both accept the same heads. If the parser fails, [`Progress`] finds
//! whether the head is incomplete, or what is wrong. That part is written by hand in both cases.

pub mod by_hand;
#[cfg(feature = "httparse")]
pub mod by_httparse;
mod progress;

pub use progress::Progress;

#[cfg(not(feature = "httparse"))]
use by_hand as parser;
#[cfg(feature = "httparse")]
use by_httparse as parser;

use crate::limits;
use crate::refusal::Refusal;
use crate::token::trim_blanks;

/// The head of a request: `request-line *( field-line CRLF ) CRLF`, not interpreted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// A token, in its original case: methods are case-sensitive.
    pub method: &'a str,
    /// The request target: visible ASCII, not split yet.
    pub target: &'a str,
    /// The version that the client speaks.
    pub version: Version,
    /// All field lines, in order.
    pub fields: Vec<Field<'a>>,
    /// The length in bytes, with the empty line at the end.
    pub length: usize,
}

impl<'a> Head<'a> {
    /// The values of all lines called `name`, ignoring case (RFC 9110 §5.1).
    pub(crate) fn values(&self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        let has_name = |field: &&Field| field.name.eq_ignore_ascii_case(name.as_bytes());
        self.fields.iter().filter(has_name).map(|field| field.value)
    }

    /// The value of the line called `name`, if there is one; `refusal` if there are several.
    pub(crate) fn only_value(
        &self,
        name: &'static str,
        refusal: Refusal,
    ) -> Result<Option<&'a [u8]>, Refusal> {
        let mut values = self.values(name);
        let first = values.next();
        if values.next().is_none() { Ok(first) } else { Err(refusal) }
    }

    /// The elements of a list, from all lines called `name` (RFC 9110 §5.6.1).
    pub(crate) fn elements(&self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        self.values(name).flat_map(|line| line.split(|&byte| byte == b',')).map(trim_blanks)
    }
}

/// The versions that we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `HTTP/1.0`
    Http10,
    /// `HTTP/1.1`, and `1.2` to `1.9`, which should be read as `1.1` (RFC 9110 §2.5).
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

/// Reads the head at the start of `bytes`, from which [`skip_empty_lines`] has taken the empty lines. Puts
/// its fields into `fields`, an empty vector that may have space already.
///
/// # Errors
///
/// * [`Refusal::INCOMPLETE`]: then call again with all bytes so far, and the same `progress`.
/// * At once: a bad request line, a control byte, or a head that is too large.
/// * When the head is complete: another bad field line.
pub fn head<'a>(
    bytes: &'a [u8],
    progress: &mut Progress,
    fields: Vec<Field<'a>>,
) -> Result<Head<'a>, Refusal> {
    // Fast path: most heads arrive complete and are valid. It saves a sixth of a page's instructions. It is
    // not tried again once `progress` has found the end of the request line.
    if *progress == Progress::default() {
        let head = parser::head(bytes, fields);
        if let Some(head) = head.filter(|head| head.length <= limits::MAX_HEAD_BYTES) {
            return Ok(head);
        }
    }
    // A head that is too large is refused here.
    progress.find_end(bytes)?;
    // Only a field line can be wrong now. (Rarely needed, so these fields may allocate.)
    parser::head(bytes, Vec::new()).ok_or(Refusal::FIELD_LINE)
}

/// `received` without the empty lines that may precede a head (RFC 9112 §2.2).
#[must_use]
pub fn skip_empty_lines(mut received: &[u8]) -> &[u8] {
    for _ in 0..limits::MAX_EMPTY_LINES {
        match received {
            [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] => received = rest,
            _ => break,
        }
    }
    // A CR alone may be the first half of another empty line, so no head has begun.
    if received == b"\r" { b"" } else { received }
}
