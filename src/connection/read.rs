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
    pub(super) fn read(&mut self, space: &mut [u8], awaited: Awaited) -> io::Result<Arrival> {
        let (since, deadline) = match awaited {
            Awaited::Request => (Instant::now(), None),
            // One deadline for a head, from its first byte, however it drips.
            Awaited::RestOfHead(since) => (since, Some(since + limits::HEAD_TIME)),
            Awaited::End(since) => (since, Some(since + limits::DRAIN_TIME)),
        };
        let haste = self.seat.haste();
        let mut demand = if haste == Haste::Great { Demand::LeaveSoon } else { Demand::Keep };
        let mut arrival = self.read_soon(space, haste)?;
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

    /// Reads what is there, or comes in a moment if there is no haste.
    fn read_soon(&mut self, space: &mut [u8], haste: Haste) -> io::Result<Arrival> {
        if mem::take(&mut self.is_new) {
            let arrival = arrival_of(self.read_at_once(space))?;
            if !matches!(arrival, Arrival::TooLate) {
                return Ok(arrival);
            }
        }
        if haste == Haste::None {
            self.read_for(space, limits::MOMENT)
        } else {
            Ok(Arrival::TooLate)
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

    #[cfg(unix)]
    fn read_at_once(&mut self, space: &mut [u8]) -> io::Result<usize> {
        crate::unix::read_at_once(self.stream, space)
    }

    /// Elsewhere nobody knows what has come already.
    #[cfg(not(unix))]
    fn read_at_once(&mut self, _space: &mut [u8]) -> io::Result<usize> {
        Err(ErrorKind::WouldBlock.into())
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
