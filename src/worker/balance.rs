//! Which worker serves a connection: an idle one may take it over.

use super::Worker;
use crate::connection::Connection;
use crate::limits;
use std::os::fd::AsRawFd;
use std::sync::atomic::Ordering;

impl Worker {
    /// An idle worker that would still have fewer connections than this one if it took over a new one of
    /// them. The kernel decides which worker accepts a client, and may choose the same one each time.
    pub(super) fn less_loaded(&self) -> Option<usize> {
        let other = self.idle_worker()?;
        (self.shared.workers[other].count() + 1 < self.handle().count()).then_some(other)
    }

    /// Of the workers that wait for events, the one with the fewest connections. That is never this one, nor
    /// one that has ended, since neither waits. It may be busy a moment later; then it serves a new
    /// connection after the others.
    fn idle_worker(&self) -> Option<usize> {
        let workers = self.shared.workers.iter().enumerate();
        let idle = workers.filter(|(_, worker)| worker.is_idle.load(Ordering::Relaxed));
        idle.min_by_key(|(_, worker)| worker.count()).map(|(number, _)| number)
    }

    /// Called whenever several sockets are ready. If each call during [`limits::REBALANCE_AFTER`] has found
    /// some idle worker, half of the busy connections go to the one that is idle now: equal numbers of
    /// connections don't mean equal work.
    pub(super) fn rebalance(&mut self) {
        let Some(other) = self.idle_worker() else {
            self.other_idle_since = None;
            return;
        };
        // Now, unless an earlier call has set it.
        let since = *self.other_idle_since.get_or_insert(self.now);
        if self.now - since < limits::REBALANCE_AFTER {
            return;
        }
        self.other_idle_since = None;
        let all = self.connections.iter().flatten();
        // Those with bytes that came or left lately.
        let busy = all.filter(|each| self.now - each.last_active < limits::REBALANCE_AFTER);
        // The second of them, the fourth and so on: a single one stays.
        let half = busy.skip(1).step_by(2).map(|each| each.stream.as_raw_fd());
        for descriptor in half.collect::<Vec<_>>() {
            let connection = self.take(descriptor).expect("it is in the list");
            self.hand_over(connection, other);
        }
    }

    /// Hands a connection to another worker, or keeps it if that worker has ended.
    pub(super) fn hand_over(&mut self, mut connection: Box<Connection>, other: usize) {
        self.release(&mut connection);
        if let Err(connection) = self.shared.workers[other].hand_over(connection) {
            // `release` has subtracted it.
            self.handle().connections.fetch_add(1, Ordering::Relaxed);
            self.serve(connection);
        }
    }
}
