//! A template replaces each placeholder by its value, or has an error at a position in the source.
#![no_main]

use cookies_from_scratch::html::Fragment;
use cookies_from_scratch::template::Template;
use libfuzzer_sys::fuzz_target;

const VALUES: [(&str, &str); 2] = [("a", "<< title >>"), ("title", "&lt;")];

fuzz_target!(|source: &str| {
    match (Template::compile(source, &VALUES), rendered(source)) {
        (Ok(template), Some(expected)) => {
            let html =
                Fragment::new(|page| template.render(page, |page, value| _ = page.markup(value)));
            assert_eq!(html.as_str(), expected);
        }
        (Err(error), None) => check_position(source, &error),
        (compiled, expected) => panic!("{compiled:?}, not {expected:?}"),
    }
});

/// Another implementation of the rule: split at every `<<`.
fn rendered(source: &str) -> Option<String> {
    let mut texts = source.split("<<");
    let mut html = texts.next()?.to_owned();
    for rest in texts {
        let (name, text) = rest.split_once(">>")?;
        html += VALUES.iter().find(|(each, _)| *each == name.trim())?.1;
        html += text;
    }
    Some(html)
}

/// Checks that `line:column:`, both counted from 1, is a position in the source.
fn check_position(source: &str, error: &str) {
    let mut numbers = error.splitn(3, ':').map_while(|number| number.parse::<usize>().ok());
    let (Some(line), Some(column)) = (numbers.next(), numbers.next()) else {
        panic!("no position in {error:?}");
    };
    let line = source.split('\n').nth(line - 1).expect("a line of the source");
    assert!((1..=line.chars().count() + 1).contains(&column), "{error:?} in {source:?}");
}
