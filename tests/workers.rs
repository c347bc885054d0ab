//! The pool of workers: how they divide the connections among themselves.

mod support;

use cookies_from_scratch::access_log::Detail;
use cookies_from_scratch::limits;
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use cookies_from_scratch::server::{Running, Server};
use cookies_from_scratch::set_cookie::SetCookie;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;
use support::{TIMEOUT, connect};

/// A page that blocks its worker until it is told to go on.
struct Block {
    reached: Receiver<()>,
    go_on: Sender<()>,
}

impl Block {
    /// Waits until a worker is blocked.
    fn wait(&self) {
        self.reached.recv_timeout(TIMEOUT).expect("a request for the page that blocks");
    }

    fn end(&self) {
        self.go_on.send(()).expect("the server still runs");
    }
}

/// A server with so many workers, its address, and its page `/block`. Each page says which worker has made it.
fn start(workers: usize) -> (Running, String, Block) {
    let (reach, reached) = channel();
    let (go_on, told) = channel();
    let told = Mutex::new(told);
    let page = move |request: &Request<'_>, response: &mut Response<'_>| {
        if request.path == "/block" {
            reach.send(()).unwrap();
            told.lock().unwrap().recv_timeout(TIMEOUT).unwrap();
        }
        let worker = thread::current().name().unwrap().to_owned();
        response.set_cookie(&SetCookie::builder("worker", &worker).build().unwrap());
    };
    let server = Server::bind("127.0.0.1", 0).unwrap();
    let address = server.url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let running = server.start(page, Detail::Nothing, workers).unwrap();
    (running, address, Block { reached, go_on })
}

/// So many connections that each of the `workers` has some: one may start late.
fn connect_to_all(address: &str, workers: usize) -> Vec<TcpStream> {
    let started = Instant::now();
    let mut streams = Vec::new();
    while by_worker(&mut streams).len() < workers {
        assert!(started.elapsed() < TIMEOUT, "not all workers get connections");
        streams.push(connect(address));
    }
    streams
}

/// The worker that answers on this connection.
fn worker(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    read_worker(stream)
}

fn read_worker(stream: &mut TcpStream) -> String {
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).unwrap();
    let answer = std::str::from_utf8(&answer[..length]).unwrap();
    let (_, rest) = answer.split_once("worker=").unwrap();
    rest.split_once(';').unwrap().0.to_owned()
}

/// The indices of the connections that each worker has.
fn by_worker(streams: &mut [TcpStream]) -> HashMap<String, Vec<usize>> {
    let mut divided = HashMap::<_, Vec<_>>::new();
    for (index, stream) in streams.iter_mut().enumerate() {
        divided.entry(worker(stream)).or_default().push(index);
    }
    divided
}

/// Which worker accepts a connection is up to the kernel: it may well be the same one each time.
#[test]
fn new_connections_go_to_the_worker_that_has_fewer() {
    for _ in 0..5 {
        let (server, address, block) = start(2);
        let mut blocked = connect(&address);
        blocked.write_all(b"GET /block HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        block.wait();
        // The other worker gets all of these.
        let mut streams: Vec<_> = (0..32).map(|_| connect(&address)).collect();
        assert_eq!(by_worker(&mut streams).len(), 1);
        block.end();
        let worker_with_fewer = read_worker(&mut blocked);
        while by_worker(&mut streams).get(&worker_with_fewer).map_or(0, Vec::len) < 16 {
            assert!(streams.len() < 96, "most still go to the other worker");
            let mut stream = connect(&address);
            worker(&mut stream);
            streams.push(stream);
        }
        drop(server);
    }
}

#[test]
fn an_idle_worker_takes_over_some_of_the_busy_connections() {
    let (server, address, _) = start(2);
    let mut streams = connect_to_all(&address, 2);
    streams.extend((0..32).map(|_| connect(&address)));
    let divided = by_worker(&mut streams);
    let (first, busy) = divided.into_iter().max_by_key(|(_, indices)| indices.len()).unwrap();
    let started = Instant::now();
    loop {
        // All of them ask together, so that several are ready at once.
        for index in &busy {
            streams[*index].write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        }
        let workers: Vec<_> = busy.iter().map(|index| read_worker(&mut streams[*index])).collect();
        if workers.iter().any(|worker| *worker != first) {
            break;
        }
        assert!(started.elapsed() < TIMEOUT, "the other worker stays idle");
    }
    server.stop(limits::DEFAULT_GRACE);
}

#[test]
fn a_page_that_blocks_holds_up_no_other_worker_and_no_new_client() {
    let (server, address, block) = start(2);
    let mut blocked = connect(&address);
    blocked.write_all(b"GET /block HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    block.wait();
    let mut others: Vec<_> = (0..32).map(|_| connect(&address)).collect();
    let workers: Vec<_> = others.iter_mut().map(worker).collect();
    block.end();
    let blocked = read_worker(&mut blocked);
    assert!(workers.iter().all(|worker| *worker != blocked), "{blocked} is blocked: {workers:?}");
    server.stop(limits::DEFAULT_GRACE);
}
