//! One client's conversation, without its socket: bytes in, bytes out.
//!
//! ```text
//! GET / HTTP/1.1\r\n…\r\n\r\nGET /set-co      HTTP/1.1 200 OK\r\n…
//! └───────┬─────────────────┘└────┬─────┘      └──────┬────────────
//!      answered                waits for more       answers
//! ```
//!
//! Requests may come in pieces, or many at once (*pipelined*, RFC 9112 §9.3.2); the answers are the
//! same, in the same order. What understands HTTP is all here and below, and never sees a socket:
//! a test can say anything to it.

mod received;

use crate::access_log::AccessLog;
use crate::error::Error;
use crate::exchange::Exchange;
use crate::limits;
use crate::parse::{self, Progress};
use crate::request::{Persistence, Request};
use crate::response::Response;
use received::Received;
use std::io;
use std::time::SystemTime;

/// What has come from one client and is not answered, and what is answered and not written.
///
/// ```
/// use cookies_from_scratch::conversation::{Conversation, Next};
/// use cookies_from_scratch::{request::Request, response::Response, status::Status};
/// use std::{io::Read, time::SystemTime};
/// let page = |request: &Request| Response::new(Status::OK, request.time);
/// let mut conversation = Conversation::default();
/// let mut client = &b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /"[..];
/// conversation.receive(|space| client.read(space))?;
///
/// assert_eq!(conversation.answer(&page, SystemTime::now()), Next::AwaitRestOfHead);
/// assert!(conversation.answers.starts_with(b"HTTP/1.1 200 OK\r\n"));
///
/// conversation.answers.clear();
/// conversation.time_out(SystemTime::now());
/// assert!(conversation.answers.starts_with(b"HTTP/1.1 408 "));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Conversation {
    received: Received,
    progress: Progress,
    /// The bytes to be written. Whoever has written them clears them.
    pub answers: Vec<u8>,
    /// What is to be printed.
    pub(crate) log: AccessLog,
    /// Whether to close behind the last request that has come whole.
    pub is_ending: bool,
}

/// What the conversation needs now, once its answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another request, if the client has one. An empty line is none.
    AwaitRequest,
    /// The rest of a head that has begun.
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
    pub(crate) fn new(log: AccessLog) -> Self {
        Self { log, ..Self::default() }
    }

    /// Has `read` put what the client sends behind what has come already; it says how many bytes.
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
    pub(crate) fn may_receive_more(&self) -> bool {
        self.received.is_full
    }

    /// Answers what has come, with `page`, at `time`. A page that panics becomes a 500.
    pub fn answer(&mut self, page: &impl Fn(&Request<'_>) -> Response, time: SystemTime) -> Next {
        let mut waiting = self.received.as_slice();
        let next = loop {
            if self.answers.len() >= limits::MAX_PENDING_ANSWER_BYTES {
                break Next::GoOn;
            }
            if parse::begun(waiting).is_empty() {
                break Next::AwaitRequest;
            }
            let mut exchange = match parse::head(waiting, &mut self.progress) {
                Ok(None) => break Next::AwaitRestOfHead,
                Ok(Some(head)) => {
                    let (received, behind) = waiting.split_at(head.length);
                    waiting = behind;
                    Exchange::new(&head, received, page, time)
                }
                Err(error) => Exchange::refused(error, waiting, time),
            };
            self.progress = Progress::default();
            if self.is_ending && !is_answerable(waiting) {
                exchange.persistence = Persistence::Close;
            }
            self.log.add(&exchange, exchange.write(&mut self.answers));
            if exchange.persistence == Persistence::Close {
                // What follows the last request is never answered.
                let more_may_come = exchange.body_follows() || !waiting.is_empty();
                break if more_may_come { Next::DrainAndClose } else { Next::Close };
            }
        };
        let answered = self.received.as_slice().len() - waiting.len();
        self.received.remove(answered);
        next
    }

    /// Answers a head that has begun, and did not come in time.
    pub fn time_out(&mut self, time: SystemTime) {
        let exchange = Exchange::refused(Error::TIMEOUT, self.received.as_slice(), time);
        self.log.add(&exchange, exchange.write(&mut self.answers));
    }

    /// Forgets what has come.
    pub(crate) fn forget(&mut self) {
        self.received.remove(self.received.as_slice().len());
    }

    /// Gives back the space of what has been read and written. Whoever waits for long needs none.
    pub(crate) fn shrink(&mut self) {
        self.received.shrink();
        self.answers.shrink_to_fit();
    }
}

/// Whether these bytes begin with a request that has come whole, or with what will never be one.
fn is_answerable(bytes: &[u8]) -> bool {
    !matches!(parse::head(bytes, &mut Progress::default()), Ok(None))
}
