//! The two parsers side by side: the same verdict, the same words, the same fields, for every input.
#![no_main]

use cookies_from_scratch::limits;
use cookies_from_scratch::parse::{by_hand, by_httparse};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    // Cut where the head is cut: the first line without its end, and the lines behind it.
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    assert_eq!(by_hand::request_line(line), by_httparse::request_line(line));

    let rest = bytes.get(end + 1..).unwrap_or_default();
    if rest.iter().filter(|&&byte| byte == b'\n').count() >= limits::FIELD_LINES {
        return Corpus::Reject;
    }
    let lines = [rest, b"\r\n\r\n"].concat();
    assert_eq!(by_hand::fields(&lines), by_httparse::fields(&lines));
    Corpus::Keep
});
