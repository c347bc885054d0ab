//! The hand-written parser: it follows the grammar, with each rule above its function.
//!
//! Each function takes `rest`, the bytes that are not read yet, and removes from its start what it reads. The
//! functions for the request line stop at the first wrong byte, so that the refusal is the same wherever the
//! network cuts the head.

use super::{Field, Head, Version};
use crate::limits;
use crate::refusal::Refusal;
use crate::scan::{control, not_visible, position};
use crate::token::{first_token, trim_blanks};

/// `HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]` (RFC 9112 §2.1)
///
/// `None` if the head is incomplete or ill-formed, or has too many fields: `Progress` finds out which.
#[must_use]
pub fn head<'a>(bytes: &'a [u8], mut fields: Vec<Field<'a>>) -> Option<Head<'a>> {
    let mut rest = bytes;
    let (method, target, version) = request_line(&mut rest).ok()?;
    while let Some(field) = field_line(&mut rest) {
        if fields.len() == limits::MAX_FIELD_LINES {
            return None;
        }
        fields.push(field);
    }
    let end = line(&mut rest)?;
    let length = bytes.len() - rest.len();
    end.is_empty().then_some(Head { method, target, version, fields, length })
}

/// `request-line = method SP request-target SP HTTP-version` (RFC 9112 §3), and the end of the line.
///
/// Exactly one space separates two parts. The RFC lets a server be lenient here. We aren't: a server that
/// reads two spaces as one may find a different target.
pub(super) fn request_line<'a>(
    rest: &mut &'a [u8],
) -> Result<(&'a str, &'a str, Version), Refusal> {
    Ok((method(rest)?, request_target(rest)?, http_version(rest)?))
}

/// `method = token`, and the space after it (RFC 9110 §9.1). One that is longer than
/// [`limits::MAX_TARGET_BYTES`] is refused before its end has come.
fn method<'a>(rest: &mut &'a [u8]) -> Result<&'a str, Refusal> {
    let length = first_token(rest).len();
    if length > limits::MAX_TARGET_BYTES {
        return Err(Refusal::UNKNOWN_METHOD);
    }
    word_and_space(rest, length, Refusal::METHOD)
}

/// `request-target = origin-form / absolute-form / authority-form / asterisk-form`, and the space after it
/// (RFC 9112 §3.2)
///
/// We accept any visible ASCII here: browsers send `|`, `"` and a lone `%` unescaped, though a URI can't
/// contain them. [`Request`](crate::request::Request) distinguishes the forms.
fn request_target<'a>(rest: &mut &'a [u8]) -> Result<&'a str, Refusal> {
    let length = visible_length(rest);
    if length > limits::MAX_TARGET_BYTES {
        return Err(Refusal::TARGET_TOO_LONG);
    }
    // The refusal if no space follows:
    let refusal = match rest[length..] {
        [b'\t', ..] => Refusal::SPACES,
        _ if length == 0 => Refusal::SPACES,
        // The line ends without a version.
        [b'\r' | b'\n', ..] => Refusal::VERSION,
        _ => Refusal::TARGET_BYTE,
    };
    word_and_space(rest, length, refusal)
}

/// `HTTP-version`, and the end of the line after it
fn http_version(rest: &mut &[u8]) -> Result<Version, Refusal> {
    let (text, end) = rest.split_at(visible_length(rest));
    if text.len() > b"HTTP/1.1".len() {
        return Err(Refusal::VERSION);
    }
    *rest = line_end(end, Refusal::VERSION)?;
    version(text)
}

/// `HTTP-version = "HTTP/" DIGIT "." DIGIT`, case-sensitive (RFC 9112 §2.3)
///
/// An HTTP/2 client begins with `PRI * HTTP/2.0`, and gets a 505.
pub(super) fn version(text: &[u8]) -> Result<Version, Refusal> {
    match text {
        b"HTTP/1.0" => Ok(Version::Http10),
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1'..=b'9'] => Ok(Version::Http11),
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
            Err(Refusal::UNSUPPORTED_VERSION)
        }
        _ => Err(Refusal::VERSION),
    }
}

/// A word of `length` bytes, and the space after it; `refusal` if the word or the space is missing.
fn word_and_space<'a>(
    rest: &mut &'a [u8],
    length: usize,
    refusal: Refusal,
) -> Result<&'a str, Refusal> {
    let (word, end) = rest.split_at(length);
    match end {
        [b' ', after @ ..] if length > 0 => {
            *rest = after;
            // Always UTF-8, since it is ASCII.
            std::str::from_utf8(word).map_err(|_| refusal)
        }
        // If nothing follows yet, the head is incomplete. A line end is refused like any other byte.
        _ => Err(line_end(end, refusal).err().unwrap_or(refusal)),
    }
}

fn visible_length(rest: &[u8]) -> usize {
    position(rest, not_visible).unwrap_or(rest.len())
}

/// `field-line = field-name ":" OWS field-value OWS` (RFC 9112 §5), if there is one.
///
/// A blank is not allowed before the colon (§5.1), nor at the start of the line, where it once continued the
/// previous line (`obs-fold`, §5.2). A token contains no blank, so neither case needs a check of its own.
fn field_line<'a>(rest: &mut &'a [u8]) -> Option<Field<'a>> {
    let (name, after) = rest.split_at(first_token(rest).len());
    let [b':', after @ ..] = after else { return None };
    if name.is_empty() {
        return None;
    }
    *rest = after;
    // If this fails, the loop in `head` ends, and `head` fails at its own `line`.
    Some(Field { name, value: trim_blanks(line(rest)?) })
}

/// The next line without its end.
fn line<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (line, end) = rest.split_at(line_length(rest));
    *rest = line_end(end, Refusal::FIELD_LINE).ok()?;
    Some(line)
}

/// The length of the first line, as far as it has arrived: up to the first control byte other than a tab.
/// That byte ends the line, or is an error, since a `field-value` consists of visible bytes, blanks and
/// `obs-text = %x80-FF` (RFC 9110 §5.5).
pub(super) fn line_length(rest: &[u8]) -> usize {
    let mut from = 0;
    while let Some(length) = position(&rest[from..], control) {
        from += length;
        if rest[from] != b'\t' {
            return from;
        }
        from += 1;
    }
    rest.len()
}

/// The bytes after the line ending that `end` begins with; `refusal` if it begins with another byte.
///
/// A line ends in CRLF, or in a bare LF, which a server may accept. A bare CR doesn't end a line: a server
/// that thinks it does reads a different request (RFC 9112 §2.2).
pub(super) fn line_end(end: &[u8], refusal: Refusal) -> Result<&[u8], Refusal> {
    match end {
        [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => Ok(after),
        [] | [b'\r'] => Err(Refusal::INCOMPLETE),
        [b'\r', ..] => Err(Refusal::BARE_CR),
        _ => Err(refusal),
    }
}
