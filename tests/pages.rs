//! The six pages, as the real program serves them.

mod support;

use cookies_from_scratch::limits;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use support::{Server, program};

const PATHS: [&str; 6] = [
    "/", "/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie",
    "/delete-cookies",
];

/// The paths that a page links to.
fn links(page: &str) -> Vec<String> {
    let nav = page.split("<nav").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap();
    nav.split("href=\"").skip(1).map(|link| link.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn each_page_shows_the_set_cookie_lines_that_it_sends() {
    let server = Server::start();
    let deleted = server.get("/delete-cookies", "").values("Set-Cookie").len();
    for (path, lines) in PATHS.into_iter().zip([0, 1, 1, 1, 1, deleted]) {
        let page = server.get(path, "");
        assert_eq!((page.status, page.values("Set-Cookie").len()), (200, lines), "{path}");
        let section = page.element("set-cookies");
        let shown = support::text_of(section);
        for line in page.values("Set-Cookie") {
            assert!(shown.contains(&format!("\nSet-Cookie: {line}\n")), "{path}: {shown}");
        }
        assert_eq!(section.matches("<code>").count(), lines, "{path}");
        server.log_with(&format!("\"GET {path} HTTP/1.1\" 200 {}\n", page.body.len()));
    }
}

#[test]
fn delete_cookies_deletes_exactly_the_cookies_that_pages_set() {
    let server = Server::start();
    let identity = |line: &str| {
        let name = line.split('=').next().unwrap().to_owned();
        let rest = line
            .split("; ")
            .filter(|attribute| attribute.starts_with("Path=") || attribute.starts_with("Domain="));
        (name, rest.collect::<Vec<_>>().join("; "))
    };
    let identities = |path: &str| -> Vec<_> {
        server.get(path, "").values("Set-Cookie").into_iter().map(identity).collect()
    };
    let mut pages = links(&server.get("/", "").body);
    pages.retain(|path| path != "/delete-cookies");
    let set: BTreeSet<_> = pages.iter().flat_map(|path| identities(path)).collect();
    let mut deleted = identities("/delete-cookies");
    deleted.sort();
    assert_eq!(deleted, Vec::from_iter(set));
    assert!(deleted.len() >= 4, "{deleted:?}");
}

#[test]
fn a_prefetch_is_refused_and_changes_no_cookies() {
    let server = Server::start();
    for (fields, status) in [
        ("Sec-Purpose: prefetch\r\n", 503),
        ("Sec-Purpose: prefetch;prerender\r\n", 503),
        ("sec-purpose:prefetch ;anonymous-client-ip\r\n", 503),
        ("Sec-Purpose: other, prefetch\r\n", 503),
        // Unknown tokens and parameters are ignored.
        ("Sec-Purpose: prefetched\r\n", 200),
        ("Sec-Purpose: other;prefetch\r\n", 200),
        ("Sec-Purpose:\r\n", 200),
    ] {
        for path in PATHS {
            let page = server.get(path, fields);
            assert_eq!(page.status, status, "{path} {fields}");
            assert!(status == 200 || page.values("Set-Cookie").is_empty(), "{path} {fields}");
        }
    }
}

#[test]
fn every_page_links_to_all_pages_and_marks_itself() {
    let server = Server::start();
    let all = links(&server.get("/", "").body);
    let ours: Vec<_> = all.iter().filter(|path| PATHS.contains(&path.as_str())).collect();
    assert_eq!(ours, PATHS);
    for path in &all {
        let page = server.get(path, "").body;
        assert_eq!(links(&page), all);
        let marked = format!("<a href=\"{path}\" aria-current=\"page\">{path}</a>");
        assert!(page.contains(&marked), "{page}");
        assert_eq!(page.matches("aria-current=").count(), 1);
    }
}

#[test]
fn cookies_are_shown_in_order_and_escaped() {
    let server = Server::start();
    let page = server.get(
        "/",
        "Cookie: b=<script>alert('1')</script>; a=\"x & y\"\r\nCookie: b=é; c=<< title >>\r\n",
    );
    let expected =
        [("b", "<script>alert('1')</script>"), ("a", "x & y"), ("b", "é"), ("c", "<< title >>")];
    assert_eq!(page.cookies(), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(page.body.contains("<h1>Cookies:</h1>") && !page.body.contains("<script"));
    let sentence =
        "<p>No cookies came with this request. What a page sets comes with the next one.</p>";
    for fields in ["", "Cookie:\r\n", "Cookie: ; \t;=;\r\n"] {
        let none = server.get("/", fields);
        assert!(none.cookies().is_empty() && none.element("cookies").contains(sentence));
    }
}

/// Chromium and `WebKitGTK` send `foo` after `document.cookie = "foo"`, and Firefox `foo=`.
#[test]
fn a_cookie_without_a_name_or_a_value_is_shown() {
    let server = Server::start();
    let no_name = "<em>no name</em>";
    for (field, cookies) in [
        ("foo", &[(no_name, "foo")][..]),
        ("foo=", &[("foo", "")]),
        ("=bar", &[(no_name, "bar")]),
        ("a=1; foo ;b=2", &[("a", "1"), (no_name, "foo"), ("b", "2")]),
        ("\"foo\"", &[(no_name, "foo")]),
        ("<b>", &[(no_name, "<b>")]),
    ] {
        let page = server.get("/", &format!("Cookie: {field}\r\n"));
        let shown = page.cookies();
        let shown: Vec<_> = shown.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(shown, cookies, "{field}");
        assert!(!page.body.contains("No cookies came") && !page.body.contains("<b>"), "{field}");
    }
}

/// The response to a `TRACE` must not have them (RFC 9110 §9.3.8), nor has any other error a use for them.
#[test]
fn the_cookies_that_came_are_shown_by_pages_and_by_the_404_of_a_get_only() {
    let server = Server::start();
    for (method, path, fields, is_shown) in [
        ("GET", "/", "", true),
        ("GET", "/nope", "", true),
        ("GET", "/", "Sec-Purpose: prefetch\r\n", false),
        ("GET", "/", "Expect: tea\r\n", false),
        ("TRACE", "/", "", false),
        ("TRACE", "/nope", "", false),
        ("TRACE", "/favicon.ico", "", false),
        ("POST", "/", "", false),
        ("DELETE", "/nope", "", false),
        ("OPTIONS", "/nope", "", false),
        ("CONNECT", "a:80", "", false),
        ("BREW", "/", "", false),
    ] {
        let head = format!("{method} {path} HTTP/1.1\r\nHost: a\r\nCookie: a=secret\r\n");
        let page = server.ask(format!("{head}{fields}\r\n").as_bytes());
        assert_eq!(page.body.contains("secret"), is_shown, "{method} {path} {fields}");
        assert!(page.body.contains("</html>"), "{method} {path}: a whole page");
    }
}

#[test]
fn a_missing_page_shows_the_cookies_and_sets_none() {
    let server = Server::start();
    let page =
        server.get("/set-path-cookie/anything", "Cookie: path_cookie_name=path_cookie_value\r\n");
    assert_eq!(page.status, 404);
    assert_eq!(page.cookies(), [("path_cookie_name".to_owned(), "path_cookie_value".to_owned())]);
    assert!(page.values("Set-Cookie").is_empty());
    assert!(page.body.contains("<strong>404 Not Found</strong> There is no page at this address."));
    let refused = server.ask(b"POST / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(
        refused.body.contains("<h1>405 Method Not Allowed</h1>\n<p>This page can only be read")
    );
    assert!(!server.get("/", "").body.contains("class=\"problem\""));
    assert_eq!(server.get("/favicon.ico", "").status, 204);
}

/// The title of a page.
fn title(page: &support::Answer) -> String {
    let title = page.body.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    support::unescape(title.unwrap().0)
}

#[test]
fn each_page_has_a_title_of_its_own_and_less_than_6_kb() {
    let server = Server::start();
    // Another page adds its link and its cookie.
    let others = links(&server.get("/", "").body).len() - PATHS.len();
    let most = 6_000 + 400 * others;
    let missing = ["/nowhere", "/set-path-cookie/below", "/set-path-cookie-alternate", "/<'>"];
    for path in PATHS.into_iter().chain(missing) {
        let page = server.get(path, "");
        let status = if page.status == 200 { "Cookies" } else { "404 Not Found" };
        let title_of_path =
            if path == "/" { status.to_owned() } else { format!("{path} · {status}") };
        assert_eq!(title(&page), title_of_path);
        assert!(page.body.len() < most, "{path}: {} bytes", page.body.len());
    }
}

#[test]
fn only_escapes_of_unreserved_bytes_are_decoded() {
    let server = Server::start();
    for (path, decoded) in [
        ("/s%65t%2Dcookie", "/set-cookie · Cookies"),
        ("/a%7Eb%2e", "/a~b. · 404 Not Found"),
        ("/%2F", "/%2F · 404 Not Found"),
        ("/%2f..", "/%2f.. · 404 Not Found"),
        ("/%00", "/%00 · 404 Not Found"),
        ("/%2541", "/%2541 · 404 Not Found"),
        ("/%ff", "/%ff · 404 Not Found"),
        // A `%` that begins no escape.
        ("/%+4", "/%25+4 · 404 Not Found"),
        ("/%", "/%25 · 404 Not Found"),
        ("/50%", "/50%25 · 404 Not Found"),
        ("/%zz%41", "/%25zzA · 404 Not Found"),
        ("/%2%35", "/%2525 · 404 Not Found"),
        ("/%%35", "/%255 · 404 Not Found"),
    ] {
        assert_eq!(title(&server.get(path, "")), decoded);
    }
}

#[test]
fn the_cookie_lines_are_shown_as_they_came() {
    let server = Server::start();
    for (fields, lines) in [
        ("Cookie: a=1\r\n", &["a=1"][..]),
        ("Cookie: a=\"1\";b=<i>;;  c\r\n", &["a=\"1\";b=<i>;;  c"]),
        ("Cookie: a=1\r\ncookie:  b=2 \r\n", &["a=1", "b=2"]),
        ("", &[]),
        ("Cookie: ;\r\n", &[]),
    ] {
        let page = server.get("/nowhere", fields);
        let section = page.element("cookies");
        let shown =
            section.split("<code>").skip(1).map(|rest| rest.split_once("</code>").unwrap().0);
        let expected: Vec<_> = lines.iter().map(|line| format!("Cookie: {line}")).collect();
        assert_eq!(shown.map(support::unescape).collect::<Vec<_>>(), expected, "{fields}");
        let text = server.get("/nowhere", &format!("Accept: text/plain\r\n{fields}")).body;
        let before = text.split_once("\nThis response").unwrap().0;
        let shown = before.lines().filter(|line| line.starts_with("Cookie: "));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{fields}");
    }
}

#[test]
fn each_set_cookie_line_is_followed_by_what_it_means() {
    let server = Server::start();
    let deletes = |name: &str, path: &str| {
        format!(
            "Deletes the cookie named {name} with the path {path}: it must be the path that it was set with."
        )
    };
    for (path, meanings) in [
        ("/set-cookie", vec!["Sent to every page of this host, until the browser's session ends.".to_owned()]),
        (
            "/set-path-cookie",
            vec![
                "Sent to /set-path-cookie and everything below it; not to /set-path-cookie-alternate. \
                 Kept until the browser's session ends."
                    .to_owned(),
            ],
        ),
        (
            "/set-expiring-cookie",
            vec!["Sent to every page of this host. Kept for 15 seconds, until (time) GMT.".to_owned()],
        ),
        (
            "/set-long-lasting-cookie",
            vec!["Sent to every page of this host. Kept for 400 days, the most that Chromium and Firefox allow.".to_owned()],
        ),
        (
            "/delete-cookies",
            vec![
                deletes("cookie_name", "/"),
                deletes("path_cookie_name", "/set-path-cookie"),
                deletes("expiring_cookie_name", "/"),
                deletes("long_cookie_name", "/"),
            ],
        ),
    ] {
        for accept in ["", "Accept: text/plain\r\n"] {
            let page = server.get(path, accept);
            let shown = support::text_of(&page.body);
            for (line, meaning) in page.values("Set-Cookie").into_iter().zip(&meanings) {
                let time = line.split_once(" GMT").map_or("", |(date, _)| &date[date.len() - 8..]);
                let meaning = meaning.replace("(time)", time);
                let both = format!("\nSet-Cookie: {line}\n{meaning}\n");
                assert!(shown.contains(&both), "{path}: {shown}");
            }
        }
    }
}

/// What the browser will send to `/` and to `/set-path-cookie`, as a page and its text show it.
#[track_caller]
fn predictions(server: &Server, path: &str, cookies: &str) -> [String; 2] {
    let field = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
    let page = server.get(path, &field);
    let [root, below] = page.predicted();
    let text = server.get(path, &format!("Accept: text/plain\r\n{field}")).body;
    // A page doesn't see the cookies of a path that it isn't below.
    let is_below = ["/set-path-cookie", "/set-path-cookie/below"].contains(&path);
    let unseen = if is_below { "" } else { "\nand any kept for that path" };
    assert!(page.body.ends_with(&format!(
        "</code>{unseen}</dd>\n</dl>\n</section>\n</main>\n</body>\n</html>\n"
    )));
    for (pages, row) in [
        ("/ and /set-path-cookie-alternate", &root),
        ("/set-path-cookie and /set-path-cookie/below", &format!("{below}{unseen}")),
    ] {
        assert!(text.contains(&format!("\nto {pages}\n{row}\n\n")), "{text}");
    }
    [root, below].map(|row| row.strip_prefix("Cookie: ").map_or(row.clone(), str::to_owned))
}

#[test]
fn the_next_cookies_are_predicted() {
    let server = Server::start();
    let none = "no cookies";
    let set = "cookie_name=cookie_value";
    let path = "path_cookie_name=path_cookie_value";
    for (page, came, to_root, to_path) in [
        ("/", "", none, none),
        // What is set comes after what came.
        ("/set-cookie", "", set, set),
        (
            "/set-cookie",
            "a=1; b=2",
            "a=1; b=2; cookie_name=cookie_value",
            "a=1; b=2; cookie_name=cookie_value",
        ),
        // What is replaced keeps its place.
        (
            "/set-cookie",
            "cookie_name=old; b=2",
            "cookie_name=cookie_value; b=2",
            "cookie_name=cookie_value; b=2",
        ),
        // A longer path comes first, wherever its cookie was set.
        ("/set-path-cookie", "a=1", "a=1", "path_cookie_name=path_cookie_value; a=1"),
        ("/set-path-cookie", "", none, path),
        // One that comes to its path has that path,
        (
            "/set-path-cookie",
            "path_cookie_name=old; a=1",
            "a=1",
            "path_cookie_name=path_cookie_value; a=1",
        ),
        ("/set-path-cookie/below", "path_cookie_name=x; a=1", "a=1", "path_cookie_name=x; a=1"),
        // and one that comes to another page is another cookie, with Path=/. So is the second of that name.
        ("/", "path_cookie_name=x", "path_cookie_name=x", "path_cookie_name=x"),
        (
            "/set-path-cookie-alternate", "path_cookie_name=x", "path_cookie_name=x",
            "path_cookie_name=x",
        ),
        (
            "/set-path-cookie",
            "path_cookie_name=old; path_cookie_name=other",
            "path_cookie_name=other",
            "path_cookie_name=path_cookie_value; path_cookie_name=other",
        ),
        // What is deleted comes no more, and other cookies stay, also one of the same name and another path.
        ("/delete-cookies", "cookie_name=x; a=1; long_cookie_name=y", "a=1", "a=1"),
        ("/delete-cookies", "path_cookie_name=x", "path_cookie_name=x", "path_cookie_name=x"),
        (
            "/delete-cookies",
            "cookie_name=longer; cookie_name=root",
            "cookie_name=longer",
            "cookie_name=longer",
        ),
        // A browser returns values as they are, and cookies without a name.
        (
            "/nowhere", "a=\"1\";foo; =bar;c= d ;;e", "a=\"1\"; foo; =bar; c= d; e",
            "a=\"1\"; foo; =bar; c= d; e",
        ),
        ("/nowhere", "a=<b>&c", "a=<b>&c", "a=<b>&c"),
    ] {
        assert_eq!(predictions(&server, page, came), [to_root, to_path], "{page} {came}");
    }
}

#[test]
fn a_long_page_lists_no_more_cookies_and_shows_all_in_the_line() {
    let server = Server::start();
    let longest = |cookie: &str| cookie.repeat((limits::MAX_HEAD_BYTES - 100) / cookie.len());
    for (cookies, is_told) in [("a=b; ".repeat(5_000), false), (longest("a;"), true)] {
        let page = server.get("/", &format!("Cookie: {cookies}\r\n"));
        assert!(page.body.contains(&format!("Cookie: {}</code>", cookies.trim_end())));
        let sentence = "</table>\n<p>More cookies came: the Cookie line has all of them.</p>";
        assert_eq!(page.body.contains(sentence), is_told);
        assert!(is_told || page.cookies().len() == 5_000);
        assert!(page.body.len() < limits::MAX_LISTED_BYTES + 8 * 1024);
    }
}

#[test]
fn more_cookies_than_8_kib_are_shown_and_not_predicted() {
    let server = Server::start();
    let most = limits::MAX_PREDICTED_BYTES;
    let cookie = |length: usize| format!("a={}", "x".repeat(length - 2));
    assert_eq!(predictions(&server, "/", &cookie(most))[0], cookie(most));
    for accept in ["", "Accept: text/plain\r\n"] {
        let page = server.get("/", &format!("{accept}Cookie: {}\r\n", cookie(most + 1)));
        let sentence = "More than 8 KiB of cookies came: too much for a prediction.";
        assert!(page.body.contains(sentence) && page.body.contains(&cookie(most + 1)));
    }
}

#[test]
fn a_client_that_prefers_plain_text_gets_it() {
    let server = Server::start();
    for (fields, is_text) in [
        ("", false),
        ("Accept: text/plain\r\n", true),
        ("accept:TEXT/Plain\r\n", true),
        ("Accept: text/plain;charset=utf-8\r\n", true),
        ("Accept: text/plain;charset=\"UTF-8\"\r\n", true),
        ("Accept: text/plain;\r\n", true),
        ("Accept: text/html;q=0.8, text/plain; ;q=0.9\r\n", true),
        ("Accept: text/plain, text/html;q=0.9\r\n", true),
        ("Accept: text/html;q=0.9 , text/plain\r\n", true),
        ("Accept: text/html;q=0.25, text/plain;q=0.3\r\n", true),
        ("Accept: text/html; q=0.299 ,text/plain ; Q=0.3\r\n", true),
        ("Accept: text/html;q=0, text/plain;q=0.001\r\n", true),
        ("Accept: text/plain\r\nAccept: text/html;q=0.5\r\n", true),
        // The most specific range decides.
        ("Accept: text/*;q=0.1, text/plain\r\n", true),
        ("Accept: text/*, text/html;q=0.1\r\n", true),
        ("Accept: */*, text/html;q=0\r\n", true),
        ("Accept: text/plain;q=0.5, */*;q=0.1\r\n", true),
        // Without a preference, we send HTML, and so if the client accepts neither.
        ("Accept: */*\r\n", false),
        ("Accept: text/*\r\n", false),
        ("Accept:\r\n", false),
        ("Accept: text/plain, text/html\r\n", false),
        ("Accept: text/html;q=0.5, text/plain;q=0.50\r\n", false),
        ("Accept: text/plain;q=1.000, text/html\r\n", false),
        ("Accept: text/plain, */*\r\n", false),
        ("Accept: text/plain;q=0.9, */*\r\n", false),
        // A range with another parameter is for another type, and an ill-formed weight counts for nothing.
        ("Accept: text/html;level=1;q=0.3, text/html;q=0.7, text/plain;q=0.5\r\n", false),
        ("Accept: text/plain;format=flowed, text/html;q=0.5\r\n", false),
        ("Accept: text/plain;q=abc\r\n", false),
        ("Accept: text/plain;q=1.5\r\n", false),
        ("Accept: text/plain;q=10\r\n", false),
        ("Accept: text/plain;q=1.01\r\n", false),
        ("Accept: text/plain;q=0.1234\r\n", false),
        ("Accept: text/plain;q=\r\n", false),
        ("Accept: text/plain, text/html;q=1.9\r\n", true),
        ("Accept: text/plain;q=1., text/html;q=0.\r\n", true),
        ("Accept: text/plain;q=0\r\n", false),
        ("Accept: text/html;q=0.5, text/plain;Q=0.3\r\n", false),
        ("Accept: text/plain;q=0.000\r\n", false),
        ("Accept: text/html, text/plain;q=0.9\r\n", false),
        ("Accept: application/json\r\n", false),
        ("Accept: text/plainer, xtext/plain, text\r\n", false),
        ("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n", false),
    ] {
        for (method, path) in [
            ("GET", "/"),
            ("GET", "/set-cookie"),
            ("GET", "/nowhere"),
            ("POST", "/"),
            ("POST", "/nowhere"),
        ] {
            let head = format!("{method} {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
            let page = server.ask(head.as_bytes());
            let kind = if is_text { "text/plain" } else { "text/html" };
            let kind = format!("{kind}; charset=utf-8");
            assert_eq!(page.field("Content-Type"), Some(&*kind), "{method} {path} {fields}");
            assert_eq!(page.body.contains('<'), !is_text, "{method} {path} {fields}");
        }
    }
}

#[test]
fn the_text_is_the_page_for_a_terminal() {
    let server = Server::start();
    let cookies = "Cookie: a=\"1\"; path_cookie_name=x; foo\r\nCookie: b=<i>\r\n";
    let page = server.get("/set-path-cookie/below", &format!("Accept: text/plain\r\n{cookies}"));
    assert_eq!(page.status, 404);
    let expected = "\
404 Not Found: There is no page at this address.

Cookie: a=\"1\"; path_cookie_name=x; foo
Cookie: b=<i>
a = 1
path_cookie_name = x
(no name) = foo
b = <i>

This response sets no cookie.

A prediction of what comes next, if these cookies are kept:

to / and /set-path-cookie-alternate
Cookie: a=\"1\"; foo; b=<i>

to /set-path-cookie and /set-path-cookie/below
Cookie: path_cookie_name=x; a=\"1\"; foo; b=<i>

";
    let pages = links(&server.get("/", "").body).join(" ");
    assert_eq!(page.body, format!("{expected}Pages: {pages}\n"));
    let prefetch = server.get("/", "Accept: text/plain\r\nSec-Purpose: prefetch\r\n");
    let sentence = "503 Service Unavailable: This page is not served before a user asks for it.\n";
    assert_eq!((prefetch.status, &*prefetch.body), (503, sentence));
    let refused = server.ask(b"POST / HTTP/1.1\r\nHost: a\r\nAccept: text/plain\r\n\r\n");
    let sentence =
        "405 Method Not Allowed: This page can only be read: use GET, HEAD or OPTIONS.\n";
    assert_eq!((refused.status, &*refused.body), (405, sentence));
}

/// A terminal obeys control characters: those of ASCII are refused in a field, and C1 are not.
#[test]
fn the_text_has_no_control_characters() {
    let server = Server::start();
    let page = server.get("/\u{7F}", "Accept: text/plain\r\n");
    assert_eq!(page.status, 400);
    let field = "Accept: text/plain\r\nCookie: a=\u{9B}31m\tb; \u{85}=é\u{301}🍪\r\n";
    let text = server.get("/", field).body;
    assert!(text.starts_with("Cookie: a=\\u{9b}31m\\x09b; \\u{85}=é\\u{301}🍪\na = "), "{text}");
    assert!(!text.contains(|char: char| char.is_control() && char != '\n'), "{text}");
}

#[test]
fn no_response_may_be_cached() {
    let server = Server::start();
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        ("GET /favicon.ico HTTP/1.1\r\nHost: a\r\n\r\n", 204),
        ("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("PUT / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("GET / HTTP/1.1\r\n\r\n", 400),
    ] {
        let answer = server.ask(request.as_bytes());
        assert_eq!((answer.status, answer.field("Cache-Control")), (status, Some("no-store")));
        assert_eq!(answer.field("Content-Length").is_some(), status != 204);
        let allow = (status == 405).then_some("GET, HEAD, OPTIONS");
        assert_eq!(answer.field("Allow"), allow);
    }
}

/// Some browsers keep pages for the Back button in spite of `no-store`.
#[test]
fn every_page_reloads_itself_when_it_leaves_the_back_forward_cache() {
    let server = Server::start();
    for path in PATHS.into_iter().chain(["/nowhere", "/set-path-cookie/below"]) {
        let page = server.get(path, "").body;
        let reload = "\n<body onpageshow=\"if (event.persisted) location.reload()\">\n";
        assert_eq!(page.matches(reload).count(), 1, "{path}: {page}");
    }
}

/// A folder with a template, removed on drop.
struct Templates(PathBuf);

impl Templates {
    fn new(name: &str, template: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("cookies-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let templates = Self(folder);
        templates.write(template);
        templates
    }

    fn write(&self, template: impl AsRef<[u8]>) {
        fs::write(self.file(), template).unwrap();
    }

    fn file(&self) -> PathBuf {
        self.0.join("template.html")
    }
}

impl Drop for Templates {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn without_reload_a_template_is_read_once() {
    let templates = Templates::new("once", "first: << title >>");
    let server = Server::start_with(&["--templates", templates.0.to_str().unwrap()]);
    templates.write("second");
    assert_eq!(server.get("/", "").body, "first: Cookies");
}

#[test]
fn a_reloaded_template_shows_its_error_until_it_is_fixed() {
    let templates = Templates::new("reload", "first");
    let folder = templates.0.to_str().unwrap();
    let server = Server::start_with(&["--reload", "--templates", folder]);
    assert_eq!(server.get("/", "").body, "first");
    templates.write("\n  << unknown >>");
    let broken = server.get("/set-cookie", "");
    assert_eq!(broken.status, 500);
    let problem = format!("{folder}/template.html:2:6: unknown variable 'unknown'; the template");
    let excerpt = "\n\n2 |   << unknown >>\n  |      ^";
    let shown = support::unescape(&broken.body);
    assert!(shown.contains(&problem) && shown.contains(&format!("{excerpt}</pre>")), "{shown}");
    let notes = server.notes_with(excerpt);
    assert!(notes.starts_with(&format!("cookies: {problem}")), "{notes}");
    assert!(broken.values("Set-Cookie").is_empty());
    templates.write("second");
    assert_eq!(server.get("/", "").body, "second");
    fs::remove_file(templates.file()).unwrap();
    assert_eq!(server.get("/", "").status, 500);
}

/// What the program prints to standard error with this template, with which it must not start.
#[track_caller]
fn refusal(templates: &Path) -> String {
    let output = program().args(["--port", "0", "--templates"]).arg(templates).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_template_that_is_no_text_is_refused_at_the_start_and_at_a_reload() {
    let templates = Templates::new("no-text", "\u{FEFF}first");
    let folder = templates.0.to_str().unwrap();
    let server = Server::start_with(&["--reload", "--templates", folder]);
    assert_eq!(server.get("/", "").body, "first", "without the byte order mark");
    for (content, problem, excerpt) in [
        (&b""[..], "1:1: the template is empty", "1 | \n  | ^"),
        (b" \n\n", "1:1: the template is empty", "1 |  \n  | ^"),
        (
            b"<p>\ncaf\xE9 << title >>",
            "2:4: this byte (0xE9) is not UTF-8: save the file as UTF-8",
            "2 | caf\u{FFFD} << title >>\n  |    ^",
        ),
        (
            b"\xEF\xBB\xBF1 << 2",
            "1:3: this '<<' has no '>>'; write the text '<<' as '&lt;&lt;'",
            "1 | 1 << 2\n  |   ^",
        ),
    ] {
        templates.write(content);
        let sentence = format!("{folder}/template.html:{problem}\n");
        assert_eq!(refusal(&templates.0), format!("cookies: {sentence}"));
        let page = server.get("/set-cookie", "");
        assert_eq!((page.status, page.values("Set-Cookie").len()), (500, 0), "{problem}");
        let shown = support::unescape(&page.body);
        assert!(shown.contains(&format!("<pre>{sentence}\n{excerpt}</pre>")), "{shown}");
    }
    templates.write("second");
    assert_eq!(server.get("/set-cookie", "").values("Set-Cookie").len(), 1);
}

#[test]
fn a_template_that_cannot_be_read_is_a_sentence() {
    let templates = Templates::new("unreadable", "text");
    let folder = templates.0.to_str().unwrap();
    fs::create_dir_all(templates.0.join("below/template.html")).unwrap();
    let takes = format!("--templates takes a folder, such as '{folder}', not a file");
    for (option, problem) in [
        ("nowhere", "there is no such file; --templates names its folder"),
        ("template.html", &takes),
        ("template.html/below", &takes),
        ("below", "it is a folder, not a file"),
    ] {
        let option = templates.0.join(option);
        let sentence =
            format!("cookies: can't read {}/template.html: {problem}\n", option.display());
        assert_eq!(refusal(&option), sentence);
    }
    // Without a name before the file, the folder is the current one.
    let output =
        program().current_dir(folder).args(["--templates", "template.html"]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("--templates takes a folder, such as '.', not a file"), "{error}");
}
