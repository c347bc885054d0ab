//! The six pages, as the real program serves them.

mod support;

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
        let shown = support::unescape(page.element("set-cookies"));
        for line in page.values("Set-Cookie") {
            assert!(shown.contains(&format!("<code>Set-Cookie: {line}</code>")), "{path}: {shown}");
        }
        assert_eq!(shown.matches("<code>").count(), lines, "{path}");
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
    for fields in ["", "Cookie:\r\n", "Cookie: ; \t;=;\r\n"] {
        let none = server.get("/", fields);
        assert!(none.cookies().is_empty() && none.element("cookies").contains("No cookies came"));
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
    assert!(page.body.contains("<title>404 Not Found</title>"));
    assert!(page.body.contains("<strong>404 Not Found</strong> There is no page at this address."));
    let refused = server.ask(b"POST / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(
        refused.body.contains("<h1>405 Method Not Allowed</h1>\n<p>This page can only be read")
    );
    let shown = server.get("/", "").body;
    assert!(shown.contains("<title>Cookies</title>") && !shown.contains("class=\"problem\""));
    assert_eq!(server.get("/favicon.ico", "").status, 204);
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
