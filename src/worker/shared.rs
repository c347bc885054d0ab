//! What the workers share, and how they reach each other.

use crate::access_log::{Detail, Printer};
use crate::connection::{AnyHandler, Connection};
use std::io::{self, Read, Write};
use std::mem;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// What all workers see. Its atomics are `Relaxed`, which promises no order between an atomic and other
/// memory. None is needed: connections are handed over under a lock, and a flag that others must notice soon
/// is followed by a wake-up.
pub struct Shared {
    pub handler: AnyHandler,
    pub detail: Detail,
    pub printer: Arc<Printer>,
    /// How many connections have been accepted.
    pub accepted: AtomicUsize,
    /// Whether the server stops.
    pub is_stopping: AtomicBool,
    /// Set by a worker that can free no descriptor itself; cleared when a client is accepted, or none waits.
    /// While it is set, every connection closes after it has answered (*load shedding*).
    pub is_overloaded: AtomicBool,
    pub workers: Vec<WorkerHandle>,
}

/// What a worker shows the others, and what they hand it.
pub struct WorkerHandle {
    /// How many connections it has, with those that are being handed to it.
    pub connections: AtomicUsize,
    /// Whether it waits for events.
    pub is_idle: AtomicBool,
    /// Connections that other workers have handed over; `None` once this worker has ended.
    handed_over: Mutex<Option<Vec<Box<Connection>>>>,
    /// A byte that is written here makes `woken` readable (the *self-pipe trick*).
    waker: UnixStream,
    pub woken: UnixStream,
}

impl Shared {
    /// Fails if threads or descriptors have run out.
    pub fn new(handler: AnyHandler, detail: Detail, workers: usize) -> io::Result<Self> {
        Ok(Self {
            handler,
            detail,
            printer: Printer::start()?,
            accepted: AtomicUsize::new(0),
            is_stopping: AtomicBool::new(false),
            is_overloaded: AtomicBool::new(false),
            workers: (0..workers).map(|_| WorkerHandle::new()).collect::<io::Result<_>>()?,
        })
    }

    /// Sets one of the flags above, and has all workers look at it.
    pub fn tell_all(&self, flag: &AtomicBool) {
        flag.store(true, Ordering::Relaxed);
        self.workers.iter().for_each(WorkerHandle::wake);
    }
}

impl WorkerHandle {
    fn new() -> io::Result<Self> {
        let (waker, woken) = UnixStream::pair()?;
        waker.set_nonblocking(true)?;
        woken.set_nonblocking(true)?;
        Ok(Self {
            connections: AtomicUsize::new(0),
            is_idle: AtomicBool::new(false),
            handed_over: Mutex::new(Some(Vec::new())),
            waker,
            woken,
        })
    }

    pub fn count(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Gives the worker a connection to serve. Gives it back if the worker has ended.
    pub fn hand_over(&self, connection: Box<Connection>) -> Result<(), Box<Connection>> {
        let mut handed_over = self.lock();
        let Some(connections) = handed_over.as_mut() else { return Err(connection) };
        connections.push(connection);
        self.connections.fetch_add(1, Ordering::Relaxed);
        drop(handed_over);
        self.wake();
        Ok(())
    }

    /// Takes the connections that others have handed over.
    pub fn take_connections(&self) -> Vec<Box<Connection>> {
        // If more bytes are left, they wake the worker again. (A `&UnixStream` can read, too.)
        let _ = (&self.woken).read(&mut [0; 64]);
        mem::take(self.lock().as_mut().expect("this worker, which calls it, has not ended"))
    }

    /// Ends the worker if it has no connection: from then on, none can be handed over. Returns whether it has
    /// ended. Sockets that linger don't count.
    pub fn try_end(&self) -> bool {
        let mut handed_over = self.lock();
        let has_ended = self.count() == 0;
        if has_ended {
            *handed_over = None;
        }
        has_ended
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<Box<Connection>>>> {
        self.handed_over.lock().expect("no panic while it is locked")
    }

    fn wake(&self) {
        // If the socket has no space for this byte, earlier ones wake the worker.
        let _ = (&self.waker).write(b"!");
    }
}
