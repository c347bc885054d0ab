//! The front door: listen, accept.
//!
//! ```text
//! cookies --port 0        127.0.0.1:40961  ──> a pool of threads
//!                         [::1]:40961      ──> another
//! ```
//!
//! `localhost` is two addresses: Chromium tries the one first, Firefox the other, so we listen on both.

use crate::access_log::{AccessLog, Printer, Style};
use crate::connection::Connection;
use crate::farewell::Farewell;
use crate::limits;
use crate::monitor::Monitor;
use crate::pool::{Door, Pool};
use crate::request::Request;
use crate::response::Response;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

/// A server that listens, and answers nobody yet.
#[derive(Debug)]
pub struct Server {
    host: String,
    listeners: Vec<TcpListener>,
}

impl Server {
    /// Listens on every address of `host`, an address or a name. Port 0 stands for any free port, the
    /// same on all addresses.
    ///
    /// # Errors
    ///
    /// If the name is unknown or an address cannot be had. `localhost` may lack one of its two.
    pub fn bind(host: &str, port: u16) -> Result<Self, BindError> {
        let fail = |error| BindError::new(host, port, &error);
        let addresses = addresses(host).map_err(fail)?;
        for _ in 0..limits::PORT_ATTEMPTS {
            match listen_on_all(&addresses, port) {
                // The free port of one address may be taken on the other.
                Err(error) if port == 0 && error.kind() == ErrorKind::AddrInUse => {}
                Err(error) => return Err(fail(error)),
                Ok(listeners) => return Ok(Self { host: host.to_owned(), listeners }),
            }
        }
        Err(fail(ErrorKind::AddrInUse.into()))
    }

    /// Where a browser finds this server: `http://localhost:5000/`.
    ///
    /// For the address that stands for all addresses (`0.0.0.0`), it is that of the loopback.
    ///
    /// # Errors
    ///
    /// If the system cannot say on which port it listens.
    pub fn url(&self) -> io::Result<String> {
        let address = self.listeners[0].local_addr()?;
        let host = match address.ip() {
            _ if self.host.eq_ignore_ascii_case("localhost") => "localhost".to_owned(),
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.to_string(),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => format!("[{}]", Ipv6Addr::LOCALHOST),
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        Ok(format!("http://{host}:{}/", address.port()))
    }

    /// Answers everybody with `page`, for as long as the program runs, with up to `threads` threads,
    /// shared evenly among the addresses.
    ///
    /// # Errors
    ///
    /// If the thread that prints, or the first one of an address, cannot be started.
    pub fn run<P>(self, threads: usize, style: Style, page: P) -> io::Result<()>
    where
        P: Fn(&Request<'_>) -> Response + Send + Sync + 'static,
    {
        let threads = threads / self.listeners.len();
        let at_door = thread::available_parallelism().map_or(1, usize::from);
        let (page, printer, farewell) = (Arc::new(page), Printer::start()?, Arc::default());
        for listener in self.listeners {
            let entrance = Entrance {
                listener,
                page: Arc::clone(&page),
                style,
                printer: Arc::clone(&printer),
                complained: Monitor::default(),
                farewell: Arc::clone(&farewell),
            };
            Pool::open(entrance, threads, at_door)?;
        }
        farewell.see_off()
    }
}

/// A listener, and what its clients get.
struct Entrance<P> {
    listener: TcpListener,
    page: Arc<P>,
    style: Style,
    printer: Arc<Printer>,
    /// When we last complained that nobody can be let in.
    complained: Monitor<Option<Instant>>,
    farewell: Arc<Farewell<TcpStream>>,
}

impl<P: Fn(&Request<'_>) -> Response + Send + Sync + 'static> Door for Entrance<P> {
    type Client = Connection;

    fn let_in(&self) -> Connection {
        let (stream, client) = loop {
            match self.listener.accept() {
                Ok(client) => break client,
                Err(error) => self.pause(&error),
            }
        };
        Connection::new(stream, AccessLog::new(self.style, client.ip()))
    }

    fn serve(&self, client: Connection, before_waiting: &dyn Fn()) {
        // An error here is a client that has gone.
        if let Ok(Some(ended)) = client.serve(&*self.page, &self.printer, before_waiting) {
            self.farewell.add(ended);
        }
    }
}

impl<P> Entrance<P> {
    /// Waits until it makes sense to try again. A client that went before it was let in is no reason
    /// to; descriptors that have run out are.
    fn pause(&self, error: &io::Error) {
        if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) {
            return;
        }
        let mut complained = self.complained.lock();
        if complained.is_none_or(|last| last.elapsed() > limits::COMPLAINT_PAUSE) {
            *complained = Some(Instant::now());
            let note = format!("cookies: no client can be let in now: {error}\n");
            self.printer.add("", &note);
        }
        drop(complained);
        self.farewell.hurry();
        thread::sleep(limits::ACCEPT_PAUSE);
    }
}

/// All addresses of `host`.
fn addresses(host: &str) -> io::Result<Vec<IpAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let mut addresses: Vec<_> = (host, 0).to_socket_addrs()?.map(|address| address.ip()).collect();
    addresses.sort();
    addresses.dedup();
    Ok(addresses)
}

/// Listens on the same port of all addresses. One that this machine doesn't have is left out, if
/// there is another.
fn listen_on_all(addresses: &[IpAddr], mut port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    let mut missing = io::Error::from(ErrorKind::NotFound);
    for &address in addresses {
        match TcpListener::bind(SocketAddr::new(address, port)) {
            Ok(listener) => {
                port = listener.local_addr()?.port();
                listeners.push(listener);
            }
            Err(error) => match error.kind() {
                ErrorKind::AddrInUse | ErrorKind::PermissionDenied => return Err(error),
                _ => missing = error,
            },
        }
    }
    if listeners.is_empty() { Err(missing) } else { Ok(listeners) }
}

/// Why a server cannot listen, as a sentence that says what to do.
#[derive(Debug)]
pub struct BindError(String);

impl BindError {
    fn new(host: &str, port: u16, error: &io::Error) -> Self {
        let air_play = if cfg!(target_os = "macos") && port == 5000 {
            " (on macOS, AirPlay Receiver holds 5000)"
        } else {
            ""
        };
        Self(match error.kind() {
            ErrorKind::AddrInUse => format!(
                "port {port} of {host} is in use: choose another with --port, or any free one with --port 0{air_play}"
            ),
            ErrorKind::PermissionDenied => {
                format!("port {port} of {host} needs privileges: choose one above 1023 with --port")
            }
            ErrorKind::AddrNotAvailable => {
                format!("{host} is no address of this machine: leave out --host for localhost")
            }
            _ => format!("can't listen on '{host}': {error}: check the address behind --host"),
        })
    }
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BindError {}
