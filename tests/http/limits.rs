//! How much, and how long: each limit of `limits.rs` that a client can meet.

use crate::support::{Answer, Server, TIMEOUT, read_all, read_head};
use cookies_from_scratch::limits;
use std::io::{ErrorKind, Write};
use std::time::{Duration, Instant};

/// A server that reads on would wait for the rest: our side stays open.
#[track_caller]
fn status_of_unfinished(server: &Server, bytes: &[u8]) -> u16 {
    let mut stream = server.connect();
    stream.write_all(bytes).unwrap();
    Answer::read_all(&read_all(&mut stream), false)[0].status
}

/// RFC 9112 §3
#[test]
fn the_longest_target_is_read_and_a_longer_one_is_a_414_at_once() {
    let server = Server::start_with(&["--quiet"]);
    assert_eq!(
        server.get(&format!("/{}", "a".repeat(limits::MAX_TARGET_BYTES - 1)), "").status,
        404
    );
    assert_eq!(
        server.get(&format!("/?{}", "a".repeat(limits::MAX_TARGET_BYTES - 2)), "").status,
        200
    );
    let too_long = format!("GET /{}", "a".repeat(limits::MAX_TARGET_BYTES));
    assert_eq!(status_of_unfinished(&server, too_long.as_bytes()), 414);
    let too_long = "A".repeat(limits::MAX_TARGET_BYTES + 1);
    assert_eq!(status_of_unfinished(&server, too_long.as_bytes()), 501);
}

/// RFC 6585 §5
#[test]
fn the_largest_head_is_read_and_a_larger_one_is_a_431_at_once() {
    let server = Server::start_with(&["--quiet"]);
    let start = "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=";
    let value = "x".repeat(limits::MAX_HEAD_BYTES - start.len() - 4);
    let largest = server.ask(format!("{start}{value}\r\n\r\n").as_bytes());
    assert_eq!(largest.cookies(), [("a".to_owned(), value.clone())]);
    let too_large = format!("{start}{value}yyyyy");
    assert_eq!(status_of_unfinished(&server, too_large.as_bytes()), 431);
    let many = |count| format!("GET / HTTP/1.1\r\nHost: a\r\n{}", "a: b\r\n".repeat(count - 1));
    let most = many(limits::MAX_FIELD_LINES) + "\r\n";
    assert_eq!(server.ask(most.as_bytes()).status, 200);
    assert_eq!(status_of_unfinished(&server, many(limits::MAX_FIELD_LINES + 1).as_bytes()), 431);
    assert_eq!(status_of_unfinished(&server, many(100 * limits::MAX_FIELD_LINES).as_bytes()), 431);
}

#[test]
fn who_sends_too_much_after_the_last_answer_is_cut_off() {
    let server = Server::start_with(&["--quiet"]);
    let mut stream = server.connect();
    stream.write_all(b"nonsense\r\n").unwrap();
    let some = vec![b'x'; 1024 * 1024];
    let most = limits::MAX_DRAINED_BYTES / some.len();
    let sent = (0..4 * most).take_while(|_| stream.write_all(&some).is_ok()).count();
    assert!((most..4 * most).contains(&sent), "{sent} MiB were read");
}

/// All limits of time side by side, since each takes as long as it says.
#[test]
fn every_wait_has_an_end() {
    std::thread::scope(|scope| {
        scope.spawn(|| a_head_that_drips_is_a_408(Duration::from_millis(100)));
        scope.spawn(|| a_head_that_drips_is_a_408(Duration::from_millis(10)));
        scope.spawn(silence_is_closed_without_a_word);
        scope.spawn(the_next_head_has_a_deadline_of_its_own);
        scope.spawn(who_does_not_read_is_cut_off);
        scope.spawn(|| who_sends_on_after_the_last_answer_is_cut_off("nonsense\r\n"));
        scope.spawn(|| who_sends_on_after_the_last_answer_is_cut_off("GET / HTTP/1.0\r\n\r\n"));
    });
}

/// Sends byte by byte, for as long as nothing comes back, and returns how long that was.
fn drip(
    stream: &mut std::net::TcpStream,
    bytes: impl Iterator<Item = u8>,
    pause: Duration,
) -> Duration {
    let started = Instant::now();
    stream.set_read_timeout(Some(pause)).unwrap();
    for byte in bytes {
        let sent = stream.write_all(&[byte]);
        let waits = |error: &std::io::Error| error.kind() == ErrorKind::WouldBlock;
        if sent.is_err() || !stream.peek(&mut [0]).is_err_and(|error| waits(&error)) {
            break;
        }
        assert!(started.elapsed() < TIMEOUT, "dripping for ever");
    }
    started.elapsed()
}

/// RFC 9110 §15.5.9
fn a_head_that_drips_is_a_408(pause: Duration) {
    let server = Server::start_with(&["--quiet"]);
    let mut stream = server.connect();
    // A request before it doesn't count.
    stream.write_all(b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 204 "));
    let endless = b"GET / HTTP/1.1\r\nA: ".iter().copied().chain(std::iter::repeat(b'b'));
    let time = drip(&mut stream, endless, pause);
    assert!(time >= limits::HEAD_TIMEOUT, "after {time:?} already");
    assert!(time < 2 * limits::HEAD_TIMEOUT, "after {time:?} only");
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 408 "));
}

fn the_next_head_has_a_deadline_of_its_own() {
    let server = Server::start_with(&["--quiet"]);
    let mut stream = server.connect();
    stream.write_all(b"OPTIONS * HTTP/1.1\r\n").unwrap();
    std::thread::sleep(limits::HEAD_TIMEOUT / 2);
    let started = Instant::now();
    stream.write_all(b"Host: a\r\n\r\nHEAD").unwrap();
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 204 "));
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 408 "));
    assert!(started.elapsed() >= limits::HEAD_TIMEOUT, "after {:?} already", started.elapsed());
    assert_eq!(read_all(&mut stream), b"", "an answer to HEAD has no body");
}

fn silence_is_closed_without_a_word() {
    let server = Server::start_with(&["--quiet"]);
    let started = Instant::now();
    let mut silent = server.connect();
    let mut empty = server.connect();
    empty.write_all(b"\r\n").unwrap();
    let mut kept = server.connect();
    kept.write_all(crate::SECOND).unwrap();
    assert_eq!(read_all(&mut silent), b"");
    assert!(started.elapsed() >= limits::IDLE_TIMEOUT, "after {:?} already", started.elapsed());
    assert_eq!(read_all(&mut empty), b"");
    assert_eq!(Answer::read_all(&read_all(&mut kept), false).len(), 1, "and no 408 behind it");
}

fn who_does_not_read_is_cut_off() {
    let server = Server::start_with(&["--quiet"]);
    let mut stream = server.connect();
    stream.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    let started = Instant::now();
    loop {
        match stream.write(crate::SECOND) {
            Ok(_) => {}
            // All buffers are full.
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => break,
        }
        assert!(started.elapsed() < TIMEOUT, "waiting for ever");
    }
    let time = started.elapsed();
    assert!(time >= limits::WRITE_TIMEOUT, "after {time:?} already");
}

fn who_sends_on_after_the_last_answer_is_cut_off(last: &str) {
    let server = Server::start_with(&["--quiet"]);
    let mut stream = server.connect();
    stream.write_all(last.as_bytes()).unwrap();
    assert_eq!(Answer::read_all(&read_all(&mut stream), false).len(), 1);
    let started = Instant::now();
    while stream.write_all(b"x").is_ok() {
        assert!(started.elapsed() < TIMEOUT, "reading for ever");
        std::thread::park_timeout(Duration::from_millis(50));
    }
    assert_eq!(server.get("/", "").status, 200);
}
