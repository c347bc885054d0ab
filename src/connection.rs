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

mod read;

use crate::access_log::{AccessLog, Printer};
use crate::conversation::{Conversation, Next};
use crate::limits;
use crate::request::Request;
use crate::response::Response;
use crate::seat::Seat;
use read::{Arrival, Awaited};
use std::io::{self, ErrorKind, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant, SystemTime};

/// A client, in the hands of the thread that let it in.
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
    /// How much time is left to write what was asked together.
    write_time: Duration,
    /// How long a read may wait, as the socket was last told.
    read_timeout: Option<Duration>,
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
            write_time: limits::WRITE_TIME,
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
        match self.converse(page, printer)? {
            End::Silent => Ok(Closing::Now),
            // All that was sent fits into what TCP sends unasked.
            End::Promised if self.written <= limits::SENT_AT_ONCE => {
                self.stream.shutdown(Shutdown::Write)?;
                Ok(Closing::Later)
            }
            End::Promised | End::Open => self.drain(),
        }
    }

    /// Reads and answers until an end.
    fn converse(
        &mut self,
        page: &impl Fn(&Request<'_>) -> Response,
        printer: &Printer,
    ) -> io::Result<End> {
        let mut head_began: Option<Instant> = None;
        loop {
            let next = self.conversation.answer(page, SystemTime::now());
            if self.write(printer)? {
                head_began = None;
            }
            match next {
                Next::GoOn => continue,
                Next::Close if !self.conversation.may_receive_more() => return Ok(End::Promised),
                Next::Close | Next::DrainAndClose => return Ok(End::Open),
                Next::AwaitRequest => head_began = None,
                Next::AwaitRestOfHead => _ = head_began.get_or_insert_with(Instant::now),
            }
            match self.read(head_began.map_or(Awaited::Request, Awaited::RestOfHead))? {
                Arrival::Bytes(_) => self.write_time = limits::WRITE_TIME,
                Arrival::TooLate if head_began.is_some() => {
                    self.conversation.time_out(SystemTime::now());
                    // If there is no space for this, it has not even read what it got before.
                    self.write_time = limits::MOMENT;
                    self.write(printer)?;
                    return Ok(End::Open);
                }
                // A request that the end cuts short is never served (RFC 9112 §8).
                Arrival::TooLate | Arrival::End => return Ok(End::Silent),
            }
        }
    }

    /// Writes all answers that wait; then logs them. Returns whether there were any.
    fn write(&mut self, printer: &Printer) -> io::Result<bool> {
        let length = self.conversation.answers.len();
        if length == 0 {
            return Ok(false);
        }
        let written = self.write_at_once()?;
        if written < length {
            self.write_from(written)?;
        }
        self.written += length;
        self.conversation.answers.clear();
        self.conversation.log.print(printer);
        Ok(true)
    }

    /// Writes the answers from the byte `start` on, within what is left of the time for them.
    fn write_from(&mut self, start: usize) -> io::Result<()> {
        let deadline = Instant::now() + self.write_time;
        let mut rest = &self.conversation.answers[start..];
        while !rest.is_empty() {
            // A time of nothing is an error for the socket, and so it is here.
            self.stream.set_write_timeout(Some(self.write_time))?;
            match self.stream.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(length) => rest = &rest[length..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            self.write_time = deadline.saturating_duration_since(Instant::now());
        }
        Ok(())
    }

    /// Writes as much as there is space for. Returns how many bytes that was.
    #[cfg(unix)]
    fn write_at_once(&mut self) -> io::Result<usize> {
        match crate::unix::write_at_once(self.stream, &self.conversation.answers) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(0),
            result => result,
        }
    }

    /// Elsewhere nobody knows how much that is.
    #[cfg(not(unix))]
    fn write_at_once(&mut self) -> io::Result<usize> {
        Ok(0)
    }

    /// Ends our side and reads what still comes, until the client ends its side too. If others need the
    /// seat, what still comes is not read, and the socket is closed a little later.
    fn drain(&mut self) -> io::Result<Closing> {
        self.stream.shutdown(Shutdown::Write)?;
        let since = Instant::now();
        let mut drained = 0;
        while drained < limits::DRAIN && !self.is_dismissed {
            self.conversation.forget();
            match self.read(Awaited::End(since))? {
                Arrival::Bytes(length) => drained += length,
                Arrival::End => return Ok(Closing::Now),
                Arrival::TooLate => break,
            }
            if self.conversation.is_ending && since.elapsed() > limits::MOMENT {
                break;
            }
        }
        Ok(if self.conversation.is_ending { Closing::Later } else { Closing::Now })
    }
}
