//! Cookies at their limits: those that can't be built, with the error of each, and those that just can.

use cookies_from_scratch::date::HttpDate;
use cookies_from_scratch::limits;
use cookies_from_scratch::set_cookie::{Builder, Lifetime, SetCookie};
use std::time::{Duration, SystemTime};

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
    for path in ["", "a/b"] {
        assert_refused(
            cookie("a", "").path(path),
            "a path begins with '/': browsers ignore any other",
        );
    }
    let most = limits::MAX_COOKIE_BYTES;
    let large = "x".repeat(most);
    assert!(cookie("a", &large[1..]).build().is_ok(), "name and value are {most} bytes together");
    let too_large = format!("browsers keep no more than {most} bytes of name and value");
    assert_refused(cookie("a", &large), &too_large);
    let most = limits::MAX_COOKIE_ATTRIBUTE_BYTES;
    let path = format!("/{}", &large[..most]);
    assert!(cookie("a", "").path(&path[..most]).build().is_ok());
    let too_long = format!("browsers ignore a path of more than {most} bytes");
    assert_refused(cookie("a", "").path(&path), &too_long);
}

type Change = fn(Builder<'_>) -> Builder<'_>;

#[test]
fn the_prefix_of_a_name_is_a_promise() {
    let secure = "a __Secure- cookie must be Secure";
    let http = "a __Http- cookie must be Secure and HttpOnly";
    let host = "a __Host- cookie must be Secure, with Path=/ and without Domain";
    let host_http =
        "a __Host-Http- cookie must be Secure and HttpOnly, with Path=/ and without Domain";
    let kept: Change = |cookie| cookie.secure().http_only();
    for (name, change, error) in [
        ("__SECURE-a", (|cookie| cookie.http_only()) as Change, Some(secure)),
        ("__Secure-a", |cookie| cookie.secure(), None),
        ("__Http-a", |cookie| cookie.secure(), Some(http)),
        ("__Http-a", |cookie| cookie.http_only(), Some(http)),
        ("__hTTP-", |cookie| cookie.secure(), Some(http)),
        ("__Http-a", kept, None),
        ("__Http-a", |cookie| cookie.secure().http_only().path("/a").domain("a"), None),
        ("__Http", |cookie| cookie, None),
        ("__HttpOnly-a", |cookie| cookie, None),
        ("a__Http-", |cookie| cookie, None),
        ("__Host-a", |cookie| cookie.http_only(), Some(host)),
        ("__host-a", |cookie| cookie.secure().path("/a"), Some(host)),
        ("__Host-a", |cookie| cookie.secure().no_path(), Some(host)),
        ("__Host-a", |cookie| cookie.secure().domain("a"), Some(host)),
        ("__Host-a", |cookie| cookie.secure(), None),
        ("__Host-Http", |cookie| cookie.secure(), None),
        ("__Host-Http-a", |cookie| cookie, Some(host_http)),
        ("__Host-Http-a", |cookie| cookie.secure(), Some(host_http)),
        ("__HOST-HTTP-a", |cookie| cookie.secure(), Some(host_http)),
        ("__Host-Http-a", |cookie| cookie.http_only(), Some(host_http)),
        ("__Host-Http-a", |cookie| cookie.secure().http_only().path("/a"), Some(host_http)),
        ("__Host-Http-a", |cookie| cookie.secure().http_only().no_path(), Some(host_http)),
        ("__Host-Http-a", |cookie| cookie.secure().http_only().domain("a"), Some(host_http)),
        ("__Host-Http-a", kept, None),
    ] {
        let built = change(SetCookie::builder(name, "1")).build();
        assert_eq!(built.err().map(|error| error.to_string()).as_deref(), error, "{name}");
    }
}

#[test]
fn a_domain_is_a_host_name_or_an_ipv4_address() {
    let label = "each label of a domain has 1 to 63 bytes, and no '-' at its ends";
    let long = "a domain has 253 bytes at most";
    let number = "a domain that ends in a number must be a whole IPv4 address: 127.0.0.1";
    let (x63, x64) = ("x".repeat(63), "x".repeat(64));
    let name_of_253 = format!("{x63}.{x63}.{x63}.{}", &x63[..61]);
    for (domain, error) in [
        ("", Some(label)),
        (".", Some(label)),
        ("..a", Some(label)),
        ("a..b", Some(label)),
        ("a.", Some(label)),
        ("-x.com", Some(label)),
        ("bad-.abc", Some(label)),
        ("a.-", Some(label)),
        ("a.b-", Some(label)),
        (".-a", Some(label)),
        (&x64, Some(label)),
        (&format!("{x64}.com"), Some(label)),
        (&format!("a.{x64}"), Some(label)),
        (&x63, None),
        (&name_of_253, None),
        (&format!(".{name_of_253}"), None),
        (&format!("{name_of_253}x"), Some(long)),
        ("localhost", None),
        (".shop.example", None),
        ("A.b-c--d.E", None),
        ("_a.b_.c_d", None),
        ("xn--bcher-kva.example", None),
        ("1.2.3.com", None),
        ("1.0xg", None),
        ("1.1a", None),
        ("127.0.0.1", None),
        ("0.0.0.0", None),
        ("255.249.199.99", None),
        (".127.0.0.1", Some(number)),
        ("127.1", Some(number)),
        ("1", Some(number)),
        ("1.2.3", Some(number)),
        ("1.2.3.4.5", Some(number)),
        ("a.1.2.3", Some(number)),
        ("256.0.0.1", Some(number)),
        ("1.2.3.256", Some(number)),
        ("1.2.3.300", Some(number)),
        ("127.0.0.01", Some(number)),
        ("00.0.0.0", Some(number)),
        ("1.2.3.4444", Some(number)),
        ("0x7f.0.0.1", Some(number)),
        ("127.0.0.0x1", Some(number)),
        ("shop.0X", Some(number)),
        ("shop.0xfF", Some(number)),
        ("shop.123456789012", Some(number)),
    ] {
        let built = SetCookie::builder("a", "").domain(domain).build();
        assert_eq!(built.err().map(|error| error.to_string()).as_deref(), error, "{domain}");
    }
}

#[test]
fn a_lifetime_that_no_client_keeps_is_refused() {
    const LONGEST: u64 = 9_223_372_036;
    let too_long =
        Some("a lifetime has 9223372036 seconds at most: more overflows in some clients");
    let too_early = Some("browsers ignore a date before the year 1601");
    let before_epoch = |seconds| {
        HttpDate::new(SystemTime::UNIX_EPOCH - Duration::from_secs(seconds)).map(Lifetime::Until)
    };
    for (lifetime, error) in [
        (Lifetime::For(Duration::ZERO), None),
        (Lifetime::For(Duration::from_secs(LONGEST)), None),
        (Lifetime::For(Duration::new(LONGEST, 999_999_999)), None),
        (Lifetime::For(Duration::from_secs(LONGEST + 1)), too_long),
        (Lifetime::For(Duration::MAX), too_long),
        // The years 1970, 1601, 1600 and 0.
        (before_epoch(0).unwrap(), None),
        (before_epoch(11_644_473_600).unwrap(), None),
        (before_epoch(11_644_473_601).unwrap(), too_early),
        (before_epoch(62_167_219_200).unwrap(), too_early),
    ] {
        let built = SetCookie::builder("a", "").lifetime(lifetime).build();
        assert_eq!(built.err().map(|error| error.to_string()).as_deref(), error, "{lifetime:?}");
    }
}

#[test]
fn max_age_never_ends_later_than_expires() {
    let epoch = SystemTime::UNIX_EPOCH;
    let [second, millisecond] = [Duration::from_secs(1), Duration::from_millis(1)];
    // Both count whole seconds from the `Date` of the response, which drops fractions.
    for (now, time, expires, max_age) in [
        (epoch, Duration::ZERO, "Thu, 01 Jan 1970 00:00:00 GMT", 0),
        (epoch, 999 * millisecond, "Thu, 01 Jan 1970 00:00:00 GMT", 0),
        (epoch, 1999 * millisecond, "Thu, 01 Jan 1970 00:00:01 GMT", 1),
        (epoch + 500 * millisecond, 1500 * millisecond, "Thu, 01 Jan 1970 00:00:01 GMT", 1),
        (epoch - 15 * second, 10 * second, "Wed, 31 Dec 1969 23:59:55 GMT", 10),
        (epoch - 15 * second, 20 * second, "Thu, 01 Jan 1970 00:00:05 GMT", 20),
        (
            epoch + Duration::from_secs(253_402_300_784),
            15 * second,
            "Fri, 31 Dec 9999 23:59:59 GMT",
            15,
        ),
    ] {
        let cookie = SetCookie::builder("a", "").lifetime(Lifetime::For(time)).build().unwrap();
        let line = format!("a=; Expires={expires}; Max-Age={max_age}; Path=/");
        assert_eq!(cookie.field_value(now), line, "{time:?} after {now:?}");
    }
    let late = epoch + Duration::from_secs(253_402_300_785);
    let cookie = SetCookie::builder("a", "").lifetime(Lifetime::For(15 * second)).build().unwrap();
    assert_eq!(cookie.field_value(late), "a=; Max-Age=15; Path=/", "the year 10000 has no date");
}

#[test]
#[should_panic(expected = "only a cookie with a path can be deleted")]
fn a_cookie_without_a_path_has_no_removal() {
    let _ = SetCookie::builder("a", "").no_path().build().unwrap().removal();
}
