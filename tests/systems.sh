#!/usr/bin/env bash
# What the README says of other systems and of the oldest Rust: lints for each system, and all tests with musl.
# What rustup can't install here is not checked, and named.
set -euo pipefail
cd "$(dirname "$0")/.."

oldest=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
musl=$(uname -m)-unknown-linux-musl
windows=x86_64-pc-windows-gnu

not_checked() {
  echo "NOT checked: $1: $2" >&2
}

has_target() {
  rustup --quiet target add "$1" 2>/dev/null || { not_checked "$1" "rustup can't install it here"; return 1; }
}

if ! command -v rustup >/dev/null; then
  not_checked "Rust $oldest, macOS, FreeBSD, NetBSD, musl and Windows" "there is no rustup here"
  exit
fi

# In a folder of its own, so that neither compiler throws away what the other has made.
if rustup run "$oldest" cargo --version >/dev/null 2>&1 ||
  rustup --quiet toolchain install "$oldest" --profile minimal --no-self-update 2>/dev/null; then
  cargo "+$oldest" test --no-run --target-dir target/oldest
else
  not_checked "Rust $oldest" "rustup can't install it here"
fi

for target in aarch64-apple-darwin x86_64-unknown-freebsd x86_64-unknown-netbsd "$musl"; do
  has_target "$target" || continue
  cargo clippy --all-targets --target "$target" -- --deny warnings
  cargo clippy --all-targets --target "$target" --features httparse,poll -- --deny warnings
done

if [ "$(uname -s)" != Linux ]; then
  not_checked "the tests with musl" "this is not Linux"
elif has_target "$musl"; then
  cargo test --no-fail-fast --target "$musl"
fi

# The first error is the one to read.
if has_target $windows; then
  errors=$(cargo check --target $windows 2>&1 | grep ^error || true)
  [[ $errors == "error: this program is for Unix"* ]] ||
    { printf 'On Windows cargo says:\n%s\n' "$errors" >&2; exit 1; }
fi
