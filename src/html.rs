//! Text that is safe to put into a page, as a type of its own.
//!
//! ```text
//! <script>   from a client    becomes    &lt;script&gt;
//! ```

use crate::scan::{equal, position};

/// HTML: what stands in our own source code and templates, and text of others with its special
/// characters escaped. There is no way to make it from a `String` without escaping.
///
/// ```
/// use cookies_from_scratch::html::Html;
/// let (mut list, mut items) = (Html::default(), Html::default());
/// items.element("li", "a < b").markup("<li>").text("&");
/// list.markup("<ul>\n").html(&items).markup("</ul>");
/// assert_eq!(list.as_str(), "<ul>\n<li>a &lt; b</li>\n<li>&amp;</ul>");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing yet, with space for so many bytes.
    pub(crate) fn with_capacity(length: usize) -> Self {
        Self(String::with_capacity(length))
    }

    /// The text of a [`Template`](crate::template::Template), which is markup of our own too.
    pub(crate) fn from_template(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Adds markup of our own.
    pub fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, with the five characters escaped that mean something in HTML, in a tag or in a
    /// quoted attribute.
    pub fn text(&mut self, mut text: &str) -> &mut Self {
        let special = |word| {
            [b'&', b'<', b'>', b'"', b'\''].iter().fold(0, |marks, &byte| marks | equal(word, byte))
        };
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

    /// Adds an element of this name on a line of its own, with text in it.
    pub fn element(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.markup("<").markup(name).markup(">").text(text);
        self.markup("</").markup(name).markup(">\n")
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
}
