//! One client can do what it likes: the next one is answered.

use crate::GET;
use crate::support::{Answer, Server, read_head};
use std::io::{Read, Write};

#[test]
fn a_client_that_leaves_in_the_middle_costs_no_other_client_anything() {
    let server = Server::start_with(&["--quiet"]);
    for round in 0..200 {
        let mut stream = server.connect();
        let _ = stream.write_all(&GET[..round % GET.len()]);
        drop(stream);
    }
    assert_eq!(server.get("/", "").status, 200);
}

/// Closing with unread input makes the kernel send a reset instead of an end.
#[test]
fn a_client_that_resets_in_the_middle_of_an_answer_costs_no_other_client_anything() {
    let server = Server::start_with(&["--quiet"]);
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
    server.log_with("\"\\x16\\x03\\x01\\x02\\x00");
    server.notes_with("cookies: 127.0.0.1 speaks TLS; this is plain HTTP\n");
}

#[test]
fn hundreds_of_silent_clients_and_of_half_requests_do_not_keep_others_out() {
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

/// The bytes come from a linear congruential generator: they are the same in every run.
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
