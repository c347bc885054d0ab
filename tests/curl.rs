//! The walk through the pages with the real curl and its cookie engine.
//!
//! Each walk is one call with `-b ''`: Debian 12's curl brings deleted cookies back when it reads and
//! writes the same file.

mod support;

use std::process::Command;
use support::{Answer, Server};

/// What curl gets when it visits `paths` one after the other, in one session.
#[track_caller]
fn walk(server: &Server, options: &[&str], paths: &[&str]) -> Vec<Answer> {
    let urls = paths.iter().map(|path| server.url(path));
    let output =
        Command::new("curl").args(["-sS", "-i", "-b", ""]).args(options).args(urls).output();
    let output = output.expect("curl, which these tests need");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Answer::read_all(&output.stdout, options.contains(&"--head"))
}

fn shown(answer: &Answer) -> Vec<String> {
    answer.cookies().into_iter().map(|(name, value)| format!("{name}={value}")).collect()
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn a_cookie_that_is_set_is_listed_by_the_next_page() {
    let server = Server::start();
    let pages = walk(&server, &[], &["/set-cookie", "/set-cookie", "/"]);
    assert_eq!(shown(&pages[0]), [""; 0]);
    assert_eq!(shown(&pages[1]), ["cookie_name=cookie_value"]);
    assert_eq!(shown(&pages[2]), ["cookie_name=cookie_value"]);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn the_path_cookie_goes_to_its_path_and_below_and_nowhere_else() {
    let server = Server::start();
    let paths = [
        "/set-path-cookie", "/set-path-cookie", "/set-path-cookie/anything", "/",
        "/set-path-cookie-alternate",
    ];
    let pages = walk(&server, &[], &paths);
    let path_cookie = ["path_cookie_name=path_cookie_value"];
    assert_eq!(pages.iter().map(|page| page.status).collect::<Vec<_>>(), [200, 200, 404, 200, 404]);
    assert_eq!(shown(&pages[1]), path_cookie);
    assert_eq!(shown(&pages[2]), path_cookie);
    assert!(shown(&pages[3]).is_empty() && shown(&pages[4]).is_empty());
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn all_cookies_go_when_they_are_deleted_the_path_cookie_too() {
    let server = Server::start();
    let paths = [
        "/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie",
        "/set-path-cookie/all", "/delete-cookies", "/set-path-cookie/none",
    ];
    let pages = walk(&server, &[], &paths);
    let mut all = shown(&pages[4]);
    all.sort();
    let expected = [
        "cookie_name=cookie_value",
        "expiring_cookie_name=expiring_cookie_value",
        "long_cookie_name=long_cookie_value",
        "path_cookie_name=path_cookie_value",
    ];
    assert_eq!(all, expected);
    assert_eq!(shown(&pages[6]), [""; 0]);
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn curl_is_answered_over_one_connection_in_every_way_it_asks() {
    let server = Server::start();
    for options in [&["--http1.1"][..], &["--http1.0"], &["--http2"], &["--head"], &["-4"]] {
        let pages = walk(&server, options, &["/", "/set-cookie"]);
        assert_eq!(
            pages.iter().map(|page| page.status).collect::<Vec<_>>(),
            [200, 200],
            "{options:?}"
        );
    }
    let options = ["-o", "/dev/null", "-o", "/dev/null", "-w", "%{num_connects}"];
    let urls = [server.url("/"), server.url("/set-cookie")];
    let output = Command::new("curl").arg("-s").args(options).args(urls).output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "10",
        "the second page needs no new connection"
    );
}

#[test]
#[ignore = "needs curl: make test runs it"]
fn curl_gets_an_answer_to_whatever_it_is_told_to_send() {
    let server = Server::start_with(&["--quiet"]);
    let large = concat!(env!("CARGO_TARGET_TMPDIR"), "/two-megabytes");
    std::fs::write(large, vec![b'x'; 2_000_000]).unwrap();
    let large = &format!("@{large}");
    let long = &format!("A: {}", "b".repeat(70_000));
    // curl asks before it sends so much (Expect: 100-continue), unless it is told not to.
    let unasked = &["--data-binary", large, "-H", "Expect:"][..];
    let chunked = [unasked, &["-H", "Transfer-Encoding: chunked"]].concat();
    let rows: &[(&[&str], &str, &str)] = &[
        (&["--http1.0"], "/", "200"),
        (&["--http2"], "/", "200"),
        (&["--head"], "/", "200"),
        (&["--path-as-is"], "/set-cookie/../", "404"),
        (&[], "/set-cookie/../", "200"),
        (&["-H", "Host:"], "/", "400"),
        (&["-H", "Host;"], "/", "200"),
        (&["-H", "Host: me@localhost"], "/", "400"),
        (&["--request-target", "http://localhost/set-cookie"], "/", "200"),
        (&["-X", "OPTIONS", "--request-target", "*"], "/", "204"),
        (&["-X", "BREW"], "/", "501"),
        (&["--data-binary", large], "/", "405"),
        (unasked, "/nope", "404"),
        (&chunked, "/set-cookie", "405"),
        (&[unasked, &["-X", "GET"]].concat(), "/", "200"),
        (&["-d", "a=b", "-H", "Transfer-Encoding: chunked", "-H", "Content-Length: 3"], "/", "400"),
        (&["-T", &large[1..]], "/set-cookie", "405"),
        (&["-T", &large[1..], "-H", "Expect:"], "/set-cookie", "405"),
        (&["-H", long], "/", "431"),
        (&["--range", "0-9"], "/", "200"),
        (&["--compressed", "--tr-encoding"], "/", "200"),
    ];
    for (options, path, status) in rows {
        let write_out = ["-s", "-o", "/dev/null", "-w", "%{http_code}"];
        let output =
            Command::new("curl").args(write_out).args(*options).arg(server.url(path)).output();
        let output = output.expect("curl, which these tests need");
        assert!(output.status.success(), "{options:?}: {}", output.status);
        assert_eq!(String::from_utf8_lossy(&output.stdout), *status, "{options:?}");
    }
}
