//! `Cookie`: the cookies that a browser sends (RFC 6265 §4.2, §5.4).
//!
//! ```text
//! Cookie: cookie_name=cookie_value; long_cookie_name=long_cookie_value
//! ```
//!
//! A browser sends names and values and nothing else: no path, no lifetime.

use crate::scan::{cut, split_once};
use std::borrow::Cow;
use std::iter;

/// The cookies of one request in the order in which they arrived, including duplicates.
///
/// ```
/// use cookies_from_scratch::cookies::Cookies;
/// let cookies = Cookies::from_fields([&b"a=1; b=2"[..], b"a=3"]);
/// assert_eq!(cookies.get("a"), Some("1"));
/// assert_eq!(cookies.get("c"), None);
/// assert_eq!(cookies.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2"), ("a", "3")]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cookies<'a> {
    /// The value of the first `Cookie` line, split only when a cookie is read.
    first: Cow<'a, str>,
    /// The values of further lines, which no browser sends.
    further: Vec<Cow<'a, str>>,
}

impl<'a> Cookies<'a> {
    /// The cookies in the values of all `Cookie` lines. We read several as if they were joined with `; `.
    pub fn from_fields(values: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut values = values.into_iter().map(text);
        Self { first: values.next().unwrap_or_default(), further: values.collect() }
    }

    /// The value of the first cookie of this name. Of several, a browser sends the one with the longest path
    /// first (RFC 6265 §5.4); not all clients do (tests/clients: "One name, two paths").
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|&(each, _)| each == name).map(|(_, value)| value)
    }

    /// All names and values, in order. A cookie without a `=` is a value without a name: after
    /// `document.cookie = "foo"`, Chromium and `WebKitGTK` send `Cookie: foo` (6265bis §5.8.3), which is
    /// `("", "foo")` here. Few servers read it so (tests/clients: "No name in a request").
    ///
    /// `cookie-string = cookie-pair *( ";" SP cookie-pair )`
    ///
    /// The grammar says what a server should set, but browsers return any value that a server has set. So we
    /// split at every `;`, even between quotes, and skip only blanks and pairs that are empty or `=`.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs().map(cookie_pair)
    }

    /// The cookies as they came: `name=value`, or only a value.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = &str> {
        // `rest` is what is left of the current line.
        let (mut rest, mut further) = (&*self.first, self.further.iter());
        iter::from_fn(move || {
            loop {
                if rest.is_empty() {
                    // Ends the iterator if there is no other line.
                    rest = further.next()?;
                }
                let pair = trim(cut(&mut rest, b';'));
                if !matches!(pair, "" | "=") {
                    return Some(pair);
                }
            }
        })
    }

    /// The values of the `Cookie` lines; one empty value if there is none.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        iter::once(&self.first).chain(&self.further).map(Cow::as_ref)
    }
}

/// Replaces bytes that aren't UTF-8. Separators and blanks are ASCII, so none of them gets lost.
fn text(value: &[u8]) -> Cow<'_, str> {
    // `from_utf8_lossy` alone would do the same, with 6 % more of a page's instructions.
    std::str::from_utf8(value).map_or_else(|_| String::from_utf8_lossy(value), Cow::Borrowed)
}

/// `cookie-pair = cookie-name "=" cookie-value`
///
/// Without a `=`, all is the value, as in a browser (6265bis §5.6).
fn cookie_pair(pair: &str) -> (&str, &str) {
    let (name, value) = split_once(pair, b'=').unwrap_or(("", pair));
    (trim(name), unquote(trim(value)))
}

/// `text` without the blanks around it. A no-break space isn't a blank: it belongs to the value.
pub(crate) fn trim(text: &str) -> &str {
    // `trim_matches` alone would do the same, with 2 % more of a page's instructions.
    match text.as_bytes() {
        [b' ' | b'\t', ..] | [.., b' ' | b'\t'] => text.trim_matches([' ', '\t']),
        _ => text,
    }
}

/// `cookie-value = *cookie-octet / ( DQUOTE *cookie-octet DQUOTE )`
///
/// Removes one pair of quotes, and decodes nothing between them: Python writes `;` as `\073` there, but no
/// standard defines that.
fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}
