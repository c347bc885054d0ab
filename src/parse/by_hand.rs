//! The parser by hand: straight down the grammar, each rule above its function.
//!
//! ```text
//! GET /set-cookie HTTP/1.1
//! │   │           └── HTTP-version
//! │   └── request-target
//! └── method
//!
//! Host: localhost:5000
//! │     └── field-value
//! └── field-name
//! ```
//!
//! Each function takes what it reads off `rest`, from left to right. Those of the request line look
//! no further than the first byte that is wrong: so what is said of it is the same however the head
//! is cut.

use super::{Field, Head, Parsed, RequestLine, Version};
use crate::error::Error;
use crate::limits;
use crate::scan::{below, equal, position};
use crate::token::{first_token, trim_blanks};

/// `HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]` (RFC 9112 §2.1)
///
/// `None` if its head has not come as a whole, or is not well-formed.
///
/// ```
/// use cookies_from_scratch::parse::by_hand;
/// assert_eq!(by_hand::head(b"GET / HTTP/1.1\r\na: b\r\n\r\nGET").unwrap().length, 24);
/// assert_eq!(by_hand::head(b"GET / HTTP/1.1\r\na b\r\n\r\nGET"), None);
/// ```
pub fn head(bytes: &[u8]) -> Option<Head<'_>> {
    let mut rest = bytes;
    let request_line = request_line(&mut rest).ok()?;
    let mut fields = Vec::with_capacity(limits::FIELD_LINES_CAPACITY);
    while let Some(field) = field_line(&mut rest) {
        fields.push(field);
    }
    let end = line(&mut rest)?;
    end.is_empty().then(|| Head { request_line, fields, length: bytes.len() - rest.len() })
}

/// `request-line = method SP request-target SP HTTP-version` (RFC 9112 §3), with its end.
///
/// Exactly one space, twice. The RFC lets a server be lenient here; we are not, for whoever reads
/// two spaces as one may take another word for the target.
pub(super) fn request_line<'a>(rest: &mut &'a [u8]) -> Parsed<RequestLine<'a>> {
    Ok(RequestLine {
        method: method(rest)?,
        target: request_target(rest)?,
        version: http_version(rest)?,
    })
}

/// `method = token`, and the space behind it (RFC 9110 §9.1)
fn method<'a>(rest: &mut &'a [u8]) -> Parsed<&'a str> {
    let length = first_token(rest).len();
    if length > limits::MAX_TARGET_BYTES {
        return Err(Some(Error::UNKNOWN_METHOD));
    }
    word_and_space(rest, length, Error::METHOD)
}

/// `request-target = origin-form / absolute-form / authority-form / asterisk-form`, and the space
/// behind it (RFC 9112 §3.2)
///
/// Here it is only visible ASCII: browsers send `|` and `"`, which no URI has, as they are. Which
/// form it is, and which page, the request's meaning says.
fn request_target<'a>(rest: &mut &'a [u8]) -> Parsed<&'a str> {
    let length = visible_length(rest);
    if length > limits::MAX_TARGET_BYTES {
        return Err(Some(Error::TARGET_TOO_LONG));
    }
    word_and_space(rest, length, Error::TARGET)
}

/// `HTTP-version`, and the end of the line behind it
fn http_version(rest: &mut &[u8]) -> Parsed<Version> {
    let (text, end) = rest.split_at(visible_length(rest));
    if text.len() > b"HTTP/1.1".len() {
        return Err(Some(Error::VERSION));
    }
    *rest = line_end(end, Error::VERSION)?;
    Ok(version(text)?)
}

/// `HTTP-version = "HTTP/" DIGIT "." DIGIT`, in capitals (RFC 9112 §2.3)
///
/// A client of HTTP/2 that begins with `PRI * HTTP/2.0` is told here that we don't speak it.
pub(super) fn version(text: &[u8]) -> Result<Version, Error> {
    match text {
        b"HTTP/1.0" => Ok(Version::Http10),
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1'..=b'9'] => Ok(Version::Http11),
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
            Err(Error::UNSUPPORTED_VERSION)
        }
        _ => Err(Error::VERSION),
    }
}

/// A word of this length, and the space behind it; `error` if there is no word, or no space.
fn word_and_space<'a>(rest: &mut &'a [u8], length: usize, error: Error) -> Parsed<&'a str> {
    let (word, end) = rest.split_at(length);
    let Some((b' ', behind)) = end.split_first().filter(|_| length > 0) else {
        // Even where the line ends, it ends too early.
        line_end(end, error)?;
        return Err(Some(error));
    };
    *rest = behind;
    std::str::from_utf8(word).map_err(|_| Some(error))
}

fn visible_length(rest: &[u8]) -> usize {
    rest.iter().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len())
}

/// `field-line = field-name ":" OWS field-value OWS` (RFC 9112 §5), if there is one.
///
/// No blank may stand before the colon (§5.1), nor at the beginning of the line, where it once
/// continued the line before (`obs-fold`, §5.2): neither is a tchar, so neither needs a rule.
fn field_line<'a>(rest: &mut &'a [u8]) -> Option<Field<'a>> {
    let name = first_token(rest);
    let (b':', mut behind) = rest[name.len()..].split_first()? else { return None };
    if name.is_empty() {
        return None;
    }
    let value = trim_blanks(line(&mut behind)?);
    *rest = behind;
    Some(Field { name, value })
}

/// The next line without its end.
fn line<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (line, end) = rest.split_at(line_length(rest));
    *rest = line_end(end, Error::FIELD_LINE).ok()?;
    Some(line)
}

/// How long the first line is, as far as it has come: a control byte ends it, or can't stand in it.
///
/// `field-value` is made of visible bytes, of blanks and of `obs-text = %x80-FF` (RFC 9110 §5.5);
/// no line has any other control byte than a tab.
pub(super) fn line_length(rest: &[u8]) -> usize {
    let mut from = 0;
    while let Some(control) = position(&rest[from..], |word| below(word, b' ') | equal(word, 0x7F))
    {
        from += control;
        if rest[from] != b'\t' {
            return from;
        }
        from += 1;
    }
    rest.len()
}

/// What stands behind the end of a line; `error` if something else than an end is there.
///
/// It is CRLF, or a bare LF, which we take too, as we may. A CR alone is none: whoever takes it for
/// one reads another request than we do (RFC 9112 §2.2).
pub(super) fn line_end(end: &[u8], error: Error) -> Parsed<&[u8]> {
    match end {
        [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..] => Ok(behind),
        [] | [b'\r'] => Err(None),
        [b'\r', ..] => Err(Some(Error::BARE_CR)),
        _ => Err(Some(error)),
    }
}
