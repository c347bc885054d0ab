//! The rules for a `Set-Cookie` field: those of its grammar and those of browsers. Unchecked, `a;b` as a name
//! would set an attribute, and a line break would end the field.
//!
//! All functions are `const`, so that the compiler can run them. Such functions can't use `?` or iterators.

use super::{Lifetime, SameSite, SetCookie, domain};
use crate::limits;
use crate::token::{ByteSet, TCHAR, alphanumerics_and, first_outside};
use crate::uri::first_bad_escape;
use std::fmt;

/// Why a cookie cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetCookieError {
    /// A byte that would break the field.
    Byte {
        /// `name`, `value`, `domain` or `path`.
        part: &'static str,
        /// The byte.
        byte: u8,
        /// The index of the byte in that part.
        at: usize,
    },
    /// A rule that the cookie breaks, as a sentence.
    Rule(&'static str),
}

impl fmt::Display for SetCookieError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Byte { part, byte, at } => {
                let shown = byte.escape_ascii();
                write!(f, "the cookie's {part} can't hold '{shown}' (byte 0x{byte:02X} at {at})")
            }
            Self::Rule(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for SetCookieError {}

/// `cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E`: visible ASCII without `"`, `,`, `;` and `\`
/// (RFC 6265 §4.1.1)
const COOKIE_OCTET: ByteSet = alphanumerics_and(b"!#$%&'()*+-./:<=>?@[]^_`{|}~");

/// Some host names contain `_`.
const DOMAIN: ByteSet = alphanumerics_and(b"-._");

/// `path-value` allows anything but control characters and `;`. We allow only what the path of a URI may
/// contain (RFC 3986 §3.3): browsers compare it byte by byte with that of a request (RFC 6265 §5.1.4).
const PATH: ByteSet = alphanumerics_and(b"-._~!$&'()*+,=:@/%");

/// Returns `cookie`, or the first fault in it.
pub(super) const fn check(cookie: SetCookie<'_>) -> Result<SetCookie<'_>, SetCookieError> {
    let path = or_empty(cookie.path);
    let parts = [
        ("name", cookie.name, &TCHAR),
        ("value", cookie.value, &COOKIE_OCTET),
        ("domain", or_empty(cookie.domain), &DOMAIN),
        ("path", path, &PATH),
    ];
    let mut index = 0;
    while index < parts.len() {
        let (part, text, allowed) = parts[index];
        if let Some(at) = first_outside(text.as_bytes(), allowed) {
            return Err(SetCookieError::Byte { part, byte: text.as_bytes()[at], at });
        }
        index += 1;
    }
    if let Some(at) = first_bad_escape(path.as_bytes()) {
        return Err(SetCookieError::Byte { part: "path", byte: b'%', at });
    }
    match broken_rule(&cookie) {
        Some(sentence) => Err(SetCookieError::Rule(sentence)),
        None => Ok(cookie),
    }
}

const fn or_empty(part: Option<&str>) -> &str {
    match part {
        Some(text) => text,
        None => "",
    }
}

const fn broken_rule(cookie: &SetCookie<'_>) -> Option<&'static str> {
    let SetCookie { name, value, domain, lifetime, secure, .. } = *cookie;
    let path = or_empty(cookie.path).as_bytes();
    let is_too_long =
        matches!(lifetime, Lifetime::For(time) if time.as_secs() > limits::MAX_LIFETIME.as_secs());
    let is_too_early = matches!(lifetime, Lifetime::Until(date) if date.is_before_year(1601));
    if name.is_empty() {
        Some("a cookie needs a name")
    } else if name.len() + value.len() > limits::MAX_COOKIE_BYTES {
        Some("browsers keep no more than 4096 bytes of name and value")
    } else if cookie.path.is_some() && !matches!(path, [b'/', ..]) {
        Some("a path begins with '/': browsers ignore any other")
    } else if path.len() > limits::MAX_COOKIE_ATTRIBUTE_BYTES {
        Some("browsers ignore a path of more than 1024 bytes")
    } else if let Some(sentence) = domain::broken_rule(domain) {
        Some(sentence)
    } else if is_too_long {
        Some("a lifetime has 9223372036 seconds at most: more overflows in some clients")
    } else if is_too_early {
        // The cookie would last for the session (RFC 6265 §5.1.1).
        Some("browsers ignore a date before the year 1601")
    } else if matches!(cookie.same_site, Some(SameSite::None)) && !secure {
        Some("browsers refuse SameSite=None without Secure")
    } else if cookie.partitioned && !secure {
        Some("browsers refuse Partitioned without Secure")
    } else {
        broken_prefix_rule(cookie)
    }
}

/// The prefix of a name promises attributes. Browsers refuse a cookie that breaks the promise (6265bis
/// §4.1.3, and draft-ietf-httpbis-layered-cookies for `__Http-` and `__Host-Http-`).
const fn broken_prefix_rule(cookie: &SetCookie<'_>) -> Option<&'static str> {
    let SetCookie { name, domain, secure, http_only, path, .. } = *cookie;
    let is_for_host = secure && domain.is_none() && matches!(or_empty(path).as_bytes(), b"/");
    if has_prefix(name, "__Secure-") && !secure {
        Some("a __Secure- cookie must be Secure")
    } else if has_prefix(name, "__Http-") && !(secure && http_only) {
        Some("a __Http- cookie must be Secure and HttpOnly")
    } else if has_prefix(name, "__Host-Http-") && !(is_for_host && http_only) {
        Some("a __Host-Http- cookie must be Secure and HttpOnly, with Path=/ and without Domain")
    } else if has_prefix(name, "__Host-") && !is_for_host {
        Some("a __Host- cookie must be Secure, with Path=/ and without Domain")
    } else {
        None
    }
}

/// Ignores case, as browsers do: otherwise they would store `__HOST-a`, and a server that ignores case would
/// trust it (6265bis §5.4).
pub(super) const fn has_prefix(name: &str, prefix: &str) -> bool {
    let (name, prefix) = (name.as_bytes(), prefix.as_bytes());
    let mut at = 0;
    while at < prefix.len() && at < name.len() && name[at].eq_ignore_ascii_case(&prefix[at]) {
        at += 1;
    }
    at == prefix.len()
}
