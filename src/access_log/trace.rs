//! A request and its response as they travelled, like the output of `curl -v`.
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
use crate::refusal::Refusal;
use crate::request::{CloseReason, Persistence, Request};
use crate::response::Response;
use crate::visible::visible;

/// What a line begins with, and its colour on a terminal.
type Mark = (char, u8);
const NOTE: Mark = ('*', 90); // grey
const CAME: Mark = ('>', 36); // cyan
const WENT: Mark = ('<', 35); // magenta

/// A request, whose head was `received`, and its response, between a `title` and an empty line.
pub(super) fn block(
    title: &str,
    received: &[u8],
    request: &Result<Request<'_>, Refusal>,
    response: &Response<'_>,
) -> String {
    let mut block = note(title);
    block += &head(CAME, received);
    match request {
        Ok(request) => {
            for (name, value) in request.cookies.iter() {
                let name = if name.is_empty() { "without a name" } else { name };
                block += &note(&format!("cookie {name} = {value}"));
            }
        }
        Err(refusal) => block += &note(&format!("refused: {}", refusal.reason(received))),
    }
    block += &head(WENT, response.sent());
    if response.body_bytes > 0 {
        block += &note(&format!("{} bytes of content", response.body_bytes));
    }
    let after = what_comes_after(response.persistence);
    block + &note(&format!("The connection {after}.")) + "\n"
}

fn note(text: &str) -> String {
    line(NOTE, text.as_bytes())
}

/// The lines of a head, or of its beginning. The body after it is left out.
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
fn what_comes_after(persistence: Persistence) -> &'static str {
    match persistence {
        Persistence::Implied => "stays open, as it does in HTTP/1.1 unless one side says close",
        Persistence::KeepAlive => "stays open, for this client of HTTP/1.0 asks for it: keep-alive",
        Persistence::Close(reason) => match reason {
            CloseReason::ClientAsked => "closes: the client said close",
            CloseReason::Http10 => "closes, as it does in HTTP/1.0 unless both say keep-alive",
            CloseReason::BodyFollows => "closes: a body may follow, and this server reads none",
            CloseReason::Refused => "closes, as it does here after each request that is refused",
            CloseReason::Ending => "closes: the server stops, or descriptors have run out",
        },
    }
}
