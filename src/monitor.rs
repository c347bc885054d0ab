//! A value that threads share: one at a time, and they may wait until it changes.
//!
//! ```text
//! one thread                          another
//! let state = monitor.lock();         let mut state = monitor.lock();
//! let state = monitor.wait(state);    state.calls += 1;
//!             ^ goes on               monitor.notify_one();
//! ```

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A value, its lock, and a place to wait.
///
/// A thread that panics while it holds the lock poisons it. Whoever holds one of ours does nothing that
/// can panic halfway, so the value is as good as before, and we go on.
#[derive(Debug, Default)]
pub struct Monitor<T> {
    value: Mutex<T>,
    changed: Condvar,
}

impl<T> Monitor<T> {
    /// The value, for this thread alone, until the guard is dropped.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the lock away until somebody notifies, or for no reason: look again.
    pub fn wait<'a>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.changed.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`wait`](Self::wait), but no longer than `time`.
    pub fn wait_for<'a>(&self, guard: MutexGuard<'a, T>, time: Duration) -> MutexGuard<'a, T> {
        self.changed.wait_timeout(guard, time).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Wakes one thread that waits, if one does.
    pub fn notify_one(&self) {
        self.changed.notify_one();
    }
}
