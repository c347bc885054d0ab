//! The command line: what is printed where, and the exit code.

mod support;

use assert_cmd::Command;
use cookies_from_scratch::access_log::Detail;
use cookies_from_scratch::command_line::{self, HELP, Options};
use cookies_from_scratch::limits;
use std::io::{BufRead, BufReader};
use std::net::{Ipv6Addr, Shutdown, TcpListener, TcpStream};
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
        (&["--help=no"], "--help takes no value"),
        (&["--version=1"], "--version takes no value"),
        (&["--=1"], "-- takes no value"),
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
        ("port=1", "--port 1"),
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
        let sentence = format!("'; did you mean '{right}'? See cookies --help");
        assert_fails(&[wrong], 2, &sentence);
    }
    for (far, kind) in [
        ("serve", "argument"),
        ("--verbose", "option"),
        ("-x", "option"),
        ("99999", "argument"),
        ("+8080", "argument"),
        ("", "argument"),
        ("-", "option"),
        ("--é", "option"),
    ] {
        assert_fails(&[far], 2, &format!("unknown {kind} '{far}'; see cookies --help"));
        assert_fails(&["--", far], 2, &format!("unknown argument '{far}'; see cookies --help"));
    }
}

#[test]
fn a_bare_port_gets_a_hint() {
    for wrong in
        ["8080", "-p8080", "-p=8080", "-P8080", ":8080", "--8080", "--port8080", "port=8080"]
    {
        let sentence = format!("'{wrong}'; did you mean '--port 8080'? See cookies --help");
        assert_fails(&[wrong], 2, &sentence);
    }
    for (host, right) in [
        ("localhost:8080", "--host localhost --port 8080"),
        ("127.0.0.1:8080", "--host 127.0.0.1 --port 8080"),
        ("[::1]:8080", "--host [::1] --port 8080"),
    ] {
        let sentence = format!("and --port a port, not '{host}'; did you mean '{right}'? See");
        assert_fails(&["--host", host], 2, &sentence);
    }
    for host in [
        "http://localhost/", "http://localhost:8080", "localhost/", "10.0.0.0/8", ":80",
        "localhost:", "localhost:http", "[::1]:",
    ] {
        assert_fails(&["--host", host], 2, &format!("and --port a port, not '{host}'; see"));
    }
}

#[test]
fn two_hyphens_end_the_options() {
    assert_eq!(options(&["--"]), Options::default());
    assert_eq!(options(&["--quiet", "--"]).detail, Detail::Nothing);
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
        let error = command_line::parse([option.into()]).err();
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
    assert_fails(&["--host", "192.0.2.1"], 1, "192.0.2.1 is not an address of this machine");
    assert_fails(&["--host", "fe80::1"], 1, "add its interface, as in fe80::1%eth0");
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
    let sentence =
        "/template.html:2:4: unknown variable 'titel'; the template may use: title, problem,";
    assert_fails(&["--templates", folder], 1, sentence);
    std::fs::remove_dir_all(folder).unwrap();
}

/// What the program prints, run by a user without privileges. Root may do everything, so then it is another
/// user, with a copy of the program that this user can read.
#[cfg(target_os = "linux")]
fn run_without_privileges(name: &str, arguments: &[&str]) -> std::process::Output {
    use std::io::ErrorKind;
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    const UNPRIVILEGED_USER: u32 = 65534;
    let copy = std::env::temp_dir().join(format!("cookies-{name}-{}", std::process::id()));
    std::fs::copy(program().get_program(), &copy).unwrap();
    let mut command = std::process::Command::new(&copy);
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        command.uid(UNPRIVILEGED_USER);
    }
    command.args(arguments);
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
    output
}

/// A container may have no privileged ports: then this test says that it tests nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_privileged_port_is_a_sentence_and_exit_code_1() {
    let first = std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start").unwrap();
    if first.trim().parse::<u16>().unwrap() <= 80 {
        eprintln!("NOT tested: this system has no privileged ports");
        return;
    }
    let output = run_without_privileges("port", &["--port", "80"]);
    let sentence =
        "cookies: port 80 of localhost needs privileges: choose one above 1023 with --port\n";
    assert_eq!(
        (output.status.code(), &*String::from_utf8_lossy(&output.stderr)),
        (Some(1), sentence)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_template_without_permission_is_a_sentence_and_exit_code_1() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("cookies-permission-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("template.html");
    std::fs::write(&file, "text").unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o000)).unwrap();
    let arguments = ["--port", "0", "--templates", folder.to_str().unwrap()];
    let output = run_without_privileges("template", &arguments);
    std::fs::remove_dir_all(&folder).unwrap();
    let sentence = format!(
        "cookies: can't read {}: this program has no permission to read it\n",
        file.display()
    );
    assert_eq!(
        (output.status.code(), &*String::from_utf8_lossy(&output.stderr)),
        (Some(1), &*sentence)
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
fn too_few_descriptors_are_a_sentence_and_exit_code_1() {
    for count in 4..9 {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {count}; exec \"$0\" --port 0")]);
        let output = shell.arg(program().get_program()).timeout(TIMEOUT).assert().failure().code(1);
        let printed = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(
            printed.starts_with("cookies: can't ") && printed.contains("'ulimit -n'"),
            "{printed}"
        );
        assert_eq!(printed.lines().count(), 1, "{printed}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_printed_is_an_error() {
    for option in ["--help", "--version"] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = program().arg(option).stdout(full).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stderr);
        assert!(printed.starts_with("cookies: can't write to standard output: "), "{printed}");
        assert_eq!(output.status.code(), Some(1));
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
    let has_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
    for (host, address, is_public) in [
        ("localhost", "localhost", false),
        ("127.0.0.1", "127.0.0.1", false),
        ("127.0.0.2", "127.0.0.2", false),
        ("0.0.0.0", "127.0.0.1", true),
        ("::1", "[::1]", false),
        ("::ffff:127.0.0.1", "[::ffff:127.0.0.1]", false),
        ("[::1]", "[::1]", false),
        ("::", if has_ipv6 { "[::1]" } else { "127.0.0.1" }, true),
    ] {
        if !has_ipv6 && address.starts_with('[') {
            eprintln!("NOT tested: {host}, since this machine has no IPv6");
            continue;
        }
        let server = Server::start_with(&["--host", host]);
        let public = if is_public { ", open to the whole network" } else { "" };
        let expected = format!(
            "# Serving the cookie pages on http://{address}:{}/{public} (Ctrl-C ends it)\n",
            server.port
        );
        assert_eq!(server.log_with("\n"), expected, "{host}");
        let address = address.trim_matches(['[', ']']);
        TcpStream::connect((address, server.port)).unwrap();
    }
}

/// A link-local address means nothing without its interface.
#[cfg(target_os = "linux")]
#[test]
fn a_link_local_address_keeps_its_interface() {
    let table = std::fs::read_to_string("/proc/net/if_inet6").unwrap_or_default();
    let Some(line) = table.lines().find(|line| line.starts_with("fe80")) else {
        eprintln!("NOT tested: this machine has no link-local address");
        return;
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let ip = Ipv6Addr::from(u128::from_str_radix(words[0], 16).unwrap());
    let interface = words[5];
    for host in [format!("{ip}%{interface}"), format!("[{ip}%{interface}]")] {
        let server = Server::start_with(&["--host", &host]);
        let url = format!("http://[{ip}%25{interface}]:{}/", server.port);
        assert!(server.log_with("\n").contains(&url), "{url}");
        let address = (&*format!("{ip}%{interface}"), server.port);
        TcpStream::connect(address).unwrap();
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
        let server = Server::start_on_a_terminal(options, ("NO_COLOR", ""));
        server.ask(request.as_bytes());
        server.log_with(coloured);
        for variable in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let colourless = Server::start_on_a_terminal(options, variable);
            let status = colourless.ask(request.as_bytes()).status;
            let log = colourless.log_with(&format!(" {status} "));
            assert!(!log.contains('\x1b'), "{variable:?}: {log}");
        }
    }
}

/// As when a terminal is stopped, or another program has started this one and doesn't listen.
#[test]
fn a_standard_output_that_nobody_reads_holds_no_client_up() {
    let path = "a".repeat(limits::MAX_TARGET_BYTES - 1);
    // Their lines are more than fits into the pipe, and into what waits for it.
    let clients = 3 * limits::MAX_LOG_BYTES / limits::MAX_LOGGED_REQUEST_BYTES;
    let (mut server, output) = Server::start_unread(&[]);
    for _ in 0..clients {
        assert_eq!(server.get(&format!("/{path}"), "Connection: close\r\n").status, 404);
    }
    let reads = thread::spawn(|| BufReader::new(output).lines().map_while(Result::ok).count());
    let notes = server.notes_at_the_end();
    let lost = notes.lines().map(|note| {
        let count = note.strip_prefix("cookies: lines of standard output that are lost: ");
        count.unwrap().parse::<usize>().unwrap()
    });
    let lost: usize = lost.sum();
    assert!(lost > 0);
    assert_eq!(reads.join().unwrap() + lost, clients, "{notes}");
}

/// What is written to a pipe is not lost, though nobody has read it yet.
#[test]
fn lines_that_wait_in_a_pipe_are_not_counted_as_lost() {
    let clients = 300;
    let path = "a".repeat(limits::MAX_TARGET_BYTES / 4);
    let (mut server, output) = Server::start_unread(&[]);
    for _ in 0..clients {
        server.get(&format!("/{path}"), "Connection: close\r\n");
    }
    let notes = server.notes_at_the_end();
    let lost = notes.strip_prefix("cookies: lines of standard output that are lost: ").unwrap();
    let written = BufReader::new(output).lines().map_while(Result::ok);
    // The last line may be cut off.
    let whole = written.filter(|line| line.contains("\" 404 ")).count();
    assert_eq!(whole + lost.trim_end().parse::<usize>().unwrap(), clients);
}

#[test]
fn a_log_that_cannot_be_written_is_reported_once_and_its_lines_are_counted() {
    let (mut server, output) = Server::start_never_blocking(&[]);
    // Unlike a drop, this also works while a child of another test still has a copy.
    output.shutdown(Shutdown::Both).unwrap();
    for _ in 0..3 {
        assert_eq!(server.get("/", "").status, 200);
    }
    let notes = server.notes_at_the_end();
    let (why, count) = notes.split_once('\n').unwrap();
    assert!(why.starts_with("cookies: standard output can't be written: "), "{why}");
    assert_eq!(count, "cookies: lines of standard output that are lost: 3\n");
}

/// Node, for one, leaves the pipes of its children in this mode.
#[test]
fn a_standard_output_that_never_blocks_gets_every_line() {
    let (mut server, output) = Server::start_never_blocking(&[]);
    // More than a socket holds, and less than may wait.
    let path = format!("/?{}", "a".repeat(1000));
    let clients = limits::MAX_LOG_BYTES / 2 / path.len();
    for _ in 0..clients {
        assert_eq!(server.get(&path, "Connection: close\r\n").status, 200);
    }
    let reads = thread::spawn(|| BufReader::new(output).lines().map_while(Result::ok).count());
    assert_eq!(server.notes_at_the_end(), "");
    assert_eq!(reads.join().unwrap(), clients);
}
