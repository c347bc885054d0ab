//! What no server may believe, and what it owes to those who keep its cookies.

use crate::browser::{Browser, NOTHING, shown};
use crate::site::Site;
use crate::support::Server;
use cookies_from_scratch::set_cookie::{SameSite, SetCookie};

#[test]
#[ignore = "needs curl: make test runs it"]
fn a_client_can_send_any_cookie_it_likes() {
    let server = Server::start();
    let page = Browser::new().visit_with(&["-b", "admin=yes"], &server.url("/"));
    assert_eq!(shown(&page), ["admin=yes"]);
}

/// A path says where a cookie is sent, and not who may set it (RFC 6265 §8.6).
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_path_keeps_nobody_out() {
    let cookie = SetCookie::builder("set_by", "blog").path("/bank").build().unwrap();
    let (site, mut browser) = (Site::new([("/blog", cookie)]), Browser::new());
    browser.visit(&site.url("/blog"));
    assert_eq!(browser.sends_to(&site.url("/bank")), ["set_by=blog"]);
}

/// Nor does a cookie say which of the hosts that share it has set it (RFC 6265 §8.6).
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_host_below_can_set_one_for_all() {
    let cookie = SetCookie::builder("set_by", "blog").domain("shop.example").build().unwrap();
    let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
    browser.visit(&site.url_at("blog.shop.example", "/set"));
    assert_eq!(browser.sends_to(&site.url_at("shop.example", "/")), ["set_by=blog"]);
}

/// A browser takes such a name only over TLS and for one host (6265bis §4.1.3.2); we make no other.
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_host_prefix_keeps_it_to_one_host() {
    let cookie = SetCookie::builder("__Host-set_by", "shop").secure();
    assert!(cookie.domain("shop.example").build().is_err());
    let (site, mut browser) = (Site::new([("/set", cookie.build().unwrap())]), Browser::new());
    browser.visit(&site.url_at("blog.shop.example", "/set"));
    assert_eq!(browser.keeps(), NOTHING);
    browser.visit(&site.url("/set"));
    assert_eq!(browser.keeps(), ["__Host-set_by"]);
}

/// They keep it from scripts and from other sites where there are any. curl knows of neither, and sends it.
#[test]
#[ignore = "needs curl: make test runs it"]
fn http_only_and_same_site_bind_browsers_and_nobody_else() {
    let cookie = SetCookie::builder("a", "1").http_only().same_site(SameSite::Strict);
    let (site, mut browser) = (Site::new([("/set", cookie.build().unwrap())]), Browser::new());
    let line = "a=1; HttpOnly; Path=/; SameSite=Strict";
    assert_eq!(browser.visit(&site.url("/set")).field("Set-Cookie"), Some(line));
    let from_elsewhere = ["-H", "Origin: http://blog.example", "-H", "Sec-Fetch-Site: cross-site"];
    assert_eq!(shown(&browser.visit_with(&from_elsewhere, &site.url("/"))), ["a=1"]);
}

/// A browser may fetch a page before anybody has clicked its link, and says so.
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_prefetch_deletes_nothing() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    let prefetch = ["-H", "Sec-Purpose: prefetch"];
    assert_eq!(browser.visit_with(&prefetch, &server.url("/delete-cookies")).status, 503);
    assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
}

/// Whoever only looks gets the cookie too: the answer to `HEAD` has all fields of that to `GET`.
#[test]
#[ignore = "needs curl: make test runs it"]
fn head_sets_cookies_too() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit_with(&["--head"], &server.url("/set-cookie"));
    assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
}

/// Else a cache gives one client's cookie to another, and the Back button shows cookies that are gone.
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_page_that_sets_cookies_must_not_be_stored() {
    let (server, mut browser) = (Server::start(), Browser::new());
    let page = browser.visit(&server.url("/set-cookie"));
    assert_eq!(page.field("Cache-Control"), Some("no-store"));
}
