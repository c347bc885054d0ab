//! Six tiny pages that show what cookies do, and the web server below them: a program to run, to read and to
//! change, not a library to build on. It starts from [`TcpListener`](std::net::TcpListener).
//!
//! # The path of one request
//!
//! Bytes come in at the top and go out at the bottom. Each line is a module, and the function there that
//! passes the request on. The first two lines happen once, before any request. The shortest tour is these
//! functions.
//!
//! ```text
//!   command_line    parse                 which port, which template
//!   server          Server::bind, start   listens, and starts a worker for each core
//!
//!   a browser                             GET /set-cookie HTTP/1.1
//!       v                                 Cookie: a=1
//!   worker          Worker::run           waits until a client connects, or a connection is ready
//!   connection      Connection::read      reads the bytes that have come
//!   conversation    Conversation::answer  splits them into requests; no sockets until the last line
//!   parse           head                  what a request says: method, target, fields
//!   request         Request::new          what it means: which page, which cookies
//!   app             App::answer           finds the page, here set_cookie
//!   set_cookie      SetCookie::write      the line that sets the cookie
//!   response        Response::write       the head, and the body:
//!   template        Template::render      the HTML of the page
//!   connection      Connection::write     sends them
//!       v                                 HTTP/1.1 200 OK
//!   a browser                             Set-Cookie: cookie_name=cookie_value; Path=/
//! ```
//!
//! # Words
//!
//! * A *socket* is one end of a connection, as the operating system gives it to a program. A *listener* is a
//!   socket that clients connect to. They wait in its *backlog* until the server *accepts* them; then each
//!   connection has a socket of its own. A *descriptor* is the number of a socket or an open file; a process
//!   has only so many.
//! * A connection is two streams of bytes, one in each direction, which TCP sends in packets. Each side can
//!   end the stream that it sends, and still read the other. If a packet comes to a socket that is closed,
//!   the system *resets* the connection: it ends at once, in both directions.
//! * A *request* consists of a *head* and perhaps a *body*. The head is a request line (method, *target*,
//!   version), *fields* (`Name: value`, often called headers) and an empty line. The target is usually a
//!   path. A response begins with a *status*, such as 404: 2xx means that the request is fine, 4xx that it is
//!   at fault, 5xx that the server is.
//! * A *proxy* passes requests on to a server, for example to share them among several.
//! * Grammar is quoted from the standards: `"a"` is that text, `x / y` one of the two, `[ x ]` an optional
//!   part, `*x` any number of `x`, `1*x` at least one, `0*3x` up to three, `#x` a list with commas, `( )` a
//!   group, `%x41-5A` the bytes 0x41 to 0x5A, `ALPHA` a letter, `SP` a space, `HTAB` a tab, `OWS` optional
//!   blanks (spaces and tabs), `DQUOTE` the byte `"`, `CRLF` the end of a line.
//! * The standards: RFC 9110 is what HTTP means, RFC 9112 how HTTP/1.1 is written, RFC 9111 is about caches,
//!   RFC 3986 about URIs, and RFC 6265 about cookies. *6265bis* is the draft that will replace the last. A
//!   note like (tests/clients: "Domain=localhost") names a behaviour in the tables of
//!   `tests/clients/README.md`, which was measured with many clients.
//!
//! # The tour
//!
//! It follows that path, in a long evening: five readers who saw it for the first time estimated four to five
//! and a half hours, and three more for what can wait. In `make doc`, a link opens the page of a module;
//! *Source*, at its top, shows the file. If you are here for the cookies, begin with the third part. If you
//! come from the last chapter of *The Rust Programming Language*, begin with `tests/loop.md`.
//!
//! ## The server: 110 minutes
//!
//! 1. `main`: the parts are put together.
//! 2. [`server`]: how it starts and how it stops. [`unix`] is what `std` lacks: signals, and which sockets
//!    are ready, in `epoll`.
//! 3. [`worker`]: a thread of the pool, which is an event loop over its connections. `accept` gets new ones,
//!    and `shared` is what all workers see.
//! 4. [`connection`]: one socket as a state machine. It has a deadline, and closes without losing an answer.
//!
//! What can wait: [`command_line`], and `listen` in [`server`], which knows addresses; `balance` in
//! [`worker`], which hands connections to idle workers; `poll` in [`unix`], for systems other than Linux.
//! [`limits`] has all tunable numbers, to look up when you meet one.
//!
//! ## HTTP: 90 minutes
//!
//! 5. [`conversation`]: one request after the other, without a socket.
//! 6. [`parse`]: from bytes to words. [`parse::by_hand`] is the grammar of RFC 9112, rule by rule.
//! 7. [`request`]: from words to meaning. It refuses a request that could mean two things, or breaks a rule.
//!    `target` says which page, and `fields` the rest.
//! 8. [`response`]: its head and its body.
//!
//! What can wait: `progress` in [`parse`], for a head that comes in parts, and `by_httparse`; [`token`], the
//! smallest part of the grammar, and [`scan`], which searches text fast; [`uri`], which knows what a host is;
//! [`refusal`] and [`status`], which are lists; [`space`], why a usual request allocates nothing.
//! [`access_log`] prints a line about each request, or the heads of the request and its response, and
//! [`visible`] escapes what could control the terminal.
//!
//! ## The pages and their cookies: 85 minutes
//!
//! 9. [`app`]: the six pages, as the Flask tutorial has them. `page` answers a request with one of them, and
//!    `content` is what it shows.
//! 10. [`cookies`] and [`set_cookie`]: a cookie on its way in, and on its way out. These are two things: what
//!     comes in has a name and a value, and only what goes out has a path and a lifetime. `line` writes that.
//! 11. [`template`] and [`html`]: text with placeholders, and the escaping that makes it safe.
//!
//! What can wait: `jar` in [`app`], the prediction of the next cookies; `rules`, `domain` and `meaning` in
//! [`set_cookie`], which say what browsers refuse, and in words what a line means; [`date`], how HTTP writes
//! one.
//!
//! Then close the source and open `tests/lessons.rs`: what cookies do, a sentence each, against this server
//! and with a real cookie engine. `tests/exercises` asks you to go on from there. What is public in this
//! crate is so for the tests and for this tour.

#[cfg(not(unix))]
compile_error!("this program is for Unix: Linux, macOS or a BSD");

// In the order of layers, sockets first: each uses those below it, and none above. `make check` verifies it.
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
