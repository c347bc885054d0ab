//! The command line: what was asked for, or what was wrong with it.

use crate::access_log::Detail;
use crate::limits;
use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// What `--help` prints.
pub const HELP: &str = "\
Six tiny pages that show what cookies do, and the server below them.

Usage: cookies [OPTIONS]

Options:
      --host ADDR      the address [default: localhost, on IPv4 and IPv6]
  -p, --port N         the port; 0 for any free one [default: 5000]
      --threads N      worker threads; a page that blocks holds up all clients
                       of its worker [default: one per core]
      --grace SECONDS  how long the last clients may take to end [default: 8]
      --templates DIR  read DIR/template.html instead of the one built in
      --reload         read it again for each page [DIR: templates by default]
      --quiet          print no line for each request
      --trace          print the heads of both sides instead, cookies and all
                       [the last of --quiet and --trace counts]
  -h, --help           print this
  -V, --version        print the version

Examples:
  cookies              open http://localhost:5000/ and click
  cookies --port 0     any free port; the address is printed
  cookies --trace      see what a browser says, and what it is told
  cookies --reload     edit templates/template.html, and refresh
";

/// What `--version` prints.
const VERSION: &str = concat!("cookies ", env!("CARGO_PKG_VERSION"), "\n");

/// What the program is to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Print this text, and end.
    Print(&'static str),
    /// Serve the pages.
    Serve(Options),
}

/// How the pages are to be served.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// The address or name to listen on; an IPv6 address without brackets.
    pub host: String,
    /// The port; 0 for any free one.
    pub port: u16,
    /// The number of workers.
    pub threads: usize,
    /// How long the last clients may take once the server stops.
    pub grace: Duration,
    /// The folder of the template; `None` for the one built in.
    pub templates: Option<PathBuf>,
    /// Whether to read the template again for each page.
    pub reload: bool,
    /// What is printed of each request.
    pub detail: Detail,
}

impl Default for Options {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self {
            host: "localhost".to_owned(),
            port: 5000,
            threads: cores.min(usize::from(*limits::WORKERS.end())),
            grace: limits::DEFAULT_GRACE,
            templates: None,
            reload: false,
            detail: Detail::Line,
        }
    }
}

/// Reads the arguments after the program's name.
///
/// # Errors
///
/// A sentence about an unknown option, or a value that is missing, not wanted or not possible.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let texts: Result<Vec<_>, _> = arguments.into_iter().map(OsString::into_string).collect();
    let texts = texts.map_err(|odd| format!("{odd:?} is not UTF-8"));
    texts.and_then(parse_texts).map_err(|sentence| {
        // "… did you mean '--port'? See cookies --help" or "--port needs a value; see cookies --help"
        let see = if sentence.ends_with('?') { " See" } else { "; see" };
        format!("{sentence}{see} cookies --help")
    })
}

fn parse_texts(arguments: Vec<String>) -> Result<Command, String> {
    let (mut arguments, mut options, mut text) = (arguments.into_iter(), Options::default(), None);
    let mut options_have_ended = false;
    while let Some(argument) = arguments.next() {
        let (flag, mut inline_value) = match argument.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
            _ => (&*argument, None),
        };
        let mut value = || {
            let value = inline_value.take().or_else(|| arguments.next());
            value.ok_or_else(|| format!("{flag} needs a value"))
        };
        match flag {
            _ if options_have_ended => return Err(format!("unknown argument '{argument}'")),
            "--" => options_have_ended = true,
            "--host" => options.host = host(&value()?)?,
            "--port" | "-p" => options.port = number(flag, &value()?, 0..=u16::MAX)?,
            "--threads" => options.threads = number(flag, &value()?, limits::WORKERS)?.into(),
            "--grace" => {
                let seconds = number(flag, &value()?, limits::GRACE_SECONDS)?;
                options.grace = Duration::from_secs(seconds.into());
            }
            "--templates" => options.templates = Some(value()?.into()),
            "--reload" => options.reload = true,
            "--quiet" => options.detail = Detail::Nothing,
            "--trace" => options.detail = Detail::Exchange,
            "--help" | "-h" => text = Some(HELP),
            "--version" | "-V" => text = Some(VERSION),
            _ => return Err(unknown(flag)),
        }
        match (inline_value, text) {
            (Some(_), _) => return Err(format!("{flag} takes no value")), // as nothing has taken it
            (None, Some(text)) => return Ok(Command::Print(text)),
            (None, None) => {}
        }
    }
    let folder = options.reload.then(|| "templates".into());
    options.templates = options.templates.or(folder);
    Ok(Command::Serve(options))
}

/// A decimal number within `range`. (`str::parse` would also accept a `+`.)
fn number(flag: &str, text: &str, range: RangeInclusive<u16>) -> Result<u16, String> {
    let number =
        text.parse().ok().filter(|number| range.contains(number) && !text.starts_with('+'));
    let (least, most) = range.into_inner();
    number.ok_or_else(|| format!("{flag} takes a number from {least} to {most}, not '{text}'"))
}

/// A name or an address alone, without brackets.
fn host(text: &str) -> Result<String, String> {
    // Whether what is before the last colon is a host, and not half of an IPv6 address, as in `::1`.
    let is_host = |host: &str| !host.contains(':') || host.ends_with(']');
    let with_port = text.rsplit_once(':').filter(|(host, _)| is_host(host));
    if with_port.is_none() && !text.contains('/') {
        return Ok(text.trim_matches(['[', ']']).to_owned());
    }
    let hint = match with_port {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
            format!("; did you mean '--host {host} --port {port}'?")
        }
        _ => String::new(),
    };
    Err(format!("--host takes a name or an address, and --port a port, not '{text}'{hint}"))
}

/// The sentence about an argument that is not an option.
fn unknown(argument: &str) -> String {
    let kind = if argument.starts_with('-') { "option" } else { "argument" };
    match similar_option(argument) {
        Some(option) => format!("unknown {kind} '{argument}'; did you mean '{option}'?"),
        None => format!("unknown {kind} '{argument}'"),
    }
}

/// Suggests `--port 8080` for `8080`, `-p8080` or `port=8080`. For others it suggests the option that shares
/// the most letters with `argument`: at least half of the argument's.
fn similar_option(argument: &str) -> Option<String> {
    let name = argument.trim_end_matches(|char: char| char.is_ascii_digit());
    let port = &argument[name.len()..];
    let is_port = matches!(name.trim_matches(['-', ':', '=']), "" | "p" | "P" | "port");
    if is_port && port.parse::<u16>().is_ok() {
        return Some(format!("--port {port}"));
    }
    let letters = argument.trim_start_matches('-');
    let options = HELP.split_whitespace().filter_map(|word| word.strip_prefix("--"));
    let (count, nearest) = options.map(|option| (shared_letters(letters, option), option)).max()?;
    (count > 0 && 2 * count >= letters.len()).then(|| format!("--{nearest}"))
}

/// How many letters two words share at their beginning, and then at their end: most typing mistakes are in
/// the middle.
fn shared_letters(one: &str, other: &str) -> usize {
    let is_same = |(one, other): &(u8, u8)| one == other;
    let start = one.bytes().zip(other.bytes()).take_while(is_same).count();
    let ends = one.bytes().skip(start).rev().zip(other.bytes().skip(start).rev());
    start + ends.take_while(is_same).count()
}
