//! New connections, and room for them.
//!
//! A request usually comes just after its connection. So a new connection takes a turn at once. If nothing
//! has come, the worker yields the core, so that a client on this machine can send, and gives the connection
//! another turn. Only then is the socket watched. Usually the request has come by then, which saves two
//! system calls: to watch the socket, and to wait for it.
//!
//! If descriptors run out, a worker closes a connection to accept another (`make_room`). If it has none to
//! close, it sets `is_overloaded` and wakes all workers. Each closes one (`Worker::wake_up`). While the flag
//! is set, every connection closes after it has answered (`Worker::run_turn`). It is cleared when a client is
//! accepted, or none waits.

use super::Worker;
use crate::access_log::AccessLog;
use crate::connection::{Connection, Need};
use crate::limits;
use crate::unix::{self, Interest};
use std::io::{self, ErrorKind};
use std::mem;
use std::net::{IpAddr, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Instant;

impl Worker {
    /// Accepts a client from the listener with this descriptor, if there is one. A worker that `is_busy`
    /// accepts several, since its next round is far away. So does one that lacks descriptors: if an
    /// attacker's clients fill the backlog, it reaches those behind them sooner.
    pub(super) fn accept(&mut self, descriptor: RawFd, is_busy: bool) {
        // A clone, since `accept_from` changes the worker.
        let listeners = Arc::clone(&self.listeners);
        let attempts = if is_busy || self.lacks_descriptors { limits::ACCEPTS_IN_A_ROW } else { 1 };
        if let Some(listener) = listeners.iter().find(|each| each.as_raw_fd() == descriptor) {
            for _ in 0..attempts {
                if !self.accept_from(listener) {
                    break;
                }
            }
        }
    }

    /// Accepts one client, or makes room for it. Returns whether to try again at once.
    fn accept_from(&mut self, listener: &TcpListener) -> bool {
        match listener.accept() {
            Ok((stream, address)) => {
                self.shared.is_overloaded.store(false, Ordering::Relaxed);
                // A client of IPv4 may have come to a listener of IPv6: `::ffff:127.0.0.1` is 127.0.0.1.
                self.add_connection(stream, address.ip().to_canonical());
                true
            }
            Err(error) => match error.kind() {
                // The backlog is empty.
                ErrorKind::WouldBlock => {
                    self.lacks_descriptors = false;
                    self.shared.is_overloaded.store(false, Ordering::Relaxed);
                    false
                }
                // The client has gone before it was accepted, or cannot be reached.
                ErrorKind::ConnectionAborted
                | ErrorKind::NetworkDown
                | ErrorKind::NetworkUnreachable
                | ErrorKind::HostUnreachable => true,
                // Descriptors have run out, or memory, or what else a system may lack.
                _ => self.make_room(&error),
            },
        }
    }

    /// Lets a new connection take its first turn.
    fn add_connection(&mut self, stream: TcpStream, ip: IpAddr) {
        self.handle().connections.fetch_add(1, Ordering::Relaxed);
        let number = self.shared.accepted.fetch_add(1, Ordering::Relaxed) + 1;
        let log = AccessLog::new(self.shared.detail, ip, number);
        let mut connection = Box::new(Connection::new(stream, log, self.now));
        match self.run_turn(&mut connection) {
            // It waits, and has answered nothing: no whole request has come yet.
            Need::Wait(Interest::Read) if connection.written == 0 => {
                self.new_connections.push(connection);
            }
            need => self.apply(connection, need),
        }
    }

    /// Yields the core. Then gives the new connections without a request another turn.
    pub(super) fn serve_new_connections(&mut self) {
        if self.new_connections.is_empty() {
            return;
        }
        thread::yield_now();
        self.now = Instant::now();
        for connection in mem::take(&mut self.new_connections) {
            self.serve(connection);
        }
    }

    /// No client can be accepted: frees a descriptor. If this worker has none to free, it asks the others.
    /// Returns whether a descriptor is free now.
    fn make_room(&mut self, error: &io::Error) -> bool {
        // While sockets linger, this is no shortage: they can be closed.
        if self.lingering.is_empty() {
            let note = format!("cookies: no client can be accepted now: {error}\n");
            self.shared.printer.report(&note, self.now);
        }
        self.lacks_descriptors = true;
        if self.free_descriptor() {
            return true;
        }
        self.shared.tell_all(&self.shared.is_overloaded);
        // The listener stays ready. Without a pause, this worker would spin.
        thread::sleep(limits::ACCEPT_PAUSE);
        self.now = Instant::now();
        false
    }

    /// Closes what lingers, or else the connection of this worker that has been silent longest (*eviction*).
    /// Returns whether there was one, silent for [`limits::MIN_SILENCE`].
    pub(super) fn free_descriptor(&mut self) -> bool {
        if !self.lingering.is_empty() {
            self.lingering.clear();
            return true;
        }
        let connections = self.connections.iter().flatten();
        let Some(silent) = connections.min_by_key(|each| each.last_active) else { return false };
        if self.now - silent.last_active < limits::MIN_SILENCE {
            return false;
        }
        let descriptor = silent.stream.as_raw_fd();
        let mut connection = self.take(descriptor).expect("it is in the list");
        // With a deadline that has passed, its next turn is the last: it answers what has come meanwhile, an
        // incomplete head with a 408. Any of this may be lost, since the socket is closed at once.
        connection.deadline = self.now;
        self.run_turn(&mut connection);
        self.release(&mut connection);
        true
    }

    /// Accepts the clients in the backlog, and then no more. From now on, `run_turn` tells each connection to
    /// close after its next answer.
    pub(super) fn stop(&mut self) {
        self.is_stopping = true;
        for listener in &*mem::take(&mut self.listeners) {
            self.poller.remove(listener.as_raw_fd());
            // Until the last worker drops the listener, clients would still enter the backlog, and nobody
            // would accept them. So its length becomes 0. (Linux then still lets one in.)
            unix::listen(listener.as_raw_fd(), 0);
            // The limit ends this even if new clients keep coming.
            for _ in 0..limits::BACKLOG {
                // If descriptors lack, `accept_from` has paused: try again.
                if !self.accept_from(listener) && !self.lacks_descriptors {
                    break;
                }
                // Only watched connections can be evicted, so the new ones must be watched.
                self.serve_new_connections();
            }
        }
        self.connections.iter_mut().flatten().for_each(|connection| connection.shorten_deadline());
        self.next_sweep = self.now;
    }
}
