//! actix-web.

use actix_web::{App, HttpRequest, HttpServer, Result, error::ErrorBadRequest, get, web::Json};
use std::env::args;

#[get("/")]
async fn cookies(request: HttpRequest) -> Result<Json<Vec<[String; 2]>>> {
    // An error if they aren't UTF-8.
    let cookies = request.cookies().map_err(ErrorBadRequest)?;
    Ok(Json(cookies.iter().map(|cookie| [cookie.name().into(), cookie.value().into()]).collect()))
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port = args().nth(1).expect("a port");
    let server = HttpServer::new(|| App::new().service(cookies)).workers(1);
    server.bind(format!("127.0.0.1:{port}"))?.run().await
}
