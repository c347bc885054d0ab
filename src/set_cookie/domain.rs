//! The rules for the value of `Domain`: the name of a host, or its IPv4 address.
//!
//! ```text
//! shop.example, .shop.example    a name; browsers drop one leading dot (6265bis §5.6.3)
//! 127.0.0.1                      an address
//! -shop.example, 127.1           neither: a browser ignores the cookie
//! ```

use crate::token::{ByteSet, DIGIT, HEXDIG, alphanumerics_and, first_outside};

/// The longest label (RFC 1035 §2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// The longest name, as text. In a DNS message it has 255 bytes: a length before it, and a zero after it.
const MAX_NAME_BYTES: usize = 253;

/// We allow `_`, as in the names of some hosts.
const LABEL: ByteSet = alphanumerics_and(b"-_");

/// The rule that `domain` breaks, if any. `check` has already refused all bytes but those of labels and dots.
///
/// `name = label *( "." label )`
pub(super) const fn broken_rule(domain: Option<&str>) -> Option<&'static str> {
    let Some(domain) = domain else { return None };
    let domain = domain.as_bytes();
    let name = if let [b'.', name @ ..] = domain { name } else { domain };
    if name.len() > MAX_NAME_BYTES {
        return Some("a domain has 253 bytes at most");
    }
    let (mut labels, mut octets) = (0, 0);
    // The last label, after the loop.
    let mut label = name;
    let mut rest = Some(name);
    while let Some(text) = rest {
        (label, rest) = split_label(text);
        if !is_label(label) {
            return Some("each label of a domain has 1 to 63 bytes, and no '-' at its ends");
        }
        labels += 1;
        octets += is_octet(label) as usize;
    }
    let has_dot_before = name.len() < domain.len();
    let is_address = labels == 4 && octets == 4 && !has_dot_before;
    if is_number(label) && !is_address {
        return Some("a domain that ends in a number must be a whole IPv4 address: 127.0.0.1");
    }
    None
}

/// The first label, and the text after its dot.
const fn split_label(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match first_outside(text, &LABEL) {
        Some(dot) => (text.split_at(dot).0, Some(text.split_at(dot + 1).1)),
        None => (text, None),
    }
}

/// `label = let-dig [ *( let-dig / "-" ) let-dig ]` (RFC 1034 §3.5, RFC 1123 §2.1)
const fn is_label(label: &[u8]) -> bool {
    !matches!(label, [] | [b'-', ..] | [.., b'-']) && label.len() <= MAX_LABEL_BYTES
}

/// Whether browsers read a host with this last label as an IPv4 address: `127.1` is `127.0.0.1`, and so is
/// `0x7f.1` (WHATWG URL, "ends in a number").
const fn is_number(label: &[u8]) -> bool {
    match label {
        [b'0', b'x' | b'X', digits @ ..] => first_outside(digits, &HEXDIG).is_none(),
        digits => first_outside(digits, &DIGIT).is_none(),
    }
}

/// `dec-octet`, from 0 to 255 without leading zeros (RFC 3986 §3.2.2)
const fn is_octet(label: &[u8]) -> bool {
    match std::str::from_utf8(label) {
        Ok(digits) => !matches!(label, [b'0', _, ..]) && u8::from_str_radix(digits, 10).is_ok(),
        Err(_) => false,
    }
}
