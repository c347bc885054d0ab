//! The search for the end of a head, which goes on where it stopped when more bytes arrive.
//!
//! ```text
//! GET / HTTP/1.1\r\nHost: a\r\nA: b…
//! └─────────── searched ──────────┘└ the end may be here
//! ```

use super::by_hand;
use crate::limits;
use crate::refusal::Refusal;

/// How far the search for the end of one head has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes have been searched; 0 until the request line is complete.
    searched: usize,
    /// How many field lines these bytes contain.
    field_lines: usize,
}

impl Progress {
    /// Finds the end of the head in `bytes`, line by line. If it hasn't arrived, the next call goes on where
    /// this one stopped. If it is found, only a field line can still be ill-formed.
    pub(super) fn find_end(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if self.searched == 0 {
            self.searched = bytes.len() - after_request_line(bytes)?.len();
        }
        loop {
            let end = self.searched + by_hand::line_length(&bytes[self.searched..]);
            let next_line = by_hand::line_end(&bytes[end..], Refusal::FIELD_LINE);
            self.searched = next_line.map_or(end, |rest| bytes.len() - rest.len());
            // The limit comes before the line's end, so that the refusal doesn't depend on the packets.
            if self.searched > limits::MAX_HEAD_BYTES {
                return Err(Refusal::HEAD_TOO_LARGE);
            }
            next_line?;
            // The line is empty if the byte before its end is the LF of the line before it.
            if bytes[..end].ends_with(b"\n") {
                return Ok(());
            }
            self.field_lines += 1;
            if self.field_lines > limits::MAX_FIELD_LINES {
                return Err(Refusal::TOO_MANY_FIELDS);
            }
        }
    }
}

/// With the PROXY protocol, a proxy says in front of the first request who the client is. Its version 2
/// begins with two empty lines, which have been skipped, and these bytes.
const PROXY_SIGNATURE: &[u8] = b"\0\r\nQUIT\n";

fn after_request_line(bytes: &[u8]) -> Result<&[u8], Refusal> {
    match bytes {
        // As many empty lines as are allowed have been skipped.
        [b'\n', ..] | [b'\r', b'\n', ..] => Err(Refusal::EMPTY_LINES),
        // The first byte of a TLS handshake.
        [0x16, ..] => Err(Refusal::TLS),
        _ if bytes.starts_with(PROXY_SIGNATURE) => Err(Refusal::PROXY_PROTOCOL),
        // Its beginning, or nothing yet.
        _ if PROXY_SIGNATURE.starts_with(bytes) => Err(Refusal::INCOMPLETE),
        mut rest => match by_hand::request_line(&mut rest) {
            // Version 1: `PROXY TCP4 …`.
            Err(refusal) if refusal != Refusal::INCOMPLETE && bytes.starts_with(b"PROXY ") => {
                Err(Refusal::PROXY_PROTOCOL)
            }
            read => read.map(|_| rest),
        },
    }
}
