//! One client's conversation, without its socket: bytes in, bytes out. This is called *sans-IO*.
//!
//! ```text
//! GET / HTTP/1.1\r\n…\r\n\r\nGET /set-co      HTTP/1.1 200 OK\r\n…
//! └───────┬─────────────────┘└────┬─────┘      └──────┬────────────
//!      answered                waits for more       answers
//! ```
//!
//! A request may come in many packets, and a packet may hold many requests (*pipelining*, RFC 9112 §9.3.2).
//! However the bytes are cut, the answers are the same, in the same order. Nothing here or below sees a
//! socket, so a test can send it any bytes.

use crate::access_log::{AccessLog, Entries};
use crate::limits;
use crate::parse::{self, Field, Progress, skip_empty_lines};
use crate::refusal::Refusal;
use crate::request::{CloseReason, Persistence, Request};
use crate::response::Response;
use crate::set_cookie::SetCookieLine;
use crate::space::emptied;
use crate::status::Status;
use crate::token::first_token;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

const PANIC: &str = "This page failed; the terminal of the server says why.";

/// The requests of one client that are not answered yet.
#[derive(Debug, Default)]
pub struct Conversation {
    /// Bytes that have come and are not answered.
    unanswered: Vec<u8>,
    /// How far the search for the end of the first head in `unanswered` has come.
    progress: Progress,
    log: AccessLog,
    /// Whether to close after answering the requests that have come completely.
    pub is_ending: bool,
}

/// What a conversation makes: bytes for the client, and entries for the log. All connections of a worker use
/// the same one in turn, so that a request allocates nothing.
#[derive(Debug, Default)]
pub struct Output {
    /// The bytes for the client. The caller clears them before the next call, once they are written.
    pub answers: Vec<u8>,
    /// Entries for the log.
    pub(crate) entries: Entries,
    /// Memory for the fields of a request. Empty between two requests (see `space`).
    fields: Vec<Field<'static>>,
    /// Memory for the `Set-Cookie` lines of a response.
    set_cookies: Vec<SetCookieLine>,
}

/// What the caller must do once the answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait for another request. None has begun.
    AwaitRequest,
    /// Wait for the rest of a head that has begun.
    AwaitRestOfHead,
    /// Call [`Conversation::answer`] again: more bytes have come, but enough answers wait to be written.
    GoOn,
    /// Close the connection. The client expects that, and has sent nothing more.
    Close,
    /// Read and drop what the client may still be sending, then close.
    DrainAndClose,
}

impl Conversation {
    /// A conversation that begins, with a log of its own.
    pub(crate) fn new(log: AccessLog) -> Self {
        Self { log, ..Self::default() }
    }

    /// Answers the whole requests among the bytes so far, `received` included, until enough answers wait to
    /// be written. If the handler panics, the response is a 500.
    pub fn answer(
        &mut self,
        received: &[u8],
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        time: SystemTime,
        output: &mut Output,
    ) -> Next {
        let mut earlier = mem::take(&mut self.unanswered);
        if earlier.is_empty() {
            // This is the usual case, and copies only a head that is incomplete.
            let (answered, next) = self.answer_each(received, handler, time, output);
            self.unanswered = received[answered..].to_vec();
            return next;
        }
        earlier.extend_from_slice(received);
        let (answered, next) = self.answer_each(&earlier, handler, time, output);
        // A copy gives back the memory of what is answered.
        self.unanswered = if answered == 0 { earlier } else { earlier[answered..].to_vec() };
        next
    }

    /// Answers the requests in `bytes`. Also returns how many of the bytes are done with.
    fn answer_each(
        &mut self,
        bytes: &[u8],
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        time: SystemTime,
        output: &mut Output,
    ) -> (usize, Next) {
        let mut rest = bytes;
        let next = loop {
            let begun = skip_empty_lines(rest);
            if begun.is_empty() {
                break Next::AwaitRequest;
            }
            if output.answers.len() >= limits::MAX_PENDING_ANSWER_BYTES {
                break Next::GoOn;
            }
            rest = begun;
            let Some((head, mut request)) = self.read_request(rest, output) else {
                break Next::AwaitRestOfHead;
            };
            rest = &rest[head.len()..];
            // A conversation that ends says so in this response, unless the whole next request is here, too.
            if let Ok(request) = &mut request {
                let stays_open = !matches!(request.persistence, Persistence::Close(_));
                if self.is_ending && stays_open && !can_be_answered(rest) {
                    request.persistence = Persistence::Close(CloseReason::Ending);
                }
            }
            let persistence = self.respond(head, &request, handler, time, output);
            if let Persistence::Close(reason) = persistence {
                let is_client_done = rest.is_empty()
                    && matches!(reason, CloseReason::ClientAsked | CloseReason::Http10);
                // Bytes after the last request are never answered: a body, or the rest of a bad request.
                rest = &[];
                break if is_client_done { Next::Close } else { Next::DrainAndClose };
            }
        };
        (bytes.len() - rest.len(), next)
    }

    /// Reads the first request in `bytes`: its head, and what that means or why it is refused. The end of an
    /// invalid head is unknown, so it is all of `bytes`. `None` if the head is incomplete.
    fn read_request<'a>(
        &mut self,
        bytes: &'a [u8],
        output: &mut Output,
    ) -> Option<(&'a [u8], Result<Request<'a>, Refusal>)> {
        let fields = mem::take(&mut output.fields);
        let head = match parse::head(bytes, &mut self.progress, fields) {
            Ok(head) => head,
            // Not a refusal yet: `time_out` may make it one.
            Err(Refusal::INCOMPLETE) => return None,
            Err(refusal) => return Some((bytes, Err(refusal))),
        };
        self.progress = Progress::default();
        let request = Request::new(&head);
        // The same memory, without the lifetime of this request.
        output.fields = emptied(head.fields);
        Some((&bytes[..head.length], request))
    }

    /// Answers a head that has begun and did not come in time.
    pub fn time_out(&mut self, time: SystemTime, output: &mut Output) {
        let head = mem::take(&mut self.unanswered);
        self.respond(&head, &Err(Refusal::INCOMPLETE), &|_, _| {}, time, output);
    }

    /// Writes the response of `handler` to a request, or a refusal, and adds the entry in the log. Returns
    /// whether the connection stays open.
    fn respond(
        &mut self,
        head: &[u8],
        request: &Result<Request<'_>, Refusal>,
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        time: SystemTime,
        output: &mut Output,
    ) -> Persistence {
        let refused = Persistence::Close(CloseReason::Refused);
        let persistence = request.as_ref().map_or(refused, |request| request.persistence);
        let Output { answers, set_cookies, entries, .. } = output;
        // A refusal, too, has no body if the method is HEAD.
        let is_for_head = first_token(head) == b"HEAD";
        let mut response = Response::new(answers, set_cookies, time, persistence, is_for_head);
        match request {
            // A refusal is always HTML: the request's `Accept` may not have been read.
            Err(refusal) => {
                response.plain_page(refusal.status, "p", &refusal.reason(head));
            }
            Ok(request) => {
                let answer = AssertUnwindSafe(|| handler(request, &mut response));
                // A panic only leaves a response half done. It begins anew, so the connection stays open.
                if catch_unwind(answer).is_err() {
                    // `plain_page` replaces all else that the handler may have changed.
                    (response.time, response.allow) = (time, false);
                    response.plain_page(Status::INTERNAL_SERVER_ERROR, "p", PANIC);
                }
                response.finish();
            }
        }
        self.log.add(head, request, &response, entries);
        persistence
    }
}

/// Whether these bytes begin with a whole request, or with one that is refused.
fn can_be_answered(bytes: &[u8]) -> bool {
    let head = parse::head(skip_empty_lines(bytes), &mut Progress::default(), Vec::new());
    !matches!(head, Err(Refusal::INCOMPLETE))
}
