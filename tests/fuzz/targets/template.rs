//! A template is its source with the holes filled, or an error that stands in the source.
#![no_main]

use cookies_from_scratch::template::Template;
use libfuzzer_sys::fuzz_target;

const VALUES: [(&str, &str); 2] = [("a", "<< title >>"), ("title", "&lt;")];

fuzz_target!(|source: &str| {
    match (Template::compile(source, &VALUES), filled(source)) {
        (Ok(template), Some(filled)) => {
            let page = template.render(|page, value| _ = page.markup(value));
            assert_eq!(page.as_str(), filled);
        }
        (Err(error), None) => check_place(source, &error.to_string()),
        (compiled, filled) => panic!("{compiled:?}, but {filled:?}"),
    }
});

/// What the rule says, in another way: cut at every `<<`.
fn filled(source: &str) -> Option<String> {
    let mut pieces = source.split("<<");
    let mut page = pieces.next()?.to_owned();
    for piece in pieces {
        let (name, text) = piece.split_once(">>")?;
        page += VALUES.iter().find(|(each, _)| *each == name.trim())?.1;
        page += text;
    }
    Some(page)
}

/// `line:column: what is wrong`, both from 1.
fn check_place(source: &str, error: &str) {
    let mut numbers = error.splitn(3, ':').map_while(|number| number.parse::<usize>().ok());
    let (Some(line), Some(column)) = (numbers.next(), numbers.next()) else {
        panic!("no place in {error:?}");
    };
    let line = source.split('\n').nth(line - 1).expect("a line of the source");
    assert!((1..=line.chars().count() + 1).contains(&column), "{error:?} in {source:?}");
}
