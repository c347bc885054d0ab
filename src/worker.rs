//! A worker: one thread of the pool, and an *event loop* over its own connections.
//!
//! The loop waits until one of its sockets is ready: a listener with a new client, a connection that can go
//! on, or the socket by which other threads wake it up. Then it does what can be done without waiting.
//!
//! By default there are as many workers as cores, and all of them watch all listeners. A connection belongs
//! to one worker, so it needs no lock. A client that waits takes a little memory, and no thread.

mod accept;
mod balance;
mod shared;

pub use shared::Shared;

use crate::connection::{Connection, Need, Turn};
use crate::conversation::Output;
use crate::limits;
use crate::unix::{Interest, Poller};
use shared::WorkerHandle;
use std::collections::VecDeque;
use std::io;
use std::mem;
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

pub struct Worker {
    number: usize,
    shared: Arc<Shared>,
    poller: Poller,
    /// Empty once the worker stops. The last worker that drops the listeners closes them.
    listeners: Arc<Vec<TcpListener>>,
    /// The connections that are watched: `connections[n]` has the socket with the descriptor `n`. The system
    /// always gives a new socket the smallest free number, so the list stays short.
    connections: Vec<Option<Box<Connection>>>,
    /// Connections that were accepted since the last wait, and whose requests have not come yet.
    new_connections: Vec<Box<Connection>>,
    /// Sockets of connections that have ended, each with the time to close it.
    lingering: VecDeque<(Instant, TcpStream)>,
    /// Memory for what a connection reads in its turn.
    received: Vec<u8>,
    /// Memory for what it answers and logs.
    output: Output,
    is_stopping: bool,
    /// Set when a client can't be accepted for lack of descriptors; cleared when the backlog is empty.
    lacks_descriptors: bool,
    /// Since when each round with several ready sockets has found another worker idle.
    other_idle_since: Option<Instant>,
    /// The current time, which is read after each wait, and after each pause.
    now: Instant,
    /// When to look at all deadlines.
    next_sweep: Instant,
}

impl Worker {
    /// A worker that watches the `listeners`, which must not block. Fails if descriptors have run out.
    pub fn new(
        number: usize,
        shared: Arc<Shared>,
        listeners: Arc<Vec<TcpListener>>,
    ) -> io::Result<Self> {
        let mut poller = Poller::new()?;
        poller.watch(shared.workers[number].woken.as_raw_fd(), Interest::Read)?;
        for listener in listeners.iter() {
            poller.watch(listener.as_raw_fd(), Interest::Accept)?;
        }
        Ok(Self {
            number,
            shared,
            poller,
            listeners,
            connections: Vec::new(),
            new_connections: Vec::new(),
            lingering: VecDeque::new(),
            received: vec![0; limits::MAX_READ_BYTES],
            output: Output::default(),
            is_stopping: false,
            lacks_descriptors: false,
            other_idle_since: None,
            now: Instant::now(),
            next_sweep: Instant::now(),
        })
    }

    /// Serves clients until the worker is told to stop, and the last of them has gone.
    pub fn run(mut self) {
        let mut ready = Vec::new();
        loop {
            if self.is_stopping && self.handle().try_end() {
                return;
            }
            let timeout = self.next_sweep.saturating_duration_since(self.now);
            self.handle().is_idle.store(true, Ordering::Relaxed);
            self.poller.wait(timeout, &mut ready);
            self.handle().is_idle.store(false, Ordering::Relaxed);
            self.now = Instant::now();
            // If several sockets are ready, an idle worker could serve some of them sooner.
            let is_busy = ready.len() > 1;
            if is_busy {
                self.rebalance();
            }
            for descriptor in ready.drain(..) {
                if let Some(connection) = self.take(descriptor) {
                    self.serve(connection);
                } else if descriptor == self.handle().woken.as_raw_fd() {
                    self.wake_up();
                } else {
                    // A listener; or a connection that has gone in this round: then `accept` finds no
                    // listener with this descriptor, and does nothing.
                    self.accept(descriptor, is_busy);
                }
            }
            self.serve_new_connections();
            if self.now >= self.next_sweep {
                self.sweep();
            }
        }
    }

    /// What the other workers see of this one.
    fn handle(&self) -> &WorkerHandle {
        &self.shared.workers[self.number]
    }

    /// Takes a connection out of the list, if it is there.
    fn take(&mut self, descriptor: RawFd) -> Option<Box<Connection>> {
        self.connections.get_mut(usize::try_from(descriptor).ok()?)?.take()
    }

    /// Does what other threads ask for.
    fn wake_up(&mut self) {
        for connection in self.handle().take_connections() {
            self.serve(connection);
        }
        if self.shared.is_overloaded.load(Ordering::Relaxed) {
            self.free_descriptor();
        }
        if self.shared.is_stopping.load(Ordering::Relaxed) && !self.is_stopping {
            self.stop();
        }
    }

    /// Lets a connection take a turn, and does what it needs next.
    fn serve(&mut self, mut connection: Box<Connection>) {
        let need = self.run_turn(&mut connection);
        self.apply(connection, need);
    }

    /// Lets a connection take a turn, and prints what it logs. An error closes this connection alone, and so
    /// does a panic. (A panic of a handler has become a 500 already, in `conversation`.)
    fn run_turn(&mut self, connection: &mut Connection) -> Need {
        connection.conversation.is_ending =
            self.is_stopping || self.shared.is_overloaded.load(Ordering::Relaxed);
        let mut turn = Turn {
            handler: &self.shared.handler,
            received: &mut self.received,
            output: &mut self.output,
            now: self.now,
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| connection.take_turn(&mut turn)));
        self.output.entries.print(&self.shared.printer);
        match outcome {
            Ok(result) => result.unwrap_or(Need::Close),
            Err(panic) => {
                // We leak the value of the panic, since its destructor could panic again.
                mem::forget(panic);
                Need::Close
            }
        }
    }

    /// Does what a connection needs after its turn. One that isn't watched yet may go to an idle worker. When
    /// a `Connection` is dropped, its socket is closed.
    fn apply(&mut self, mut connection: Box<Connection>, need: Need) {
        match need {
            Need::Wait(interest) if connection.watched.is_some() => {
                self.watch(connection, interest);
            }
            Need::Wait(interest) => match self.less_loaded() {
                Some(other) => self.hand_over(connection, other),
                None => self.watch(connection, interest),
            },
            Need::Linger => {
                self.release(&mut connection);
                if self.lingering.len() == limits::MAX_LINGERING_CONNECTIONS {
                    self.lingering.pop_front();
                }
                let end = self.now + limits::DRAIN_TIMEOUT;
                self.next_sweep = self.next_sweep.min(end);
                self.lingering.push_back((end, connection.stream));
            }
            Need::Close => self.release(&mut connection),
        }
    }

    /// Watches a connection, or closes it if that is impossible.
    fn watch(&mut self, mut connection: Box<Connection>, interest: Interest) {
        if self.is_stopping {
            connection.shorten_deadline();
        }
        self.next_sweep = self.next_sweep.min(connection.deadline);
        let descriptor = connection.stream.as_raw_fd();
        if connection.watched != Some(interest) {
            if connection.watched.take().is_some() {
                self.poller.remove(descriptor);
            }
            if self.poller.watch(descriptor, interest).is_err() {
                return self.release(&mut connection);
            }
            connection.watched = Some(interest);
        }
        let index = usize::try_from(descriptor).expect("an open descriptor is not negative");
        if index >= self.connections.len() {
            self.connections.resize_with(index + 1, || None);
        }
        self.connections[index] = Some(connection);
    }

    /// Gives up a connection, which is no longer watched nor counted: it is then closed, handed over, or its
    /// socket lingers.
    fn release(&mut self, connection: &mut Connection) {
        self.handle().connections.fetch_sub(1, Ordering::Relaxed);
        if connection.watched.take().is_some() {
            self.poller.remove(connection.stream.as_raw_fd());
        }
    }

    /// Closes the sockets that have lingered, and gives late connections a turn, in which they end. To look
    /// at all deadlines now and then costs less than to keep them in order.
    fn sweep(&mut self) {
        let now = self.now;
        while self.lingering.front().is_some_and(|(end, _)| *end <= now) {
            self.lingering.pop_front();
        }
        for index in 0..self.connections.len() {
            let is_late = |connection: &mut Box<Connection>| connection.deadline <= now;
            if let Some(connection) = self.connections[index].take_if(is_late) {
                self.serve(connection);
            }
        }
        let deadlines = self.connections.iter().flatten().map(|connection| connection.deadline);
        let deadlines = deadlines.chain(self.lingering.front().map(|(end, _)| *end));
        // Without a deadline, any time will do: `watch` makes `next_sweep` earlier for a new one.
        let first = deadlines.min().unwrap_or(now + limits::IDLE_TIMEOUT);
        self.next_sweep = first.max(now + limits::SWEEP_INTERVAL);
    }
}
