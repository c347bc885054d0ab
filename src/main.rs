//! `cookies`: the exit code, and nothing else.

use cookies_from_scratch::access_log::Style;
use cookies_from_scratch::app::App;
use cookies_from_scratch::command_line::{self, Command, HELP, Options, UsageError};
use cookies_from_scratch::request::Request;
use cookies_from_scratch::server::Server;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "cookies: {error}");
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    match command_line::parse(std::env::args_os().skip(1))? {
        Command::Help => print(HELP),
        Command::Version => print(&format!("cookies {}\n", env!("CARGO_PKG_VERSION"))),
        Command::Serve(options) => serve(&options)?,
    }
    Ok(())
}

fn serve(options: &Options) -> Result<(), Box<dyn Error>> {
    let app = App::new(options.templates.as_deref(), options.reload)?;
    let server = Server::bind(&options.host, options.port)?;
    let end = end()?;
    print(&format!("Serving the cookie pages on {} (Ctrl-C ends it)\n", server.url()?));
    let style = if options.quiet { Style::Quiet } else { Style::for_stdout() };
    let page = move |request: &Request<'_>| app.answer(request);
    Ok(server.run(page, style, options.threads, options.grace, end)?)
}

/// Returns what waits for Ctrl-C or SIGTERM. A second signal ends the program at once.
#[cfg(unix)]
fn end() -> io::Result<impl FnOnce()> {
    use cookies_from_scratch::unix::Signals;
    use std::process::exit;
    use std::sync::mpsc::channel;

    let mut signals = Signals::catch()?;
    let (first, end) = channel();
    thread::Builder::new().spawn(move || {
        let _ = first.send(signals.wait());
        exit(128 + i32::from(signals.wait()));
    })?;
    Ok(move || {
        let _ = end.recv();
    })
}

/// Elsewhere Ctrl-C ends the program at once, and nothing needs to wait for it.
#[cfg(not(unix))]
fn end() -> io::Result<impl FnOnce()> {
    Ok(|| {
        loop {
            thread::park();
        }
    })
}

/// Prints to standard output; if that is closed, nobody wants to read it.
fn print(text: &str) {
    let mut stdout = std::io::stdout();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
