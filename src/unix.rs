//! What `std` lacks: signals, readiness, the length of a backlog; and reads and writes that never wait.
//!
//! A poller says which of many sockets can be read, written or accepted from without a wait (*readiness*).
//! Both pollers are *level-triggered*: each wait reports a socket again as long as it is ready, so a report
//! may be left for later. An outdated report only leads to a read that finds nothing. Unasked, both also
//! report a socket whose client has gone: the next read or write fails.
//!
//! All of the program's `unsafe` is in this module: functions of the C library, declared by hand.

#![allow(unsafe_code, reason = "each call says why it is safe")]

// epoll on Linux, unless the feature `poll` is on; poll on other systems.
#[cfg_attr(all(target_os = "linux", not(feature = "poll")), path = "unix/epoll.rs")]
#[cfg_attr(any(not(target_os = "linux"), feature = "poll"), path = "unix/poll.rs")]
mod poller;

pub(crate) use poller::Poller;

use std::ffi::{c_int, c_void};
use std::io::{self, ErrorKind, Read};
use std::os::fd::{AsRawFd, IntoRawFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

// SAFETY: These signatures are those of POSIX. A `safe fn` can be called without `unsafe`: it takes only
// numbers, none of which can do harm.
unsafe extern "C" {
    fn signal(number: c_int, handler: extern "C" fn(c_int)) -> *const c_void;
    fn write(descriptor: c_int, bytes: *const u8, length: usize) -> isize;
    fn recv(socket: c_int, space: *mut u8, length: usize, flags: c_int) -> isize;
    fn send(socket: c_int, bytes: *const u8, length: usize, flags: c_int) -> isize;
    /// Sets the length of a listener's backlog, which `std` makes 128. If this fails, the length stays.
    pub(crate) safe fn listen(listener: c_int, backlog: c_int) -> c_int;
    safe fn _exit(code: c_int) -> !;
}

/// Ctrl-C, and what `kill` and `docker stop` send. The numbers are the same on every Unix.
const SIGINT: c_int = 2;
const SIGTERM: c_int = 15;

/// The end of a socket pair that the first signal writes to; `NONE` before [`Signals::catch`], and again
/// after that signal.
static SIGNAL_SOCKET: AtomicI32 = AtomicI32::new(NONE);
const NONE: c_int = -1;

/// The other end of that pair. A signal handler may do almost nothing, but it may write a byte: a thread that
/// reads it here can then do the rest (the *self-pipe trick*).
#[derive(Debug)]
pub struct Signals(UnixStream);

impl Signals {
    /// Catches Ctrl-C and SIGTERM from now on. The second signal ends the program at once, with the exit code
    /// by which a shell reports a signal: 128 plus its number. To be called once.
    ///
    /// # Errors
    ///
    /// If descriptors have run out.
    pub fn catch() -> io::Result<Self> {
        let (read_end, write_end) = UnixStream::pair()?;
        SIGNAL_SOCKET.store(write_end.into_raw_fd(), Ordering::Relaxed);
        for number in [SIGINT, SIGTERM] {
            // SAFETY: `on_signal` only does what a signal handler may do.
            unsafe { signal(number, on_signal) };
        }
        Ok(Self(read_end))
    }

    /// Waits for the first signal.
    pub fn wait(mut self) {
        // The other end is never closed, so this cannot fail.
        let _ = self.0.read_exact(&mut [0]);
    }
}

/// The signal handler. It interrupts any thread anywhere, even within an allocation. So it calls only
/// functions that POSIX lists as async-signal-safe (POSIX.1-2017, 2.4.3). A `write` that fails would change
/// `errno` for the interrupted code, but this one can't fail: the socket has space for a byte.
extern "C" fn on_signal(number: c_int) {
    let socket = SIGNAL_SOCKET.swap(NONE, Ordering::Relaxed);
    if socket == NONE {
        _exit(128 + number);
    }
    // SAFETY: The byte lives for as long as the call. The descriptor is never closed.
    unsafe { write(socket, b"!".as_ptr(), 1) };
}

/// With this flag, neither `recv` nor `send` waits. It saves a system call for each connection, that of
/// `set_nonblocking`.
const MSG_DONTWAIT: c_int =
    if cfg!(any(target_os = "linux", target_os = "android")) { 0x40 } else { 0x80 };

/// Reads what has come already, and returns its length: `None` if nothing has come, and 0 if nothing will,
/// since the client has ended its side. Fails if the client has reset the connection.
pub(crate) fn read_now(socket: &impl AsRawFd, space: &mut [u8]) -> io::Result<Option<usize>> {
    let (descriptor, start) = (socket.as_raw_fd(), space.as_mut_ptr());
    // SAFETY: No more is written to `space` than its length.
    length_or_error(unsafe { recv(descriptor, start, space.len(), MSG_DONTWAIT) })
}

/// Writes as many of the `bytes` as the socket has space for. Fails if the client has gone. (The system then
/// also sends SIGPIPE, which a Rust program ignores.)
pub(crate) fn write_now(socket: &impl AsRawFd, bytes: &[u8]) -> io::Result<usize> {
    let (descriptor, start) = (socket.as_raw_fd(), bytes.as_ptr());
    // SAFETY: No more is read from `bytes` than its length.
    let written = unsafe { send(descriptor, start, bytes.len(), MSG_DONTWAIT) };
    Ok(length_or_error(written)?.unwrap_or(0))
}

/// The number of bytes that a function of C has returned. If that is -1, `None` or the error: `None` if the
/// function would have to wait.
fn length_or_error(returned: isize) -> io::Result<Option<usize>> {
    // This fails only for -1.
    if let Ok(length) = usize::try_from(returned) {
        return Ok(Some(length));
    }
    let error = io::Error::last_os_error();
    if error.kind() == ErrorKind::WouldBlock { Ok(None) } else { Err(error) }
}

/// What a [`Poller`] watches a socket for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interest {
    /// A client in the backlog of a listener that several pollers watch.
    Accept,
    /// Bytes to read, or their end.
    Read,
    /// Space to write.
    Write,
}

/// In whole milliseconds, rounded up, so that nothing is woken too early.
fn milliseconds(timeout: Duration) -> c_int {
    c_int::try_from(timeout.as_nanos().div_ceil(1_000_000)).unwrap_or(c_int::MAX)
}
