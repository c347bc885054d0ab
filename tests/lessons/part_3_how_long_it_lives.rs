//! Until the session ends, or for a time.

use crate::browser::{Browser, NOTHING};
use crate::site::Site;
use crate::support::Server;
use cookies_from_scratch::date::HttpDate;
use cookies_from_scratch::set_cookie::{Lifetime, SetCookie};
use std::time::{Duration, SystemTime};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
#[ignore = "needs curl: make test runs it"]
fn without_a_lifetime_it_goes_with_the_session() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-cookie"));
    browser.visit(&server.url("/set-expiring-cookie"));
    browser.restart();
    assert_eq!(browser.sends_to(&server.url("/")), ["expiring_cookie_name=expiring_cookie_value"]);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn fifteen_seconds_are_over_after_fifteen_seconds() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-expiring-cookie"));
    browser.wait(10 * SECOND);
    assert_eq!(browser.sends_to(&server.url("/")), ["expiring_cookie_name=expiring_cookie_value"]);
    browser.wait(6 * SECOND);
    assert_eq!(browser.sends_to(&server.url("/")), NOTHING);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn setting_it_again_begins_its_life_anew() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-expiring-cookie"));
    browser.wait(10 * SECOND);
    browser.visit(&server.url("/set-expiring-cookie"));
    browser.wait(10 * SECOND);
    assert_eq!(browser.sends_to(&server.url("/")), ["expiring_cookie_name=expiring_cookie_value"]);
}

/// They are all that can be had: browsers cut what is longer, and newer curls too (6265bis §5.5).
#[test]
#[ignore = "needs curl: make test runs it"]
fn four_hundred_days_are_kept_to_the_last() {
    let (server, mut browser) = (Server::start(), Browser::new());
    browser.visit(&server.url("/set-long-lasting-cookie"));
    browser.wait(399 * DAY);
    assert_eq!(browser.sends_to(&server.url("/")), ["long_cookie_name=long_cookie_value"]);
    browser.wait(2 * DAY);
    assert_eq!(browser.sends_to(&server.url("/")), NOTHING);
}

/// It is old, but not deprecated (RFC 6265 §4.1.2.1).
#[test]
#[ignore = "needs curl: make test runs it"]
fn expires_alone_is_enough() {
    let tomorrow = HttpDate::new(SystemTime::now() + DAY).unwrap();
    let cookie = SetCookie::builder("a", "1").lifetime(Lifetime::Until(tomorrow)).build().unwrap();
    let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
    browser.visit(&site.url("/set"));
    browser.restart();
    assert_eq!(browser.sends_to(&site.url("/")), ["a=1"]);
    browser.wait(2 * DAY);
    assert_eq!(browser.sends_to(&site.url("/")), NOTHING);
}

/// A server whose clock is wrong sends an `Expires` that is over already: it is the browser's clock that
/// counts. `Max-Age` begins when the cookie comes (RFC 6265 §5.3).
#[test]
#[ignore = "needs curl: make test runs it"]
fn max_age_wins_over_expires() {
    let long_ago = SystemTime::UNIX_EPOCH;
    let soon = HttpDate::new(long_ago + DAY).unwrap();
    let old = SetCookie::builder("old", "1").lifetime(Lifetime::Until(soon)).build().unwrap();
    let new = SetCookie::builder("new", "1").lifetime(Lifetime::For(DAY)).build().unwrap();
    let site = Site::at_time(long_ago, [("/set", old), ("/set", new)]);
    let mut browser = Browser::new();
    let page = browser.visit(&site.url("/set"));
    let expires = "Expires=Fri, 02 Jan 1970 00:00:00 GMT";
    assert!(page.values("Set-Cookie").iter().all(|line| line.contains(expires)));
    assert_eq!(browser.keeps(), ["new"]);
}
