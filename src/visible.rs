//! Text for a terminal: `visible(b"\x1b[2J")`, which would clear it, is `\x1b[2J` in visible characters.

use std::fmt::{self, Write as _};

/// The text without what could be meant for the terminal: a character that isn't visible is shown by its
/// number. Line feeds stay. It is for reading: a client may have sent such a number itself.
pub fn visible(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char {
                ' '..='~' | '\n' => text.push(char),
                '\0'..='\x7F' => _ = write!(text, "\\x{:02x}", u32::from(char)),
                _ => text.extend(char.escape_debug()),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// Appends text to bytes, as [`visible`] shows it.
pub struct Visible<'a>(pub &'a mut Vec<u8>);

impl fmt::Write for Visible<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(visible(text.as_bytes()).as_bytes());
        Ok(())
    }
}
