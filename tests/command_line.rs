//! The command line: what is printed where, and the exit code.

mod support;

use assert_cmd::Command;
use cookies_from_scratch::access_log::Detail;
use cookies_from_scratch::command_line::{self, HELP, Options};
use cookies_from_scratch::limits;
use std::io::{BufRead, BufReader};
use std::net::{Ipv6Addr, TcpListener, TcpStream};
use std::thread;
use support::{Server, TIMEOUT, program};

/// Runs the program, which must fail with this code and this one sentence.
#[track_caller]
fn assert_fails(arguments: &[&str], code: i32, sentence: &str) {
    let output =
        Command::from_std(program()).args(arguments).timeout(TIMEOUT).assert().failure().code(code);
    let output = output.get_output();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(printed.starts_with("cookies: ") && printed.contains(sentence), "{printed}");
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_wrong_option_is_a_sentence_and_exit_code_2() {
    let (least, most) = (limits::WORKERS.start(), limits::WORKERS.end());
    let threads = format!("--threads takes a number from {least} to {most}, not ");
    for (arguments, sentence) in [
        (&["--port"][..], "--port needs a value"),
        (&["--quiet=yes"], "--quiet takes no value"),
        (&["--port", "99999"], "--port takes a number from 0 to 65535, not '99999'"),
        (&["-p", "abc"], "-p takes a number from 0 to 65535, not 'abc'"),
        (&["--port=+1"], "--port takes a number from 0 to 65535, not '+1'"),
        (&["--port="], "--port takes a number from 0 to 65535, not ''"),
        (&["--threads=0"], &format!("{threads}'0'")),
        (&[&format!("--threads={}", most + 1)], &format!("{threads}'{}'", most + 1)),
    ] {
        assert_fails(arguments, 2, &format!("cookies: {sentence}; see cookies --help"));
    }
}

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
        assert_fails(&[wrong], 2, &format!("' is no option, but {right} is; see cookies --help"));
    }
    for far in ["serve", "--verbose", "-x", "8080", "", "-", "--", "--é"] {
        assert_fails(&[far], 2, &format!("'{far}' is no option; see cookies --help"));
    }
}

/// What the program would serve with these arguments.
#[track_caller]
fn options(arguments: &[&str]) -> Options {
    match command_line::parse(arguments.iter().map(Into::into)) {
        Ok(command_line::Command::Serve(options)) => options,
        other => panic!("{arguments:?} is {other:?}"),
    }
}

#[test]
fn a_value_stands_behind_an_equals_sign_or_comes_next() {
    let expected = Options { port: 1, host: "a=b".into(), ..Options::default() };
    for arguments in [
        &["--port", "1", "--host", "a=b"][..],
        &["--port=1", "--host=a=b"],
        &["-p", "1", "--host=a=b"],
    ] {
        assert_eq!(options(arguments), expected, "{arguments:?}");
    }
}

#[test]
fn of_quiet_and_trace_the_last_counts() {
    for (arguments, detail) in [
        (&[][..], Detail::Line),
        (&["--quiet"], Detail::Nothing),
        (&["--trace"], Detail::Exchange),
        (&["--quiet", "--trace"], Detail::Exchange),
        (&["--trace", "--quiet"], Detail::Nothing),
    ] {
        assert_eq!(options(arguments).detail, detail, "{arguments:?}");
    }
}

#[test]
fn reloading_needs_a_folder_and_takes_the_projects() {
    assert_eq!(options(&[]).templates, None);
    assert_eq!(options(&["--reload"]).templates, Some("templates".into()));
    assert_eq!(options(&["--reload", "--templates=a"]).templates, Some("a".into()));
}

#[test]
fn the_help_names_no_option_that_is_none() {
    for option in HELP.split_whitespace().filter(|word| word.starts_with("--")) {
        let error = command_line::parse([option.into()]).err().map(|error| error.to_string());
        assert!(error.is_none_or(|text| text.contains("needs a value")), "{option}");
    }
}

#[test]
fn what_cannot_be_served_is_a_sentence_and_exit_code_1() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let sentence =
        format!("port {port} of localhost is in use: choose another with --port, or any free one");
    assert_fails(&["--port", &port], 1, &sentence);
    assert_fails(&["--host", "192.0.2.1"], 1, "192.0.2.1 is no address of this machine");
    assert_fails(&["--host", "no such host"], 1, "can't listen on 'no such host'");
    for folder in [&["--templates", "/nowhere"][..], &["--reload", "--templates", "/nowhere"]] {
        assert_fails(folder, 1, "can't read /nowhere/template.html");
    }
}

#[test]
fn a_template_with_an_unknown_name_is_a_sentence_with_its_place() {
    let folder = std::env::temp_dir().join(format!("cookies-unknown-name-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("template.html"), "<h1>\n<< titel >></h1>").unwrap();
    let folder = folder.to_str().unwrap();
    let sentence = "/template.html:2:4: there is no 'titel' here, only title, problem, pages,";
    assert_fails(&["--templates", folder], 1, sentence);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Root may listen on every port, so the program runs as another user, from a copy that this user can read.
/// A container may have no privileged ports: then this test says that it tests nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_privileged_port_is_a_sentence_and_exit_code_1() {
    use std::io::ErrorKind;
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    const UNPRIVILEGED_USER: u32 = 65534;
    let first = std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start").unwrap();
    if first.trim().parse::<u16>().unwrap() <= 80 {
        eprintln!("NOT tested: this system has no privileged ports");
        return;
    }
    let copy = std::env::temp_dir().join(format!("cookies-unprivileged-{}", std::process::id()));
    std::fs::copy(program().get_program(), &copy).unwrap();
    let mut command = std::process::Command::new(&copy);
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        command.uid(UNPRIVILEGED_USER);
    }
    command.args(["--port", "80"]);
    let mut command = Command::from_std(command);
    command.timeout(TIMEOUT);
    let output = loop {
        match command.output() {
            // A child of another test, just being started, still holds the copy open.
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => thread::yield_now(),
            output => break output.unwrap(),
        }
    };
    std::fs::remove_file(copy).unwrap();
    let sentence =
        "cookies: port 80 of localhost needs privileges: choose one above 1023 with --port\n";
    assert_eq!(
        (output.status.code(), &*String::from_utf8_lossy(&output.stderr)),
        (Some(1), sentence)
    );
}

#[test]
fn help_and_version_are_printed_to_standard_output() {
    for (option, text) in [("--help", "Usage: cookies [OPTIONS]"), ("-V", "cookies 0.1.0\n")] {
        let output = Command::from_std(program()).arg(option).timeout(TIMEOUT).assert().success();
        let printed = String::from_utf8_lossy(&output.get_output().stdout);
        assert!(printed.contains(text), "{printed}");
        let fits_a_screen =
            printed.lines().count() <= 24 && printed.lines().all(|line| line.len() <= 80);
        assert!(fits_a_screen, "{printed}");
    }
}

#[test]
fn localhost_is_both_loopback_addresses() {
    let server = Server::start();
    assert!(server.log_with("\n").contains(&format!("http://localhost:{}/", server.port)));
    server.connect();
    let machine_has_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
    assert_eq!(TcpStream::connect((Ipv6Addr::LOCALHOST, server.port)).is_ok(), machine_has_ipv6);
}

#[test]
fn the_printed_address_can_be_clicked() {
    for (host, url) in [("0.0.0.0", "http://127.0.0.1:"), ("127.0.0.1", "http://127.0.0.1:")] {
        let server = Server::start_with(&["--host", host]);
        assert!(server.log_with("\n").contains(url), "{host}");
        assert_eq!(server.get("/", "").status, 200);
    }
}

#[test]
fn quiet_logs_no_request_and_no_log_shows_a_cookie() {
    let quiet = Server::start_with(&["--quiet"]);
    quiet.get("/", "");
    let loud = Server::start();
    loud.get("/", "Cookie: name=secret\r\n");
    let log = loud.log_with("\"GET / HTTP/1.1\" 200 ");
    assert!(
        log.contains("\n127.0.0.1 - - [") && !log.contains("secret") && !log.contains('\x1b'),
        "{log}"
    );
    assert_eq!(quiet.log_with("\n").lines().count(), 1);
}

#[test]
fn colour_is_for_a_terminal_unless_nobody_wants_it() {
    let get = "GET / HTTP/1.0\r\n\r\n";
    for (options, request, coloured) in [
        (&[][..], get, "\" \x1b[32m200\x1b[0m "),
        (&[], "GET /nope HTTP/1.0\r\n\r\n", "\" \x1b[33m404\x1b[0m "),
        (&[], "BREW / HTTP/1.0\r\n\r\n", "\" \x1b[31m501\x1b[0m "),
        (&["--trace"], get, "\x1b[35m< HTTP/1.1 200 OK\x1b[0m"),
    ] {
        let server = Server::start_on_a_terminal(options, "");
        server.ask(request.as_bytes());
        server.log_with(coloured);
        let colourless = Server::start_on_a_terminal(options, "1");
        let status = colourless.ask(request.as_bytes()).status;
        let log = colourless.log_with(&format!(" {status} "));
        assert!(!log.contains('\x1b'), "{log}");
    }
}

/// As when a terminal is stopped, or another program has started this one and doesn't listen.
#[test]
fn a_standard_output_that_nobody_reads_holds_no_client_up() {
    let path = "a".repeat(limits::MAX_TARGET_BYTES - 1);
    // Their lines are more than fits into the pipe, and into what waits for it.
    let clients = 3 * limits::MAX_LOG_BYTES / limits::MAX_TARGET_BYTES;
    let (server, output) = Server::start_unread(&[]);
    for _ in 0..clients {
        assert_eq!(server.get(&format!("/{path}"), "Connection: close\r\n").status, 404);
    }
    let reads = thread::spawn(|| BufReader::new(output).lines().map_while(Result::ok).count());
    let note = server.notes_with("\n");
    let lost = note.strip_prefix("cookies: ").and_then(|note| note.split(' ').next()?.parse().ok());
    drop(server);
    assert_eq!(reads.join().unwrap() + lost.unwrap_or(0), clients, "{note}");
}

#[test]
fn a_closed_standard_output_changes_nothing() {
    let (server, output) = Server::start_unread(&[]);
    drop(output);
    for _ in 0..3 {
        assert_eq!(server.get("/", "").status, 200);
    }
}
