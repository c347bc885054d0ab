//! What cookies do, in lessons that run: each lesson is a test, and its name is what it teaches.
//!
//! ```text
//! cargo test --test lessons -- --list        their names
//! cargo test --test lessons part_2           where a cookie is sent
//! ```
//!
//! The lessons go from easy to hard. The browser is curl, with a new jar for each lesson: without curl, a lesson
//! fails and says so. The server is the program with its six pages, or a [`site::Site`] if a lesson needs other
//! cookies.

#[path = "support/browser.rs"]
mod browser;
#[path = "support/site.rs"]
mod site;
mod support;

/// A name and a value that the server sets and the browser sends back.
mod part_1_what_a_cookie_is {
    use crate::browser::{Browser, NO_COOKIES, shown_cookies};
    use crate::site::Site;
    use crate::support::Server;
    use cookies_from_scratch::set_cookie::SetCookie;

    #[test]
    fn the_request_for_a_new_cookie_does_not_carry_it() {
        let (server, mut browser) = (Server::start(), Browser::new());
        let page = browser.visit(&server.url("/set-cookie"));
        assert_eq!(page.field("Set-Cookie"), Some("cookie_name=cookie_value; Path=/"));
        assert_eq!(shown_cookies(&page), NO_COOKIES);
    }

    #[test]
    fn a_cookie_comes_back_with_the_next_request() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        assert_eq!(browser.sends_to(&server.url("/set-cookie")), ["cookie_name=cookie_value"]);
        assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
    }

    /// Not the path or the lifetime: a server can't see the attributes of a cookie (RFC 6265 §4.2.2).
    #[test]
    fn only_the_name_and_the_value_come_back() {
        let (server, mut browser) = (Server::start_with(&["--trace"]), Browser::new());
        browser.visit(&server.url("/set-long-lasting-cookie"));
        browser.visit(&server.url("/"));
        server.log_with("> Cookie: long_cookie_name=long_cookie_value\n");
    }

    /// A browser may ignore a `Set-Cookie` field, and the server never learns of it (RFC 6265 §5.2).
    #[test]
    fn a_client_need_not_store_a_cookie() {
        let server = Server::start();
        assert!(server.get("/set-cookie", "").field("Set-Cookie").is_some());
        assert_eq!(shown_cookies(&server.get("/", "")), NO_COOKIES);
    }

    /// So a server can be restarted at any time, and any number of servers can share the requests.
    #[test]
    fn the_server_keeps_no_state() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        drop(server);
        let another = Server::start();
        assert_eq!(browser.sends_to(&another.url("/")), ["cookie_name=cookie_value"]);
    }

    #[test]
    fn setting_a_cookie_again_replaces_it() {
        let tea = SetCookie::builder("drink", "tea").build().unwrap();
        let coffee = SetCookie::builder("drink", "coffee").build().unwrap();
        let (site, mut browser) = (Site::new([("/tea", tea), ("/coffee", coffee)]), Browser::new());
        browser.visit(&site.url("/tea"));
        browser.visit(&site.url("/coffee"));
        assert_eq!(browser.sends_to(&site.url("/")), ["drink=coffee"]);
    }
}

/// To the host that set it, for one path and the paths below.
mod part_2_where_a_cookie_is_sent {
    use crate::browser::{Browser, NO_COOKIES};
    use crate::site::Site;
    use crate::support::Server;
    use cookies_from_scratch::set_cookie::SetCookie;

    #[test]
    fn a_path_cookie_goes_to_its_path_and_below() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-path-cookie"));
        let cookie = ["path_cookie_name=path_cookie_value"];
        assert_eq!(browser.sends_to(&server.url("/set-path-cookie")), cookie);
        assert_eq!(browser.sends_to(&server.url("/set-path-cookie/below")), cookie);
        assert_eq!(browser.sends_to(&server.url("/")), NO_COOKIES);
    }

    /// Paths are compared by whole segments (RFC 6265 §5.1.4).
    #[test]
    fn a_path_with_the_same_prefix_is_another_path() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-path-cookie"));
        assert_eq!(browser.sends_to(&server.url("/set-path-cookie-alternate")), NO_COOKIES);
    }

    /// The cookie doesn't go to all pages: Flask adds `Path=/` for that (RFC 6265 §5.1.4).
    #[test]
    fn without_a_path_it_goes_to_the_folder_of_its_page() {
        let cookie = SetCookie::builder("basket", "full").no_path().build().unwrap();
        let (site, mut browser) = (Site::new([("/shop/buy", cookie)]), Browser::new());
        browser.visit(&site.url("/shop/buy"));
        assert_eq!(browser.sends_to(&site.url("/shop/pay")), ["basket=full"]);
        assert_eq!(browser.sends_to(&site.url("/")), NO_COOKIES);
    }

    /// So a server that takes the first gets the cookie for the fewest pages (RFC 6265 §5.4). Of two with
    /// the same path, it can't know which comes first.
    #[test]
    fn of_two_cookies_with_one_name_the_longer_path_comes_first() {
        let all = SetCookie::builder("size", "large").build().unwrap();
        let shoes = SetCookie::builder("size", "44").path("/shoes").build().unwrap();
        let (site, mut browser) = (Site::new([("/", all), ("/shoes", shoes)]), Browser::new());
        browser.visit(&site.url("/"));
        browser.visit(&site.url("/shoes"));
        assert_eq!(browser.sends_to(&site.url("/shoes")), ["size=44", "size=large"]);
    }

    /// A page knows which cookies came, and all about those that it sets. It doesn't know those that the browser
    /// keeps for other paths only: `/` can't predict what comes to `/set-path-cookie` later.
    #[test]
    fn a_page_can_predict_what_the_browser_sends_next() {
        let (server, mut browser) = (Server::start(), Browser::new());
        for path in
            ["/", "/set-cookie", "/set-path-cookie", "/set-path-cookie/below", "/delete-cookies"]
        {
            let [to_root, to_path] = browser.visit(&server.url(path)).predicted();
            for (path, predicted) in [
                ("/", &to_root),
                ("/set-path-cookie-alternate", &to_root),
                ("/set-path-cookie/below", &to_path),
            ] {
                let sent = browser.sends_to(&server.url(path)).join("; ");
                let line =
                    if sent.is_empty() { "no cookies".into() } else { format!("Cookie: {sent}") };
                assert_eq!(line, *predicted);
            }
        }
    }

    /// Browsers compare the names, not the addresses that the names resolve to.
    #[test]
    fn localhost_and_127_0_0_1_are_two_hosts() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
        let same_page = format!("http://127.0.0.1:{}/", server.port);
        assert_eq!(browser.sends_to(&same_page), NO_COOKIES);
    }

    /// All servers on this machine share one jar, and can overwrite each other's cookies (RFC 6265 §8.5).
    #[test]
    fn another_port_is_the_same_host() {
        let theirs = SetCookie::builder("cookie_name", "theirs").build().unwrap();
        let (server, site, mut browser) =
            (Server::start(), Site::new([("/", theirs)]), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        assert_eq!(browser.sends_to(&site.url("/")), ["cookie_name=cookie_value"]);
        assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=theirs"]);
    }

    /// Even if it names the host that sets the cookie (RFC 6265 §4.1.2.3).
    #[test]
    fn a_domain_adds_the_subdomains() {
        let here = SetCookie::builder("here", "1").build().unwrap();
        let below = SetCookie::builder("below", "1").domain("shop.example").build().unwrap();
        let (site, mut browser) = (Site::new([("/set", here), ("/set", below)]), Browser::new());
        browser.visit(&site.url_at("shop.example", "/set"));
        assert_eq!(browser.sends_to(&site.url_at("shop.example", "/")).len(), 2);
        assert_eq!(browser.sends_to(&site.url_at("www.shop.example", "/")), ["below=1"]);
        assert_eq!(browser.sends_to(&site.url_at("othershop.example", "/")), NO_COOKIES);
    }

    #[test]
    fn no_host_can_set_a_cookie_for_another() {
        let cookie = SetCookie::builder("a", "1").domain("shop.example").build().unwrap();
        let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
        browser.visit(&site.url_at("blog.example", "/set"));
        assert_eq!(browser.cookie_names(), NO_COOKIES);
    }

    /// Requests to `localhost` never leave the machine. Chromium and Firefox trust them as curl does.
    #[test]
    fn a_secure_cookie_needs_tls_or_localhost() {
        let cookie = SetCookie::builder("a", "1").secure().build().unwrap();
        let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
        browser.visit(&site.url_at("shop.example", "/set"));
        assert_eq!(browser.cookie_names(), NO_COOKIES);
        browser.visit(&site.url("/set"));
        assert_eq!(browser.sends_to(&site.url("/")), ["a=1"]);
    }
}

/// Until the session ends, or for a given time.
mod part_3_how_long_a_cookie_lives {
    use crate::browser::{Browser, NO_COOKIES};
    use crate::site::Site;
    use crate::support::Server;
    use cookies_from_scratch::date::HttpDate;
    use cookies_from_scratch::set_cookie::{Lifetime, SetCookie};
    use std::time::{Duration, SystemTime};

    const SECOND: Duration = Duration::from_secs(1);
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    #[test]
    fn a_cookie_without_a_lifetime_ends_with_the_session() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        browser.visit(&server.url("/set-expiring-cookie"));
        browser.restart();
        assert_eq!(
            browser.sends_to(&server.url("/")),
            ["expiring_cookie_name=expiring_cookie_value"]
        );
    }

    #[test]
    fn a_cookie_of_15_seconds_is_gone_after_16() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-expiring-cookie"));
        browser.advance_clock(10 * SECOND);
        assert_eq!(
            browser.sends_to(&server.url("/")),
            ["expiring_cookie_name=expiring_cookie_value"]
        );
        browser.advance_clock(6 * SECOND);
        assert_eq!(browser.sends_to(&server.url("/")), NO_COOKIES);
    }

    #[test]
    fn setting_a_cookie_again_restarts_its_lifetime() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-expiring-cookie"));
        browser.advance_clock(10 * SECOND);
        browser.visit(&server.url("/set-expiring-cookie"));
        browser.advance_clock(10 * SECOND);
        assert_eq!(
            browser.sends_to(&server.url("/")),
            ["expiring_cookie_name=expiring_cookie_value"]
        );
    }

    /// The server never learns the actual lifetime: Chromium, Firefox and newer curls cut it to 400 days, most
    /// other clients do not (6265bis §5.5; tests/clients: "A Max-Age of 500 days").
    #[test]
    fn a_server_may_ask_for_two_hundred_years() {
        let cookie = SetCookie::builder("a", "1").lifetime(Lifetime::For(73_000 * DAY));
        let (site, mut browser) = (Site::new([("/set", cookie.build().unwrap())]), Browser::new());
        let line = browser.visit(&site.url("/set")).field("Set-Cookie").unwrap().to_owned();
        assert!(line.contains("; Max-Age=6307200000;"), "{line}");
        browser.advance_clock(399 * DAY);
        assert_eq!(browser.sends_to(&site.url("/")), ["a=1"]);
    }

    #[test]
    fn a_cookie_of_400_days_lives_that_long() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-long-lasting-cookie"));
        browser.advance_clock(399 * DAY);
        assert_eq!(browser.sends_to(&server.url("/")), ["long_cookie_name=long_cookie_value"]);
        browser.advance_clock(2 * DAY);
        assert_eq!(browser.sends_to(&server.url("/")), NO_COOKIES);
    }

    /// `Expires` is old, but not deprecated (RFC 6265 §4.1.2.1).
    #[test]
    fn expires_works_without_max_age() {
        let tomorrow = HttpDate::new(SystemTime::now() + DAY).unwrap();
        let cookie =
            SetCookie::builder("a", "1").lifetime(Lifetime::Until(tomorrow)).build().unwrap();
        let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
        browser.visit(&site.url("/set"));
        browser.restart();
        assert_eq!(browser.sends_to(&site.url("/")), ["a=1"]);
        browser.advance_clock(2 * DAY);
        assert_eq!(browser.sends_to(&site.url("/")), NO_COOKIES);
    }

    /// The browser compares `Expires` with its own clock, so a server whose clock is slow may send a date in
    /// the past. `Max-Age` counts from when the cookie arrives (RFC 6265 §5.2.2, §5.3).
    #[test]
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
        assert_eq!(browser.cookie_names(), ["new"]);
    }
}

/// A server can delete a cookie only by setting it again.
mod part_4_how_a_cookie_is_deleted {
    use crate::browser::{Browser, NO_COOKIES};
    use crate::site::Site;
    use crate::support::Server;
    use cookies_from_scratch::set_cookie::SetCookie;

    #[test]
    fn deleting_is_setting_an_empty_and_expired_cookie() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        let page = browser.visit(&server.url("/delete-cookies"));
        let line = "cookie_name=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";
        assert_eq!(page.values("Set-Cookie")[0], line);
        assert_eq!(browser.cookie_names(), NO_COOKIES);
    }

    #[test]
    fn the_request_that_deletes_a_cookie_still_carries_it() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        assert_eq!(browser.sends_to(&server.url("/delete-cookies")), ["cookie_name=cookie_value"]);
        assert_eq!(browser.sends_to(&server.url("/delete-cookies")), NO_COOKIES);
    }

    /// A browser identifies a cookie by its name, domain and path (RFC 6265 §5.3). The tutorial gets this
    /// wrong: it deletes the path cookie without its path.
    #[test]
    fn a_cookie_is_deleted_only_with_its_own_path() {
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
        assert_eq!(browser.cookie_names(), NO_COOKIES);
    }

    /// A removal without a path has the path of its own page's folder, so it must name the folder of the page
    /// that set the cookie. `SetCookie::removal` panics for a cookie that was defined without one.
    #[test]
    fn a_cookie_without_a_path_is_deleted_with_that_of_its_folder() {
        let basket = SetCookie::builder("basket", "full");
        let removal = basket.path("/shop").build().unwrap().removal();
        let basket = basket.no_path().build().unwrap();
        let (site, mut browser) =
            (Site::new([("/shop/buy", basket), ("/delete", removal)]), Browser::new());
        browser.visit(&site.url("/shop/buy"));
        browser.receive(&["basket=; Max-Age=0"]);
        assert_eq!(browser.sends_to(&site.url("/shop/pay")), ["basket=full"]);
        browser.visit(&site.url("/delete"));
        assert_eq!(browser.cookie_names(), NO_COOKIES);
    }

    /// So `/delete-cookies` repeats each of the four paths.
    #[test]
    fn delete_cookies_deletes_all_four_cookies() {
        let (server, mut browser) = (Server::start(), Browser::new());
        for page in
            ["/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie"]
        {
            browser.visit(&server.url(page));
        }
        assert_eq!(browser.cookie_names().len(), 4);
        browser.visit(&server.url("/delete-cookies"));
        assert_eq!(browser.cookie_names(), NO_COOKIES);
    }

    #[test]
    fn a_cookie_with_an_empty_value_is_sent() {
        let empty = SetCookie::builder("a", "").build().unwrap();
        let (site, mut browser) = (Site::new([("/empty", empty)]), Browser::new());
        browser.visit(&site.url("/empty"));
        assert_eq!(browser.sends_to(&site.url("/")), ["a="]);
    }
}

/// Which bytes a server may send in a value, and how it reads the others.
mod part_5_what_a_value_may_contain {
    use crate::browser::{Browser, shown_cookies};
    use crate::site::Site;
    use crate::support::Server;
    use cookies_from_scratch::set_cookie::SetCookie;

    /// The cookies that the server reads from this `Cookie` field.
    fn read(field: &str) -> Vec<String> {
        let server = Server::start();
        shown_cookies(&Browser::new().visit_with(&["-b", field], &server.url("/")))
    }

    #[test]
    fn a_semicolon_ends_a_value_even_between_quotes() {
        assert_eq!(read(r#"a="1; b=2""#), [r#"a="1"#, r#"b=2""#]);
    }

    /// A client that joins cookies with commas sends one cookie.
    #[test]
    fn a_comma_does_not_separate_cookies() {
        assert_eq!(read("a=1, b=2"), ["a=1, b=2"]);
    }

    /// For a browser the quotes are a part of the value, and it sends them back (RFC 6265 §5.2).
    #[test]
    fn the_server_removes_one_pair_of_quotes() {
        assert_eq!(read(r#"a="1"; b=""2"""#), ["a=1", r#"b="2""#]);
    }

    /// Flask writes `;` as `\073` between quotes, and decodes it again. Here and in browsers, these are four
    /// characters.
    #[test]
    fn a_backslash_escapes_nothing() {
        assert_eq!(read(r#"a="1\073 2""#), [r"a=1\073 2"]);
    }

    /// Browsers store and send any bytes except control characters. The server doesn't refuse invalid UTF-8,
    /// but replaces it.
    #[test]
    fn a_value_need_not_be_utf_8() {
        let page =
            Server::start().ask(b"GET / HTTP/1.1\r\nHost: a\r\nCookie: a=\xC3\xA9; b=\xE9\r\n\r\n");
        assert_eq!(shown_cookies(&page), ["a=é", "b=\u{FFFD}"]);
    }

    /// Otherwise a value could add an attribute, end the field, or mean another value to each recipient.
    #[test]
    fn what_does_not_fit_is_refused_when_the_cookie_is_made() {
        for value in ["1; Path=/", "1, 2", "\"1\"", "1\\2", "1\r\nSet-Cookie: b=2", "é", "1 2"] {
            assert!(SetCookie::builder("a", value).build().is_err(), "{value}");
        }
    }

    /// The limit is for the name and the value together (6265bis §5.6).
    #[test]
    fn name_and_value_have_4096_bytes_at_most() {
        static LARGE: [u8; 4096] = [b'x'; 4096];
        let large = std::str::from_utf8(&LARGE).unwrap();
        let cookie = SetCookie::builder("four", &large[4..]).build().unwrap();
        let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
        browser.visit(&site.url("/set"));
        assert_eq!(browser.sends_to(&site.url("/"))[0].len(), 4097);
        assert!(SetCookie::builder("four", &large[3..]).build().is_err());
    }
}

/// What a server must not trust, and how it protects its users.
mod part_6_what_to_trust {
    use crate::browser::{Browser, shown_cookies};
    use crate::site::Site;
    use crate::support::Server;
    use cookies_from_scratch::set_cookie::{SameSite, SetCookie};

    #[test]
    fn a_client_can_send_any_cookie() {
        let server = Server::start();
        let page = Browser::new().visit_with(&["-b", "admin=yes"], &server.url("/"));
        assert_eq!(shown_cookies(&page), ["admin=yes"]);
    }

    /// A path limits where a cookie is sent, not who may set it (RFC 6265 §8.6).
    #[test]
    fn a_path_does_not_protect_a_cookie() {
        let cookie = SetCookie::builder("set_by", "blog").path("/bank").build().unwrap();
        let (site, mut browser) = (Site::new([("/blog", cookie)]), Browser::new());
        browser.visit(&site.url("/blog"));
        assert_eq!(browser.sends_to(&site.url("/bank")), ["set_by=blog"]);
    }

    /// A cookie doesn't tell which of the hosts that share it has set it (RFC 6265 §8.6).
    #[test]
    fn a_subdomain_can_set_a_cookie_for_the_domain() {
        let cookie = SetCookie::builder("set_by", "blog").domain("shop.example").build().unwrap();
        let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
        browser.visit(&site.url_at("blog.shop.example", "/set"));
        assert_eq!(browser.sends_to(&site.url_at("shop.example", "/")), ["set_by=blog"]);
    }

    /// Browsers accept such a name only with `Secure`, `Path=/` and no `Domain` (6265bis §4.1.3.2), and
    /// `SetCookie` enforces it.
    #[test]
    fn a_host_prefix_keeps_it_to_one_host_and_all_of_it() {
        let mut browser = Browser::new();
        browser.receive(&["__Host-a=1; Secure; Path=/below", "b=1; Secure; Path=/below"]);
        assert_eq!(browser.cookie_names(), ["b"]);
        browser.receive(&["__Host-a=1; Secure; Path=/"]);
        assert!(browser.cookie_names().contains(&"__Host-a"));
        let cookie = SetCookie::builder("__Host-a", "1").secure();
        assert!(cookie.path("/below").build().is_err());
        assert!(cookie.domain("shop.example").build().is_err());
    }

    /// They hide a cookie from scripts and from requests of other sites. curl ignores both attributes.
    #[test]
    fn http_only_and_same_site_bind_only_browsers() {
        let cookie = SetCookie::builder("a", "1").http_only().same_site(SameSite::Strict);
        let (site, mut browser) = (Site::new([("/set", cookie.build().unwrap())]), Browser::new());
        let line = "a=1; HttpOnly; Path=/; SameSite=Strict";
        assert_eq!(browser.visit(&site.url("/set")).field("Set-Cookie"), Some(line));
        let from_elsewhere =
            ["-H", "Origin: http://blog.example", "-H", "Sec-Fetch-Site: cross-site"];
        assert_eq!(shown_cookies(&browser.visit_with(&from_elsewhere, &site.url("/"))), ["a=1"]);
    }

    /// A browser may request a page before the user clicks its link, and says so in `Sec-Purpose`. No cache may
    /// store the refusal: the user may click the link next.
    #[test]
    fn a_prefetch_deletes_no_cookies() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-cookie"));
        let prefetch = ["-H", "Sec-Purpose: prefetch"];
        let refusal = browser.visit_with(&prefetch, &server.url("/delete-cookies"));
        assert_eq!(refusal.status, 503);
        assert_eq!(refusal.field("Cache-Control"), Some("no-store"));
        assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
    }

    /// The response to `HEAD` has all fields of the response to `GET`.
    #[test]
    fn head_sets_cookies_too() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit_with(&["--head"], &server.url("/set-cookie"));
        assert_eq!(browser.sends_to(&server.url("/")), ["cookie_name=cookie_value"]);
    }

    /// Otherwise a cache could give a cookie to another client (RFC 9111 §7.3).
    #[test]
    fn a_page_that_sets_cookies_must_not_be_stored() {
        let (server, mut browser) = (Server::start(), Browser::new());
        let page = browser.visit(&server.url("/set-cookie"));
        assert_eq!(page.field("Cache-Control"), Some("no-store"));
    }
}
