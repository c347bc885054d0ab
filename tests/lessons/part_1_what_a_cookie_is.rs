//! The server asks, and the browser sends it back.

use crate::browser::{Browser, NOTHING, shown};
use crate::site::Site;
use crate::support::Server;
use cookies_from_scratch::set_cookie::SetCookie;

#[test]
#[ignore = "needs curl: make test runs it"]
fn the_first_visit_shows_nothing() {
    let (server, mut browser) = (Server::start(), Browser::new());
    let page = browser.visit(&server.url("/set-cookie"));
    assert_eq!(page.field("Set-Cookie"), Some("cookie_name=cookie_value; Path=/"));
    assert_eq!(shown(&page), NOTHING);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn a_cookie_comes_back_with_the_next_request() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    assert_eq!(browser.sends_to(&server.url("/set-cookie")), ["cookie_name=cookie_value"]);
    assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
}

/// Nothing of the path, nor of the lifetime: a server can't see what it once asked for (RFC 6265 §4.2.2).
#[test]
#[ignore = "needs curl: make test runs it"]
fn only_its_name_and_its_value_come_back() {
    let (server, mut browser) = (Server::start_with(&["--trace"]), Browser::new());
    browser.visit(&server.url("/set-long-lasting-cookie"));
    browser.visit(&server.url("/"));
    server.log_with("> Cookie: long_cookie_name=long_cookie_value\n");
}

/// `Set-Cookie` is a wish. A browser may refuse, and nobody is told (RFC 6265 §5.2).
#[test]
fn a_client_need_not_keep_it() {
    let server = Server::start();
    assert!(server.get("/set-cookie", "").field("Set-Cookie").is_some());
    assert_eq!(shown(&server.get("/", "")), NOTHING);
}

/// So it can be restarted at any time, and there can be any number of it.
#[test]
#[ignore = "needs curl: make test runs it"]
fn the_server_keeps_nothing() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    drop(server);
    let another = Server::start();
    assert_eq!(browser.sends_to(&another.url("/")), ["cookie_name=cookie_value"]);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn setting_it_again_replaces_it() {
    let tea = SetCookie::builder("drink", "tea").build().unwrap();
    let coffee = SetCookie::builder("drink", "coffee").build().unwrap();
    let (site, mut browser) = (Site::new([("/tea", tea), ("/coffee", coffee)]), Browser::new());
    browser.visit(&site.url("/tea"));
    browser.visit(&site.url("/coffee"));
    assert_eq!(browser.sends_to(&site.url("/")), ["drink=coffee"]);
}
