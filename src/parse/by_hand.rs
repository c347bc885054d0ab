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

use super::{Field, RequestLine, split_line, version};
use crate::error::Error;
use crate::token::{first_token, is_token, trim_blanks};

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

/// `*( field-line CRLF ) CRLF` (RFC 9112 §2.1)
///
/// # Errors
///
/// [`Error::FIELD_LINE`].
pub fn fields(lines: &[u8]) -> Result<Vec<Field<'_>>, Error> {
    let mut fields = Vec::with_capacity(16);
    let (mut line, mut rest) = split_line(lines);
    while !line.is_empty() {
        fields.push(field_line(line)?);
        (line, rest) = split_line(rest);
    }
    Ok(fields)
}

/// `field-line = field-name ":" OWS field-value OWS` (RFC 9112 §5)
///
/// No blank may stand before the colon (§5.1), nor at the beginning of the line, where it once
/// continued the line before (`obs-fold`, §5.2): neither is a tchar, so neither needs a rule.
fn field_line(line: &[u8]) -> Result<Field<'_>, Error> {
    let colon = line.iter().position(|&byte| byte == b':').ok_or(Error::FIELD_LINE)?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    if !is_token(name) || !value.iter().all(|&byte| is_field_byte(byte)) {
        return Err(Error::FIELD_LINE);
    }
    Ok(Field { name: ascii(name, Error::FIELD_LINE)?, value: trim_blanks(value) })
}

/// `field-vchar = VCHAR / obs-text`, `obs-text = %x80-FF`, and the blanks between them (RFC 9110 §5.5)
fn is_field_byte(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7F)
}

/// The bytes as text. They have been held to a grammar of ASCII, so this never fails.
fn ascii(bytes: &[u8], error: Error) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|_| error)
}
