//! HTML as a type of its own, so that no text gets into a page unescaped: `<` becomes `&lt;`.

use crate::scan::{eight, equal, position};

/// HTML: markup from our own source code and template, and any other text with its special
/// characters escaped. A `String` that comes from a client can't get in without being escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Empty HTML with space for `length` bytes.
    pub(crate) fn with_capacity(length: usize) -> Self {
        Self(String::with_capacity(length))
    }

    /// The literal text of a [`Template`](crate::template::Template): our own markup, so not escaped.
    pub(crate) fn from_template(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Appends our own markup: a `&'static str` is from our source code, not from a client.
    pub fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Appends text, and escapes the five characters that are special in HTML, between tags or in a
    /// quoted attribute.
    pub fn text(&mut self, mut text: &str) -> &mut Self {
        // `<` and `>` differ in one bit; `"`, `#`, `&` and `'` in two. Setting these bits makes them equal,
        // so one comparison finds them. `#` isn't special, and is copied.
        let special = |word| equal(word | eight(0b10), b'>') | equal(word | eight(0b101), b'\'');
        while let Some(at) = position(text.as_bytes(), special) {
            let (plain, rest) = text.split_at(at);
            self.0.push_str(plain);
            self.0.push_str(match rest.as_bytes()[0] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&#34;",
                b'\'' => "&#39;",
                _ => "#",
            });
            text = &rest[1..];
        }
        self.0.push_str(text);
        self
    }

    /// Appends the element `name` with `text` in it, and a line break.
    pub fn element(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.markup("<").markup(name).markup(">").text(text);
        self.markup("</").markup(name).markup(">\n")
    }

    /// Appends other HTML, which isn't escaped again.
    pub fn html(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// The HTML as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}
