//! Whatever one client does, the next one is answered.

use crate::support::{Answer, Server, read_all, read_head};
use cookies_from_scratch::limits;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn a_client_that_leaves_in_the_middle_costs_nobody_else_anything() {
    let server = Server::start_with(&["--quiet", "--threads", "8"]);
    for round in 0..200 {
        let mut stream = server.connect();
        let _ = stream.write_all(&GET[..round % GET.len()]);
        drop(stream);
    }
    assert_eq!(server.get("/", "").status, 200);
}

/// Closing with unread input makes the kernel send a reset instead of an end.
#[test]
fn a_client_that_resets_in_the_middle_of_an_answer_costs_nobody_else_anything() {
    let server = Server::start_with(&["--quiet", "--threads", "8"]);
    for round in 0..200 {
        let mut stream = server.connect();
        let _ = stream.write_all(&GET.repeat(round % 50 + 1));
        stream.read_exact(&mut [0]).unwrap();
        drop(stream);
    }
    assert_eq!(server.get("/", "").status, 200);
}

#[test]
fn tls_is_answered_at_once_and_noted() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03").unwrap();
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 400 "));
    server.log_with("\"-\" 400 ");
    server.notes_with("cookies: 127.0.0.1 speaks TLS; this is plain HTTP\n");
}

#[test]
fn hundreds_that_say_nothing_and_hundreds_that_begin_and_wait_keep_nobody_out() {
    let server = Server::start_with(&["--quiet"]);
    let silent: Vec<_> = (0..450).map(|_| server.connect()).collect();
    let begun = (0..450).map(|_| {
        let mut stream = server.connect();
        stream.write_all(b"GET / HTTP/1.1\r\nHos").unwrap();
        stream
    });
    let begun: Vec<_> = begun.collect();
    assert_eq!(server.get("/", "").status, 200);
    drop((silent, begun));
    assert_eq!(server.get("/", "").status, 200);
}

/// Bytes by a linear congruence: the same in every run.
#[test]
fn who_has_to_leave_in_the_middle_of_a_head_is_told() {
    let server = Server::start_with(&["--quiet", "--threads", "2", "--host", "127.0.0.1"]);
    let mut slow = server.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: a").unwrap();
    let _silent = server.connect();
    let _another = server.connect();
    assert_eq!(Answer::read_all(&read_all(&mut slow), false)[0].status, 408);
}

/// There is one for each thread, and at each moment it has half a request more.
#[test]
fn who_always_goes_on_asking_keeps_nobody_out() {
    let server = Server::start_with(&["--quiet", "--threads", "2", "--host", "127.0.0.1"]);
    let (start, end) = crate::SECOND.split_at(10);
    let mut greedy = [server.connect(), server.connect()];
    std::thread::scope(|scope| {
        for stream in &mut greedy {
            stream.write_all(&[crate::SECOND, start].concat()).unwrap();
            assert!(is_answered(stream));
            scope.spawn(move || {
                while stream.write_all(&[end, start].concat()).is_ok() && is_answered(stream) {}
            });
        }
        assert_eq!(server.get("/", "").status, 200);
    });
}

/// Whether there is something to be read before the end.
fn is_answered(stream: &mut TcpStream) -> bool {
    stream.read(&mut [0; 10_000]).is_ok_and(|length| length > 0)
}

#[test]
fn random_bytes_get_one_refusal() {
    let server = Server::start_with(&["--quiet"]);
    let mut state = 1_u64;
    for _ in 0..200 {
        let noise = std::iter::repeat_with(|| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        });
        let mut bytes: Vec<u8> = noise.take(2000).collect();
        bytes.push(b'\n');
        let answers = Answer::read_all(&server.say(&bytes), false);
        assert!(answers.len() == 1 && matches!(answers[0].status, 400 | 501), "{answers:?}");
    }
    assert_eq!(server.get("/", "").status, 200);
}

/// The head, and for a moment all that the longest page is made of.
#[cfg(target_os = "linux")]
#[test]
fn a_connection_takes_no_more_memory_than_limits_rs_says() {
    const CLIENTS: u64 = 8;
    let large =
        [&b"GET / HTTP/1.1\r\nHost: a\r\nb: "[..], &vec![b'b'; 64_000], b"\r\n\r\n"].concat();
    for (bytes, most) in [
        (GET.repeat(10_000), 320),
        (format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "\"".repeat(8000)).repeat(100).into(), 320),
        (large, 320),
        ([&GET[..16], &vec![b'a'; 10_000_000]].concat(), 320),
        (page_with_most_cookies(), 4096),
        (page_with_most_cookies().repeat(100), 4096),
    ] {
        let server = Server::start();
        assert_eq!(server.get("/", "").status, 200);
        let before = server.peak_memory();
        let clients: Vec<TcpStream> = (0..CLIENTS).map(|_| server.connect()).collect();
        std::thread::scope(|scope| {
            for mut client in &clients {
                let bytes = &bytes;
                scope.spawn(move || {
                    // Nobody reads on, so that all buffers fill.
                    client.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
                    let _ = client.write_all(bytes);
                    client.read_exact(&mut [0]).unwrap();
                });
            }
        });
        let taken = server.peak_memory() - before;
        // What waits to be printed is shared by all.
        let most = CLIENTS * most + 2 * limits::MAX_LOG_BYTES as u64 / 1024;
        let what = bytes[..100.min(bytes.len())].escape_ascii();
        assert!(taken <= most, "{taken} KiB, more than {most}: {what}…");
    }
}

fn page_with_most_cookies() -> Vec<u8> {
    let start = b"GET / HTTP/1.1\r\nHost: a\r\nCookie: ";
    let cookies = b"a=;".repeat((limits::MAX_HEAD_BYTES - start.len() - 4) / 3);
    [&start[..], &cookies, b"\r\n\r\n"].concat()
}
