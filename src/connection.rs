//! One client's connection: wait, read, answer, keep or close.
//!
//! ```text
//! accept ─> read ─> answer ─> write ─┬─> read …        as long as both want
//!            └ nothing comes         └─> end ─┬─> drain, close    if the client may still be sending
//!                                             └─> farewell        if it has promised not to
//! ```
//!
//! Closing a socket while bytes come in resets the connection, and a reset can destroy an answer that
//! the client has not read yet (RFC 9112 §9.6). So we first end our side only.

use crate::access_log::{AccessLog, Printer};
use crate::conversation::{Conversation, Next};
use crate::limits;
use crate::request::Request;
use crate::response::Response;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant, SystemTime};

/// A client that has been let in.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    conversation: Conversation,
    /// How many bytes have been written since the client came.
    written: usize,
    /// How long a write or a read may wait, as the socket was last told.
    write_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

/// How a read ended.
enum Arrival {
    Bytes(usize),
    End,
    TooLate,
}

/// How a conversation ended.
enum End {
    /// Nothing was asked, or the client ended its side: nobody waits for anything.
    Silent,
    /// The client has promised to send nothing more.
    Promised,
    /// The client may still be sending.
    Open,
}

impl Connection {
    /// A connection that has been accepted.
    pub fn new(stream: TcpStream, log: AccessLog) -> Self {
        let conversation = Conversation::new(log);
        Self { stream, conversation, written: 0, write_timeout: None, read_timeout: None }
    }

    /// Answers this client with `page` until one of both closes, and has `printer` print the log. Before
    /// each wait for its bytes, `before_waiting` is called.
    ///
    /// Returns the stream if it has ended and should not be closed at once: see
    /// [`farewell`](crate::farewell).
    ///
    /// # Errors
    ///
    /// What the socket reports: the client has gone, or reads nothing. Nobody is left to be told.
    pub fn serve(
        mut self,
        page: &impl Fn(&Request<'_>) -> Response,
        printer: &Printer,
        before_waiting: &dyn Fn(),
    ) -> io::Result<Option<TcpStream>> {
        let mut space = [0; limits::READ];
        match self.converse(&mut space, page, printer, before_waiting)? {
            End::Silent => Ok(None),
            // All that was sent fits into what TCP sends unasked.
            End::Promised if self.written <= limits::SENT_AT_ONCE => {
                self.stream.shutdown(Shutdown::Write)?;
                Ok(Some(self.stream))
            }
            End::Promised | End::Open => self.drain(&mut space).map(|()| None),
        }
    }

    /// Reads and answers until an end.
    fn converse(
        &mut self,
        space: &mut [u8],
        page: &impl Fn(&Request<'_>) -> Response,
        printer: &Printer,
        before_waiting: &dyn Fn(),
    ) -> io::Result<End> {
        // Whether as much has come as there was space for: then there may be more.
        let mut is_full = false;
        let mut head_deadline = None;
        loop {
            let next = self.conversation.answer(page, SystemTime::now());
            if self.write(printer)? {
                head_deadline = None;
            }
            match next {
                Next::GoOn => continue,
                Next::Close if !is_full => return Ok(End::Promised),
                Next::Close | Next::DrainAndClose => return Ok(End::Open),
                Next::AwaitRequest => head_deadline = None,
                Next::AwaitRestOfHead => {
                    // One deadline for a head, from its first byte, however it drips.
                    head_deadline.get_or_insert_with(|| Instant::now() + limits::HEAD_TIME);
                }
            }
            before_waiting();
            match self.read(space, head_deadline)? {
                Arrival::Bytes(length) => {
                    self.conversation.receive(&space[..length]);
                    is_full = length == space.len();
                }
                Arrival::TooLate if head_deadline.is_some() => {
                    self.conversation.time_out(SystemTime::now());
                    self.write(printer)?;
                    return Ok(End::Open);
                }
                // A request that the end cuts short is never served (RFC 9112 §8).
                Arrival::TooLate | Arrival::End => return Ok(End::Silent),
            }
        }
    }

    /// Writes all answers that wait, within one limit for all of them; then logs them. Returns whether
    /// there were any.
    fn write(&mut self, printer: &Printer) -> io::Result<bool> {
        if self.conversation.answers.is_empty() {
            return Ok(false);
        }
        let deadline = Instant::now() + limits::WRITE_TIME;
        let mut timeout = limits::WRITE_TIME;
        let mut rest = self.conversation.answers.as_slice();
        while !rest.is_empty() {
            if self.write_timeout != Some(timeout) {
                // A time of nothing is an error for the socket, and so it is here.
                self.stream.set_write_timeout(Some(timeout))?;
                self.write_timeout = Some(timeout);
            }
            match self.stream.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(length) => rest = &rest[length..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            timeout = deadline.saturating_duration_since(Instant::now());
        }
        self.written += self.conversation.answers.len();
        self.conversation.answers.clear();
        self.conversation.answers.shrink_to(limits::READ);
        self.conversation.log.print(printer);
        Ok(true)
    }

    /// Waits for bytes: until `deadline`, or for the idle limit where there is none.
    fn read(&mut self, space: &mut [u8], deadline: Option<Instant>) -> io::Result<Arrival> {
        loop {
            let timeout = match deadline {
                None => limits::IDLE_TIME,
                Some(deadline) => deadline.saturating_duration_since(Instant::now()),
            };
            if timeout.is_zero() {
                return Ok(Arrival::TooLate);
            }
            if self.read_timeout != Some(timeout) {
                self.stream.set_read_timeout(Some(timeout))?;
                self.read_timeout = Some(timeout);
            }
            match self.stream.read(space) {
                Ok(0) => return Ok(Arrival::End),
                Ok(length) => return Ok(Arrival::Bytes(length)),
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => {}
                    // The one on Unix, the other on Windows.
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => return Ok(Arrival::TooLate),
                    _ => return Err(error),
                },
            }
        }
    }

    /// Ends our side and reads what still comes, until the client ends its side too.
    fn drain(&mut self, space: &mut [u8]) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)?;
        let deadline = Instant::now() + limits::DRAIN_TIME;
        let mut drained = 0;
        while drained < limits::DRAIN {
            match self.read(space, Some(deadline))? {
                Arrival::Bytes(length) => drained += length,
                Arrival::End | Arrival::TooLate => break,
            }
        }
        Ok(())
    }
}
