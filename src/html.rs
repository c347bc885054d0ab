//! Text that is safe to put into a page, as a type of its own.
//!
//! ```text
//! <script>   from a client    becomes    &lt;script&gt;
//! ```

/// HTML: what stands in our own source code and templates, and text of others with its special
/// characters escaped. There is no way to make it from a `String` without escaping.
///
/// ```
/// use cookies_from_scratch::html::Html;
/// let cell = Html::default().markup("<td>").text("a < b").markup("</td>");
/// assert_eq!(cell.as_str(), "<td>a &lt; b</td>");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Adds markup of our own.
    pub fn markup(mut self, markup: &'static str) -> Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, with the five characters escaped that mean something in HTML, in a tag or in a
    /// quoted attribute.
    pub fn text(mut self, text: &str) -> Self {
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escaped = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&#34;",
                b'\'' => "&#39;",
                _ => continue,
            };
            self.0.push_str(&text[plain..at]);
            self.0.push_str(escaped);
            plain = at + 1;
        }
        self.0.push_str(&text[plain..]);
        self
    }

    /// Adds what is HTML already.
    pub fn html(mut self, other: &Self) -> Self {
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
