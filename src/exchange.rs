//! An exchange: a request, or what came of it, and its response.

use crate::error::Error;
use crate::parse::{Head, begun, largest_field};
use crate::request::{Persistence, Request};
use crate::response::Response;
use crate::token::first_token;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

/// What is answered and what is logged, all at once.
#[derive(Debug)]
pub struct Exchange<'a> {
    /// When it was answered.
    pub time: SystemTime,
    /// The head of the request, or as much as has come of it.
    pub received: &'a [u8],
    /// What the request means, or why it is refused.
    pub request: Result<Request<'a>, Error>,
    /// What is answered.
    pub response: Response,
    /// Whether the connection stays open.
    pub persistence: Persistence,
}

impl<'a> Exchange<'a> {
    /// The answer of `handler` to `head`, which is all that was `received`; or a refusal.
    pub fn new(
        head: &Head<'a>,
        received: &'a [u8],
        handler: &impl Fn(&Request<'_>) -> Response,
        time: SystemTime,
    ) -> Self {
        match Request::new(head, time) {
            Err(error) => Self::refused(error, received, time),
            Ok(request) => Self {
                time,
                received: begun(received),
                response: answer(&request, handler),
                persistence: request.persistence,
                request: Ok(request),
            },
        }
    }

    /// A refusal of what was `received`. Nothing is certain after it.
    pub fn refused(error: Error, received: &'a [u8], time: SystemTime) -> Self {
        let received = begun(received);
        let response =
            Response::new(error.status, time).with_plain_page("p", &reason(error, received));
        Self { time, received, request: Err(error), response, persistence: Persistence::Close }
    }

    /// The first line that was received and is not empty: the request line, if the request is valid. A bare
    /// CR ends it, too: the log must not show the fields after it.
    pub fn first_line(&self) -> &'a [u8] {
        let mut lines = self.received.split(|byte| matches!(byte, b'\r' | b'\n'));
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// Whether the client may be sending what is no request: a body, or the rest of a bad one.
    pub fn body_follows(&self) -> bool {
        self.request.as_ref().map_or(true, |request| request.body_follows)
    }

    /// How many bytes of content the client gets.
    pub fn content_length(&self) -> usize {
        if self.is_for_head() { 0 } else { self.response.content_length() }
    }

    /// Adds the response to `answers`, and returns its bytes.
    pub fn write<'b>(&self, answers: &'b mut Vec<u8>) -> &'b [u8] {
        let start = answers.len();
        self.response.write(self.is_for_head(), self.persistence, answers);
        &answers[start..]
    }

    fn is_for_head(&self) -> bool {
        first_token(self.received) == b"HEAD"
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

/// What `handler` answers. If it panics, it has changed nothing that lives on: so we may go on.
fn answer(request: &Request<'_>, handler: &impl Fn(&Request<'_>) -> Response) -> Response {
    catch_unwind(AssertUnwindSafe(|| handler(request)))
        .unwrap_or_else(|_| Response::refusal(Error::PANIC, request.time))
}
