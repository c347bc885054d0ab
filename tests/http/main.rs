//! The rules of HTTP: tables of raw requests to the real program, one for each section of the RFCs.
//!
//! Each row is a request, its status, and whether the connection stays open. After it we send a second
//! request, which must be answered if the connection stays open, and must not be if it closes.

#[path = "../support/mod.rs"]
mod support;

mod connection;
mod fields;
mod framing;
mod limits;
mod refusals;
mod request_line;
mod resources;
mod response;
mod robustness;

use support::{Answer, Server};

/// The connection after the response.
#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    Open,
    Closed,
}
use After::{Closed, Open};

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// The second request, for a page that doesn't exist: its status is 404.
const SECOND: &[u8] = b"GET /second HTTP/1.1\r\nHost: a\r\n\r\n";

/// Sends the `request` of each row and then [`SECOND`], first in one write and then in two.
fn check_each<T: Copy>(rows: &[(T, u16, After)], request: impl Fn(T) -> Vec<u8>) {
    let server = Server::start_with(&["--quiet"]);
    for &(row, status, after) in rows {
        let request = request(row);
        let bytes = [&request[..], SECOND].concat();
        let (start, end) = bytes.split_at(request.len() / 2);
        check(&server.say(&bytes), &request, status, after);
        check(&server.say_in_pieces(&[start, end]), &request, status, after);
    }
}

/// Checks that each request is refused with this status, and that its connection closes.
fn refuse_each<T: Copy>(inputs: &[T], status: u16, request: impl Fn(T) -> Vec<u8>) {
    let rows: Vec<_> = inputs.iter().map(|&input| (input, status, Closed)).collect();
    check_each(&rows, request);
}

/// Checks rows that are complete requests.
fn check_requests(rows: &[(&[u8], u16, After)]) {
    check_each(rows, <[u8]>::to_vec);
}

#[track_caller]
fn check(reply: &[u8], request: &[u8], status: u16, after: After) {
    let request = request.escape_ascii();
    let answers = Answer::read_all(reply, false);
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    let expected = if after == Open { vec![status, 404] } else { vec![status] };
    assert_eq!(statuses, expected, "{request}");
    let says_close = answers[0].field("Connection") == Some("close");
    assert_eq!(says_close, after == Closed, "Connection: close after {request}");
    assert!(answers.iter().all(|answer| answer.field("Date").is_some()), "{request}");
}
