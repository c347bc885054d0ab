//! `Cookie:` — what came in (RFC 6265 §4.2, §5.4).
//!
//! ```text
//! Cookie: cookie_name=cookie_value; long_cookie_name=long_cookie_value
//!         └────── cookie-pair ───┘└┘
//!                                 separator
//! ```
//!
//! The browser sends names and values and nothing else: no path, no lifetime.

use crate::scan::split_once;
use std::borrow::Cow;
use std::iter;

/// The cookies of one request, in the order in which they came, with duplicates.
///
/// Nothing changes them: what is to reach the browser goes out in a
/// [`SetCookie`](crate::set_cookie::SetCookie).
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
    /// The values of the `Cookie` field lines. They are taken apart when somebody asks for them.
    values: Vec<Cow<'a, str>>,
}

impl<'a> Cookies<'a> {
    /// The cookies in the values of all `Cookie` field lines. A browser sends one line; several are
    /// read as if a `; ` stood between them.
    pub fn from_fields(values: impl IntoIterator<Item = &'a [u8]>) -> Self {
        Self { values: values.into_iter().map(text).collect() }
    }

    /// The value of the first cookie of this name. Of several, a browser sends the one with the
    /// longest path first (RFC 6265 §5.4).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|&(each, _)| each == name).map(|(_, value)| value)
    }

    /// All names and values, in order.
    ///
    /// `cookie-string = cookie-pair *( ";" SP cookie-pair )`
    ///
    /// The grammar binds whoever *sends*; browsers send what they were given. So we split at every
    /// `;`, even between quotes, and a piece that is no cookie-pair costs only itself.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().flat_map(|value| pieces(value).filter_map(cookie_pair))
    }
}

/// Bytes that are no UTF-8 are replaced. Neither a separator nor a blank can be among them.
fn text(value: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(value).map_or_else(|_| String::from_utf8_lossy(value), Cow::Borrowed)
}

fn pieces(mut rest: &str) -> impl Iterator<Item = &str> {
    iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, behind) = split_once(rest, b';').unwrap_or((rest, ""));
        rest = behind;
        Some(piece)
    })
}

/// `cookie-pair = cookie-name "=" cookie-value`
///
/// `None` where there is no `=` or no name before it: nobody could ask for such a cookie.
fn cookie_pair(piece: &str) -> Option<(&str, &str)> {
    // A no-break space is no blank: it belongs to the value.
    const BLANKS: [char; 2] = [' ', '\t'];
    let (name, value) = split_once(piece, b'=')?;
    let name = name.trim_matches(BLANKS);
    (!name.is_empty()).then(|| (name, unquote(value.trim_matches(BLANKS))))
}

/// `cookie-value = *cookie-octet / ( DQUOTE *cookie-octet DQUOTE )`
///
/// One pair of quotes is taken off. What stands between stays as it is: Python writes `\073` for `;`
/// there, and no browser knows of it.
fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}
