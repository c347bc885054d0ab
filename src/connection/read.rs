//! Reading: how long we wait, and who is told of it.
//!
//! ```text
//! it is there      it comes in a moment      it comes later, or never
//! read             wait ─> read              wait ─> tell the seat ─> wait ─> read, or dismissed
//! ```

use super::Connection;
use crate::limits;
use crate::seat::{Demand, Haste, Seat};
use std::io::{self, ErrorKind, Read};
use std::mem;
use std::time::{Duration, Instant};

/// What is read.
#[derive(Clone, Copy)]
pub enum Awaited {
    /// The first bytes of a request.
    Request,
    /// More of the head that has begun at this time.
    RestOfHead(Instant),
    /// The client's end, since we ended our side at this time.
    End(Instant),
}

/// How a read ended.
pub enum Arrival {
    Bytes(usize),
    End,
    TooLate,
}

impl<S: Seat> Connection<'_, S> {
    /// Waits for bytes, and tells the seat if that takes more than a moment.
    pub(super) fn read(&mut self, awaited: Awaited) -> io::Result<Arrival> {
        let haste = self.seat.haste();
        let mut demand = if haste == Haste::Great { Demand::LeaveSoon } else { Demand::Keep };
        let mut arrival = self.read_soon(haste)?;
        if matches!(arrival, Arrival::TooLate) {
            self.conversation.rest();
            let (since, deadline) = awaited.since_and_deadline();
            self.seat.wait(since, matches!(awaited, Awaited::RestOfHead(_)));
            let result = self.read_until(deadline);
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

    /// Reads what is there, or comes as soon as the haste asks for.
    fn read_soon(&mut self, haste: Haste) -> io::Result<Arrival> {
        let is_new = mem::take(&mut self.is_new);
        if is_new {
            let arrival = self.read_at_once()?;
            if !matches!(arrival, Arrival::TooLate) {
                return Ok(arrival);
            }
        }
        let time = match haste {
            Haste::None => limits::MOMENT,
            Haste::Little if is_new => limits::BLINK,
            Haste::Little | Haste::Some | Haste::Great => return Ok(Arrival::TooLate),
        };
        self.limit_wait(time)?;
        self.read_next()
    }

    /// Waits for bytes until `deadline`, and reads them. While it waits, it takes no space for them.
    fn read_until(&mut self, deadline: Instant) -> io::Result<Arrival> {
        let time = deadline.saturating_duration_since(Instant::now());
        if time.is_zero() {
            return Ok(Arrival::TooLate);
        }
        self.limit_wait(time)?;
        match arrival_of(|| self.stream.peek(&mut [0]))? {
            Arrival::Bytes(_) => self.read_next(),
            arrival => Ok(arrival),
        }
    }

    /// No wait is longer than this from now on.
    fn limit_wait(&mut self, time: Duration) -> io::Result<()> {
        if self.read_timeout != Some(time) {
            self.stream.set_read_timeout(Some(time))?;
            self.read_timeout = Some(time);
        }
        Ok(())
    }

    /// Reads what comes, within the limit of waits.
    fn read_next(&mut self) -> io::Result<Arrival> {
        let mut stream = self.stream;
        arrival_of(|| self.conversation.receive(|space| stream.read(space)))
    }

    /// Reads what has come already.
    #[cfg(unix)]
    fn read_at_once(&mut self) -> io::Result<Arrival> {
        let read = |space: &mut [u8]| crate::unix::read_at_once(self.stream, space);
        arrival_of(|| self.conversation.receive(read))
    }

    /// Elsewhere nobody knows what that is.
    #[cfg(not(unix))]
    fn read_at_once(&mut self) -> io::Result<Arrival> {
        Ok(Arrival::TooLate)
    }
}

impl Awaited {
    /// Since when the client makes us wait, but for a moment, and until when it may.
    fn since_and_deadline(self) -> (Instant, Instant) {
        match self {
            Self::Request => {
                let now = Instant::now();
                (now, now + limits::IDLE_TIME)
            }
            // One deadline for a head, from its first byte, however it drips.
            Self::RestOfHead(since) => (since, since + limits::HEAD_TIME),
            Self::End(since) => (since, since + limits::DRAIN_TIME),
        }
    }
}

/// What has come, once `read` has not been interrupted.
fn arrival_of(mut read: impl FnMut() -> io::Result<usize>) -> io::Result<Arrival> {
    loop {
        return match read() {
            Ok(0) => Ok(Arrival::End),
            Ok(length) => Ok(Arrival::Bytes(length)),
            Err(error) => match error.kind() {
                ErrorKind::Interrupted => continue,
                // The one on Unix, the other on Windows.
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Ok(Arrival::TooLate),
                _ => Err(error),
            },
        };
    }
}
