//! RFC 9112 §9: how long a connection lives, and what is answered on it.

use crate::support::{Answer, Server, read_all};
use crate::{After, Closed, Open, SECOND, check_each};
use cookies_from_scratch::limits;
use std::io::{Read, Write};
use std::net::Shutdown;

/// `GET /` in HTTP/1.1, or in HTTP/1.0, with the `Connection` lines of each row.
fn check_connections(version: &str, rows: &[(&str, After)]) {
    let rows: Vec<_> = rows.iter().map(|&(lines, after)| (lines, 200, after)).collect();
    let get = |lines| format!("GET / {version}\r\nHost: a\r\n{lines}\r\n\r\n").into_bytes();
    check_each(&rows, get);
}

/// RFC 9112 §9.3
#[test]
fn http_1_1_stays_open_unless_it_says_close() {
    check_connections(
        "HTTP/1.1",
        &[
            ("A: b", Open),
            ("Connection: keep-alive", Open),
            ("Connection:", Open),
            ("Connection: closed", Open),
            ("Connection: close2, xclose", Open),
            ("Connection: \"close\"", Open),
            ("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA", Open),
            ("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13", Open),
            ("Proxy-Connection: close", Open),
            ("Keep-Alive: timeout=0", Open),
            ("Connection: close", Closed),
            ("connection:CLOSE", Closed),
            ("Connection: x,\tCLOSE\t", Closed),
            ("Connection: ,, close,", Closed),
            ("Connection: keep-alive, close", Closed),
            ("Connection: close, keep-alive", Closed),
            ("Connection: keep-alive\r\nConnection: close", Closed),
            ("Connection: close\r\nA: b\r\nConnection: keep-alive", Closed),
        ],
    );
}

#[test]
fn http_1_0_closes_unless_it_says_keep_alive_and_is_told() {
    check_connections(
        "HTTP/1.0",
        &[
            ("A: b", Closed),
            ("Connection: close", Closed),
            ("Connection: keep-alive, close", Closed),
            ("Connection: keepalive", Closed),
            ("Keep-Alive: timeout=5", Closed),
            ("Connection: keep-alive", Open),
            ("Connection: Keep-Alive", Open),
            ("Connection: x\r\nConnection: y ,\tkeep-alive", Open),
        ],
    );
    let server = Server::start();
    let told = server.ask(b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assert_eq!(told.field("Connection"), Some("keep-alive"));
    assert_eq!(server.get("/", "").field("Connection"), None);
}

/// RFC 9112 §9.3.2
#[test]
fn pipelined_requests_are_answered_in_order_up_to_the_first_that_closes() {
    let server = Server::start_with(&["--quiet"]);
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
    let many = [get("/"), get("/nope"), get("/favicon.ico")].concat().repeat(40);
    let bytes = [many.as_bytes(), b"GET / HTTP/1.0\r\n\r\n", SECOND].concat();
    let mut expected = [200, 404, 204].repeat(40);
    expected.push(200);
    for size in [bytes.len(), 1000, 100] {
        let pieces: Vec<_> = bytes.chunks(size).collect();
        let answers = Answer::read_all(&server.say_in_pieces(&pieces), false);
        let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, expected, "in pieces of {size}");
    }
}

#[test]
fn a_client_that_ends_its_side_still_gets_all_its_answers() {
    let server = Server::start_with(&["--quiet"]);
    let reply = server.say(&SECOND.repeat(500));
    assert_eq!(Answer::read_all(&reply, false).len(), 500);
}

#[test]
fn a_request_that_the_end_cut_short_is_never_served() {
    let server = Server::start_with(&["--quiet"]);
    assert_eq!(server.say(b""), b"");
    assert_eq!(server.say(b"GET /delete-cookies HTTP/1.1\r\nHost: a\r\n"), b"");
    let behind_one = [SECOND, b"GET / HTTP/1.1\r\nHost: a\r\n\r"].concat();
    assert_eq!(Answer::read_all(&server.say(&behind_one), false).len(), 1);
}

/// So many that each worker has closed the connections that lingered before.
fn let_others_come_and_go(server: &Server) {
    for _ in 0..=limits::MAX_LINGERING_CONNECTIONS * 2 {
        assert!(server.say(b"GET / HTTP/1.0\r\n\r\n").starts_with(b"HTTP/1.1 200 "));
    }
}

/// RFC 9112 §9.6
#[test]
fn an_answer_outlives_two_megabytes_that_nobody_reads() {
    let server = Server::start_with(&["--quiet"]);
    let large = "x".repeat(2_000_000);
    for (head, status) in [
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n", 405),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1E8480\r\n", 405),
        ("GET /set-cookie HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n", 200),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n", 405),
        ("GET / HTTP/1.1\r\nHost: a\r\nCookie: a=", 431),
        ("GET /", 414),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nbad line\r\n\r\n", 400),
        ("\x16\x03\x01", 400),
        ("", 501),
        ("GET / HTTP/1.0\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200),
    ] {
        let mut stream = server.connect();
        let sent =
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(large.as_bytes()));
        sent.unwrap_or_else(|error| panic!("{head:?}: the server must read on: {error}"));
        stream.shutdown(Shutdown::Write).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap_or_else(|error| panic!("{head:?}: {error}"));
        let answers = Answer::read_all(&bytes, false);
        assert_eq!((answers.len(), answers[0].status), (1, status), "{head:?}");
    }
}

#[test]
fn what_comes_together_with_a_last_request_is_read_however_much_it_is() {
    let server = Server::start_with(&["--quiet"]);
    for head in ["GET / HTTP/1.0\r\na: ", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\na: "] {
        // So long that the request ends with the last byte that the server reads at once.
        let length = limits::MAX_READ_BYTES - head.len() - 4;
        let head = format!("{head}{}\r\n\r\n", "x".repeat(length));
        let mut stream = server.connect();
        stream
            .write_all(&[head.as_bytes(), &vec![b'x'; limits::MAX_DRAINED_BYTES / 3]].concat())
            .unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("no reset");
        assert_eq!(Answer::read_all(&answer, false).len(), 1);
    }
}

#[test]
fn a_large_answer_outlives_what_comes_after_it_was_asked_for() {
    let server = Server::start_with(&["--quiet"]);
    let mut stream = server.connect();
    let count = limits::MAX_HEAD_BYTES / 4;
    let cookies = "a=;".repeat(count);
    stream.write_all(format!("GET / HTTP/1.0\r\nCookie: {cookies}\r\n\r\n").as_bytes()).unwrap();
    // The answer has begun, and is too large to have arrived.
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    stream.write_all(b"\r\n").unwrap();
    let mut bytes = start.to_vec();
    stream.read_to_end(&mut bytes).expect("no reset");
    assert_eq!(Answer::read_all(&bytes, false)[0].cookies().len(), count);
}

/// A client that has asked for the end should send nothing more, but some send an empty line.
#[test]
fn answers_outlive_a_late_byte() {
    let server = Server::start_with(&["--quiet"]);
    let close = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let many = format!("{}{close}", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100));
    for (requests, answers) in [("GET / HTTP/1.0\r\n\r\n", 1), (close, 1), (&many, 101)] {
        for _ in 0..20 {
            let mut stream = server.connect();
            stream.write_all(requests.as_bytes()).unwrap();
            // Now the answers are on their way.
            stream.peek(&mut [0]).unwrap();
            if answers > 1 {
                let_others_come_and_go(&server);
            }
            stream.write_all(b"\r\n").unwrap();
            stream.write_all(SECOND).unwrap();
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).expect("no reset");
            assert_eq!(Answer::read_all(&bytes, false).len(), answers);
        }
    }
}

#[test]
fn a_connection_that_closes_is_closed_at_once() {
    let server = Server::start_with(&["--quiet"]);
    for request in ["GET / HTTP/1.0\r\n\r\n", "nonsense\r\n", "\x16"] {
        let mut stream = server.connect();
        stream.write_all(request.as_bytes()).unwrap();
        // Our side still stands open: the end comes from the server.
        assert_eq!(Answer::read_all(&read_all(&mut stream), false).len(), 1, "{request:?}");
    }
}
