#!/usr/bin/env bash
# Guess: a Cookie header that the caller of ureq sets joins the jar's cookies in one field, or replaces them:
# "the user agent MUST NOT attach more than one Cookie header field" (RFC 6265 §5.4). A redirect within the same
# server changes nothing.
#
# What happens: the request has two Cookie fields, the jar's first. After a redirect to another path of the same
# server the caller's field is missing, and only the jar's is sent. (ureq compiles for about a minute.)
#
# Version: ureq 3.5.2 with the feature "cookies". Source: src/run.rs, `add_headers`: call.header(header::COOKIE, value);
# ureq-proto, src/client/redirect.rs, `as_new_call`: headers.remove(header::COOKIE)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2024"
rust-version = "1.85"

[dependencies]
ureq = { version = "=3.5.2", default-features = false, features = ["cookies"] }
TOML
mkdir "$folder/src"
cat > "$folder/src/main.rs" <<'RUST'
use std::io::{BufRead, BufReader, Write};

fn main() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // Prints the Cookie fields of each request; every response sets a cookie, /old redirects to /new.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let head: Vec<String> =
                BufReader::new(&stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
            println!("{}", head[0]);
            head.iter().filter(|line| line.to_lowercase().starts_with("cookie:")).for_each(|line| println!("  {line}"));
            let start = if head[0].contains("/old") { "302 Found\r\nLocation: /new" } else { "200 OK" };
            let rest = "Set-Cookie: jar=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            write!(stream, "HTTP/1.1 {start}\r\n{rest}").unwrap();
        }
    });
    let agent = ureq::Agent::config_builder().proxy(None).build().new_agent();
    agent.get(&url).call().unwrap();
    agent.get(format!("{url}/old")).header("Cookie", "own=1").call().unwrap();
}
RUST
output=$(cd "$folder" && CARGO_TARGET_DIR="$folder/target" cargo run --quiet)
echo "$output"
[ "$output" = "GET / HTTP/1.1
GET /old HTTP/1.1
  cookie: jar=1
  cookie: own=1
GET /new HTTP/1.1
  cookie: jar=1" ] || { echo "This has changed." >&2; exit 1; }
