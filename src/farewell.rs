//! Connections that have ended, and are not closed yet.
//!
//! ```text
//! answer, our end ──> … ──> close             the client reads its answer, and the end
//! answer, our end ──> close <── a late byte   the client reads a reset, and perhaps no answer
//! ```
//!
//! Closing a socket costs the client its answer if a byte of it comes afterwards (RFC 9112 §9.6). A
//! client that has asked for the end should send none, but some send another empty line. The RFC has us
//! read on until the client ends its side. We don't: that would hold a thread up for each connection.
//! They wait here, all together, and a late byte is harmless for as long as they do.

use crate::limits;
use std::collections::VecDeque;
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What is to be dropped a little later, in the order in which it came.
#[derive(Debug)]
pub struct Farewell<T> {
    leaving: Mutex<VecDeque<(Instant, T)>>,
    came: Condvar,
}

impl<T> Farewell<T> {
    /// Keeps `one` for [`limits::DRAIN_TIME`], or until [`limits::LEAVING`] others have come after it.
    pub fn add(&self, one: T) {
        let mut leaving = self.leaving();
        let earlier = if leaving.len() < limits::LEAVING { None } else { leaving.pop_front() };
        let is_first = leaving.is_empty();
        leaving.push_back((Instant::now() + limits::DRAIN_TIME, one));
        drop(leaving);
        drop(earlier);
        if is_first {
            self.came.notify_one();
        }
    }

    /// Drops each when its time has come, for as long as the program runs.
    pub fn see_off(&self) -> ! {
        loop {
            drop(self.next());
        }
    }

    /// Drops all of them now.
    pub fn hurry(&self) {
        drop(mem::take(&mut *self.leaving()));
    }

    /// Waits until the time of the first has come.
    fn next(&self) -> Option<(Instant, T)> {
        let mut leaving = self.leaving();
        loop {
            let rest =
                leaving.front().map(|(end, _)| end.saturating_duration_since(Instant::now()));
            leaving = match rest {
                Some(rest) if rest.is_zero() => return leaving.pop_front(),
                Some(rest) => {
                    let waited = self.came.wait_timeout(leaving, rest);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.came.wait(leaving).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Nothing that holds the lock can panic halfway.
    fn leaving(&self) -> MutexGuard<'_, VecDeque<(Instant, T)>> {
        self.leaving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Farewell<T> {
    /// Nobody is leaving yet.
    fn default() -> Self {
        Self { leaving: Mutex::default(), came: Condvar::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn the_first_goes_when_too_many_have_come_and_all_when_they_must_hurry() {
        let (farewell, one) = (Farewell::default(), Rc::new(()));
        for _ in 0..=limits::LEAVING {
            farewell.add(Rc::clone(&one));
        }
        assert_eq!(Rc::strong_count(&one) - 1, limits::LEAVING);
        farewell.hurry();
        assert_eq!(Rc::strong_count(&one) - 1, 0);
    }
}
