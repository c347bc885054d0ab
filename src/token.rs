//! Which bytes a rule of a grammar allows.
//!
//! The names of fields and cookies and the method are each a *token*: `1*tchar` (RFC 9110 §5.6.2).

/// For each of the 256 bytes: is it in the set?
pub type ByteSet = [bool; 256];

/// ``tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT
/// / ALPHA``
pub const TCHAR: ByteSet = alphanumerics_and(b"!#$%&'*+-.^_`|~");

/// `DIGIT = %x30-39` (RFC 5234 §B.1)
pub const DIGIT: ByteSet = with([false; 256], b"0123456789");
/// `HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"`, ignoring case
pub const HEXDIG: ByteSet = with(DIGIT, b"ABCDEFabcdef");

/// Letters, digits and the bytes of `others`.
pub const fn alphanumerics_and(others: &[u8]) -> ByteSet {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    with(with(DIGIT, letters), others)
}

/// `set` with these `bytes`. (A `const fn` can use neither `for` nor iterators.)
const fn with(mut set: ByteSet, bytes: &[u8]) -> ByteSet {
    let mut at = 0;
    while at < bytes.len() {
        set[bytes[at] as usize] = true;
        at += 1;
    }
    set
}

/// The index of the first byte of `text` that isn't in `set`.
///
/// A `const fn`, so that a cookie can be checked at compile time.
pub const fn first_outside(text: &[u8], set: &ByteSet) -> Option<usize> {
    let mut at = 0;
    while at < text.len() && set[text[at] as usize] {
        at += 1;
    }
    if at < text.len() { Some(at) } else { None }
}

/// The token at the start of `text`, or an empty slice if there is none.
pub fn first_token(text: &[u8]) -> &[u8] {
    &text[..first_outside(text, &TCHAR).unwrap_or(text.len())]
}

/// `text` without the blanks around it: `OWS = *( SP / HTAB )` (RFC 9110 §5.6.3)
///
/// A vertical tab, a form feed and a no-break space aren't blanks: a server that trims them may read a
/// different value than the proxy in front of it.
pub fn trim_blanks(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}
