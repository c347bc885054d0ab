//! The same page as plain text, for a terminal.

use super::ROUTES;
use super::jar::{Jar, PREDICTED, unseen};
use super::variables::{
    MORE_COOKIES, NO_COOKIE, NO_COOKIES, NO_PAGE, NO_SET_COOKIES, Shown, TOO_MANY_COOKIES,
};
use crate::limits;
use crate::status::Status;
use crate::visible::visible;

/// What the page of the template shows, without its explanations.
pub(super) fn text(shown: &Shown<'_>) -> String {
    let Shown { request, status, set_cookies } = *shown;
    let mut lines = Vec::new();
    if status != Status::OK {
        lines.push(format!("{}: {NO_PAGE}\n", status.as_str()));
    }
    if request.cookies.pairs().next().is_none() {
        lines.push(NO_COOKIES.to_owned());
    } else {
        lines.extend(request.cookies.lines().map(|line| format!("Cookie: {line}")));
    }
    let mut cookies = request.cookies.iter_all();
    for (name, value) in cookies.by_ref().take(limits::MAX_LISTED_COOKIES) {
        let name = if name.is_empty() { "(no name)" } else { name };
        lines.push(format!("{name} = {value}"));
    }
    if cookies.next().is_some() {
        lines.push(MORE_COOKIES.to_owned());
    }
    lines.push(String::new());
    if set_cookies.is_empty() {
        lines.push(format!("{NO_SET_COOKIES}\n"));
    }
    for line in set_cookies {
        lines.push(format!("Set-Cookie: {}\n{}\n", line.value, line.meaning));
    }
    lines.push("A prediction of what comes next, if these cookies are kept:\n".to_owned());
    match Jar::after(shown) {
        None => lines.push(format!("{TOO_MANY_COOKIES}\n")),
        Some(jar) => lines.extend(PREDICTED.map(|(path, alike)| {
            let cookies = jar.sent_to(path).collect::<Vec<_>>().join("; ");
            let next = if cookies.is_empty() { NO_COOKIE } else { &format!("Cookie: {cookies}") };
            format!("to {path} and {alike}\n{next}{}\n", unseen(shown, path))
        })),
    }
    let paths: Vec<_> = ROUTES.iter().map(|(path, ..)| *path).collect();
    lines.push(format!("Pages: {}\n", paths.join(" ")));
    visible(lines.join("\n").as_bytes())
}
