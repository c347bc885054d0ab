//! One client's conversation, without its socket: bytes in, bytes out.
//!
//! ```text
//! GET / HTTP/1.1\r\n…\r\n\r\nGET /set-co      HTTP/1.1 200 OK\r\n…
//! └───────┬─────────────────┘└────┬─────┘      └──────┬────────────
//!      answered                waits for more       answers
//! ```
//!
//! Requests may come in pieces, or many at once (*pipelined*, RFC 9112 §9.3.2); the answers are the
//! same, in the same order. What understands HTTP is all here and below, and never sees a socket, so
//! that a test can say anything to it.

use crate::error::Error;
use crate::limits;
use crate::parse::{self, Head, Progress, RequestLine};
use crate::request::Request;
use crate::response::{Persistence, Response};
use crate::status::Status;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

/// What has come from one client and is not answered, and what is answered and not written.
///
/// ```
/// use cookies_from_scratch::{conversation::{Conversation, Next}, response::Response, status::Status};
/// let page = |request: &cookies_from_scratch::request::Request| Response::new(Status::Ok, request.time);
/// let mut conversation = Conversation::default();
/// conversation.receive(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
/// let next = conversation.answer(&page, std::time::SystemTime::now(), &mut |_| {});
/// assert_eq!(next, Next::Read);
/// assert!(conversation.answers().starts_with(b"HTTP/1.1 200 OK\r\n"));
/// ```
#[derive(Debug, Default)]
pub struct Conversation {
    /// Space for what comes; `answered..filled` is what came and waits.
    space: Vec<u8>,
    answered: usize,
    filled: usize,
    progress: Progress,
    answers: Vec<u8>,
}

/// What the conversation needs now. In each case its answers are to be written first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// More bytes from the client.
    Read,
    /// Nothing but to go on: enough answers have come together to be written.
    GoOn,
    /// An end, as client and server have agreed: nothing more comes.
    Close,
    /// An end while the client may still be sending.
    DrainAndClose,
}

/// A request and its answer, for the log.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// The first line of the request, if it could be read.
    pub request_line: Option<RequestLine<'a>>,
    /// The answer.
    pub response: &'a Response,
    /// How many bytes of body were sent.
    pub body_length: usize,
}

impl Conversation {
    /// Space for the next bytes from the client; never empty. Say with [`filled`](Self::filled) how
    /// many came.
    pub fn space(&mut self) -> &mut [u8] {
        self.space.copy_within(self.answered..self.filled, 0);
        self.filled -= self.answered;
        self.answered = 0;
        if self.filled == 0 {
            // Idle: what a large head took is given back.
            self.space.truncate(limits::FIRST_READ);
            self.space.shrink_to_fit();
        }
        if self.filled == self.space.len() {
            self.space.resize((2 * self.filled).max(limits::FIRST_READ), 0);
        }
        &mut self.space[self.filled..]
    }

    /// The client has sent `length` bytes, and they are in the [`space`](Self::space).
    pub fn filled(&mut self, length: usize) {
        self.filled += length;
    }

    /// The client has sent `bytes`.
    pub fn receive(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let space = self.space();
            let length = space.len().min(bytes.len());
            space[..length].copy_from_slice(&bytes[..length]);
            self.filled(length);
            bytes = &bytes[length..];
        }
    }

    /// Whether a head has begun that is not complete.
    pub fn awaits_rest_of_head(&self) -> bool {
        self.progress.has_begun()
    }

    /// The bytes to be written.
    pub fn answers(&self) -> &[u8] {
        &self.answers
    }

    /// The answers have been written.
    pub fn clear_answers(&mut self) {
        self.answers.clear();
        self.answers.shrink_to(limits::FIRST_READ);
    }

    /// Answers what has come, with `page`, at `time`. Each exchange is shown to `record`.
    ///
    /// A page that panics becomes a 500.
    pub fn answer(
        &mut self,
        page: &impl Fn(&Request<'_>) -> Response,
        time: SystemTime,
        record: &mut dyn FnMut(&Exchange<'_>),
    ) -> Next {
        while self.answers.len() < limits::ANSWERS {
            let waiting = &self.space[self.answered..self.filled];
            let answer = match parse::head(waiting, &mut self.progress) {
                Ok(None) => return Next::Read,
                Ok(Some(head)) => Answer::to(&head, page, time),
                Err(error) => Answer::refusing(error, time, waiting),
            };
            answer.write(&mut self.answers, record);
            self.answered += answer.head_length;
            self.progress = Progress::default();
            if answer.persistence == Persistence::Close {
                // What follows the last request is never answered.
                let more_may_come = answer.body_follows || self.answered < self.filled;
                return if more_may_come { Next::DrainAndClose } else { Next::Close };
            }
        }
        Next::GoOn
    }

    /// Answers a head that did not come in time.
    pub fn time_out(&mut self, time: SystemTime, record: &mut dyn FnMut(&Exchange<'_>)) {
        let waiting = &self.space[self.answered..self.filled];
        Answer::refusing(Error::Timeout, time, waiting).write(&mut self.answers, record);
    }
}

/// A response, and what is to be said and done around it.
struct Answer<'a> {
    request_line: Option<RequestLine<'a>>,
    head_length: usize,
    /// Whether the client may be sending what is no request: a body, or the rest of a bad one.
    body_follows: bool,
    to_head: bool,
    persistence: Persistence,
    response: Response,
}

impl<'a> Answer<'a> {
    /// The answer to `head`: the page's, or why there is none.
    fn to(head: &Head<'a>, page: &impl Fn(&Request<'_>) -> Response, time: SystemTime) -> Self {
        let (response, persistence, body_follows) = match Request::new(head, time) {
            Ok(request) => {
                // A page that panics has changed nothing that lives on.
                let response =
                    catch_unwind(AssertUnwindSafe(|| page(&request))).unwrap_or_else(|_| {
                        let sentence = "This page failed; the terminal of the server says why.";
                        Response::new(Status::InternalServerError, time).with_sentence(sentence)
                    });
                (response, request.persistence, request.body_follows)
            }
            Err(error) => (Response::refusal(error, time), Persistence::Close, true),
        };
        Self {
            request_line: Some(head.request_line),
            head_length: head.length,
            body_follows,
            to_head: head.request_line.method == "HEAD",
            persistence,
            response,
        }
    }

    /// The answer to bytes that are no head. After them, nothing is certain any more.
    fn refusing(error: Error, time: SystemTime, bytes: &[u8]) -> Self {
        Self {
            request_line: None,
            head_length: 0,
            body_follows: true,
            to_head: bytes.trim_ascii_start().starts_with(b"HEAD "),
            persistence: Persistence::Close,
            response: Response::refusal(error, time),
        }
    }

    fn write(&self, answers: &mut Vec<u8>, record: &mut dyn FnMut(&Exchange<'_>)) {
        self.response.write(self.to_head, self.persistence, answers);
        record(&Exchange {
            request_line: self.request_line,
            response: &self.response,
            body_length: if self.to_head { 0 } else { self.response.content_length() },
        });
    }
}
