//! Text that is safe to put into a page, as a type of its own.
//!
//! ```text
//! <script>   from a client    becomes    &lt;script&gt;
//! ```

/// HTML: what our own code wrote, and text of others with its special characters escaped.
///
/// There is no way to make it from a `String` without escaping: [`Html::literal`] takes what stands
/// in the source code, and nothing else.
///
/// ```
/// use cookies_from_scratch::html::Html;
/// let row = Html::literal("<td>").text("a < b").markup("</td>");
/// assert_eq!(row.as_str(), "<td>a &lt; b</td>");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Markup of our own.
    pub fn literal(markup: &'static str) -> Self {
        Self(markup.to_owned())
    }

    /// Adds markup of our own.
    pub fn markup(mut self, markup: &'static str) -> Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, escaped.
    pub fn text(mut self, text: &str) -> Self {
        escape_into(text, &mut self.0);
        self
    }

    /// Adds what is HTML already.
    pub fn append(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// The HTML as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For [`Template`](crate::template::Template), which takes the pieces of its own text as markup.
    pub(crate) fn from_template(markup: String) -> Self {
        Self(markup)
    }
}

/// Appends `text` to `html` with the five characters escaped that mean something in HTML, in a tag or
/// in a quoted attribute.
pub(crate) fn escape_into(text: &str, html: &mut String) {
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
        html.push_str(&text[plain..at]);
        html.push_str(escaped);
        plain = at + 1;
    }
    html.push_str(&text[plain..]);
}
