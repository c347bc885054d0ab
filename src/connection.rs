//! One client's socket, as a state machine that never waits.
//!
//! ```text
//! state      waits for                              at most          when it comes
//! Idle       a request                              IDLE_TIMEOUT     answers it, or becomes InHead
//! InHead     the rest of a head                     HEAD_TIMEOUT     answers it
//! Answering  its next turn, to answer more          WRITE_TIMEOUT    goes on
//! Writing    space for the rest of its answers      WRITE_TIMEOUT    goes on
//! Draining   the client to end its side, too        DRAIN_TIMEOUT    closes
//! ```
//!
//! After its answers, a connection is `Idle`, or `InHead` if another head has begun. It is `Answering` if
//! more requests are here: other connections take their turns first.
//!
//! If bytes come to a socket that is closed, the system resets the connection. The client's system then drops
//! even an answer that the client has not read yet. So we end our side first, and close later: a *lingering
//! close* (RFC 9112 §9.6). While the client may still send, the connection reads and drops its bytes
//! (`Draining`). It doesn't read if three things are true: the client expects the end, all its bytes have
//! been read, and all answers have left. Then the worker only keeps the socket open for a while, in case a
//! late byte comes ([`Need::Linger`]).

use crate::access_log::AccessLog;
use crate::conversation::{Conversation, Next, Output};
use crate::limits;
use crate::request::Request;
use crate::response::Response;
use crate::unix::{self, Interest};
use std::io;
use std::mem;
use std::net::{Shutdown, TcpStream};
use std::time::{Instant, SystemTime};

/// The function that answers all requests, whatever its type.
pub type AnyHandler = Box<dyn Fn(&Request<'_>, &mut Response<'_>) + Send + Sync>;

pub struct Connection {
    pub stream: TcpStream,
    pub conversation: Conversation,
    state: State,
    /// When the state must have ended.
    pub deadline: Instant,
    /// When bytes last came or left.
    pub last_active: Instant,
    /// What its worker's poller watches the socket for.
    pub watched: Option<Interest>,
    /// How many bytes have been written, in all.
    pub written: usize,
}

enum State {
    /// Waits for a request.
    Idle,
    /// Waits for the rest of a head.
    InHead,
    /// Takes another turn soon: it has more requests to answer, and nothing to write yet.
    Answering,
    /// Waits for space to write these bytes, before it does what `next` says. Nothing is read meanwhile
    /// (*backpressure*).
    Writing { unwritten: Vec<u8>, next: Next },
    /// Our side has ended. Reads and drops bytes, `drained` so far, until the client ends its side, too.
    Draining { drained: usize },
}

/// What a worker lends to a connection for its turn.
pub struct Turn<'a> {
    pub handler: &'a AnyHandler,
    /// Space for [`limits::MAX_READ_BYTES`].
    pub received: &'a mut [u8],
    pub output: &'a mut Output,
    pub now: Instant,
}

/// What a connection needs of its worker after its turn. ([`Next`] is what a conversation needs of it.)
#[derive(Clone, Copy)]
pub enum Need {
    /// Another turn when the socket is ready for this.
    Wait(Interest),
    /// To be closed a little later. Nothing is read any more.
    Linger,
    /// To be closed.
    Close,
}

impl Connection {
    /// The connection of a client that has just been accepted.
    pub fn new(stream: TcpStream, log: AccessLog, now: Instant) -> Self {
        Self {
            stream,
            conversation: Conversation::new(log),
            state: State::Idle,
            deadline: now + limits::IDLE_TIMEOUT,
            last_active: now,
            watched: None,
            written: 0,
        }
    }

    /// Does what is possible without waiting. If the connection must still wait after that, and is late, it
    /// ends. Fails if the client has gone.
    pub fn take_turn(&mut self, turn: &mut Turn<'_>) -> io::Result<Need> {
        let mut need = match &mut self.state {
            // No new bytes: goes on with those that are here.
            State::Answering => self.answer(0, turn),
            State::Writing { unwritten, next } => {
                // Taken out, since `write` needs all of `self`. The state stays `Writing`, with its deadline.
                let (mut unwritten, next) = (mem::take(unwritten), *next);
                self.write(&mut unwritten, next, turn.now)
            }
            _ => self.read(turn),
        }?;
        // One is done.
        let mut writes = 1;
        while writes < limits::WRITES_PER_TURN && matches!(self.state, State::Answering) {
            need = self.answer(0, turn)?;
            writes += 1;
        }
        let is_late = self.deadline <= turn.now && matches!(need, Need::Wait(_));
        if is_late { self.time_out(turn) } else { Ok(need) }
    }

    fn read(&mut self, turn: &mut Turn<'_>) -> io::Result<Need> {
        let Some(length) = unix::read_now(&self.stream, turn.received)? else {
            return Ok(Need::Wait(Interest::Read));
        };
        self.last_active = turn.now;
        if length == 0 {
            // The client has ended its side. A request that this cuts short is never served (RFC 9112 §8).
            return Ok(Need::Close);
        }
        match &mut self.state {
            State::Draining { drained } => {
                *drained += length;
                let is_enough = *drained >= limits::MAX_DRAINED_BYTES;
                Ok(if is_enough { Need::Close } else { Need::Wait(Interest::Read) })
            }
            _ => self.answer(length, turn),
        }
    }

    /// Answers the `length` bytes that were just received, and what came before them.
    fn answer(&mut self, length: usize, turn: &mut Turn<'_>) -> io::Result<Need> {
        turn.output.answers.clear();
        // A very long page doesn't keep its memory.
        turn.output.answers.shrink_to(2 * limits::MAX_PENDING_ANSWER_BYTES);
        let received = &turn.received[..length];
        let time = SystemTime::now();
        let next = match self.conversation.answer(received, turn.handler, time, turn.output) {
            // The read has filled all space. If the socket holds more, to close it would reset the
            // connection.
            Next::Close if length == limits::MAX_READ_BYTES => Next::DrainAndClose,
            next => next,
        };
        self.write(&mut turn.output.answers, next, turn.now)
    }

    /// Ends a connection that is late. If a head has begun, the client gets a 408 first.
    fn time_out(&mut self, turn: &mut Turn<'_>) -> io::Result<Need> {
        if !matches!(self.state, State::InHead) {
            return Ok(Need::Close);
        }
        turn.output.answers.clear();
        self.conversation.time_out(SystemTime::now(), turn.output);
        self.write(&mut turn.output.answers, Next::DrainAndClose, turn.now)
    }

    /// Writes as many of the `answers` as possible. If that is all, does what `next` says.
    fn write(&mut self, answers: &mut Vec<u8>, next: Next, now: Instant) -> io::Result<Need> {
        if !answers.is_empty() {
            let length = unix::write_now(&self.stream, answers)?;
            self.written += length;
            if length > 0 {
                self.last_active = now;
            }
            if length < answers.len() {
                answers.drain(..length);
                answers.shrink_to_fit();
                let unwritten = mem::take(answers);
                return Ok(self.wait_to_write(State::Writing { unwritten, next }, now));
            }
            if matches!(self.state, State::InHead) {
                // This head is answered. The next one must not inherit its deadline, in `continue_with`.
                self.state = State::Idle;
            }
        }
        self.continue_with(next, now)
    }

    /// Waits for space to write. All answers to one read share a deadline, which no write renews.
    fn wait_to_write(&mut self, state: State, now: Instant) -> Need {
        if !matches!(self.state, State::Answering | State::Writing { .. }) {
            self.deadline = now + limits::WRITE_TIMEOUT;
        }
        self.state = state;
        Need::Wait(Interest::Write)
    }

    /// Does what the conversation needs once all answers are written.
    fn continue_with(&mut self, next: Next, now: Instant) -> io::Result<Need> {
        let (state, timeout) = match next {
            Next::AwaitRequest => (State::Idle, limits::IDLE_TIMEOUT),
            // There is one deadline for a head, however it drips, or it could take for ever (*slowloris*).
            Next::AwaitRestOfHead if matches!(self.state, State::InHead) => {
                return Ok(Need::Wait(Interest::Read));
            }
            Next::AwaitRestOfHead => (State::InHead, limits::HEAD_TIMEOUT),
            // Usually there is space to write. Then this only waits until the others have had their turns.
            Next::GoOn => return Ok(self.wait_to_write(State::Answering, now)),
            Next::Close | Next::DrainAndClose => {
                self.stream.shutdown(Shutdown::Write)?;
                // TCP sends this many bytes without a confirmation. If we wrote no more, all have left.
                let has_sent_all = self.written <= limits::INITIAL_WINDOW_BYTES;
                // While the server stops, it drains: a worker then waits for connections that drain, but not
                // for sockets that linger.
                if next == Next::Close && has_sent_all && !self.conversation.is_ending {
                    return Ok(Need::Linger);
                }
                (State::Draining { drained: 0 }, limits::DRAIN_TIMEOUT)
            }
        };
        self.state = state;
        self.deadline = now + timeout;
        Ok(Need::Wait(Interest::Read))
    }

    /// The server stops: an idle or draining connection gets an earlier deadline.
    pub fn shorten_deadline(&mut self) {
        if matches!(self.state, State::Idle | State::Draining { .. }) {
            self.deadline = self.deadline.min(self.last_active + limits::STOP_IDLE_TIMEOUT);
        }
    }
}
