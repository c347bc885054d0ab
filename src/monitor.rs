//! A value that threads share, one at a time, and the bells by which they wake each other.
//!
//! ```text
//! one thread                           another
//! let state = self.state.lock();       let mut state = self.state.lock();
//! let state = self.called.wait(state); state.calls.push(door);
//!             ^ goes on                self.called.ring();
//! ```

use crate::limits;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

/// Starts a thread, if the system lets us.
pub fn start_thread(life: impl FnOnce() + Send + 'static) -> io::Result<()> {
    Builder::new().stack_size(limits::STACK).spawn(life).map(drop)
}

/// A value and its lock.
///
/// A thread that panics while it holds the lock poisons it. Whoever holds one of ours does nothing that
/// can panic halfway, so the value is as good as before, and we go on.
#[derive(Debug, Default)]
pub struct Monitor<T>(Mutex<T>);

impl<T> Monitor<T> {
    pub fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    /// The value, for this thread alone, until the guard is dropped.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What threads wait for until a value has changed. Each bell belongs to one monitor.
#[derive(Debug, Default)]
pub struct Bell(Condvar);

impl Bell {
    /// Gives the lock away until the bell rings, or for no reason: look again.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.0.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`wait`](Self::wait), but no longer than `time`.
    pub fn wait_for<'a, T>(&self, guard: MutexGuard<'a, T>, time: Duration) -> MutexGuard<'a, T> {
        self.0.wait_timeout(guard, time).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Wakes one thread that waits, if one does.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Wakes all that wait.
    pub fn ring_for_all(&self) {
        self.0.notify_all();
    }
}
