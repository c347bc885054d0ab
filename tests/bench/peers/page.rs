//! The page that every peer serves, byte for byte ours: one `String`, allocated once.

use std::sync::LazyLock;

const TEMPLATE: &str = include_str!("../../../templates/template.html");
const PATHS: [&str; 6] = [
    "/", "/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie",
    "/delete-cookies",
];

/// For the links, a browser's cookies, and some that need escaping.
const VALUES_BYTES: usize = 2048;

/// The template's text between its placeholders, `<< name >>`.
static TEXTS: LazyLock<Vec<&str>> =
    LazyLock::new(|| TEMPLATE.split("<< ").filter_map(|part| part.rsplit(" >>").next()).collect());

/// The page of `path`, with the request's cookies and the response's `Set-Cookie`.
pub fn render<'a>(
    path: &str,
    cookies: impl IntoIterator<Item = (&'a str, &'a str)>,
    set_cookie: Option<&str>,
) -> String {
    let [start, after_title, before_pages, before_cookies, before_set_cookies, before_next, end] =
        TEXTS[..]
    else {
        panic!("the template has other placeholders");
    };
    let mut cookies: Vec<_> = cookies.into_iter().collect();
    let mut page = String::with_capacity(TEMPLATE.len() + VALUES_BYTES);
    page.push_str(start);
    if path != "/" {
        page.push_str(path);
        page.push_str(" · ");
    }
    page.push_str("Cookies");
    page.push_str(after_title);
    push_pages(&mut page, path);
    page.push_str(before_pages);
    page.push_str(before_cookies);
    push_cookies(&mut page, &cookies);
    page.push_str(before_set_cookies);
    push_set_cookie(&mut page, set_cookie);
    page.push_str(before_next);
    if let Some((name, rest)) = set_cookie.and_then(|line| line.split_once('=')) {
        let value = rest.split(';').next().unwrap_or_default();
        match cookies.iter_mut().find(|(each, _)| *each == name) {
            Some(cookie) => cookie.1 = value,
            None => cookies.push((name, value)),
        }
    }
    push_next_cookies(&mut page, &cookies);
    page.push_str(end);
    page
}

fn push_pages(page: &mut String, shown: &str) {
    for path in PATHS {
        page.push_str("<a href=\"");
        page.push_str(path);
        page.push_str(if path == shown { "\" aria-current=\"page\">" } else { "\">" });
        page.push_str(path);
        page.push_str("</a>\n");
    }
}

fn push_cookies(page: &mut String, cookies: &[(&str, &str)]) {
    if cookies.is_empty() {
        page.push_str(
            "<p>No cookies came with this request. What a page sets comes with the next one.</p>",
        );
        return;
    }
    page.push_str("<p><code>");
    push_pairs(page, cookies);
    page.push_str("</code></p>\n<table>\n<thead><tr><th scope=\"col\">Name</th>");
    page.push_str("<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
    for (name, value) in cookies {
        page.push_str("<tr><td>");
        push_escaped(page, name);
        page.push_str("</td><td>");
        push_escaped(page, value);
        page.push_str("</td></tr>\n");
    }
    page.push_str("</tbody>\n</table>");
}

fn push_set_cookie(page: &mut String, set_cookie: Option<&str>) {
    let Some(set_cookie) = set_cookie else {
        page.push_str("<p>This response sets no cookie.</p>");
        return;
    };
    page.push_str("<ul>\n<li><code>Set-Cookie: ");
    push_escaped(page, set_cookie);
    page.push_str("</code>\n");
    push_escaped(page, "Sent to every page of this host, until the browser's session ends.");
    page.push_str("</li>\n</ul>");
}

/// The same cookies to each page: none of these has another path than `/`.
fn push_next_cookies(page: &mut String, cookies: &[(&str, &str)]) {
    page.push_str("<dl>\n");
    for (path, alike) in
        [("/", "/set-path-cookie-alternate"), ("/set-path-cookie", "/set-path-cookie/below")]
    {
        page.push_str("<dt>to ");
        page.push_str(path);
        page.push_str(" and <a href=\"");
        page.push_str(alike);
        page.push_str("\">");
        page.push_str(alike);
        page.push_str("</a></dt>\n<dd><code>");
        if cookies.is_empty() {
            page.push_str("no cookies");
        }
        push_pairs(page, cookies);
        page.push_str("</code>");
        if path != "/" {
            page.push_str("\nand any kept for that path");
        }
        page.push_str("</dd>\n");
    }
    page.push_str("</dl>");
}

fn push_pairs(page: &mut String, cookies: &[(&str, &str)]) {
    for (index, (name, value)) in cookies.iter().enumerate() {
        page.push_str(if index == 0 { "Cookie: " } else { "; " });
        push_escaped(page, name);
        page.push_str("=");
        push_escaped(page, value);
    }
}

fn push_escaped(page: &mut String, text: &str) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&#34;",
            b'\'' => "&#39;",
            _ => continue,
        };
        page.push_str(&text[plain..at]);
        page.push_str(escaped);
        plain = at + 1;
    }
    page.push_str(&text[plain..]);
}
