//! What a request *says*: from bytes to method, target, version and fields (RFC 9112 §2, §3, §5).
//!
//! ```text
//! GET /set-cookie HTTP/1.1\r\n     request-line
//! Host: localhost:5000\r\n         field-line
//! Cookie: a=1\r\n                  field-line
//! \r\n                             the empty line: the head is complete
//! ```
//!
//! Bytes come in as the network cuts them. [`Progress`] finds where the head ends and holds it to
//! its limits, however slowly it drips. Then one of two parsers reads the lines: [`by_hand`], or, with
//! the feature `httparse`, the crate of that name. Both are held to the same answer and the same
//! error.

pub mod by_hand;
#[cfg(feature = "httparse")]
pub mod by_httparse;

#[cfg(not(feature = "httparse"))]
use by_hand as parser;
#[cfg(feature = "httparse")]
use by_httparse as parser;

use crate::error::Error;
use crate::limits;
use crate::token::{TCHAR, first_outside};

/// The head of a request: its first line and its fields, as they stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// `method SP request-target SP HTTP-version`
    pub request_line: RequestLine<'a>,
    /// All field lines, in order.
    pub fields: Vec<Field<'a>>,
    /// How many bytes the head takes, with its empty line and those before it.
    pub length: usize,
}

/// `request-line = method SP request-target SP HTTP-version`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLine<'a> {
    /// A token, as it came: methods are case-sensitive.
    pub method: &'a str,
    /// Visible ASCII, not taken apart yet.
    pub target: &'a str,
    /// What the client understands.
    pub version: Version,
}

/// The versions that we speak. `HTTP/1.2` to `1.9` would be understood as `1.1` (RFC 9110 §2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `HTTP/1.0`
    Http10,
    /// `HTTP/1.1`
    Http11,
}

/// `field-line = field-name ":" OWS field-value OWS`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// A token, as it came: names are compared without case.
    pub name: &'a str,
    /// The value without the blanks around it: no control bytes, but perhaps bytes that are no UTF-8.
    pub value: &'a [u8],
}

/// Reads one head from the beginning of `received`.
///
/// `None` means that it is not complete yet: call again with more bytes behind the same ones, and
/// the same `progress`. After a head, begin with a new one.
///
/// # Errors
///
/// Whatever keeps the bytes from being a request; found as early as it can be, so that a client that
/// sends nonsense is told without having to finish it.
pub fn head<'a>(received: &'a [u8], progress: &mut Progress) -> Result<Option<Head<'a>>, Error> {
    let end = progress.find_end(received);
    if progress.lines == 0 || (progress.is_request_line_read && end == Ok(None)) {
        return end.map(|_| None);
    }
    let Some((first, rest)) = split_line(&received[progress.start..]) else { return Ok(None) };
    // Before all that is behind it, so that the answer is the same however the head is cut.
    let request_line = request_line(first)?;
    progress.is_request_line_read = true;
    let Some(length) = end? else { return Ok(None) };
    let field_lines = &received[received.len() - rest.len()..length];
    Ok(Some(Head { request_line, fields: parser::fields(field_lines)?, length }))
}

fn request_line(line: &[u8]) -> Result<RequestLine<'_>, Error> {
    check_beginning(line)?;
    parser::request_line(line)
}

/// What can be said of a request line even before its end has come. Whatever follows cannot mend what
/// is refused here.
fn check_beginning(line: &[u8]) -> Result<(), Error> {
    // Perhaps its end has come by half.
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    // The first byte of a TLS handshake.
    if line.first() == Some(&0x16) {
        return Err(Error::TLS);
    }
    let method = first_outside(line, &TCHAR).unwrap_or(line.len());
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

/// `HTTP-version = "HTTP/" DIGIT "." DIGIT`, in capitals (RFC 9112 §2.3)
///
/// A client of HTTP/2 that begins with `PRI * HTTP/2.0` is told here that we don't speak it.
fn version(text: &[u8]) -> Result<Version, Error> {
    match text {
        b"HTTP/1.0" => Ok(Version::Http10),
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1'..=b'9'] => Ok(Version::Http11),
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
            Err(Error::UNSUPPORTED_VERSION)
        }
        _ => Err(Error::VERSION),
    }
}

/// The first line of `bytes` without its end, and what follows; `None` if it has no end yet.
///
/// A line ends in CRLF; we take a bare LF too, as we may (RFC 9112 §2.2).
fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let line = &bytes[..end];
    Some((line.strip_suffix(b"\r").unwrap_or(line), &bytes[end + 1..]))
}

/// How far the search for the end of one head has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Where the request line begins, behind empty lines.
    start: usize,
    empty_lines: usize,
    /// How many lines have ended since.
    lines: usize,
    /// Whether the first of them has been read, and is a request line.
    is_request_line_read: bool,
    /// Where the line begins that has no end yet.
    line: usize,
    /// Up to where that line has been searched for its end.
    searched: usize,
}

impl Progress {
    /// The length of the head, once its empty line is there.
    fn find_end(&mut self, received: &[u8]) -> Result<Option<usize>, Error> {
        while let Some(line) = self.next_line(received)? {
            match (self.lines, line) {
                (0, b"") => self.skip_empty_line()?,
                (_, b"") => return self.check_limits().map(|()| Some(self.line)),
                _ => {
                    self.lines += 1;
                    self.check_limits()?;
                }
            }
        }
        if self.lines == 0 {
            check_beginning(self.begun(received))?;
        }
        self.check_limits().map(|()| None)
    }

    /// The next line that has ended, without its end.
    ///
    /// A CR that no LF follows ends no line, and whoever takes it for an end reads another request
    /// than we do (RFC 9112 §2.2): it is refused at once, for its sender may think that it is done.
    fn next_line<'a>(&mut self, received: &'a [u8]) -> Result<Option<&'a [u8]>, Error> {
        let mut unsearched = received[self.searched..].iter();
        let end = unsearched.position(|byte| matches!(byte, b'\r' | b'\n'));
        let end = end.map_or(received.len(), |length| self.searched + length);
        let line = &received[self.line..end];
        self.searched = end;
        self.line = match received[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [b'\n', ..] => end + 1,
            [] | [b'\r'] => return Ok(None),
            _ => return Err(self.bare_cr(&received[..=end])),
        };
        self.searched = self.line;
        Ok(Some(line))
    }

    /// A bare CR, unless something was wrong before it: so the answer is the same however it is cut.
    fn bare_cr(&self, received: &[u8]) -> Error {
        let before =
            if self.lines == 0 { check_beginning(&received[self.start..]) } else { Ok(()) };
        before.and(self.check_limits()).err().unwrap_or(Error::BARE_CR)
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
