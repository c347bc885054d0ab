//! HTML as a type of its own, so that no text gets into a page unescaped: `<` becomes `&lt;`.

use crate::scan::{eight, equal, position};

/// A page that is being written: markup from our own source code and template, and any other text with its
/// special characters escaped. A text that comes from a client can't get in without being escaped.
#[derive(Debug)]
pub struct Html<'a>(&'a mut Vec<u8>);

/// HTML that is ready, to be copied into pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl<'a> Html<'a> {
    /// A page that begins at the end of `bytes`.
    pub(crate) fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Appends our own markup: a `&'static str` is from our source code, not from a client.
    pub fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.push(markup)
    }

    /// Appends HTML that is ready, and isn't escaped again.
    pub fn ready(&mut self, markup: &Markup) -> &mut Self {
        self.push(&markup.0)
    }

    /// Appends text, and escapes the five characters that are special in HTML, between tags or in a
    /// quoted attribute.
    pub fn text(&mut self, mut text: &str) -> &mut Self {
        // `<` and `>` differ in one bit; `"`, `#`, `&` and `'` in two. Setting these bits makes them equal,
        // so one comparison finds them. `#` isn't special, and is copied.
        let special = |word| equal(word | eight(0b10), b'>') | equal(word | eight(0b101), b'\'');
        while let Some(at) = position(text.as_bytes(), special) {
            self.push(&text[..at]);
            match text.as_bytes()[at] {
                b'&' => self.push("&amp;"),
                b'<' => self.push("&lt;"),
                b'>' => self.push("&gt;"),
                b'"' => self.push("&#34;"),
                b'\'' => self.push("&#39;"),
                _ => self.push("#"),
            };
            text = &text[at + 1..];
        }
        self.push(text)
    }

    /// Appends the element `name` with `text` in it, and a line break.
    pub fn element(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.markup("<").markup(name).markup(">").text(text);
        self.markup("</").markup(name).markup(">\n")
    }

    /// The length in bytes of this page, and of the answers before it.
    pub(crate) fn length(&self) -> usize {
        self.0.len()
    }

    fn push(&mut self, html: &str) -> &mut Self {
        self.0.extend_from_slice(html.as_bytes());
        self
    }
}

impl Markup {
    /// What `write` writes.
    ///
    /// # Panics
    ///
    /// Never: all that can be written is text.
    pub fn new(write: impl FnOnce(&mut Html<'_>)) -> Self {
        let mut bytes = Vec::new();
        write(&mut Html(&mut bytes));
        Self(String::from_utf8(bytes).expect("HTML is text"))
    }

    /// The literal text of a [`Template`](crate::template::Template): our own markup, so not escaped.
    pub(crate) fn from_template(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The HTML as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
