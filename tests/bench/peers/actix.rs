//! actix-web with its own cookies, a worker for each core.

mod page;

use actix_web::cookie::Cookie;
use actix_web::http::header::{CACHE_CONTROL, ContentType};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use std::time::Duration;
use std::{env, io};

#[actix_web::main]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).expect("actix PORT").parse().expect("PORT is a number");
    HttpServer::new(|| {
        App::new()
            .route("/", web::get().to(read_cookies))
            .route("/set-cookie", web::get().to(set_cookie))
    })
    .tcp_nodelay(true)
    // As nginx. With the default of 5 s, idle clients would leave while `make counts` measures their memory.
    .keep_alive(Duration::from_secs(75))
    .bind(("127.0.0.1", port))?
    .run()
    .await
}

async fn read_cookies(request: HttpRequest) -> HttpResponse {
    answer(&request, None)
}

async fn set_cookie(request: HttpRequest) -> HttpResponse {
    answer(&request, Some(&Cookie::build("cookie_name", "cookie_value").path("/").finish()))
}

fn answer(request: &HttpRequest, set_cookie: Option<&Cookie>) -> HttpResponse {
    let Ok(cookies) = request.cookies() else {
        return HttpResponse::BadRequest().finish();
    };
    let pairs = cookies.iter().map(Cookie::name_value);
    let line = set_cookie.map(Cookie::to_string);
    let body = page::render(request.path(), pairs, line.as_deref());
    let mut response = HttpResponse::Ok();
    response.content_type(ContentType::html()).insert_header((CACHE_CONTROL, "no-store"));
    if let Some(set_cookie) = set_cookie {
        response.cookie(set_cookie.clone());
    }
    response.body(body)
}
