//! One client's connection: wait, read, answer, keep or close.
//!
//! ```text
//! accept ─> read ─> answer ─> write ─┬─> read …     as long as both want
//!            └ nothing comes         └─> end ─┬─> drain, close   the client may still send
//!                                             └─> farewell       it has promised not to
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
use crate::unix;
use read::in_time;
use std::io::{self, ErrorKind, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant, SystemTime};

/// A client, in the hands of the thread that let it in.
pub struct Connection<'a> {
    stream: &'a TcpStream,
    seat: &'a mut dyn Seat,
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

/// What becomes of a socket whose connection has ended.
pub enum Closing {
    /// It may be closed.
    Now,
    /// It should be closed a little later, lest a late byte cost the client its answer.
    Later,
}

impl<'a> Connection<'a> {
    /// A connection that has been accepted, and has taken `seat`.
    pub fn new(stream: &'a TcpStream, seat: &'a mut dyn Seat, log: AccessLog) -> Self {
        Self {
            stream,
            seat,
            conversation: Conversation::new(log),
            is_new: true,
            is_dismissed: false,
            written: 0,
            write_time: limits::WRITE_TIMEOUT,
            read_timeout: None,
        }
    }

    /// Answers this client with `page` until one of both closes, and has `printer` print the log.
    ///
    /// # Errors
    ///
    /// What the socket reports: the client has gone, or reads nothing. Nobody is left to be told.
    pub fn serve(
        mut self,
        page: &impl Fn(&Request<'_>) -> Response,
        printer: &Printer,
    ) -> io::Result<Closing> {
        let mut head_began: Option<Instant> = None;
        loop {
            let next = self.conversation.answer(page, SystemTime::now());
            if self.write(printer)? {
                head_began = None;
            }
            match next {
                Next::GoOn => continue,
                Next::Close if !self.conversation.may_receive_more() => return self.close_later(),
                Next::Close | Next::DrainAndClose => return self.drain(),
                Next::AwaitRequest => head_began = None,
                Next::AwaitRestOfHead => _ = head_began.get_or_insert_with(Instant::now),
            }
            match self.read(head_began)? {
                // A request that the end cuts short is never served (RFC 9112 §8).
                Some(0) => return Ok(Closing::Now),
                Some(_) => self.write_time = limits::WRITE_TIMEOUT,
                None if head_began.is_none() => return Ok(Closing::Now),
                None => {
                    self.conversation.time_out(SystemTime::now());
                    // If there is no space for this, it has not even read what it got before.
                    self.write_time = limits::MOMENT;
                    self.write(printer)?;
                    return self.drain();
                }
            }
        }
    }

    /// Writes all answers that wait, and logs them, even if the client is gone. Returns whether there
    /// were any.
    fn write(&mut self, printer: &Printer) -> io::Result<bool> {
        let length = self.conversation.answers.len();
        if length == 0 {
            return Ok(false);
        }
        let result = self.write_answers();
        self.conversation.log.print(printer);
        result?;
        self.written += length;
        self.conversation.answers.clear();
        Ok(true)
    }

    /// Writes what there is space for; then the rest, within what is left of the time for it.
    fn write_answers(&mut self) -> io::Result<()> {
        let answers = &self.conversation.answers;
        let written = in_time(|| unix::write_at_once(self.stream, answers))?.unwrap_or(0);
        let mut rest = &answers[written..];
        if rest.is_empty() {
            return Ok(());
        }
        let deadline = Instant::now() + self.write_time;
        while !rest.is_empty() {
            // A time of nothing is an error for the socket, and so it is here.
            self.stream.set_write_timeout(Some(self.write_time))?;
            let written = in_time(|| self.stream.write(rest))?.ok_or(ErrorKind::TimedOut)?;
            rest = &rest[written..];
            self.write_time = deadline.saturating_duration_since(Instant::now());
        }
        Ok(())
    }

    /// Ends our side for a client that has promised to send nothing more. If all that was sent fits into
    /// what TCP sends unasked, there is nothing to wait for.
    fn close_later(self) -> io::Result<Closing> {
        if self.written > limits::INITIAL_WINDOW_BYTES {
            return self.drain();
        }
        self.stream.shutdown(Shutdown::Write)?;
        Ok(Closing::Later)
    }

    /// Ends our side and reads what still comes, until the client ends its side too. If others need the
    /// seat, what still comes is not read, and the socket is closed a little later.
    fn drain(mut self) -> io::Result<Closing> {
        self.stream.shutdown(Shutdown::Write)?;
        let since = Instant::now();
        let mut drained = 0;
        while drained < limits::MAX_DRAINED_BYTES && !self.is_dismissed {
            self.conversation.forget();
            match self.read_until(since, limits::DRAIN_TIMEOUT, false)? {
                Some(0) => return Ok(Closing::Now),
                Some(length) => drained += length,
                None => break,
            }
            if self.conversation.is_ending && since.elapsed() > limits::MOMENT {
                break;
            }
        }
        Ok(if self.conversation.is_ending { Closing::Later } else { Closing::Now })
    }
}
