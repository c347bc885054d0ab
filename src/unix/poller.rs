//! Readiness: which of many sockets can be read, written or accepted from without a wait.
//!
//! Both implementations are *level-triggered*: they report a socket again as long as it is ready. So an event
//! may be left for later. One that comes too late does no harm, since reads and writes never wait.

#[cfg(all(target_os = "linux", not(feature = "poll")))]
mod epoll;
#[cfg(any(not(target_os = "linux"), feature = "poll"))]
mod poll;

#[cfg(all(target_os = "linux", not(feature = "poll")))]
pub use epoll::Poller;
#[cfg(any(not(target_os = "linux"), feature = "poll"))]
pub use poll::Poller;

use std::ffi::c_int;
use std::time::Duration;

/// What a socket is watched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// A client in the backlog of a listener that several pollers watch.
    Accept,
    /// Bytes to read, or their end.
    Read,
    /// Space to write.
    Write,
}

/// In whole milliseconds, rounded up: a wait that ended early would only be repeated.
fn milliseconds(timeout: Duration) -> c_int {
    c_int::try_from(timeout.as_micros().div_ceil(1000)).unwrap_or(c_int::MAX)
}
