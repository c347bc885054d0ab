//! A panic costs one response, or one connection at most, and never a worker.

mod support;

use cookies_from_scratch::access_log::Detail;
use cookies_from_scratch::limits;
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use cookies_from_scratch::server::{Running, Server};
use std::io::{ErrorKind, Read, Write};
use std::panic;
use std::thread;
use support::connect;

const WORKERS: usize = 2;
const CLIENTS: usize = 5;
const PANICS: usize = 10_000;

/// Panics again when it is dropped: outside the handler that it comes from.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("this panic is meant");
    }
}

fn page(request: &Request<'_>, _: &mut Response<'_>) {
    match request.path.as_ref() {
        "/panic" => panic!("this panic is meant"),
        "/bomb" => panic::panic_any(Bomb),
        _ => {}
    }
}

/// A server with these pages, and its address.
fn start() -> (Running, String) {
    panic::set_hook(Box::new(|_| {}));
    let server = Server::bind("127.0.0.1", 0).unwrap();
    let address = server.url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    (server.start(page, Detail::Nothing, WORKERS).unwrap(), address)
}

/// How many of so many requests for `path`, each on its own connection, get an answer that begins with `start`.
fn count(address: &str, path: &str, start: &str, times: usize) -> usize {
    (0..times).filter(|_| ask(address, path).starts_with(start)).count()
}

fn ask(address: &str, path: &str) -> String {
    let mut stream = connect(address);
    write!(stream, "GET {path} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// How many of [`PANICS`] requests for `path` get an answer that begins with `start`.
fn count_together(address: &str, path: &str, start: &str) -> usize {
    thread::scope(|scope| {
        let each = || count(address, path, start, PANICS / CLIENTS);
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(each)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    })
}

#[test]
fn a_panic_in_a_page_is_a_500_and_costs_nothing_else() {
    let (server, address) = start();
    let mut silent: Vec<_> = (0..8).map(|_| connect(&address)).collect();
    assert_eq!(count_together(&address, "/panic", "HTTP/1.1 500 "), PANICS);
    assert_eq!(count(&address, "/", "HTTP/1.1 200 ", 100), 100);
    for stream in &mut silent {
        stream.set_nonblocking(true).unwrap();
        let error = stream.read(&mut [0]).expect_err("it is still open");
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
    }
    server.stop(limits::DEFAULT_GRACE);
}

#[test]
fn a_panic_outside_of_a_page_costs_its_connection_and_no_worker() {
    let (server, address) = start();
    assert_eq!(ask(&address, "/bomb"), "", "there is no answer");
    let mut others: Vec<_> = (0..8).map(|_| connect(&address)).collect();
    assert_eq!(count_together(&address, "/bomb", "HTTP/"), 0);
    for stream in &mut others {
        write!(stream, "GET / HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "));
    }
    server.stop(limits::DEFAULT_GRACE);
}
