//! http-net's blocking server, a thread for each connection, with the crate cookie.

mod page;

use cookie::Cookie;
use http_net::blocking::{Server, ServerConfig};
use http_net::{RequestHead, Response};
use std::{env, io};

fn main() -> io::Result<()> {
    let port = env::args().nth(1).expect("http_net PORT");
    let config = ServerConfig::new()
        // More than the clients of a run; the default is 64.
        .with_max_connections(20_000)
        // No timeouts, as in the peer hyper: the deadline costs two system calls for each response.
        .with_read_timeout(None)
        .with_request_timeout(None)
        .with_write_timeout(None)
        .with_response_deadline(None);
    // The server turns Nagle's algorithm off by itself.
    Server::bind(format!("127.0.0.1:{port}"))?.with_config(config).serve(|head, _body| answer(head))
}

fn answer(head: &RequestHead) -> Response {
    let path = head.path();
    let set_cookie = match path {
        "/" => None,
        "/set-cookie" => Some(Cookie::build(("cookie_name", "cookie_value")).path("/").to_string()),
        _ => return Response::new(404),
    };
    let cookies: Vec<_> = head
        .header_all("Cookie")
        .filter_map(|value| std::str::from_utf8(value).ok())
        .flat_map(|value| Cookie::split_parse(value).flatten())
        .collect();
    let pairs = cookies.iter().map(Cookie::name_value);
    let body = page::render(path, pairs, set_cookie.as_deref());
    let response = Response::new(200)
        .header("Cache-Control", "no-store")
        .header("Content-Type", "text/html; charset=utf-8");
    let response = match set_cookie {
        Some(set_cookie) => response.header("Set-Cookie", set_cookie),
        None => response,
    };
    response.body(body.into_bytes())
}
