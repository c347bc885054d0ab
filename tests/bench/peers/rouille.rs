//! rouille with its own reader of cookies, on its own pool of threads.

mod page;

use cookie::Cookie;
use rouille::{Request, Response, Server, input};
use std::env;

fn main() {
    let port = env::args().nth(1).expect("rouille PORT");
    Server::new(format!("127.0.0.1:{port}"), answer).expect("the port is free").run();
}

fn answer(request: &Request) -> Response {
    let path = request.url();
    let set_cookie = match path.as_str() {
        "/" => None,
        "/set-cookie" => Some(Cookie::build(("cookie_name", "cookie_value")).path("/").to_string()),
        _ => return Response::empty_404(),
    };
    let body = page::render(&path, input::cookies(request), set_cookie.as_deref());
    let response = Response::html(body).with_additional_header("Cache-Control", "no-store");
    match set_cookie {
        Some(set_cookie) => response.with_additional_header("Set-Cookie", set_cookie),
        None => response,
    }
}
