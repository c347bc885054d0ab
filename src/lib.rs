//! Six tiny pages that show what cookies do, and the web server below them: a program to run, to read and to
//! change, not a library to build on. It starts from [`TcpListener`](std::net::TcpListener).
//!
//! # The path of one request
//!
//! Bytes come in at the top and go out at the bottom; each file is a stop on the way.
//!
//! ```text
//!   a browser                     GET /set-cookie HTTP/1.1
//!       │                         Cookie: a=1
//!       v
//!   main, command_line            which port, which template
//!   server                        listens, and starts a worker for each core
//!   worker                        waits until a client connects, or a connection is ready
//!   connection                    reads its bytes, as the network cuts them
//!   conversation                  cuts them into requests; from here on, no sockets
//!   parse                         what a request says: method, target, fields
//!   request                       what it means:       which page, which cookies
//!   app                           the page:            set_cookie(request, response)
//!   template                      its HTML
//!   response                      its bytes
//!       │                         HTTP/1.1 200 OK
//!       v                         Set-Cookie: cookie_name=cookie_value; Path=/
//!   a browser
//! ```
//!
//! # The tour
//!
//! An evening's walk, of which each stop can be the last. A link leads to what a file holds; *Source*, at the
//! top there, is the file itself. (Prose is read at 200 words a minute here, code at twenty lines.)
//!
//! ## The pages and their cookies, 80 minutes
//!
//! 1. [`app`]: the six pages, as the Flask tutorial has them, and what they show. (The rest of what is below
//!    can wait for stop 6.)
//! 2. [`cookies`] and [`set_cookie`]: a cookie on its way in, and on its way out. They are two things:
//!    what comes in has a name and a value, and only what goes out has a path and a lifetime. [`token`]
//!    says what a name is made of, [`date`] how HTTP writes a date.
//! 3. [`template`] and [`html`]: text with placeholders, and what makes it safe to put values there. [`scan`]
//!    is how that is fast.
//!
//! ## HTTP, 85 minutes
//!
//! 4. [`parse`]: from bytes to words. [`parse::by_hand`] is the grammar of RFC 9112, line by line.
//! 5. [`request`]: from words to meaning, and what is refused because it could mean two things. [`uri`] knows
//!    what a host is, [`refusal`] all that can be wrong.
//! 6. [`response`]: the answer, its [`status`] and its bytes.
//! 7. [`conversation`]: one exchange after the other, and what is printed of each: [`access_log`], which
//!    shows all of it with `--trace`. [`visible`] escapes what a terminal would obey; thanks to [`space`], an
//!    ordinary request of a browser allocates nothing.
//!
//! ## The server, 85 minutes
//!
//! 8. [`server`] and [`command_line`]: how it starts and how it stops. [`unix`] is what `std` lacks for that.
//! 9. [`worker`]: the thread pool. Each thread is an event loop over the connections that it has accepted.
//!    [`unix::Poller`] tells it which of them are ready.
//! 10. [`connection`]: a socket and what it waits for, its deadline, and how to close it without losing the
//!     answer. [`limits`] has all tunable numbers.
//!
//! Then close the source and open `tests/lessons.rs`: what cookies do, a sentence each, against this server
//! and with a real cookie engine. `tests/exercises` asks you to go on from there.
//!
//! # What it is not
//!
//! A framework, or a server for files, uploads, TLS or HTTP/2. Nor is it a library: what is public here is so
//! for the tests and for this tour. To build on this server, copy it, and write your pages in place of
//! [`app`]'s: `tests/exercises` leads from a seventh page to reading a form.

#[cfg(not(unix))]
compile_error!("this program is for Unix: Linux, macOS or a BSD");

// In the order of layers: each uses those below it, and none above. `make check` verifies it.
pub mod command_line;
pub mod server;
mod worker;
mod connection;

pub mod conversation;
pub mod access_log;
pub mod unix;

pub mod app;
pub mod template;
pub mod response;
pub mod request;
pub mod html;
pub mod set_cookie;
pub mod cookies;
pub mod parse;

pub mod refusal;
pub mod status;
pub mod date;
mod uri;
mod visible;
mod token;
mod scan;
mod space;
pub mod limits;
