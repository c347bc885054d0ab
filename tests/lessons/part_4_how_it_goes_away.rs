//! There is no way to delete a cookie but to set it again.

use crate::browser::{Browser, NOTHING};
use crate::site::Site;
use crate::support::Server;
use cookies_from_scratch::set_cookie::SetCookie;

#[test]
#[ignore = "needs curl: make test runs it"]
fn deleting_is_setting_it_empty_and_over() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    let page = browser.visit(&server.url("/delete-cookies"));
    let line = "cookie_name=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";
    assert_eq!(page.values("Set-Cookie")[0], line);
    assert_eq!(browser.keeps(), NOTHING);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn the_page_that_deletes_it_still_gets_it() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    assert_eq!(browser.sends_to(&server.url("/delete-cookies")), ["cookie_name=cookie_value"]);
    assert_eq!(browser.sends_to(&server.url("/delete-cookies")), NOTHING);
}

/// A browser knows it by its name, its domain and its path (RFC 6265 §5.3). What deletes one of another
/// path deletes that one; here the tutorial is wrong.
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_cookie_is_deleted_only_by_its_own_path() {
    let cookie = SetCookie::builder("size", "44").path("/shoes").build().unwrap();
    let other = SetCookie::builder("size", "large").build().unwrap();
    let pages = [
        ("/shoes", cookie),
        ("/all", other),
        ("/delete-other", other.removal()),
        ("/delete", cookie.removal()),
    ];
    let (site, mut browser) = (Site::new(pages), Browser::new());
    browser.visit(&site.url("/shoes"));
    browser.visit(&site.url("/all"));
    browser.visit(&site.url("/delete-other"));
    assert_eq!(browser.sends_to(&site.url("/shoes/below")), ["size=44"]);
    browser.visit(&site.url("/delete"));
    assert_eq!(browser.keeps(), NOTHING);
}

/// So `/delete-cookies` repeats each of the four paths.
#[test]
#[ignore = "needs curl: make test runs it"]
fn all_four_go_and_the_path_cookie_too() {
    let (server, mut browser) = (Server::start(), Browser::new());
    for page in
        ["/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie"]
    {
        browser.visit(&server.url(page));
    }
    assert_eq!(browser.keeps().len(), 4);
    browser.visit(&server.url("/delete-cookies"));
    assert_eq!(browser.keeps(), NOTHING);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn an_empty_cookie_is_still_a_cookie() {
    let empty = SetCookie::builder("a", "").build().unwrap();
    let (site, mut browser) = (Site::new([("/empty", empty)]), Browser::new());
    browser.visit(&site.url("/empty"));
    assert_eq!(browser.sends_to(&site.url("/")), ["a="]);
}
