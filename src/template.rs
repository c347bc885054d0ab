//! Templates: text with placeholders.
//!
//! ```text
//! <h1><< title >></h1>      with title = Cookies & more
//! <h1>Cookies &amp; more</h1>
//! ```
//!
//! A template is compiled once into literal text and variables, which finds every mistake in it.
//! Rendering only appends the text and the values of the variables.
//!
//! For the text `<<` itself, write `&lt;&lt;`: a template is HTML.

use crate::html::Html;
use crate::limits;
use std::fmt;

/// A compiled template.
///
/// ```
/// use cookies_from_scratch::html::Html;
/// use cookies_from_scratch::template::Template;
///
/// let variables = [("name", "<World>")];
/// let template = Template::compile("<p>Hello, << name >>!</p>", &variables)?;
/// let page = template.render(|page, value| _ = page.text(value));
/// assert_eq!(page.as_str(), "<p>Hello, &lt;World&gt;!</p>");
///
/// let error = Template::compile("<p>\n<< nam >></p>", &variables).unwrap_err();
/// assert_eq!(error.to_string(), "2:4: unknown variable 'nam'; the template may use: name");
/// assert_eq!(error.excerpt(), "2 | << nam >></p>\n  |    ^");
/// # Ok::<(), cookies_from_scratch::template::TemplateError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Template<V> {
    /// Each placeholder: the text before it, and its variable.
    placeholders: Vec<(Html, V)>,
    /// The text after the last placeholder.
    rest: Html,
    /// The length of the source in bytes.
    source_length: usize,
}

impl<V: Copy> Template<V> {
    /// Splits `source` at its placeholders. Each must name one of `variables`: a name, and a `V` from
    /// which [`render`](Self::render) makes the value.
    ///
    /// `template = *( text / placeholder )`, `placeholder = "<<" *space name *space ">>"`
    ///
    /// # Errors
    ///
    /// A placeholder without its `>>`, or one whose name is missing, ill-formed or not among
    /// `variables`, with its line and column.
    pub fn compile(source: &str, variables: &[(&str, V)]) -> Result<Self, TemplateError> {
        let mut placeholders = Vec::new();
        let mut rest = source;
        while let Some((text, after)) = rest.split_once("<<") {
            let Some((inside, next)) = after.split_once(">>") else {
                let problem = format!("this '<<' has no '>>'; {ADVICE}");
                return Err(TemplateError::at(&rest[text.len()..], source, problem));
            };
            let variable = find_variable(inside.trim(), variables)
                .map_err(|problem| TemplateError::at(after.trim_start(), source, problem))?;
            placeholders.push((Html::from_template(text), variable));
            rest = next;
        }
        let rest = Html::from_template(rest);
        Ok(Self { placeholders, rest, source_length: source.len() })
    }

    /// Compiles the content of a file, without the byte order mark that some editors write.
    ///
    /// # Errors
    ///
    /// Those of [`compile`](Self::compile). The content must also be UTF-8 and not empty: it is empty while
    /// some editors save it.
    pub fn compile_file(content: &[u8], variables: &[(&str, V)]) -> Result<Self, TemplateError> {
        let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
        let text = String::from_utf8_lossy(content);
        if let Err(error) = std::str::from_utf8(content) {
            let at = error.valid_up_to();
            let byte = content[at];
            let problem = format!("this byte (0x{byte:02X}) is not UTF-8: save the file as UTF-8");
            return Err(TemplateError::at(&text[at..], &text, problem));
        }
        if text.trim().is_empty() {
            return Err(TemplateError::at(&text, &text, "the template is empty".to_owned()));
        }
        Self::compile(&text, variables)
    }

    /// Renders a page: the text, and for each placeholder the value that `append_value` appends.
    pub fn render(&self, append_value: impl Fn(&mut Html, V)) -> Html {
        let mut page = Html::with_capacity(self.source_length + limits::TEMPLATE_VALUES_CAPACITY);
        for (text, variable) in &self.placeholders {
            append_value(page.html(text), *variable);
        }
        page.html(&self.rest);
        page
    }
}

/// The variable called `name`, or the sentence that says why there is none.
///
/// `name = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" )`
fn find_variable<V: Copy>(name: &str, variables: &[(&str, V)]) -> Result<V, String> {
    if let Some((_, variable)) = variables.iter().find(|(each, _)| *each == name) {
        return Ok(*variable);
    }
    let is_name_char = |char: char| char.is_ascii_alphanumeric() || char == '_';
    if name.is_empty()
        || name.starts_with(|first: char| first.is_ascii_digit())
        || !name.chars().all(is_name_char)
    {
        return Err(format!("'<< >>' must contain a name of letters, digits and '_'; {ADVICE}"));
    }
    let names: Vec<_> = variables.iter().map(|(each, _)| *each).collect();
    Err(format!("unknown variable '{name}'; the template may use: {}", names.join(", ")))
}

/// How to write a `<<` that is not the start of a placeholder.
const ADVICE: &str = "write the text '<<' as '&lt;&lt;'";

/// A mistake in a template, with its line and column: `12:5: this '<<' has no '>>'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Counted from 1.
    line: usize,
    /// Counted from 1, in characters.
    column: usize,
    problem: String,
    /// The text of that line.
    text: String,
}

impl TemplateError {
    /// The problem is at the start of `rest`, which is the last part of `source`.
    fn at(rest: &str, source: &str, problem: String) -> Self {
        let before = &source[..source.len() - rest.len()];
        let line_start = before.rfind('\n').map_or(0, |line_end| line_end + 1);
        let column = before[line_start..].chars().count() + 1;
        let text = source[line_start..].lines().next().unwrap_or_default().to_owned();
        Self { line: before.matches('\n').count() + 1, column, problem, text }
    }

    /// The line with the problem, and a caret below the problem.
    pub fn excerpt(&self) -> String {
        let Self { line, column, text, .. } = self;
        let margin = " ".repeat(line.to_string().len());
        let indent: String = text.chars().take(column - 1).map(blank_as_wide_as).collect();
        format!("{line} | {text}\n{margin} | {indent}^")
    }
}

/// White space that is as wide as `char`, so that the caret is exactly below the problem.
fn blank_as_wide_as(char: char) -> &'static str {
    let is_in = |ranges: &[u32]| ranges.partition_point(|&bound| bound <= char.into()) % 2 == 1;
    match char {
        '\t' => "\t",
        _ if is_in(&ZERO_WIDTH) => "",
        _ if is_in(&WIDE) => "\u{3000}",
        _ => " ",
    }
}

/// No column: combining marks of common scripts, joiners, variation selectors. Of each range, the first
/// character and the first after it.
const ZERO_WIDTH: [u32; 52] = [
    0x300, 0x370, 0x483, 0x48A, 0x591, 0x5BE, 0x610, 0x61B, 0x64B, 0x660, 0x6D6, 0x6DD, 0x900,
    0x903, 0x93C, 0x93D, 0x941, 0x949, 0x94D, 0x94E, 0xE31, 0xE32, 0xE34, 0xE3B, 0xE47, 0xE4F,
    0x1160, 0x1200, 0x1AB0, 0x1B00, 0x1DC0, 0x1E00, 0x200B, 0x2010, 0x202A, 0x202F, 0x2060, 0x2070,
    0x20D0, 0x2100, 0x302A, 0x302E, 0x3099, 0x309B, 0xFE00, 0xFE10, 0xFE20, 0xFE30, 0xFEFF, 0xFF00,
    0xE0000, 0xE01F0,
];

/// Two columns: wide in East Asia (Unicode Annex 11), and emoji.
const WIDE: [u32; 108] = [
    0x1100, 0x1160, 0x231A, 0x231C, 0x2329, 0x232B, 0x23E9, 0x23ED, 0x23F0, 0x23F1, 0x23F3, 0x23F4,
    0x25FD, 0x25FF, 0x2614, 0x2616, 0x2648, 0x2654, 0x267F, 0x2680, 0x2693, 0x2694, 0x26A1, 0x26A2,
    0x26AA, 0x26AC, 0x26BD, 0x26BF, 0x26C4, 0x26C6, 0x26CE, 0x26CF, 0x26D4, 0x26D5, 0x26EA, 0x26EB,
    0x26F2, 0x26F4, 0x26F5, 0x26F6, 0x26FA, 0x26FB, 0x26FD, 0x26FE, 0x2705, 0x2706, 0x270A, 0x270C,
    0x2728, 0x2729, 0x274C, 0x274D, 0x274E, 0x274F, 0x2753, 0x2756, 0x2757, 0x2758, 0x2795, 0x2798,
    0x27B0, 0x27B1, 0x27BF, 0x27C0, 0x2B1B, 0x2B1D, 0x2B50, 0x2B51, 0x2B55, 0x2B56, 0x2E80, 0x303F,
    0x3041, 0x3248, 0x3250, 0x4DC0, 0x4E00, 0xA4D0, 0xA960, 0xA980, 0xAC00, 0xD7A4, 0xF900, 0xFB00,
    0xFE10, 0xFE1A, 0xFE30, 0xFE70, 0xFF01, 0xFF61, 0xFFE0, 0xFFE7, 0x16FE0, 0x1B300, 0x1F18E,
    0x1F18F, 0x1F191, 0x1F19B, 0x1F200, 0x1F650, 0x1F680, 0x1F700, 0x1F7E0, 0x1F7F1, 0x1F900,
    0x1FB00, 0x20000, 0x40000,
];

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.problem)
    }
}

impl std::error::Error for TemplateError {}
