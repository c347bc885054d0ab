//! The same page as plain text, for a terminal.

use super::ROUTES;
use super::jar::{Jar, PREDICTED, unseen};
use super::variables::{NO_COOKIE, NO_COOKIES, NO_PAGE, NO_SET_COOKIES, Shown, TOO_MANY_COOKIES};
use crate::status::Status;
use crate::visible::Visible;
use std::fmt::{self, Write as _};

/// Writes what the page of the template shows, without its explanations.
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
            let label = if cookies.is_empty() { NO_COOKIE } else { "Cookie: " };
            let unseen = unseen(request, path);
            writeln!(page, "to {path} and {alike}\n{label}{cookies}{unseen}\n")?;
        }
    } else {
        writeln!(page, "{TOO_MANY_COOKIES}\n")?;
    }
    let paths: Vec<_> = ROUTES.iter().map(|(path, ..)| *path).collect();
    writeln!(page, "Pages: {}", paths.join(" "))
}
