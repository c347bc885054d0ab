//! What a value can hold on its way out, and what becomes of the rest on its way in.

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

/// Flask writes `;` as `\073`, between quotes. To everybody else these are four characters.
#[test]
#[ignore = "needs curl: make test runs it"]
fn backslashes_mean_something_to_python_alone() {
    assert_eq!(read(r#"a="1\073 2""#), [r"a=1\073 2"]);
}

/// Browsers store and send any bytes. Those that are no UTF-8 are no error, and no text either.
#[test]
fn a_value_can_be_bytes_that_are_no_text() {
    let page =
        Server::start().ask(b"GET / HTTP/1.1\r\nHost: a\r\nCookie: a=\xC3\xA9; b=\xE9\r\n\r\n");
    assert_eq!(shown(&page), ["a=é", "b=\u{FFFD}"]);
}

/// Else a value could add an attribute, or end the field.
#[test]
fn what_does_not_fit_is_refused_when_the_cookie_is_made() {
    for value in ["1; Path=/", "1, 2", "\"1\"", "1\\2", "1\r\nSet-Cookie: b=2", "é", "1 2"] {
        assert!(SetCookie::builder("a", value).build().is_err(), "{value}");
    }
}

/// 4096 bytes, of the name and the value together (6265bis §5.6).
#[test]
#[ignore = "needs curl: make test runs it"]
fn a_large_one_is_kept_and_one_that_is_too_large_is_not_even_made() {
    static LARGE: [u8; 4096] = [b'x'; 4096];
    let large = std::str::from_utf8(&LARGE).unwrap();
    let cookie = SetCookie::builder("four", &large[4..]).build().unwrap();
    let (site, mut browser) = (Site::new([("/set", cookie)]), Browser::new());
    browser.visit(&site.url("/set"));
    assert_eq!(browser.sends_to(&site.url("/"))[0].len(), 4097);
    assert!(SetCookie::builder("four", &large[3..]).build().is_err());
}
