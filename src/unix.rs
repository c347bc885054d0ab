//! What `std` leaves to the system: signals, reading and writing without a wait, the queue before a listener,
//! and memory that is not used.
//!
//! ```text
//! kill -TERM ─> note_signal ─> a byte into a socket ─> a thread reads it ─> the server closes
//! ```
//!
//! All of the program's `unsafe` is here: functions of the C library, declared by hand.
//!
//! ```
//! # use cookies_from_scratch::unix;
//! unix::share_memory(2);
//! unix::on_signals(|| println!("the end"))?;
//! # Ok::<(), std::io::Error>(())
//! ```

#![allow(unsafe_code, reason = "each call says why it is safe")]

use crate::monitor::start_thread;
use std::ffi::{c_int, c_void};
use std::io::{self, Read};
use std::net::TcpListener;
use std::os::fd::{AsRawFd, IntoRawFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

// SAFETY: So POSIX declares the first six, and glibc the others. What is `safe` takes numbers only,
// none of which can do harm.
unsafe extern "C" {
    fn signal(number: c_int, handler: extern "C" fn(c_int)) -> *const c_void;
    fn write(file: c_int, bytes: *const u8, length: usize) -> isize;
    fn recv(socket: c_int, space: *mut u8, length: usize, flags: c_int) -> isize;
    fn send(socket: c_int, bytes: *const u8, length: usize, flags: c_int) -> isize;
    safe fn listen(socket: c_int, length: c_int) -> c_int;
    safe fn _exit(code: c_int) -> !;
    #[cfg(target_env = "gnu")]
    safe fn mallopt(parameter: c_int, value: c_int) -> c_int;
    #[cfg(target_env = "gnu")]
    safe fn malloc_trim(kept: usize) -> c_int;
}

/// Ctrl-C, and what `kill` and a container's end send. The numbers are the same on every Unix.
const SIGINT: c_int = 2;
const SIGTERM: c_int = 15;

/// Where the first signal is noted, so that a thread reads of it.
static SIGNALS: AtomicI32 = AtomicI32::new(-1);
static WAS_SIGNALLED: AtomicBool = AtomicBool::new(false);
static NOTE: u8 = b'!';

/// Has Ctrl-C and SIGTERM call `end`, the first time; the second time they end the program at once. To be
/// called once.
///
/// # Errors
///
/// If descriptors or threads have run out.
pub fn on_signals(end: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let (mut signals, written) = UnixStream::pair()?;
    SIGNALS.store(written.into_raw_fd(), Ordering::Relaxed);
    start_thread(move || {
        // The other end is never closed. So this cannot fail.
        let _ = signals.read_exact(&mut [0]);
        end();
    })?;
    for number in [SIGINT, SIGTERM] {
        // SAFETY: `note_signal` does only what it may, whatever it interrupts.
        unsafe { signal(number, note_signal) };
    }
    Ok(())
}

/// Interrupts any thread anywhere, even within an allocation. So all that it may do is to call what is
/// listed as safe then (POSIX.1-2017, 2.4.3): `write` and `_exit` are. A `write` that fails would change
/// the `errno` of whatever it interrupts; this one doesn't, for a socket has space for one byte.
extern "C" fn note_signal(number: c_int) {
    if WAS_SIGNALLED.swap(true, Ordering::Relaxed) {
        _exit(128 + number);
    }
    // SAFETY: The byte lives for as long as the call. The descriptor is never closed.
    unsafe { write(SIGNALS.load(Ordering::Relaxed), &raw const NOTE, 1) };
}

/// Neither `recv` nor `send` waits with this flag.
const MSG_DONTWAIT: c_int =
    if cfg!(any(target_os = "linux", target_os = "android")) { 0x40 } else { 0x80 };

/// Reads what has come already; if nothing has, that is a
/// [`WouldBlock`](io::ErrorKind::WouldBlock).
pub(crate) fn read_at_once(socket: &impl AsRawFd, space: &mut [u8]) -> io::Result<usize> {
    // SAFETY: No more is written to `space` than its length.
    length_of(unsafe { recv(socket.as_raw_fd(), space.as_mut_ptr(), space.len(), MSG_DONTWAIT) })
}

/// Writes as many of the `bytes` as the socket has space for; if there is none, that is a
/// [`WouldBlock`](io::ErrorKind::WouldBlock).
pub(crate) fn write_at_once(socket: &impl AsRawFd, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: No more is read from `bytes` than its length. A client that has gone is no signal, for `std`
    // ignores SIGPIPE.
    length_of(unsafe { send(socket.as_raw_fd(), bytes.as_ptr(), bytes.len(), MSG_DONTWAIT) })
}

fn length_of(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

/// Has up to `length` clients stand before `listener`, instead of the 128 that `std` asks for. It may be
/// called at any time; whoever stands there already stays.
pub(crate) fn set_queue(listener: &TcpListener, length: i32) {
    // If this fails, the queue is as it was.
    listen(listener.as_raw_fd(), length);
}

/// Divides memory among no more than `threads` at once. glibc keeps eight pools for each core, and gives
/// none of them back while one thing is still in it. To be called before there are other threads.
pub fn share_memory(threads: usize) {
    #[cfg(target_env = "gnu")]
    {
        const M_ARENA_MAX: c_int = -8;
        mallopt(M_ARENA_MAX, c_int::try_from(threads).unwrap_or(c_int::MAX));
    }
}

/// Gives back to the system what was freed. glibc keeps it for later.
pub(crate) fn give_memory_back() {
    #[cfg(target_env = "gnu")]
    malloc_trim(0);
}
