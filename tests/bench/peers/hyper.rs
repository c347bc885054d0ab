//! hyper 1 with the crate cookie, on tokio's threads, one for each core.

mod page;

use cookie::Cookie;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, SET_COOKIE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, http};
use hyper_util::rt::TokioIo;
use std::{env, io};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).expect("hyper PORT");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    loop {
        let (client, _) = listener.accept().await?;
        client.set_nodelay(true)?;
        tokio::spawn(
            http1::Builder::new()
                // Answers to pipelined requests go out together.
                .pipeline_flush(true)
                .serve_connection(TokioIo::new(client), service_fn(answer)),
        );
    }
}

async fn answer(request: Request<Incoming>) -> http::Result<Response<Full<Bytes>>> {
    let path = request.uri().path();
    let set_cookie = match path {
        "/" => None,
        "/set-cookie" => Some(Cookie::build(("cookie_name", "cookie_value")).path("/").to_string()),
        _ => return Response::builder().status(StatusCode::NOT_FOUND).body(Full::default()),
    };
    let cookies: Vec<_> = request
        .headers()
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| Cookie::split_parse(value).flatten())
        .collect();
    let pairs = cookies.iter().map(Cookie::name_value);
    let body = page::render(path, pairs, set_cookie.as_deref());
    let mut response = Response::builder()
        .header(CACHE_CONTROL, "no-store")
        .header(CONTENT_TYPE, "text/html; charset=utf-8");
    if let Some(set_cookie) = set_cookie {
        response = response.header(SET_COOKIE, set_cookie);
    }
    response.body(Full::from(body))
}
