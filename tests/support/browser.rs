//! A browser: curl with a cookie jar, in Netscape's format.
//!
//! ```text
//! localhost   FALSE   /   FALSE   1795439705   name   value
//! └─ domain           └─ path     └─ expiry, in seconds since 1970; 0 for a session cookie
//! ```

use crate::support::{Answer, curl, output_of, read_head};
use std::io::Write;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

/// The first line of every jar.
const HEADER: &str = "# Netscape HTTP Cookie File";

/// An empty list of cookies, with the type that comparisons need.
pub const NO_COOKIES: [&str; 0] = [];

/// A browser with an empty jar of its own.
#[derive(Default)]
pub struct Browser {
    /// One line for each cookie, and some comments.
    jar: String,
    is_restarted: bool,
}

impl Browser {
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests a page with the cookies that match its URL, and stores the cookies that the response sets.
    #[track_caller]
    pub fn visit(&mut self, url: &str) -> Answer {
        self.visit_with(&[], url)
    }

    /// Visits a page, and returns the cookies that the browser sent: `name=value`, as the page shows them.
    #[track_caller]
    pub fn sends_to(&mut self, url: &str) -> Vec<String> {
        shown_cookies(&self.visit(url))
    }

    /// Visits a page with more options for curl.
    ///
    /// The jar goes through standard input and output: Debian 12's curl reads a jar file twice, which
    /// restores the cookies that were deleted.
    #[track_caller]
    pub fn visit_with(&mut self, options: &[&str], url: &str) -> Answer {
        let mut curl = curl();
        // No proxy, and every host name connects to this machine.
        curl.args(["--noproxy", "*", "--connect-to", "::127.0.0.1:"]);
        curl.args(["-sS", "-i", "-b", "-", "-c", "-"]).args(options).arg(url);
        if std::mem::take(&mut self.is_restarted) {
            curl.arg("--junk-session-cookies");
        }
        let output = output_of(curl, &self.jar);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let output = String::from_utf8(output.stdout).unwrap();
        let (answer, jar) = output.split_at(output.rfind(HEADER).expect("a jar"));
        jar.clone_into(&mut self.jar);
        Answer::read_all(answer.as_bytes(), options.contains(&"--head")).remove(0)
    }

    /// Visits a server that sends these `Set-Cookie` lines, even if our server would refuse to.
    #[track_caller]
    pub fn receive(&mut self, lines: &[&str]) {
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
    pub fn cookie_names(&self) -> Vec<&str> {
        self.cookies().map(|[.., name, _]| name).collect()
    }

    /// Starts a new session: the next visit discards the session cookies.
    pub fn restart(&mut self) {
        self.is_restarted = true;
    }

    /// Simulates that `time` passes, by subtracting it from the expiry of each cookie.
    pub fn advance_clock(&mut self, time: Duration) {
        let aged = self.cookies().map(|[domain, subdomains, path, secure, expiry, name, value]| {
            let expiry: u64 = expiry.parse().unwrap();
            let expiry = if expiry == 0 { 0 } else { expiry - time.as_secs() };
            format!("{domain}\t{subdomains}\t{path}\t{secure}\t{expiry}\t{name}\t{value}\n")
        });
        self.jar = aged.collect();
    }

    /// The jar's lines with a cookie, split into their seven fields.
    fn cookies(&self) -> impl Iterator<Item = [&str; 7]> {
        let lines = self.jar.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        lines.filter_map(|fields| fields.try_into().ok())
    }
}

/// The cookies that a page shows, as `name=value`.
pub fn shown_cookies(page: &Answer) -> Vec<String> {
    page.cookies().into_iter().map(|(name, value)| format!("{name}={value}")).collect()
}
