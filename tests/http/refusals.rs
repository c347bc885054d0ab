//! What a refused client reads: what is wrong, and what would be right.

use crate::support::Server;
use cookies_from_scratch::limits;

/// The paragraph on the page that answers this request.
#[track_caller]
fn sentence(server: &Server, request: &[u8]) -> String {
    let page = server.ask(request).body;
    let sentence = page.split("<p>").nth(1).and_then(|rest| rest.split("</p>").next());
    crate::support::unescape(sentence.unwrap_or_else(|| panic!("no sentence in {page}")))
}

#[test]
fn each_refusal_names_what_is_wrong_and_what_would_be_right() {
    let server = Server::start_with(&["--quiet"]);
    let with_host = |line: &[u8]| [line, b"\r\nHost: a\r\n\r\n"].concat();
    let of_field = |line: &[u8]| [b"GET / HTTP/1.1\r\nHost: a\r\n", line, b"\r\n\r\n"].concat();
    let long_target =
        format!("GET /{} HTTP/1.1", "a".repeat(limits::MAX_TARGET_BYTES)).into_bytes();
    for (request, words) in [
        (with_host(b"GET /\xC3\xA9 HTTP/1.1"), ["not visible ASCII", "%C3%A9"]),
        (with_host(b"GET /\x01 HTTP/1.1"), ["not visible ASCII", "escape"]),
        (with_host(b"GET /#a HTTP/1.1"), ["fragment", "leave out the '#'"]),
        (with_host(b"GET http://me@a/ HTTP/1.1"), ["user name", "leave out"]),
        (with_host(b"GET https://me:word@a/ HTTP/1.1"), ["user name", "leave out"]),
        (with_host(b"GET http:///a HTTP/1.1"), ["without a valid host", "http://, a host"]),
        (with_host(b"GET ftp://a/ HTTP/1.1"), ["must be a path", "'/'"]),
        (with_host(b"GET a HTTP/1.1"), ["must be a path", "'/'"]),
        (with_host(b"GET * HTTP/1.1"), ["'*' is for OPTIONS only", "a path"]),
        (with_host(b"CONNECT / HTTP/1.1"), ["of CONNECT", "localhost:443"]),
        (with_host(b"GET https://a/ HTTP/1.1"), ["not for https", "use http://"]),
        (with_host(b"GET  / HTTP/1.1"), ["One space", "GET / HTTP/1.1"]),
        (with_host(b"GET /a b HTTP/1.1"), ["end in HTTP/1.0 or HTTP/1.1", "%20"]),
        (with_host(b"GET / HTTP/1.1 "), ["end in HTTP/1.0 or HTTP/1.1", "nothing after it"]),
        (with_host(b"GET / http/1.1"), ["end in HTTP/1.0 or HTTP/1.1", "nothing after it"]),
        (with_host(b"GET / HTTP/1.1\rA: b"), ["carriage return", "line feed"]),
        (with_host(&b"\r\n".repeat(limits::MAX_EMPTY_LINES + 1)), ["empty lines", "GET /"]),
        (with_host(&long_target), ["8 KiB", "shorten"]),
        (with_host(b"get / HTTP/1.1"), ["method is not known", "in capital letters"]),
        (with_host(b"GET / HTTP/2.0"), ["HTTP/1.0 and HTTP/1.1", "no other"]),
        (b"GET /\r\n\r\n".to_vec(), ["must end in", "HTTP/1.1"]),
        (b"hello\r\n".to_vec(), ["begins with a method", "GET"]),
        (b"\x16\x03\x01\0\0".to_vec(), ["TLS", "http://"]),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 5000 80\r\n".to_vec(), ["PROXY protocol", "off"]),
        (b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0C".to_vec(), ["PROXY protocol", "off"]),
        (b"GET / HTTP/1.1\r\n\r\n".to_vec(), ["one Host field", "localhost:5000"]),
        (of_field(b"A : b"), ["no blank before the colon", "a colon and a value"]),
        (of_field(b"Content-Length: +1"), ["Content-Length", "one decimal number"]),
        (of_field(b"Content-Length: 99999999999999999999"), ["Content-Length", "below 2^64"]),
        (of_field(b"Transfer-Encoding: chunked, gzip"), ["Transfer-Encoding", "chunked"]),
        (of_field(b"Sec-Purpose: prefetch"), ["not served", "before a user asks"]),
        (of_field(b"Transfer-Encoding: gzip, chunked"), ["transfer coding", "chunked"]),
        (of_field(b"Expect: tea"), ["expectation", "100-continue"]),
        (with_host(b"POST / HTTP/1.1"), ["only be read", "use GET"]),
    ] {
        let sentence = sentence(&server, &request);
        for word in words {
            assert!(sentence.contains(word), "{word:?} in {sentence:?}");
        }
    }
}

/// RFC 6585 §5
#[test]
fn a_field_that_is_too_large_is_named() {
    let server = Server::start_with(&["--quiet"]);
    let head = |name: &str| {
        let value = "x".repeat(limits::MAX_HEAD_BYTES);
        format!("GET /delete-cookies HTTP/1.1\r\nHost: a\r\n{name}: {value}\r\nA: b\r\n\r\n")
    };
    // However much comes at once: the second field is larger, but the first one is at fault.
    let (most, more) = (limits::MAX_HEAD_BYTES - 100, 4 * limits::MAX_HEAD_BYTES);
    let two =
        format!("GET / HTTP/1.1\r\nA: {}\r\nB: {}\r\n\r\n", "x".repeat(most), "x".repeat(more));
    assert!(sentence(&server, two.as_bytes()).contains("The largest field is A. "));
    for (name, advice) in [
        ("Cookie", "Delete the cookies of this host in the browser"),
        ("cookie", "Delete the cookies of this host in the browser"),
        ("X-Long", "Send less of it"),
    ] {
        let sentence = sentence(&server, head(name).as_bytes());
        let field = format!("The largest field is {name}. {advice}");
        assert!(sentence.contains(&field), "{field:?} in {sentence:?}");
    }
    // A field may come in several lines, and a line may have no name.
    let third = "x".repeat(limits::MAX_HEAD_BYTES / 3);
    let three = format!("cookie: {third}\r\nA: {third}xx\r\nCookie: {third}\r\n\r\n");
    let sentence_of = |fields: &str| {
        sentence(&server, format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}").as_bytes())
    };
    assert!(sentence_of(&three).contains("The largest field is Cookie. Delete the cookies"));
    for line in ["x".repeat(limits::MAX_HEAD_BYTES), format!(": {third}{third}{third}")] {
        assert!(sentence_of(&line).ends_with("have more than 64 KiB. Send less."));
    }
    let many = "A: b\r\n".repeat(limits::MAX_FIELD_LINES + 1);
    let sentence = sentence(&server, format!("GET / HTTP/1.1\r\n{many}").as_bytes());
    assert!(sentence.contains("more than 100 field lines"), "{sentence:?}");
}
