//! The fields that change what a request means, sorted out of all that came.
//!
//! ```text
//! Host: localhost:5000           whom it is for            RFC 9112 §3.2
//! Content-Length: 5              where it ends             RFC 9112 §6
//! Transfer-Encoding: chunked     where it ends             RFC 9112 §6
//! Connection: close              whether another follows   RFC 9112 §9
//! Expect: 100-continue           what comes first          RFC 9110 §10.1.1
//! Cookie: a=1                    what it remembers         RFC 6265 §5.4
//! Sec-Purpose: prefetch          what it is fetched for    Fetch Standard
//! ```
//!
//! All others change nothing. A server may ignore them, and we do: `Upgrade` (RFC 9110 §7.8), what
//! a client prefers (§12), conditions (§13) and ranges (§14) of pages that nobody may keep.

use super::Persistence;
use crate::error::Error;
use crate::parse::{Head, Version};
use crate::token::trim_blanks;
use crate::uri::is_host;

impl<'a> Head<'a> {
    /// `Host = uri-host [ ":" port ]`, once. HTTP/1.0 may leave it out; anybody may leave it empty
    /// (RFC 9110 §7.2, RFC 9112 §3.2).
    pub(super) fn check_host(&self) -> Result<(), Error> {
        match self.only_value("Host", Error::HOST)? {
            None if self.request_line.version == Version::Http10 => Ok(()),
            Some(b"") => Ok(()),
            Some(host) if std::str::from_utf8(host).is_ok_and(is_host) => Ok(()),
            _ => Err(Error::HOST),
        }
    }

    /// Whether a body follows (RFC 9112 §6.3).
    ///
    /// We never read one, so all that matters is that no other server could see its end elsewhere:
    /// `Transfer-Encoding` beside `Content-Length`, or in HTTP/1.0, is how requests are smuggled
    /// (RFC 9112 §6.1, §11.2).
    pub(super) fn has_body(&self) -> Result<bool, Error> {
        let length = self.content_length()?;
        if self.values("Transfer-Encoding").next().is_none() {
            return Ok(length.is_some_and(|length| length > 0));
        }
        if length.is_some() || self.request_line.version == Version::Http10 {
            return Err(Error::TRANSFER_ENCODING);
        }
        self.check_codings().map(|()| true)
    }

    /// `Content-Length = 1*DIGIT` (RFC 9110 §8.6): no sign, no list, no more than 64 bits. Twice
    /// the same could be allowed; we refuse it, for the server before us may have read the other.
    ///
    /// It is only compared with 0: nothing is allocated by a length that a client names.
    fn content_length(&self) -> Result<Option<u64>, Error> {
        let Some(digits) = self.only_value("Content-Length", Error::CONTENT_LENGTH)? else {
            return Ok(None);
        };
        let is_number = digits.iter().all(u8::is_ascii_digit);
        let length = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        length.filter(|_| is_number).map(Some).ok_or(Error::CONTENT_LENGTH)
    }

    /// `Transfer-Encoding = [ transfer-coding *( OWS "," OWS transfer-coding ) ]`: `chunked` once,
    /// and last (RFC 9112 §6.1, §7). An empty element could be ignored; we refuse it.
    fn check_codings(&self) -> Result<(), Error> {
        let codings: Vec<&[u8]> = self.elements("Transfer-Encoding").collect();
        let is_chunked = |coding: &[u8]| coding.eq_ignore_ascii_case(b"chunked");
        let is_another = |coding: &&[u8]| !coding.is_empty() && !is_chunked(coding);
        match codings.split_last() {
            Some((last, [])) if is_chunked(last) => Ok(()),
            Some((last, others)) if is_chunked(last) && others.iter().all(is_another) => {
                Err(Error::UNKNOWN_CODING)
            }
            _ => Err(Error::TRANSFER_ENCODING),
        }
    }

    /// `Expect = #expectation`, of which `100-continue` is the only one there is; in HTTP/1.0 it
    /// means nothing (RFC 9110 §10.1.1). We want no body: so the final answer comes at once, and no
    /// `100 Continue` before it.
    pub(super) fn expects_100_continue(&self) -> Result<bool, Error> {
        let mut expectations = self.elements("Expect").filter(|each| !each.is_empty()).peekable();
        let is_any = expectations.peek().is_some();
        if expectations.any(|each| !each.eq_ignore_ascii_case(b"100-continue")) {
            return Err(Error::EXPECTATION);
        }
        Ok(is_any && self.request_line.version == Version::Http11)
    }

    /// `Connection = [ connection-option *( OWS "," OWS connection-option ) ]` (RFC 9110 §7.6.1)
    ///
    /// HTTP/1.1 stays open unless it says `close`, HTTP/1.0 closes unless it says `keep-alive`; of
    /// the two, `close` wins (RFC 9112 §9.3).
    pub(super) fn persistence(&self) -> Persistence {
        let says = |option: &[u8]| {
            self.elements("Connection").any(|each| each.eq_ignore_ascii_case(option))
        };
        match self.request_line.version {
            _ if says(b"close") => Persistence::Close,
            Version::Http11 => Persistence::Implied,
            Version::Http10 if says(b"keep-alive") => Persistence::KeepAlive,
            Version::Http10 => Persistence::Close,
        }
    }

    /// `Sec-Purpose = "prefetch" *( ";" parameter )`: so a browser says that it fetches a page
    /// before anybody has clicked its link. With the parameter `prerender` it even shows it, where
    /// nobody looks.
    pub(super) fn is_prefetch(&self) -> bool {
        let purpose = |value: &'a [u8]| value.split(|&byte| byte == b';').next().map(trim_blanks);
        self.elements("Sec-Purpose").any(|value| purpose(value) == Some(b"prefetch"))
    }

    /// The elements of a list, on however many lines it came (RFC 9110 §5.6.1).
    fn elements(&self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        let lines = self.values(name);
        lines.flat_map(|line| line.split(|&byte| byte == b',')).map(trim_blanks)
    }

    /// The value of the line with this name, if there is one; an error if there are two.
    fn only_value(&self, name: &'static str, error: Error) -> Result<Option<&'a [u8]>, Error> {
        let mut values = self.values(name);
        let first = values.next();
        if values.next().is_none() { Ok(first) } else { Err(error) }
    }

    /// The values of all lines with this name, which is compared without case (RFC 9110 §5.1).
    pub(super) fn values(&self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        let named =
            self.fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name.as_bytes()));
        named.map(|field| field.value)
    }
}
