//! The front door: listen, accept.
//!
//! ```text
//! cookies --port 0        127.0.0.1:40961  ─┐
//!                         [::1]:40961      ─┴─> one pool of threads
//! ```
//!
//! `localhost` is two addresses: Chromium tries the one first, Firefox the other, so we listen on both.

use crate::access_log::AccessLog;
use crate::connection::Connection;
use crate::limits;
use crate::pool::{Door, Pool};
use crate::request::Request;
use crate::response::Response;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A server that listens, and answers nobody yet.
#[derive(Debug)]
pub struct Server {
    host: String,
    listeners: Vec<TcpListener>,
}

/// Why a server cannot listen, as a sentence that says what to do.
#[derive(Debug)]
pub struct BindError {
    host: String,
    port: u16,
    error: io::Error,
}

impl Server {
    /// Listens on every address of `host`, an address or a name. Port 0 stands for any free port, the
    /// same on all addresses.
    ///
    /// # Errors
    ///
    /// If the name is unknown or an address cannot be had. `localhost` may lack one of its two.
    pub fn bind(host: &str, port: u16) -> Result<Self, BindError> {
        let fail = |error| BindError { host: host.to_owned(), port, error };
        let addresses = addresses(host).map_err(fail)?;
        let mut attempts = 0..16;
        loop {
            match listen_on_all(&addresses, port) {
                // The free port of one address may be taken on the other.
                Err(error)
                    if port == 0
                        && error.kind() == ErrorKind::AddrInUse
                        && attempts.next().is_some() => {}
                Err(error) => return Err(fail(error)),
                Ok(listeners) => {
                    return Ok(Self { host: host.to_owned(), listeners });
                }
            }
        }
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

    /// Answers everybody with `page`, with up to `threads` threads, for as long as the program runs.
    pub fn run<P>(&self, threads: usize, log: AccessLog, page: P)
    where
        P: Fn(&Request<'_>) -> Response + Sync,
    {
        let complained = Mutex::new(None);
        let entrance = |listener| Entrance { listener, page: &page, log, complained: &complained };
        let entrances = self.listeners.iter().map(entrance).collect();
        let at_each_door = thread::available_parallelism().map_or(1, usize::from);
        Pool::new(entrances, threads, at_each_door).run();
    }
}

/// One listener, and what its clients get.
struct Entrance<'a, P> {
    listener: &'a TcpListener,
    page: &'a P,
    log: AccessLog,
    /// When we last complained that nobody can be let in.
    complained: &'a Mutex<Option<Instant>>,
}

impl<P: Fn(&Request<'_>) -> Response + Sync> Door for Entrance<'_, P> {
    fn serve_next(&self, let_in: &dyn Fn(), before_waiting: &dyn Fn()) {
        let (stream, client) = loop {
            match self.listener.accept() {
                Ok(client) => break client,
                Err(error) => self.pause(&error),
            }
        };
        let_in();
        // An error here is a client that has gone.
        let _ = Connection::new(stream, client.ip()).serve(self.page, self.log, &before_waiting);
    }
}

impl<P> Entrance<'_, P> {
    /// Waits until it makes sense to try again. A client that went before it was let in is no reason
    /// to; descriptors that have run out are.
    fn pause(&self, error: &io::Error) {
        if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) {
            return;
        }
        let mut complained = self.complained.lock().unwrap_or_else(PoisonError::into_inner);
        if complained.is_none_or(|last| last.elapsed() > Duration::from_secs(1)) {
            *complained = Some(Instant::now());
            eprintln!("cookies: no client can be let in now: {error}");
        }
        drop(complained);
        thread::sleep(limits::ACCEPT_PAUSE);
    }
}

/// All addresses of `host`.
fn addresses(host: &str) -> io::Result<Vec<IpAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let mut addresses: Vec<IpAddr> =
        (host, 0).to_socket_addrs()?.map(|address| address.ip()).collect();
    addresses.sort();
    addresses.dedup();
    Ok(addresses)
}

/// Listens on the same port of all addresses. One that this machine doesn't have is left out, if
/// there is another.
fn listen_on_all(addresses: &[IpAddr], mut port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    let mut missing = None;
    for &address in addresses {
        match TcpListener::bind(SocketAddr::new(address, port)) {
            Ok(listener) => {
                port = listener.local_addr()?.port();
                listeners.push(listener);
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) =>
            {
                return Err(error);
            }
            Err(error) => missing = Some(error),
        }
    }
    match missing {
        Some(error) if listeners.is_empty() => Err(error),
        _ if listeners.is_empty() => Err(ErrorKind::NotFound.into()),
        _ => Ok(listeners),
    }
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, error } = self;
        match error.kind() {
            ErrorKind::AddrInUse => {
                write!(
                    f,
                    "port {port} of {host} is in use: end the other program, or choose another port with --port, or any free one with --port 0"
                )?;
                if cfg!(target_os = "macos") && *port == 5000 {
                    write!(f, " (on macOS, AirPlay Receiver holds 5000)")?;
                }
                Ok(())
            }
            ErrorKind::PermissionDenied => {
                write!(
                    f,
                    "port {port} of {host} is for privileged programs: choose one above 1023 with --port"
                )
            }
            ErrorKind::AddrNotAvailable => {
                write!(
                    f,
                    "{host} is no address of this machine: choose one with --host, or leave it out for localhost"
                )
            }
            _ => write!(f, "can't listen on '{host}': {error}: check the address behind --host"),
        }
    }
}

impl std::error::Error for BindError {}
