//! Templates: their errors, with the position of each.

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
        assert_eq!(error.to_string(), format!("{position}: {problem}"), "{source:?}");
    }
}

#[test]
fn the_caret_points_at_the_problem() {
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
fn a_variable_may_be_used_twice_or_never() {
    let template = Template::compile("<<x>><<x>>", &[("y", "never"), ("x", "1")]).unwrap();
    assert_eq!(template.render(|html, value| _ = html.text(value)).as_str(), "11");
}
