//! Writes HTML, so that no text gets into a page unescaped: `<` becomes `&lt;`.

use crate::scan::{position, special_in_html};

/// A page that is being written. It consists of our own markup, from source code or template, and of escaped
/// text. Text from a client can't get in without being escaped: only [`text`](Self::text) takes it.
#[derive(Debug)]
pub struct Html<'a> {
    bytes: &'a mut Vec<u8>,
    /// Where the page starts.
    start: usize,
}

/// HTML that is rendered once, and copied into many pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment(String);

impl<'a> Html<'a> {
    /// A page that begins at the end of `bytes`.
    pub(crate) fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self { start: bytes.len(), bytes }
    }

    /// Appends our own markup. A `&'static str` is from our source code, not from a client.
    pub fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.push(markup)
    }

    /// Appends HTML as it is.
    pub fn fragment(&mut self, fragment: &Fragment) -> &mut Self {
        self.push(&fragment.0)
    }

    /// Appends text. Escapes the five characters that are special between tags or in a quoted attribute.
    pub fn text(&mut self, mut text: &str) -> &mut Self {
        while let Some(at) = position(text.as_bytes(), special_in_html) {
            self.push(&text[..at]);
            match text.as_bytes()[at] {
                b'&' => self.push("&amp;"),
                b'<' => self.push("&lt;"),
                b'>' => self.push("&gt;"),
                b'"' => self.push("&#34;"),
                b'\'' => self.push("&#39;"),
                // `#` isn't special, but `special_in_html` finds it, too.
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

    /// How many bytes the page has now.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len() - self.start
    }

    fn push(&mut self, html: &str) -> &mut Self {
        self.bytes.extend_from_slice(html.as_bytes());
        self
    }
}

impl Fragment {
    /// What `write` writes.
    #[expect(clippy::missing_panics_doc, reason = "only text can be written, so it is UTF-8")]
    pub fn new(write: impl FnOnce(&mut Html<'_>)) -> Self {
        let mut bytes = Vec::new();
        write(&mut Html::new(&mut bytes));
        Self(String::from_utf8(bytes).expect("HTML is text"))
    }

    /// The literal text of a [`Template`](crate::template::Template): our own markup, so not escaped.
    pub(crate) fn from_template(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The HTML as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
