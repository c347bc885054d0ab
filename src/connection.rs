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
use crate::seat::{Demand, Haste, Seat};
use std::io::{self, ErrorKind, Read, Write};
use std::mem;
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant, SystemTime};

/// A client, as a thread serves it that has let it in.
#[derive(Debug)]
pub struct Connection<'a, S> {
    stream: &'a TcpStream,
    seat: &'a mut S,
    conversation: Conversation,
    /// Whether nothing has been read yet.
    is_new: bool,
    /// Whether the client had to leave: nothing can be read from it any more.
    is_dismissed: bool,
    /// How many bytes have been written since the client came.
    written: usize,
    /// How long a write or a read may wait, as the socket was last told.
    write_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

/// What is read.
#[derive(Clone, Copy)]
enum Awaited {
    /// The first bytes of a request.
    Request,
    /// More of the head that has begun at this time.
    RestOfHead(Instant),
    /// The client's end, since we ended our side at this time.
    End(Instant),
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

/// What becomes of a socket whose connection has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// It may be closed.
    Now,
    /// It should be closed a little later: see [`farewell`](crate::farewell).
    Later,
}

impl<'a, S: Seat> Connection<'a, S> {
    /// A connection that has been accepted, and has taken `seat`.
    pub fn new(stream: &'a TcpStream, seat: &'a mut S, log: AccessLog) -> Self {
        Self {
            stream,
            seat,
            conversation: Conversation::new(log),
            is_new: true,
            is_dismissed: false,
            written: 0,
            write_timeout: None,
            read_timeout: None,
        }
    }

    /// Answers this client with `page` until one of both closes, and has `printer` print the log. The
    /// seat learns of each wait for the client's bytes.
    ///
    /// # Errors
    ///
    /// What the socket reports: the client has gone, or reads nothing. Nobody is left to be told.
    pub fn serve(
        mut self,
        page: &impl Fn(&Request<'_>) -> Response,
        printer: &Printer,
    ) -> io::Result<Closing> {
        let mut space = [0; limits::READ];
        match self.converse(&mut space, page, printer)? {
            End::Silent => Ok(Closing::Now),
            // All that was sent fits into what TCP sends unasked.
            End::Promised if self.written <= limits::SENT_AT_ONCE => {
                self.stream.shutdown(Shutdown::Write)?;
                Ok(Closing::Later)
            }
            End::Promised | End::Open => self.drain(&mut space),
        }
    }

    /// Reads and answers until an end.
    fn converse(
        &mut self,
        space: &mut [u8],
        page: &impl Fn(&Request<'_>) -> Response,
        printer: &Printer,
    ) -> io::Result<End> {
        // Whether as much has come as there was space for: then there may be more.
        let mut is_full = false;
        let mut head_began: Option<Instant> = None;
        loop {
            let next = self.conversation.answer(page, SystemTime::now());
            if self.write(printer)? {
                head_began = None;
            }
            match next {
                Next::GoOn => continue,
                Next::Close if !is_full => return Ok(End::Promised),
                Next::Close | Next::DrainAndClose => return Ok(End::Open),
                Next::AwaitRequest => head_began = None,
                Next::AwaitRestOfHead => _ = head_began.get_or_insert_with(Instant::now),
            }
            match self.read(space, head_began.map_or(Awaited::Request, Awaited::RestOfHead))? {
                Arrival::Bytes(length) => {
                    self.conversation.receive(&space[..length]);
                    is_full = length == space.len();
                }
                Arrival::TooLate if head_began.is_some() => {
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
        self.conversation.log.print(printer);
        Ok(true)
    }

    /// Waits for bytes, and tells the seat if that takes more than a moment.
    fn read(&mut self, space: &mut [u8], awaited: Awaited) -> io::Result<Arrival> {
        let (since, deadline) = match awaited {
            Awaited::Request => (Instant::now(), None),
            // One deadline for a head, from its first byte, however it drips.
            Awaited::RestOfHead(since) => (since, Some(since + limits::HEAD_TIME)),
            Awaited::End(since) => (since, Some(since + limits::DRAIN_TIME)),
        };
        let mut arrival = Arrival::TooLate;
        if mem::take(&mut self.is_new) {
            arrival = arrival_of(self.read_at_once(space))?;
        }
        let haste = self.seat.haste();
        if matches!(arrival, Arrival::TooLate) && haste == Haste::None {
            arrival = self.read_for(space, limits::MOMENT)?;
        }
        let mut demand = if haste == Haste::Great { Demand::LeaveSoon } else { Demand::Keep };
        if matches!(arrival, Arrival::TooLate) {
            self.conversation.rest();
            self.seat.wait(since, matches!(awaited, Awaited::RestOfHead(_)));
            let result = self.read_until(space, deadline);
            demand = self.seat.resume(matches!(result, Ok(Arrival::Bytes(_))));
            arrival = result?;
        }
        self.is_dismissed |= demand == Demand::Leave;
        self.conversation.is_ending = self.is_dismissed || demand == Demand::LeaveSoon;
        match arrival {
            Arrival::End if self.is_dismissed => Ok(Arrival::TooLate),
            arrival => Ok(arrival),
        }
    }

    /// Waits for bytes, until `deadline`, or for the idle limit where there is none.
    fn read_until(&mut self, space: &mut [u8], deadline: Option<Instant>) -> io::Result<Arrival> {
        match deadline {
            None => self.read_for(space, limits::IDLE_TIME),
            Some(deadline) => {
                self.read_for(space, deadline.saturating_duration_since(Instant::now()))
            }
        }
    }

    /// Waits for bytes, for this time.
    fn read_for(&mut self, space: &mut [u8], time: Duration) -> io::Result<Arrival> {
        if time.is_zero() {
            return Ok(Arrival::TooLate);
        }
        if self.read_timeout != Some(time) {
            self.stream.set_read_timeout(Some(time))?;
            self.read_timeout = Some(time);
        }
        loop {
            match self.stream.read(space) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return arrival_of(result),
            }
        }
    }

    /// Reads what has come already.
    fn read_at_once(&mut self, space: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        return crate::unix::read_at_once(self.stream, space);
        #[cfg(not(unix))]
        return Err(ErrorKind::WouldBlock.into());
    }

    /// Ends our side and reads what still comes, until the client ends its side too. If we are not to
    /// wait for that, the socket does.
    fn drain(&mut self, space: &mut [u8]) -> io::Result<Closing> {
        self.stream.shutdown(Shutdown::Write)?;
        let since = Instant::now();
        let mut drained = 0;
        while drained < limits::DRAIN && !self.is_dismissed {
            match self.read(space, Awaited::End(since))? {
                Arrival::Bytes(length) => drained += length,
                Arrival::End | Arrival::TooLate => break,
            }
        }
        Ok(if self.is_dismissed { Closing::Later } else { Closing::Now })
    }
}

fn arrival_of(result: io::Result<usize>) -> io::Result<Arrival> {
    match result {
        Ok(0) => Ok(Arrival::End),
        Ok(length) => Ok(Arrival::Bytes(length)),
        Err(error) => match error.kind() {
            // The one on Unix, the other on Windows.
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Ok(Arrival::TooLate),
            _ => Err(error),
        },
    }
}
