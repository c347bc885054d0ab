//! One line for each request, in Common Log Format.
//!
//! ```text
//! 127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /set-cookie HTTP/1.1" 200 2326
//! ```
//!
//! No cookie is in it: whoever reads a log may not read everybody's sessions.

mod printer;

pub use printer::Printer;

use crate::date::HttpDate;
use crate::error::Error;
use crate::parse::{RequestLine, Version};
use crate::status::Status;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::net::{IpAddr, Ipv4Addr};
use std::time::SystemTime;

/// How requests are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Not at all.
    Quiet,
    /// A line each.
    Plain,
    /// A line each, the status in colour.
    Coloured,
}

impl Style {
    /// Colour only where somebody sees it, and has not asked for none (<https://no-color.org>).
    pub fn for_stdout() -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if io::stdout().is_terminal() && !no_colour { Self::Coloured } else { Self::Plain }
    }
}

/// The lines of one client that are to be printed.
#[derive(Clone, Debug)]
pub struct AccessLog {
    style: Style,
    client: IpAddr,
    lines: String,
    /// What is to be said to whoever runs the server.
    notes: String,
}

/// What is logged of one request and its answer.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// When it was answered.
    pub time: SystemTime,
    /// The first line of the request, if it could be read.
    pub request_line: Option<RequestLine<'a>>,
    /// Why the request could not be read.
    pub error: Option<Error>,
    /// The status of the answer.
    pub status: Status,
    /// How many bytes of content were sent.
    pub length: usize,
}

impl Default for AccessLog {
    /// A log of nothing.
    fn default() -> Self {
        Self::new(Style::Quiet, Ipv4Addr::UNSPECIFIED.into())
    }
}

impl AccessLog {
    /// The log of a new client.
    pub fn new(style: Style, client: IpAddr) -> Self {
        Self { style, client, lines: String::new(), notes: String::new() }
    }

    /// Adds `host ident authuser [date] "request" status bytes`, with `-` for what is not known.
    pub fn add(&mut self, entry: &Entry<'_>) {
        if self.style == Style::Quiet {
            return;
        }
        if entry.error == Some(Error::TLS) {
            let _ = writeln!(self.notes, "cookies: {} speaks TLS; this is plain HTTP", self.client);
        }
        let date = HttpDate::new(entry.time).unwrap_or(HttpDate::LAST).in_common_log_format();
        let request = entry.request_line.map_or("-".to_owned(), |line| {
            let version = if line.version == Version::Http10 { "1.0" } else { "1.1" };
            escape(&format!("{} {} HTTP/{version}", line.method, line.target))
        });
        let status = self.coloured(entry.status);
        let length = if entry.length == 0 { "-".to_owned() } else { entry.length.to_string() };
        // Writing to a String cannot fail.
        let _ =
            writeln!(self.lines, "{} - - [{date}] \"{request}\" {status} {length}", self.client);
    }

    fn coloured(&self, status: Status) -> String {
        let code = status.code();
        let colour = match code.as_bytes()[0] {
            b'4' => 33, // yellow
            b'5' => 31, // red
            _ => 32,    // green
        };
        match self.style {
            Style::Coloured => format!("\x1b[{colour}m{code}\x1b[0m"),
            Style::Quiet | Style::Plain => code.to_owned(),
        }
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

    fn logged(
        style: Style,
        target: Option<&str>,
        error: Option<Error>,
        status: Status,
    ) -> AccessLog {
        let (method, version) = ("GET", Version::Http11);
        let request_line = target.map(|target| RequestLine { method, target, version });
        let time = SystemTime::UNIX_EPOCH;
        let mut log = AccessLog::new(style, Ipv4Addr::LOCALHOST.into());
        log.add(&Entry { time, error, request_line, status, length: 0 });
        log
    }

    #[track_caller]
    fn assert_line(style: Style, target: Option<&str>, status: Status, expected: &str) {
        let expected = format!("127.0.0.1 - - [01/Jan/1970:00:00:00 +0000] {expected}\n");
        assert_eq!(logged(style, target, None, status).lines, expected);
    }

    #[test]
    fn a_line_is_in_common_log_format() {
        use Style::{Coloured, Plain};
        assert_line(Plain, Some("/a"), Status::OK, "\"GET /a HTTP/1.1\" 200 -");
        assert_line(Plain, None, Status::BAD_REQUEST, "\"-\" 400 -");
        assert_line(Coloured, None, Status::OK, "\"-\" \x1b[32m200\x1b[0m -");
        assert_line(Coloured, None, Status::BAD_REQUEST, "\"-\" \x1b[33m400\x1b[0m -");
        assert_line(Coloured, None, Status::INTERNAL_SERVER_ERROR, "\"-\" \x1b[31m500\x1b[0m -");
        assert_eq!(logged(Style::Quiet, None, None, Status::OK).lines, "");
    }

    #[test]
    fn a_target_cannot_end_the_quotes() {
        let line = "\"GET /\\x22\\x5C HTTP/1.1\" 200 -";
        assert_line(Style::Plain, Some("/\"\\"), Status::OK, line);
    }

    #[test]
    fn a_client_that_speaks_tls_is_noted() {
        let note = |error| logged(Style::Plain, None, Some(error), Status::BAD_REQUEST).notes;
        assert_eq!(note(Error::TLS), "cookies: 127.0.0.1 speaks TLS; this is plain HTTP\n");
        assert_eq!(note(Error::METHOD), "");
    }
}
