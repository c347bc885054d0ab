//! What a page shows of a request and its response: as variables of the template, or as plain text.

use super::ROUTES;
use super::jar::{Jar, PREDICTED, unseen};
use crate::html::{Fragment, Html};
use crate::limits;
use crate::request::Request;
use crate::scan::cut;
use crate::set_cookie::SetCookieLine;
use crate::status::Status;
use crate::visible::Visible;
use std::fmt::{self, Write as _};
use std::sync::LazyLock;

pub(super) const NO_PAGE: &str = "There is no page at this address.";
const NO_COOKIES: &str =
    "No cookies came with this request. What a page sets comes with the next one.";
const NO_SET_COOKIES: &str = "This response sets no cookie.";
const NONE_SENT: &str = "no cookies";
const NOT_LISTED: &str = "More cookies came: the Cookie line has all of them.";
const TOO_MANY_COOKIES: &str = "More than 8 KiB of cookies came: too much for a prediction.";

/// What a page shows.
pub(super) struct Shown<'a> {
    pub request: &'a Request<'a>,
    pub status: Status,
    /// The `Set-Cookie` lines of the response.
    pub set_cookies: &'a [SetCookieLine],
}

/// A variable of the template: appends its value to a page.
pub(super) type Variable = fn(&mut Html<'_>, &Shown<'_>);

pub(super) const VARIABLES: [(&str, Variable); 6] = [
    ("title", title),
    ("problem", problem),
    ("pages", pages),
    ("cookies", cookies),
    ("set_cookies", set_cookies),
    ("next_cookies", next_cookies),
];

fn title(page: &mut Html<'_>, shown: &Shown<'_>) {
    if shown.request.path != "/" {
        page.text(&shown.request.path).markup(" · ");
    }
    let status = shown.status;
    page.markup(if status == Status::OK { "Cookies" } else { status.as_str() });
}

fn problem(page: &mut Html<'_>, shown: &Shown<'_>) {
    let status = shown.status;
    if status == Status::NOT_FOUND {
        page.markup("<p class=\"problem\" role=\"alert\"><strong>").markup(status.as_str());
        page.markup("</strong> ").markup(NO_PAGE).markup("</p>");
    }
}

fn pages(page: &mut Html<'_>, shown: &Shown<'_>) {
    let index = ROUTES.iter().position(|(path, ..)| *path == shown.request.path);
    page.fragment(&LINKS[index.unwrap_or(ROUTES.len())]);
}

/// The links: one set for each page of `ROUTES`, and a last one for the error page. They are rendered once:
/// to render them for each response would take a quarter more instructions.
static LINKS: LazyLock<Vec<Fragment>> =
    LazyLock::new(|| (0..=ROUTES.len()).map(links_on_page).collect());

/// Links to all pages, with `aria-current` on the link to the page at `index` of `ROUTES`.
fn links_on_page(index: usize) -> Fragment {
    Fragment::new(|links| {
        for (each, &(path, ..)) in ROUTES.iter().enumerate() {
            let current = if each == index { r#"" aria-current="page">"# } else { r#"">"# };
            links.markup(r#"<a href=""#).text(path).markup(current).text(path).markup("</a>\n");
        }
    })
}

/// The `Cookie` lines of the request and a table of their cookies, or a sentence if there are none.
fn cookies(page: &mut Html<'_>, shown: &Shown<'_>) {
    if shown.request.cookies.pairs().next().is_none() {
        page.markup("<p>").markup(NO_COOKIES).markup("</p>");
        return;
    }
    for line in shown.request.cookies.lines() {
        page.markup("<p><code>Cookie: ").text(line).markup("</code></p>\n");
    }
    page.markup("<table>\n<thead><tr><th scope=\"col\">Name</th>")
        .markup("<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
    for (name, value) in shown.request.cookies.iter() {
        if page.length() > limits::MAX_LISTED_BYTES {
            page.markup("</tbody>\n</table>\n<p>").markup(NOT_LISTED).markup("</p>");
            return;
        }
        page.markup("<tr><td>");
        match name {
            "" => page.markup("<em>no name</em>"),
            name => page.text(name),
        };
        page.markup("</td><td>").text(value).markup("</td></tr>\n");
    }
    page.markup("</tbody>\n</table>");
}

/// A list of the `Set-Cookie` lines in the response, each with its meaning, or a sentence if there are none.
fn set_cookies(page: &mut Html<'_>, shown: &Shown<'_>) {
    if shown.set_cookies.is_empty() {
        page.markup("<p>").markup(NO_SET_COOKIES).markup("</p>");
        return;
    }
    page.markup("<ul>\n");
    for line in shown.set_cookies {
        page.markup("<li><code>Set-Cookie: ");
        let mut rest = &*line.value;
        while !rest.is_empty() {
            let part = cut(&mut rest, b';');
            let end = if rest.is_empty() { "" } else { ";" };
            // The style sheet of the template keeps each of these two on one line.
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

/// For each path in `PREDICTED`: the cookies that the browser sends there next, and a link to another path
/// that gets the same ones.
fn next_cookies(page: &mut Html<'_>, shown: &Shown<'_>) {
    let Some(jar) = Jar::after(shown.request, shown.set_cookies) else {
        page.markup("<p>").markup(TOO_MANY_COOKIES).markup("</p>");
        return;
    };
    page.markup("<dl>\n");
    for (path, alike) in PREDICTED {
        page.markup("<dt>to ").markup(path).markup(" and <a href=\"").markup(alike).markup("\">");
        page.markup(alike).markup("</a></dt>\n<dd><code>");
        let mut pairs = jar.sent_to(path);
        match pairs.next() {
            None => page.markup(NONE_SENT),
            Some(pair) => page.markup("Cookie: ").text(pair),
        };
        for pair in pairs {
            page.markup("; ").text(pair);
        }
        page.markup("</code>").markup(unseen(shown.request, path)).markup("</dd>\n");
    }
    page.markup("</dl>");
}

/// Writes the same as plain text, for a terminal, without the explanations in the template.
pub(super) fn text(page: &mut Visible<'_>, shown: &Shown<'_>) -> fmt::Result {
    let Shown { request, status, set_cookies } = *shown;
    if status == Status::NOT_FOUND {
        writeln!(page, "{}: {NO_PAGE}\n", status.as_str())?;
    }
    if request.cookies.pairs().next().is_none() {
        writeln!(page, "{NO_COOKIES}")?;
    } else {
        request.cookies.lines().try_for_each(|line| writeln!(page, "Cookie: {line}"))?;
    }
    for (name, value) in request.cookies.iter() {
        let name = if name.is_empty() { "(no name)" } else { name };
        writeln!(page, "{name} = {value}")?;
    }
    if set_cookies.is_empty() {
        writeln!(page, "\n{NO_SET_COOKIES}")?;
    }
    for line in set_cookies {
        writeln!(page, "\nSet-Cookie: {}\n{}", line.value, line.meaning)?;
    }
    writeln!(page, "\nA prediction of what comes next, if these cookies are kept:\n")?;
    if let Some(jar) = Jar::after(request, set_cookies) {
        for (path, alike) in PREDICTED {
            let cookies = jar.sent_to(path).collect::<Vec<_>>().join("; ");
            let label = if cookies.is_empty() { NONE_SENT } else { "Cookie: " };
            let unseen = unseen(request, path);
            writeln!(page, "to {path} and {alike}\n{label}{cookies}{unseen}\n")?;
        }
    } else {
        writeln!(page, "{TOO_MANY_COOKIES}\n")?;
    }
    let paths: Vec<_> = ROUTES.iter().map(|(path, ..)| *path).collect();
    writeln!(page, "Pages: {}", paths.join(" "))
}
