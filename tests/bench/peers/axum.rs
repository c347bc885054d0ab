//! axum with the cookies of axum-extra, on tokio's threads, one for each core.

mod page;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Uri};
use axum::response::{AppendHeaders, Html, IntoResponse};
use axum::routing::get;
use axum::serve::ListenerExt;
use axum_extra::extract::cookie::Cookie;
use std::{env, io};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).expect("axum PORT");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?.tap_io(|client| {
        // A client that disconnects is not an error of the server.
        let _ = client.set_nodelay(true);
    });
    let app = Router::new().route("/", get(read_cookies)).route("/set-cookie", get(set_cookie));
    axum::serve(listener, app).await
}

async fn read_cookies(uri: Uri, headers: HeaderMap) -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], Html(page(&uri, &headers, None)))
}

async fn set_cookie(uri: Uri, headers: HeaderMap) -> impl IntoResponse {
    let cookie = Cookie::build(("cookie_name", "cookie_value")).path("/").to_string();
    let body = Html(page(&uri, &headers, Some(&cookie)));
    (AppendHeaders([(SET_COOKIE, cookie)]), [(CACHE_CONTROL, "no-store")], body)
}

/// `CookieJar` would forget the order of the cookies.
fn page(uri: &Uri, headers: &HeaderMap, set_cookie: Option<&str>) -> String {
    let cookies: Vec<_> = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| Cookie::split_parse(value).flatten())
        .collect();
    page::render(uri.path(), cookies.iter().map(Cookie::name_value), set_cookie)
}
