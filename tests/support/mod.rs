//! Starts the real program on a free port, sends it raw bytes, and parses its responses.

#![allow(dead_code, missing_docs, reason = "each test uses only some of it")]

mod terminal;

use cookies_from_scratch::limits;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The longest that a test waits for anything before it counts as hung: longer than the program may make a
/// client wait, on a slow machine too.
pub const TIMEOUT: Duration = Duration::from_secs(10)
    .saturating_add(limits::IDLE_TIMEOUT)
    .saturating_add(limits::HEAD_TIMEOUT)
    .saturating_add(limits::WRITE_TIMEOUT)
    .saturating_add(limits::DRAIN_TIMEOUT);

/// The running program, killed on drop. Tests start it here only, so that none is left behind.
pub struct Server {
    child: Child,
    guard: Child,
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
        let (server, output) = Self::start_unread(options);
        server.collecting(output)
    }

    /// The same, with the limit that `ulimit -n` sets.
    #[track_caller]
    pub fn start_with_descriptors(count: usize, options: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        let line = format!("ulimit -n {count}; exec \"$0\" \"$@\"");
        shell.args(["-c", &line]).arg(program().get_program());
        let (server, output) = Self::start_command(shell, options);
        server.collecting(output)
    }

    /// The same on a terminal, with this variable in its environment.
    #[track_caller]
    pub fn start_on_a_terminal(options: &[&str], variable: (&str, &str)) -> Self {
        let (window, terminal) = terminal::open();
        let mut program = program();
        program.env(variable.0, variable.1).stdout(terminal);
        let (server, output) = Self::start_child(program, options, |_| window);
        server.collecting(output)
    }

    /// Starts the program, and reads only the first line of its standard output.
    #[track_caller]
    pub fn start_unread(options: &[&str]) -> (Self, ChildStdout) {
        Self::start_command(program(), options)
    }

    /// The same, with a standard output that says that it is full, and doesn't wait.
    #[track_caller]
    pub fn start_never_blocking(options: &[&str]) -> (Self, UnixStream) {
        let (output, stdout) = UnixStream::pair().unwrap();
        stdout.set_nonblocking(true).unwrap();
        let mut program = program();
        program.stdout(OwnedFd::from(stdout));
        Self::start_child(program, options, |_| output)
    }

    #[track_caller]
    fn start_command(mut command: Command, options: &[&str]) -> (Self, ChildStdout) {
        command.stdout(Stdio::piped());
        Self::start_child(command, options, |child| child.stdout.take().unwrap())
    }

    #[track_caller]
    fn start_child<R: Read + Send + 'static>(
        mut command: Command,
        options: &[&str],
        output: impl FnOnce(&mut Child) -> R,
    ) -> (Self, R) {
        command.args(["--port", "0"]).args(options).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let output = output(&mut child);
        let notes = collect(String::new(), child.stderr.take().unwrap());
        let guard = guard(&child);
        let mut server = Self { child, guard, port: 0, log: Arc::default(), notes };
        let (line, output) = read_line(output);
        let Some(port) = port_in(&line) else {
            let _ = server.child.kill();
            panic!("no port in {line:?}; standard error: {:?}", all_of(&server.notes))
        };
        server.port = port;
        *server.log.lock().unwrap() = line;
        (server, output)
    }

    /// The same server, whose `output` is read all the time.
    fn collecting(mut self, output: impl Read + Send + 'static) -> Self {
        let first_line = self.log.lock().unwrap().clone();
        self.log = collect(first_line, output);
        self
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    pub fn connect(&self) -> TcpStream {
        connect(("127.0.0.1", self.port))
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

    /// Sends the program a signal, named as in `kill -s`. Each shell has a `kill` of its own.
    pub fn send_signal(&self, name: &str) {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("kill -s {name} {}", self.child.id())]);
        assert!(output_of(shell, "").status.success());
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

    /// Tells the program to stop, waits until it has ended, and returns all of its standard error.
    #[track_caller]
    pub fn notes_at_the_end(&mut self) -> String {
        self.send_signal("TERM");
        assert_eq!(self.wait().code(), Some(0));
        // The thread that collects them drops its share when it has come to the end.
        wait_for(&self.notes, |_| Arc::strong_count(&self.notes) == 1)
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

/// Kills the program if this process ends and drops nothing, since it was killed itself: the end of its input
/// tells the shell.
fn guard(child: &Child) -> Child {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("read -r _; kill -s KILL {}", child.id())]).stdin(Stdio::piped());
    shell.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Reads the first line, which must come in time, and no byte after it.
#[track_caller]
fn read_line<R: Read + Send + 'static>(output: R) -> (String, R) {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut output = BufReader::with_capacity(1, output);
        let mut line = String::new();
        let _ = output.read_line(&mut line);
        let _ = sender.send((line, output.into_inner()));
    });
    receiver.recv_timeout(TIMEOUT).expect("the program prints its first line")
}

/// Appends the lines of `output` to `first` as they arrive, in a thread.
fn collect(first: String, output: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(first));
    let collected = Arc::clone(&text);
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            collected.lock().unwrap().push_str(&(line + "\n"));
        }
    });
    text
}

/// Whether no more will come: the thread that collects has ended.
fn is_complete(text: &Arc<Mutex<String>>) -> bool {
    Arc::strong_count(text) == 1
}

/// Waits until no more comes, and returns the text.
#[track_caller]
fn all_of(text: &Arc<Mutex<String>>) -> String {
    let deadline = Instant::now() + TIMEOUT;
    while !is_complete(text) {
        assert!(Instant::now() < deadline, "the output has no end");
        thread::yield_now();
    }
    text.lock().unwrap().clone()
}

#[track_caller]
fn wait_for(text: &Arc<Mutex<String>>, is_wanted: impl Fn(&str) -> bool) -> String {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        let is_complete = is_complete(text);
        let text = text.lock().unwrap().clone();
        if is_wanted(&text) {
            return text;
        }
        assert!(!is_complete, "the program's output has ended, and was {text:?}");
        assert!(Instant::now() < deadline, "timed out waiting for other output than {text:?}");
        thread::yield_now();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for process in [&mut self.guard, &mut self.child] {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// The port in the program's first line.
pub fn port_in(line: &str) -> Option<u16> {
    line.rsplit(':').next().and_then(|end| end.split('/').next()?.parse().ok())
}

/// A connection on which no read and no write waits for ever.
#[track_caller]
pub fn connect(address: impl ToSocketAddrs) -> TcpStream {
    let address = address.to_socket_addrs().unwrap().next().unwrap();
    let stream = TcpStream::connect_timeout(&address, TIMEOUT).unwrap();
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    stream.set_write_timeout(Some(TIMEOUT)).unwrap();
    stream
}

/// The command that runs the program.
pub fn program() -> Command {
    let mut program = Command::new(assert_cmd::cargo::cargo_bin!("cookies"));
    program.env_remove("NO_COLOR").env("TERM", "xterm");
    program
}

/// curl without the user's configuration, which gives up in time.
pub fn curl() -> Command {
    let mut curl = Command::new("curl");
    curl.args(["--disable", "--max-time", &TIMEOUT.as_secs().to_string()]);
    curl
}

/// Gives a command this `input`, and waits for its end.
#[track_caller]
pub fn output_of(command: Command, input: &str) -> Output {
    output_within(TIMEOUT, command, input)
}

/// The same with another time. If the end doesn't come within it, the command is killed.
#[track_caller]
pub fn output_within(time: Duration, command: Command, input: &str) -> Output {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut command = assert_cmd::Command::from_std(command);
    let output = command.timeout(time).write_stdin(input).output().unwrap_or_else(|error| {
        let or_skip = match &*name {
            "curl" => ", or skip such tests: cargo test -- --skip part_ --skip curl_",
            _ => "",
        };
        panic!("this test needs {name}: install it{or_skip} ({error})")
    });
    assert!(output.status.code().is_some(), "{name} doesn't end: {output:?}");
    output
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

    /// The HTML of the section with this id.
    #[track_caller]
    pub fn element(&self, id: &str) -> &str {
        let start = self.body.find(&format!("<section id=\"{id}\">")).expect("the section");
        let length = self.body[start..].find("</section>").expect("its end");
        &self.body[start..start + length]
    }

    /// What the page predicts that the browser will send, to `/` and to `/set-path-cookie`.
    #[track_caller]
    pub fn predicted(&self) -> [String; 2] {
        let rows = self.element("next").split("<dd><code>").skip(1);
        let lines = rows.map(|row| unescape(row.split_once("</code>").unwrap().0));
        lines.collect::<Vec<_>>().try_into().unwrap()
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

/// The text of a page, without its markup.
pub fn text_of(html: &str) -> String {
    let mut texts = html.split('<');
    let first = texts.next().unwrap_or_default().to_owned();
    unescape(
        &texts.fold(first, |text, rest| text + rest.split_once('>').map_or("", |(_, text)| text)),
    )
}

/// Decodes the character references that the program writes.
pub fn unescape(html: &str) -> String {
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&")
}
