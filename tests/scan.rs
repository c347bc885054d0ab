//! What is searched eight bytes at a time is found at any index, next to any other byte.

use cookies_from_scratch::cookies::Cookies;
use cookies_from_scratch::html::Fragment;
use cookies_from_scratch::parse::{Progress, head};

/// Texts of up to 40 bytes: `filler`, with `sought` and `neighbour` at each index, and the rest `neighbour`.
fn texts(filler: u8, sought: u8, neighbour: u8) -> impl Iterator<Item = Vec<u8>> {
    let lengths = (0..40).flat_map(|length| (0..=length).map(move |index| (length, index)));
    lengths.map(move |(length, index)| {
        let mut text = vec![filler; length];
        text.splice(index.., [sought, neighbour].into_iter().take(length - index));
        text.resize(length, neighbour);
        text
    })
}

#[test]
fn special_characters_are_escaped_and_no_others() {
    let escaped = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('"', "&#34;").replace('\'', "&#39;")
    };
    for sought in *b"&<>\"'#" {
        // The neighbours differ from a special character in one bit, or in one from it.
        for neighbour in *b" !\"#$%&'();<=>?|~\x7F\x00" {
            for text in texts(b'a', sought, neighbour) {
                let text = String::from_utf8(text).unwrap();
                assert_eq!(Fragment::new(|html| _ = html.text(&text)).as_str(), escaped(&text));
            }
        }
    }
    // Other bytes of UTF-8 differ from a special character in their highest bit.
    for neighbour in ["é", "¼", "¾", "¢", "¦", "§"] {
        for length in 0..20 {
            for special in ["&", "<", ">", "\"", "'"] {
                let text = ["a".repeat(length).as_str(), neighbour, special, neighbour].concat();
                assert_eq!(Fragment::new(|html| _ = html.text(&text)).as_str(), escaped(&text));
            }
        }
    }
    // Every other character stays.
    let all: String = ('\0'..='\u{7FF}').collect();
    assert_eq!(Fragment::new(|html| _ = html.text(&all)).as_str(), escaped(&all));
}

#[test]
fn cookies_are_split_at_the_first_equals_sign_and_at_each_semicolon() {
    for neighbour in *b"<>:,-\x7F" {
        for text in texts(b'a', b'=', neighbour) {
            let text = String::from_utf8(text).unwrap();
            let cookies = Cookies::from_fields([text.as_bytes()]);
            let expected = text.split_once('=').unwrap_or(("", &text));
            let expected = Some(expected).filter(|pair| *pair != ("", ""));
            assert_eq!(cookies.iter().next(), expected, "{text}");
        }
        for text in texts(b'a', b';', neighbour) {
            let text = String::from_utf8(text).unwrap();
            let cookies = Cookies::from_fields([text.as_bytes()]);
            let values: Vec<_> = cookies.iter().map(|(_, value)| value).collect();
            let expected: Vec<_> = text.split(';').filter(|part| !part.is_empty()).collect();
            assert_eq!(values, expected, "{text}");
        }
    }
}

#[test]
fn control_characters_are_found_in_a_value() {
    for sought in [0x00, 0x08, 0x0B, 0x1F, 0x7F] {
        for neighbour in [b' ', b'\t', b'~', 0x80, 0xBD, 0xFF] {
            for text in texts(b'a', sought, neighbour) {
                let bytes = [b"GET / HTTP/1.1\r\nA: ", &text[..], b"\r\n\r\n"].concat();
                let is_accepted = head(&bytes, &mut Progress::default(), Vec::new()).is_ok();
                let is_clean =
                    !text.iter().any(|byte| *byte < b' ' && *byte != b'\t' || *byte == 0x7F);
                assert_eq!(is_accepted, is_clean, "{text:x?}");
            }
        }
    }
}
