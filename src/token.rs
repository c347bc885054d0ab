//! Which bytes may stand where: one table of 256 answers for each rule of a grammar.
//!
//! ```text
//! Content-Length: 5        token ":" …
//! GET / HTTP/1.1           token SP …
//! Set-Cookie: name=value   token "=" …
//! ```
//!
//! Fields, methods and cookies all have names, and all three names are a *token*: `1*tchar`
//! (RFC 9110 §5.6.2).

/// For each of the 256 bytes: may it stand here?
pub type ByteSet = [bool; 256];

/// ``tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~"
/// / DIGIT / ALPHA``
pub const TCHAR: ByteSet = alphanumerics_and(b"!#$%&'*+-.^_`|~");

/// Letters, digits and the bytes of `others`.
pub const fn alphanumerics_and(others: &[u8]) -> ByteSet {
    let mut set = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        set[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < others.len() {
        set[others[at] as usize] = true;
        at += 1;
    }
    set
}

/// Where the first byte of `text` stands that is not in `set`, if there is one.
///
/// A `const fn`, so that a cookie can be checked while the program is compiled.
pub const fn first_outside(text: &[u8], set: &ByteSet) -> Option<usize> {
    let mut at = 0;
    while at < text.len() && set[text[at] as usize] {
        at += 1;
    }
    if at < text.len() { Some(at) } else { None }
}

/// The token that `text` begins with; empty if it begins with none.
pub fn first_token(text: &[u8]) -> &[u8] {
    &text[..first_outside(text, &TCHAR).unwrap_or(text.len())]
}

/// `text` without the blanks around it: `OWS = *( SP / HTAB )` (RFC 9110 §5.6.3)
///
/// A vertical tab, a form feed and a no-break space are no blanks; a server that trims them reads
/// another value than the one before it did.
pub fn trim_blanks(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}
