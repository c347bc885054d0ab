//! `cookies`: the parts, put together, and the exit code.

use cookies_from_scratch::app::App;
use cookies_from_scratch::command_line::{self, Command, HELP, Options, UsageError};
use cookies_from_scratch::request::Request;
use cookies_from_scratch::server::Server;
use cookies_from_scratch::unix;
use std::error::Error;
use std::io::Write;
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
    unix::share_memory(thread::available_parallelism().map_or(1, usize::from));
    let app = App::new(options.templates.as_deref(), options.reload)?;
    let server = Server::bind(&options.host, options.port)?;
    // What reads logs skips a line that begins with #.
    let greeting = format!("# Serving the cookie pages on {} (Ctrl-C ends it)\n", server.url()?);
    let page = move |request: &Request<'_>| app.answer(request);
    let server = server.open(page, options.detail, options.threads)?;
    unix::on_signals(server.closing())?;
    server.print(&greeting);
    server.keep(options.grace);
    Ok(())
}

/// Prints to standard output; if that is closed, nobody wants to read it.
fn print(text: &str) {
    let mut stdout = std::io::stdout();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
