//! Differential fuzzing: both parsers return the same head, or none, for every input.
#![no_main]

use cookies_from_scratch::limits;
use cookies_from_scratch::parse::{by_hand, by_httparse};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    // The empty line that is appended below may complete one more.
    if bytes.iter().filter(|&&byte| byte == b'\n').count() > limits::MAX_FIELD_LINES {
        return Corpus::Reject;
    }
    assert_eq!(by_hand::head(bytes, Vec::new()), by_httparse::head(bytes, Vec::new()));
    let whole = [bytes, b"\r\n\r\n"].concat();
    assert_eq!(by_hand::head(&whole, Vec::new()), by_httparse::head(&whole, Vec::new()));
    Corpus::Keep
});
