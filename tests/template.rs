//! Templates: their errors, with the position of each.

use cookies_from_scratch::html::Fragment;
use cookies_from_scratch::template::Template;

#[test]
fn an_error_names_the_line_and_the_column() {
    let advice = "write the text '<<' as '&lt;&lt;'";
    let open = &*format!("this '<<' has no '>>'; {advice}");
    let ill_formed = &*format!("'<< >>' must contain a name of letters, digits and '_'; {advice}");
    for (source, position, problem) in [
        ("<< x", "1:1", open),
        ("a\nbé<<x>", "2:3", open),
        ("<< x >>\n<<", "2:1", open),
        ("<<>>", "1:3", ill_formed),
        ("<<   >>", "1:6", ill_formed),
        ("a << x y >>", "1:6", ill_formed),
        ("<< 1x >>", "1:4", ill_formed),
        ("<< é >>", "1:4", ill_formed),
        ("<<<x>>", "1:3", ill_formed),
        ("\n\n << unknown >>", "3:5", "unknown variable 'unknown'; the template may use: x, y"),
    ] {
        let error = Template::compile(source, &[("x", ()), ("y", ())]).unwrap_err();
        assert!(error.starts_with(&format!("{position}: {problem}\n\n")), "{source:?}: {error}");
    }
}

#[test]
fn the_content_of_a_file_must_be_text_in_utf_8() {
    let latin_1 = "this byte (0xE9) is not UTF-8: save the file as UTF-8";
    let (cut, empty) = (latin_1.replace("E9", "C3"), "the template is empty");
    for (content, error, excerpt) in [
        (&b"caf\xE9"[..], format!("1:4: {latin_1}"), "1 | caf\u{FFFD}\n  |    ^"),
        (b"a\n\xC3\xA9 \xE9<< x\nb", format!("2:3: {latin_1}"), "2 | é \u{FFFD}<< x\n  |   ^"),
        (b"\xEF\xBB\xBF\xE9", format!("1:1: {latin_1}"), "1 | \u{FFFD}\n  | ^"),
        (b"a\xC3", format!("1:2: {cut}"), "1 | a\u{FFFD}\n  |  ^"),
        (b"", format!("1:1: {empty}"), "1 | \n  | ^"),
        (b" \r\n\t\n", format!("1:1: {empty}"), "1 |  \n  | ^"),
        (b"\xEF\xBB\xBF\n", format!("1:1: {empty}"), "1 | \n  | ^"),
        // The byte order mark takes no column.
        (
            b"\xEF\xBB\xBF<<y>>",
            "1:3: unknown variable 'y'; the template may use: x".to_owned(),
            "1 | <<y>>\n  |   ^",
        ),
    ] {
        let shown = content.escape_ascii();
        let found = Template::compile_file(content, &[("x", ())]).unwrap_err();
        assert_eq!(found, format!("{error}\n\n{excerpt}"), "{shown}");
    }
    let template =
        Template::compile_file(b"\xEF\xBB\xBF<<x>> \xEF\xBB\xBF", &[("x", "1")]).unwrap();
    let html = Fragment::new(|page| template.render(page, |page, value| _ = page.text(value)));
    assert_eq!(html.as_str(), "1 \u{FEFF}", "only the first mark is not part of the text");
}

#[test]
fn the_caret_points_at_the_problem() {
    for (source, excerpt) in [
        ("<< x", "1 | << x\n  | ^"),
        ("é\tbé<<no>>\r\nc", "1 | é\tbé<<no>>\n  |  \t    ^"),
        (&format!("{}<<no>>", "\n".repeat(9)), "10 | <<no>>\n   |   ^"),
        ("<<\n\nno>>", "3 | no>>\n  | ^"),
        ("<<\n>>", "2 | >>\n  | ^"),
        // Wide characters take two columns.
        ("日本<<no>>", "1 | 日本<<no>>\n  | \u{3000}\u{3000}  ^"),
        ("a한，\t<<no>>", "1 | a한，\t<<no>>\n  |  \u{3000}\u{3000}\t  ^"),
        ("🍪😀🧁<<no>>", "1 | 🍪😀🧁<<no>>\n  | \u{3000}\u{3000}\u{3000}  ^"),
        ("\u{20000}\u{3000}ｶ<<no>>", "1 | \u{20000}\u{3000}ｶ<<no>>\n  | \u{3000}\u{3000}   ^"),
        // These take none.
        ("e\u{301}<<no>>", "1 | e\u{301}<<no>>\n  |    ^"),
        ("か\u{3099}<<no>>", "1 | か\u{3099}<<no>>\n  | \u{3000}  ^"),
        (
            "❤\u{FE0F}\u{200B}\u{200D}\u{FEFF}<<no>>",
            "1 | ❤\u{FE0F}\u{200B}\u{200D}\u{FEFF}<<no>>\n  |    ^",
        ),
        // The edges of ranges.
        ("\u{2FF}\u{300}\u{36F}\u{370}<<", "1 | \u{2FF}\u{300}\u{36F}\u{370}<<\n  |   ^"),
        ("\u{10FF}\u{1100}\u{115F}a<<", "1 | \u{10FF}\u{1100}\u{115F}a<<\n  |  \u{3000}\u{3000} ^"),
        ("\u{3FFFD}\u{40000}<<", "1 | \u{3FFFD}\u{40000}<<\n  | \u{3000} ^"),
    ] {
        let error = Template::compile(source, &[("x", ())]).unwrap_err();
        assert!(error.ends_with(&format!("\n\n{excerpt}")), "{source:?}: {error}");
    }
}

#[test]
fn a_variable_may_be_used_twice_or_never() {
    let template = Template::compile("<<x>><<x>>", &[("y", "never"), ("x", "1")]).unwrap();
    let html = Fragment::new(|page| template.render(page, |page, value| _ = page.text(value)));
    assert_eq!(html.as_str(), "11");
}
