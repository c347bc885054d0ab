//! Text for a terminal. The bytes `1B 5B 32 4A` from a client would clear it, so they become the seven
//! visible characters `\x1b[2J`.

use std::fmt::{self, Write as _};

/// The text with each invisible character replaced by its number, except line feeds. It can't be reversed: a
/// client may also have sent `\x1b` as four characters.
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
