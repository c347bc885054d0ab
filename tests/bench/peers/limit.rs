//! The limit of a server with a thread for each connection: each thread only reads, and writes a constant
//! answer. So this is what the kernel costs.
//!
//! `limit keep-alive ANSWER PORT` has a thread for each connection. `limit close ANSWER PORT` has two
//! threads that accept, read once, write and close. ANSWER is a file with one whole answer of ours.

use memchr::memmem::Finder;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::{env, fs, io, thread};

/// More than sixteen pipelined requests of a browser.
const READ_BYTES: usize = 32 * 1024;

fn main() -> io::Result<()> {
    let arguments: Vec<_> = env::args().collect();
    let [_, mode, file, port] = &arguments[..] else {
        panic!("limit keep-alive|close ANSWER PORT");
    };
    let answer: &'static [u8] = fs::read(file)?.leak();
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    if mode == "close" {
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| close(&listener, answer));
            }
        });
        return Ok(());
    }
    for client in listener.incoming().flatten() {
        thread::spawn(move || keep_alive(client, answer));
    }
    Ok(())
}

/// A client that disconnects is not an error of the server.
fn close(listener: &TcpListener, answer: &[u8]) {
    let mut bytes = vec![0; READ_BYTES];
    for mut client in listener.incoming().flatten() {
        let _ = client.read(&mut bytes).and_then(|_| client.write_all(answer));
    }
}

/// Writes one answer for each end of a head; the answers to one read are one write.
fn keep_alive(mut client: TcpStream, answer: &[u8]) -> io::Result<()> {
    let end_of_head = Finder::new("\r\n\r\n");
    let mut bytes = vec![0; READ_BYTES];
    let mut answers = answer.to_vec();
    // The last bytes of the previous read: they may be the first half of an end.
    let mut kept = 0;
    loop {
        let count = client.read(&mut bytes[kept..])?;
        if count == 0 {
            return Ok(());
        }
        let end = kept + count;
        let requests = end_of_head.find_iter(&bytes[..end]).count();
        while answers.len() < requests * answer.len() {
            answers.extend_from_slice(answer);
        }
        if requests > 0 {
            client.write_all(&answers[..requests * answer.len()])?;
        }
        let rest = end.saturating_sub(3);
        bytes.copy_within(rest..end, 0);
        kept = end - rest;
    }
}
