//! `--trace`: each exchange between a client and the server, as the terminal shows it.

mod support;

use cookies_from_scratch::limits;
use std::thread;
use support::Server;

const OPEN: &str =
    "* The connection stays open, as it does in HTTP/1.1 unless one side says close.";
const UNREAD: &str = "* The connection closes: a body may follow, and this server reads none.";
const REFUSED: &str =
    "* The connection closes, as it does here after each request that is refused.";

/// Waits until the program has printed `count` blocks, and returns the lines of each.
#[track_caller]
fn blocks(server: &Server, count: usize) -> Vec<Vec<String>> {
    let log = server.log_when(|log| log.matches("\n\n").count() >= count);
    let (_greeting, blocks) = log.split_once('\n').unwrap();
    let blocks = blocks.trim_end().split("\n\n");
    blocks.map(|block| block.lines().map(str::to_owned).collect()).collect()
}

/// The block that the program prints for this request.
#[track_caller]
fn traced(request: &[u8]) -> Vec<String> {
    let server = Server::start_with(&["--trace"]);
    server.say(request);
    blocks(&server, 1).remove(0)
}

#[test]
fn an_exchange_is_shown_as_it_was_sent() {
    let block =
        traced(b"GET /set-cookie HTTP/1.1\r\nhOST:localhost\r\nCookie: a=1; b=\"2\"\r\n\r\n");
    let date = block.iter().position(|line| line.starts_with("< Date: ")).unwrap();
    let length = block.iter().find_map(|line| line.strip_prefix("< Content-Length: ")).unwrap();
    let (content, length) =
        (format!("* {length} bytes of content"), format!("< Content-Length: {length}"));
    let expected = [
        "* connection 1, request 1, from 127.0.0.1",
        "> GET /set-cookie HTTP/1.1",
        "> hOST:localhost",
        "> Cookie: a=1; b=\"2\"",
        ">",
        "* cookie a = 1",
        "* cookie b = 2",
        "< HTTP/1.1 200 OK",
        &block[date],
        "< Cache-Control: no-store",
        "< Set-Cookie: cookie_name=cookie_value; Path=/",
        "< Content-Type: text/html; charset=utf-8",
        &length,
        "<",
        &content,
        OPEN,
    ];
    assert_eq!(block, expected);
}

#[test]
fn the_last_line_says_why_the_connection_stays_open_or_closes() {
    for (request, why) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", OPEN),
        (
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "* The connection stays open, for this client of HTTP/1.0 asks for it: keep-alive.",
        ),
        (
            "GET / HTTP/1.0\r\n\r\n",
            "* The connection closes, as it does in HTTP/1.0 unless both say keep-alive.",
        ),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "* The connection closes: the client said close.",
        ),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nsecret", UNREAD),
        ("GET / HTTP/1.1\r\n\r\nsecret", REFUSED),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\nsecret", REFUSED),
        ("get\r\n\r\nsecret", REFUSED),
    ] {
        let block = traced(request.as_bytes());
        assert_eq!(block.last().unwrap(), why, "{request:?}");
        assert!(!block.iter().any(|line| line.contains("secret")), "{request:?}: {block:?}");
    }
}

#[test]
fn a_refused_request_is_shown_with_the_reason() {
    let block = traced(b"\r\nGET / HTTP/1.1\r\nHost : a\r\n\r\n");
    assert_eq!(block[1..4], ["> GET / HTTP/1.1", "> Host : a", ">"]);
    assert!(block[4].starts_with("* refused: A field line must be a token"), "{}", block[4]);
    assert_eq!(block[5], "< HTTP/1.1 400 Bad Request");
}

#[test]
fn control_characters_of_a_client_are_escaped() {
    for (request, line) in [
        (&b"GET /\x1b[2J HTTP/1.1\r\n\r\n"[..], "> GET /\\x1b[2J HTTP/1.1"),
        (b"\x16\x03\x01\x00\xff", "> \\x16\\x03\\x01\\x00\\xff"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: \t\xc2\x9b\x7f\r\n\r\n", "> A: \\x09\\u{9b}\\x7f"),
        // A right-to-left override could make the terminal show another text than the client sent.
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: \xe2\x80\xae\r\n\r\n", "> A: \\u{202e}"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: \xc3\xa9 \"\\\r\n\r\n", "> A: é \"\\"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nCookie: a=\xe2\x80\xae\r\n\r\n", "* cookie a = \\u{202e}"),
    ] {
        let block = traced(request);
        assert!(block.iter().any(|each| each == line), "{line} in {block:?}");
        assert!(
            !block.iter().any(|each| each.contains(|char: char| char.is_control())),
            "{block:?}"
        );
    }
}

#[test]
fn exchanges_at_the_same_time_are_separate_blocks() {
    const CLIENTS: usize = 16;
    let server = Server::start_with(&["--trace"]);
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let request = format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: client={client}\r\n\r\n");
            let server = &server;
            scope.spawn(move || server.say(request.repeat(8).as_bytes()));
        }
    });
    let mut seen: Vec<String> = Vec::new();
    let blocks = blocks(&server, CLIENTS * 8);
    for block in &blocks {
        let cookie = block.iter().find_map(|line| line.strip_prefix("* cookie client = ")).unwrap();
        assert!(block[0].starts_with("* connection "), "{block:?}");
        assert!(block.contains(&format!("> Cookie: client={cookie}")), "{block:?}");
        assert_eq!(block.iter().filter(|line| line.starts_with("< HTTP/1.1 ")).count(), 1);
        assert_eq!(block.len(), blocks[0].len(), "{block:?}");
        seen.push(block[0].clone());
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), CLIENTS * 8);
}

/// Its bytes are escaped, so its block is longer than what may wait for the printer.
#[test]
fn the_longest_head_is_printed() {
    let server = Server::start_with(&["--trace"]);
    let start = b"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: ";
    let cookies = b"\x80;".repeat((limits::MAX_HEAD_BYTES - start.len() - 4) / 2);
    server.say(&[&start[..], &cookies, b"\r\n\r\n"].concat());
    let log = server.log_with("* The connection closes");
    assert!(log.len() > limits::MAX_LOG_BYTES, "{} bytes", log.len());
}
