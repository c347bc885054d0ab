//! Differential fuzzing: both parsers return the same head, or none, for every input.
#![no_main]

use cookies_from_scratch::parse::{by_hand, by_httparse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(by_hand::head(bytes, Vec::new()), by_httparse::head(bytes, Vec::new()));
    let whole = [bytes, b"\r\n\r\n"].concat();
    assert_eq!(by_hand::head(&whole, Vec::new()), by_httparse::head(&whole, Vec::new()));
});
