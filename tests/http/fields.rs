//! RFC 9112 §5, RFC 9110 §5: `field-line = field-name ":" OWS field-value OWS`

use crate::support::{Server, read_head};
use crate::{After, Closed, Open, check_each, check_requests, refuse_each};
use std::io::Write;

/// `GET /` with this field line.
fn get(line: &[u8]) -> Vec<u8> {
    [b"GET / HTTP/1.1\r\nHost: a\r\n", line, b"\r\n\r\n"].concat()
}

fn check_fields(rows: &[(&[u8], u16, After)]) {
    check_each(rows, get);
}

fn refuse_fields(lines: &[&[u8]]) {
    refuse_each(lines, 400, get);
}

/// `GET /` with this `Host` field.
fn get_of_host(host: &str) -> Vec<u8> {
    format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes()
}

/// RFC 9112 §5.1
#[test]
fn whitespace_may_surround_a_value_but_not_precede_the_colon() {
    check_fields(&[
        (b"A: b", 200, Open),
        (b"A:b", 200, Open),
        (b"A:", 200, Open),
        (b"A: ", 200, Open),
        (b"A:\t b\t ", 200, Open),
        (b"A: b: c", 200, Open),
        (b"A: b\t c", 200, Open),
        (b"!#$%&'*+-.^_`|~09azAZ: b", 200, Open),
    ]);
    refuse_fields(&[b"A : b", b"A\t: b", b"Cookie : a=1", b"Content-Length : 0", b"A B: c"]);
}

#[test]
fn a_field_name_is_a_token() {
    refuse_fields(&[
        b": b", b":", b"A", b"A b", b"A(: b", b"A/: b", b"A@: b", b"\"A\": b", b"{A}: b", b"A,: b",
        b"A;: b", b"A=: b", b"A\\: b", b"\xC3\xA9: b", b"A\x80: b", b"A\0: b", b"A\x7F: b",
        b"A\x0B: b", b"GET / HTTP/1.1",
    ]);
}

/// RFC 9112 §5.2
#[test]
fn a_folded_line_is_refused() {
    refuse_fields(&[
        b" A: b", b"\tA: b", b"A: b\r\n c", b"A: b\r\n\tc", b"A: b\r\n ", b"A: b\r\n : c",
    ]);
    check_requests(&[(b"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, Closed)]);
}

/// RFC 9110 §5.5
#[test]
fn a_field_value_has_no_control_characters() {
    check_fields(&[(b"A: \x80\xC3\xA9\xFF", 200, Open), (b"A: <>\"'\\", 200, Open)]);
    let controls = (0..=0x1F).chain([0x7F]).filter(|byte| !b"\t\n".contains(byte));
    let controls: Vec<u8> = controls.collect();
    refuse_each(&controls, 400, |byte| get(&[b'A', b':', b' ', b'b', byte, b'c']));
    refuse_each(&controls, 400, |byte| get(&[b'A', b':', b' ', byte]));
}

/// RFC 9112 §2.2
#[test]
fn a_bare_lf_ends_a_line_and_a_bare_cr_does_not() {
    check_requests(&[
        (b"GET / HTTP/1.1\nHost: a\n\n", 200, Open),
        (b"GET / HTTP/1.1\r\nHost: a\nA: b\r\n\n", 200, Open),
        (b"GET / HTTP/1.1\nHost: a\r\n\r\n", 200, Open),
        (b"GET / HTTP/1.1\r\nHost: a\rA: b\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", 400, Closed),
    ]);
}

/// The client may take its head for complete, and wait for a response.
#[test]
fn a_bare_cr_is_refused_before_the_head_is_complete() {
    let server = Server::start_with(&["--quiet"]);
    for bytes in [
        "GET / HTTP/1.1\rHost: a\r\r",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\r\n\r\r\n",
        "GET /\r/",
        "\r\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(bytes.as_bytes()).unwrap();
        let head = read_head(&mut stream);
        assert!(head.starts_with("HTTP/1.1 400 "), "{bytes:?}: {head}");
    }
}

/// RFC 9112 §3.2
#[test]
fn http_1_1_needs_one_host() {
    check_requests(&[
        (b"GET / HTTP/1.1\r\nhOST:a\r\n\r\n", 200, Open),
        (b"GET / HTTP/1.1\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.9\r\n\r\n", 400, Closed),
        (b"OPTIONS * HTTP/1.1\r\n\r\n", 400, Closed),
        (b"POST / HTTP/1.1\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.0\r\n\r\n", 200, Closed),
        (b"GET / HTTP/1.0\r\nHost: a b\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost:\r\n\r\n", 400, Closed),
        (b"GET / HTTP/1.1\r\nHost: \xE9\r\n\r\n", 400, Closed),
    ]);
}

/// RFC 3986 §3.2.2
#[test]
fn a_host_is_a_name_or_an_address_with_an_optional_port() {
    let hosts = [
        "", "a", "localhost:5000", "localhost:", "LOCALHOST", "127.0.0.1", "[::1]", "[::1]:5000",
        "[2001:db8::7]", "[v1.a:b]", "a.example.", "xn--bcher-kva.example", "a_b", "a%20b",
        "a-b.c~d", "999.999.999.999", "\t a \t", "[::ffff:127.0.0.1]", "[v1.fe80::a+en1]",
        "!$&'()*+;=",
    ];
    check_each(&hosts.map(|host| (host, 200, Open)), get_of_host);
    refuse_each(
        &[
            "a b", "a,b", "a, b", "a/", "a/b", "http://a", "//a", "a?b", "a#b", "me@a", "@a",
            "me:word@a", ":", ":80", "a:b", "a:80b", "a:-1", "a:+80", "a: 80", "a :80", "a:80:80",
            "a:65536", "a:99999999999", "::1", "[::1", "::1]", "[]", "[a]", "[::1]a", "[::1]80",
            "[[::1]]", "[::1%25lo]", "[1.2.3.4]", "[v1.]", "[vx.a]", "[v.a]", "[::g]", "a[b]",
            "a%", "a%2", "a%zz", "a\\b", "a\"b", "\"a\"", "<a>", "a^b", "a|b", "a`b", "{a}", "é",
            "a\u{a0}", "a\tb",
        ],
        400,
        get_of_host,
    );
}
