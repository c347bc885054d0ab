//! What a `Set-Cookie` line may be made of.
//!
//! ```text
//! name=a;b        would set an attribute    refused: byte 0x3B (;) at 1 of the value
//! name=a\r\nb     would end the field       refused: byte 0x0D at 1 of the value
//! ```
//!
//! All of it is `const`, so that the compiler can run it. That costs us `?` and iterators.

use super::{Lifetime, SameSite, SetCookie};
use crate::date::HttpDate;
use crate::limits;
use crate::token::{ByteSet, TCHAR, alphanumerics_and, first_outside};
use crate::uri;
use std::fmt;

/// `cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E`: visible ASCII without `"`, `,`,
/// `;` and `\` (RFC 6265 §4.1.1)
const COOKIE_OCTET: ByteSet = alphanumerics_and(b"!#$%&'()*+-./:<=>?@[]^_`{|}~");

/// `path-value` may hold anything but control characters and `;`. We take what the path of a URI may
/// hold, for it is compared with one, byte by byte (RFC 6265 §5.1.4); but no `;`.
const PATH: ByteSet = {
    let mut path = uri::PATH;
    path[b';' as usize] = false;
    path
};

/// Letters, digits, `-` and `.`, and the `_` that some names of hosts have.
const DOMAIN: ByteSet = alphanumerics_and(b"-._");

/// Why a cookie cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetCookieError {
    /// A byte that would break the field.
    Byte {
        /// The part of the cookie: its name, value, path or domain.
        part: &'static str,
        /// The byte.
        byte: u8,
        /// Where it stands, from 0.
        at: usize,
    },
    /// A promise that the cookie makes and doesn't keep, as a sentence.
    Rule(&'static str),
}

impl fmt::Display for SetCookieError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Byte { part, byte, at } if byte.is_ascii_graphic() => {
                let character = char::from(byte);
                write!(
                    f,
                    "the cookie's {part} can't hold '{character}' (byte 0x{byte:02X} at {at})"
                )
            }
            Self::Byte { part, byte, at } => {
                write!(f, "the cookie's {part} can't hold byte 0x{byte:02X} (at {at})")
            }
            Self::Rule(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for SetCookieError {}

/// What is wrong with `cookie`, if anything.
pub(super) const fn problem(cookie: &SetCookie<'_>) -> Option<SetCookieError> {
    if let Some(error) = bad_byte(cookie) {
        return Some(error);
    }
    match broken_rule(cookie) {
        Some(sentence) => Some(SetCookieError::Rule(sentence)),
        None => None,
    }
}

const fn bad_byte(cookie: &SetCookie<'_>) -> Option<SetCookieError> {
    if let Some(error) = outside("name", cookie.name, &TCHAR) {
        return Some(error);
    }
    if let Some(error) = outside("value", cookie.value, &COOKIE_OCTET) {
        return Some(error);
    }
    if let Some(domain) = cookie.domain {
        if let Some(error) = outside("domain", domain, &DOMAIN) {
            return Some(error);
        }
    }
    if let Some(path) = cookie.path {
        if let Some(error) = outside("path", path, &PATH) {
            return Some(error);
        }
        if let Some(at) = uri::first_bad_escape(path.as_bytes()) {
            return Some(SetCookieError::Byte { part: "path", byte: b'%', at });
        }
    }
    None
}

const fn outside(part: &'static str, text: &str, set: &ByteSet) -> Option<SetCookieError> {
    match first_outside(text.as_bytes(), set) {
        Some(at) => Some(SetCookieError::Byte { part, byte: text.as_bytes()[at], at }),
        None => None,
    }
}

const fn broken_rule(cookie: &SetCookie<'_>) -> Option<&'static str> {
    let SetCookie { domain, lifetime, secure, partitioned, same_site, .. } = *cookie;
    let name = cookie.name.as_bytes();
    let size = name.len() + cookie.value.len();
    let path = match cookie.path {
        Some(path) => path.as_bytes(),
        None => b"",
    };
    let relative = cookie.path.is_some() && !matches!(path, [b'/', ..]);
    let ill_formed = matches!(domain, Some(domain) if has_empty_label(domain.as_bytes()));
    let endless =
        matches!(lifetime, Lifetime::For(time) if time.as_secs() > HttpDate::LONGEST.as_secs());
    let cross_site = matches!(same_site, Some(SameSite::None));
    let of_one_host = secure && domain.is_none() && matches!(path, b"/");
    let rules = [
        (name.is_empty(), "a cookie needs a name"),
        (size > limits::COOKIE, "browsers keep no more than 4096 bytes of name and value"),
        (relative, "a path begins with '/': browsers ignore any other"),
        (path.len() > limits::COOKIE_ATTRIBUTE, "browsers ignore a path of more than 1024 bytes"),
        (ill_formed, "a domain is made of names with one '.' between them"),
        (endless, "no date after the year 9999 can be written"),
        (cross_site && !secure, "browsers refuse SameSite=None without Secure"),
        (partitioned && !secure, "browsers refuse Partitioned without Secure"),
        (has_prefix(name, b"__secure-") && !secure, "a __Secure- cookie must be Secure"),
        (
            has_prefix(name, b"__host-") && !of_one_host,
            "a __Host- cookie must be Secure, with Path=/ and without Domain",
        ),
    ];
    let mut rule = 0;
    while rule < rules.len() {
        if rules[rule].0 {
            return Some(rules[rule].1);
        }
        rule += 1;
    }
    None
}

/// Browsers compare the prefixes without case, lest a server that does so trust `__HOST-`
/// (6265bis §5.4).
const fn has_prefix(name: &[u8], lower_case_prefix: &[u8]) -> bool {
    let mut at = 0;
    while at < lower_case_prefix.len() {
        if at == name.len() || name[at].to_ascii_lowercase() != lower_case_prefix[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether nothing stands before, between or behind the dots of `domain`; one leading dot is allowed.
const fn has_empty_label(domain: &[u8]) -> bool {
    let mut at = if matches!(domain, [b'.', ..]) { 1 } else { 0 };
    let mut in_label = false;
    while at < domain.len() {
        if domain[at] == b'.' && !in_label {
            return true;
        }
        in_label = domain[at] != b'.';
        at += 1;
    }
    !in_label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set_cookie::Builder;
    use std::time::Duration;

    #[track_caller]
    fn assert_refused(cookie: Builder<'_>, sentence: &str) {
        assert_eq!(cookie.build().unwrap_err().to_string(), sentence);
    }

    #[test]
    fn a_byte_that_breaks_the_field_is_named_with_its_place() {
        let cookie = SetCookie::builder;
        assert_refused(cookie("a;b", ""), "the cookie's name can't hold ';' (byte 0x3B at 1)");
        assert_refused(cookie("a", "b\r\n"), "the cookie's value can't hold byte 0x0D (at 1)");
        assert_refused(cookie("a", "é"), "the cookie's value can't hold byte 0xC3 (at 0)");
        let path = "the cookie's path can't hold '%' (byte 0x25 at 2)";
        assert_refused(cookie("a", "").path("/a%2"), path);
        let domain = "the cookie's domain can't hold ':' (byte 0x3A at 9)";
        assert_refused(cookie("a", "").domain("localhost:5000"), domain);
    }

    #[test]
    fn a_promise_that_is_not_kept_is_refused() {
        let cookie = SetCookie::builder;
        let host = "a __Host- cookie must be Secure, with Path=/ and without Domain";
        assert_refused(cookie("__Host-a", ""), host);
        assert_refused(cookie("__host-a", "").secure().path("/a"), host);
        assert_refused(cookie("__Host-a", "").secure().no_path(), host);
        assert_refused(cookie("__Host-a", "").secure().domain("a"), host);
        assert_refused(cookie("__SECURE-a", ""), "a __Secure- cookie must be Secure");
        for path in ["", "a/b"] {
            assert_refused(
                cookie("a", "").path(path),
                "a path begins with '/': browsers ignore any other",
            );
        }
        for domain in ["", ".", "..a", "a..b", "a."] {
            let sentence = "a domain is made of names with one '.' between them";
            assert_refused(cookie("a", "").domain(domain), sentence);
        }
        let large = "x".repeat(4096);
        assert!(cookie("a", &large[1..]).build().is_ok(), "name and value are 4096 bytes together");
        let keeps = "browsers keep no more than 4096 bytes of name and value";
        assert_refused(cookie("a", &large), keeps);
        let path = format!("/{}", &large[..1024]);
        assert!(cookie("a", "").path(&path[..1024]).build().is_ok());
        assert_refused(
            cookie("a", "").path(&path),
            "browsers ignore a path of more than 1024 bytes",
        );
        let ages = cookie("a", "").lifetime(Lifetime::For(Duration::MAX));
        assert_refused(ages, "no date after the year 9999 can be written");
    }
}
