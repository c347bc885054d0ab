//! What the page says of each `Set-Cookie` line: a sentence for each attribute.

use cookies_from_scratch::date::HttpDate;
use cookies_from_scratch::set_cookie::{Builder, Lifetime, SameSite, SetCookie, SetCookieLine};
use std::time::{Duration, SystemTime};

/// Sun, 06 Nov 1994 08:49:37 GMT
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

fn date(seconds_later: u64) -> HttpDate {
    HttpDate::new(now() + Duration::from_secs(seconds_later)).unwrap()
}

fn line(cookie: SetCookie<'_>, now: SystemTime) -> SetCookieLine {
    let mut line = SetCookieLine::default();
    cookie.write(now, &mut line);
    line
}

#[track_caller]
fn check(cookie: Builder<'_>, meaning: &str) {
    let line = line(cookie.build().unwrap(), now());
    assert_eq!(line.meaning, meaning, "{}", line.value);
}

fn cookie() -> Builder<'static> {
    SetCookie::builder("a", "1")
}

#[test]
fn paths_and_hosts() {
    let session = "Kept until the browser's session ends.";
    for (cookie, scope) in [
        (cookie().path("/p"), "/p and everything below it; not to /p-alternate"),
        (cookie().path("/p/q"), "/p/q and everything below it; not to /p/q-alternate"),
        // A path that ends in a slash doesn't match itself without the slash.
        (cookie().path("/p/"), "/p/ and everything below it; not to /p"),
        (cookie().no_path(), "the folder of this page and everything below it"),
        (
            cookie().path("/p").domain(".shop.example"),
            "/p and everything below it, on shop.example and its subdomains; not to /p-alternate",
        ),
    ] {
        check(cookie, &format!("Sent to {scope}. {session}"));
    }
    let session = "until the browser's session ends.";
    for (cookie, hosts) in [
        (cookie(), "this host"),
        (cookie().domain("shop.example"), "shop.example and its subdomains"),
        (cookie().domain("127.0.0.1"), "127.0.0.1"),
    ] {
        check(cookie, &format!("Sent to every page of {hosts}, {session}"));
    }
}

#[test]
fn lifetimes() {
    const DAY: u64 = 24 * 60 * 60;
    for (seconds, kept) in [
        (1, "for 1 second, until 08:49:38 GMT"),
        (15, "for 15 seconds, until 08:49:52 GMT"),
        (60, "for 1 minute, until 08:50:37 GMT"),
        (90, "for 90 seconds, until 08:51:07 GMT"),
        (2 * 60 * 60, "for 2 hours, until 10:49:37 GMT"),
        // The next day.
        (23 * 60 * 60, "for 23 hours, until 07:49:37 GMT"),
        (DAY, "for 1 day, until Mon, 07 Nov 1994 08:49:37 GMT"),
        (36 * 60 * 60, "for 36 hours, until Mon, 07 Nov 1994 20:49:37 GMT"),
        (30 * DAY, "for 30 days, until Tue, 06 Dec 1994 08:49:37 GMT"),
        (400 * DAY - 1, "for 34559999 seconds, until Mon, 11 Dec 1995 08:49:36 GMT"),
        (400 * DAY, "for 400 days, the most that Chromium and Firefox allow"),
        (401 * DAY, "for 401 days; Chromium and Firefox allow 400 days"),
    ] {
        let lifetime = Lifetime::For(Duration::from_secs(seconds));
        check(
            cookie().lifetime(lifetime),
            &format!("Sent to every page of this host. Kept {kept}."),
        );
    }
    for (seconds, kept) in [
        (1, "until Sun, 06 Nov 1994 08:49:38 GMT"),
        (400 * DAY, "until Mon, 11 Dec 1995 08:49:37 GMT"),
        (400 * DAY + 1, "until Mon, 11 Dec 1995 08:49:38 GMT; Chromium and Firefox allow 400 days"),
    ] {
        let cookie = cookie().lifetime(Lifetime::Until(date(seconds)));
        check(cookie, &format!("Sent to every page of this host. Kept {kept}."));
    }
}

#[test]
fn removals() {
    let half_a_second = Duration::from_millis(500);
    for lifetime in [
        Lifetime::Over,
        Lifetime::For(Duration::ZERO),
        Lifetime::For(half_a_second),
        Lifetime::Until(date(0)),
        Lifetime::Until(HttpDate::EPOCH),
    ] {
        let cookie = cookie().lifetime(lifetime);
        for (cookie, identity) in [
            (cookie, "the path /: it must be the path"),
            (cookie.path("/p").secure().http_only(), "the path /p: it must be the path"),
            (cookie.no_path(), "the path of this page's folder: it must be the path"),
            (
                cookie.domain(".a.example"),
                "the path / and the domain a.example: both must be those",
            ),
        ] {
            let sentence =
                format!("Deletes the cookie named a with {identity} that it was set with.");
            check(cookie, &sentence);
            assert!(line(cookie.build().unwrap(), now()).is_removal);
        }
    }
    // It is the server's clock that decides.
    let cookie = cookie().lifetime(Lifetime::Until(date(1))).build().unwrap();
    assert!(!line(cookie, now()).is_removal);
    assert!(line(cookie, now() + Duration::from_secs(1)).is_removal);
}

#[test]
fn other_attributes() {
    let scope = "Sent to every page of this host, until the browser's session ends.";
    let secure = "Sent over TLS only; some browsers also send it to localhost without TLS.";
    let http_only = "Hidden from scripts.";
    let prefix =
        "Most browsers refuse this prefix of a name without the attributes that it stands for.";
    let named = |name| SetCookie::builder(name, "1").secure();
    for (cookie, sentences) in [
        (cookie().secure(), &[secure][..]),
        (cookie().http_only(), &[http_only]),
        (cookie().secure().http_only(), &[secure, http_only]),
        (
            cookie().same_site(SameSite::Strict),
            &["Never sent with a request that another site causes."],
        ),
        (
            cookie().same_site(SameSite::Lax),
            &[
                "Sent when another site opens a page here, as by a link; not with its other requests.",
            ],
        ),
        (
            cookie().secure().same_site(SameSite::None).partitioned(),
            &[
                secure,
                "Also sent with requests that other sites cause, unless the browser blocks that.",
                "Kept apart for each site that embeds this one.",
            ],
        ),
        (named("__Host-a"), &[secure, prefix]),
        (named("__SECURE-a"), &[secure, prefix]),
        (named("__Http-a").http_only(), &[secure, http_only, prefix]),
        (named("__Host"), &[secure]),
    ] {
        check(cookie, &[&[scope], sentences].concat().join(" "));
    }
}
