//! The fields that change what a request means, sorted out of all that came.
//!
//! ```text
//! Host: localhost:5000           whom it is for          RFC 9112 §3.2
//! Content-Length: 5              where it ends           RFC 9112 §6
//! Transfer-Encoding: chunked     where it ends           RFC 9112 §6
//! Connection: close              whether another follows RFC 9112 §9
//! Expect: 100-continue           what comes first        RFC 9110 §10.1.1
//! Cookie: a=1                    what it remembers       RFC 6265 §5.4
//! ```

use crate::error::Error;
use crate::parse::{Field, Version};
use crate::response::Persistence;
use crate::token::trim_blanks;
use crate::uri::is_host;

/// Those fields of one request.
#[derive(Default)]
pub(super) struct Fields<'a> {
    host: Option<&'a [u8]>,
    content_length: Option<&'a [u8]>,
    transfer_encodings: Vec<&'a [u8]>,
    expect: Option<&'a [u8]>,
    pub(super) connection: ConnectionField,
    pub(super) cookies: Vec<&'a [u8]>,
}

/// `Connection = [ connection-option *( OWS "," OWS connection-option ) ]` (RFC 9110 §7.6.1)
#[derive(Default)]
pub(super) struct ConnectionField {
    close: bool,
    keep_alive: bool,
}

impl<'a> Fields<'a> {
    /// Names are compared without case (RFC 9110 §5.1). A second `Host` or `Content-Length` is
    /// refused even where it says the same: the server in front of us may have read the other.
    pub(super) fn sort(all: &[Field<'a>]) -> Result<Self, Error> {
        let mut fields = Self::default();
        for &Field { name, value } in all {
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            if is("Cookie") {
                fields.cookies.push(value);
            } else if is("Host") {
                once(&mut fields.host, value).ok_or(Error::Host)?;
            } else if is("Connection") {
                fields.connection.add(value);
            } else if is("Content-Length") {
                once(&mut fields.content_length, value).ok_or(Error::ContentLength)?;
            } else if is("Transfer-Encoding") {
                fields.transfer_encodings.push(value);
            } else if is("Expect") {
                once(&mut fields.expect, value).ok_or(Error::Expectation)?;
            }
        }
        Ok(fields)
    }

    /// HTTP/1.1 needs one `Host`; it may be empty, but not invalid (RFC 9112 §3.2).
    pub(super) fn check_host(&self, version: Version) -> Result<(), Error> {
        match self.host {
            None if version == Version::Http10 => Ok(()),
            None => Err(Error::Host),
            Some([]) => Ok(()),
            Some(host) => match std::str::from_utf8(host) {
                Ok(host) if is_host(host) => Ok(()),
                _ => Err(Error::Host),
            },
        }
    }

    /// Whether a body follows (RFC 9112 §6.3).
    ///
    /// We never read one, so all that matters is that no other server could see its end elsewhere:
    /// `Transfer-Encoding` beside `Content-Length`, or in HTTP/1.0, is how requests are smuggled
    /// (RFC 9112 §6.1, §11.2).
    pub(super) fn has_body(&self, version: Version) -> Result<bool, Error> {
        let length = self.content_length.map(content_length).transpose()?;
        if self.transfer_encodings.is_empty() {
            return Ok(length.is_some_and(|length| length > 0));
        }
        if length.is_some() || version == Version::Http10 {
            return Err(Error::TransferEncoding);
        }
        self.check_codings().map(|()| true)
    }

    /// `Transfer-Encoding = [ transfer-coding *( OWS "," OWS transfer-coding ) ]`: `chunked` once,
    /// and last (RFC 9112 §6.1, §7). An empty element could be ignored; we refuse it.
    fn check_codings(&self) -> Result<(), Error> {
        let codings: Vec<&[u8]> = elements(&self.transfer_encodings).collect();
        let is_chunked = |coding: &&[u8]| coding.eq_ignore_ascii_case(b"chunked");
        match codings.split_last() {
            Some((last, others))
                if is_chunked(last)
                    && !others.iter().any(|each| is_chunked(each) || each.is_empty()) =>
            {
                if others.is_empty() { Ok(()) } else { Err(Error::UnknownCoding) }
            }
            _ => Err(Error::TransferEncoding),
        }
    }

    /// `Expect = "100-continue"` (RFC 9110 §10.1.1). We want no body, so the final answer comes at
    /// once and no `100 Continue` before it.
    pub(super) fn expects_100_continue(&self) -> Result<bool, Error> {
        match self.expect {
            None => Ok(false),
            Some(expect) if expect.eq_ignore_ascii_case(b"100-continue") => Ok(true),
            Some(_) => Err(Error::Expectation),
        }
    }
}

impl ConnectionField {
    fn add(&mut self, value: &[u8]) {
        for option in elements(&[value]) {
            self.close |= option.eq_ignore_ascii_case(b"close");
            self.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
        }
    }

    /// HTTP/1.1 stays open unless it says `close`, HTTP/1.0 closes unless it says `keep-alive`, and
    /// must then be told that it stays open; of the two, `close` wins (RFC 9112 §9.3).
    pub(super) fn after(&self, version: Version) -> Persistence {
        match version {
            _ if self.close => Persistence::Close,
            Version::Http11 => Persistence::Implied,
            Version::Http10 if self.keep_alive => Persistence::KeepAlive,
            Version::Http10 => Persistence::Close,
        }
    }
}

/// Stores the value, or `None` where there was one.
fn once<'a>(place: &mut Option<&'a [u8]>, value: &'a [u8]) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

/// The elements of a list, on however many lines it came (RFC 9110 §5.6.1).
fn elements<'a>(lines: &[&'a [u8]]) -> impl Iterator<Item = &'a [u8]> {
    lines.iter().flat_map(|line| line.split(|&byte| byte == b',')).map(trim_blanks)
}

/// `Content-Length = 1*DIGIT` (RFC 9110 §8.6): no sign, no list, no more than 64 bits.
fn content_length(value: &[u8]) -> Result<u64, Error> {
    let digits = std::str::from_utf8(value).map_err(|_| Error::ContentLength)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::ContentLength);
    }
    digits.parse().map_err(|_| Error::ContentLength)
}
