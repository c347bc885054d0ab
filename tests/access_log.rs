//! The access log: a line for each request, in Common Log Format.

mod support;

use support::{Answer, Server};

#[test]
fn each_request_is_logged_in_common_log_format() {
    let server = Server::start();
    for (request, line) in [
        ("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n", "\"GET /nope HTTP/1.1\" 404 <length>"),
        ("GET /?a HTTP/1.0\r\n\r\n", "\"GET /?a HTTP/1.0\" 200 <length>"),
        (
            "GET /set-cookie HTTP/1.9\r\nHost: a\r\n\r\n",
            "\"GET /set-cookie HTTP/1.1\" 200 <length>",
        ),
        // Without content the length is "-".
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "\"OPTIONS * HTTP/1.1\" 204 -"),
        ("\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "\"HEAD / HTTP/1.1\" 200 -"),
        ("\r\nHEAD / HTTP/2.0\r\n", "\"-\" 505 -"),
        // A request line that can't be parsed is "-".
        ("GET /no-host HTTP/1.1\r\n\r\n", "\"GET /no-host HTTP/1.1\" 400 <length>"),
        ("GET /no version\r\n\r\n", "\"-\" 400 <length>"),
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
