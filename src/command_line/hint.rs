//! Which option was meant.
//!
//! ```text
//! --prot        p is where --port begins too, t is where it ends:
//! --port        two letters of four are enough
//! ```

use super::HELP;

/// All options, by their long names, as the help has them.
pub(super) fn options() -> impl Iterator<Item = &'static str> {
    HELP.split_whitespace().filter(|word| word.starts_with("--"))
}

/// The rest of a sentence about an argument that is no option: `, but --port is`; or nothing.
pub(super) fn hint(argument: &str) -> String {
    let alike = |option: &&str| likeness(argument, option);
    let nearest = options().max_by_key(alike).filter(|nearest| {
        let alike = alike(nearest);
        alike > 0 && 2 * alike >= letters(argument).len()
    });
    nearest.map_or(String::new(), |option| format!(", but {option} is"))
}

/// How many letters two options share at their beginning, and then at their end: most mistakes stand
/// between.
fn likeness(one: &str, other: &str) -> usize {
    fn shared<'a>(pairs: impl Iterator<Item = (&'a u8, &'a u8)>) -> usize {
        pairs.take_while(|(one, other)| one == other).count()
    }
    let (one, other) = (letters(one), letters(other));
    let start = shared(one.iter().zip(other));
    start + shared(one[start..].iter().rev().zip(other[start..].iter().rev()))
}

fn letters(option: &str) -> &[u8] {
    option.trim_start_matches('-').as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_option_is_near_to_a_right_one() {
        for (wrong, right) in [
            ("--prot", "--port"),
            ("--ports", "--port"),
            ("-port", "--port"),
            ("port=1", "--port"),
            ("--thread", "--threads"),
            ("--thraeds", "--threads"),
            ("--tmplates", "--templates"),
            ("--template", "--templates"),
            ("--relaod", "--reload"),
            ("--Host", "--host"),
            ("--trave", "--trace"),
            ("-q", "--quiet"),
            ("-v", "--version"),
        ] {
            assert_eq!(hint(wrong), format!(", but {right} is"));
        }
        for far in ["--verbose", "-x", "8080", "", "-", "--", "--é"] {
            assert_eq!(hint(far), "", "{far}");
        }
    }
}
