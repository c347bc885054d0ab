//! The route table and the six pages.
//!
//! ```text
//! @app.route("/set-cookie")               ("/set-cookie", set_cookie, &[COOKIE])
//! def set_cookie():                       fn set_cookie(request)
//!     resp = make_response(page())            let mut response = make_response(request);
//!     resp.set_cookie("cookie_name", …)       response.set_cookie(&COOKIE);
//!     return resp                             response
//! ```
//!
//! Two things are other than in the tutorial. A cookie is defined once, and set and deleted by that
//! definition: neither it nor its path can be forgotten when all are deleted. And the template is
//! rendered last, so that a page can show the `Set-Cookie` lines of its own response.

mod page;

pub use page::{App, AppError};

use crate::request::Request;
use crate::response::Response;
use crate::set_cookie::{Builder, Lifetime, SetCookie, SetCookieError};
use crate::status::Status;
use std::time::Duration;

/// A page: makes the response to a `GET`.
type Page = fn(&Request<'_>) -> Response;

/// Which path shows which page, and which cookies that page sets. The links in the template come from
/// here too, and so does what is deleted.
const ROUTES: &[(&str, Page, &[SetCookie<'_>])] = &[
    ("/", read_cookies, &[]),
    ("/set-cookie", set_cookie, &[COOKIE]),
    ("/set-path-cookie", set_path_cookie, &[PATH_COOKIE]),
    ("/set-expiring-cookie", set_expiring_cookie, &[EXPIRING_COOKIE]),
    ("/set-long-lasting-cookie", set_long_lasting_cookie, &[LONG_COOKIE]),
    ("/delete-cookies", delete_cookies, &[]),
];

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const COOKIE: SetCookie<'_> = valid(SetCookie::builder("cookie_name", "cookie_value"));

const PATH_COOKIE: SetCookie<'_> =
    valid(SetCookie::builder("path_cookie_name", "path_cookie_value").path("/set-path-cookie"));

const EXPIRING_COOKIE: SetCookie<'_> = valid(
    SetCookie::builder("expiring_cookie_name", "expiring_cookie_value")
        .lifetime(Lifetime::For(Duration::from_secs(15))),
);

/// 400 days are the most that browsers keep a cookie, and they see to it themselves (6265bis §5.5).
const LONG_COOKIE: SetCookie<'_> = valid(
    SetCookie::builder("long_cookie_name", "long_cookie_value")
        .lifetime(Lifetime::For(DAY.saturating_mul(400))),
);

/// Sets no cookie: it only shows those that came. To `/` come only cookies whose path is `/`.
fn read_cookies(request: &Request<'_>) -> Response {
    make_response(request)
}

/// Sets a cookie without a lifetime: it goes when the browser ends its session.
fn set_cookie(request: &Request<'_>) -> Response {
    let mut response = make_response(request);
    response.set_cookie(&COOKIE);
    response
}

/// Sets a cookie that comes back to `/set-path-cookie` and what is below it, and to no other page.
fn set_path_cookie(request: &Request<'_>) -> Response {
    let mut response = make_response(request);
    response.set_cookie(&PATH_COOKIE);
    response
}

/// Sets a cookie that lives for 15 seconds.
fn set_expiring_cookie(request: &Request<'_>) -> Response {
    let mut response = make_response(request);
    response.set_cookie(&EXPIRING_COOKIE);
    response
}

/// Sets a cookie that lives for 400 days.
fn set_long_lasting_cookie(request: &Request<'_>) -> Response {
    let mut response = make_response(request);
    response.set_cookie(&LONG_COOKIE);
    response
}

/// Deletes all of them: each by a cookie of the same name *and path* that is over already.
fn delete_cookies(request: &Request<'_>) -> Response {
    let mut response = make_response(request);
    for cookie in ROUTES.iter().flat_map(|(_, _, cookies)| *cookies) {
        response.delete_cookie(cookie);
    }
    response
}

fn make_response(request: &Request<'_>) -> Response {
    Response::new(Status::OK, request.time)
}

/// The cookie, checked while the program is compiled: an ill-formed one is a compiler's error.
const fn valid(cookie: Builder<'_>) -> SetCookie<'_> {
    match cookie.build() {
        Ok(cookie) => cookie,
        Err(SetCookieError::Rule(sentence)) => panic!("{}", sentence),
        Err(SetCookieError::Byte { .. }) => panic!("a byte of this cookie cannot be sent"),
    }
}
