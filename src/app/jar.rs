//! Which cookies the browser has after an exchange, and which of them it sends next (RFC 6265 §5.3, §5.4).

use super::ROUTES;
use crate::cookies::trim;
use crate::limits;
use crate::request::Request;
use crate::scan::{cut, split_once};
use crate::set_cookie::{SetCookie, SetCookieLine};
use crate::space::emptied;
use std::cell::Cell;
use std::cmp::Reverse;
use std::mem;

/// The pages whose cookies are predicted, each with another that gets the same of the cookies in `ROUTES`.
pub(super) const PREDICTED: [(&str, &str); 2] =
    [("/", "/set-path-cookie-alternate"), ("/set-path-cookie", "/set-path-cookie/below")];

/// A browser's cookies, as far as one exchange shows them. It is a guess: a request doesn't tell the paths of
/// its cookies, and the browser may have others. It ignores `Domain`, `Secure` and escapes in paths.
pub(super) struct Jar<'a>(Vec<Cookie<'a>>);

struct Cookie<'a> {
    /// `name=value`, or only the value of a cookie without a name.
    pair: &'a str,
    path: &'a str,
}

impl<'a> Jar<'a> {
    /// The cookies after an exchange; `None` if too many came. A cookie that came gets the path of the cookie
    /// in `ROUTES` that has its name, if that path covers this page; any other gets `/`.
    pub(super) fn after(
        request: &'a Request<'_>,
        set_cookies: &'a [SetCookieLine],
    ) -> Option<Self> {
        if request.cookies.lines().map(str::len).sum::<usize>() > limits::MAX_PREDICTED_BYTES {
            return None;
        }
        let is_for = |path: &str| path != "/" && path_matches(&request.path, path);
        let here = |cookie: &&SetCookie<'_>| cookie.path.is_some_and(is_for);
        let ours = ROUTES.iter().flat_map(|(_, _, cookies)| *cookies).filter(here);
        let any_here = ours.clone().next().is_some();
        let mut jar = Self(SPACE.take());
        for pair in request.cookies.pairs() {
            // Most pages are on the path of no cookie: then no names are compared.
            let named = any_here.then(|| ours.clone().find(|ours| is_named(pair, ours.name)));
            // If a name came twice, the first has the longer path (RFC 6265 §5.4).
            let path = named
                .flatten()
                .and_then(|ours| ours.path.filter(|path| jar.position(ours.name, path).is_none()));
            jar.0.push(Cookie { pair, path: path.unwrap_or("/") });
        }
        for line in set_cookies {
            jar.receive(line, &request.path);
        }
        // The longest path comes first; of equal paths, the oldest cookie.
        jar.0.sort_by_key(|cookie| Reverse(cookie.path.len()));
        Some(jar)
    }

    /// Stores, replaces or deletes a cookie. Name and path identify it. One that is replaced keeps its place;
    /// but in Chromium, one whose value changes comes last
    /// (tests/clients: "A cookie whose value has changed").
    fn receive(&mut self, line: &'a SetCookieLine, page: &'a str) {
        let mut rest = &*line.value;
        let pair = cut(&mut rest, b';');
        let mut own_path = None;
        while !rest.is_empty() {
            own_path = cut(&mut rest, b';').strip_prefix(" Path=").or(own_path);
        }
        let path = own_path.unwrap_or_else(|| folder(page));
        let name = split_once(pair, b'=').map_or("", |(name, _)| name);
        let cookie = Cookie { pair, path };
        match (self.position(name, path), line.is_removal) {
            (Some(at), true) => _ = self.0.remove(at),
            (Some(at), false) => self.0[at] = cookie,
            (None, true) => {}
            (None, false) => self.0.push(cookie),
        }
    }

    fn position(&self, name: &str, path: &str) -> Option<usize> {
        self.0.iter().rposition(|cookie| is_named(cookie.pair, name) && cookie.path == path)
    }

    /// The cookies in a request for `path`, each as `name=value`.
    pub(super) fn sent_to(&self, path: &str) -> impl Iterator<Item = &str> {
        let sent = self.0.iter().filter(move |cookie| path_matches(path, cookie.path));
        sent.map(|cookie| cookie.pair)
    }
}

impl Drop for Jar<'_> {
    fn drop(&mut self) {
        SPACE.set(emptied(mem::take(&mut self.0)));
    }
}

thread_local! {
    /// The space of the last jar, for the next one of this thread.
    static SPACE: Cell<Vec<Cookie<'static>>> = const { Cell::new(Vec::new()) };
}

/// What a prediction for `path` can't show: a page outside that path doesn't get the cookies for it alone.
pub(super) fn unseen(request: &Request<'_>, path: &str) -> &'static str {
    if path_matches(&request.path, path) { "" } else { "\nand any kept for that path" }
}

fn is_named(pair: &str, name: &str) -> bool {
    pair.strip_prefix(name).is_some_and(|rest| trim(rest).starts_with('='))
}

/// Whether a cookie with the path `cookie_path` is sent to `path` (*path-match*, RFC 6265 §5.1.4).
fn path_matches(path: &str, cookie_path: &str) -> bool {
    let rest = path.strip_prefix(cookie_path);
    rest.is_some_and(|rest| {
        matches!(rest.as_bytes(), [] | [b'/', ..]) || cookie_path.ends_with('/')
    })
}

/// The path of a cookie that is set without one (*default-path*, RFC 6265 §5.1.4).
fn folder(path: &str) -> &str {
    path.rfind('/').map(|end| &path[..end]).filter(|folder| !folder.is_empty()).unwrap_or("/")
}
