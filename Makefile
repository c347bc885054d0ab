# What there is to do. `make help` lists it.
.PHONY: help run watch test check systems browsers clients fuzz load soak bench counts miri doc

# This list.
help:
	@awk '/^# /{text=substr($$0,3)} /^[a-z]+:/{sub(":.*",""); printf "make %-8s %s\n", $$0, text}' Makefile

# Serves the pages on http://localhost:5000; make run ARGS="--port 8080" for other options.
run: target/run/cookies
	target/run/cookies $(ARGS)

# Serves them from templates/template.html, read again for each page: edit it, and refresh.
watch: target/run/cookies
	target/run/cookies --reload $(ARGS)

# rustc alone: cargo would first ask its registry for what the tests and the other parser need.
setting = $(shell sed -n 's/^$(1) = "\(.*\)"/\1/p' Cargo.toml)
RUSTC = CARGO_PKG_VERSION=$(call setting,version) rustc --edition $(call setting,edition) \
	-C opt-level=3 -C codegen-units=1 --out-dir target/run
target/run/cookies: Cargo.toml $(wildcard src/*.rs src/*/*.rs templates/*)
	@echo "Compiling, which takes a quarter of a minute …"
	$(RUSTC) --crate-type lib --crate-name cookies_from_scratch src/lib.rs
	$(RUSTC) -C lto -C strip=symbols -L target/run \
		--extern cookies_from_scratch --crate-name cookies src/main.rs

# All tests of the program, the README and the lessons: a minute or two.
test:
	cargo test --no-fail-fast

# What a change must pass: format, lints, shape, documentation, all tests with both parsers and pollers; make systems.
check:
	cargo fmt --check
	cargo clippy --all-targets -- --deny warnings
	cargo clippy --all-targets --features httparse,poll -- --deny warnings
	tests/shape.py
	RUSTDOCFLAGS="--deny warnings" cargo doc --no-deps --document-private-items
	RUSTDOCFLAGS="--deny warnings" cargo doc --no-deps --document-private-items --features httparse,poll
	cargo test --no-fail-fast
	cargo test --no-fail-fast --features httparse,poll
	tests/systems.sh

# Whether it compiles with the oldest Rust, for macOS and the BSDs, and passes all tests with musl.
systems:
	tests/systems.sh

# Clicks through the pages in Chromium, Firefox and WebKit, and looks at them: some minutes.
browsers:
	tests/browsers/run $(ARGS)

# Measures what the cookie engines of clients do and what servers read: a minute; ARGS=--all: of all, a quarter of an hour.
clients:
	tests/clients/run $(ARGS)

# Feeds random bytes to all code that sees a client's bytes: FUZZ_SECONDS (60) for each target.
fuzz:
	tests/fuzz/run

# Idle, slow, greedy, hostile and too many clients; restarts behind a balancer: some minutes.
load:
	tests/load/run

# All kinds of clients together, for SOAK_SECONDS (600): does anything grow?
soak:
	tests/load/run soak

# How fast it is beside eleven others, and the picture of it: a quarter of an hour; ARGS=--quick: a minute.
bench:
	tests/bench/run $(ARGS)

# What a request costs, counted: instructions, system calls, memory; ARGS=--check or --growth for parts of it.
counts:
	tests/bench/run counts $(ARGS)

# Looks for undefined behaviour where there is no socket. Needs a nightly compiler, and some minutes.
miri:
	cargo +nightly miri test --target-dir target/miri --lib --test parse --test conversation

# The guided tour through the source, in a browser.
doc:
	cargo doc --no-deps --document-private-items --open
