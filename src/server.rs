//! The server: binds the listeners, starts the workers, stops them.

mod listen;

use crate::access_log::Detail;
use crate::request::Request;
use crate::response::Response;
use crate::worker::{Shared, Worker};
use listen::{listen, url};
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A server that listens, and does not answer yet.
#[derive(Debug)]
pub struct Server {
    /// Where a browser on this machine finds it: `http://localhost:5000/`.
    pub url: String,
    listeners: Vec<TcpListener>,
}

impl Server {
    /// Listens on every address of `host`, an address or a name. Port 0 stands for any free port, the same on
    /// all addresses.
    ///
    /// # Errors
    ///
    /// If the name is unknown, the port is in use or needs privileges, or this machine has none of the
    /// addresses.
    pub fn bind(host: &str, port: u16) -> io::Result<Self> {
        let listeners = listen(host, port)?;
        Ok(Self { url: url(host, listeners[0].local_addr()?), listeners })
    }

    /// Whether other machines can connect: one of the addresses isn't a loopback address, as `127.0.0.1` is.
    #[must_use]
    pub fn is_public(&self) -> bool {
        // An address that can't be read counts as public.
        self.listeners.iter().any(|listener| {
            !listener.local_addr().is_ok_and(|address| address.ip().to_canonical().is_loopback())
        })
    }

    /// Starts `workers` threads, which answer requests with `handler`, and log each at this level of
    /// `detail`. A handler that blocks holds up all clients of its worker.
    ///
    /// # Errors
    ///
    /// If threads or descriptors have run out.
    pub fn start(
        self,
        handler: impl Fn(&Request<'_>, &mut Response<'_>) + Send + Sync + 'static,
        detail: Detail,
        workers: usize,
    ) -> io::Result<Running> {
        let listeners = Arc::new(self.listeners);
        let shared = Arc::new(Shared::new(Box::new(handler), detail, workers)?);
        // Each worker holds a sender. When the last one is dropped, `stop` learns that all have ended.
        let (sender, ended) = channel();
        // If a worker can't be started, `?` returns and drops `running`. That stops the workers that have
        // been started.
        let running = Running { shared: Arc::clone(&shared), ended };
        for number in 0..workers {
            let worker = Worker::new(number, Arc::clone(&shared), Arc::clone(&listeners))?;
            let sender = sender.clone();
            thread::Builder::new().name(format!("worker-{number}")).spawn(move || {
                worker.run();
                // This also makes the closure own the sender.
                drop(sender);
            })?;
        }
        // Returning drops the sender of this function: now only the workers hold one.
        Ok(running)
    }
}

/// A server that answers. It stops when this is dropped.
pub struct Running {
    shared: Arc<Shared>,
    /// Receives nothing, and fails once the last worker has ended.
    ended: Receiver<()>,
}

impl Running {
    /// Prints `text` to standard output, like the log.
    pub fn print(&self, text: &str) {
        self.shared.printer.add(text, "");
    }

    /// Stops the server (*graceful shutdown*): accepts no more clients, and answers those that have
    /// connected. Returns when the last client has gone, or after `grace`, and once the log is printed. It
    /// doesn't cut off the clients that are left, but the end of the program does.
    pub fn stop(self, grace: Duration) {
        self.shared.tell_all(&self.shared.is_stopping);
        // Nothing is ever sent. This fails when the last sender is dropped: the last worker has ended.
        let _ = self.ended.recv_timeout(grace);
        self.shared.printer.flush();
    }
}

impl Drop for Running {
    /// After `stop`, this does nothing more.
    fn drop(&mut self) {
        self.shared.tell_all(&self.shared.is_stopping);
    }
}
