//! One line for each request, in Common Log Format.
//!
//! ```text
//! 127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /set-cookie HTTP/1.1" 200 2326
//! ```
//!
//! No cookie is in it: whoever reads a log may not read everybody's sessions. With `--trace`, for
//! whoever wants to learn from it, the whole exchange stands there instead.

mod printer;
mod trace;

pub use printer::Printer;

use crate::date::HttpDate;
use crate::error::Error;
use crate::parse::{RequestLine, Version};
use crate::request::{Persistence, Request};
use crate::status::Status;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::net::{IpAddr, Ipv4Addr};
use std::time::SystemTime;
use trace::Trace;

/// How much is printed of each request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    Nothing,
    /// One line.
    Line,
    /// All that went over the wire, but for the content; with the values of cookies.
    Exchange,
}

/// How requests are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How much of them.
    pub detail: Detail,
    /// Whether in colour.
    pub is_coloured: bool,
}

impl Style {
    /// Not at all.
    pub const QUIET: Self = Self { detail: Detail::Nothing, is_coloured: false };

    /// Colour only where somebody sees it, and has not asked for none (<https://no-color.org>).
    pub fn for_stdout(detail: Detail) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { detail, is_coloured: io::stdout().is_terminal() && !no_colour }
    }
}

/// The lines of one client that are to be printed.
#[derive(Clone, Debug)]
pub struct AccessLog {
    style: Style,
    peer: Peer,
    /// How many requests it has made.
    requests: usize,
    lines: String,
    /// What is to be said to whoever runs the server.
    notes: String,
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Where it is.
    pub ip: IpAddr,
    /// Which connection it is, from 1.
    pub connection: usize,
}

/// What is logged of one request and its answer.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// When it was answered.
    pub time: SystemTime,
    /// The first line of the request, if it could be read.
    pub request_line: Option<RequestLine<'a>>,
    /// What the request means, or why it was refused.
    pub request: Result<&'a Request<'a>, Error>,
    /// The head of the request, or as much as has come of it, as it came.
    pub received: &'a [u8],
    /// The status of the answer.
    pub status: Status,
    /// How many bytes of content were sent.
    pub length: usize,
    /// The answer as it goes out.
    pub sent: &'a [u8],
    /// Whether the connection stays open.
    pub persistence: Persistence,
}

impl Default for AccessLog {
    /// A log of nothing.
    fn default() -> Self {
        Self::new(Style::QUIET, Peer { ip: Ipv4Addr::UNSPECIFIED.into(), connection: 0 })
    }
}

impl AccessLog {
    /// The log of a new client.
    pub fn new(style: Style, peer: Peer) -> Self {
        Self { style, peer, requests: 0, lines: String::new(), notes: String::new() }
    }

    /// Adds what is to be printed of one request and its answer.
    pub fn add(&mut self, entry: &Entry<'_>) {
        match self.style.detail {
            Detail::Nothing => return,
            Detail::Line => self.add_line(entry),
            Detail::Exchange => self.add_exchange(entry),
        }
        if entry.request.is_err_and(|error| error == Error::TLS) {
            let ip = self.peer.ip;
            let _ = writeln!(self.notes, "cookies: {ip} speaks TLS; this is plain HTTP");
        }
    }

    /// Adds `host ident authuser [date] "request" status bytes`, with `-` for what is not known.
    fn add_line(&mut self, entry: &Entry<'_>) {
        let date = HttpDate::new(entry.time).unwrap_or(HttpDate::LAST).in_common_log_format();
        let request = entry.request_line.map_or("-".to_owned(), |line| {
            let version = if line.version == Version::Http10 { "1.0" } else { "1.1" };
            escape(&format!("{} {} HTTP/{version}", line.method, line.target))
        });
        let (ip, status) = (self.peer.ip, self.coloured(entry.status));
        let length = if entry.length == 0 { "-".to_owned() } else { entry.length.to_string() };
        // Writing to a String cannot fail.
        let _ = writeln!(self.lines, "{ip} - - [{date}] \"{request}\" {status} {length}");
    }

    fn coloured(&self, status: Status) -> String {
        let code = status.code();
        let colour = match code.as_bytes()[0] {
            b'4' => 33, // yellow
            b'5' => 31, // red
            _ => 32,    // green
        };
        if self.style.is_coloured {
            format!("\x1b[{colour}m{code}\x1b[0m")
        } else {
            code.to_owned()
        }
    }

    /// Adds the exchange as a block of its own.
    fn add_exchange(&mut self, entry: &Entry<'_>) {
        self.requests += 1;
        let Peer { ip, connection } = self.peer;
        let title = format!("connection {connection}, request {}, from {ip}", self.requests);
        Trace { text: &mut self.lines, is_coloured: self.style.is_coloured }.add(&title, entry);
    }

    /// Hands the lines and notes to `printer`.
    pub fn print(&mut self, printer: &Printer) {
        if !self.lines.is_empty() {
            printer.add(&self.lines, &self.notes);
            self.lines.clear();
            self.notes.clear();
        }
    }
}

/// A request line is visible ASCII; so only what would end the quotes can forge a line.
fn escape(request_line: &str) -> String {
    request_line.replace('\\', "\\x5C").replace('"', "\\x22")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { detail: Detail::Line, is_coloured: false };
    const COLOURED: Style = Style { detail: Detail::Line, is_coloured: true };

    fn logged(style: Style, target: Option<&str>, error: Error, status: Status) -> AccessLog {
        let (method, version) = ("GET", Version::Http11);
        let peer = Peer { ip: Ipv4Addr::LOCALHOST.into(), connection: 1 };
        let mut log = AccessLog::new(style, peer);
        log.add(&Entry {
            time: SystemTime::UNIX_EPOCH,
            request_line: target.map(|target| RequestLine { method, target, version }),
            request: Err(error),
            received: b"",
            status,
            length: 0,
            sent: b"",
            persistence: Persistence::Close,
        });
        log
    }

    #[track_caller]
    fn assert_line(style: Style, target: Option<&str>, status: Status, expected: &str) {
        let expected = format!("127.0.0.1 - - [01/Jan/1970:00:00:00 +0000] {expected}\n");
        assert_eq!(logged(style, target, Error::HOST, status).lines, expected);
    }

    #[test]
    fn a_line_is_in_common_log_format() {
        assert_line(PLAIN, Some("/a"), Status::OK, "\"GET /a HTTP/1.1\" 200 -");
        assert_line(PLAIN, None, Status::BAD_REQUEST, "\"-\" 400 -");
        assert_line(COLOURED, None, Status::OK, "\"-\" \x1b[32m200\x1b[0m -");
        assert_line(COLOURED, None, Status::BAD_REQUEST, "\"-\" \x1b[33m400\x1b[0m -");
        assert_line(COLOURED, None, Status::INTERNAL_SERVER_ERROR, "\"-\" \x1b[31m500\x1b[0m -");
        assert_eq!(logged(Style::QUIET, None, Error::HOST, Status::OK).lines, "");
    }

    #[test]
    fn a_target_cannot_end_the_quotes() {
        let line = "\"GET /\\x22\\x5C HTTP/1.1\" 200 -";
        assert_line(PLAIN, Some("/\"\\"), Status::OK, line);
    }

    #[test]
    fn a_client_that_speaks_tls_is_noted() {
        let note = |error| logged(PLAIN, None, error, Status::BAD_REQUEST).notes;
        assert_eq!(note(Error::TLS), "cookies: 127.0.0.1 speaks TLS; this is plain HTTP\n");
        assert_eq!(note(Error::METHOD), "");
    }
}
