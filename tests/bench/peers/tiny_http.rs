//! `tiny_http` with the crate cookie: four threads that take requests, as its documentation shows.

mod page;

use cookie::Cookie;
use std::{env, thread};
use tiny_http::{Header, Request, Response, Server};

fn main() {
    let port = env::args().nth(1).expect("tiny_http PORT");
    let server = Server::http(format!("127.0.0.1:{port}")).expect("the port is free");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| server.incoming_requests().for_each(answer));
        }
    });
}

fn answer(request: Request) {
    let set_cookie = match request.url() {
        "/" => None,
        "/set-cookie" => Some(Cookie::build(("cookie_name", "cookie_value")).path("/").to_string()),
        _ => {
            let _ = request.respond(Response::empty(404));
            return;
        }
    };
    let cookies: Vec<_> = request
        .headers()
        .iter()
        .filter(|header| header.field.equiv("Cookie"))
        .flat_map(|header| Cookie::split_parse(header.value.as_str()).flatten())
        .collect();
    let pairs = cookies.iter().map(Cookie::name_value);
    let body = page::render(request.url(), pairs, set_cookie.as_deref());
    let mut response = Response::from_string(body)
        .with_header(header("Content-Type", "text/html; charset=utf-8"))
        .with_header(header("Cache-Control", "no-store"));
    if let Some(set_cookie) = set_cookie {
        response.add_header(header("Set-Cookie", &set_cookie));
    }
    // A client that disconnects is not an error of the server.
    let _ = request.respond(response);
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("name and value are ASCII")
}
