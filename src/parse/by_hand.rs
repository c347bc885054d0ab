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

use super::{Field, Head, RequestLine, first_control, version};
use crate::error::Error;
use crate::token::{first_token, trim_blanks};

/// `HTTP-message = start-line CRLF *( field-line CRLF ) CRLF` (RFC 9112 §2.1), as far as its head goes.
///
/// `None` if it has not come as a whole, or is not well-formed.
pub fn head(bytes: &[u8]) -> Option<Head<'_>> {
    let mut rest = bytes;
    let request_line = request_line(line(&mut rest)?).ok()?;
    let mut fields = Vec::with_capacity(16);
    while let Some(field) = field_line(&mut rest) {
        fields.push(field);
    }
    let end = line(&mut rest)?;
    end.is_empty().then(|| Head { request_line, fields, length: bytes.len() - rest.len() })
}

/// `field-line = field-name ":" OWS field-value OWS` (RFC 9112 §5), taken off `rest` if there is one.
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

/// The next line without its end, taken off `rest`.
///
/// `field-value` is made of visible bytes, of blanks and of `obs-text = %x80-FF` (RFC 9110 §5.5); there is
/// no other control byte than a tab in any line. It ends in CRLF, or in a bare LF, which we take too, as we
/// may (RFC 9112 §2.2).
fn line<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (line, end) = rest.split_at(first_control(rest)?);
    *rest = match end {
        [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..] => behind,
        _ => return None,
    };
    Some(line)
}

/// `request-line = method SP request-target SP HTTP-version` (RFC 9112 §3)
///
/// Exactly one space, twice. The RFC lets a server be lenient here; we are not, for whoever reads
/// two spaces as one may take another word for the target.
///
/// # Errors
///
/// [`Error::METHOD`], [`Error::TARGET`], [`Error::VERSION`] or
/// [`Error::UNSUPPORTED_VERSION`].
pub fn request_line(line: &[u8]) -> Result<RequestLine<'_>, Error> {
    let (method, rest) = method(line)?;
    let (target, rest) = request_target(rest)?;
    Ok(RequestLine { method, target, version: version(rest)? })
}

/// `method = token`, and the space behind it (RFC 9110 §9.1)
fn method(line: &[u8]) -> Result<(&str, &[u8]), Error> {
    let (method, rest) = line.split_at(first_token(line).len());
    let rest = rest.strip_prefix(b" ").ok_or(Error::METHOD)?;
    if method.is_empty() {
        return Err(Error::METHOD);
    }
    Ok((ascii(method, Error::METHOD)?, rest))
}

/// `request-target = origin-form / absolute-form / authority-form / asterisk-form`, and the space
/// behind it (RFC 9112 §3.2)
///
/// Here it is only visible ASCII: browsers send `|` and `"`, which no URI has, as they are. Which of
/// the forms it is, and which page, the request's meaning says.
fn request_target(rest: &[u8]) -> Result<(&str, &[u8]), Error> {
    let end = rest.iter().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
    let (target, rest) = rest.split_at(end);
    let rest = rest.strip_prefix(b" ").ok_or(Error::TARGET)?;
    if target.is_empty() {
        return Err(Error::TARGET);
    }
    Ok((ascii(target, Error::TARGET)?, rest))
}

/// The bytes as text. They have been held to a grammar of ASCII, so this never fails.
fn ascii(bytes: &[u8], error: Error) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|_| error)
}
