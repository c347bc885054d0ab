//! The rules for the value of `Domain`: the name of a host, or its IPv4 address.
//!
//! ```text
//! shop.example, .shop.example    a name; browsers drop one leading dot (6265bis §5.6.3)
//! 127.0.0.1                      an address
//! -shop.example, 127.1           neither: a browser ignores the cookie
//! ```

/// The longest label (RFC 1035 §2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// The longest name: 255 bytes in a DNS message, of which the length of the first label and the empty
/// label at the end take two.
const MAX_NAME_BYTES: usize = 253;

/// The rule that `domain` breaks, if any. Its bytes are letters, digits, `-`, `_` and `.`.
///
/// `name = label *( "." label )`
pub(super) const fn broken_rule(domain: &[u8]) -> Option<&'static str> {
    let name = if let [b'.', name @ ..] = domain { name } else { domain };
    if name.len() > MAX_NAME_BYTES {
        return Some("a domain has 253 bytes at most");
    }
    let (mut labels, mut octets) = (0, 0);
    let (mut label, mut rest) = split_label(name);
    loop {
        if !is_label(label) {
            return Some("each label of a domain has 1 to 63 bytes, and no '-' at its ends");
        }
        labels += 1;
        octets += is_octet(label) as usize;
        let Some(after) = rest else { break };
        (label, rest) = split_label(after);
    }
    let is_address = labels == 4 && octets == 4 && name.len() == domain.len();
    if is_number(label) && !is_address {
        return Some("a domain that ends in a number must be a whole IPv4 address: 127.0.0.1");
    }
    None
}

/// The first label, and the text after its dot.
const fn split_label(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let mut at = 0;
    while at < text.len() && text[at] != b'.' {
        at += 1;
    }
    match text.split_at(at) {
        (label, [_, rest @ ..]) => (label, Some(rest)),
        (label, []) => (label, None),
    }
}

/// `label = let-dig [ *( let-dig / "-" ) let-dig ]` (RFC 1034 §3.5, RFC 1123 §2.1). We allow `_` where a
/// letter may be, as in the names of some hosts.
const fn is_label(label: &[u8]) -> bool {
    !matches!(label, [] | [b'-', ..] | [.., b'-']) && label.len() <= MAX_LABEL_BYTES
}

/// Whether browsers read a host with this last label as an IPv4 address: `127.1` is `127.0.0.1`, and so is
/// `0x7f.1` (WHATWG URL, "ends in a number").
const fn is_number(label: &[u8]) -> bool {
    let is_hex = matches!(label, [b'0', b'x' | b'X', ..]);
    let mut at = if is_hex { 2 } else { 0 };
    while at < label.len() {
        if !(label[at].is_ascii_digit() || is_hex && label[at].is_ascii_hexdigit()) {
            return false;
        }
        at += 1;
    }
    true
}

/// `dec-octet`, from 0 to 255 without leading zeros (RFC 3986 §3.2.2)
const fn is_octet(label: &[u8]) -> bool {
    matches!(
        label,
        [b'0'..=b'9']
            | [b'1'..=b'9', b'0'..=b'9']
            | [b'1', b'0'..=b'9', b'0'..=b'9']
            | [b'2', b'0'..=b'4', b'0'..=b'9']
            | [b'2', b'5', b'0'..=b'5']
    )
}
