//! Every number that could have been another, with its reason.
//!
//! A server without limits belongs to whoever sends the most.

use std::time::Duration;

/// The longest request target, in bytes. RFC 9112 §3 asks for at least 8,000.
///
/// Apache takes a line of 8,190 bytes, nginx one of 8 KiB.
pub const TARGET: usize = 8 * 1024;

/// The longest head, request line and all fields together, in bytes.
///
/// A browser may keep fifty cookies of 4 KiB for one host, and cookies of other programs on
/// `localhost` come to us too. Werkzeug reads lines of 64 KiB, nginx four of 8 KiB, Go a head of 1 MiB.
pub const HEAD: usize = 64 * 1024;

/// The most field lines of one head. Apache and hyper take 100; a browser sends about fifteen.
pub const FIELD_LINES: usize = 100;

/// The most empty lines that are skipped before a request line (RFC 9112 §2.2: "at least one").
pub const EMPTY_LINES: usize = 4;

/// The bytes that a connection reads at first; the space grows to [`HEAD`] only for a head that needs it.
pub const FIRST_READ: usize = 4 * 1024;

/// Once so many bytes of answers wait, they are written before the next pipelined request is read.
///
/// Together with one page and [`HEAD`], this is what a connection can hold.
pub const ANSWERS: usize = 64 * 1024;

/// From the first byte of a head to its last, however it drips. Go's own advice and Apache's
/// `RequestReadTimeout` are of this size; nginx takes 60 s.
pub const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a connection may be silent between requests, or before the first. Apache waits 5 s, nginx 75 s.
///
/// Chromium opens a second connection in advance and is not troubled when it closes.
pub const IDLE_TIME: Duration = Duration::from_secs(15);

/// How long a client may take to read what it asked for. nginx takes 60 s between two writes; this is
/// for all of an answer, which is a few kilobytes.
pub const WRITE_TIME: Duration = Duration::from_secs(10);

/// After the last answer: how long we go on reading, so that the client gets to read it
/// (RFC 9112 §9.6). Apache lingers for 2 s, nginx for 5 s between two reads.
pub const DRAIN_TIME: Duration = Duration::from_secs(5);

/// After the last answer: how many bytes we go on reading. More than any form that a person sends.
pub const DRAIN: usize = 64 * 1024 * 1024;

/// The most threads, and so the most clients at once, unless `--threads` says otherwise. A waiting
/// thread costs about 20 KiB; a browser opens up to six connections.
pub const THREADS: usize = 1024;

/// Threads that are kept for the next client instead of ending.
pub const PARKED_THREADS: usize = 16;

/// The stack of a thread, in bytes: many times what a request needs. Only what is touched takes memory.
pub const STACK: usize = 256 * 1024;

/// The pause before another `accept` after one that failed, as when descriptors run out.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
