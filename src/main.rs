//! `cookies`: the parts, put together, and the exit code.

use cookies_from_scratch::app::App;
use cookies_from_scratch::command_line::{self, Command, HELP, Options, UsageError};
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use cookies_from_scratch::server::Server;
use cookies_from_scratch::unix::{self, Signals};
use std::error::Error;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

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
        Command::Serve(options) => serve(&options),
    }
}

fn serve(options: &Options) -> Result<(), Box<dyn Error>> {
    let app = App::new(options.templates.as_deref(), options.reload)?;
    let server = Server::bind(&options.host, options.port)?;
    // Log parsers skip lines that begin with #.
    let greeting = format!(
        "# Serving the cookie pages on {}{} (Ctrl-C ends it)\n",
        server.url()?,
        if server.is_public() { ", open to the whole network" } else { "" }
    );
    let advise = |error: std::io::Error| {
        let advice = match error.kind() {
            ErrorKind::WouldBlock => {
                ": raise the limit of threads, 'ulimit -u', or lower --threads"
            }
            _ if unix::lacks_descriptors(&error) => {
                ": raise the limit of open files, 'ulimit -n', or lower --threads"
            }
            _ => "",
        };
        format!("can't start: {error}{advice}")
    };
    let signals = Signals::catch().map_err(advise)?;
    let page =
        move |request: &Request<'_>, response: &mut Response<'_>| app.answer(request, response);
    let server = server.start(page, options.detail, options.workers()).map_err(advise)?;
    server.print(&greeting);
    signals.wait();
    server.stop(options.grace);
    Ok(())
}

/// Prints to standard output. A reader that has gone, as in `cookies --help | head -1`, is not an error.
fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut stdout = std::io::stdout();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("can't write to standard output: {error}").into())
        }
        _ => Ok(()),
    }
}
