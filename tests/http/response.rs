//! RFC 9110: the fields that every response has, and those that only some have.

use crate::support::{Answer, Server};

const PATHS: [&str; 4] = ["/", "/set-cookie", "/delete-cookies", "/nope"];

/// RFC 9110 §6.6.1
#[test]
fn every_response_with_content_has_a_date_and_its_length() {
    let server = Server::start_with(&["--quiet"]);
    for request in [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET /nope HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\x16",
    ] {
        let answer = server.ask(request.as_bytes());
        let date = answer.field("Date").expect("a date");
        assert!(date.len() == 29 && date.ends_with(" GMT"), "{date}");
        assert_eq!(answer.field("Content-Length"), Some(&*answer.body.len().to_string()));
        assert_eq!(answer.field("Content-Type"), Some("text/html; charset=utf-8"));
        assert!(answer.body.starts_with("<!doctype html>\n"), "{request:?}");
    }
}

/// RFC 9110 §9.3.2
#[test]
fn head_gets_the_fields_of_get_without_the_body() {
    let server = Server::start_with(&["--quiet"]);
    let ask = |method: &str, rest: &str| {
        let reply = server.say(format!("{method}{rest}").as_bytes());
        let end = reply.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        let (head, body) = (String::from_utf8_lossy(&reply[..end]).into_owned(), reply.len() - end);
        let without_date: Vec<_> =
            head.lines().filter(|line| !line.starts_with("Date: ")).map(str::to_owned).collect();
        (without_date, body)
    };
    let pages =
        PATHS.map(|path| format!(" {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    let errors =
        [" / HTTP/1.1\r\n\r\n", " / HTTP/2.0\r\n", " /# HTTP/1.1\r\nHost: a\r\n\r\n", " /\r\n"];
    for rest in pages.iter().map(String::as_str).chain(errors) {
        let ((get, body), (head, no_body)) = (ask("GET", rest), ask("HEAD", rest));
        assert_eq!(head, get, "{rest:?}");
        assert!(body > 0 && no_body == 0, "{rest:?}");
    }
}

/// RFC 9110 §9.3.7, §15.5.6
#[test]
fn options_and_405_list_the_allowed_methods() {
    let server = Server::start_with(&["--quiet"]);
    for target in ["*", "/", "/delete-cookies", "http://a"] {
        let answer = server.ask(format!("OPTIONS {target} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
        assert_eq!((answer.status, answer.field("Allow")), (204, Some("GET, HEAD, OPTIONS")));
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE"] {
        let answer = server.ask(format!("{method} / HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
        assert_eq!((answer.status, answer.field("Allow")), (405, Some("GET, HEAD, OPTIONS")));
        assert_eq!(answer.values("Set-Cookie"), [""; 0]);
    }
}

/// RFC 9110 §8.6
#[test]
fn a_204_has_no_content_and_no_length() {
    let server = Server::start_with(&["--quiet"]);
    let answer = server.get("/favicon.ico", "");
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!((answer.field("Content-Length"), answer.field("Content-Type")), (None, None));
}

/// RFC 9110 §13, §14, §12: a server may ignore all of these fields.
#[test]
fn conditions_ranges_and_preferences_are_ignored() {
    let server = Server::start_with(&["--quiet"]);
    let plain = server.get("/", "");
    for fields in [
        "Range: bytes=0-9\r\n",
        "If-None-Match: *\r\n",
        "If-Match: \"a\"\r\n",
        "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT\r\n",
        "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
        "Accept: image/png\r\nAccept-Encoding: gzip\r\nAccept-Language: de\r\n",
        "TE: trailers\r\nTrailer: A\r\nMax-Forwards: 0\r\n",
    ] {
        let answer = server.get("/", fields);
        assert_eq!((answer.status, &answer.body), (200, &plain.body), "{fields:?}");
    }
}

#[test]
fn no_response_field_repeats_what_a_client_sent() {
    let server = Server::start_with(&["--quiet"]);
    for request in [
        "GET /~tea HTTP/1.1\r\nHost: ~tea\r\nCookie: ~tea=~tea\r\nOrigin: ~tea\r\nReferer: ~tea\r\n\r\n",
        "GET /set-cookie?~tea HTTP/1.0\r\nConnection: keep-alive, ~tea\r\nUpgrade: ~tea\r\n\r\n",
        "OPTIONS /?~tea HTTP/1.1\r\nHost: a\r\nAccess-Control-Request-Method: ~tea\r\n\r\n",
        "~tea /~tea HTTP/1.1\r\nHost: a\r\n~tea: ~tea\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: ~tea ~tea\r\n\r\n",
    ] {
        let answer: Answer = server.ask(request.as_bytes());
        assert!(
            !format!("{:?}", answer.fields).contains("tea"),
            "{request:?}: {:?}",
            answer.fields
        );
    }
}

/// RFC 9112 §4: the version is the server's, not the client's.
#[test]
fn an_http_1_0_request_gets_an_http_1_1_status_line() {
    let server = Server::start_with(&["--quiet"]);
    let reply = server.say(b"GET / HTTP/1.0\r\n\r\n");
    assert!(reply.starts_with(b"HTTP/1.1 200 OK\r\n"));
}
