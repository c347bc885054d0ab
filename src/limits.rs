//! All tunable limits, each with its reason.
//!
//! Without limits, one client could occupy the server by sending too much, or too slowly. A table in
//! `connection` shows which timeout bounds which of its states.
//!
//! Limits also bound the memory of a connection. Unanswered bytes are [`MAX_HEAD_BYTES`] at most, and
//! unwritten answers [`MAX_PENDING_ANSWER_BYTES`] and a page. A buffer that grows may be twice as large as
//! its content. With few cookies a page is short, so that is 2 × (64 + 64) = 256 KiB at most. The longest
//! page, for a `Cookie` field of 64 KiB, has 870 KiB and takes 1 MiB. An idle connection takes a quarter of a
//! KiB. No allocation takes its size from a number that a client sends.

use std::ops::RangeInclusive;
use std::time::Duration;

/// The longest request target; for a longer one, the response has the status 414. RFC 9112 §3 asks for at
/// least 8,000 bytes. Apache takes a line of 8,190 bytes, nginx one of 8 KiB, hyper a target of 64 KiB.
pub const MAX_TARGET_BYTES: usize = 8 * 1024;

/// The longest head, request line and all fields together; a longer one is a 431 (RFC 6585 §5).
///
/// All programs on `localhost` share one cookie jar, so large `Cookie` fields are normal. Node reads a head
/// of 16 KiB, nginx four lines of 8 KiB, hyper about 400 KiB, Apache 100 lines of 8 KiB, Go 1 MiB.
pub const MAX_HEAD_BYTES: usize = 64 * 1024;

/// The most field lines of one head; more are a 431. A browser sends about fifteen. Apache and hyper take
/// 100, Node 2,000.
pub const MAX_FIELD_LINES: usize = 100;

/// The longest name of a field that a 431 shows.
pub const MAX_SHOWN_NAME_BYTES: usize = 64;

/// Once a page has this length, it lists no more cookies. Its `Cookie` line has all of them.
pub const MAX_LISTED_BYTES: usize = 640 * 1024;

/// With more bytes of cookies than this, a page doesn't predict which cookies come next: it would show each
/// for two paths.
pub const MAX_PREDICTED_BYTES: usize = 8 * 1024;

/// The most empty lines that are skipped before a request line. RFC 9112 §2.2 asks for one, which old clients
/// send after a body. nginx skips any number, Apache 100.
pub const MAX_EMPTY_LINES: usize = 4;

/// The most bytes of one read: about a hundred requests that a client sends at once. Each worker has one
/// buffer of this size.
pub const MAX_READ_BYTES: usize = 64 * 1024;

/// With this many bytes of unwritten answers, a connection writes before it answers the next request.
pub const MAX_PENDING_ANSWER_BYTES: usize = 64 * 1024;

/// The longest time from the first byte of a head to its last; after it, the client gets a 408. It is the
/// defence against *slowloris*, an attack by many clients that each send a byte now and then. Apache gives a
/// head 20 s, and up to 40 s if bytes keep coming; hyper 30 s, nginx 60 s. Go waits for ever.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection may be silent before a request. Then it closes without a response, since no request
/// has begun. Chromium opens connections in advance and expects this. An empty line, or only its CR, starts
/// the time again, but only [`MAX_EMPTY_LINES`] may come. Apache waits 5 s between requests, nginx 75 s.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a client may take to receive all answers to the requests that came in one read. nginx and Apache
/// allow 60 s between two writes, so a client may take one byte a minute. Go and hyper have no limit.
pub const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// How often a connection may write [`MAX_PENDING_ANSWER_BYTES`] in one turn, before others take theirs: a
/// client that pipelines requests without end must not hold them up. The pages of a turn take half a
/// millisecond.
pub const WRITES_PER_TURN: usize = 4;

/// The most sockets that epoll reports in one wait. A new client waits until the sockets that are reported
/// before its listener have had their turn, so a larger number would delay it.
pub const MAX_EVENTS: usize = 64;

/// The pause after a look at all deadlines; shorter if a deadline falls into it. It takes 0.1 ms for 10,000
/// connections.
pub const SWEEP_INTERVAL: Duration = Duration::from_millis(100);

/// How many bytes TCP sends before the client has confirmed any: ten packets (RFC 6928). So answers that are
/// no longer have left once the socket has taken them.
pub const INITIAL_WINDOW_BYTES: usize = 14_000;

/// How long we read after the last answer: if bytes came to a closed socket, the connection would be reset,
/// and the client might not get the answer (RFC 9112 §9.6). nginx and Apache read for 30 s, but give up after
/// 5 s and 2 s of silence; Go waits half a second.
pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);

/// How many bytes we read in that time, since a client can be fast. Apache and nginx limit only the time.
pub const MAX_DRAINED_BYTES: usize = 64 * 1024 * 1024;

/// How many sockets a worker keeps open after it has finished with them, each for [`DRAIN_TIMEOUT`] at most:
/// a late byte to a closed socket would reset the connection.
pub const MAX_LINGERING_CONNECTIONS: usize = 64;

/// What `--threads` takes: the number of workers. The default is one per core, since more would only take
/// turns. Pages that block, because they wait for a disk or another server, need more: such a page holds up
/// all clients of its worker. A worker takes three descriptors and 0.1 MiB.
pub const WORKERS: RangeInclusive<u16> = 1..=256;

/// A worker gives away half of its busy connections if, for this long, another worker was idle whenever
/// several sockets of the first were ready.
pub const REBALANCE_AFTER: Duration = Duration::from_millis(10);

/// How long a client must have been silent before it can be evicted. The one that has been silent longest
/// goes first, so this matters only in a flood of clients. Then a request is usually here when its client is
/// accepted, and a client that has been silent for this long is likely to send none.
pub const MIN_SILENCE: Duration = Duration::from_millis(1);

/// How many clients a worker accepts in a row when it is busy, or when descriptors run out. If it accepted
/// one at a time, 300 clients that pipeline would hold up a new one for 1.5 s; with 32 at a time, 0.3 s.
pub const ACCEPTS_IN_A_ROW: usize = 32;

/// How long a connection may be silent, or drain, while the server stops. A client that sends one request
/// after the other sends the next within this time, and the response says that the connection closes.
pub const STOP_IDLE_TIMEOUT: Duration = Duration::from_millis(250);

/// How long the last clients may take while the server stops, unless `--grace` says otherwise. Docker kills
/// after 10 s, Kubernetes after 30 s; printing the last of the log takes up to twice [`FLUSH_TIMEOUT`] more.
pub const DEFAULT_GRACE: Duration = Duration::from_secs(8);

/// What `--grace` takes, in seconds.
pub const GRACE_SECONDS: RangeInclusive<u16> = 0..=3600;

/// How many clients may wait in the *backlog* of a listener until they are accepted. Linux takes no more than
/// `net.core.somaxconn`, which is 4,096. nginx and Node ask for 511.
pub const BACKLOG: i32 = 4096;

/// How many bytes of the log may wait to be printed, unless they are those of one turn of a connection. The
/// buffer for them grows, and doesn't shrink.
pub const MAX_LOG_BYTES: usize = 1024 * 1024;

/// How much of a request line is logged. `GoAccess` reads log lines of up to 4,096 bytes.
pub const MAX_LOGGED_REQUEST_BYTES: usize = 3_900;

/// How long the end of the program waits for standard output, and then for standard error.
pub const FLUSH_TIMEOUT: Duration = Duration::from_millis(500);

/// How many bytes of the log are written at once, in whole lines. Linux's pipes take all of such a write or
/// nothing (`PIPE_BUF`), so lines of two programs don't mix.
pub const MAX_PRINT_BYTES: usize = 4096;

/// The pause before writing again to a full pipe that another program has made non-blocking.
pub const WRITE_PAUSE: Duration = Duration::from_millis(10);

/// The pause of a worker when descriptors have run out and it can evict no client.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(1);

/// The pause before a shortage is reported again.
pub const REPORT_INTERVAL: Duration = Duration::from_secs(1);

/// The most that a browser keeps of one cookie: name and value together (6265bis §5.6).
pub const MAX_COOKIE_BYTES: usize = 4096;

/// The longest value of an attribute that a browser does not ignore (6265bis §5.6). Only a path can be so
/// long: no domain has more than 253 bytes.
pub const MAX_COOKIE_ATTRIBUTE_BYTES: usize = 1024;

/// The longest lifetime that a cookie may have: 292 years. Go's cookie jar counts nanoseconds in 63 bits, and
/// a longer `Max-Age` overflows them (`findings/go-cookiejar-long-max-age.sh`).
pub const MAX_LIFETIME: Duration = Duration::from_secs(9_223_372_036);
