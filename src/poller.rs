//! Readiness: which of many sockets can be read, written or accepted from without a wait.
//!
//! ```text
//! watch(7, Read), watch(8, Read)          the clients of 7 and 8 are silent
//! wait ─────────────────────────> [8]     the client of 8 has sent something
//! ```
//!
//! Both implementations are *level-triggered*: a socket that is ready is reported each time, until that has
//! changed. So an event may be left for later. One that comes too late does no harm, for reads and writes
//! never wait.

#[cfg(all(target_os = "linux", not(feature = "poll")))]
mod epoll;
#[cfg(any(not(target_os = "linux"), feature = "poll"))]
mod poll;

#[cfg(all(target_os = "linux", not(feature = "poll")))]
pub use epoll::Poller;
#[cfg(any(not(target_os = "linux"), feature = "poll"))]
pub use poll::Poller;

/// What a socket is watched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// A client in the backlog of a listener that several pollers watch. Not all of them need to be told.
    Accept,
    /// Bytes to read, or their end.
    Read,
    /// Space to write.
    Write,
}
