//! A page that panics is a 500, as often as it does, and costs nobody anything.

use cookies_from_scratch::access_log::Detail;
use cookies_from_scratch::limits;
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use cookies_from_scratch::server::Server;
use cookies_from_scratch::status::Status;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::panic;
use std::thread;

const THREADS: usize = 8;
const CLIENTS: usize = 5;

fn page(request: &Request<'_>) -> Response {
    assert!(request.path != "/panic", "this page fails on purpose");
    Response::new(Status::OK, request.time)
}

/// How many answers have this status, if so many ask for `path`, each on a connection of its own.
fn ask(address: &str, path: &str, status: &str, times: usize) -> usize {
    (0..times).map(|_| usize::from(is_answered(address, path, status))).sum()
}

fn is_answered(address: &str, path: &str, status: &str) -> bool {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.starts_with(&format!("HTTP/1.1 {status} "))
}

#[test]
fn ten_thousand_panics_cost_no_thread() {
    panic::set_hook(Box::new(|_| {}));
    let server = Server::bind("127.0.0.1", 0).unwrap();
    let url = server.url().unwrap();
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    let server = server.open(page, Detail::Nothing, THREADS).unwrap();
    let failures: usize = thread::scope(|scope| {
        let ask = || ask(address, "/panic", "500", 10_000 / CLIENTS);
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(ask)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    assert_eq!(failures, 10_000);
    // All threads are there: but for one at the door and one that serves, each of these keeps one.
    let silent: Vec<_> = (2..THREADS).map(|_| TcpStream::connect(address).unwrap()).collect();
    assert_eq!(ask(address, "/", "200", 100), 100);
    for mut stream in silent {
        stream.set_nonblocking(true).unwrap();
        let error = stream.read(&mut [0]).expect_err("it is still open");
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
    }
    server.closing()();
    server.keep(limits::DEFAULT_GRACE);
}
