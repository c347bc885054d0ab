//! Why there is no head yet: where it will end, as far as it has come, and whether it can still become one.
//!
//! ```text
//! GET / HTTP/1.1\r\nHost: a\r\nA: b…
//! └── lines that have ended ──┘└ one that has not
//! ```

use super::first_control;
use crate::error::Error;
use crate::limits;
use crate::token::first_token;

/// How far the search for the end of one head has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Where the request line begins, behind empty lines.
    start: usize,
    empty_lines: usize,
    /// How many lines have ended since.
    lines: usize,
    /// Where the line begins that has no end yet.
    line: usize,
    /// Up to where that line has been searched for its end.
    searched: usize,
}

impl Progress {
    /// Where a head begins that has come whole: it is good, but perhaps for one of its field lines.
    pub(super) fn find_head(&mut self, received: &[u8]) -> Result<Option<usize>, Error> {
        while let Some(line) = self.next_line(received)? {
            match (self.lines, line) {
                (0, b"") => self.skip_empty_line()?,
                (_, b"") => return self.check_limits().map(|()| Some(self.start)),
                (0, first) => super::request_line(first)?,
                _ => {}
            }
            self.lines += usize::from(!line.is_empty());
            self.check_limits()?;
        }
        if self.lines == 0 {
            check_beginning(self.begun(received))?;
        }
        self.check_limits().map(|()| None)
    }

    /// The next line that has ended, without its end: CRLF, or a bare LF, which we take too, as we may
    /// (RFC 9112 §2.2).
    ///
    /// No line has any other control byte but a tab: not a target, and no `field-value` either. It is
    /// refused at once.
    fn next_line<'a>(&mut self, received: &'a [u8]) -> Result<Option<&'a [u8]>, Error> {
        let control = first_control(&received[self.searched..]);
        let end = control.map_or(received.len(), |length| self.searched + length);
        let line = &received[self.line..end];
        self.searched = end;
        self.line = match received[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [b'\n', ..] => end + 1,
            [] | [b'\r'] => return Ok(None),
            _ => return Err(self.refuse(&received[self.start..=end])),
        };
        self.searched = self.line;
        Ok(Some(line))
    }

    /// Why the last byte of what has `begun` can't stand there, unless something was wrong before it: so
    /// the answer is the same however the head is cut.
    ///
    /// A CR that no LF follows ends no line; whoever takes it for an end reads another request than we do
    /// (RFC 9112 §2.2).
    fn refuse(&self, begun: &[u8]) -> Error {
        let is_cr = begun.ends_with(b"\r");
        let before = match self.lines {
            0 if is_cr => check_beginning(begun),
            0 => super::request_line(begun),
            _ => Ok(()),
        };
        let refused = if is_cr { Error::BARE_CR } else { Error::FIELD_LINE };
        before.and(self.check_limits()).err().unwrap_or(refused)
    }

    /// A server should skip at least one empty line before a request (RFC 9112 §2.2).
    fn skip_empty_line(&mut self) -> Result<(), Error> {
        if self.empty_lines == limits::EMPTY_LINES {
            return Err(Error::EMPTY_LINES);
        }
        self.empty_lines += 1;
        self.start = self.line;
        Ok(())
    }

    fn check_limits(&self) -> Result<(), Error> {
        let is_too_long = self.searched - self.start > limits::HEAD;
        if is_too_long || self.lines > limits::FIELD_LINES + 1 {
            return Err(Error::HEAD_TOO_LARGE);
        }
        Ok(())
    }

    /// What there is of a head, without the empty lines before it.
    pub fn begun<'a>(&self, received: &'a [u8]) -> &'a [u8] {
        match &received[self.start..] {
            // Half of another empty line.
            b"\r" => b"",
            begun => begun,
        }
    }
}

/// What can be said of a request line even before its end has come. Whatever follows cannot mend what
/// is refused here.
pub(super) fn check_beginning(line: &[u8]) -> Result<(), Error> {
    // Perhaps its end has come by half.
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    // The first byte of a TLS handshake.
    if line.first() == Some(&0x16) {
        return Err(Error::TLS);
    }
    let method = first_token(line).len();
    if method > limits::TARGET {
        return Err(Error::UNKNOWN_METHOD);
    }
    let Some((&space, rest)) = line[method..].split_first() else { return Ok(()) };
    if method == 0 || space != b' ' {
        return Err(Error::METHOD);
    }
    let target = rest.iter().position(|&byte| byte == b' ').unwrap_or(rest.len());
    if target == 0 && !rest.is_empty() {
        return Err(Error::TARGET);
    }
    if target > limits::TARGET {
        return Err(Error::TARGET_TOO_LONG);
    }
    if rest.len() - target > b" HTTP/1.1".len() {
        return Err(Error::VERSION);
    }
    Ok(())
}
