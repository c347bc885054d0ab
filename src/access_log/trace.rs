//! A whole exchange as it travelled: the server's own `curl -v`.
//!
//! ```text
//! * connection 3, request 2, from 127.0.0.1
//! > GET /set-cookie HTTP/1.1
//! > Host: localhost:5000
//! > Cookie: a=1
//! >
//! * cookie a = 1
//! < HTTP/1.1 200 OK
//! < Set-Cookie: cookie_name=cookie_value; Path=/
//! < Content-Length: 3843
//! <
//! * 3843 bytes of content
//! * The connection stays open, as it does in HTTP/1.1 unless somebody says close.
//! ```
//!
//! What a client sends could be meant for the terminal: whatever is no visible character is shown by
//! its number.

use super::Entry;
use crate::parse::Version;
use crate::request::Persistence;
use std::fmt::Write as _;

/// The marks of the lines, each with the colour that a terminal shows it in.
const NOTE: (char, u8) = ('*', 90); // grey
const CAME: (char, u8) = ('>', 36); // cyan
const WENT: (char, u8) = ('<', 35); // magenta

/// Adds lines to a text.
pub(super) struct Trace<'t> {
    pub(super) text: &'t mut String,
    pub(super) is_coloured: bool,
}

impl Trace<'_> {
    /// The whole exchange, as a block of lines; `title` is the first.
    pub(super) fn add(&mut self, title: &str, entry: &Entry<'_>) {
        self.line(NOTE, title.as_bytes());
        self.head(CAME, without_empty_lines(entry.received));
        match entry.request {
            Ok(request) => {
                for (name, value) in request.cookies.iter() {
                    self.line(NOTE, format!("cookie {name} = {value}").as_bytes());
                }
            }
            Err(error) => self.line(NOTE, format!("refused: {error}").as_bytes()),
        }
        self.head(WENT, entry.sent);
        if entry.length > 0 {
            self.line(NOTE, format!("{} bytes of content", entry.length).as_bytes());
        }
        self.line(NOTE, what_comes_after(entry).as_bytes());
        self.text.push('\n');
    }

    /// The lines of a head, or of as much of it as there is. What follows is left out.
    fn head(&mut self, mark: (char, u8), bytes: &[u8]) {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            self.line(mark, line);
            if line.is_empty() {
                break;
            }
        }
    }

    fn line(&mut self, (mark, colour): (char, u8), bytes: &[u8]) {
        if self.is_coloured {
            let _ = write!(self.text, "\x1b[{colour}m");
        }
        self.text.push(mark);
        if !bytes.is_empty() {
            self.text.push(' ');
        }
        for chunk in bytes.utf8_chunks() {
            chunk.valid().chars().for_each(|char| self.char(char));
            chunk.invalid().iter().for_each(|byte| _ = write!(self.text, "\\x{byte:02x}"));
        }
        self.text.push_str(if self.is_coloured { "\x1b[0m\n" } else { "\n" });
    }

    fn char(&mut self, char: char) {
        let is_visible = match char {
            ' '..='~' => true,
            _ => !char.is_ascii() && char.escape_debug().len() == 1,
        };
        let _ = match char {
            _ if is_visible => self.text.write_char(char),
            '\0'..='\x7f' => write!(self.text, "\\x{:02x}", u32::from(char)),
            _ => write!(self.text, "{}", char.escape_unicode()),
        };
    }
}

/// Empty lines may stand before a request line; they say nothing (RFC 9112 §2.2).
fn without_empty_lines(head: &[u8]) -> &[u8] {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let start = head.iter().position(|byte| !is_end(byte)).unwrap_or(head.len());
    &head[start..]
}

/// Why the connection stays open, or closes (RFC 9112 §9.3).
fn what_comes_after(entry: &Entry<'_>) -> &'static str {
    let version = entry.request_line.map(|line| line.version);
    match (entry.persistence, entry.request) {
        (Persistence::Implied, _) => {
            "The connection stays open, as it does in HTTP/1.1 unless somebody says close."
        }
        (Persistence::KeepAlive, _) => {
            "The connection stays open, for this client of HTTP/1.0 asks for it: keep-alive."
        }
        (Persistence::Close, Err(_)) => {
            "The connection closes: behind a request that is refused, nobody knows where the next begins."
        }
        (Persistence::Close, Ok(request)) => match request.persistence {
            Persistence::Implied | Persistence::KeepAlive => {
                "The connection closes: the server stops, or others wait for its place."
            }
            _ if request.body_follows => {
                "The connection closes: a body may follow, and this server reads none."
            }
            _ if version == Some(Version::Http10) => {
                "The connection closes, as it does in HTTP/1.0 unless both say keep-alive."
            }
            Persistence::Close => "The connection closes: the client said close.",
        },
    }
}
