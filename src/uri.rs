//! The parts of a URI that a server reads (RFC 3986).
//!
//! ```text
//! http://localhost:5000/set%2Dcookie?a=b
//!        └─────┬──────┘└─────┬─────┘
//!          authority        path         %2D is "-", and "-" needs no escape
//! ```

use crate::token::{ByteSet, HEXDIG, alphanumerics_and, first_outside};
use std::borrow::Cow;
use std::net::Ipv6Addr;

/// `unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"` (RFC 3986 §2.3)
const UNRESERVED: ByteSet = alphanumerics_and(b"-._~");

/// `reg-name = *( unreserved / pct-encoded / sub-delims )` (RFC 3986 §3.2.2). We leave out the comma: another
/// server might read it as a list of two hosts.
const REG_NAME: ByteSet = alphanumerics_and(b"-._~!$&'()*+;=%");

/// The bytes after the dot of `IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
const IP_FUTURE: ByteSet = alphanumerics_and(b"-._~!$&'()*+,;=:");

/// The index of the first `%` that isn't followed by two hexadecimal digits.
///
/// `pct-encoded = "%" HEXDIG HEXDIG` (RFC 3986 §2.1)
pub const fn first_bad_escape(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        let is_escape =
            matches!(after, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
        if *byte == b'%' && !is_escape {
            return Some(text.len() - rest.len());
        }
        rest = after;
    }
    None
}

/// Decodes the escapes of unreserved bytes: `/set%2Dcookie` is `/set-cookie` (RFC 3986 §6.2.2.2). Others
/// stay: `%2F` is a byte of a segment, and doesn't separate two segments.
///
/// Browsers send a `%` that begins no escape as it is. It means itself, so it becomes `%25`. So `/%2%35`,
/// where `%35` is `5`, becomes `/%2525`. It must not become `/%25`, an escape that the client didn't send.
pub fn decode_unreserved(path: &str) -> Cow<'_, str> {
    let Some((before, rest)) = path.split_once('%') else { return Cow::Borrowed(path) };
    let mut decoded = before.to_owned();
    for after in rest.split('%') {
        match escaped_byte(after) {
            Some(byte) if UNRESERVED[usize::from(byte)] => {
                decoded.push(char::from(byte));
                decoded.push_str(&after[2..]);
            }
            Some(_) => decoded.extend(["%", after]),
            None => decoded.extend(["%25", after]),
        }
    }
    Cow::Owned(decoded)
}

/// The byte whose two hexadecimal digits `text` begins with.
fn escaped_byte(text: &str) -> Option<u8> {
    // `from_str_radix` would accept a `+`.
    let digits = text.get(..2).filter(|digits| !digits.starts_with('+'))?;
    u8::from_str_radix(digits, 16).ok()
}

/// `uri-host [ ":" port ]`, as in the `Host` field (RFC 9110 §7.2), and not empty.
pub fn is_host(text: &str) -> bool {
    if let Some(literal) = text.strip_prefix('[') {
        let parts = literal.split_once(']');
        return parts.is_some_and(|(ip, port)| is_ip_literal(ip) && is_port(port));
    }
    let end = first_outside(text.as_bytes(), &REG_NAME).unwrap_or(text.len());
    let (name, port) = text.split_at(end);
    !name.is_empty() && first_bad_escape(name.as_bytes()).is_none() && is_port(port)
}

/// `IP-literal = "[" ( IPv6address / IPvFuture ) "]"`, without its brackets (RFC 3986 §3.2.2)
fn is_ip_literal(text: &str) -> bool {
    let is_all =
        |text: &str, set| !text.is_empty() && first_outside(text.as_bytes(), set).is_none();
    match text.strip_prefix(['v', 'V']) {
        None => text.parse::<Ipv6Addr>().is_ok(),
        Some(future) => future.split_once('.').is_some_and(|(version, address)| {
            is_all(version, &HEXDIG) && is_all(address, &IP_FUTURE)
        }),
    }
}

/// `[ ":" port ]` with `port = *DIGIT` (RFC 3986 §3.2.3). We require a port number of TCP.
fn is_port(text: &str) -> bool {
    // `str::parse` would accept a `+`.
    let is_number = |digits: &str| !digits.starts_with('+') && digits.parse::<u16>().is_ok();
    matches!(text, "" | ":") || text.strip_prefix(':').is_some_and(is_number)
}
