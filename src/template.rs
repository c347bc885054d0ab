//! Templates: text with placeholders.
//!
//! ```text
//! <h1><< title >></h1>      with title = Cookies & more
//! <h1>Cookies &amp; more</h1>
//! ```
//!
//! A template is compiled once, which finds every mistake in it. Rendering only appends its text and the
//! values of its variables.
//!
//! For the text `<<` itself, write `&lt;&lt;`: a template is HTML. (Within a script, write `\x3c\x3c`.)

use crate::html::{Fragment, Html};

/// A compiled template, with variables of the type `V`.
#[derive(Clone, Debug)]
pub struct Template<V> {
    /// For each placeholder, the text before it and its variable.
    placeholders: Vec<(Fragment, V)>,
    /// The text after the last placeholder.
    rest: Fragment,
}

impl<V: Copy> Template<V> {
    /// Splits `source` at its placeholders. Each must contain the name of one of the `variables`.
    ///
    /// `template = *( text / placeholder )`, `placeholder = "<<" *space name *space ">>"`
    ///
    /// # Errors
    ///
    /// A placeholder without its `>>`, or one whose name is missing, ill-formed or unknown: see [`mistake`].
    pub fn compile(source: &str, variables: &[(&str, V)]) -> Result<Self, String> {
        let mut placeholders = Vec::new();
        let mut rest = source;
        while let Some((text, after)) = rest.split_once("<<") {
            let Some((inside, next)) = after.split_once(">>") else {
                let problem = format!("this '<<' has no '>>'; {ADVICE}");
                return Err(mistake(&rest[text.len()..], source, &problem));
            };
            let variable = find_variable(inside.trim(), variables)
                .map_err(|problem| mistake(after.trim_start(), source, &problem))?;
            placeholders.push((Fragment::from_template(text), variable));
            rest = next;
        }
        Ok(Self { placeholders, rest: Fragment::from_template(rest) })
    }

    /// Compiles the content of a file, without the byte order mark that some editors write.
    ///
    /// # Errors
    ///
    /// Those of [`compile`](Self::compile), and content that is empty (as it is while some editors save it),
    /// or that isn't UTF-8.
    pub fn compile_file(content: &[u8], variables: &[(&str, V)]) -> Result<Self, String> {
        let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
        let source = std::str::from_utf8(content).map_err(|error| {
            let at = error.valid_up_to();
            let byte = content[at];
            let problem = format!("this byte (0x{byte:02X}) is not UTF-8: save the file as UTF-8");
            // Up to `at`, this is the same.
            let text = String::from_utf8_lossy(content);
            mistake(&text[at..], &text, &problem)
        })?;
        if source.trim().is_empty() {
            return Err(mistake(source, source, "the template is empty"));
        }
        Self::compile(source, variables)
    }

    /// Appends a page: the text, and for each placeholder the value that `append_value` appends.
    pub fn render(&self, page: &mut Html<'_>, append_value: impl Fn(&mut Html<'_>, V)) {
        for (text, variable) in &self.placeholders {
            page.fragment(text);
            append_value(page, *variable);
        }
        page.fragment(&self.rest);
    }
}

/// The variable called `name`, or the sentence that says why there is none.
///
/// `name = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" )`
fn find_variable<V: Copy>(name: &str, variables: &[(&str, V)]) -> Result<V, String> {
    if let Some((_, variable)) = variables.iter().find(|(each, _)| *each == name) {
        return Ok(*variable);
    }
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if !starts_well || !name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') {
        return Err(format!("'<< >>' must contain a name of letters, digits and '_'; {ADVICE}"));
    }
    let names: Vec<_> = variables.iter().map(|(each, _)| *each).collect();
    Err(format!("unknown variable '{name}'; the template may use: {}", names.join(", ")))
}

/// How to write a `<<` that is not the start of a placeholder.
const ADVICE: &str = "write the text '<<' as '&lt;&lt;'";

/// A sentence about a mistake, after its line and column, counted from 1: `12:5: this '<<' has no '>>'`. Then
/// an empty line, the line of the source, and a caret below the mistake. `rest` is `source` from there on.
fn mistake(rest: &str, source: &str, problem: &str) -> String {
    let before = &source[..source.len() - rest.len()];
    let line = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |line_end| line_end + 1);
    let column = before[line_start..].chars().count() + 1;
    let text = source[line_start..].lines().next().unwrap_or_default();
    let margin = " ".repeat(line.to_string().len());
    let indent: String = before[line_start..].chars().map(blank_as_wide_as).collect();
    format!("{line}:{column}: {problem}\n\n{line} | {text}\n{margin} | {indent}^")
}

/// White space as wide as `char`, so that the caret is exactly below the problem.
fn blank_as_wide_as(char: char) -> &'static str {
    match char {
        '\t' => "\t",
        // The common combining marks, joiners and variation selectors.
        '\u{300}'..='\u{36F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{3099}'..='\u{309A}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => "",
        // The common characters of two columns: East Asia's (Unicode Annex 11), and emoji.
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => "\u{3000}",
        _ => " ",
    }
}
