//! Requests of the real curl. The lessons test which cookies it stores and sends.

mod support;

use cookies_from_scratch::limits;
use support::{Answer, Server, curl, output_of};

#[test]
fn curl_gets_two_pages_over_one_connection() {
    let server = Server::start();
    let urls = [server.url("/"), server.url("/set-cookie")];
    for options in [&["--http1.1"][..], &["--http1.0"], &["--http2"], &["--head"], &["-4"]] {
        let mut curl = curl();
        curl.args(["-sS", "-i"]).args(options).args(&urls);
        let output = output_of(curl, "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let pages = Answer::read_all(&output.stdout, options.contains(&"--head"));
        assert_eq!(
            pages.iter().map(|page| page.status).collect::<Vec<_>>(),
            [200, 200],
            "{options:?}"
        );
    }
    let options = ["-o", "/dev/null", "-o", "/dev/null", "-w", "%{num_connects}"];
    let mut curl = curl();
    curl.arg("-s").args(options).args(urls);
    let output = output_of(curl, "");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "10",
        "one connection for the first page, none for the second"
    );
}

#[test]
fn curl_gets_a_complete_response_to_unusual_requests() {
    let server = Server::start_with(&["--quiet"]);
    let large = concat!(env!("CARGO_TARGET_TMPDIR"), "/two-megabytes");
    std::fs::write(large, vec![b'x'; 2_000_000]).unwrap();
    let large = &format!("@{large}");
    let long = &format!("A: {}", "b".repeat(limits::MAX_HEAD_BYTES));
    // Before a large body curl sends Expect: 100-continue, unless this option removes the field.
    let without_expect = &["--data-binary", large, "-H", "Expect:"][..];
    let chunked = [without_expect, &["-H", "Transfer-Encoding: chunked"]].concat();
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
        (without_expect, "/nope", "404"),
        (&chunked, "/set-cookie", "405"),
        (&[without_expect, &["-X", "GET"]].concat(), "/", "200"),
        (&["-d", "a=b", "-H", "Transfer-Encoding: chunked", "-H", "Content-Length: 3"], "/", "400"),
        (&["-T", &large[1..]], "/set-cookie", "405"),
        (&["-T", &large[1..], "-H", "Expect:"], "/set-cookie", "405"),
        (&["-H", long], "/", "431"),
        (&["--range", "0-9"], "/", "200"),
        (&["--compressed", "--tr-encoding"], "/", "200"),
    ];
    for (options, path, status) in rows {
        let write_out = ["-s", "-o", "/dev/null", "-w", "%{http_code}"];
        let mut curl = curl();
        curl.args(write_out).args(*options).arg(server.url(path));
        let output = output_of(curl, "");
        assert!(output.status.success(), "{options:?}: {}", output.status);
        assert_eq!(String::from_utf8_lossy(&output.stdout), *status, "{options:?}");
    }
}
