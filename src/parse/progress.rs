//! Why there is no good head: its end has not come, or something is wrong.
//!
//! ```text
//! GET / HTTP/1.1\r\nHost: a\r\nA: b…
//! └─────────── searched ─────────┘└ the end may be here
//! ```

use super::{Parsed, by_hand};
use crate::error::Error;
use crate::limits;

/// How far the search for the end of one head has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Up to where there is no end; 0 until the request line has ended.
    searched: usize,
    /// How many lines have ended since.
    field_lines: usize,
}

impl Progress {
    /// Finds the end of the head that has `begun`. Only a field line can be wrong with it then.
    pub(super) fn find_end(&mut self, begun: &[u8]) -> Parsed<()> {
        if self.searched == 0 {
            self.searched = begun.len() - behind_request_line(begun)?.len();
        }
        loop {
            let end = self.searched + by_hand::line_length(&begun[self.searched..]);
            let behind = by_hand::line_end(&begun[end..], Error::FIELD_LINE);
            self.searched = behind.map_or(end, |behind| begun.len() - behind.len());
            if self.searched > limits::MAX_HEAD_BYTES || self.field_lines > limits::MAX_FIELD_LINES
            {
                return Err(Some(Error::HEAD_TOO_LARGE));
            }
            behind?;
            // An empty line ends where the one before it does.
            if begun[..end].ends_with(b"\n") {
                return Ok(());
            }
            self.field_lines += 1;
        }
    }
}

fn behind_request_line(begun: &[u8]) -> Parsed<&[u8]> {
    match begun {
        // As many as may stand here have been taken away.
        [b'\n', ..] | [b'\r', b'\n', ..] => Err(Some(Error::EMPTY_LINES)),
        // The first byte of a TLS handshake.
        [0x16, ..] => Err(Some(Error::TLS)),
        mut rest => by_hand::request_line(&mut rest).map(|_| rest),
    }
}
