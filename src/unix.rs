//! What `std` lacks: signals, readiness, reads and writes that never wait, the length of a backlog.
//!
//! All of the program's `unsafe` is here: functions of the C library, declared by hand.

#![allow(unsafe_code, reason = "each call says why it is safe")]

use std::ffi::{c_int, c_void};
use std::io::{self, ErrorKind, Read};
use std::net::TcpListener;
use std::os::fd::{AsRawFd, IntoRawFd, RawFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

// SAFETY: POSIX declares them so. A `safe` function takes numbers only, none of which can do harm.
unsafe extern "C" {
    fn signal(number: c_int, handler: extern "C" fn(c_int)) -> *const c_void;
    fn write(descriptor: c_int, bytes: *const u8, length: usize) -> isize;
    fn recv(socket: c_int, space: *mut u8, length: usize, flags: c_int) -> isize;
    fn send(socket: c_int, bytes: *const u8, length: usize, flags: c_int) -> isize;
    safe fn listen(socket: c_int, backlog: c_int) -> c_int;
    safe fn _exit(code: c_int) -> !;
}

/// Ctrl-C, and what `kill` and `docker stop` send. The numbers are the same on every Unix.
const SIGINT: c_int = 2;
const SIGTERM: c_int = 15;

/// The end of a socket pair that the signal handler writes to.
static SIGNAL_SOCKET: AtomicI32 = AtomicI32::new(-1);
static WAS_SIGNALLED: AtomicBool = AtomicBool::new(false);

/// The other end, where Ctrl-C and SIGTERM have become a byte that can be read: the *self-pipe trick*.
#[derive(Debug)]
pub struct Signals(UnixStream);

impl Signals {
    /// Catches both signals from now on. A second one ends the program at once, with the exit code by which a
    /// shell reports a signal: 128 and its number. To be called once.
    ///
    /// # Errors
    ///
    /// If descriptors have run out.
    pub fn catch() -> io::Result<Self> {
        let (read, written) = UnixStream::pair()?;
        SIGNAL_SOCKET.store(written.into_raw_fd(), Ordering::Relaxed);
        for number in [SIGINT, SIGTERM] {
            // SAFETY: `on_signal` only does what a signal handler may do.
            unsafe { signal(number, on_signal) };
        }
        Ok(Self(read))
    }

    /// Waits for the first signal.
    pub fn wait(mut self) {
        // The other end is never closed, so this cannot fail.
        let _ = self.0.read_exact(&mut [0]);
    }
}

/// Interrupts any thread anywhere, even within an allocation. So it calls only functions that POSIX lists as
/// async-signal-safe (POSIX.1-2017, 2.4.3). A `write` that failed would change the `errno` of the interrupted
/// code; this one cannot fail, for a socket has space for a byte.
extern "C" fn on_signal(number: c_int) {
    if WAS_SIGNALLED.swap(true, Ordering::Relaxed) {
        _exit(128 + number);
    }
    // SAFETY: The byte lives for as long as the call. The descriptor is never closed.
    unsafe { write(SIGNAL_SOCKET.load(Ordering::Relaxed), b"!".as_ptr(), 1) };
}

/// With this flag, neither `recv` nor `send` waits. It saves each connection a call of `set_nonblocking`.
const MSG_DONTWAIT: c_int =
    if cfg!(any(target_os = "linux", target_os = "android")) { 0x40 } else { 0x80 };

/// Reads what has come already: 0 bytes at the client's end, `None` if nothing has come yet. It fails if the
/// client has reset the connection.
pub(crate) fn read_now(socket: &impl AsRawFd, space: &mut [u8]) -> io::Result<Option<usize>> {
    // SAFETY: No more is written to `space` than its length.
    without_waiting(|| unsafe {
        recv(socket.as_raw_fd(), space.as_mut_ptr(), space.len(), MSG_DONTWAIT)
    })
}

/// Writes as many of the `bytes` as the socket has space for: 0 if there is none. It fails if the client has
/// gone; that is not a signal here, for `std` ignores SIGPIPE.
pub(crate) fn write_now(socket: &impl AsRawFd, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: No more is read from `bytes` than its length.
    let written = without_waiting(|| unsafe {
        send(socket.as_raw_fd(), bytes.as_ptr(), bytes.len(), MSG_DONTWAIT)
    })?;
    Ok(written.unwrap_or(0))
}

/// What `call` returns; `None` if it would have to wait. A signal makes no difference.
fn without_waiting(mut call: impl FnMut() -> isize) -> io::Result<Option<usize>> {
    loop {
        if let Ok(length) = usize::try_from(call()) {
            return Ok(Some(length));
        }
        let error = io::Error::last_os_error();
        match error.kind() {
            ErrorKind::Interrupted => {}
            ErrorKind::WouldBlock => return Ok(None),
            _ => return Err(error),
        }
    }
}

/// Sets how many clients may wait for `listener` to accept them. `std` asks for 128.
pub(crate) fn set_backlog(listener: &TcpListener, length: i32) {
    // If this fails, it is as it was.
    listen(listener.as_raw_fd(), length);
}

/// In whole milliseconds, rounded up: a wait that ended early would only be repeated.
fn milliseconds(timeout: Duration) -> c_int {
    c_int::try_from(timeout.as_micros().div_ceil(1000)).unwrap_or(c_int::MAX)
}

/// POSIX `poll`.
#[cfg(any(feature = "poll", not(target_os = "linux")))]
pub(crate) mod poll {
    use super::{Duration, RawFd, c_int, milliseconds};

    pub const POLLIN: i16 = 1;
    pub const POLLOUT: i16 = 4;

    /// A descriptor, what is asked about it, and what is reported: C's `struct pollfd`.
    #[derive(Debug)]
    #[repr(C)]
    pub struct Entry {
        pub descriptor: RawFd,
        pub events: i16,
        pub reported: i16,
    }

    #[cfg(target_os = "linux")]
    type Count = std::ffi::c_ulong;
    #[cfg(not(target_os = "linux"))]
    type Count = std::ffi::c_uint;

    // SAFETY: POSIX declares it so.
    unsafe extern "C" {
        fn poll(entries: *mut Entry, count: Count, timeout: c_int) -> c_int;
    }

    /// Waits until an entry is ready, a signal comes, or `timeout` is over.
    pub fn wait(entries: &mut [Entry], timeout: Duration) {
        let count = Count::try_from(entries.len()).expect("no more descriptors than an int counts");
        // SAFETY: No more entries are read or written than there are.
        unsafe { poll(entries.as_mut_ptr(), count, milliseconds(timeout)) };
    }
}

/// Linux's `epoll`.
#[cfg(all(target_os = "linux", not(feature = "poll")))]
pub(crate) mod epoll {
    use super::{AsRawFd, Duration, RawFd, c_int, io, milliseconds};
    use std::os::fd::{FromRawFd, OwnedFd};

    pub const EPOLLIN: u32 = 1;
    pub const EPOLLOUT: u32 = 4;
    pub const EPOLLEXCLUSIVE: u32 = 1 << 28;

    pub const EPOLL_CTL_ADD: c_int = 1;
    pub const EPOLL_CTL_DEL: c_int = 2;
    pub const EPOLL_CTL_MOD: c_int = 3;
    const EPOLL_CLOEXEC: c_int = 0o2_000_000;

    /// Events, and the descriptor that they are about: C's `struct epoll_event`.
    #[derive(Clone, Copy, Debug, Default)]
    #[cfg_attr(target_arch = "x86_64", repr(C, packed))]
    #[cfg_attr(not(target_arch = "x86_64"), repr(C))]
    pub struct Event {
        pub events: u32,
        pub descriptor: i64,
    }

    // SAFETY: The Linux manual declares them so.
    unsafe extern "C" {
        safe fn epoll_create1(flags: c_int) -> c_int;
        fn epoll_ctl(epoll: c_int, action: c_int, socket: c_int, event: *mut Event) -> c_int;
        fn epoll_wait(epoll: c_int, events: *mut Event, most: c_int, timeout: c_int) -> c_int;
    }

    /// A new epoll instance.
    pub fn create() -> io::Result<OwnedFd> {
        match epoll_create1(EPOLL_CLOEXEC) {
            -1 => Err(io::Error::last_os_error()),
            // SAFETY: The descriptor is new, and has no other owner.
            descriptor => Ok(unsafe { OwnedFd::from_raw_fd(descriptor) }),
        }
    }

    /// Adds, removes or changes which `events` of a `socket` are watched.
    pub fn control(epoll: &OwnedFd, action: c_int, socket: RawFd, events: u32) -> io::Result<()> {
        let mut event = Event { events, descriptor: socket.into() };
        // SAFETY: The event lives for as long as the call.
        match unsafe { epoll_ctl(epoll.as_raw_fd(), action, socket, &raw mut event) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }

    /// Waits until there are events, a signal comes, or `timeout` is over. Returns how many of `events` are
    /// filled.
    pub fn wait(epoll: &OwnedFd, events: &mut [Event], timeout: Duration) -> usize {
        let most = c_int::try_from(events.len()).expect("a short slice");
        let (epoll, timeout) = (epoll.as_raw_fd(), milliseconds(timeout));
        // SAFETY: No more events are written than there is space for.
        usize::try_from(unsafe { epoll_wait(epoll, events.as_mut_ptr(), most, timeout) })
            .unwrap_or(0)
    }
}
