//! The access log: a line for each request, in Common Log Format.

mod support;

use cookies_from_scratch::limits;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::process::Child;
use std::time::Duration;
use support::{Answer, Server};

#[test]
fn each_request_is_logged_in_common_log_format() {
    let server = Server::start();
    for (request, line) in [
        ("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n", "\"GET /nope HTTP/1.1\" 404 <length>"),
        ("GET /?a HTTP/1.0\r\n\r\n", "\"GET /?a HTTP/1.0\" 200 <length>"),
        (
            "GET /set-cookie HTTP/1.9\r\nHost: a\r\n\r\n",
            "\"GET /set-cookie HTTP/1.9\" 200 <length>",
        ),
        // Without content the length is "-".
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "\"OPTIONS * HTTP/1.1\" 204 -"),
        ("\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "\"HEAD / HTTP/1.1\" 200 -"),
        ("\r\nHEAD / HTTP/2.0\r\n", "\"HEAD / HTTP/2.0\" 505 -"),
        // What is refused is logged as it came, but for bytes that could do harm.
        ("GET /no-host HTTP/1.1\r\n\r\n", "\"GET /no-host HTTP/1.1\" 400 <length>"),
        ("GET /no version\r\n\r\n", "\"GET /no version\" 400 <length>"),
        ("nonsense\r\n", "\"nonsense\" 400 <length>"),
        ("GET /\x1B[2J\tHTTP/1.1\r\n\r\n", "\"GET /\\x1B[2J\\x09HTTP/1.1\" 400 <length>"),
        ("GET /é HTTP/1.1\r\n\r\n", "\"GET /\\xC3\\xA9 HTTP/1.1\" 400 <length>"),
        // No field gets into the log, and so no cookie.
        ("GET / HTTP/1.1\rCookie: a=secret\r\r", "\"GET / HTTP/1.1\" 400 <length>"),
        ("\" 200 1\n", "\"\\x22 200 1\" 400 <length>"),
        ("\x16\x03\x01\0", "\"\\x16\\x03\\x01\\x00\" 400 <length>"),
        ("\n\n\n\n\n\n", "\"-\" 400 <length>"),
        ("\n\n\n\n\nGET /late HTTP/1.1\r\n\r\n", "\"GET /late HTTP/1.1\" 400 <length>"),
        ("GET /bad HTTP/1.1\r\nno colon\r\n\r\n", "\"GET /bad HTTP/1.1\" 400 <length>"),
        // Quotes are escaped, so that a client can't end the quoted request line.
        ("GET /\"\\ HTTP/1.1\r\nHost: a\r\n\r\n", "\"GET /\\x22\\x5C HTTP/1.1\" 404 <length>"),
    ] {
        let before = server.log_with("").lines().count();
        let answers = Answer::read_all(&server.say(request.as_bytes()), line.ends_with('-'));
        let length = answers[0].field("Content-Length").unwrap_or_default();
        let log = server.log_when(|log| log.lines().count() > before);
        let logged = log.lines().last().unwrap();
        let (date, rest) = logged.strip_prefix("127.0.0.1 - - [").unwrap().split_at(26);
        assert!(date.ends_with(" +0000"), "{logged}");
        assert_eq!(rest, format!("] {}", line.replace("<length>", length)), "{request:?}");
    }
}

/// `GoAccess` reads lines of up to 4,096 bytes.
#[test]
fn no_line_is_longer_than_a_log_parser_reads() {
    let server = Server::start();
    for byte in ["a", "\x01", "\""] {
        let line = format!("GET /{}", byte.repeat(limits::MAX_TARGET_BYTES - 1));
        server.say(format!("{line} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
    }
    let log = server.log_when(|log| log.lines().count() > 3);
    for line in log.lines().skip(1) {
        assert!(line.contains("...\" 4") && (3900..4096).contains(&line.len()), "{line}");
    }
}

#[test]
fn a_client_of_ipv4_is_logged_as_one_on_an_ipv6_listener_too() {
    for detail in ["--port=0", "--trace"] {
        let server = Server::start_with(&["--host", "::", detail]);
        server.say(b"\x16\x03\x01");
        let log = server.log_with("127.0.0.1");
        let notes = server.notes_with("cookies: 127.0.0.1 speaks TLS");
        assert!(!log.contains("::ffff") && !notes.contains("::ffff"), "{log}{notes}");
    }
}

/// Otherwise another program that writes to the same pipe could write into a line.
#[test]
fn each_write_to_the_log_ends_with_a_line() {
    const REQUESTS: usize = 500;
    // A datagram is what one call of `write` has written.
    let (log, stdout) = UnixDatagram::pair().unwrap();
    log.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut program = support::program();
    program.args(["--port", "0"]).stdout(OwnedFd::from(stdout));
    let _server = Killed(program.spawn().unwrap());
    let receive = || {
        let mut text = vec![0; limits::MAX_LOG_BYTES];
        let length = log.recv(&mut text).unwrap();
        String::from_utf8(text[..length].to_vec()).unwrap()
    };
    let port = support::port_in(&receive()).unwrap();
    let mut stream = support::connect(("localhost", port));
    stream.write_all(&b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n".repeat(REQUESTS)).unwrap();
    let (mut writes, mut lines) = (0, 0);
    while lines < REQUESTS {
        let text = receive();
        assert!(text.ends_with('\n'), "{text}");
        (writes, lines) = (writes + 1, lines + text.lines().count());
    }
    assert!(writes > 2, "{writes} writes");
}

/// A program that is killed at the end of a test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
