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
    let [start, after_title, before_pages, before_cookies, between, end] = TEXTS[..] else {
        panic!("the template has other placeholders");
    };
    let mut page = String::with_capacity(TEMPLATE.len() + VALUES_BYTES);
    page.push_str(start);
    page.push_str("Cookies");
    page.push_str(after_title);
    push_pages(&mut page, path);
    page.push_str(before_pages);
    page.push_str(before_cookies);
    push_cookies(&mut page, cookies);
    page.push_str(between);
    push_set_cookie(&mut page, set_cookie);
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

fn push_cookies<'a>(page: &mut String, cookies: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let mut cookies = cookies.into_iter().peekable();
    if cookies.peek().is_none() {
        page.push_str(
            "<p>No cookies came with this request. What a page sets comes with the next one.</p>",
        );
        return;
    }
    page.push_str("<table>\n<thead><tr><th scope=\"col\">Name</th>");
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
    page.push_str("</code></li>\n</ul>");
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
