//! What cookies do, in lessons that run: each is a test, named as what there is to learn.
//!
//! ```text
//! cargo test --test lessons -- --list                          their names
//! cargo test --test lessons -- --include-ignored part_2        where a cookie goes
//! ```
//!
//! They are a course, from easy to hard. The browser is curl, with a new jar for each lesson. The server is
//! the program with its six pages, or a site of the lesson's own where those don't do what it is about.

#[path = "support/browser.rs"]
mod browser;
#[path = "support/site.rs"]
mod site;
mod support;

/// The server asks, and the browser sends it back.
mod part_1_what_a_cookie_is {
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

    /// No path, no lifetime: a server can't see what it once asked for (RFC 6265 §4.2.2).
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
}

/// To the host that set it, and there to a path and what is below it.
mod part_2_where_it_goes {
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
    fn without_a_path_it_goes_to_the_folder_of_its_page() {
        let cookie = SetCookie::builder("basket", "full").no_path().build().unwrap();
        let (site, mut browser) = (Site::new([("/shop/buy", cookie)]), Browser::new());
        browser.visit(&site.url("/shop/buy"));
        assert_eq!(browser.sends_to(&site.url("/shop/pay")), ["basket=full"]);
        assert_eq!(browser.sends_to(&site.url("/")), NOTHING);
    }

    /// So a server that takes the first gets the one that is meant for fewest pages (RFC 6265 §5.4). Of two
    /// with one path nobody knows.
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn of_two_with_one_name_the_longer_path_comes_first() {
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
        let (server, site, mut browser) =
            (Server::start(), Site::new([("/", theirs)]), Browser::new());
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
}

/// Until the session ends, or for a time.
mod part_3_how_long_it_lives {
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
        assert_eq!(
            browser.sends_to(&server.url("/")),
            ["expiring_cookie_name=expiring_cookie_value"]
        );
    }

    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn fifteen_seconds_are_over_after_fifteen_seconds() {
        let (server, mut browser) = (Server::start(), Browser::new());
        browser.visit(&server.url("/set-expiring-cookie"));
        browser.wait(10 * SECOND);
        assert_eq!(
            browser.sends_to(&server.url("/")),
            ["expiring_cookie_name=expiring_cookie_value"]
        );
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
        assert_eq!(
            browser.sends_to(&server.url("/")),
            ["expiring_cookie_name=expiring_cookie_value"]
        );
    }

    /// It is never told what it got: Chromium, Firefox and newer curls make 400 days of it, others don't
    /// (6265bis §5.5).
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn a_server_may_ask_for_a_thousand_years() {
        let cookie = SetCookie::builder("a", "1").lifetime(Lifetime::For(365_000 * DAY));
        let (site, mut browser) = (Site::new([("/set", cookie.build().unwrap())]), Browser::new());
        let line = browser.visit(&site.url("/set")).field("Set-Cookie").unwrap().to_owned();
        assert!(line.contains("; Max-Age=31536000000;"), "{line}");
        browser.wait(399 * DAY);
        assert_eq!(browser.sends_to(&site.url("/")), ["a=1"]);
    }

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
        let cookie =
            SetCookie::builder("a", "1").lifetime(Lifetime::Until(tomorrow)).build().unwrap();
        let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
        browser.visit(&site.url("/set"));
        browser.restart();
        assert_eq!(browser.sends_to(&site.url("/")), ["a=1"]);
        browser.wait(2 * DAY);
        assert_eq!(browser.sends_to(&site.url("/")), NOTHING);
    }

    /// A server whose clock is wrong sends an `Expires` that is over already: it is the browser's clock that
    /// counts. `Max-Age` begins when the cookie comes (RFC 6265 §5.2.2, §5.3).
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
}

/// There is no way to delete a cookie but to set it again.
mod part_4_how_it_goes_away {
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
}

/// What a value can hold on its way out, and what becomes of the rest on its way in.
mod part_5_what_may_be_in_it {
    use crate::browser::{Browser, shown};
    use crate::site::Site;
    use crate::support::Server;
    use cookies_from_scratch::set_cookie::SetCookie;

    /// What the server reads from this `Cookie` field.
    fn read(field: &str) -> Vec<String> {
        let server = Server::start();
        shown(&Browser::new().visit_with(&["-b", field], &server.url("/")))
    }

    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn a_semicolon_ends_a_value_even_between_quotes() {
        assert_eq!(read(r#"a="1; b=2""#), [r#"a="1"#, r#"b=2""#]);
    }

    /// Whoever joins cookies with commas gets one cookie.
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn a_comma_ends_nothing() {
        assert_eq!(read("a=1, b=2"), ["a=1, b=2"]);
    }

    /// To a browser they are bytes like any other, and it sends them back (RFC 6265 §5.2).
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn the_server_takes_one_pair_of_quotes_off() {
        assert_eq!(read(r#"a="1"; b=""2"""#), ["a=1", r#"b="2""#]);
    }

    /// Flask writes `;` as `\073`, between quotes, and reads it back. Here and in browsers these are four
    /// characters.
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn a_backslash_is_a_backslash() {
        assert_eq!(read(r#"a="1\073 2""#), [r"a=1\073 2"]);
    }

    /// Browsers store and send any bytes but control characters. Those that are no UTF-8 are no error, and no
    /// text either.
    #[test]
    fn a_value_can_be_bytes_that_are_no_text() {
        let page =
            Server::start().ask(b"GET / HTTP/1.1\r\nHost: a\r\nCookie: a=\xC3\xA9; b=\xE9\r\n\r\n");
        assert_eq!(shown(&page), ["a=é", "b=\u{FFFD}"]);
    }

    /// Else a value could add an attribute, or end the field, or be another to each who reads it.
    #[test]
    fn what_does_not_fit_is_refused_when_the_cookie_is_made() {
        for value in ["1; Path=/", "1, 2", "\"1\"", "1\\2", "1\r\nSet-Cookie: b=2", "é", "1 2"] {
            assert!(SetCookie::builder("a", value).build().is_err(), "{value}");
        }
    }

    /// 4096 bytes, of the name and the value together (6265bis §5.6).
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn four_kilobytes_are_the_most() {
        static LARGE: [u8; 4096] = [b'x'; 4096];
        let large = std::str::from_utf8(&LARGE).unwrap();
        let cookie = SetCookie::builder("four", &large[4..]).build().unwrap();
        let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
        browser.visit(&site.url("/set"));
        assert_eq!(browser.sends_to(&site.url("/"))[0].len(), 4097);
        assert!(SetCookie::builder("four", &large[3..]).build().is_err());
    }
}

/// What no server may believe, and what it owes to those who keep its cookies.
mod part_6_whom_to_trust {
    use crate::browser::{Browser, shown};
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

    /// Browsers take such a name only with `Secure`, `Path=/` and no `Domain` (6265bis §4.1.3.2); we make no
    /// other.
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn a_host_prefix_keeps_it_to_one_host_and_all_of_it() {
        let mut browser = Browser::new();
        browser.hears(&["__Host-a=1; Secure; Path=/below", "b=1; Secure; Path=/below"]);
        assert_eq!(browser.keeps(), ["b"]);
        browser.hears(&["__Host-a=1; Secure; Path=/"]);
        assert!(browser.keeps().contains(&"__Host-a"));
        let cookie = SetCookie::builder("__Host-a", "1").secure();
        assert!(cookie.path("/below").build().is_err());
        assert!(cookie.domain("shop.example").build().is_err());
    }

    /// They keep it from scripts and from other sites, where there are any. curl knows of neither.
    #[test]
    #[ignore = "needs curl: make test runs it"]
    fn http_only_and_same_site_bind_browsers_and_nobody_else() {
        let cookie = SetCookie::builder("a", "1").http_only().same_site(SameSite::Strict);
        let (site, mut browser) = (Site::new([("/set", cookie.build().unwrap())]), Browser::new());
        let line = "a=1; HttpOnly; Path=/; SameSite=Strict";
        assert_eq!(browser.visit(&site.url("/set")).field("Set-Cookie"), Some(line));
        let from_elsewhere =
            ["-H", "Origin: http://blog.example", "-H", "Sec-Fetch-Site: cross-site"];
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
}
