//! Templates: text with holes.
//!
//! ```text
//! <h1><< title >></h1>      with title = "Cookies & more"
//! <h1>Cookies &amp; more</h1>
//! ```
//!
//! A template is cut into pieces once, when it is compiled; whatever is wrong with it is found then.
//! Rendering only puts the pieces one behind the other.

use crate::html::{Html, escape_into};
use std::fmt;

/// A compiled template.
///
/// ```
/// use cookies_from_scratch::html::Html;
/// use cookies_from_scratch::template::{Template, Value};
///
/// let template = Template::compile("<p><< greeting >>, << name >>!</p>", &["greeting", "name"])?;
/// let greeting = Html::literal("<b>Hello</b>");
/// let page = template.render(&[Value::Html(&greeting), Value::Text("<World>")]);
/// assert_eq!(page.as_str(), "<p><b>Hello</b>, &lt;World&gt;!</p>");
///
/// let error = Template::compile("<p>\n<< nobody >></p>", &["greeting", "name"]).unwrap_err();
/// assert_eq!(error.to_string(), "2:4: there is no 'nobody' here, only greeting, name");
/// # Ok::<(), cookies_from_scratch::template::TemplateError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Template {
    pieces: Vec<Piece>,
    /// How long the text pieces are together: what a page has at least.
    text_length: usize,
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    /// The place of the hole's name among the names that the page provides.
    Hole(usize),
}

/// What goes into a hole.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Text, which is escaped.
    Text(&'a str),
    /// What is HTML already.
    Html(&'a Html),
}

impl Template {
    /// Cuts `source` into pieces. `names` are those that the page provides, in the order in which
    /// [`render`](Self::render) takes their values.
    ///
    /// `template = *( text / hole )`, `hole = "<<" *blank name *blank ">>"`,
    /// `name = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" )`
    ///
    /// # Errors
    ///
    /// A hole without its `>>`, one whose name is missing or ill-formed, or a name that is not among
    /// `names`; each with its line and column.
    pub fn compile(source: &str, names: &[&str]) -> Result<Self, TemplateError> {
        let mut template = Self { pieces: Vec::new(), text_length: 0 };
        let mut rest = source;
        while let Some(open) = rest.find("<<") {
            template.push_text(&rest[..open]);
            let inside = &rest[open + 2..];
            let at = |tail: &str| Place::of(source.len() - tail.len(), source);
            let close = inside
                .find(">>")
                .ok_or_else(|| at(&rest[open..]).error("this '<<' has no '>>'".to_owned()))?;
            let name = inside[..close].trim();
            let at_name = at(inside[..].trim_start());
            if !is_name(name) {
                let what = "a name of letters, digits and '_' must stand between '<<' and '>>'";
                return Err(at_name.error(what.to_owned()));
            }
            let index = names.iter().position(|&each| each == name).ok_or_else(|| {
                at_name.error(format!("there is no '{name}' here, only {}", names.join(", ")))
            })?;
            template.pieces.push(Piece::Hole(index));
            rest = &inside[close + 2..];
        }
        template.push_text(rest);
        Ok(template)
    }

    fn push_text(&mut self, text: &str) {
        self.text_length += text.len();
        self.pieces.push(Piece::Text(text.to_owned()));
    }

    /// Puts the values into the holes.
    ///
    /// # Panics
    ///
    /// If there are fewer values than there were names.
    pub fn render(&self, values: &[Value<'_>]) -> Html {
        let length = |value: &Value<'_>| match value {
            Value::Text(text) => text.len(),
            Value::Html(html) => html.as_str().len(),
        };
        let enough = self.text_length + values.iter().map(length).sum::<usize>();
        let mut page = String::with_capacity(enough);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => page.push_str(text),
                Piece::Hole(index) => match values[*index] {
                    Value::Text(text) => escape_into(text, &mut page),
                    Value::Html(html) => page.push_str(html.as_str()),
                },
            }
        }
        Html::from_template(page)
    }
}

/// `name = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" )`
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Line and column, both from 1; a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
}

impl Place {
    fn of(offset: usize, source: &str) -> Self {
        let before = &source[..offset];
        let line_start = before.rfind('\n').map_or(0, |line_end| line_end + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    fn error(self, problem: String) -> TemplateError {
        TemplateError { place: self, problem }
    }
}

/// What is wrong with a template, and where: `12:5: this '<<' has no '>>'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    place: Place,
    problem: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.place.line, self.place.column, self.problem)
    }
}

impl std::error::Error for TemplateError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_line_and_the_column() {
        let ill_formed = "a name of letters, digits and '_' must stand between '<<' and '>>'";
        for (source, line, column, problem) in [
            ("<< x", 1, 1, "this '<<' has no '>>'"),
            ("a\nbé<<x>", 2, 3, "this '<<' has no '>>'"),
            ("<< x >>\n<<", 2, 1, "this '<<' has no '>>'"),
            ("<<>>", 1, 3, ill_formed),
            ("<<   >>", 1, 6, ill_formed),
            ("a << x y >>", 1, 6, ill_formed),
            ("<< 1x >>", 1, 4, ill_formed),
            ("<< é >>", 1, 4, ill_formed),
            ("<<<x>>", 1, 3, ill_formed),
            ("\n\n << nobody >>", 3, 5, "there is no 'nobody' here, only x"),
        ] {
            let error = Template::compile(source, &["x"]).unwrap_err();
            assert_eq!(error.to_string(), format!("{line}:{column}: {problem}"), "{source:?}");
        }
    }

    #[test]
    fn a_hole_may_come_twice_or_never() {
        let template = Template::compile("<<x>><<x>>", &["y", "x"]).unwrap();
        let page = template.render(&[Value::Text("never"), Value::Text("1")]);
        assert_eq!(page.as_str(), "11");
    }
}
