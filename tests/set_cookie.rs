//! Cookies that can't be built, with the error of each.

use cookies_from_scratch::limits;
use cookies_from_scratch::set_cookie::{Builder, Lifetime, SetCookie};
use std::time::Duration;

#[track_caller]
fn assert_refused(cookie: Builder<'_>, error: &str) {
    assert_eq!(cookie.build().unwrap_err().to_string(), error);
}

#[test]
fn an_error_names_the_forbidden_byte_and_its_position() {
    let cookie = SetCookie::builder;
    assert_refused(cookie("a;b", ""), "the cookie's name can't hold ';' (byte 0x3B at 1)");
    assert_refused(cookie("a", "b\r\n"), "the cookie's value can't hold '\\r' (byte 0x0D at 1)");
    assert_refused(cookie("a", "é"), "the cookie's value can't hold '\\xc3' (byte 0xC3 at 0)");
    let path = "the cookie's path can't hold '%' (byte 0x25 at 2)";
    assert_refused(cookie("a", "").path("/a%2"), path);
    let domain = "the cookie's domain can't hold ':' (byte 0x3A at 9)";
    assert_refused(cookie("a", "").domain("localhost:5000"), domain);
}

#[test]
fn a_cookie_that_breaks_a_rule_is_refused() {
    let cookie = SetCookie::builder;
    let host = "a __Host- cookie must be Secure, with Path=/ and without Domain";
    assert_refused(cookie("__Host-a", ""), host);
    assert_refused(cookie("__host-a", "").secure().path("/a"), host);
    assert_refused(cookie("__Host-a", "").secure().no_path(), host);
    assert_refused(cookie("__Host-a", "").secure().domain("a"), host);
    assert_refused(cookie("__SECURE-a", ""), "a __Secure- cookie must be Secure");
    for path in ["", "a/b"] {
        assert_refused(
            cookie("a", "").path(path),
            "a path begins with '/': browsers ignore any other",
        );
    }
    for domain in ["", ".", "..a", "a..b", "a."] {
        let sentence = "a domain is made of names with one '.' between them";
        assert_refused(cookie("a", "").domain(domain), sentence);
    }
    let most = limits::MAX_COOKIE_BYTES;
    let large = "x".repeat(most);
    assert!(cookie("a", &large[1..]).build().is_ok(), "name and value are {most} bytes together");
    let too_large = format!("browsers keep no more than {most} bytes of name and value");
    assert_refused(cookie("a", &large), &too_large);
    let most = limits::MAX_COOKIE_ATTRIBUTE_BYTES;
    let path = format!("/{}", &large[..most]);
    assert!(cookie("a", "").path(&path[..most]).build().is_ok());
    let too_long = format!("browsers ignore a path or a domain of more than {most} bytes");
    assert_refused(cookie("a", "").path(&path), &too_long);
    assert!(cookie("a", "").domain(&large[..most]).build().is_ok());
    assert_refused(cookie("a", "").domain(&large[..=most]), &too_long);
    let endless = cookie("a", "").lifetime(Lifetime::For(Duration::MAX));
    assert_refused(endless, "no date after the year 9999 can be written");
}
