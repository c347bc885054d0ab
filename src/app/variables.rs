//! The variables of the template: what it shows of a request and its response.

use super::ROUTES;
use super::jar::{Jar, PREDICTED, unseen};
use crate::html::Html;
use crate::request::Request;
use crate::response::Response;
use crate::scan::split;
use crate::status::Status;
use std::sync::LazyLock;

/// The sentences of pages that have nothing to show, in HTML or as text.
pub(super) const NO_PAGE: &str = "There is no page at this address.";
pub(super) const NO_COOKIES: &str =
    "No cookies came with this request. What a page sets comes with the next one.";
pub(super) const NO_SET_COOKIES: &str = "This response sets no cookie.";
pub(super) const NO_COOKIE: &str = "no cookies";
pub(super) const TOO_MANY_COOKIES: &str =
    "More than 8 KiB of cookies came: too much for a prediction.";

/// A template variable: appends its value, for a request and its response, to a page.
pub(super) type Variable = fn(&mut Html, &Request<'_>, &Response);

/// The variables that the template may use.
pub(super) const VARIABLES: [(&str, Variable); 6] = [
    ("title", title),
    ("problem", problem),
    ("pages", pages),
    ("cookies", cookies),
    ("set_cookies", set_cookies),
    ("next_cookies", next_cookies),
];

fn title(page: &mut Html, request: &Request<'_>, response: &Response) {
    if request.path != "/" {
        page.text(&request.path).markup(" · ");
    }
    let status = response.status;
    page.markup(if status == Status::OK { "Cookies" } else { status.as_str() });
}

fn problem(page: &mut Html, _: &Request<'_>, response: &Response) {
    let status = response.status;
    if status == Status::NOT_FOUND {
        page.markup("<p class=\"problem\" role=\"alert\"><strong>").markup(status.as_str());
        page.markup("</strong> ").markup(NO_PAGE).markup("</p>");
    }
}

fn pages(page: &mut Html, request: &Request<'_>, _: &Response) {
    let shown = ROUTES.iter().position(|(path, ..)| *path == request.path);
    page.html(&LINKS[shown.unwrap_or(ROUTES.len())]);
}

/// The links on each page of `ROUTES` and, last, those on the error page for any other path.
static LINKS: LazyLock<Vec<Html>> = LazyLock::new(|| {
    let paths = ROUTES.iter().map(|(path, ..)| *path);
    paths.chain(["another"]).map(links).collect()
});

/// Links to all pages, with `aria-current` on the link to the page that is shown.
fn links(shown: &str) -> Html {
    let mut links = Html::default();
    for &(path, ..) in ROUTES {
        let current = if path == shown { "\" aria-current=\"page\">" } else { "\">" };
        links.markup("<a href=\"").text(path).markup(current).text(path).markup("</a>\n");
    }
    links
}

/// The `Cookie` lines of the request and a table of their cookies, or a sentence if there are none.
fn cookies(page: &mut Html, request: &Request<'_>, _: &Response) {
    if request.cookies.pairs().next().is_none() {
        page.markup("<p>").markup(NO_COOKIES).markup("</p>");
        return;
    }
    for line in request.cookies.lines() {
        page.markup("<p><code>Cookie: ").text(line).markup("</code></p>\n");
    }
    page.markup("<table>\n<thead><tr><th scope=\"col\">Name</th>")
        .markup("<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
    request.cookies.iter_all().for_each(|(name, value)| {
        page.markup("<tr><td>");
        match name {
            "" => page.markup("<em>no name</em>"),
            name => page.text(name),
        };
        page.markup("</td><td>").text(value).markup("</td></tr>\n");
    });
    page.markup("</tbody>\n</table>");
}

/// A list of the `Set-Cookie` lines in the response, each with its meaning, or a sentence if there are none.
fn set_cookies(page: &mut Html, _: &Request<'_>, response: &Response) {
    if response.set_cookies.is_empty() {
        page.markup("<p>").markup(NO_SET_COOKIES).markup("</p>");
        return;
    }
    page.markup("<ul>\n");
    for line in &response.set_cookies {
        page.markup("<li><code>Set-Cookie: ");
        let mut parts = split(&line.value, b';').peekable();
        while let Some(part) = parts.next() {
            let end = if parts.peek().is_some() { ";" } else { "" };
            // The template allows no line break within these two.
            if part.starts_with(" Expires=") || part.starts_with(" Max-Age=") {
                page.markup(" <span>").text(&part[1..]).markup(end).markup("</span>");
            } else {
                page.text(part).markup(end);
            }
        }
        page.markup("</code>\n").text(&line.meaning).markup("</li>\n");
    }
    page.markup("</ul>");
}

/// What the browser sends next, to each of `PREDICTED` and to another page, with a link to that.
fn next_cookies(page: &mut Html, request: &Request<'_>, response: &Response) {
    let Some(jar) = Jar::after(request, response) else {
        page.markup("<p>").markup(TOO_MANY_COOKIES).markup("</p>");
        return;
    };
    page.markup("<dl>\n");
    for (path, alike) in PREDICTED {
        page.markup("<dt>to ").markup(path).markup(" and <a href=\"").markup(alike).markup("\">");
        page.markup(alike).markup("</a></dt>\n<dd><code>");
        if jar.sent_to(path).next().is_none() {
            page.markup(NO_COOKIE);
        }
        for (index, pair) in jar.sent_to(path).enumerate() {
            page.markup(if index == 0 { "Cookie: " } else { "; " }).text(pair);
        }
        page.markup("</code>").markup(unseen(request, path)).markup("</dd>\n");
    }
    page.markup("</dl>");
}
