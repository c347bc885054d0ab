//! HTTP by the letter, said to the real program in raw bytes.

mod support;

use std::io::{Read, Write};
use std::net::Shutdown;
use std::time::Instant;
use support::{Answer, PATIENCE, Server, read_all};

/// Whether the connection lives on after the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    Open,
    Closed,
}
use After::{Closed, Open};

/// Sends `request` and, right behind it, another one; the second is answered only where the
/// connection lives on.
#[track_caller]
fn check(server: &Server, request: &str, status: u16, after: After) {
    let bytes = format!("{request}GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
    let reply = server.say(bytes.as_bytes());
    let answers = Answer::read_all(&reply, false);
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    let expected = if after == Open { vec![status, 404] } else { vec![status] };
    assert_eq!(statuses, expected, "{request:?}");
    let close = answers[0].field("Connection") == Some("close");
    assert_eq!(close, after == Closed, "{request:?}: Connection: close");
    assert!(answers.iter().all(|answer| answer.field("Date").is_some()), "{request:?}");
}

fn check_all(rows: &[(&str, u16, After)]) {
    let server = Server::start_with(&["--quiet"]);
    for &(request, status, after) in rows {
        check(&server, request, status, after);
    }
}

#[test]
fn targets_come_in_four_forms() {
    check_all(&[
        ("GET /set-cookie?a=b HTTP/1.1\r\nHost: a\r\n\r\n", 200, Open),
        ("GET /?/nope HTTP/1.1\r\nHost: a\r\n\r\n", 200, Open),
        ("GET /s%65t%2dcookie HTTP/1.1\r\nHost: a\r\n\r\n", 200, Open),
        ("GET http://localhost/set-cookie HTTP/1.1\r\nHost: a\r\n\r\n", 200, Open),
        ("GET HTTP://localhost:80?a=b HTTP/1.1\r\nHost: a\r\n\r\n", 200, Open),
        ("GET http://localhost HTTP/1.1\r\nHost: a\r\n\r\n", 200, Open),
        ("GET http://localhost/ HTTP/1.1\r\n\r\n", 400, Closed),
        ("GET https://localhost/ HTTP/1.1\r\nHost: a\r\n\r\n", 421, Closed),
        ("GET http:///set-cookie HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET http://me@localhost/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET ftp://localhost/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET set-cookie HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 204, Open),
        ("OPTIONS http://localhost HTTP/1.1\r\nHost: a\r\n\r\n", 204, Open),
        ("OPTIONS /set-cookie HTTP/1.1\r\nHost: a\r\n\r\n", 204, Open),
        ("OPTIONS /nope HTTP/1.1\r\nHost: a\r\n\r\n", 404, Open),
        ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("CONNECT localhost:443 HTTP/1.1\r\nHost: a\r\n\r\n", 405, Open),
        ("CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("CONNECT localhost HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("CONNECT localhost: HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET localhost:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET /# HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET //set-cookie HTTP/1.1\r\nHost: a\r\n\r\n", 404, Open),
        ("GET /%2Fset-cookie HTTP/1.1\r\nHost: a\r\n\r\n", 404, Open),
        ("GET /set-cookie/../ HTTP/1.1\r\nHost: a\r\n\r\n", 404, Open),
    ]);
}

#[test]
fn methods_are_answered_allowed_or_unknown() {
    check_all(&[
        ("POST / HTTP/1.1\r\nHost: a\r\n\r\n", 405, Open),
        ("DELETE /delete-cookies HTTP/1.1\r\nHost: a\r\n\r\n", 405, Open),
        ("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405, Open),
        ("POST /nope HTTP/1.1\r\nHost: a\r\n\r\n", 404, Open),
        ("OPTIONS /favicon.ico HTTP/1.1\r\nHost: a\r\n\r\n", 204, Open),
        ("POST /favicon.ico HTTP/1.1\r\nHost: a\r\n\r\n", 405, Open),
        ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501, Closed),
        ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 501, Closed),
    ]);
}

#[test]
fn http_1_1_needs_one_host() {
    check_all(&[
        ("GET / HTTP/1.1\r\nHost: \r\n\r\n", 200, Open),
        ("GET / HTTP/1.1\r\nhOST:[::1]:5000\r\n\r\n", 200, Open),
        ("GET / HTTP/1.1\r\n\r\n", 400, Closed),
        ("GET / HTTP/1.9\r\n\r\n", 400, Closed),
        ("GET / HTTP/1.0\r\n\r\n", 200, Closed),
        ("GET / HTTP/1.0\r\nHost: a b\r\n\r\n", 400, Closed),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, Closed),
        ("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400, Closed),
        ("GET / HTTP/1.1\r\nHost: http://a\r\n\r\n", 400, Closed),
    ]);
}

#[test]
fn whoever_sends_a_body_gets_one_answer_and_a_close() {
    check_all(&[
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 200, Open),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", 200, Closed),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 405, Closed),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", 405, Closed),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
            405,
            Closed,
        ),
        ("GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417, Closed),
        ("GET / HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n", 200, Open),
    ]);
}

#[test]
fn a_length_that_could_be_read_in_two_ways_is_refused() {
    let lengths =
        ["", "+5", "-1", "0x5", "5 5", "5,5", "5.0", "18446744073709551616", "٥", "0\u{b}"];
    let server = Server::start_with(&["--quiet"]);
    for length in lengths {
        let request = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
        check(&server, &request, 400, Closed);
    }
    let codings = [
        ("chunked, chunked", 400),
        ("chunked, gzip", 400),
        ("gzip", 400),
        ("identity", 400),
        ("", 400),
        (", chunked", 400),
        ("chunked;a=b", 400),
        ("\"chunked\"", 400),
        ("\u{a0}chunked", 400),
        ("xchunked", 400),
        ("gzip, chunked", 501),
        ("gzip\r\nTransfer-Encoding: chunked", 501),
        ("chunked\r\nContent-Length: 0", 400),
        ("chunked\r\nTransfer-Encoding: chunked", 400),
    ];
    for (coding, status) in codings {
        let request = format!("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {coding}\r\n\r\n");
        check(&server, &request, status, Closed);
    }
    check(&server, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, Closed);
    let twice = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n";
    check(&server, twice, 400, Closed);
}

#[test]
fn close_wins_over_keep_alive_and_http_1_0_is_told() {
    check_all(&[
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", 200, Open),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n", 200, Open),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: x,\tCLOSE\t\r\n\r\n", 200, Closed),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n",
            200,
            Closed,
        ),
        ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", 200, Open),
        ("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", 200, Closed),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
            200,
            Open,
        ),
    ]);
    let server = Server::start();
    let told = server.ask(b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assert_eq!(told.field("Connection"), Some("keep-alive"));
    assert_eq!(server.get("/", "").field("Connection"), None);
}

#[test]
fn a_request_that_the_end_cut_short_is_never_served() {
    let server = Server::start_with(&["--quiet"]);
    assert_eq!(server.say(b""), b"");
    assert_eq!(server.say(b"GET /delete-cookies HTTP/1.1\r\nHost: a\r\n"), b"");
}

#[test]
fn a_head_of_64_kib_is_read_and_a_larger_one_is_a_431_that_arrives() {
    let server = Server::start_with(&["--quiet"]);
    let six = server.get("/", &format!("Cookie: a={}\r\n", "x".repeat(6000)));
    assert_eq!(six.cookies(), [("a".to_owned(), "x".repeat(6000))]);
    for size in [66_000, 2_000_000] {
        let answer = server
            .ask(format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: a={}", "x".repeat(size)).as_bytes());
        assert_eq!((answer.status, answer.field("Connection")), (431, Some("close")));
    }
    let many = server.get("/", &"a: b\r\n".repeat(10_000));
    assert_eq!(many.status, 431);
    assert_eq!(server.get(&format!("/{}", "a".repeat(7_999)), "").status, 404);
    assert_eq!(server.get(&format!("/{}", "a".repeat(9_000)), "").status, 414);
}

#[test]
fn an_answer_outlives_two_megabytes_of_body_that_nobody_reads() {
    let server = Server::start_with(&["--quiet"]);
    let head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n";
    let mut stream = server.connect();
    stream.write_all(head).unwrap();
    stream
        .write_all(&vec![b'x'; 2_000_000])
        .expect("the server reads on until the client has sent all");
    stream.shutdown(Shutdown::Write).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("no reset");
    assert_eq!(Answer::read_all(&bytes, false)[0].status, 405);
}

#[test]
fn an_answer_outlives_what_waits_behind_a_close() {
    let server = Server::start_with(&["--quiet"]);
    // So long that the request ends with the last byte that the server reads at once.
    let head = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\na: ";
    let length = cookies_from_scratch::limits::READ - head.len() - 4;
    let bytes = format!("{head}{}\r\n\r\nGET / HTTP/1.1\r\n\r\n", "x".repeat(length));
    for _ in 0..20 {
        let mut stream = server.connect();
        stream.write_all(bytes.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("no reset");
        assert_eq!(Answer::read_all(&answer, false).len(), 1);
    }
}

#[test]
fn a_large_answer_outlives_what_comes_after_it_was_asked_for() {
    let server = Server::start_with(&["--quiet"]);
    let mut stream = server.connect();
    let cookies = "a=;".repeat(20_000);
    stream.write_all(format!("GET / HTTP/1.0\r\nCookie: {cookies}\r\n\r\n").as_bytes()).unwrap();
    // The answer has begun, and is too large to have arrived.
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    stream.write_all(b"\r\n").unwrap();
    let mut bytes = start.to_vec();
    stream.read_to_end(&mut bytes).expect("no reset");
    assert_eq!(Answer::read_all(&bytes, false)[0].cookies().len(), 20_000);
}

#[test]
fn tls_is_answered_at_once() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03").unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 400");
    server.log_with("\"-\" 400 ");
}

/// Two of the limits of time, side by side, since they take as long as they say.
#[test]
fn a_head_that_drips_is_a_408_and_silence_is_closed_without_a_word() {
    let server = Server::start_with(&["--quiet"]);
    let started = Instant::now();
    let mut silent = server.connect();
    let mut kept = server.connect();
    kept.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    let mut dripping = server.connect();
    dripping.set_read_timeout(Some(std::time::Duration::from_millis(100))).unwrap();
    let mut start = [0; 12];
    for byte in b"GET / HTTP/1.1\r\nA: ".iter().chain(std::iter::repeat(&b'b')) {
        let _ = dripping.write_all(&[*byte]);
        if dripping.read(&mut start).is_ok() {
            break;
        }
        assert!(started.elapsed() < PATIENCE, "dripping for ever");
    }
    assert_eq!(&start, b"HTTP/1.1 408");
    assert_eq!(read_all(&mut silent), b"");
    assert_eq!(Answer::read_all(&read_all(&mut kept), false).len(), 1, "and no 408 behind it");
}

#[test]
fn a_client_that_leaves_in_the_middle_costs_nobody_else_anything() {
    let server = Server::start_with(&["--quiet", "--threads", "8"]);
    for round in 0..200 {
        let mut stream = server.connect();
        let _ = stream.write_all(&b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"[..round % 28]);
        drop(stream);
    }
    assert_eq!(server.get("/", "").status, 200);
}
