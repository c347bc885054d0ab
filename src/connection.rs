//! One client's connection: wait, read, answer, keep or close.
//!
//! ```text
//! accept ─> read ─> answer ─> write ─┬─> read …          as long as both want
//!            └ nothing comes         └─> close           FIN, drain, close, if the client still sends
//! ```

use crate::access_log::AccessLog;
use crate::conversation::{Conversation, Next};
use crate::limits;
use crate::request::Request;
use crate::response::Response;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Shutdown, TcpStream};
use std::time::{Duration, Instant, SystemTime};

/// A client that has been let in.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    client: IpAddr,
    /// How long a read waits, as the socket was last told.
    read_timeout: Option<Duration>,
}

/// How a read ended.
enum Arrival {
    Bytes(usize),
    End,
    TooLate,
}

impl Connection {
    /// A connection to `client`.
    pub fn new(stream: TcpStream, client: IpAddr) -> Self {
        Self { stream, client, read_timeout: None }
    }

    /// Answers this client with `page` until it leaves, or is asked to. Before each wait for it,
    /// `before_waiting` is called.
    ///
    /// # Errors
    ///
    /// What the socket reports: the client has gone, or reads nothing. Nobody is left to be told.
    pub fn serve(
        mut self,
        page: &impl Fn(&Request<'_>) -> Response,
        log: AccessLog,
        before_waiting: &impl Fn(),
    ) -> io::Result<()> {
        self.stream.set_write_timeout(Some(limits::WRITE_TIME))?;
        let mut conversation = Conversation::default();
        let mut head_deadline = None;
        loop {
            let next = log.record_all(self.client, |record| {
                conversation.answer(page, SystemTime::now(), record)
            });
            if !conversation.answers().is_empty() {
                self.write(&mut conversation)?;
                head_deadline = None;
            }
            match next {
                Next::GoOn => continue,
                Next::Close => return Ok(()),
                Next::DrainAndClose => return self.drain(),
                Next::Read => before_waiting(),
            }
            if conversation.awaits_rest_of_head() {
                // One deadline for a head, from its first byte, however it drips.
                head_deadline.get_or_insert_with(|| Instant::now() + limits::HEAD_TIME);
            }
            match self.read(conversation.space(), head_deadline)? {
                Arrival::Bytes(length) => conversation.filled(length),
                Arrival::TooLate if head_deadline.is_some() => {
                    let time = SystemTime::now();
                    log.record_all(self.client, |record| conversation.time_out(time, record));
                    self.write(&mut conversation)?;
                    return self.drain();
                }
                // Where nothing was asked, silence is no mistake, and neither is its end.
                Arrival::TooLate | Arrival::End => return Ok(()),
            }
        }
    }

    /// Writes all answers that wait, within one limit for all of them.
    fn write(&mut self, conversation: &mut Conversation) -> io::Result<()> {
        let mut rest = conversation.answers();
        let mut deadline = None;
        while !rest.is_empty() {
            match self.stream.write(rest) {
                Ok(length) => rest = &rest[length..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            let deadline = *deadline.get_or_insert_with(|| Instant::now() + limits::WRITE_TIME);
            if !rest.is_empty() && Instant::now() > deadline {
                return Err(ErrorKind::TimedOut.into());
            }
        }
        conversation.clear_answers();
        Ok(())
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
    ///
    /// Closing a socket with unread input resets the connection, and a reset can destroy an answer
    /// that the client has not read yet (RFC 9112 §9.6).
    fn drain(&mut self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)?;
        let deadline = Instant::now() + limits::DRAIN_TIME;
        let mut thrown_away = 0;
        let mut space = [0; limits::FIRST_READ];
        while thrown_away < limits::DRAIN {
            match self.read(&mut space, Some(deadline))? {
                Arrival::Bytes(length) => thrown_away += length,
                Arrival::End | Arrival::TooLate => break,
            }
        }
        Ok(())
    }
}
