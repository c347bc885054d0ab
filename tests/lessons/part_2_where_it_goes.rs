//! To the host that set it, and there to a path and what is below it.

use crate::browser::{Browser, NOTHING};
use crate::site::Site;
use crate::support::Server;
use cookies_from_scratch::set_cookie::SetCookie;

#[test]
#[ignore = "needs curl: make test runs it"]
fn a_path_cookie_goes_to_its_path_and_below() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-path-cookie"));
    let cookie = ["path_cookie_name=path_cookie_value"];
    assert_eq!(browser.sends_to(&server.url("/set-path-cookie")), cookie);
    assert_eq!(browser.sends_to(&server.url("/set-path-cookie/below")), cookie);
    assert_eq!(browser.sends_to(&server.url("/")), NOTHING);
}

/// A path ends where a name in it ends (RFC 6265 §5.1.4).
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_path_that_only_begins_alike_is_another_path() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-path-cookie"));
    assert_eq!(browser.sends_to(&server.url("/set-path-cookie-alternate")), NOTHING);
}

/// Not to all pages: `Path=/` is what Flask adds (RFC 6265 §5.1.4).
#[test]
#[ignore = "needs curl: make test runs it"]
fn without_a_path_it_goes_to_the_folder_of_the_page_that_set_it() {
    let cookie = SetCookie::builder("basket", "full").no_path().build().unwrap();
    let (site, mut browser) = (Site::new([("/shop/buy", cookie)]), Browser::new());
    browser.visit(&site.url("/shop/buy"));
    assert_eq!(browser.sends_to(&site.url("/shop/pay")), ["basket=full"]);
    assert_eq!(browser.sends_to(&site.url("/")), NOTHING);
}

/// So a server that takes the first gets the one that is meant for fewest pages (RFC 6265 §5.4).
#[test]
#[ignore = "needs curl: make test runs it"]
fn of_two_with_one_name_the_one_with_the_longer_path_comes_first() {
    let all = SetCookie::builder("size", "large").build().unwrap();
    let shoes = SetCookie::builder("size", "44").path("/shoes").build().unwrap();
    let (site, mut browser) = (Site::new([("/", all), ("/shoes", shoes)]), Browser::new());
    browser.visit(&site.url("/"));
    browser.visit(&site.url("/shoes"));
    assert_eq!(browser.sends_to(&site.url("/shoes")), ["size=44", "size=large"]);
}

/// They go by the name, wherever it leads.
#[test]
#[ignore = "needs curl: make test runs it"]
fn localhost_and_127_0_0_1_are_two_hosts() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
    let same_page = format!("http://127.0.0.1:{}/", server.port);
    assert_eq!(browser.sends_to(&same_page), NOTHING);
}

/// Whatever else runs on this machine shares our jar, and writes into it (RFC 6265 §8.5).
#[test]
#[ignore = "needs curl: make test runs it"]
fn another_port_is_the_same_host() {
    let theirs = SetCookie::builder("cookie_name", "theirs").build().unwrap();
    let (server, site, mut browser) = (Server::start(), Site::new([("/", theirs)]), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    assert_eq!(browser.sends_to(&site.url("/")), ["cookie_name=cookie_value"]);
    assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=theirs"]);
}

/// Even one that names the host that sets it (RFC 6265 §4.1.2.3).
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_domain_sends_it_further_and_not_less_far() {
    let here = SetCookie::builder("here", "1").build().unwrap();
    let below = SetCookie::builder("below", "1").domain("shop.example").build().unwrap();
    let (site, mut browser) = (Site::new([("/set", here), ("/set", below)]), Browser::new());
    browser.visit(&site.url_at("shop.example", "/set"));
    assert_eq!(browser.sends_to(&site.url_at("shop.example", "/")).len(), 2);
    assert_eq!(browser.sends_to(&site.url_at("www.shop.example", "/")), ["below=1"]);
    assert_eq!(browser.sends_to(&site.url_at("othershop.example", "/")), NOTHING);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn no_host_can_set_one_for_another() {
    let cookie = SetCookie::builder("a", "1").domain("shop.example").build().unwrap();
    let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
    browser.visit(&site.url_at("blog.example", "/set"));
    assert_eq!(browser.keeps(), NOTHING);
}

/// `http://localhost` never leaves the machine. Chromium and Firefox trust it as curl does.
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_secure_cookie_needs_tls_or_localhost() {
    let cookie = SetCookie::builder("a", "1").secure().build().unwrap();
    let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
    browser.visit(&site.url_at("shop.example", "/set"));
    assert_eq!(browser.keeps(), NOTHING);
    browser.visit(&site.url("/set"));
    assert_eq!(browser.sends_to(&site.url("/")), ["a=1"]);
}
