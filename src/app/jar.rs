//! Which cookies the browser has after an exchange, and which of them it sends next (RFC 6265 §5.3, §5.4).
//!
//! It is a guess. A request doesn't tell the paths of its cookies, and the browser may have others. The guess
//! ignores `Domain`, `Secure` and escapes in paths.

use super::ROUTES;
use crate::cookies::trim;
use crate::limits;
use crate::request::Request;
use crate::scan::{cut, split_once};
use crate::set_cookie::SetCookieLine;
use crate::space::emptied;
use std::cell::Cell;
use std::cmp::Reverse;
use std::mem;

/// The paths for which a page predicts the cookies, each with another path that gets the same ones.
pub(super) const PREDICTED: [(&str, &str); 2] =
    [("/", "/set-path-cookie-alternate"), ("/set-path-cookie", "/set-path-cookie/below")];

/// A browser's cookies, in the order in which it sends them.
pub(super) struct Jar<'a>(Vec<Cookie<'a>>);

struct Cookie<'a> {
    /// `name=value`, or only the value of a cookie without a name.
    pair: &'a str,
    path: &'a str,
}

impl<'a> Jar<'a> {
    /// The cookies after `request` and its response; `None` if too many came.
    pub(super) fn after(
        request: &'a Request<'_>,
        set_cookies: &'a [SetCookieLine],
    ) -> Option<Self> {
        if request.cookies.lines().map(str::len).sum::<usize>() > limits::MAX_PREDICTED_BYTES {
            return None;
        }
        let mut jar = Self(SPACE.take());
        jar.0.extend(request.cookies.pairs().map(|pair| Cookie { pair, path: "/" }));
        // We guess that all have the path `/`, but for one case: on a page that gets our path cookie, the
        // first cookie with its name is that one, since the longest path comes first (RFC 6265 §5.4).
        for ours in ROUTES.iter().flat_map(|(_, _, cookies)| *cookies) {
            let path = ours.path.filter(|path| *path != "/" && path_matches(&request.path, path));
            let Some(path) = path else { continue };
            if let Some(cookie) = jar.0.iter_mut().find(|came| is_named(came.pair, ours.name)) {
                cookie.path = path;
            }
        }
        for line in set_cookies {
            jar.receive(line, &request.path);
        }
        // The longest path comes first; of equal paths, the oldest cookie.
        jar.0.sort_by_key(|cookie| Reverse(cookie.path.len()));
        Some(jar)
    }

    /// Stores, replaces or deletes a cookie, which its name and path identify. A cookie that is replaced
    /// keeps its place here. (In Chromium, it comes last if its value changes: tests/clients: "A cookie whose
    /// value has changed".)
    fn receive(&mut self, line: &'a SetCookieLine, page: &'a str) {
        let mut rest = &*line.value;
        let pair = cut(&mut rest, b';');
        let mut path = None;
        while !rest.is_empty() {
            path = cut(&mut rest, b';').strip_prefix(" Path=").or(path);
        }
        let path = path.unwrap_or_else(|| default_path(page));
        let name = split_once(pair, b'=').map_or("", |(name, _)| name);
        let cookie = Cookie { pair, path };
        // Of several with this name, the last has the path `/`: a browser sends the shortest path last.
        let is_same = |each: &Cookie<'_>| is_named(each.pair, name) && each.path == path;
        match (self.0.iter().rposition(is_same), line.is_removal) {
            (Some(at), true) => _ = self.0.remove(at),
            (Some(at), false) => self.0[at] = cookie,
            (None, true) => {}
            (None, false) => self.0.push(cookie),
        }
    }

    /// The cookies in a request for `path`, each as it is sent.
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
    /// The memory of the last jar, which the next jar of this thread uses: so a page allocates nothing.
    static SPACE: Cell<Vec<Cookie<'static>>> = const { Cell::new(Vec::new()) };
}

/// A further line if the browser may have cookies for `path` that this page doesn't get.
pub(super) fn unseen(request: &Request<'_>, path: &str) -> &'static str {
    if path_matches(&request.path, path) { "" } else { "\nand any kept for that path" }
}

/// Whether the cookie has this name. A client may send blanks before the `=`.
fn is_named(pair: &str, name: &str) -> bool {
    pair.strip_prefix(name).is_some_and(|rest| trim(rest).starts_with('='))
}

/// Whether a cookie with the path `cookie_path` is sent to `path` (*path-match*, RFC 6265 §5.1.4).
fn path_matches(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path).is_some_and(|rest| {
        matches!(rest.as_bytes(), [] | [b'/', ..]) || cookie_path.ends_with('/')
    })
}

/// The path of a cookie that `page` sets without one: its folder (*default-path*, RFC 6265 §5.1.4).
fn default_path(page: &str) -> &str {
    match page.rfind('/') {
        Some(0) | None => "/",
        Some(end) => &page[..end],
    }
}
