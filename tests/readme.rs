//! The README agrees with the program: outputs, code, options and links.

mod support;

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::{env, fs};
use support::{Server, TIMEOUT, curl, output_of, output_within, read_head};

const README: &str = include_str!("../README.md");

/// The contents of the blocks that begin with ```` ```kind ````.
fn blocks(kind: &str) -> Vec<&str> {
    let open = format!("\n```{kind}\n");
    let texts = README.split(&*open).skip(1);
    texts.map(|text| &text[..=text.find("\n```\n").expect("the end of a block")]).collect()
}

/// The only `text` block that contains `wanted`.
#[track_caller]
fn block_with(wanted: &str) -> &str {
    let mut found = blocks("text").into_iter().filter(|block| block.contains(wanted));
    found.next().filter(|_| found.next().is_none()).expect("one block")
}

/// Replaces each date like `Sun, 06 Nov 1994 08:49:37 GMT` except the epoch, and removes what depends on the pages.
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
    undated.lines().map(|line| without_pages(line) + "\n").collect()
}

/// Removes what changes when a page is added: the length of each page, and the list of the pages.
fn without_pages(line: &str) -> String {
    if line.starts_with("Pages: ") {
        return "Pages:".to_owned();
    }
    let of_page =
        ["Content-Length: ", " bytes of content"].iter().any(|label| line.contains(label));
    line.chars().filter(|char| !(of_page && char.is_ascii_digit())).collect()
}

/// Runs all commands in one shell, as a reader would type them.
#[test]
fn curl_prints_what_the_readme_shows() {
    let (first, second) = (Server::start(), Server::start());
    let ports = |command: &str| {
        let command = command.replace(":5000", &format!(":{}", first.port));
        command.replace(":5001", &format!(":{}", second.port))
    };
    let mut curl = curl();
    curl.arg("--version");
    assert!(output_of(curl, "").status.success());
    let seconds = TIMEOUT.as_secs();
    let mut script = format!("curl() {{ command curl --disable --max-time {seconds} \"$@\"; }}\n");
    let mut expected = Vec::new();
    for line in blocks("console").into_iter().flat_map(str::lines) {
        match line.strip_prefix("$ ") {
            Some(command) => {
                script.extend(["echo '$'\n", &ports(command), "\n"]);
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
    assert!(expected.matches('$').count() > 15, "{expected}");
}

/// An empty home is a machine on which cargo has never been, and a bogus proxy one without a network.
#[test]
fn make_run_needs_no_registry() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-registry");
    let _ = fs::remove_dir_all(&home);
    let mut make = Command::new("make");
    make.current_dir(env!("CARGO_MANIFEST_DIR")).env("CARGO_HOME", &home).env_remove("MAKEFLAGS");
    make.env("https_proxy", "127.0.0.1:1").args(["run", "ARGS=--version"]);
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
    assert_eq!(blocks("rust").len(), 8);
    for block in blocks("rust") {
        assert!(source.contains(block), "{block}");
    }
}

#[test]
fn the_options_are_those_of_help() {
    let help = cookies_from_scratch::command_line::HELP;
    let options = help.split("Options:\n").nth(1).unwrap().split("  -h, --help").next().unwrap();
    assert_eq!(block_with("--host ADDR"), options, "README.md repeats HELP of src/command_line.rs");
}

#[test]
fn the_trace_is_what_the_program_prints() {
    let block = block_with("* connection 1, request 2");
    // The last line is the empty one after the head.
    let marked = block.lines().filter_map(|line| line.strip_prefix('>'));
    let request = marked.map(str::trim_start).collect::<Vec<_>>().join("\r\n") + "\r\n";
    let server = Server::start_with(&["--trace"]);
    let mut stream = server.connect();
    for request in ["HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", &request] {
        stream.write_all(request.as_bytes()).unwrap();
        read_head(&mut stream);
    }
    let printed = server.log_when(|log| log.matches("* The connection stays open").count() == 2);
    let printed = &printed[printed.find("* connection 1, request 2").unwrap()..];
    assert_eq!(without_dates(printed.trim_end()), without_dates(block.trim_end()));
}

#[test]
fn the_template_error_is_what_the_program_prints() {
    let folder = env::temp_dir().join(format!("cookies-readme-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("template.html");
    let template = include_str!("../templates/template.html");
    fs::write(&file, template).unwrap();
    let server = Server::start_with(&["--reload", "--templates", folder.to_str().unwrap()]);
    fs::write(&file, template.replace("<< title >>", "<< titel >>")).unwrap();
    assert_eq!(server.get("/", "").status, 500);
    let expected = block_with("titel").replace("templates/", &format!("{}/", folder.display()));
    let printed = server.notes_with("^");
    fs::remove_dir_all(folder).unwrap();
    assert_eq!(printed, format!("cookies: {expected}"));
}

#[test]
fn the_haproxy_configuration_is_the_tested_one() {
    assert_eq!(block_with("option httpchk"), include_str!("load/haproxy.cfg"));
}

#[test]
fn local_links_and_named_lessons_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = README.split("](").skip(1).chain(README.split("src=\"").skip(1));
    for target in targets.map(|rest| rest.split([')', '"']).next().unwrap()) {
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        if target.contains("://") || file.is_empty() {
            continue;
        }
        assert!(root.join(file).exists(), "{target}");
        let headings = |text: String| text.to_lowercase().replace(' ', "-");
        let has_heading = || {
            headings(fs::read_to_string(root.join(file)).unwrap())
                .contains(&format!("#-{heading}\n"))
        };
        assert!(heading.is_empty() || has_heading(), "{target}");
    }
    let lessons = fs::read_to_string(root.join("tests/lessons.rs")).unwrap();
    for (_, named) in
        README.match_indices("--test lessons ").map(|(at, flag)| README[at..].split_at(flag.len()))
    {
        let name =
            named.split(|end: char| end != '_' && !end.is_ascii_alphanumeric()).next().unwrap();
        assert!(name.is_empty() || lessons.contains(&format!("fn {name}()")), "{name}");
    }
}
