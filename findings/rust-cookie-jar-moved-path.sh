#!/usr/bin/env bash
# Guess: a server moves a cookie from Path=/shop to Path=/: it removes the old one from the CookieJar of the crate
# `cookie` (the jar of Rocket and axum-extra), adds the new one, and the response has a Set-Cookie line for each,
# because name, domain and path identify a cookie (RFC 6265 §5.3 step 11).
#
# What happens: the jar knows a cookie by its name alone. The later call replaces the earlier one, so the response
# has one line: the browser keeps the cookie for /shop, or gets no new one. Nor can a response set a cookie of one
# name for two paths, or delete it on both.
#
# Version: cookie 0.18.2. Source: src/delta.rs, `Hash` and `PartialEq` of `DeltaCookie` compare the name only
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
cookie = { version = "=0.18.2", default-features = false }
TOML
mkdir "$folder/src"
cat > "$folder/src/main.rs" <<'RUST'
use cookie::{Cookie, CookieJar};

fn show(title: &str, change: impl FnOnce(&mut CookieJar)) {
    let mut jar = CookieJar::new();
    jar.add_original(("cart", "7")); // the request's Cookie field
    change(&mut jar);
    println!("{title}:");
    for line in jar.delta().map(Cookie::to_string) {
        println!("  {}", line.split("; Expires").next().unwrap());
    }
}

fn main() {
    let old = Cookie::build("cart").path("/shop");
    let new = Cookie::build(("cart", "7")).path("/");
    show("remove, add", |jar| { jar.remove(old.clone()); jar.add(new.clone()); });
    show("add, remove", |jar| { jar.add(new.clone()); jar.remove(old.clone()); });
    show("remove both", |jar| { jar.remove(old.clone()); jar.remove(new.clone()); });
    show("add both", |jar| { jar.add(old.clone()); jar.add(new.clone()); });
}
RUST
output=$(cd "$folder" && CARGO_TARGET_DIR="$folder/target" cargo run --quiet)
echo "$output"
[ "$output" = "remove, add:
  cart=7; Path=/
add, remove:
  cart=; Path=/shop; Max-Age=0
remove both:
  cart=; Path=/; Max-Age=0
add both:
  cart=7; Path=/" ] || { echo "This has changed." >&2; exit 1; }
