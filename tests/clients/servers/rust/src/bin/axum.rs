//! axum, with the jar of axum-extra.

use axum::{Json, Router, routing::get};
use axum_extra::extract::CookieJar;
use std::env::args;
use tokio::net::TcpListener;

async fn cookies(jar: CookieJar) -> Json<Vec<[String; 2]>> {
    let mut pairs: Vec<_> =
        jar.iter().map(|cookie| [cookie.name().into(), cookie.value().into()]).collect();
    // The jar is a hash set, so it has no order.
    pairs.sort();
    Json(pairs)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let port = args().nth(1).expect("a port");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("a free port");
    axum::serve(listener, Router::new().route("/", get(cookies))).await.expect("never ends");
}
