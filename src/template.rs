//! Templates: text with holes.
//!
//! ```text
//! <h1><< title >></h1>      with title = Cookies &amp; more
//! <h1>Cookies &amp; more</h1>
//! ```
//!
//! A template is cut into pieces once, when it is compiled; whatever is wrong with it is found then.
//! Rendering only puts the pieces one behind the other.

use crate::html::Html;
use crate::limits;
use std::fmt;

/// A compiled template.
///
/// ```
/// use cookies_from_scratch::html::Html;
/// use cookies_from_scratch::template::Template;
///
/// let names = [("name", "<World>")];
/// let template = Template::compile("<p>Hello, << name >>!</p>", &names)?;
/// let page = template.render(|page, value| _ = page.text(value));
/// assert_eq!(page.as_str(), "<p>Hello, &lt;World&gt;!</p>");
///
/// let error = Template::compile("<p>\n<< nobody >></p>", &names).unwrap_err();
/// assert_eq!(error.to_string(), "2:4: there is no 'nobody' here, only name");
/// assert_eq!(error.excerpt(), "2 | << nobody >></p>\n  |    ^");
/// # Ok::<(), cookies_from_scratch::template::TemplateError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Template<F> {
    pieces: Vec<Piece<F>>,
    /// How long the text is, with its holes as they stand there.
    length: usize,
}

#[derive(Clone, Debug)]
enum Piece<F> {
    Text(Html),
    /// What belongs to the hole's name.
    Hole(F),
}

impl<F: Copy> Template<F> {
    /// Cuts `source` into pieces. `names` are those that may stand in its holes, each with what
    /// [`render`](Self::render) is to fill the hole from.
    ///
    /// `template = *( text / hole )`, `hole = "<<" *space name *space ">>"`,
    /// `name = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" )`; a space may be any white space
    ///
    /// # Errors
    ///
    /// A hole without its `>>`, one whose name is missing or ill-formed, or a name that is not among
    /// `names`; each with its line and column.
    pub fn compile(source: &str, names: &[(&str, F)]) -> Result<Self, TemplateError> {
        let text = |text: &str| Piece::Text(Html::from_template(text.to_owned()));
        let mut pieces = Vec::new();
        let mut rest = source;
        while let Some(open) = rest.find("<<") {
            pieces.push(text(&rest[..open]));
            let inside = &rest[open + 2..];
            let Some(close) = inside.find(">>") else {
                let problem = "this '<<' has no '>>'".to_owned();
                return Err(TemplateError::at(&rest[open..], source, problem));
            };
            let name = inside[..close].trim();
            let known = names.iter().find(|(each, _)| *each == name);
            let (_, filling) = known.ok_or_else(|| {
                let problem = if is_name(name) {
                    let names: Vec<_> = names.iter().map(|(each, _)| *each).collect();
                    format!("there is no '{name}' here, only {}", names.join(", "))
                } else {
                    "a name of letters, digits and '_' must stand in '<< >>'".to_owned()
                };
                TemplateError::at(inside.trim_start(), source, problem)
            })?;
            pieces.push(Piece::Hole(*filling));
            rest = &inside[close + 2..];
        }
        pieces.push(text(rest));
        Ok(Self { pieces, length: source.len() })
    }

    /// A page: the text, and what `fill` adds for each hole.
    pub fn render(&self, fill: impl Fn(&mut Html, F)) -> Html {
        let mut page = Html::with_capacity(self.length + limits::FILLING);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => _ = page.html(text),
                Piece::Hole(filling) => fill(&mut page, *filling),
            }
        }
        page
    }
}

/// `name = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" )`
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What is wrong with a template, and where: `12:5: this '<<' has no '>>'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// From 1.
    line: usize,
    /// From 1; a column is a character.
    column: usize,
    problem: String,
    /// The text of that line.
    text: String,
}

impl TemplateError {
    /// The problem stands where the `rest` of `source` begins.
    fn at(rest: &str, source: &str, problem: String) -> Self {
        let before = &source[..source.len() - rest.len()];
        let line_start = before.rfind('\n').map_or(0, |line_end| line_end + 1);
        let column = before[line_start..].chars().count() + 1;
        let text = source[line_start..].lines().next().unwrap_or_default().to_owned();
        Self { line: before.matches('\n').count() + 1, column, problem, text }
    }

    /// The line with the problem, and a caret below it.
    pub fn excerpt(&self) -> String {
        let Self { line, column, text, .. } = self;
        let margin = " ".repeat(line.to_string().len());
        // A tab is as wide below as above.
        let before =
            text.chars().take(column - 1).map(|char| if char == '\t' { '\t' } else { ' ' });
        format!("{line} | {text}\n{margin} | {}^", before.collect::<String>())
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.problem)
    }
}

impl std::error::Error for TemplateError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_line_and_the_column() {
        let ill_formed = "a name of letters, digits and '_' must stand in '<< >>'";
        for (source, place, problem) in [
            ("<< x", "1:1", "this '<<' has no '>>'"),
            ("a\nbé<<x>", "2:3", "this '<<' has no '>>'"),
            ("<< x >>\n<<", "2:1", "this '<<' has no '>>'"),
            ("<<>>", "1:3", ill_formed),
            ("<<   >>", "1:6", ill_formed),
            ("a << x y >>", "1:6", ill_formed),
            ("<< 1x >>", "1:4", ill_formed),
            ("<< é >>", "1:4", ill_formed),
            ("<<<x>>", "1:3", ill_formed),
            ("\n\n << nobody >>", "3:5", "there is no 'nobody' here, only x"),
        ] {
            let error = Template::compile(source, &[("x", ())]).unwrap_err();
            assert_eq!(error.to_string(), format!("{place}: {problem}"), "{source:?}");
        }
    }

    #[test]
    fn the_caret_stands_below_the_problem() {
        for (source, excerpt) in [
            ("<< x", "1 | << x\n  | ^"),
            ("é\tbé<<no>>\r\nc", "1 | é\tbé<<no>>\n  |  \t    ^"),
            (&format!("{}<<no>>", "\n".repeat(9)), "10 | <<no>>\n   |   ^"),
            ("<<\n\nno>>", "3 | no>>\n  | ^"),
            ("<<\n>>", "2 | >>\n  | ^"),
        ] {
            let error = Template::compile(source, &[("x", ())]).unwrap_err();
            assert_eq!(error.excerpt(), excerpt, "{source:?}");
        }
    }

    #[test]
    fn a_hole_may_come_twice_or_never() {
        let template = Template::compile("<<x>><<x>>", &[("y", "never"), ("x", "1")]).unwrap();
        assert_eq!(template.render(|page, value| _ = page.text(value)).as_str(), "11");
    }
}
