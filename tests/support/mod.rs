//! The real program, fresh, on a free port; and the bytes that go in and out of it.

#![allow(dead_code, missing_docs, reason = "each test uses a part of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take before a test calls it hung.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The program, ended when the test is.
pub struct Server {
    child: Child,
    pub port: u16,
    /// What it has printed to standard output, the first line with the address included.
    log: Arc<Mutex<String>>,
    /// What it has printed to standard error.
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
        let mut command = program();
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
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends `bytes`, ends the writing side, and returns all that comes back.
    pub fn say(&self, bytes: &[u8]) -> Vec<u8> {
        self.say_in_pieces(&[bytes])
    }

    /// Sends `pieces` one after the other, each in a packet of its own if the network lets it be.
    pub fn say_in_pieces(&self, pieces: &[&[u8]]) -> Vec<u8> {
        let mut stream = self.connect();
        stream.set_nodelay(true).unwrap();
        for piece in pieces {
            // The server may close before it has read everything.
            let _ = stream.write_all(piece);
        }
        let _ = stream.shutdown(Shutdown::Write);
        read_all(&mut stream)
    }

    /// Sends the program this signal, named as `kill` does.
    pub fn send_signal(&self, name: &str) {
        let kill = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// Waits until the program has ended.
    #[track_caller]
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "it doesn't end");
            thread::yield_now();
        }
    }

    /// The most memory that the program has ever held, in KiB.
    #[cfg(target_os = "linux")]
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().strip_suffix(" kB").unwrap().parse().unwrap()
    }

    /// Sends one request and returns its answer.
    #[track_caller]
    pub fn ask(&self, request: &[u8]) -> Answer {
        let bytes = self.say(request);
        let mut answers = Answer::read_all(&bytes, request.starts_with(b"HEAD "));
        assert_eq!(answers.len(), 1, "{:?}", String::from_utf8_lossy(&bytes));
        answers.remove(0)
    }

    /// `GET path` with these fields.
    #[track_caller]
    pub fn get(&self, path: &str, fields: &str) -> Answer {
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n").as_bytes())
    }

    /// What the program has printed to standard output, once `wanted` is in it.
    #[track_caller]
    pub fn log_with(&self, wanted: &str) -> String {
        wait_for(&self.log, |log| log.contains(wanted))
    }

    /// What the program has printed to standard output, once it `is_wanted`.
    #[track_caller]
    pub fn log_when(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        wait_for(&self.log, is_wanted)
    }

    /// What the program has printed to standard error, once `wanted` is in it.
    #[track_caller]
    pub fn notes_with(&self, wanted: &str) -> String {
        wait_for(&self.notes, |notes| notes.contains(wanted))
    }
}

/// Collects `lines` behind `first` as they come.
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
    let deadline = Instant::now() + PATIENCE;
    loop {
        let text = text.lock().unwrap().clone();
        if is_wanted(&text) {
            return text;
        }
        assert!(Instant::now() < deadline, "not what was wanted: {text:?}");
        thread::yield_now();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port in the line that the program prints first.
#[track_caller]
pub fn port_in(line: &str) -> u16 {
    let port = line.rsplit(':').next().and_then(|end| end.split('/').next()?.parse().ok());
    port.unwrap_or_else(|| panic!("no port in {line:?}"))
}

/// The program, to be started.
pub fn program() -> Command {
    let mut program = Command::new(assert_cmd::cargo::cargo_bin!("cookies"));
    program.env_remove("NO_COLOR");
    program
}

/// Everything until the server ends its side. A reset is no end: it could have cost an answer.
#[track_caller]
pub fn read_all(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        panic!("{error} behind {:?}", String::from_utf8_lossy(&bytes));
    }
    bytes
}

/// The head of the next response, and no byte behind it.
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

/// A response, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// All responses in `bytes`, which must hold nothing else.
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

    /// The value of the only field of this name.
    pub fn field(&self, name: &str) -> Option<&str> {
        let values = self.values(name);
        assert!(values.len() <= 1, "{name} comes twice: {values:?}");
        values.first().copied()
    }

    /// The values of all fields of this name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let named = self.fields.iter().filter(|(each, _)| each == name);
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The element with this id: from its tag to the end of the section.
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

/// HTML text as the characters that it stands for.
pub fn unescape(html: &str) -> String {
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&")
}
