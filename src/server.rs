//! The front door: listen, accept.
//!
//! ```text
//! cookies --port 0        127.0.0.1:40961 ─┬─> a pool of threads
//!                         [::1]:40961     ─┘
//! ```
//!
//! `localhost` is two addresses: Chromium tries the one first, Firefox the other, so we listen on both.

mod farewell;
mod listen;

pub use listen::BindError;

use crate::access_log::{AccessLog, Detail, Printer};
use crate::connection::{Closing, Connection};
use crate::limits;
use crate::monitor::Monitor;
use crate::pool::Pool;
use crate::request::Request;
use crate::response::Response;
use crate::seat::{Client, Door, Seat};
use crate::unix;
use farewell::Farewell;
use listen::{listen, reachable};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// What answers a request.
type Page = Box<dyn Fn(&Request<'_>) -> Response + Send + Sync>;

/// A server that listens, and answers nobody yet.
///
/// ```
/// use cookies_from_scratch::{access_log::Detail, limits, request::Request, response::Response};
/// use cookies_from_scratch::{server::{BindError, Running, Server}, status::Status};
/// let server = Server::bind("localhost", 0)?;
/// let greeting = format!("{} is open\n", server.url()?);
/// let page = |request: &Request<'_>| Response::new(Status::OK, request.time);
/// let running: Running = server.open(page, Detail::Nothing, limits::THREADS)?;
/// running.print(&greeting);
/// running.closing()();
/// running.keep(limits::DEFAULT_GRACE);
///
/// let not_here: Option<BindError> = Server::bind("192.0.2.1", 0).err();
/// assert!(not_here.is_some_and(|error| error.to_string().starts_with("192.0.2.1 is no address")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
        Ok(Self { host: host.to_owned(), listeners: listen(host, port)? })
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

    /// Begins to answer everybody with `page`, with up to `threads` threads, and to print so much `detail`.
    ///
    /// # Errors
    ///
    /// If a thread that is needed can't be started.
    pub fn open(
        self,
        page: impl Fn(&Request<'_>) -> Response + Send + Sync + 'static,
        detail: Detail,
        threads: usize,
    ) -> io::Result<Running> {
        let printer = Printer::start()?;
        let house = Arc::new(House {
            page: Box::new(page),
            detail,
            connections: AtomicUsize::new(0),
            printer: Arc::clone(&printer),
            complained: Monitor::default(),
            farewell: Farewell::start()?,
        });
        let mut doors: Vec<Box<dyn Door>> = Vec::new();
        for listener in self.listeners {
            doors.push(Box::new(Entrance { listener, house: Arc::clone(&house) }));
        }
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let pool = Pool::open(doors, threads, cores)?;
        Ok(Running { pool, printer })
    }
}

/// A server that answers.
pub struct Running {
    pool: Arc<Pool>,
    printer: Arc<Printer>,
}

impl Running {
    /// Keeps the server running until it has been closed and all have left, or `grace` has passed since
    /// then.
    pub fn keep(&self, grace: Duration) {
        self.pool.keep(grace);
        self.printer.finish();
    }

    /// Prints `text` to standard output, as the log is.
    pub fn print(&self, text: &str) {
        self.printer.add(text, "");
    }

    /// What closes the server: what has been asked is still answered, and nothing else.
    pub fn closing(&self) -> impl FnOnce() + Send + 'static {
        let pool = Arc::clone(&self.pool);
        move || pool.close()
    }
}

/// What all clients share, by whichever address they come.
struct House {
    page: Page,
    detail: Detail,
    /// How many connections there have been.
    connections: AtomicUsize,
    printer: Arc<Printer>,
    /// When we last complained.
    complained: Monitor<Option<Instant>>,
    farewell: Arc<Farewell<Arc<Guest>>>,
}

/// One of our addresses.
struct Entrance {
    listener: TcpListener,
    house: Arc<House>,
}

/// One who has come in.
struct Guest {
    stream: TcpStream,
    ip: IpAddr,
    /// Which connection it is, from 1.
    connection: usize,
    house: Arc<House>,
}

impl Door for Entrance {
    fn let_in(&self) -> io::Result<Option<Arc<dyn Client>>> {
        loop {
            match self.listener.accept() {
                Ok((stream, address)) => {
                    // Elsewhere than on Linux it would be as impatient as a listener that is closed.
                    #[cfg(not(target_os = "linux"))]
                    stream.set_nonblocking(false)?;
                    let house = Arc::clone(&self.house);
                    let connection = house.connections.fetch_add(1, Ordering::Relaxed) + 1;
                    return Ok(Some(Arc::new(Guest {
                        stream,
                        ip: address.ip(),
                        connection,
                        house,
                    })));
                }
                Err(error) => match error.kind() {
                    // It has gone before it was let in.
                    ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
                    ErrorKind::WouldBlock => return Ok(None),
                    _ => return Err(error),
                },
            }
        }
    }

    fn close(&self) -> Box<dyn Fn()> {
        let _ = self.listener.set_nonblocking(true);
        unix::set_queue(&self.listener, 0);
        let address = self.listener.local_addr().map(reachable);
        Box::new(move || {
            let _ =
                address.as_ref().map(|address| TcpStream::connect_timeout(address, limits::KNOCK));
        })
    }

    fn complain(&self, error: &io::Error) {
        self.house.farewell.hurry();
        let mut complained = self.house.complained.lock();
        if complained.is_none_or(|last| last.elapsed() > limits::REPORT_INTERVAL) {
            *complained = Some(Instant::now());
            let note = format!("cookies: no client can be let in now: {error}\n");
            self.house.printer.add("", &note);
        }
    }
}

impl Client for Guest {
    fn serve(self: Arc<Self>, seat: &mut dyn Seat) {
        let log = AccessLog::new(self.house.detail, self.ip, self.connection);
        let connection = Connection::new(&self.stream, seat, log);
        // An error here is a client that has gone.
        if let Ok(Closing::Later) = connection.serve(&self.house.page, &self.house.printer) {
            self.house.farewell.add(Arc::clone(&self));
        }
    }

    fn dismiss(&self) {
        // Its thread reads the end. If the client has gone, it has read that already.
        let _ = self.stream.shutdown(Shutdown::Read);
    }
}
