//! Which worker serves a connection: an idle one may take it over.

use super::Worker;
use crate::connection::Connection;
use crate::limits;
use std::os::fd::AsRawFd;
use std::sync::atomic::Ordering;

impl Worker {
    /// Reserves a place for a new connection at an idle worker that has fewer connections. The kernel decides
    /// which worker accepts a client, and may choose the same one each time.
    pub(super) fn reserve_elsewhere(&self) -> Option<usize> {
        let other = self.idle_worker()?;
        let has_fewer = self.shared.workers[other].count() + 1 < self.handle().count();
        (has_fewer && self.reserve(other)).then_some(other)
    }

    /// Of the workers that wait for events, the one with the fewest connections.
    fn idle_worker(&self) -> Option<usize> {
        let workers = self.shared.workers.iter().enumerate();
        let idle = workers.filter(|(_, worker)| worker.is_idle.load(Ordering::Relaxed));
        idle.min_by_key(|(_, worker)| worker.count()).map(|(number, _)| number)
    }

    /// Gives half of the busy connections to another worker that has been idle for a while: equal numbers of
    /// connections don't mean equal work. Called whenever several connections are ready.
    pub(super) fn rebalance(&mut self) {
        let Some(other) = self.idle_worker() else {
            self.other_idle_since = None;
            return;
        };
        let since = *self.other_idle_since.get_or_insert(self.now);
        if self.now - since < limits::REBALANCE_AFTER {
            return;
        }
        self.other_idle_since = None;
        let all = self.connections.iter().flatten();
        let busy = all.filter(|each| self.now - each.active < limits::REBALANCE_AFTER);
        let half = busy.skip(1).step_by(2).map(|each| each.stream.as_raw_fd());
        for descriptor in half.collect::<Vec<_>>() {
            if self.reserve(other) {
                let connection = self.take(descriptor).expect("it is in the list");
                self.hand_over(connection, other);
            }
        }
    }

    /// Counts a connection that will be handed to the `other` worker, unless the server stops: then that
    /// worker may already have ended, since it had no connections.
    ///
    /// We count first, and then look whether the server stops. A worker that stops has seen that flag first,
    /// and then looks at its count, in the loop of `Worker::run`. With `SeqCst`, all threads agree on the
    /// order of these steps. So either we see the flag, or that worker sees our count.
    fn reserve(&self, other: usize) -> bool {
        let other = &self.shared.workers[other];
        other.connections.fetch_add(1, Ordering::SeqCst);
        if !self.shared.is_stopping.load(Ordering::SeqCst) {
            return true;
        }
        other.connections.fetch_sub(1, Ordering::SeqCst);
        // The other worker may wait for this connection, which doesn't come.
        other.wake();
        false
    }

    /// Hands a connection to a worker that it is reserved at.
    pub(super) fn hand_over(&mut self, mut connection: Box<Connection>, other: usize) {
        self.release(&mut connection);
        self.shared.workers[other].hand_over(connection);
    }
}
