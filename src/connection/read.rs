//! Reading: how long we wait, and who is told of it.
//!
//! ```text
//! it is there   it comes in a moment   it comes later, or never
//! read          wait ─> read           wait ─> tell the seat ─> wait ─> read, or dismissed
//! ```
//!
//! What is read is a number of bytes, 0 at the client's end; or `None` if nothing came in time.

use super::Connection;
use crate::limits;
use crate::seat::Demand;
use crate::unix;
use std::io::{self, ErrorKind, Read};
use std::mem;
use std::time::{Duration, Instant};

impl Connection<'_> {
    /// Reads the first bytes of a request, or more of the head that began then. There is one deadline for
    /// a head, however it drips.
    pub(super) fn read(&mut self, head_began: Option<Instant>) -> io::Result<Option<usize>> {
        let is_late = head_began.is_some_and(|since| since.elapsed() >= limits::HEAD_TIMEOUT);
        let soon = if is_late { None } else { self.read_soon()? };
        if soon.is_some() {
            let demand = self.seat.resume(soon != Some(0));
            self.heed(demand);
            return Ok(soon);
        }
        match head_began {
            Some(since) => self.read_until(since, limits::HEAD_TIMEOUT, true),
            None => self.read_until(Instant::now(), limits::IDLE_TIMEOUT, false),
        }
    }

    /// Reads what is there, or comes so soon that it concerns nobody.
    fn read_soon(&mut self) -> io::Result<Option<usize>> {
        if mem::take(&mut self.is_new) {
            let read = |space: &mut [u8]| unix::read_at_once(self.stream, space);
            let arrival = in_time(|| self.conversation.receive(read))?;
            if arrival.is_some() {
                return Ok(arrival);
            }
        }
        let moment = self.seat.moment();
        if moment.is_zero() {
            return Ok(None);
        }
        self.limit_wait(moment)?;
        self.read_next()
    }

    /// Waits for bytes, for so much `time` since `since`, and tells the seat. Then reads them: while it
    /// waits, it takes no space for them.
    pub(super) fn read_until(
        &mut self,
        since: Instant,
        time: Duration,
        in_request: bool,
    ) -> io::Result<Option<usize>> {
        self.conversation.shrink();
        self.seat.wait(since, in_request);
        let result = self.await_byte(since + time);
        let demand = self.seat.resume(matches!(result, Ok(Some(1))));
        self.heed(demand);
        match result? {
            Some(0) if self.is_dismissed => Ok(None),
            Some(1) => self.read_next(),
            end => Ok(end),
        }
    }

    /// Waits until there is a byte to read.
    fn await_byte(&mut self, deadline: Instant) -> io::Result<Option<usize>> {
        let time = deadline.saturating_duration_since(Instant::now());
        if time.is_zero() {
            return Ok(None);
        }
        self.limit_wait(time)?;
        in_time(|| self.stream.peek(&mut [0]))
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
    fn read_next(&mut self) -> io::Result<Option<usize>> {
        let mut stream = self.stream;
        in_time(|| self.conversation.receive(|space| stream.read(space)))
    }

    fn heed(&mut self, demand: Demand) {
        self.is_dismissed |= demand == Demand::Leave;
        self.conversation.is_ending = self.is_dismissed || demand == Demand::LeaveSoon;
    }
}

/// What the socket does, if it does so in time and whatever interrupts it.
pub(super) fn in_time(mut work: impl FnMut() -> io::Result<usize>) -> io::Result<Option<usize>> {
    loop {
        return match work() {
            Ok(length) => Ok(Some(length)),
            Err(error) => match error.kind() {
                ErrorKind::Interrupted => continue,
                // The one on Unix, the other on Windows.
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Ok(None),
                _ => Err(error),
            },
        };
    }
}
