//! Parses the tables: blocks of lines, separated by empty lines; each line begins with a mark.

use std::fmt;
use std::path::Path;

/// One block.
pub struct Row {
    /// The first line of the block's comment, or nothing.
    pub comment: String,
    lines: Vec<(char, Vec<u8>)>,
}

/// The text of a table.
#[track_caller]
pub fn read(name: &str) -> String {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle");
    let folder = std::env::var_os("ORACLE_DIR").unwrap_or_else(|| here.into());
    let file = Path::new(&folder).join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The rows of a table, which must not be empty.
#[track_caller]
pub fn rows(name: &str) -> Vec<Row> {
    let rows: Vec<Row> = read(name).split("\n\n").filter_map(row).collect();
    assert!(!rows.is_empty(), "{name} has no rows");
    println!("{name}: {} rows", rows.len());
    rows
}

fn row(block: &str) -> Option<Row> {
    let (comments, lines): (Vec<&str>, Vec<&str>) =
        block.lines().filter(|line| !line.is_empty()).partition(|line| line.starts_with('#'));
    let comment = comments.first().map_or(String::new(), |line| line[1..].trim().to_owned());
    let marked = |line: &&str| Some((line.chars().next()?, unescape(line.get(2..).unwrap_or(""))));
    let lines: Vec<_> = lines.iter().filter_map(marked).collect();
    (!lines.is_empty()).then_some(Row { comment, lines })
}

/// `\xNN` is a byte and `\\` a backslash.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        rest = if let Some(digits) = after.strip_prefix('x') {
            bytes.push(u8::from_str_radix(&digits[..2], 16).expect("two hexadecimal digits"));
            &digits[2..]
        } else {
            bytes.push(b'\\');
            after.strip_prefix('\\').expect("a second backslash")
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

impl Row {
    /// The content of each line with this mark.
    pub fn all(&self, mark: char) -> Vec<Vec<u8>> {
        self.lines
            .iter()
            .filter(|(each, _)| *each == mark)
            .map(|(_, bytes)| bytes.clone())
            .collect()
    }

    /// The content of the only line with this mark, as text.
    #[track_caller]
    pub fn text(&self, mark: char) -> String {
        let all = self.all(mark);
        assert_eq!(all.len(), 1, "lines with {mark:?}: {self}");
        String::from_utf8(all[0].clone()).expect("UTF-8")
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.comment)?;
        for (mark, bytes) in &self.lines {
            writeln!(f, "{mark} {}", bytes.escape_ascii())?;
        }
        Ok(())
    }
}
