//! The server at the end of the Rust Book, at its size: four workers that share a channel of jobs,
//! one request for each connection. It serves our page.

mod page;

use cookie::Cookie;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::{env, io, thread};

type Job = Box<dyn FnOnce() + Send>;

struct ThreadPool {
    sender: mpsc::Sender<Job>,
}

impl ThreadPool {
    fn new(size: usize) -> Self {
        let (sender, receiver) = mpsc::channel::<Job>();
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..size {
            let receiver = Arc::clone(&receiver);
            thread::spawn(move || {
                loop {
                    let job = receiver.lock().unwrap().recv().unwrap();
                    job();
                }
            });
        }
        Self { sender }
    }

    fn execute(&self, job: impl FnOnce() + Send + 'static) {
        self.sender.send(Box::new(job)).unwrap();
    }
}

fn main() -> io::Result<()> {
    let port = env::args().nth(1).expect("book PORT");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    let pool = ThreadPool::new(4);
    for client in listener.incoming().flatten() {
        // A client that disconnects is not an error of the server.
        pool.execute(move || drop(answer(client)));
    }
    Ok(())
}

fn answer(mut client: TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(&client).lines();
    let request_line = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let fields: Vec<String> =
        lines.take_while(|line| !matches!(line.as_deref(), Ok(""))).collect::<io::Result<_>>()?;
    let cookies = fields
        .iter()
        .filter_map(|field| field.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"))
        .flat_map(|(_, value)| Cookie::split_parse(value).flatten());

    let (status, line) = match request_line.split(' ').nth(1) {
        Some("/") => ("200 OK", None),
        Some("/set-cookie") => {
            let cookie = Cookie::build(("cookie_name", "cookie_value")).path("/");
            ("200 OK", Some(cookie.to_string()))
        }
        _ => ("404 Not Found", None),
    };
    let path = request_line.split(' ').nth(1).unwrap_or_default();
    let cookies: Vec<_> = cookies.collect();
    let pairs = cookies.iter().map(Cookie::name_value);
    let body = page::render(path, pairs, line.as_deref());
    let set_cookie = line.map(|line| format!("Set-Cookie: {line}\r\n")).unwrap_or_default();
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nCache-Control: no-store\r\n{set_cookie}Connection: close\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    client.write_all(answer.as_bytes())
}
