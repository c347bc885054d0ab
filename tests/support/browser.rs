//! A browser: curl and a jar.
//!
//! ```text
//! localhost   FALSE   /   FALSE   1795439705   name   value
//! └─ domain             └─ path    └─ its end, in seconds since 1970; 0 is that of the session
//! ```

use crate::support::{Answer, read_head};
use std::io::Write;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Every jar begins like this.
const TITLE: &str = "# Netscape HTTP Cookie File";

/// No cookies.
pub const NOTHING: [&str; 0] = [];

/// A browser that has just been installed: its jar is empty.
#[derive(Default)]
pub struct Browser {
    /// A line for each cookie, and some comments.
    jar: String,
    is_restarted: bool,
}

impl Browser {
    pub fn new() -> Self {
        Self::default()
    }

    /// Visits a page with the cookies that are for it, and keeps those that the page asks it to keep.
    #[track_caller]
    pub fn visit(&mut self, url: &str) -> Answer {
        self.visit_with(&[], url)
    }

    /// The cookies that the page shows: `name=value` for each that was sent to it.
    #[track_caller]
    pub fn sends_to(&mut self, url: &str) -> Vec<String> {
        shown(&self.visit(url))
    }

    /// Visits a page with these options of curl's.
    ///
    /// The jar comes in and goes out by the standard streams: from a file, Debian 12's curl would read it
    /// twice, and so bring back what was deleted.
    #[track_caller]
    pub fn visit_with(&mut self, options: &[&str], url: &str) -> Answer {
        let mut curl = Command::new("curl");
        // Nobody's settings, no proxy, and every name is one of this machine.
        curl.args(["--disable", "--noproxy", "*", "--connect-to", "::127.0.0.1:"]);
        curl.args(["-sS", "-i", "-b", "-", "-c", "-"]).args(options).arg(url);
        if std::mem::take(&mut self.is_restarted) {
            curl.arg("--junk-session-cookies");
        }
        curl.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut curl = curl.spawn().expect("curl, which the lessons need");
        curl.stdin.take().unwrap().write_all(self.jar.as_bytes()).unwrap();
        let output = curl.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let output = String::from_utf8(output.stdout).unwrap();
        let (answer, jar) = output.split_at(output.rfind(TITLE).expect("a jar"));
        jar.clone_into(&mut self.jar);
        Answer::read_all(answer.as_bytes(), options.contains(&"--head")).remove(0)
    }

    /// Visits a server that sends these `Set-Cookie` lines, which no server of ours would.
    #[track_caller]
    pub fn hears(&mut self, lines: &[&str]) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
        let lines: String = lines.iter().flat_map(|line| ["Set-Cookie: ", line, "\r\n"]).collect();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            read_head(&mut stream);
            write!(stream, "HTTP/1.1 200 OK\r\n{lines}Content-Length: 0\r\n\r\n").unwrap();
        });
        self.visit(&url);
        server.join().unwrap();
    }

    /// The names of the cookies in the jar.
    pub fn keeps(&self) -> Vec<&str> {
        self.cookies().map(|[.., name, _]| name).collect()
    }

    /// Ends the session, and begins another.
    pub fn restart(&mut self) {
        self.is_restarted = true;
    }

    /// Lets time pass: the end of each cookie comes nearer.
    pub fn wait(&mut self, time: Duration) {
        let aged = self.cookies().map(|[domain, below, path, secure, end, name, value]| {
            let end: u64 = end.parse().unwrap();
            let end = if end == 0 { 0 } else { end - time.as_secs() };
            format!("{domain}\t{below}\t{path}\t{secure}\t{end}\t{name}\t{value}\n")
        });
        self.jar = aged.collect();
    }

    /// The lines of the jar that stand for a cookie, taken apart.
    fn cookies(&self) -> impl Iterator<Item = [&str; 7]> {
        let lines = self.jar.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        lines.filter_map(|fields| fields.try_into().ok())
    }
}

/// The cookies that a page shows, as `name=value`.
pub fn shown(page: &Answer) -> Vec<String> {
    page.cookies().into_iter().map(|(name, value)| format!("{name}={value}")).collect()
}
