//! Starts the real program on a free port, sends it raw bytes, and parses its responses.

#![allow(dead_code, missing_docs, reason = "each test uses only some of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The longest that a test waits for the program before it counts as hung.
pub const TIMEOUT: Duration = Duration::from_secs(20);

/// The running program, killed on drop.
pub struct Server {
    child: Child,
    pub port: u16,
    /// Standard output so far, including the first line, which has the address.
    log: Arc<Mutex<String>>,
    /// Standard error so far.
    notes: Arc<Mutex<String>>,
}

impl Server {
    /// Starts the program on a free port of `localhost`.
    #[track_caller]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    #[track_caller]
    pub fn start_with(options: &[&str]) -> Self {
        Self::start_command(program(), options)
    }

    /// The same, with the limit that `ulimit -n` sets.
    #[track_caller]
    pub fn start_with_descriptors(count: usize, options: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        let line = format!("ulimit -n {count}; exec \"$0\" \"$@\"");
        shell.args(["-c", &line]).arg(program().get_program());
        Self::start_command(shell, options)
    }

    #[track_caller]
    fn start_command(mut command: Command, options: &[&str]) -> Self {
        command.args(["--port", "0"]).args(options).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first_line = String::new();
        stdout.read_line(&mut first_line).unwrap();
        let port = port_in(&first_line);
        let log = collect(first_line, stdout);
        let notes = collect(String::new(), BufReader::new(child.stderr.take().unwrap()));
        Self { child, port, log, notes }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_write_timeout(Some(TIMEOUT)).unwrap();
        stream
    }

    /// Sends `bytes`, shuts down the writing side, and returns all bytes that the server sends.
    pub fn say(&self, bytes: &[u8]) -> Vec<u8> {
        self.say_in_pieces(&[bytes])
    }

    /// Sends `slices` one after the other, each in its own packet if the network allows it.
    pub fn say_in_pieces(&self, slices: &[&[u8]]) -> Vec<u8> {
        let mut stream = self.connect();
        stream.set_nodelay(true).unwrap();
        for slice in slices {
            // The server may close before it has read everything.
            let _ = stream.write_all(slice);
        }
        let _ = stream.shutdown(Shutdown::Write);
        read_all(&mut stream)
    }

    /// Sends the program a signal, named as in `kill -s`.
    pub fn send_signal(&self, name: &str) {
        send_signal(&self.child, name);
    }

    /// Waits until the program has ended.
    #[track_caller]
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the program doesn't end");
            thread::yield_now();
        }
    }

    /// The program's peak resident memory, in KiB.
    #[cfg(target_os = "linux")]
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().strip_suffix(" kB").unwrap().parse().unwrap()
    }

    /// Sends one request and returns the only response.
    #[track_caller]
    pub fn ask(&self, request: &[u8]) -> Answer {
        let bytes = self.say(request);
        let mut answers = Answer::read_all(&bytes, request.starts_with(b"HEAD "));
        assert_eq!(answers.len(), 1, "{:?}", String::from_utf8_lossy(&bytes));
        answers.remove(0)
    }

    /// Sends `GET path` with these field lines.
    #[track_caller]
    pub fn get(&self, path: &str, fields: &str) -> Answer {
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n").as_bytes())
    }

    /// Waits until standard output contains `wanted`, and returns all of it.
    #[track_caller]
    pub fn log_with(&self, wanted: &str) -> String {
        wait_for(&self.log, |log| log.contains(wanted))
    }

    /// Waits until standard output `is_wanted`, and returns all of it.
    #[track_caller]
    pub fn log_when(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        wait_for(&self.log, is_wanted)
    }

    /// Waits until standard error contains `wanted`, and returns all of it.
    #[track_caller]
    pub fn notes_with(&self, wanted: &str) -> String {
        wait_for(&self.notes, |notes| notes.contains(wanted))
    }
}

/// Appends `lines` to `first` as they arrive, in a thread.
fn collect(first: String, lines: impl BufRead + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(first));
    let collected = Arc::clone(&text);
    thread::spawn(move || {
        for line in lines.lines().map_while(Result::ok) {
            collected.lock().unwrap().push_str(&(line + "\n"));
        }
    });
    text
}

#[track_caller]
fn wait_for(text: &Mutex<String>, is_wanted: impl Fn(&str) -> bool) -> String {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        let text = text.lock().unwrap().clone();
        if is_wanted(&text) {
            return text;
        }
        assert!(Instant::now() < deadline, "timed out waiting for other output than {text:?}");
        thread::yield_now();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port in the program's first line.
#[track_caller]
pub fn port_in(line: &str) -> u16 {
    let port = line.rsplit(':').next().and_then(|end| end.split('/').next()?.parse().ok());
    port.unwrap_or_else(|| panic!("no port in {line:?}"))
}

/// Sends a child a signal, named as in `kill -s`.
#[track_caller]
pub fn send_signal(child: &Child, name: &str) {
    let kill = Command::new("kill").args(["-s", name, &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
}

/// The command that runs the program.
pub fn program() -> Command {
    let mut program = Command::new(assert_cmd::cargo::cargo_bin!("cookies"));
    program.env_remove("NO_COLOR");
    program
}

/// Reads until the server closes. A reset panics, since it can discard a response that was sent.
#[track_caller]
pub fn read_all(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        panic!("{error} after {:?}", String::from_utf8_lossy(&bytes));
    }
    bytes
}

/// Reads the head of the next response, and no byte after it.
#[track_caller]
pub fn read_head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        bytes.push(byte[0]);
    }
    String::from_utf8(bytes).unwrap()
}

/// A parsed response.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// Parses all responses in `bytes`, which must contain nothing else.
    #[track_caller]
    pub fn read_all(mut bytes: &[u8], to_head: bool) -> Vec<Self> {
        let mut answers = Vec::new();
        while !bytes.is_empty() {
            let (answer, rest) = Self::read(bytes, to_head);
            answers.push(answer);
            bytes = rest;
        }
        answers
    }

    #[track_caller]
    fn read(bytes: &[u8], to_head: bool) -> (Self, &[u8]) {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("the end of a head");
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let (status_line, lines) = head.split_once("\r\n").unwrap();
        let status = status_line.strip_prefix("HTTP/1.1 ").unwrap()[..3].parse().unwrap();
        let fields = lines.split("\r\n").map(|line| line.split_once(": ").unwrap());
        let fields: Vec<_> =
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut answer = Self { status, fields, body: String::new() };
        let length = answer.field("Content-Length").map_or(0, |length| length.parse().unwrap());
        let length = if to_head { 0 } else { length };
        let body = &bytes[end + 4..][..length];
        answer.body = String::from_utf8(body.to_vec()).unwrap();
        (answer, &bytes[end + 4 + length..])
    }

    /// The value of this field, which may occur only once.
    pub fn field(&self, name: &str) -> Option<&str> {
        let values = self.values(name);
        assert!(values.len() <= 1, "{name} occurs more than once: {values:?}");
        values.first().copied()
    }

    /// The values of all fields of this name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let named = self.fields.iter().filter(|(each, _)| each == name);
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The HTML of the element with this id, up to the end of its section.
    #[track_caller]
    pub fn element(&self, id: &str) -> &str {
        let start = self.body.find(&format!(" id=\"{id}\"")).expect("the element");
        let length =
            self.body[start..].find("</section>").or_else(|| self.body[start..].find("</aside>"));
        &self.body[start..start + length.unwrap()]
    }

    /// The cookies that the page shows, unescaped.
    #[track_caller]
    pub fn cookies(&self) -> Vec<(String, String)> {
        let rows = self.element("cookies").split("<tr><td>").skip(1);
        rows.map(|row| {
            let (name, rest) = row.split_once("</td><td>").unwrap();
            let (value, _) = rest.split_once("</td>").unwrap();
            (unescape(name), unescape(value))
        })
        .collect()
    }
}

/// Decodes the character references that the program writes.
pub fn unescape(html: &str) -> String {
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&")
}
