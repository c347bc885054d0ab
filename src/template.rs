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
    /// Each hole: the text before it, and what belongs to its name.
    holes: Vec<(Html, F)>,
    /// The text behind the last hole.
    rest: Html,
    /// How long the text is, with its holes as they stand there.
    length: usize,
}

impl<F: Copy> Template<F> {
    /// Cuts `source` into pieces. `names` are those that may stand in its holes, each with what
    /// [`render`](Self::render) is to fill the hole from.
    ///
    /// `template = *( text / hole )`, `hole = "<<" *space name *space ">>"`
    ///
    /// # Errors
    ///
    /// A hole without its `>>`, or one whose name is missing, ill-formed or not among `names`; each
    /// with its line and column.
    pub fn compile(source: &str, names: &[(&str, F)]) -> Result<Self, TemplateError> {
        let mut holes = Vec::new();
        let mut rest = source;
        while let Some((text, behind)) = rest.split_once("<<") {
            let Some((inside, next)) = behind.split_once(">>") else {
                let problem = "this '<<' has no '>>'".to_owned();
                return Err(TemplateError::at(&rest[text.len()..], source, problem));
            };
            let filling = filling(inside.trim(), names)
                .map_err(|problem| TemplateError::at(behind.trim_start(), source, problem))?;
            holes.push((Html::from_template(text), filling));
            rest = next;
        }
        Ok(Self { holes, rest: Html::from_template(rest), length: source.len() })
    }

    /// A page: the text, and what `fill` adds for each hole.
    pub fn render(&self, fill: impl Fn(&mut Html, F)) -> Html {
        let mut page = Html::with_capacity(self.length + limits::TEMPLATE_VALUES_CAPACITY);
        for (text, filling) in &self.holes {
            fill(page.html(text), *filling);
        }
        page.html(&self.rest);
        page
    }
}

/// What belongs to `name`, or what is wrong with it.
///
/// `name = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" )`
fn filling<F: Copy>(name: &str, names: &[(&str, F)]) -> Result<F, String> {
    if let Some((_, filling)) = names.iter().find(|(each, _)| *each == name) {
        return Ok(*filling);
    }
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    if name.is_empty()
        || name.starts_with(|first: char| first.is_ascii_digit())
        || !name.chars().all(is_part)
    {
        return Err("a name of letters, digits and '_' must stand in '<< >>'".to_owned());
    }
    let names: Vec<_> = names.iter().map(|(each, _)| *each).collect();
    Err(format!("there is no '{name}' here, only {}", names.join(", ")))
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
