//! Every number that could have been another, with its reason.
//!
//! A server without limits belongs to whoever sends the most, or the slowest. These bound the time of
//! a connection at each of its steps:
//!
//! ```text
//! accept ─ IDLE_TIMEOUT ─> first byte ─ HEAD_TIMEOUT ─> head ─> answer ─ WRITE_TIMEOUT ─> written
//!            ^                                                                      │
//!            └──────────────────────────── another request ─────────────────────────┤
//!                                                       close, at the latest <─ DRAIN_TIMEOUT
//! ```
//!
//! And its memory: a stack, twice [`MAX_HEAD_BYTES`] for what comes, answers of [`MAX_PENDING_ANSWER_BYTES`] and one page.
//! That is 320 KiB at most, with its lines of the log, until a page shows a `Cookie` field of such a
//! size: it is ten times as long, and takes 4 MiB while it is made. `--trace` adds half a megabyte at most.
//! Nothing is allocated by a length that a client names.

use std::ops::RangeInclusive;
use std::time::Duration;

/// The longest request target, in bytes; RFC 9112 §3 asks for at least 8,000. A longer one is a 414,
/// and a method of that length a 501, before the rest has come. Apache takes a line of 8,190 bytes, nginx
/// one of 8 KiB, hyper a target of 64 KiB.
pub const MAX_TARGET_BYTES: usize = 8 * 1024;

/// The longest head, request line and all fields together, in bytes. A larger one is a 431
/// (RFC 6585 §5) while it arrives.
///
/// All programs on `localhost` share one jar, so large `Cookie` fields are normal. Node reads a head of
/// 16 KiB, nginx four lines of 8 KiB, hyper about 400 KiB, Apache 100 lines of 8 KiB, Go 1 MiB.
pub const MAX_HEAD_BYTES: usize = 64 * 1024;

/// The most field lines of one head; more are a 431. Apache and hyper take 100, Node 2,000; a browser
/// sends about fifteen.
pub const MAX_FIELD_LINES: usize = 100;

/// The most empty lines that are skipped before a request line. RFC 9112 §2.2 asks for one, which old
/// clients send behind a body. nginx skips any number, Apache 100.
pub const MAX_EMPTY_LINES: usize = 4;

/// How many bytes are read at once, to begin with: a browser's head. nginx begins with 1 KiB, Go with 4,
/// hyper with 8.
pub const READ: usize = 2 * 1024;

/// If that is not enough, it is twice as much the next time, and this at most: a hundred pipelined requests.
pub const MOST_READ: usize = 64 * 1024;

/// Once so many bytes of answers wait, they are written before the next pipelined request is
/// answered. One page more can wait with them.
pub const MAX_PENDING_ANSWER_BYTES: usize = 64 * 1024;

/// From the first byte of a head to its last, however it drips; then a 408. Apache gives it 20 s, and up
/// to 40 to whoever keeps sending; hyper 30 s, nginx 60 s. Go waits for ever.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection may be silent between requests, or before the first; then it is closed without
/// a word, for nothing was asked: Chromium, which opens one in advance, is not troubled. Between requests
/// Apache waits 5 s, nginx 75 s, Go for ever.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a client may take to read all that it asked for together. nginx and Apache allow 60 s between
/// two writes, and so a byte a minute. Go and hyper have no limit.
///
/// Nobody who is being answered has to leave for others. So as many clients as there are threads that read
/// nothing keep others out for this time, or twice: for what they asked before others came, and after.
pub const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// How many bytes TCP sends before it has heard from the client: ten segments (RFC 6928), if the client
/// has the space. Nobody tells us what has arrived; so we count all that a connection was sent.
pub const INITIAL_WINDOW_BYTES: usize = 14_000;

/// How long we go on reading after the last answer, so that the client gets it (RFC 9112 §9.6). nginx and
/// Apache go on for 30 s, but no longer than 5 and 2 s in silence; Go waits half a second.
pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);

/// How many bytes we read in that time, for a client can be fast. Apache and nginx look at the time alone.
pub const MAX_DRAINED_BYTES: usize = 64 * 1024 * 1024;

/// How many connections that have ended wait to be closed, for [`DRAIN_TIMEOUT`] at most.
pub const MAX_LINGERING_CONNECTIONS: usize = 64;

/// The most threads, and so the most clients at once, unless `--threads` says otherwise. A client that
/// waits costs 10 KiB; all of them, a tab of a browser or two. Most systems run out of descriptors before:
/// `ulimit -n` usually says 1,024.
pub const THREADS: usize = 12_000;

/// What `--threads` takes. A thread takes four areas of memory, and Linux gives a process 65,530 of
/// them (`vm.max_map_count`). A new thread that finds none left cannot even say so, and ends the program.
pub const MOST_THREADS: RangeInclusive<usize> = 1..=15_000;

/// How many threads are kept for the next clients instead of ending: a few browsers' worth. Without, a
/// connection of two requests costs a fifth more.
pub const PARKED_THREADS: usize = 16;

/// The stack of a thread, in bytes. All tests pass with a sixty-fourth of it; the rest is for a page
/// that panics. Only what is touched takes memory.
pub const STACK: usize = 1024 * 1024;

/// How long a client may make us wait, if every thread has a client, and none is left for a door. It is
/// halved each time somebody has to leave, and grows by its least each time somebody does who was
/// answered and told to. As soon as a thread has nothing to do, it is all there again.
///
/// So a client that is busy has some milliseconds for its first bytes, and yet hundreds that say nothing
/// can't keep it waiting for long.
pub const PATIENCE: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_millis(25);

/// How long a client may make us wait before that is told to anybody, while somebody is at each door: one
/// that asks one thing after the other troubles nobody.
pub const MOMENT: Duration = *PATIENCE.end();

/// The same for a client that has just come, while a door is deserted. As soon as one makes us wait for
/// longer, none may any more, until a thread has nothing to do. Linux rounds it up to some milliseconds.
/// Without, each request that comes a little later than its connection costs half as much again.
pub const BLINK: Duration = Duration::from_millis(1);

/// How long after a thread has ended its memory is given back, and that of all that ended meanwhile.
pub const TIDYING: Duration = Duration::from_secs(1);

/// How long a connection may be silent once the server stops. Who asks one thing after the other does so
/// within this time, and is told that the connection closes; so few ask in vain.
pub const LINGER: Duration = Duration::from_millis(250);

/// How long the last clients may take once the server stops, unless `--grace` says otherwise: as long as
/// a head, or an answer. Docker kills after 10 s, Kubernetes after 30.
pub const DEFAULT_GRACE: Duration = Duration::from_secs(10);

/// What `--grace` takes, in seconds.
pub const GRACE_SECONDS: RangeInclusive<u64> = 0..=3600;

/// How long the server tries to reach itself, to wake a thread at the door, and when it tries again.
pub const KNOCK: Duration = Duration::from_millis(2);

/// How many clients may stand before a listener until a thread comes: a burst. Linux takes no more than
/// `net.core.somaxconn`, which is 4,096. nginx asks for 511, as Node does.
pub const BACKLOG: i32 = 4096;

/// How many bytes of the log may wait while nobody reads it; as many again may wait for the terminal.
pub const MAX_LOG_BYTES: usize = 1024 * 1024;

/// How long the end waits for the log to be printed. Then nobody reads it.
pub const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);

/// The pause after an `accept` that failed, as when descriptors run out. Meanwhile somebody leaves.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// The pause before that is said again.
pub const REPORT_INTERVAL: Duration = Duration::from_secs(1);

/// For how many field lines a head has space before more is asked for.
pub const FIELD_LINES_CAPACITY: usize = 16;

/// How much space a `Set-Cookie` line has, in bytes, before more is asked for.
pub const SET_COOKIE_CAPACITY: usize = 128;

/// The same for the head of a response.
pub const RESPONSE_HEAD_CAPACITY: usize = 512;

/// The same for what fills the holes of a template: a few cookies, and the lines that set them.
pub const TEMPLATE_VALUES_CAPACITY: usize = 1024;

/// How often a port is looked for that is free on all addresses.
pub const MAX_PORT_ATTEMPTS: usize = 16;

/// The most that a browser keeps of one cookie: name and value together (6265bis §5.6).
pub const MAX_COOKIE_BYTES: usize = 4096;

/// The longest value of an attribute that a browser does not ignore (6265bis §5.6).
pub const MAX_COOKIE_ATTRIBUTE_BYTES: usize = 1024;
