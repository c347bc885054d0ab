//! RFC 9112 §3: `request-line = method SP request-target SP HTTP-version`

use crate::{After, Closed, Open, check_each, check_requests, refuse_each};
use cookies_from_scratch::limits;

/// The request line with the `Host` field that it needs.
fn with_host(line: &[u8]) -> Vec<u8> {
    [line, b"\r\nHost: a\r\n\r\n"].concat()
}

fn check_lines(rows: &[(&[u8], u16, After)]) {
    check_each(rows, with_host);
}

fn refuse_lines(lines: &[&[u8]], status: u16) {
    refuse_each(lines, status, with_host);
}

/// `GET` for this target.
fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n").into_bytes()
}

#[test]
fn a_request_line_has_two_spaces_and_no_other_whitespace() {
    refuse_lines(
        &[
            b"GET  / HTTP/1.1", b"GET /  HTTP/1.1", b"GET\t/ HTTP/1.1", b"GET /\tHTTP/1.1",
            b"GET \t/ HTTP/1.1", b"GET\x0B/ HTTP/1.1", b"GET /\x0CHTTP/1.1", b" GET / HTTP/1.1",
            b"\tGET / HTTP/1.1", b"GET / HTTP/1.1 ", b"GET / HTTP/1.1\t", b"GET / / HTTP/1.1",
            b"GET /a b HTTP/1.1", b"GET", b"GET ", b"GET /", b"GET / ", b"GET HTTP/1.1", b"/",
            b"GET  HTTP/1.1",
        ],
        400,
    );
}

#[test]
fn a_bare_cr_does_not_end_the_line() {
    refuse_lines(
        &[
            b"GET /\rHTTP/1.1", b"GET\r/ HTTP/1.1", b"GET / HTTP/1.1\r",
            b"GET / HTTP/1.1\rHost: a", b"\rGET / HTTP/1.1", b"GET / HTTP\r/1.1",
        ],
        400,
    );
}

/// RFC 9110 §9.1
#[test]
fn a_method_is_a_token_and_case_sensitive() {
    check_lines(&[
        (b"POST / HTTP/1.1", 405, Open),
        (b"PUT / HTTP/1.1", 405, Open),
        (b"DELETE /delete-cookies HTTP/1.1", 405, Open),
        (b"PATCH / HTTP/1.1", 405, Open),
        (b"TRACE / HTTP/1.1", 405, Open),
        (b"POST /nope HTTP/1.1", 404, Open),
        (b"POST /favicon.ico HTTP/1.1", 405, Open),
    ]);
    refuse_lines(
        &[
            b"get / HTTP/1.1", b"Get / HTTP/1.1", b"GETT / HTTP/1.1", b"BREW / HTTP/1.1",
            b"M-SEARCH * HTTP/1.1", b"!#$%&'*+-.^_`|~9 / HTTP/1.1",
        ],
        501,
    );
    refuse_lines(
        &[
            b"G(T / HTTP/1.1",
            b"GET: / HTTP/1.1",
            b"\"GET\" / HTTP/1.1",
            b"G\xC9T / HTTP/1.1",
            b"\0GET / HTTP/1.1",
            b"G\0T / HTTP/1.1",
            b"G\x7FT / HTTP/1.1",
            b"HTTP/1.1 200 OK",
            b"{\"a\": 1}",
            b"A\x80\x80\x80\x80\x80\x80\x80\x80 / HTTP/1.1",
        ],
        400,
    );
}

/// RFC 9112 §3.2.1
#[test]
fn a_query_never_changes_the_page() {
    check_each(
        &[
            ("/?a=b", 200, Open),
            ("/set-cookie?", 200, Open),
            ("/?/nope", 200, Open),
            ("/?http://a", 200, Open),
            ("/nope?/", 404, Open),
        ],
        get,
    );
}

/// RFC 3986 §6.2.2.2
#[test]
fn unneeded_escapes_are_decoded_before_paths_are_compared() {
    check_each(
        &[
            ("/set%2Dcookie", 200, Open),
            ("/s%65t%2dcookie", 200, Open),
            ("/%73et-cookie?%20", 200, Open),
            ("//set-cookie", 404, Open),
            ("/set-cookie/", 404, Open),
            ("/Set-Cookie", 404, Open),
            ("/%2Fset-cookie", 404, Open),
            ("%2Fset-cookie", 400, Closed),
            ("/set-cookie/../", 404, Open),
            ("/%2e%2e/", 404, Open),
            ("/%00", 404, Open),
            ("/./set-cookie", 404, Open),
            ("/set-cookie;a=b", 404, Open),
        ],
        get,
    );
}

/// Browsers send a typed `%` as it is: it is a byte of the name or of the query.
#[test]
fn a_percent_sign_that_begins_no_escape_stands_for_itself() {
    check_each(
        &[
            ("/?q=50%", 200, Open),
            ("/set-cookie?%g0&%", 200, Open),
            ("/?%u20ac", 200, Open),
            ("http://localhost/?%", 200, Open),
            ("/%", 404, Open),
            ("/set-cookie%", 404, Open),
            ("/%zz", 404, Open),
            ("/%u0041", 404, Open),
            // `%65` is an `e`, but what `%` and its digits make up is not decoded again.
            ("/s%65t-cookie?%", 200, Open),
            ("/s%%365t-cookie", 404, Open),
            ("/s%2565t-cookie", 404, Open),
            ("/s%6%35t-cookie", 404, Open),
        ],
        get,
    );
    refuse_each(&["http://a%zz/", "%/"], 400, get);
}

/// RFC 9112 §3.2.2
#[test]
fn absolute_form_needs_http_and_a_valid_host() {
    check_each(
        &[
            ("http://localhost/set-cookie", 200, Open),
            ("HTTP://LOCALHOST:80/", 200, Open),
            ("http://localhost", 200, Open),
            ("http://localhost?a=b", 200, Open),
            ("http://localhost:/", 200, Open),
            ("http://127.0.0.1:5000/", 200, Open),
            ("http://[::1]:5000/", 200, Open),
            ("http://localhost/nope", 404, Open),
            ("http://localhost//", 404, Open),
        ],
        get,
    );
    refuse_each(
        &[
            "http://", "http:///", "http://?a", "http://:80/", "http://me@localhost/",
            "http://me:word@localhost/", "http://@localhost/", "http://localhost:x/",
            "http://localhost:65536/", "http://localhost:-1/", "http://localhost:80:80/",
            "http://[::1/", "http://::1/", "http://[::g]/", "http://[]/", "http://[::1]x/",
            "http://a%zz/", "http://a%2/", "http://a,b/", "http://a\\b/", "http://a\"b/",
            "http://<a>/", "http://a^b/", "http://a|b/", "http:/localhost/", "http:localhost",
            "http//localhost/", "://localhost/", "ftp://localhost/", "file:///etc/passwd",
            "javascript:1", "http://localhost/#", "http://localhost#a",
        ],
        400,
        get,
    );
    // RFC 9110 §7.4: a request for https must not be answered without TLS.
    refuse_each(&["https://localhost/", "HTTPS://[::1]:443?a"], 421, get);
    refuse_each(
        &["https://", "https:///", "https://:443/", "https://me@a/", "https://a,b/"],
        400,
        get,
    );
}

#[test]
fn absolute_form_does_not_replace_the_host_field() {
    check_requests(&[
        (b"GET http://a/ HTTP/1.1\r\n\r\n", 400, Closed),
        (b"GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, Closed),
        (b"GET http://a/ HTTP/1.1\r\nHost: a b\r\n\r\n", 400, Closed),
        (b"GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n", 200, Open),
        (b"GET http://a/ HTTP/1.0\r\n\r\n", 200, Closed),
    ]);
}

/// RFC 9112 §3.2.3, §3.2.4
#[test]
fn asterisk_form_is_for_options_and_authority_form_for_connect() {
    check_lines(&[
        (b"OPTIONS * HTTP/1.1", 204, Open),
        (b"OPTIONS http://localhost HTTP/1.1", 204, Open),
        (b"OPTIONS /set-cookie HTTP/1.1", 204, Open),
        (b"OPTIONS /favicon.ico HTTP/1.1", 204, Open),
        (b"OPTIONS /nope HTTP/1.1", 404, Open),
        // The bytes that follow would belong to the tunnel (RFC 9110 §9.3.6).
        (b"CONNECT localhost:443 HTTP/1.1", 405, Closed),
        (b"CONNECT [::1]:443 HTTP/1.1", 405, Closed),
    ]);
    refuse_lines(
        &[
            b"GET * HTTP/1.1",
            b"POST * HTTP/1.1",
            b"OPTIONS ** HTTP/1.1",
            b"OPTIONS *? HTTP/1.1",
            b"CONNECT / HTTP/1.1",
            b"CONNECT localhost HTTP/1.1",
            b"CONNECT localhost: HTTP/1.1",
            b"CONNECT http://localhost HTTP/1.1",
            b"CONNECT me@localhost:443 HTTP/1.1",
            b"CONNECT * HTTP/1.1",
            b"GET localhost:443 HTTP/1.1",
            b"GET set-cookie HTTP/1.1",
        ],
        400,
    );
}

#[test]
fn a_target_is_visible_ascii_without_a_fragment() {
    refuse_lines(
        &[
            b"GET /# HTTP/1.1", b"GET /#a HTTP/1.1", b"GET /?a#b HTTP/1.1", b"GET /\0 HTTP/1.1",
            b"GET /\x01 HTTP/1.1", b"GET /\x7F HTTP/1.1", b"GET /\x80 HTTP/1.1",
            b"GET /\xFF HTTP/1.1", b"GET /\xC3\xA9 HTTP/1.1", b"GET /?\xC3\xA9 HTTP/1.1",
            b"GET \xC2\xA0/ HTTP/1.1",
        ],
        400,
    );
}

/// RFC 9112 §2.3, RFC 9110 §2.5
#[test]
fn every_minor_version_of_http_1_is_accepted_and_no_other_version() {
    check_lines(&[
        (b"GET / HTTP/1.0", 200, Closed),
        (b"GET / HTTP/1.1", 200, Open),
        (b"GET / HTTP/1.2", 200, Open),
        (b"GET / HTTP/1.9", 200, Open),
    ]);
    refuse_lines(
        &[
            b"GET / HTTP/0.9", b"GET / HTTP/0.0", b"GET / HTTP/2.0", b"GET / HTTP/2.1",
            b"GET / HTTP/3.0", b"GET / HTTP/9.9", b"PRI * HTTP/2.0",
        ],
        505,
    );
    refuse_lines(
        &[
            b"GET / http/1.1", b"GET / Http/1.1", b"GET / HTTP/1.10", b"GET / HTTP/01.1",
            b"GET / HTTP/1.01", b"GET / HTTP/11.1", b"GET / HTTP/1", b"GET / HTTP/1.",
            b"GET / HTTP/.1", b"GET / HTTP/", b"GET / HTTP", b"GET / HTTP/ 1.1",
            b"GET / HTTP /1.1", b"GET / HTTP/1 .1", b"GET / HTTP/1,1", b"GET / HTTP/1.x",
            b"GET / HTTP/x.1", b"GET / HTTP/-1.1", b"GET / HTTP/+1.1", b"GET / HTTP/1.1a",
            b"GET / HTTPS/1.1", b"GET / HTP/1.1", b"GET / HTTP/2", b"GET / HTTP-1.1",
            b"GET / \"HTTP/1.1\"", b"GET / HTTP/1.1\0", b"GET / HTTP/1.\xD9\xA1", b"GET / ICY/1.1",
        ],
        400,
    );
}

/// RFC 9112 §2.2
#[test]
fn a_few_empty_lines_may_precede_a_request() {
    let after = |lines: &[u8]| [lines, b"GET / HTTP/1.1"].concat();
    check_lines(&[
        (b"\r\nGET / HTTP/1.1", 200, Open),
        (b"\nGET / HTTP/1.1", 200, Open),
        (&after(&b"\r\n".repeat(limits::MAX_EMPTY_LINES)), 200, Open),
        (&after(&b"\n".repeat(limits::MAX_EMPTY_LINES)), 200, Open),
        (&after(&b"\r\n".repeat(limits::MAX_EMPTY_LINES + 1)), 400, Closed),
        (b" \r\nGET / HTTP/1.1", 400, Closed),
        (b"\r\r\nGET / HTTP/1.1", 400, Closed),
    ]);
    // Also between two requests.
    check_requests(&[(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n\r\n", 200, Open)]);
}

#[test]
fn other_protocols_are_refused() {
    check_requests(&[
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, Closed),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 400, Closed),
        (b"\x80\x2E\x01\x03\x01", 400, Closed),
        (b"SSH-2.0-OpenSSH_9.6\r\n", 400, Closed),
        (b"EHLO a\r\n", 400, Closed),
        (b"HTTP/1.1 200 OK\r\n\r\n", 400, Closed),
        (b"\x05\x01\x00", 400, Closed),
    ]);
}
