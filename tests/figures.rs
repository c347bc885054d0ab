//! Figures that texts repeat. Each follows from `limits.rs` or from a default of the command line, so each
//! failure names the text to change.

mod support;

use cookies_from_scratch::command_line::Options;
use cookies_from_scratch::limits;
use std::path::Path;
use std::time::Duration;
use support::Server;

/// The text of a file in one line, without the marks of comments.
fn text_of(file: &str) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let is_mark = |word: &&str| ["//!", "///", "//", "#"].contains(word);
    text.split_whitespace().filter(|word| !is_mark(word)).collect::<Vec<_>>().join(" ")
}

/// Each row is a file, and what must be written there because of `source`.
fn check(source: &str, rows: &[(&str, String)]) {
    let missing = rows.iter().filter(|(file, wanted)| !text_of(file).contains(wanted));
    let missing: Vec<_> = missing.map(|(file, wanted)| format!("{file}: {wanted}")).collect();
    assert!(missing.is_empty(), "{source} has changed, so this must, too:\n{}", missing.join("\n"));
}

fn kib(bytes: usize) -> String {
    format!("{} KiB", bytes / 1024)
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

#[test]
fn texts_repeat_the_limits() {
    let (target, head) = (kib(limits::MAX_TARGET_BYTES), kib(limits::MAX_HEAD_BYTES));
    let (fields, logged) = (limits::MAX_FIELD_LINES, limits::MAX_LOGGED_REQUEST_BYTES);
    // Buffers double as they grow.
    let connection = kib(2 * (limits::MAX_HEAD_BYTES + limits::MAX_PENDING_ANSWER_BYTES));
    let head_timeout = seconds(limits::HEAD_TIMEOUT);
    let rows = [
        ("README.md", format!("| target | {target} |")),
        ("README.md", format!("| head: request line and fields | {head}, {fields} fields |")),
        ("README.md", format!("| time for a head, from its first byte | {head_timeout} |")),
        ("README.md", format!("| silence before a request | {} |", seconds(limits::IDLE_TIMEOUT))),
        ("README.md", format!("| time to read the answers | {} |", seconds(limits::WRITE_TIMEOUT))),
        ("src/refusal.rs", format!("The target has more than {target}")),
        ("src/refusal.rs", format!("There are more than {fields} field lines")),
        ("src/refusal.rs", format!("Request line and fields have more than {head}")),
        ("src/limits.rs", format!("{connection} at most. The longest")),
        ("src/limits.rs", format!("a `Cookie` field of {head}, has")),
        (
            "src/set_cookie/rules.rs",
            format!("keep no more than {} bytes of name and value", limits::MAX_COOKIE_BYTES),
        ),
        (
            "src/set_cookie/rules.rs",
            format!("a path of more than {} bytes", limits::MAX_COOKIE_ATTRIBUTE_BYTES),
        ),
        (
            "src/set_cookie/rules.rs",
            format!("a lifetime has {} seconds at most", limits::MAX_LIFETIME.as_secs()),
        ),
        ("tests/clients/README.md", format!("at {},{} bytes", logged / 1000, logged % 1000)),
        ("tests/bench/README.md", format!("{head} of `\"`")),
    ];
    check("src/limits.rs", &rows);
}

/// How many cookies without a name are listed before the longest one.
const ROWS: usize = 8_700;

#[test]
fn texts_repeat_the_length_of_the_longest_page() {
    let start = "GET / HTTP/1.1\r\nHost: a\r\nCookie: ";
    // Rows up to just below the length that ends the list, and one row more: of bytes that must be escaped.
    let quotes = limits::MAX_HEAD_BYTES - start.len() - 4 - 2 * ROWS;
    let cookies = "a;".repeat(ROWS) + &"\"".repeat(quotes);
    let page = Server::start().ask(format!("{start}{cookies}\r\n\r\n").as_bytes()).body;
    let length = format!("{}0 KiB", (page.len() + 5 * 1024) / (10 * 1024));
    let rows = [("src/limits.rs", format!("has {length} and"))];
    check("the longest page", &rows);
}

#[test]
fn texts_repeat_the_defaults() {
    let Options { host, port, grace, .. } = Options::default();
    let url = format!("http://{host}:{port}");
    let options = ["src/command_line.rs", "README.md"].map(|file| {
        [
            (file, format!("the address [default: {host}, on")),
            (file, format!("the port; 0 for any free one [default: {port}]")),
            (file, format!("may take to end [default: {}]", grace.as_secs_f64())),
        ]
    });
    let rows = [
        ("src/command_line.rs", format!("open {url}/ and click")),
        ("README.md", format!("serves: open {url}/")),
        ("README.md", format!("If port {port} is taken")),
        ("README.md", format!("$ curl -s -I {host}:{port}/set-expiring-cookie")),
        ("tests/load/haproxy.cfg", format!("bind 127.0.0.1:{port}")),
        ("Makefile", format!("Serves the pages on {url};")),
    ];
    check("a default of src/command_line.rs", &[options.concat(), rows.to_vec()].concat());
}

#[test]
fn limits_are_those_of_the_standards() {
    for (is_met, rule) in [
        (limits::MAX_TARGET_BYTES >= 8000, "a target of 8,000 bytes is read (RFC 9112 §3)"),
        (limits::MAX_EMPTY_LINES >= 1, "an empty line before a request is skipped (RFC 9112 §2.2)"),
        (limits::MAX_COOKIE_BYTES == 4096, "name and value have 4,096 bytes (6265bis §5.6)"),
        (limits::MAX_COOKIE_ATTRIBUTE_BYTES == 1024, "an attribute has 1,024 (6265bis §5.6)"),
    ] {
        assert!(is_met, "src/limits.rs breaks a rule: {rule}");
    }
}

#[test]
fn the_oldest_rust_is_that_of_cargo_toml() {
    let wanted = concat!(" ", env!("CARGO_PKG_RUST_VERSION"), " or newer");
    check("Cargo.toml", &["README.md", ".ci/run"].map(|file| (file, wanted.to_owned())));
}
