//! Text that is safe to put into a page, as a type of its own.
//!
//! ```text
//! <script>   from a client    becomes    &lt;script&gt;
//! ```

use crate::scan::{Word, equal, position};

/// HTML: what stands in our own source code and templates, and text of others with its special
/// characters escaped. There is no way to make it from a `String` without escaping.
///
/// ```
/// use cookies_from_scratch::html::Html;
/// let mut cell = Html::default();
/// cell.markup("<td>").text("a < b").markup("</td>");
/// assert_eq!(cell.as_str(), "<td>a &lt; b</td>");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing yet, with space for so many bytes.
    pub fn with_capacity(length: usize) -> Self {
        Self(String::with_capacity(length))
    }

    /// Adds markup of our own.
    pub fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, with the five characters escaped that mean something in HTML, in a tag or in a
    /// quoted attribute.
    pub fn text(&mut self, mut text: &str) -> &mut Self {
        while let Some(at) = position(text.as_bytes(), special) {
            let (plain, rest) = text.split_at(at);
            self.0.push_str(plain);
            self.0.push_str(match rest.as_bytes()[0] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&#34;",
                _ => "&#39;",
            });
            text = &rest[1..];
        }
        self.0.push_str(text);
        self
    }

    /// Adds what is HTML already.
    pub fn html(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// The HTML as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For [`Template`](crate::template::Template), whose own text is markup.
    pub(crate) fn from_template(markup: String) -> Self {
        Self(markup)
    }
}

/// Marks what means something in HTML.
fn special(word: Word) -> Word {
    equal(word, b'&')
        | equal(word, b'<')
        | equal(word, b'>')
        | equal(word, b'"')
        | equal(word, b'\'')
}
