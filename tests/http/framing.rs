//! RFC 9112 §6, §7: where a request ends. Against request smuggling, the server refuses an ambiguous
//! length, and reads no request after a body.

use crate::{After, Closed, Open, check_each, check_requests, refuse_each};

/// `POST /` and `rest`: more field lines, the empty line, and the body.
fn post(rest: &[u8]) -> Vec<u8> {
    [b"POST / HTTP/1.1\r\nHost: a\r\n", rest].concat()
}

fn check_posts(rows: &[(&[u8], u16, After)]) {
    check_each(rows, post);
}

/// RFC 9110 §8.6
#[test]
fn a_content_length_is_one_number() {
    check_posts(&[
        (b"Content-Length: 0\r\n\r\n", 405, Open),
        (b"Content-Length: 00\r\n\r\n", 405, Open),
        (b"content-length:\t0 \r\n\r\n", 405, Open),
        (b"Content-Length: 5\r\n\r\nhello", 405, Closed),
        (b"Content-Length: 5\r\n\r\n", 405, Closed),
        (b"Content-Length: 18446744073709551615\r\n\r\n", 405, Closed),
    ]);
    let values: [&[u8]; 26] = [
        b"",
        b" ",
        b"+5",
        b"-1",
        b"-0",
        b"+0",
        b"0x5",
        b"5 5",
        b"5\t5",
        b"5,5",
        b"5, 5",
        b"0, 0",
        b"5, 6",
        b",5",
        b"5,",
        b"5;",
        b"5.0",
        b"5e0",
        b"1_0",
        b"\"5\"",
        b"five",
        b"5\x0B",
        b"\xA05",
        b"\xD9\xA5",
        b"18446744073709551616",
        b"99999999999999999999999999999999999999999999",
    ];
    refuse_each(&values, 400, |value| {
        post(&[b"Content-Length: ", value, b"\r\n\r\nhello"].concat())
    });
    check_posts(&[
        (b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n", 400, Closed),
        (b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400, Closed),
        (b"Content-Length: 5\r\nA: b\r\ncontent-length: 5\r\n\r\nhello", 400, Closed),
        (b"Content-Length: 5\r\nContent-Length:\r\n\r\nhello", 400, Closed),
    ]);
}

/// RFC 9112 §6.1
#[test]
fn chunked_is_the_last_coding_and_occurs_once() {
    check_posts(&[
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 405, Closed),
        (b"TRANSFER-ENCODING:\tChunked \r\n\r\n0\r\n\r\n", 405, Closed),
        (b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, Closed),
        (b"Transfer-Encoding: gzip\t,\tchunked\r\n\r\n0\r\n\r\n", 501, Closed),
        (b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501, Closed),
        (b"Transfer-Encoding: a, b, chunked\r\n\r\n0\r\n\r\n", 501, Closed),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, Closed),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n", 400, Closed),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding:\r\n\r\n0\r\n\r\n", 400, Closed),
    ]);
    let codings: [&[u8]; 25] = [
        b"", b",", b"gzip", b"identity", b"chunked, chunked", b"chunked, gzip",
        b"chunked, identity", b"gzip, chunked, chunked", b", chunked", b"chunked,",
        b"gzip,, chunked", b"chunked;a=b", b"chunked;", b"\"chunked\"", b"'chunked'", b"chunke",
        b"chunkedd", b"xchunked", b"x chunked", b"\x0Bchunked", b"\x0Cchunked", b"\xA0chunked",
        b"chunked\xA0", b"\xC2\xA0chunked", b"chunked\0",
    ];
    refuse_each(&codings, 400, |coding| {
        post(&[b"Transfer-Encoding: ", coding, b"\r\n\r\n0\r\n\r\n"].concat())
    });
    check_posts(&[
        (b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400, Closed),
        (b" Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, Closed),
        (b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400, Closed),
        (b"Transfer-Encoding\0: chunked\r\n\r\n0\r\n\r\n", 400, Closed),
        (b"A: b\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, Closed),
        // These are other fields, which don't announce a body.
        (b"Transfer_Encoding: chunked\r\n\r\n", 405, Open),
        (b"X-Transfer-Encoding: chunked\r\n\r\n", 405, Open),
    ]);
}

/// RFC 9112 §6.1, §11.2
#[test]
fn a_transfer_coding_is_refused_with_a_length_and_in_http_1_0() {
    check_posts(&[
        (b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400, Closed),
        (b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, Closed),
        (b"Content-Length: 5\r\nTransfer-Encoding: identity\r\n\r\nhello", 400, Closed),
        (b"Content-Length: 5\r\nTransfer-Encoding:\r\n\r\nhello", 400, Closed),
    ]);
    let old =
        b"POST / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    check_requests(&[(old, 400, Closed)]);
}

/// RFC 9112 §7.1: the server reads no chunk, so it can't misread one.
#[test]
fn no_request_is_read_in_or_after_a_chunked_body() {
    let bodies: [&[u8]; 22] = [
        b"0\r\n\r\n",
        b"5\r\nhello\r\n0\r\n\r\n",
        b"",
        b"0\n\n",
        b"5\nhello\n0\n\n",
        b"5\r\nhello0\r\n\r\n",
        b"5\t\r\nhello\r\n0\r\n\r\n",
        b" 5\r\nhello\r\n0\r\n\r\n",
        b"5 ;a\r\nhello\r\n0\r\n\r\n",
        b"5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n",
        b"5;a\nhello\r\n0\r\n\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"+5\r\nhello\r\n0\r\n\r\n",
        b"-1\r\n",
        b"\r\n",
        b"g\r\n\r\n",
        b"FFFFFFFFFFFFFFFF\r\n",
        b"0;\r\r\n\r\n",
        b"10000000000000005\r\nhello\r\n0\r\n\r\n",
        b"0\r\nA : b\r\n\r\n",
        b"0\r\nHost: b\r\n\r\n",
        b"0\r\n\r",
    ];
    let rows = bodies.map(|body| (body, 405, Closed));
    check_each(&rows, |body| post(&[b"Transfer-Encoding: chunked\r\n\r\n", body].concat()));
}

#[test]
fn a_body_closes_the_connection_for_every_method_and_status() {
    let rows = [
        ("GET /", 200, Closed),
        ("GET /set-cookie", 200, Closed),
        ("GET /nope", 404, Closed),
        ("POST /", 405, Closed),
        ("PUT /nope", 404, Closed),
        ("OPTIONS *", 204, Closed),
        ("OPTIONS /", 204, Closed),
        ("TRACE /", 405, Closed),
        ("CONNECT a:443", 405, Closed),
        ("BREW /", 501, Closed),
    ];
    for body in ["Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"] {
        check_each(&rows, |line| format!("{line} HTTP/1.1\r\nHost: a\r\n{body}").into_bytes());
    }
}

/// RFC 9110 §10.1.1
#[test]
fn an_expectation_gets_the_final_response_at_once() {
    check_posts(&[
        (b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n", 405, Closed),
        (b"Content-Length: 5\r\nExpect: 100-Continue\r\n\r\nhello", 405, Closed),
        (b"Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n", 405, Closed),
        (b"Expect: 100-continue\r\n\r\n", 405, Closed),
        (b"Expect: tea\r\n\r\n", 417, Closed),
        (b"Expect: 100-continue, tea\r\n\r\n", 417, Closed),
        (b"Expect: 100-continue\r\nExpect: tea\r\n\r\n", 417, Closed),
    ]);
    // Expect is a list, and empty elements of a list are ignored (RFC 9110 §5.6.1).
    check_posts(&[
        (b"Expect: ,100-continue ,\r\n\r\n", 405, Closed),
        (b"Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n", 405, Closed),
        (b"Expect: \r\n\r\n", 405, Open),
        (b"Expect: ,\r\n\r\n", 405, Open),
    ]);
    // In HTTP/1.0, 100-continue must be ignored, but no other expectation.
    let old = b"GET / HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n";
    check_requests(&[(old, 200, Open), (b"GET / HTTP/1.0\r\nExpect: tea\r\n\r\n", 417, Closed)]);
}
