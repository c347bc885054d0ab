//! The route table and the six pages.
//!
//! ```text
//! @app.route("/set-cookie")               ("/set-cookie", set_cookie, &[COOKIE])
//! def set_cookie():                       fn set_cookie(_, response)
//!     resp = make_response(page())
//!     resp.set_cookie("cookie_name", …)       response.set_cookie(&COOKIE);
//!     return resp
//! ```
//!
//! Two things differ from the tutorial. Each cookie is defined once, and that definition both sets and
//! deletes it, so `delete_cookies` can't miss a cookie or its path. And the template is rendered last, so
//! that a page can show the `Set-Cookie` lines of its own response.

mod content;
mod jar;
mod page;

pub use page::App;

use crate::request::Request;
use crate::response::Response;
use crate::set_cookie::{Builder, Lifetime, SetCookie, SetCookieError};
use std::time::Duration;

/// What a page does besides showing the cookies, on `GET` or `HEAD`.
type Handler = fn(&Request<'_>, &mut Response<'_>);

/// Each path with its handler and the cookies that the handler sets. The links in the template and the
/// cookies that `delete_cookies` deletes come from this table.
const ROUTES: &[(&str, Handler, &[SetCookie<'_>])] = &[
    ("/", read_cookies, &[]),
    ("/set-cookie", set_cookie, &[COOKIE]),
    ("/set-path-cookie", set_path_cookie, &[PATH_COOKIE]),
    ("/set-expiring-cookie", set_expiring_cookie, &[EXPIRING_COOKIE]),
    ("/set-long-lasting-cookie", set_long_lasting_cookie, &[LONG_COOKIE]),
    ("/delete-cookies", delete_cookies, &[]),
];

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// No cookie here has a `Domain`: with one, subdomains get the cookie too, and some clients drop it on
/// localhost (tests/clients: "Domain=localhost").
const COOKIE: SetCookie<'_> = valid(SetCookie::builder("cookie_name", "cookie_value"));

const PATH_COOKIE: SetCookie<'_> =
    valid(SetCookie::builder("path_cookie_name", "path_cookie_value").path("/set-path-cookie"));

const EXPIRING_COOKIE: SetCookie<'_> = valid(
    SetCookie::builder("expiring_cookie_name", "expiring_cookie_value")
        .lifetime(Lifetime::For(Duration::from_secs(15))),
);

/// Some browsers, not the server, limit a lifetime to 400 days (6265bis §5.5).
const LONG_COOKIE: SetCookie<'_> = valid(
    SetCookie::builder("long_cookie_name", "long_cookie_value")
        .lifetime(Lifetime::For(DAY.saturating_mul(400))),
);

/// Sets no cookie: the page shows those that the browser sent. To `/`, it sends only those with `Path=/`.
fn read_cookies(_: &Request<'_>, _: &mut Response<'_>) {}

/// Sets a cookie without a lifetime: the browser deletes it when its session ends.
fn set_cookie(_: &Request<'_>, response: &mut Response<'_>) {
    response.set_cookie(&COOKIE);
}

/// Sets a cookie that the browser sends only to `/set-path-cookie` and to paths below it.
fn set_path_cookie(_: &Request<'_>, response: &mut Response<'_>) {
    response.set_cookie(&PATH_COOKIE);
}

/// Sets a cookie that lasts for 15 seconds.
fn set_expiring_cookie(_: &Request<'_>, response: &mut Response<'_>) {
    response.set_cookie(&EXPIRING_COOKIE);
}

/// Sets a cookie that lasts for 400 days.
fn set_long_lasting_cookie(_: &Request<'_>, response: &mut Response<'_>) {
    response.set_cookie(&LONG_COOKIE);
}

/// Deletes all of them: replaces each with a cookie of the same name *and path* that has already expired.
/// (The tutorial deletes its path cookie with `Path=/`: that is another cookie, so the first one stays.)
fn delete_cookies(_: &Request<'_>, response: &mut Response<'_>) {
    for cookie in ROUTES.iter().flat_map(|(_, _, cookies)| *cookies) {
        response.delete_cookie(cookie);
    }
}

/// Checks a cookie at compile time: one that is ill-formed or can't be deleted is a compile error.
const fn valid(cookie: Builder<'_>) -> SetCookie<'_> {
    match cookie.build() {
        Ok(cookie) => {
            // Panics if it has no path.
            let _ = cookie.removal();
            cookie
        }
        Err(SetCookieError::Rule(sentence)) => panic!("{}", sentence),
        Err(SetCookieError::Byte { .. }) => panic!("a byte of this cookie cannot be sent"),
    }
}
