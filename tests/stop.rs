//! The end: what has begun is finished, and nothing else begins.

#![cfg(unix)]

mod support;

use cookies_from_scratch::limits;
use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};
use support::{Server, TIMEOUT, read_all, read_head};

const HALF: &[u8] = b"GET / HTTP/1.1\r\nHost: local";
const OTHER_HALF: &[u8] = b"host\r\n\r\n";

fn longest_grace() -> String {
    limits::GRACE_SECONDS.end().to_string()
}

/// A client that has sent half a request, which has been read.
fn half_a_request(server: &Server) -> TcpStream {
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    stream.write_all(HALF).unwrap();
    read_head(&mut stream);
    stream
}

/// Sends the signal, and waits until an idle connection is closed and new ones are refused.
#[track_caller]
fn stop(server: &Server, signal: &str) {
    let mut idle = server.connect();
    server.send_signal(signal);
    assert_eq!(read_all(&mut idle), b"", "it is closed");
    wait_until_refused(server);
}

/// Waits until the server accepts no more connections.
#[track_caller]
fn wait_until_refused(server: &Server) {
    let deadline = Instant::now() + TIMEOUT;
    let address = ([127, 0, 0, 1], server.port).into();
    while TcpStream::connect_timeout(&address, Duration::from_millis(100)).is_ok() {
        assert!(Instant::now() < deadline, "a connection is still accepted");
    }
}

#[test]
fn a_server_at_rest_ends_at_once() {
    for _ in 0..20 {
        let mut server = Server::start_with(&["--grace", &longest_grace()]);
        server.send_signal("TERM");
        assert_eq!(server.wait().code(), Some(0));
    }
}

#[test]
fn the_trace_says_why_the_connection_closes() {
    let mut server = Server::start_with(&["--trace"]);
    let mut slow = half_a_request(&server);
    stop(&server, "TERM");
    slow.write_all(OTHER_HALF).unwrap();
    server.log_with("\n* The connection closes: the server stops, or descriptors have run out.\n");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn a_request_that_has_begun_is_answered_and_told_of_the_end() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start_with(&["--grace", &longest_grace()]);
        let mut slow = half_a_request(&server);
        stop(&server, signal);
        slow.write_all(OTHER_HALF).unwrap();
        let rest = String::from_utf8(read_all(&mut slow)).unwrap();
        let (_page, answer) = rest.split_once("HTTP/1.1 200 OK\r\n").unwrap();
        assert!(answer.contains("\r\nConnection: close\r\n"), "{answer}");
        assert_eq!(server.wait().code(), Some(0), "SIG{signal}");
        // It is logged to the end.
        server.log_when(|log| log.matches("\"GET / HTTP/1.1\" 200 ").count() == 2);
    }
}

#[test]
fn a_client_that_does_not_end_is_cut_off_after_the_grace() {
    let mut server = Server::start_with(&["--grace", "1"]);
    let mut slow = half_a_request(&server);
    let start = Instant::now();
    server.send_signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    assert!(start.elapsed() >= Duration::from_secs(1), "after {:?} already", start.elapsed());
    let rest = String::from_utf8(read_all(&mut slow)).unwrap();
    assert!(!rest.contains("HTTP/1.1"), "half a request has no answer: {rest}");
}

/// `docker stop` kills a program that has not ended after 10 s.
#[test]
fn the_default_grace_leaves_room_before_docker_kills() {
    const DOCKER: Duration = Duration::from_secs(10);
    let mut server = Server::start();
    let _slow = half_a_request(&server);
    let start = Instant::now();
    server.send_signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    assert!(start.elapsed() + 2 * limits::FLUSH_TIMEOUT < DOCKER, "after {:?}", start.elapsed());
}

/// The deadlines have passed when the program goes on, and so has the time to read.
#[test]
fn requests_that_came_while_the_program_was_suspended_are_answered() {
    let mut server = Server::start();
    let ask = |stream: &mut TcpStream| {
        stream.write_all(b"GET /favicon.ico HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    };
    let mut clients: Vec<_> = (0..100).map(|_| server.connect()).collect();
    for stream in &mut clients {
        ask(stream);
        read_head(stream);
    }
    server.send_signal("TERM");
    server.send_signal("STOP");
    clients.iter_mut().for_each(ask);
    thread::sleep(limits::STOP_IDLE_TIMEOUT * 2);
    server.send_signal("CONT");
    for stream in &mut clients {
        assert!(read_head(stream).starts_with("HTTP/1.1 204 "));
    }
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut server = Server::start_with(&["--grace", &longest_grace()]);
    let _slow = half_a_request(&server);
    let mut idle = server.connect();
    server.send_signal("INT");
    assert_eq!(read_all(&mut idle), b"", "the first has come");
    server.send_signal("TERM");
    assert_eq!(server.wait().code(), Some(128 + 15));
}
