//! The front door: listen, accept.
//!
//! ```text
//! cookies --port 0        127.0.0.1:40961  ──> a pool of threads
//!                         [::1]:40961      ──> another
//! ```
//!
//! `localhost` is two addresses: Chromium tries the one first, Firefox the other, so we listen on both.

use crate::access_log::{AccessLog, Printer, Style};
use crate::connection::{Closing, Connection};
use crate::farewell::Farewell;
use crate::limits;
use crate::monitor::Monitor;
use crate::pool::{House, Pool};
use crate::request::Request;
use crate::response::Response;
use crate::seat::Seat;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{
    IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs,
};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

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
        let address = reachable(self.listeners[0].local_addr()?);
        if self.host.eq_ignore_ascii_case("localhost") {
            return Ok(format!("http://localhost:{}/", address.port()));
        }
        Ok(format!("http://{address}/"))
    }

    /// Answers everybody with `page`, until `end` returns and all have left, or `grace` has passed since
    /// then.
    ///
    /// # Errors
    ///
    /// If a thread cannot be started that there must be.
    pub fn run<P>(
        self,
        page: P,
        style: Style,
        threads: usize,
        grace: Duration,
        end: impl FnOnce() + Send + 'static,
    ) -> io::Result<()>
    where
        P: Fn(&Request<'_>) -> Response + Send + Sync + 'static,
    {
        let (printer, farewell) = (Printer::start()?, Farewell::start()?);
        let complained = Monitor::default();
        let pages = Pages { page, style, printer: Arc::clone(&printer), complained, farewell };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        #[cfg(unix)]
        crate::unix::share_memory(cores);
        let pool = Pool::open(pages, self.listeners, threads, cores)?;
        let to_close = Arc::clone(&pool);
        let close = move || {
            end();
            to_close.close();
        };
        thread::Builder::new().stack_size(limits::STACK).spawn(close)?;
        pool.keep(grace);
        printer.finish();
        Ok(())
    }
}

/// What every client gets, by whichever address it comes.
struct Pages<P> {
    page: P,
    style: Style,
    printer: Arc<Printer>,
    /// When we last complained.
    complained: Monitor<Option<Instant>>,
    farewell: Arc<Farewell<Arc<Client>>>,
}

/// One who has come in.
struct Client {
    stream: TcpStream,
    ip: IpAddr,
}

impl<P> House for Pages<P>
where
    P: Fn(&Request<'_>) -> Response + Send + Sync + 'static,
{
    type Door = TcpListener;
    type Client = Client;

    fn let_in(&self, listener: &TcpListener) -> io::Result<Option<Client>> {
        loop {
            match listener.accept() {
                Ok((stream, client)) => return Ok(Some(Client { stream, ip: client.ip() })),
                Err(error) => match error.kind() {
                    // It has gone before it was let in.
                    ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
                    ErrorKind::WouldBlock => return Ok(None),
                    _ => return Err(error),
                },
            }
        }
    }

    fn serve(&self, client: &Arc<Client>, seat: &mut impl Seat) {
        let log = AccessLog::new(self.style, client.ip);
        let connection = Connection::new(&client.stream, seat, log);
        // An error here is a client that has gone.
        if let Ok(Closing::Later) = connection.serve(&self.page, &self.printer) {
            self.farewell.add(Arc::clone(client));
        }
    }

    fn dismiss(&self, client: &Client) {
        // Its thread reads the end. If the client has gone, it has read that already.
        let _ = client.stream.shutdown(Shutdown::Read);
    }

    fn close(&self, listener: &TcpListener) {
        let _ = listener.set_nonblocking(true);
        #[cfg(unix)]
        crate::unix::lengthen_queue(listener, 0);
    }

    fn knock(&self, listener: &TcpListener) {
        // If we can't be reached now, somebody else stands there.
        let address = listener.local_addr().map(reachable);
        let _ = address.and_then(|address| TcpStream::connect_timeout(&address, limits::KNOCK));
    }

    fn complain(&self, error: &io::Error) {
        self.farewell.hurry();
        let mut complained = self.complained.lock();
        if complained.is_none_or(|last| last.elapsed() > limits::COMPLAINT_PAUSE) {
            *complained = Some(Instant::now());
            let note = format!("cookies: no client can be let in now: {error}\n");
            self.printer.add("", &note);
        }
    }

    fn tidy(&self) {
        #[cfg(unix)]
        crate::unix::give_memory_back();
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

/// Where one on this machine finds `address`. The one that stands for all addresses is none itself.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// Listens on the same port of all addresses. One that this machine doesn't have is left out, if
/// there is another.
fn listen_on_all(addresses: &[IpAddr], mut port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    let mut missing = io::Error::from(ErrorKind::NotFound);
    for &address in addresses {
        match TcpListener::bind(SocketAddr::new(address, port)) {
            Ok(listener) => {
                #[cfg(unix)]
                crate::unix::lengthen_queue(&listener, limits::QUEUE);
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
