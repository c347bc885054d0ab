//! The parts of a URI that a server meets (RFC 3986).
//!
//! ```text
//! http://localhost:5000/set%2Dcookie?a=b
//!        └─────┬─────┘ └──────┬────┘
//!          authority         path        %2D is "-", and "-" needs no escape
//! ```

use crate::token::{ByteSet, alphanumerics_and, first_outside};
use std::borrow::Cow;
use std::net::Ipv6Addr;

/// What a path is made of: `pchar = unreserved / pct-encoded / sub-delims / ":" / "@"`, and `/`
/// (RFC 3986 §3.3).
pub const PATH: ByteSet = alphanumerics_and(b"-._~!$&'()*+,;=:@/%");

/// `unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"` (RFC 3986 §2.3)
const UNRESERVED: ByteSet = alphanumerics_and(b"-._~");

/// `reg-name = *( unreserved / pct-encoded / sub-delims )` (RFC 3986 §3.2.2). We leave out the comma
/// of the sub-delims: it would be one host for us and two for a server that reads a list.
const REG_NAME: ByteSet = alphanumerics_and(b"-._~!$&'()*+;=%");

/// What follows the version in `IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
const IP_FUTURE: ByteSet = alphanumerics_and(b"-._~!$&'()*+,;=:");

/// Where the first `%` stands that two hexadecimal digits don't follow, if there is one.
///
/// `pct-encoded = "%" HEXDIG HEXDIG` (RFC 3986 §2.1)
pub const fn first_bad_escape(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'%'
            && !(at + 2 < text.len()
                && text[at + 1].is_ascii_hexdigit()
                && text[at + 2].is_ascii_hexdigit())
        {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Whether `target` is a path without escapes, and without anything else that a URI may have.
pub fn is_plain_path(target: &str) -> bool {
    const PLAIN: ByteSet = alphanumerics_and(b"/-._~");
    target.starts_with('/') && first_outside(target.as_bytes(), &PLAIN).is_none()
}

/// `path` with those escapes undone that nobody needs: `/set%2Dcookie` is `/set-cookie`
/// (RFC 3986 §6.2.2.2). Others stay: `%2F` is a byte of a name, not a step in a tree.
///
/// ```
/// use cookies_from_scratch::uri::decode_unreserved;
/// assert_eq!(decode_unreserved("/s%65t%2Dcookie"), "/set-cookie");
/// assert_eq!(decode_unreserved("/%2e%2F"), "/.%2F");
/// ```
pub fn decode_unreserved(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut decoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        decoded.push_str(&rest[..at]);
        let escape = rest.get(at..at + 3).unwrap_or(&rest[at..]);
        match escape.get(1..).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if UNRESERVED[usize::from(byte)] => decoded.push(char::from(byte)),
            _ => decoded.push_str(escape),
        }
        rest = &rest[at + escape.len()..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// `uri-host [ ":" port ]`, as in the `Host` field (RFC 9110 §7.2), and not empty.
///
/// ```
/// use cookies_from_scratch::uri::is_host;
/// assert!(is_host("localhost:5000") && is_host("[::1]:5000") && is_host("127.0.0.1"));
/// assert!(!is_host("a, b") && !is_host("me@localhost") && !is_host("localhost:99999"));
/// ```
pub fn is_host(text: &str) -> bool {
    if let Some(literal) = text.strip_prefix('[') {
        return literal
            .split_once(']')
            .is_some_and(|(ip, port)| is_ip_literal(ip) && is_port(port));
    }
    let name = first_outside(text.as_bytes(), &REG_NAME).unwrap_or(text.len());
    let (name, port) = text.split_at(name);
    !name.is_empty() && first_bad_escape(name.as_bytes()).is_none() && is_port(port)
}

/// `IP-literal = "[" ( IPv6address / IPvFuture ) "]"`, without its brackets (RFC 3986 §3.2.2)
fn is_ip_literal(text: &str) -> bool {
    if let Some(future) = text.strip_prefix(['v', 'V']) {
        return future.split_once('.').is_some_and(|(version, address)| {
            !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !address.is_empty()
                && first_outside(address.as_bytes(), &IP_FUTURE).is_none()
        });
    }
    text.parse::<Ipv6Addr>().is_ok()
}

/// `[ ":" port ]` with `port = *DIGIT` (RFC 3986 §3.2.3). We ask for a port that TCP has.
fn is_port(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(':') else {
        return text.is_empty();
    };
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.is_empty() || digits.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_and_perhaps_a_port() {
        for host in [
            "localhost", "localhost:5000", "localhost:", "127.0.0.1:80", "[::1]", "[::1]:5000",
            "[::ffff:127.0.0.1]", "[v1.fe80::a+en1]", "xn--bcher-kva.example", "a_b", "a%20b",
            "999.1.1.1", "example.com.", "!$&'()*+;=",
        ] {
            assert!(is_host(host), "{host:?} is a host");
        }
        for no_host in [
            "", ":5000", "a b", "a,b", "a@b", "a/b", "a?b", "a#b", "a:b", "a:-1", "a:65536",
            "a:1:2", "a%2", "a%zz", "[::1", "::1", "[::1]x", "[]", "[::g]", "[fe80::1%25en0]",
            "[v.a]", "[v1.]", "a\\b", "a\"b", "<a>", "a\tb", "a\u{7f}", "é", "http://a", "a:+80",
        ] {
            assert!(!is_host(no_host), "{no_host:?} is no host");
        }
    }

    #[test]
    fn an_escape_is_a_percent_sign_and_two_hexadecimal_digits() {
        for (text, bad) in [
            ("/", None),
            ("/%41", None),
            ("/%aF%00", None),
            ("/%", Some(1)),
            ("/%4", Some(1)),
            ("/%4g", Some(1)),
            ("/%%41", Some(1)),
            ("/%41%", Some(4)),
        ] {
            assert_eq!(first_bad_escape(text.as_bytes()), bad, "{text:?}");
        }
    }

    #[test]
    fn only_escapes_of_unreserved_bytes_are_undone() {
        for (path, decoded) in [
            ("/a%7Eb", "/a~b"),
            ("/%2F", "/%2F"),
            ("/%2f..", "/%2f.."),
            ("/%00", "/%00"),
            ("/%2541", "/%2541"),
            ("/%ff", "/%ff"),
            ("/%é", "/%é"),
            ("/%+4", "/%+4"),
        ] {
            assert_eq!(decode_unreserved(path), decoded, "{path:?}");
        }
    }
}
