//! The command line: what was asked for, or what was wrong with it.

use crate::access_log::Detail;
use crate::limits;
use std::ffi::OsString;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
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
      --trace          print the whole exchange instead, cookies and all
                       [of these two, the last counts]
  -h, --help           print this
  -V, --version        print the version

Examples:
  cookies              open http://localhost:5000/ and click
  cookies --port 0     any free port; the address is printed
  cookies --trace      see what a browser says, and what it is told
  cookies --reload     edit templates/template.html, and refresh
";

/// What the program is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Print [`HELP`].
    Help,
    /// Print the version.
    Version,
    /// Serve the pages.
    Serve(Options),
}

/// How the pages are to be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The address or name to listen on.
    pub host: String,
    /// The port; 0 for any free one.
    pub port: u16,
    /// How many workers there are; `None` for one per core.
    pub threads: Option<usize>,
    /// How long the last clients may take once the server stops.
    pub grace: Duration,
    /// The folder of the template; `None` for the one built in.
    pub templates: Option<PathBuf>,
    /// Whether to read the template again for each page.
    pub reload: bool,
    /// What is printed of each request. Of `--quiet` and `--trace`, the last counts.
    pub detail: Detail,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: "localhost".to_owned(),
            port: 5000,
            threads: None,
            grace: limits::DEFAULT_GRACE,
            templates: None,
            reload: false,
            detail: Detail::Line,
        }
    }
}

impl Options {
    /// How many workers to start.
    pub fn workers(&self) -> usize {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        self.threads.unwrap_or_else(cores).min(*limits::WORKERS.end())
    }

    /// Sets what `flag` says. Only some flags have a `value`.
    fn set(
        &mut self,
        flag: &str,
        value: impl FnOnce() -> Result<String, UsageError>,
    ) -> Result<(), UsageError> {
        match flag {
            "--host" => self.host = host(value()?)?,
            "--port" | "-p" => self.port = number(flag, &value()?, 0..=u16::MAX)?,
            "--threads" => self.threads = Some(number(flag, &value()?, limits::WORKERS)?),
            "--grace" => {
                let seconds = number(flag, &value()?, limits::GRACE_SECONDS)?;
                self.grace = Duration::from_secs(seconds);
            }
            "--templates" => self.templates = Some(value()?.into()),
            "--reload" => self.reload = true,
            "--quiet" => self.detail = Detail::Nothing,
            "--trace" => self.detail = Detail::Exchange,
            _ => return Err(unknown(flag)),
        }
        Ok(())
    }
}

/// What is wrong with the command line, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError(String);

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let see = if self.0.ends_with('?') { " See" } else { "; see" };
        write!(f, "{}{see} cookies --help", self.0)
    }
}

impl std::error::Error for UsageError {}

/// Reads the arguments after the program's name.
///
/// # Errors
///
/// An unknown option, or a value that is missing, not wanted or not possible.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, UsageError> {
    let texts: Result<Vec<String>, OsString> =
        arguments.into_iter().map(OsString::into_string).collect();
    let mut arguments =
        texts.map_err(|odd| UsageError(format!("{odd:?} is not UTF-8")))?.into_iter();
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let (flag, mut inline) = match argument.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
            _ => (&*argument, None),
        };
        let value = || {
            let value = inline.take().or_else(|| arguments.next());
            value.ok_or_else(|| UsageError(format!("{flag} needs a value")))
        };
        let command = match flag {
            "--help" | "-h" => Some(Command::Help),
            "--version" | "-V" => Some(Command::Version),
            // Options end here, and there is nothing but options.
            "--" => match arguments.next() {
                Some(operand) => return Err(UsageError(format!("unknown argument '{operand}'"))),
                None => None,
            },
            _ => {
                options.set(flag, value)?;
                None
            }
        };
        if inline.is_some() {
            return Err(UsageError(format!("{flag} takes no value")));
        }
        if let Some(command) = command {
            return Ok(command);
        }
    }
    if options.reload {
        options.templates.get_or_insert_with(|| "templates".into());
    }
    Ok(Command::Serve(options))
}

/// A decimal number within `range`.
fn number<N>(flag: &str, text: &str, range: RangeInclusive<N>) -> Result<N, UsageError>
where
    N: FromStr + PartialOrd + fmt::Display,
{
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.filter(|_| !text.starts_with('+')).ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        UsageError(format!("{flag} takes a number from {least} to {most}, not '{text}'"))
    })
}

/// A name or an address alone.
fn host(text: String) -> Result<String, UsageError> {
    // Several colons are an IPv6 address, and brackets end one.
    let port = text.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
    let sentence = "--host takes a name or an address, and --port a port";
    match port {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
            let hint = format!("did you mean '--host {host} --port {port}'?");
            Err(UsageError(format!("{sentence}, not '{text}'; {hint}")))
        }
        _ if port.is_some() || text.contains('/') => {
            Err(UsageError(format!("{sentence}, not '{text}'")))
        }
        _ => Ok(text),
    }
}

/// The sentence about an argument that is not an option. It suggests `--port` for a number, and otherwise the
/// option that shares at least half of the letters.
fn unknown(argument: &str) -> UsageError {
    let kind = if argument.starts_with('-') { "unknown option" } else { "unknown argument" };
    let flag = argument.trim_end_matches(|char: char| char.is_ascii_digit());
    let port = &argument[flag.len()..];
    let is_port = matches!(letters(flag), b"" | b"p" | b"P" | b"p=" | b":" | b"port" | b"port=");
    let options = HELP.split_whitespace().filter(|word| word.starts_with("--"));
    let nearest = options.max_by_key(|option| likeness(argument, option)).filter(|nearest| {
        let likeness = likeness(argument, nearest);
        likeness > 0 && 2 * likeness >= letters(argument).len()
    });
    UsageError(match nearest {
        _ if is_port && port.parse::<u16>().is_ok() => {
            format!("{kind} '{argument}'; did you mean '--port {port}'?")
        }
        Some(option) => format!("{kind} '{argument}'; did you mean '{option}'?"),
        None => format!("{kind} '{argument}'"),
    })
}

/// How many letters two options share at their beginning, and then at their end: most mistakes are
/// between.
fn likeness(one: &str, other: &str) -> usize {
    let (one, other) = (letters(one), letters(other));
    let is_same = |(one, other): &(&u8, &u8)| one == other;
    let start = one.iter().zip(other).take_while(is_same).count();
    let ends = one[start..].iter().rev().zip(other[start..].iter().rev());
    start + ends.take_while(is_same).count()
}

fn letters(option: &str) -> &[u8] {
    option.trim_start_matches('-').as_bytes()
}
