//! One client's socket, as a state machine that never waits.
//!
//! ```text
//! accept ─> Receiving ──> answer, write ─┬─> Receiving          the connection stays open
//!                           ^            ├─> Writing            the socket has no space for all of it
//!                           └────────────┼───────┘
//!                                        ├─> Draining ─> close  it ends, and the client may still send
//!                                        └─> linger ───> close  it ends, and the client sends no more
//! ```
//!
//! A worker gives a connection a turn when its socket is ready. A turn is short, and says what the connection
//! needs next.
//!
//! Closing a socket while bytes come in resets the connection, and a reset can destroy an answer that the
//! client has not read yet. So we end our side first, and close later: a *lingering close* (RFC 9112 §9.6).

use crate::access_log::AccessLog;
use crate::conversation::{Conversation, Next, Output};
use crate::limits;
use crate::request::Request;
use crate::response::Response;
use crate::unix;
use crate::unix::poller::Interest;
use std::io;
use std::mem;
use std::net::{Shutdown, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
use std::time::{Instant, SystemTime};

pub struct Connection {
    stream: TcpStream,
    conversation: Conversation,
    state: State,
    /// When the state must have ended.
    pub deadline: Instant,
    /// When there was last something to read, or space to write.
    pub active: Instant,
    /// What its worker's poller watches the socket for.
    pub watched: Option<Interest>,
    /// How many bytes have been written.
    pub written: usize,
}

enum State {
    /// Waits for a request, or for the rest of one whose head has begun.
    Receiving { in_head: bool },
    /// Waits for space to write these bytes, if any; then the conversation needs `next`. Nothing is read
    /// meanwhile (*backpressure*).
    Writing { unwritten: Vec<u8>, next: Next },
    /// Our side has ended. Reads and drops bytes, `drained` so far, until the client ends its side.
    Draining { drained: usize },
}

/// What a connection needs after its turn. (The conversation's `Next` becomes a `Need` here, and that becomes
/// the poller's `Interest` in the worker.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A turn when there is something to read.
    Read,
    /// A turn when there is space to write.
    Write,
    /// To be closed a little later. Nothing is read any more.
    Linger,
    /// To be closed.
    Close,
}

/// What a worker lends to the connection that takes a turn.
pub struct Buffers {
    /// Space for [`limits::MAX_READ_BYTES`].
    pub received: Vec<u8>,
    pub output: Output,
}

impl Connection {
    /// The connection of a client that has just been accepted.
    pub fn new(stream: TcpStream, log: AccessLog, now: Instant) -> Self {
        Self {
            stream,
            conversation: Conversation::new(log),
            state: State::Receiving { in_head: false },
            deadline: now + limits::IDLE_TIMEOUT,
            active: now,
            watched: None,
            written: 0,
        }
    }

    /// The number by which a poller knows the socket.
    pub fn descriptor(&self) -> RawFd {
        self.stream.as_raw_fd()
    }

    /// The socket, when the connection has ended.
    pub fn into_stream(self) -> TcpStream {
        self.stream
    }

    /// Takes a turn: reads and answers, or writes what could not be written before. If it `is_ending`, the
    /// connection closes after the last request that has come whole. Fails if the client has gone.
    pub fn take_turn(
        &mut self,
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        buffers: &mut Buffers,
        is_ending: bool,
        now: Instant,
    ) -> io::Result<Need> {
        self.conversation.is_ending = is_ending;
        if let State::Writing { unwritten, next } = &mut self.state {
            let length = unix::write_now(&self.stream, unwritten)?;
            unwritten.drain(..length);
            self.written += length;
            self.active = now;
            if !unwritten.is_empty() {
                return Ok(Need::Write);
            }
            return match *next {
                Next::GoOn => self.answer(&[], handler, &mut buffers.output, now),
                next => self.follow(next, now),
            };
        }
        let Some(length) = unix::read_now(&self.stream, &mut buffers.received)? else {
            return Ok(Need::Read);
        };
        self.active = now;
        if length == 0 {
            // A request that the end of the stream cuts short is never served (RFC 9112 §8).
            return Ok(Need::Close);
        }
        match &mut self.state {
            State::Draining { drained } => {
                *drained += length;
                Ok(if *drained < limits::MAX_DRAINED_BYTES { Need::Read } else { Need::Close })
            }
            _ => self.answer(&buffers.received[..length], handler, &mut buffers.output, now),
        }
    }

    /// Answers what was `received`, and what came before it, and writes the answers.
    fn answer(
        &mut self,
        mut received: &[u8],
        handler: &impl Fn(&Request<'_>, &mut Response<'_>),
        output: &mut Output,
        now: Instant,
    ) -> io::Result<Need> {
        let may_be_more_to_read = received.len() == limits::MAX_READ_BYTES;
        for _ in 0..limits::WRITES_PER_TURN {
            output.answers.clear();
            output.answers.shrink_to(2 * limits::MAX_PENDING_ANSWER_BYTES);
            let next = self.conversation.answer(received, handler, SystemTime::now(), output);
            received = &[];
            if !output.answers.is_empty() {
                let length = unix::write_now(&self.stream, &output.answers)?;
                self.written += length;
                if length < output.answers.len() {
                    let mut unwritten = mem::take(&mut output.answers);
                    unwritten.drain(..length);
                    unwritten.shrink_to_fit();
                    return Ok(self.wait_to_write(unwritten, next, now));
                }
                if let State::Receiving { in_head } = &mut self.state {
                    // The head that had begun is answered; the next one has a deadline of its own.
                    *in_head = false;
                }
            }
            match next {
                Next::GoOn => {}
                Next::Close if may_be_more_to_read => return self.follow(Next::DrainAndClose, now),
                next => return self.follow(next, now),
            }
        }
        self.follow(Next::GoOn, now)
    }

    /// Waits for space to write. All answers to what was read at once share one deadline.
    fn wait_to_write(&mut self, unwritten: Vec<u8>, next: Next, now: Instant) -> Need {
        if !matches!(self.state, State::Writing { .. }) {
            self.deadline = now + limits::WRITE_TIMEOUT;
        }
        self.state = State::Writing { unwritten, next };
        Need::Write
    }

    /// Does what the conversation needs once its answers are written.
    fn follow(&mut self, next: Next, now: Instant) -> io::Result<Need> {
        let (state, timeout) = match next {
            Next::AwaitRequest => (State::Receiving { in_head: false }, limits::IDLE_TIMEOUT),
            // There is one deadline for a head, however it drips, or it could take for ever (*slowloris*).
            Next::AwaitRestOfHead if matches!(self.state, State::Receiving { in_head: true }) => {
                return Ok(Need::Read);
            }
            Next::AwaitRestOfHead => (State::Receiving { in_head: true }, limits::HEAD_TIMEOUT),
            // More requests have come than are answered in one turn. The poller finds space to write at once,
            // and so gives this connection another turn after the others that are ready.
            Next::GoOn => return Ok(self.wait_to_write(Vec::new(), next, now)),
            Next::Close | Next::DrainAndClose => {
                self.stream.shutdown(Shutdown::Write)?;
                // If all of it fits into TCP's initial window, it was sent without waiting for the client.
                if next == Next::Close && self.written <= limits::INITIAL_WINDOW_BYTES {
                    return Ok(Need::Linger);
                }
                (State::Draining { drained: 0 }, limits::DRAIN_TIMEOUT)
            }
        };
        self.state = state;
        self.deadline = now + timeout;
        Ok(Need::Read)
    }

    /// Ends a connection whose deadline has passed, or whose descriptor is needed. If a head has begun, the
    /// client gets a 408 first. Fails if the client has gone.
    pub fn time_out(&mut self, output: &mut Output, now: Instant) -> io::Result<Need> {
        if !matches!(self.state, State::Receiving { in_head: true }) {
            return Ok(Need::Close);
        }
        output.answers.clear();
        self.conversation.time_out(SystemTime::now(), output);
        if unix::write_now(&self.stream, &output.answers)? < output.answers.len() {
            // The client has not even read its earlier answers.
            return Ok(Need::Close);
        }
        self.follow(Next::DrainAndClose, now)
    }

    /// The server stops: an idle or draining connection gets an earlier deadline.
    pub fn shorten_deadline(&mut self) {
        if matches!(self.state, State::Receiving { in_head: false } | State::Draining { .. }) {
            self.deadline = self.deadline.min(self.active + limits::STOP_IDLE_TIMEOUT);
        }
    }
}
