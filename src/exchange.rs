//! An exchange: what came of a request, what it means, and whether another may follow.

use crate::error::Error;
use crate::parse::{begun, largest_field};
use crate::request::{Persistence, Request};
use std::borrow::Cow;

/// An exchange without its response.
#[derive(Debug)]
pub struct Exchange<'a> {
    /// The head of the request, or as much as has come of it.
    pub received: &'a [u8],
    /// What the request means, or why it is refused.
    pub request: Result<Request<'a>, Error>,
    /// Whether the connection stays open.
    pub persistence: Persistence,
}

impl<'a> Exchange<'a> {
    /// The exchange that begins with what was `received`. A refusal closes the connection, since
    /// nobody knows where the next request begins.
    pub fn new(received: &'a [u8], request: Result<Request<'a>, Error>) -> Self {
        let persistence = request.as_ref().map_or(Persistence::Close, |it| it.persistence);
        Self { received: begun(received), request, persistence }
    }

    /// The first line that was received and is not empty: the request line, if the request is valid. A bare
    /// CR ends it, too: the log must not show the fields after it.
    pub fn first_line(&self) -> &'a [u8] {
        let mut lines = self.received.split(|byte| matches!(byte, b'\r' | b'\n'));
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// Why `received` is refused, as a sentence. If the head is too large, the sentence names the field at fault
/// (RFC 6585 §5).
pub fn reason(error: Error, received: &[u8]) -> Cow<'static, str> {
    let sentence = error.sentence;
    if error != Error::HEAD_TOO_LARGE {
        return sentence.into();
    }
    let Some(name) = largest_field(received) else {
        return format!("{sentence} Send less.").into();
    };
    let advice = if name.eq_ignore_ascii_case("Cookie") {
        "Delete the cookies of this host in the browser: all programs on this host share them, \
         whatever their port."
    } else {
        "Send less of it."
    };
    format!("{sentence} The largest field is {name}. {advice}").into()
}
