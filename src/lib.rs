//! Six tiny pages that show what cookies do, and the web server below them, from
//! [`TcpListener`](std::net::TcpListener) up, to be read in an evening.
//!
//! # The way of one request
//!
//! Bytes come in at the top and go out at the bottom; each file is a stop on the way.
//!
//! ```text
//!   a browser                     GET /set-cookie HTTP/1.1
//!       │                         Cookie: a=1
//!       v
//!   main, command_line            which port, which template
//!   server                        listens; a client comes in
//!   pool                          a thread gets it
//!   connection                    reads its bytes, as the network cuts them
//!   conversation                  cuts them into requests; nothing from here on knows of sockets
//!   parse                         what a request says:   method, target, fields
//!   request                       what it means:         which page, which cookies, what comes after
//!   app                           the page:              set_cookie(request)
//!   template                      its HTML
//!   response                      its bytes
//!       │                         HTTP/1.1 200 OK
//!       v                         Set-Cookie: cookie_name=cookie_value; Path=/
//!   a browser
//! ```
//!
//! # The stops
//!
//! First what it is all about, in half an hour:
//!
//! 1. [`app`]: the six pages, as the Flask tutorial has them.
//! 2. [`cookies`] and [`set_cookie`]: a cookie on its way in, and on its way out. They are two things:
//!    what comes in has a name and a value, and only what goes out has a path and a lifetime.
//! 3. [`template`] and [`html`]: text with holes, and what makes it safe to fill them.
//!
//! Then HTTP, in an hour:
//!
//! 4. [`parse`]: from bytes to words. [`parse::by_hand`] is the grammar of RFC 9112, line by line.
//! 5. [`request`]: from words to meaning, and what is refused because it could mean two things.
//! 6. [`response`]: the answer, and its bytes.
//! 7. [`conversation`]: one answer after the other, and what is printed of each: [`access_log`], which with
//!    `--trace` shows the whole exchange.
//!
//! Then the machine, in another:
//!
//! 8. [`connection`]: a socket, its deadlines, and how to close it without losing the answer;
//!    [`farewell`] if that takes a while.
//! 9. [`pool`]: threads, who gets one, and who gives it up. [`seat`] is what a connection and the pool say
//!    to each other, [`monitor`] how threads share anything.
//! 10. [`server`] and [`command_line`]: the front door. `unix` is what `std` lacks for it.
//!
//! The small nouns are read where they are met: [`token`], [`scan`], [`uri`], [`date`], [`status`], [`error`].
//! [`limits`] has every number that could have been another.
//!
//! # What it is not
//!
//! A framework, or a server for files, uploads, TLS or HTTP/2. It reads no request body, compresses
//! nothing and caches nothing.

pub mod access_log;
pub mod app;
pub mod command_line;
pub mod connection;
pub mod conversation;
pub mod cookies;
pub mod date;
pub mod error;
pub mod farewell;
pub mod html;
pub mod limits;
pub mod monitor;
pub mod parse;
pub mod pool;
pub mod request;
pub mod response;
pub mod scan;
pub mod seat;
pub mod server;
pub mod set_cookie;
pub mod status;
pub mod template;
pub mod token;
#[cfg(unix)]
pub mod unix;
pub mod uri;
