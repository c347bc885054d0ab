//! One client's conversation, without its socket: bytes in, bytes out. This is called *sans-IO*.
//!
//! ```text
//! GET / HTTP/1.1\r\n…\r\n\r\nGET /set-co      HTTP/1.1 200 OK\r\n…
//! └───────┬─────────────────┘└────┬─────┘      └──────┬────────────
//!      answered                waits for more       answers
//! ```
//!
//! Requests may come in any number of packets, or many at once (*pipelined*, RFC 9112 §9.3.2); the answers
//! are the same, in the same order. Nothing here or below sees a socket: a test can say anything to it.

use crate::access_log::{AccessLog, Entries};
use crate::error::Error;
use crate::exchange::{Exchange, reason};
use crate::limits;
use crate::parse::{self, Field, Progress};
use crate::request::{Persistence, Request};
use crate::response::Response;
use crate::set_cookie::SetCookieLine;
use crate::space::emptied;
use crate::token::first_token;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

/// The requests of one client that are not answered yet.
///
/// ```
/// use cookies_from_scratch::conversation::{Conversation, Next, Output};
/// use cookies_from_scratch::{request::Request, response::Response, status::Status};
/// use std::time::SystemTime;
/// let handler = |_: &Request, response: &mut Response| response.status = Status::NOT_FOUND;
/// let (mut conversation, mut output) = (Conversation::default(), Output::default());
/// let received = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /";
///
/// let next = conversation.answer(received, &handler, SystemTime::now(), &mut output);
/// assert_eq!(next, Next::AwaitRestOfHead);
/// assert!(output.answers.starts_with(b"HTTP/1.1 404 Not Found\r\n"));
///
/// output.answers.clear();
/// conversation.time_out(SystemTime::now(), &mut output);
/// assert!(output.answers.starts_with(b"HTTP/1.1 408 "));
/// ```
#[derive(Debug, Default)]
pub struct Conversation {
    /// What has come and is not answered.
    unanswered: Vec<u8>,
    /// How far the search for the end of its first head has come.
    progress: Progress,
    log: AccessLog,
    /// Whether to close after the last request that has come whole.
    pub is_ending: bool,
}

/// What a conversation makes: bytes for the client, and entries for the log. One serves many conversations.
#[derive(Debug, Default)]
pub struct Output {
    /// The bytes to be written. The caller clears them once they are written.
    pub answers: Vec<u8>,
    /// Space for the fields of one request, and for the lines of its response.
    fields: Vec<Field<'static>>,
    set_cookies: Vec<SetCookieLine>,
    /// What is to be printed.
    pub(crate) entries: Entries,
}

/// What the conversation needs now, once its answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another request, if the client has one. An empty line does not begin one.
    AwaitRequest,
    /// The rest of a head that has begun.
    AwaitRestOfHead,
    /// Another call: more requests have come, but enough answers wait to be written.
    GoOn,
    /// To be closed, as the client asked: it has promised to send nothing more.
    Close,
    /// To be closed while the client may still be sending.
    DrainAndClose,
}

impl Conversation {
    /// A conversation that begins, with a log of its own.
    pub(crate) fn new(log: AccessLog) -> Self {
        Self { log, ..Self::default() }
    }

    /// Answers each whole request among the bytes so far, `received` included. A handler that panics becomes
    /// a 500.
    pub fn answer(
        &mut self,
        received: &[u8],
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        time: SystemTime,
        output: &mut Output,
    ) -> Next {
        let mut earlier = mem::take(&mut self.unanswered);
        if earlier.is_empty() {
            // This is the usual case, and copies nothing.
            let (answered, next) = self.answer_each(received, handler, time, output);
            self.unanswered = received[answered..].to_vec();
            return next;
        }
        earlier.extend_from_slice(received);
        let (answered, next) = self.answer_each(&earlier, handler, time, output);
        if answered < earlier.len() {
            earlier.drain(..answered);
            self.unanswered = earlier;
        }
        next
    }

    /// Answers the requests in `bytes`. Returns how many bytes they take, too.
    fn answer_each(
        &mut self,
        bytes: &[u8],
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        time: SystemTime,
        output: &mut Output,
    ) -> (usize, Next) {
        let mut waiting = bytes;
        let next = loop {
            if output.answers.len() >= limits::MAX_PENDING_ANSWER_BYTES {
                break Next::GoOn;
            }
            if parse::begun(waiting).is_empty() {
                break Next::AwaitRequest;
            }
            let Some(mut exchange) = self.read_exchange(&mut waiting, output) else {
                break Next::AwaitRestOfHead;
            };
            if self.is_ending && !is_answerable(waiting) {
                exchange.persistence = Persistence::Close;
            }
            self.respond(&exchange, handler, time, output);
            if exchange.persistence == Persistence::Close {
                // What follows the last request is never answered: a body, or the rest of a bad request.
                let body_follows = exchange.request.map_or(true, |request| request.body_follows);
                let more_may_come = self.is_ending || body_follows || !waiting.is_empty();
                waiting = &[];
                break if more_may_come { Next::DrainAndClose } else { Next::Close };
            }
        };
        (bytes.len() - waiting.len(), next)
    }

    /// Reads the first request in `waiting`, and removes a valid head from there. `None` if more must come.
    fn read_exchange<'a>(
        &mut self,
        waiting: &mut &'a [u8],
        output: &mut Output,
    ) -> Option<Exchange<'a>> {
        let fields = mem::take(&mut output.fields);
        let head = parse::head(waiting, &mut self.progress, fields).transpose()?;
        self.progress = Progress::default();
        let head = match head {
            Ok(head) => head,
            Err(error) => return Some(Exchange::new(waiting, Err(error))),
        };
        let (received, rest) = waiting.split_at(head.length);
        *waiting = rest;
        let request = Request::new(&head);
        output.fields = emptied(head.fields);
        Some(Exchange::new(received, request))
    }

    /// Answers a head that has begun, and did not come in time.
    pub fn time_out(&mut self, time: SystemTime, output: &mut Output) {
        let unanswered = mem::take(&mut self.unanswered);
        let exchange = Exchange::new(&unanswered, Err(Error::TIMEOUT));
        let handler = |_: &Request<'_>, _: &mut Response<'_>| unreachable!("it is refused");
        self.respond(&exchange, &handler, time, output);
    }

    /// Writes the response of `handler` to a request, or a refusal, and adds the entry in the log.
    fn respond(
        &mut self,
        exchange: &Exchange<'_>,
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        time: SystemTime,
        output: &mut Output,
    ) {
        let Output { answers, set_cookies, entries, .. } = output;
        let is_for_head = first_token(exchange.received) == b"HEAD";
        let mut response =
            Response::new(answers, set_cookies, time, exchange.persistence, is_for_head);
        match &exchange.request {
            // A refusal is HTML, since `Accept` may be unreadable.
            Err(error) => {
                response.plain_page(error.status, "p", &reason(*error, exchange.received));
            }
            Ok(request) => {
                let answer = AssertUnwindSafe(|| handler(request, &mut response));
                // The response begins anew. A handler can change nothing else that lives on: so we go on.
                if catch_unwind(answer).is_err() {
                    (response.time, response.allow) = (time, false);
                    response.plain_page(Error::PANIC.status, "p", Error::PANIC.sentence);
                }
                response.finish();
            }
        }
        self.log.add(exchange, &response, entries);
    }
}

/// Whether these bytes begin with a whole request, or with bytes that will never become one.
fn is_answerable(bytes: &[u8]) -> bool {
    !matches!(parse::head(bytes, &mut Progress::default(), Vec::new()), Ok(None))
}
