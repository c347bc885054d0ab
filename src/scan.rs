//! Searching text, sixteen bytes at a time.
//!
//! ```text
//! en-GB,en;q=0.9\r\n    is it a control byte?     00 00 00 00 00 00 00 00 00 00 00 00 00 00 FF FF
//!                       all answers, as one number                                  ^ its first bit
//! ```
//!
//! Whoever looks at one byte after the other decides after each whether to go on. Here sixteen are asked
//! the same, and the decision is one. Processors have instructions for that, and compilers find them.

/// Where the first byte of `text` stands that `is_sought`, if there is one.
///
/// ```
/// use cookies_from_scratch::scan::position;
/// assert_eq!(position(b"cookie_name=cookie_value; a=1", |byte| byte == b'='), Some(11));
/// ```
#[inline]
pub fn position(text: &[u8], is_sought: impl Fn(u8) -> bool) -> Option<usize> {
    let Some(last) = text.len().checked_sub(16) else {
        return text.iter().position(|&byte| is_sought(byte));
    };
    let mut start = 0;
    loop {
        let mut answers = [0; 16];
        for (answer, &byte) in answers.iter_mut().zip(&text[start..start + 16]) {
            *answer = if is_sought(byte) { 0xFF } else { 0 };
        }
        let answers = u128::from_le_bytes(answers);
        if answers != 0 {
            return Some(start + answers.trailing_zeros() as usize / 8);
        }
        if start == last {
            return None;
        }
        // The last sixteen may be some that have answered already.
        start = last.min(start + 16);
    }
}

/// What stands before and behind the first `byte` of `text`, which is an ASCII character.
///
/// ```
/// use cookies_from_scratch::scan::split_once;
/// assert_eq!(split_once("a=b=c", b'='), Some(("a", "b=c")));
/// ```
#[inline]
pub fn split_once(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = position(text.as_bytes(), |each| each == byte)?;
    Some((&text[..at], &text[at + 1..]))
}
