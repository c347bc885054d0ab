//! One line for each request, in Common Log Format.
//!
//! ```text
//! 127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /set-cookie HTTP/1.1" 200 2326
//! ```
//!
//! No cookie is in it: whoever reads a log may not read everybody's sessions.

use crate::conversation::Exchange;
use crate::date::HttpDate;
use crate::parse::Version;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::net::IpAddr;
use std::time::SystemTime;

/// Whether and how requests are logged to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLog {
    /// Not at all.
    Quiet,
    /// A line each.
    Plain,
    /// A line each, the status in colour.
    Coloured,
}

impl AccessLog {
    /// Colour only where somebody sees it, and has not asked for none (<https://no-color.org>).
    pub fn for_stdout() -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if io::stdout().is_terminal() && !no_colour { Self::Coloured } else { Self::Plain }
    }

    /// Runs `answer`, and writes the lines of all exchanges that it records at once.
    ///
    /// A standard output that is closed loses the lines and changes nothing else.
    pub fn record_all<T>(
        self,
        client: IpAddr,
        answer: impl FnOnce(&mut dyn FnMut(&Exchange<'_>)) -> T,
    ) -> T {
        if self == Self::Quiet {
            return answer(&mut |_| {});
        }
        let mut lines = String::new();
        let result =
            answer(&mut |exchange| self.add_line(&mut lines, client, SystemTime::now(), exchange));
        if !lines.is_empty() {
            let _ = io::stdout().lock().write_all(lines.as_bytes());
        }
        result
    }

    /// `host ident authuser [date] "request" status bytes`, with `-` for what is not known.
    fn add_line(
        self,
        lines: &mut String,
        client: IpAddr,
        time: SystemTime,
        exchange: &Exchange<'_>,
    ) {
        let date = HttpDate::new(time).unwrap_or(HttpDate::LAST).in_common_log_format();
        let status = exchange.response.status().code();
        let (colour, end) = match (self, status) {
            (Self::Coloured, ..400) => ("\x1b[32m", "\x1b[0m"),
            (Self::Coloured, ..500) => ("\x1b[33m", "\x1b[0m"),
            (Self::Coloured, _) => ("\x1b[31m", "\x1b[0m"),
            _ => ("", ""),
        };
        let request = exchange.request_line.map_or("-".to_owned(), |line| {
            let version = if line.version == Version::Http10 { "1.0" } else { "1.1" };
            escape(&format!("{} {} HTTP/{version}", line.method, line.target))
        });
        let length = match exchange.body_length {
            0 => "-".to_owned(),
            length => length.to_string(),
        };
        // Writing to a String cannot fail.
        let _ =
            writeln!(lines, "{client} - - [{date}] \"{request}\" {colour}{status}{end} {length}");
    }
}

/// A request line is visible ASCII; so only what would end the quotes can forge a line.
fn escape(request_line: &str) -> String {
    request_line.replace('\\', "\\x5C").replace('"', "\\x22")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::RequestLine;
    use crate::response::Response;
    use crate::status::Status;

    #[track_caller]
    fn assert_line(log: AccessLog, target: Option<&str>, expected: &str) {
        let response = Response::new(Status::NotFound, SystemTime::UNIX_EPOCH);
        let request_line =
            target.map(|target| RequestLine { method: "GET", target, version: Version::Http11 });
        let exchange = Exchange { request_line, response: &response, body_length: 0 };
        let mut lines = String::new();
        log.add_line(&mut lines, IpAddr::from([127, 0, 0, 1]), SystemTime::UNIX_EPOCH, &exchange);
        assert_eq!(lines, format!("127.0.0.1 - - [01/Jan/1970:00:00:00 +0000] {expected}\n"));
    }

    #[test]
    fn a_line_is_in_common_log_format() {
        assert_line(AccessLog::Plain, Some("/a"), "\"GET /a HTTP/1.1\" 404 -");
        assert_line(AccessLog::Plain, None, "\"-\" 404 -");
        assert_line(AccessLog::Coloured, None, "\"-\" \x1b[33m404\x1b[0m -");
    }

    #[test]
    fn a_target_cannot_end_the_quotes() {
        assert_line(AccessLog::Plain, Some("/\"\\"), "\"GET /\\x22\\x5C HTTP/1.1\" 404 -");
    }
}
