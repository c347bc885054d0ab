//! A whole exchange as it travelled: the server's own `curl -v`.
//!
//! ```text
//! * connection 3, request 2, from 127.0.0.1
//! > GET /set-cookie HTTP/1.1
//! > Host: localhost:5000
//! > Cookie: a=1
//! >
//! * cookie a = 1
//! < HTTP/1.1 200 OK
//! < Set-Cookie: cookie_name=cookie_value; Path=/
//! < Content-Length: 3901
//! <
//! * 3901 bytes of content
//! * The connection stays open, as it does in HTTP/1.1 unless one side says close.
//! ```

use super::painted;
use crate::exchange::{Exchange, reason};
use crate::request::Persistence;
use crate::response::Response;
use crate::visible::visible;

/// The marks of the lines, each with the colour that a terminal shows it in.
type Mark = (char, u8);
const NOTE: Mark = ('*', 90); // grey
const CAME: Mark = ('>', 36); // cyan
const WENT: Mark = ('<', 35); // magenta

/// The whole exchange, between a `title` and an empty line.
pub(super) fn block(title: &str, exchange: &Exchange<'_>, response: &Response<'_>) -> String {
    let mut block = note(title);
    block += &head(CAME, exchange.received);
    match &exchange.request {
        Ok(request) => {
            for (name, value) in request.cookies.iter() {
                let name = if name.is_empty() { "without a name" } else { name };
                block += &note(&format!("cookie {name} = {value}"));
            }
        }
        Err(error) => block += &note(&format!("refused: {}", reason(*error, exchange.received))),
    }
    block += &head(WENT, response.sent());
    if response.content_length() > 0 {
        block += &note(&format!("{} bytes of content", response.content_length()));
    }
    block + &note(what_comes_after(exchange)) + "\n"
}

fn note(text: &str) -> String {
    line(NOTE, text.as_bytes())
}

/// The lines of a head, or of as much of it as there is. What follows is left out.
fn head(mark: Mark, bytes: &[u8]) -> String {
    let mut lines = String::new();
    for bytes in bytes.split_inclusive(|&byte| byte == b'\n') {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        lines += &line(mark, bytes);
        if bytes.is_empty() {
            break;
        }
    }
    lines
}

fn line((mark, colour): Mark, bytes: &[u8]) -> String {
    let blank = if bytes.is_empty() { "" } else { " " };
    painted(&format!("{mark}{blank}{}", visible(bytes)), colour).into_owned() + "\n"
}

/// Why the connection stays open, or closes (RFC 9112 §9.3).
fn what_comes_after(exchange: &Exchange<'_>) -> &'static str {
    match (exchange.persistence, &exchange.request) {
        (Persistence::Implied, _) => {
            "The connection stays open, as it does in HTTP/1.1 unless one side says close."
        }
        (Persistence::KeepAlive, _) => {
            "The connection stays open, for this client of HTTP/1.0 asks for it: keep-alive."
        }
        (Persistence::Close, Err(_)) => {
            "The connection closes, as it does here after each request that is refused."
        }
        (_, Ok(request)) if request.persistence != Persistence::Close => {
            "The connection closes: the server stops, or descriptors have run out."
        }
        (_, Ok(request)) if request.body_follows => {
            "The connection closes: a body may follow, and this server reads none."
        }
        _ if exchange.first_line().ends_with(b"HTTP/1.0") => {
            "The connection closes, as it does in HTTP/1.0 unless both say keep-alive."
        }
        _ => "The connection closes: the client said close.",
    }
}
