//! Connections that have ended, and are not closed yet: what others call a lingering close.
//!
//! ```text
//! answer, our end ──> … ──> close             the client reads its answer, and the end
//! answer, our end ──> close <── a late byte   the client reads a reset, perhaps no answer
//! ```
//!
//! Closing a socket costs the client its answer if a byte of it comes afterwards (RFC 9112 §9.6). A
//! client that has asked for the end should send none, but some send another empty line. The RFC has us
//! read on until the client ends its side. We don't: that would hold a thread up for each connection.
//! They wait here, all together, and a late byte is harmless for as long as they do. (Not so if the client
//! had to leave: then it can't be heard any more, and Linux resets what it still sends.)

use crate::limits;
use crate::monitor::{Bell, Monitor, start_thread};
use std::collections::VecDeque;
use std::io;
use std::mem;
use std::sync::Arc;
use std::time::Instant;

/// What is to be dropped a little later, in the order in which it came.
pub struct Farewell<T> {
    leaving: Monitor<VecDeque<(Instant, T)>>,
    /// There is one again.
    begun: Bell,
}

impl<T: Send + 'static> Farewell<T> {
    /// Starts the thread that drops each when its time has come. It runs as long as the program.
    pub fn start() -> io::Result<Arc<Self>> {
        let farewell = Arc::new(Self { leaving: Monitor::default(), begun: Bell::default() });
        let in_thread = Arc::clone(&farewell);
        start_thread(move || {
            loop {
                drop(in_thread.next());
            }
        })?;
        Ok(farewell)
    }

    /// Keeps `one` for [`limits::DRAIN_TIMEOUT`], or until [`limits::MAX_LINGERING_CONNECTIONS`] others have come after it.
    pub fn add(&self, one: T) {
        let mut leaving = self.leaving.lock();
        let earlier = if leaving.len() < limits::MAX_LINGERING_CONNECTIONS {
            None
        } else {
            leaving.pop_front()
        };
        leaving.push_back((Instant::now() + limits::DRAIN_TIMEOUT, one));
        let is_first = leaving.len() == 1;
        drop(leaving);
        drop(earlier);
        if is_first {
            self.begun.ring();
        }
    }

    /// Drops all of them now.
    pub fn hurry(&self) {
        drop(mem::take(&mut *self.leaving.lock()));
    }

    /// Waits until the time of the first has come.
    fn next(&self) -> Option<(Instant, T)> {
        let mut leaving = self.leaving.lock();
        loop {
            let end = leaving.front().map(|(end, _)| *end);
            leaving = match end.map(|end| end.saturating_duration_since(Instant::now())) {
                Some(rest) if rest.is_zero() => return leaving.pop_front(),
                Some(rest) => self.begun.wait_for(leaving, rest),
                None => self.begun.wait(leaving),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_goes_when_too_many_have_come_and_all_when_they_must_hurry() {
        let (farewell, one) = (Farewell::start().unwrap(), Arc::new(()));
        for _ in 0..=limits::MAX_LINGERING_CONNECTIONS {
            farewell.add(Arc::clone(&one));
        }
        assert_eq!(Arc::strong_count(&one) - 1, limits::MAX_LINGERING_CONNECTIONS);
        farewell.hurry();
        assert_eq!(Arc::strong_count(&one) - 1, 0);
    }
}
