//! Descriptors and memory: what a client can't take from the others. Linux limits and measures them.

#![cfg(target_os = "linux")]

use crate::support::{Answer, Server, read_all, read_head};
use crate::{GET, SECOND};
use cookies_from_scratch::limits;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The few descriptors that a server has in these tests: some for clients, the rest for itself.
const DESCRIPTORS: usize = 40;

#[test]
fn a_client_that_is_evicted_in_mid_head_gets_a_408_and_a_silent_one_nothing() {
    let server = Server::start_with_descriptors(DESCRIPTORS, &["--quiet"]);
    let mut silent = server.connect();
    let mut slow = server.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: a").unwrap();
    let mut others = Vec::new();
    for _ in 0..DESCRIPTORS {
        let mut stream = server.connect();
        stream.write_all(GET).unwrap();
        assert!(read_head(&mut stream).starts_with("HTTP/1.1 200 "));
        others.push(stream);
    }
    assert_eq!(read_all(&mut silent), b"");
    assert_eq!(Answer::read_all(&read_all(&mut slow), false)[0].status, 408);
    // Each C library has its own words for it.
    let error = std::io::Error::from_raw_os_error(24);
    server.notes_with(&format!("cookies: no client can be accepted now: {error}"));
}

/// No client is ever silent: there are as many as descriptors, and each has half a request more at any time.
#[test]
fn clients_that_never_pause_do_not_keep_others_out() {
    let server = Server::start_with_descriptors(DESCRIPTORS, &["--quiet"]);
    let (start, end) = SECOND.split_at(10);
    std::thread::scope(|scope| {
        for _ in 0..DESCRIPTORS {
            let mut stream = server.connect();
            scope.spawn(move || {
                let mut go_on = stream.write_all(start).is_ok();
                while go_on {
                    go_on = stream.write_all(&[end, start].concat()).is_ok()
                        && is_answered(&mut stream);
                }
            });
        }
        for _ in 0..20 {
            assert_eq!(server.get("/", "").status, 200);
        }
        drop(server);
    });
}

/// Whether there is something to be read before the end.
fn is_answered(stream: &mut TcpStream) -> bool {
    stream.read(&mut [0; 10_000]).is_ok_and(|length| length > 0)
}

/// Its connection answers for many turns without another read: meanwhile it isn't silent.
#[test]
fn a_client_that_is_being_answered_is_not_evicted() {
    let server = Server::start_with_descriptors(DESCRIPTORS, &["--quiet", "--threads", "1"]);
    let count = limits::MAX_READ_BYTES / GET.len();
    let mut busy = server.connect();
    busy.write_all(&GET.repeat(count)).unwrap();
    let answers = std::thread::spawn(move || {
        let mut close = busy.try_clone().unwrap();
        close.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
        Answer::read_all(&read_all(&mut busy), false)
    });
    let mut silent = Vec::new();
    while !answers.is_finished() {
        let mut stream = server.connect();
        stream.write_all(GET).unwrap();
        read_head(&mut stream);
        silent.push(stream);
    }
    assert_eq!(answers.join().unwrap().len(), count + 1);
    assert!(silent.len() > DESCRIPTORS, "no client was evicted");
}

/// The most that is unanswered and unwritten, and what the longest page is made of.
#[test]
fn a_connection_takes_no_more_memory_than_limits_rs_says() {
    const CLIENTS: u64 = 8;
    let most_buffered =
        2 * (limits::MAX_HEAD_BYTES + limits::MAX_PENDING_ANSWER_BYTES) as u64 / 1024;
    let long = vec![b'b'; limits::MAX_HEAD_BYTES - 100];
    let large = [&b"GET / HTTP/1.1\r\nHost: a\r\nb: "[..], &long, b"\r\n\r\n"].concat();
    let path = "\"".repeat(limits::MAX_TARGET_BYTES - 1);
    for (bytes, most) in [
        (GET.repeat(10_000), most_buffered),
        (format!("GET /{path} HTTP/1.1\r\nHost: a\r\n\r\n").repeat(100).into(), most_buffered),
        (large, most_buffered),
        ([&GET[..16], &vec![b'a'; 10_000_000]].concat(), most_buffered),
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
                    // The client does not read on, so that all buffers fill.
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
        assert!(taken <= most, "{taken} KiB, more than the {most} of src/limits.rs: {what}…");
    }
}

fn page_with_most_cookies() -> Vec<u8> {
    let start = b"GET / HTTP/1.1\r\nHost: a\r\nCookie: ";
    let cookies = b"a=;".repeat((limits::MAX_HEAD_BYTES - start.len() - 4) / 3);
    [&start[..], &cookies, b"\r\n\r\n"].concat()
}
