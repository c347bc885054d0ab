//! The README and the other pages agree with the program: outputs, code, options and links.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{Server, TIMEOUT, curl, output_of, output_within};

const README: &str = include_str!("../README.md");

/// The contents of the blocks of a page that begin with ```` ```kind ````.
fn blocks<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let open = format!("\n```{kind}\n");
    let texts = page.split(&*open).skip(1);
    texts.map(|text| &text[..=text.find("\n```\n").expect("the end of a block")]).collect()
}

/// Replaces each date like `Sun, 06 Nov 1994 08:49:37 GMT` except the epoch, and removes the length of a page.
fn without_dates(text: &str) -> String {
    const LENGTH: usize = "Sun, 06 Nov 1994 08:49:37".len();
    let texts: Vec<&str> = text.split(" GMT").collect();
    let (last, dated) = texts.split_last().unwrap();
    let is_epoch = |text: &str| text.ends_with("01 Jan 1970 00:00:00");
    let undated = dated.iter().map(|text| match text.len().checked_sub(LENGTH) {
        Some(start) if !is_epoch(text) => format!("{}(a date)", &text[..start]),
        _ => format!("{text} GMT"),
    });
    let undated: String = undated.chain([(*last).to_owned()]).collect();
    undated.lines().map(|line| without_length(line) + "\n").collect()
}

/// Removes the length of a page, which changes when a page is added to the links.
fn without_length(line: &str) -> String {
    let is_length = line.contains("Content-Length: ");
    line.chars().filter(|char| !(is_length && char.is_ascii_digit())).collect()
}

/// Runs all commands in one shell, as a reader would type them.
#[test]
fn curl_prints_what_the_readme_shows() {
    let server = Server::start();
    let with_port = |command: &str| command.replace(":5000", &format!(":{}", server.port));
    let mut curl = curl();
    curl.arg("--version");
    assert!(output_of(curl, "").status.success());
    let seconds = TIMEOUT.as_secs();
    let mut script = format!("curl() {{ command curl --disable --max-time {seconds} \"$@\"; }}\n");
    let mut expected = Vec::new();
    for line in blocks(README, "console").into_iter().flat_map(str::lines) {
        match line.strip_prefix("$ ") {
            Some(command) => {
                script.extend(["echo '$'\n", &with_port(command), "\n"]);
                expected.push("$");
            }
            None => expected.push(line),
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(&folder).unwrap();
    let mut shell = Command::new("sh");
    shell.current_dir(&folder);
    let output = output_of(shell, &script);
    let printed = String::from_utf8(output.stdout).unwrap().replace('\r', "");
    let printed = without_dates(&printed);
    let expected = without_dates(&expected.join("\n"));
    // The README leaves out the empty line after a head.
    let [printed, expected_lines] = [&printed, &expected]
        .map(|text| text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>());
    assert_eq!(printed, expected_lines);
    assert_eq!(expected.matches('$').count(), 5, "{expected}");
}

/// An empty home is a machine on which cargo has never been, and a bogus proxy one without a network.
#[test]
fn make_run_needs_no_registry() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-registry");
    let _ = fs::remove_dir_all(&home);
    let mut make = Command::new("make");
    make.current_dir(env!("CARGO_MANIFEST_DIR")).env("CARGO_HOME", &home).env_remove("MAKEFLAGS");
    make.env("https_proxy", "127.0.0.1:1").args(["run", "ARGS=--version"]);
    // cargo has set this for the test, and would not for a reader.
    make.env_remove("CARGO_PKG_VERSION");
    let output = output_within(TIMEOUT * 10, make, "");
    let printed = String::from_utf8_lossy(&output.stdout);
    let version = concat!("\ncookies ", env!("CARGO_PKG_VERSION"), "\n");
    assert!(output.status.success() && printed.contains(version), "{output:?}");
    assert!(!home.exists(), "cargo has been called");
    // An earlier run may have compiled it: so the commands are looked at, too.
    let mut make = Command::new("make");
    make.current_dir(env!("CARGO_MANIFEST_DIR")).args(["--dry-run", "--always-make", "run"]);
    let commands = String::from_utf8(output_within(TIMEOUT, make, "").stdout).unwrap();
    assert!(commands.contains("rustc ") && !commands.contains("cargo "), "{commands}");
}

#[test]
fn the_rust_code_is_in_the_source() {
    let source = include_str!("../src/app.rs");
    for (page, count) in [(README, 3), (include_str!("tutorial.md"), 8)] {
        let blocks = blocks(page, "rust");
        assert_eq!(blocks.len(), count);
        for block in blocks {
            assert!(source.contains(block), "{block}");
        }
    }
}

#[test]
fn the_flask_code_is_that_of_the_tutorial_page() {
    let tutorial = include_str!("tutorial.md");
    let functions = blocks(README, "python").concat();
    for function in functions.split("\n\n") {
        assert!(tutorial.contains(function), "{function}");
    }
}

#[test]
fn the_options_are_those_of_help() {
    let help = cookies_from_scratch::command_line::HELP;
    let options = help.split("Options:\n").nth(1).unwrap().split("  -h, --help").next().unwrap();
    assert_eq!(blocks(README, "text"), [options], "README.md repeats HELP of src/command_line.rs");
}

/// All pages of this repository, as paths from its root.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.to_owned(), root.join(".github"), root.join("tests")];
    let entries = |folder: &Path| {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    folders.extend(entries(&root.join("tests")).into_iter().filter(|path| path.is_dir()));
    let files = folders.iter().flat_map(|folder| entries(folder));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

#[test]
fn local_links_lead_to_files_and_headings() {
    let headings = |text: String| text.to_lowercase().replace(' ', "-");
    let mut count = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let targets = ["](", "src=\"", "srcset=\"", "href=\""];
        let targets = targets.iter().flat_map(|start| text.split(start).skip(1));
        for target in targets.map(|rest| rest.split([')', '"']).next().unwrap()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let linked =
                if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            assert!(linked.exists(), "{}: {target}", page.display());
            let has_heading = || {
                headings(fs::read_to_string(&linked).unwrap()).contains(&format!("#-{heading}\n"))
            };
            assert!(heading.is_empty() || has_heading(), "{}: {target}", page.display());
            count += 1;
        }
    }
    assert!(count > 80, "{count}");
}

#[test]
fn each_point_about_the_tutorial_names_a_lesson() {
    let lessons = include_str!("lessons.rs");
    let section = README.split("## What the tutorial doesn't tell you\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let points: Vec<_> =
        section.split("\n\n").filter(|paragraph| paragraph.starts_with("**")).collect();
    assert_eq!(points.len(), 12);
    for point in points {
        let (_, names) = point.split_once("Lesson").expect(point);
        assert!(names.contains('`'), "{point}");
        for name in names.split('`').skip(1).step_by(2) {
            assert!(lessons.contains(&format!("fn {name}()")), "{name}");
        }
    }
}

/// In `loop.md`, the name of a function follows the link to its file.
#[test]
fn the_functions_that_loop_md_names_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for link in include_str!("loop.md").split("](../").skip(1) {
        let (file, rest) = link.split_once(')').unwrap();
        let Some(named) = rest.strip_prefix(", `") else { continue };
        let name = named.split('`').next().unwrap();
        let source = fs::read_to_string(root.join(file)).unwrap();
        let is_there = ["(", "<"].iter().any(|end| source.contains(&format!("fn {name}{end}")));
        assert!(is_there, "{file}: {name}");
        count += 1;
    }
    assert!(count > 8, "{count}");
}
