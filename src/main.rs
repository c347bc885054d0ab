//! `cookies`: the parts, put together, and the exit code.

use cookies_from_scratch::app::App;
use cookies_from_scratch::command_line::{self, Command, Options};
use cookies_from_scratch::server::Server;
use cookies_from_scratch::unix::Signals;
use std::error::Error;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let result = match command_line::parse(std::env::args_os().skip(1)) {
        Ok(Command::Print(text)) => print(text),
        Ok(Command::Serve(options)) => serve(&options),
        Err(sentence) => return fail(&sentence, 2),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string(), 1),
    }
}

fn fail(sentence: &str, code: u8) -> ExitCode {
    // Unlike `eprintln`, this doesn't panic if standard error is closed.
    let _ = writeln!(std::io::stderr(), "cookies: {sentence}");
    ExitCode::from(code)
}

fn serve(options: &Options) -> Result<(), Box<dyn Error>> {
    // Further lines of the error show the mistake. Here one line is enough, as for any other error.
    let first_line = |error: String| error.lines().next().unwrap_or_default().to_owned();
    let app = App::new(options.templates.as_deref(), options.reload).map_err(first_line)?;
    let server = Server::bind(&options.host, options.port)?;
    let public = if server.is_public() { ", open to the whole network" } else { "" };
    // Log parsers skip lines that begin with #.
    let greeting =
        format!("# Serving the cookie pages on {}{public} (Ctrl-C ends it)\n", server.url);
    let cannot_start = |error| {
        let advice = "lower --threads, or raise 'ulimit -n' (open files) or 'ulimit -u' (threads)";
        format!("can't start: {error}: {advice}")
    };
    let signals = Signals::catch().map_err(cannot_start)?;
    let running = server
        .start(
            move |request, response| app.answer(request, response),
            options.detail,
            options.threads,
        )
        .map_err(cannot_start)?;
    running.print(&greeting);
    signals.wait();
    running.stop(options.grace);
    Ok(())
}

/// Prints to standard output. A reader that has gone, as in `cookies --help | head -1`, is not an error.
fn print(text: &str) -> Result<(), Box<dyn Error>> {
    // No flush is needed: `stdout` writes at each line break, and the text ends with one.
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("can't write to standard output: {error}").into())
        }
        _ => Ok(()),
    }
}
