//! One line for each request, in Common Log Format.
//!
//! ```text
//! 127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /set-cookie HTTP/1.1" 200 2326
//! ```
//!
//! It contains no cookie: a reader of the log must not be able to take over sessions. With `--trace`, the log
//! shows each request and its response instead, to learn from.

mod printer;
mod trace;

pub(crate) use printer::Printer;

use crate::date::HttpDate;
use crate::limits;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::response::Response;
use crate::token::{ByteSet, alphanumerics_and};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

/// How much is printed of each request and its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing: `--quiet`.
    Nothing,
    /// One line.
    Line,
    /// All that went over the wire, except the content: `--trace`. It contains the values of cookies.
    Exchange,
}

/// The log of one client's requests.
#[derive(Debug)]
pub(crate) struct AccessLog {
    detail: Detail,
    ip: IpAddr,
    /// The number of the connection, from 1.
    connection: usize,
    /// How many of its requests `--trace` has shown.
    requests: usize,
}

/// Entries that are not printed yet.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// For standard output.
    lines: String,
    /// For standard error.
    notes: String,
}

impl Default for AccessLog {
    /// A log of nothing.
    fn default() -> Self {
        Self::new(Detail::Nothing, Ipv4Addr::UNSPECIFIED.into(), 0)
    }
}

impl AccessLog {
    /// The log of a new client.
    pub(crate) fn new(detail: Detail, ip: IpAddr, connection: usize) -> Self {
        Self { detail, ip, connection, requests: 0 }
    }

    /// Adds an entry to `entries`: the request, with the bytes of its `head` as they came, and its response.
    pub(crate) fn add(
        &mut self,
        head: &[u8],
        request: &Result<Request<'_>, Refusal>,
        response: &Response<'_>,
        entries: &mut Entries,
    ) {
        let Self { ip, connection, .. } = *self;
        match self.detail {
            Detail::Nothing => return,
            Detail::Line => add_line(&mut entries.lines, ip, head, response),
            Detail::Exchange => {
                self.requests += 1;
                let title =
                    format!("connection {connection}, request {}, from {ip}", self.requests);
                entries.lines += &trace::block(&title, head, request, response);
            }
        }
        if matches!(request, Err(Refusal::TLS)) {
            let _ = writeln!(entries.notes, "cookies: {ip} speaks TLS; this is plain HTTP");
        }
    }
}

impl Entries {
    /// Hands all of them to `printer`. A note always comes with a line.
    pub(crate) fn print(&mut self, printer: &Printer) {
        if !self.lines.is_empty() {
            printer.add(&self.lines, &self.notes);
            self.lines.clear();
            self.notes.clear();
        }
    }
}

/// Adds `host ident authuser [date] "request" status bytes`, with `-` for what is unknown, or 0 bytes.
fn add_line(lines: &mut String, ip: IpAddr, head: &[u8], response: &Response<'_>) {
    let date = HttpDate::new(response.time).unwrap_or(HttpDate::LAST);
    // "Sun, 06 Nov 1994 08:49:37 GMT"
    let date = date.as_str();
    let (day, month, year, time) = (&date[5..7], &date[8..11], &date[12..16], &date[17..25]);
    let code = response.status.code();
    let colour = match code.as_bytes()[0] {
        b'4' => 33, // yellow
        b'5' => 31, // red
        _ => 32,    // green
    };
    let _ = write!(lines, "{ip} - - [{day}/{month}/{year}:{time} +0000] \"");
    add_request(lines, head);
    let _ = write!(lines, "\" {} ", painted(code, colour));
    let _ = match response.body_bytes {
        0 => writeln!(lines, "-"),
        length => writeln!(lines, "{length}"),
    };
}

/// The bytes of a request line that are logged as they came: visible ASCII and spaces, without `"` and `\`.
const PLAIN: ByteSet = alphanumerics_and(b" !#$%&'()*+,-./:;<=>?@[]^_`{|}~");

/// Adds the first line of a head, valid or not. Any byte outside [`PLAIN`] becomes an escape, such as `\x22`:
/// a client can neither end the quotes and forge a line (*log injection*), nor control the terminal. A bare
/// CR ends the line, too: the log must not show the fields after it.
fn add_request(lines: &mut String, head: &[u8]) {
    let mut lines_of_head = head.split(|byte| matches!(byte, b'\r' | b'\n'));
    let line = lines_of_head.find(|line| !line.is_empty()).unwrap_or(b"-");
    let start = lines.len();
    for &byte in line {
        if lines.len() - start >= limits::MAX_LOGGED_REQUEST_BYTES {
            *lines += "...";
            return;
        }
        if PLAIN[usize::from(byte)] {
            lines.push(char::from(byte));
        } else {
            let _ = write!(lines, "\\x{byte:02X}");
        }
    }
}

/// Whether standard output is a terminal with colours, and the user wants them (<https://no-color.org>).
static IS_COLOURED: LazyLock<bool> = LazyLock::new(|| {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    io::stdout().is_terminal() && !no_colour && !is_dumb
});

/// `text` in the terminal's `colour`.
fn painted(text: &str, colour: u8) -> Cow<'_, str> {
    if *IS_COLOURED { format!("\x1b[{colour}m{text}\x1b[0m").into() } else { text.into() }
}
