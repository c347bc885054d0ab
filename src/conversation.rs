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

mod received;

use crate::access_log::{AccessLog, Entry};
use crate::error::Error;
use crate::limits;
use crate::parse::{self, Head, Progress, RequestLine};
use crate::request::{Persistence, Request};
use crate::response::Response;
use crate::token::first_token;
use received::Received;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

/// What has come from one client and is not answered, and what is answered and not written.
///
/// ```
/// use cookies_from_scratch::conversation::{Conversation, Next};
/// use cookies_from_scratch::{request::Request, response::Response, status::Status};
/// let page = |request: &Request| Response::new(Status::OK, request.time);
/// let mut conversation = Conversation::default();
/// let mut client = &b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"[..];
/// conversation.receive(|space| std::io::Read::read(&mut client, space))?;
/// let next = conversation.answer(&page, std::time::SystemTime::now());
/// assert_eq!(next, Next::AwaitRequest);
/// assert!(conversation.answers.starts_with(b"HTTP/1.1 200 OK\r\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Conversation {
    received: Received,
    progress: Progress,
    /// The bytes to be written. Whoever has written them clears them.
    pub answers: Vec<u8>,
    /// The lines to be logged.
    pub log: AccessLog,
    /// Whether the last of the requests that have come whole is to be the last of all.
    pub is_ending: bool,
}

/// What the conversation needs now, once its answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another request, if the client has one.
    AwaitRequest,
    /// The rest of a head that has begun, if only with an empty line.
    AwaitRestOfHead,
    /// Nothing but to go on: enough answers have come together to be written.
    GoOn,
    /// An end, as the client asked: it has promised to send nothing more.
    Close,
    /// An end while the client may still be sending.
    DrainAndClose,
}

impl Conversation {
    /// A conversation that begins, with a log of its own.
    pub fn new(log: AccessLog) -> Self {
        Self { log, ..Self::default() }
    }

    /// Has `read` put what the client sends behind what has come already. Returns how many bytes those are.
    ///
    /// # Errors
    ///
    /// That of `read`.
    pub fn receive(
        &mut self,
        read: impl FnOnce(&mut [u8]) -> io::Result<usize>,
    ) -> io::Result<usize> {
        self.received.add(read)
    }

    /// Whether there may be more to receive at once.
    pub fn may_receive_more(&self) -> bool {
        self.received.is_full
    }

    /// Forgets what has come.
    pub fn forget(&mut self) {
        self.received.remove(self.received.as_slice().len());
    }

    /// Answers what has come, with `page`, at `time`. A page that panics becomes a 500.
    pub fn answer(&mut self, page: &impl Fn(&Request<'_>) -> Response, time: SystemTime) -> Next {
        let mut answered = 0;
        let next = loop {
            if self.answers.len() >= limits::ANSWERS {
                break Next::GoOn;
            }
            let waiting = &self.received.as_slice()[answered..];
            if waiting.is_empty() {
                break Next::AwaitRequest;
            }
            let mut answer = match parse::head(waiting, &mut self.progress) {
                Ok(Some(head)) => Answer::to(&head, waiting, page, time),
                Err(error) => Answer::refusing(error, parse::begun(waiting), time),
                Ok(None) => break Next::AwaitRestOfHead,
            };
            answered += answer.received.len();
            if self.is_ending && !is_answerable(&self.received.as_slice()[answered..]) {
                answer.persistence = Persistence::Close;
            }
            answer.write(time, &mut self.answers, &mut self.log);
            self.progress = Progress::default();
            if answer.persistence == Persistence::Close {
                // What follows the last request is never answered.
                let is_last = answered == self.received.as_slice().len();
                let more_may_come = answer.body_follows() || !is_last;
                break if more_may_come { Next::DrainAndClose } else { Next::Close };
            }
        };
        self.received.remove(answered);
        next
    }

    /// Gives back the space of what has been read and written. Whoever waits for long needs none.
    pub fn rest(&mut self) {
        self.received.shrink();
        self.answers.shrink_to_fit();
    }

    /// Answers a head that did not come in time. An empty line asks for nothing, and gets no answer.
    pub fn time_out(&mut self, time: SystemTime) {
        let begun = parse::begun(self.received.as_slice());
        if !begun.is_empty() {
            let answer = Answer::refusing(Error::TIMEOUT, begun, time);
            answer.write(time, &mut self.answers, &mut self.log);
        }
    }
}

/// Whether these bytes begin with a request that has come whole, or with what will never be one.
fn is_answerable(bytes: &[u8]) -> bool {
    !matches!(parse::head(bytes, &mut Progress::default()), Ok(None))
}

/// A response, and what is to be said and done around it.
struct Answer<'a> {
    request_line: Option<RequestLine<'a>>,
    /// What was understood, or why nothing was.
    request: Result<Request<'a>, Error>,
    /// The head that is answered, or what has come of it.
    received: &'a [u8],
    to_head: bool,
    persistence: Persistence,
    response: Response,
}

impl<'a> Answer<'a> {
    /// The answer to `head`, the first of what is `waiting`: the page's, or why there is none.
    fn to(
        head: &Head<'a>,
        waiting: &'a [u8],
        page: &impl Fn(&Request<'_>) -> Response,
        time: SystemTime,
    ) -> Self {
        let request = Request::new(head, time);
        let (response, persistence) = match &request {
            Ok(request) => {
                // A page that panics has changed nothing that lives on: that is why we may go on.
                let response = catch_unwind(AssertUnwindSafe(|| page(request)));
                let response = response.unwrap_or_else(|_| Response::refusal(Error::PANIC, time));
                (response, request.persistence)
            }
            Err(error) => (Response::refusal(*error, time), Persistence::Close),
        };
        Self {
            request_line: Some(head.request_line),
            request,
            received: &waiting[..head.length],
            to_head: head.request_line.method == "HEAD",
            persistence,
            response,
        }
    }

    /// The answer to what has `begun` and will be no head. After it, nothing is certain any more.
    fn refusing(error: Error, begun: &'a [u8], time: SystemTime) -> Self {
        Self {
            request_line: None,
            request: Err(error),
            received: begun,
            to_head: first_token(begun) == b"HEAD",
            persistence: Persistence::Close,
            response: Response::refusal(error, time),
        }
    }

    /// Whether the client may be sending what is no request: a body, or the rest of a bad one.
    fn body_follows(&self) -> bool {
        self.request.as_ref().map_or(true, |request| request.body_follows)
    }

    fn write(&self, time: SystemTime, answers: &mut Vec<u8>, log: &mut AccessLog) {
        let start = answers.len();
        self.response.write(self.to_head, self.persistence, answers);
        log.add(&Entry {
            time,
            request_line: self.request_line,
            request: self.request.as_ref().map_err(|error| *error),
            received: self.received,
            status: self.response.status(),
            length: if self.to_head { 0 } else { self.response.content_length() },
            sent: &answers[start..],
            persistence: self.persistence,
        });
    }
}
