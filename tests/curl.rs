//! The real curl, in every way it asks. What it keeps and sends back is in the lessons.

mod support;

use std::process::Command;
use support::{Answer, Server};

#[test]
#[ignore = "needs curl: make test runs it"]
fn curl_is_answered_over_one_connection_in_every_way_it_asks() {
    let server = Server::start();
    let urls = [server.url("/"), server.url("/set-cookie")];
    for options in [&["--http1.1"][..], &["--http1.0"], &["--http2"], &["--head"], &["-4"]] {
        let output = Command::new("curl").args(["-sS", "-i"]).args(options).args(&urls).output();
        let output = output.expect("curl, which these tests need");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let pages = Answer::read_all(&output.stdout, options.contains(&"--head"));
        assert_eq!(
            pages.iter().map(|page| page.status).collect::<Vec<_>>(),
            [200, 200],
            "{options:?}"
        );
    }
    let options = ["-o", "/dev/null", "-o", "/dev/null", "-w", "%{num_connects}"];
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
