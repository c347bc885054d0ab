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
        /// The part of the cookie: `name`, `value`, `path` or `domain`.
        part: &'static str,
        /// The byte.
        byte: u8,
        /// The index of the byte in that part, from 0.
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

/// `cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E`: visible ASCII without `"`, `,`,
/// `;` and `\` (RFC 6265 §4.1.1)
const COOKIE_OCTET: ByteSet = alphanumerics_and(b"!#$%&'()*+-./:<=>?@[]^_`{|}~");

/// Letters, digits, `-` and `.`, and also `_`, which some host names contain.
const DOMAIN: ByteSet = alphanumerics_and(b"-._");

/// `path-value` allows anything but control characters and `;`. We allow only what the path of a URI
/// may contain (RFC 3986 §3.3): browsers compare the two byte by byte (RFC 6265 §5.1.4).
const PATH: ByteSet = alphanumerics_and(b"-._~!$&'()*+,=:@/%");

/// The first rule that `cookie` breaks, if any.
pub(super) const fn problem(cookie: &SetCookie<'_>) -> Option<SetCookieError> {
    let parts = [
        ("name", cookie.name, &TCHAR),
        ("value", cookie.value, &COOKIE_OCTET),
        ("domain", or_empty(cookie.domain), &DOMAIN),
        ("path", or_empty(cookie.path), &PATH),
    ];
    let mut index = 0;
    while index < parts.len() {
        let (part, text, set) = parts[index];
        if let Some(at) = first_outside(text.as_bytes(), set) {
            return Some(SetCookieError::Byte { part, byte: text.as_bytes()[at], at });
        }
        index += 1;
    }
    if let Some(at) = first_bad_escape(or_empty(cookie.path).as_bytes()) {
        return Some(SetCookieError::Byte { part: "path", byte: b'%', at });
    }
    match (broken_rule(cookie), broken_promise(cookie)) {
        (Some(sentence), _) | (None, Some(sentence)) => Some(SetCookieError::Rule(sentence)),
        (None, None) => None,
    }
}

const fn or_empty(part: Option<&str>) -> &str {
    match part {
        Some(text) => text,
        None => "",
    }
}

const fn broken_rule(cookie: &SetCookie<'_>) -> Option<&'static str> {
    let SetCookie { name, value, lifetime, secure, partitioned, same_site, .. } = *cookie;
    let too_large = name.len() + value.len() > limits::MAX_COOKIE_BYTES;
    let path = or_empty(cookie.path).as_bytes();
    let relative_path = cookie.path.is_some() && !matches!(path, [b'/', ..]);
    let long_path = path.len() > limits::MAX_COOKIE_ATTRIBUTE_BYTES;
    let domain = match cookie.domain {
        Some(domain) => domain::broken_rule(domain.as_bytes()),
        None => None,
    };
    let too_long =
        matches!(lifetime, Lifetime::For(time) if time.as_secs() > limits::MAX_LIFETIME.as_secs());
    // Clients ignore such an `Expires` (RFC 6265 §5.1.1): the cookie would last for the session.
    let too_early = matches!(lifetime, Lifetime::Until(date) if date.is_before_year(1601));
    let cross_site = matches!(same_site, Some(SameSite::None));
    first_broken(&[
        (name.is_empty(), "a cookie needs a name"),
        (too_large, "browsers keep no more than 4096 bytes of name and value"),
        (relative_path, "a path begins with '/': browsers ignore any other"),
        (long_path, "browsers ignore a path of more than 1024 bytes"),
        (domain.is_some(), or_empty(domain)),
        (too_long, "a lifetime has 9223372036 seconds at most: more overflows in some clients"),
        (too_early, "browsers ignore a date before the year 1601"),
        (cross_site && !secure, "browsers refuse SameSite=None without Secure"),
        (partitioned && !secure, "browsers refuse Partitioned without Secure"),
    ])
}

/// The prefix of a name promises attributes. Browsers refuse a cookie that breaks the promise (6265bis
/// §4.1.3, and draft-ietf-httpbis-layered-cookies for `__Http-` and `__Host-Http-`).
const fn broken_promise(cookie: &SetCookie<'_>) -> Option<&'static str> {
    let SetCookie { secure, http_only, domain, path, .. } = *cookie;
    let name = cookie.name.as_bytes();
    let for_host = secure && domain.is_none() && matches!(or_empty(path).as_bytes(), b"/");
    first_broken(&[
        (has_prefix(name, b"__secure-") && !secure, "a __Secure- cookie must be Secure"),
        (
            has_prefix(name, b"__http-") && !(secure && http_only),
            "a __Http- cookie must be Secure and HttpOnly",
        ),
        (
            has_prefix(name, b"__host-http-") && !(for_host && http_only),
            "a __Host-Http- cookie must be Secure and HttpOnly, with Path=/ and without Domain",
        ),
        (
            has_prefix(name, b"__host-") && !for_host,
            "a __Host- cookie must be Secure, with Path=/ and without Domain",
        ),
    ])
}

/// The sentence of the first rule that is broken.
const fn first_broken(rules: &[(bool, &'static str)]) -> Option<&'static str> {
    let mut index = 0;
    while index < rules.len() {
        let (is_broken, sentence) = rules[index];
        if is_broken {
            return Some(sentence);
        }
        index += 1;
    }
    None
}

/// Browsers ignore the case of the prefixes, because a server may ignore it too, and would then trust
/// `__HOST-` (6265bis §5.4).
pub(super) const fn has_prefix(name: &[u8], lower_case_prefix: &[u8]) -> bool {
    let mut at = 0;
    while at < lower_case_prefix.len() {
        if at == name.len() || name[at].to_ascii_lowercase() != lower_case_prefix[at] {
            return false;
        }
        at += 1;
    }
    true
}
