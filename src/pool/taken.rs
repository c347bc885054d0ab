//! A seat that a client has taken.
//!
//! ```text
//! with its thread ─ wait ─> in `waiting` ─ resume ─> with its thread ─> free
//!                               └ dismissed ─> `leaving` ──────────────┘
//! ```

use super::Pool;
use super::state::{Place, Waiting};
use crate::limits;
use crate::seat::{Client, Demand, Seat};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// What a client has while a thread serves it.
pub struct Taken<'a> {
    pool: &'a Arc<Pool>,
    client: &'a Arc<dyn Client>,
    /// Whether it has said nothing yet, and has not made us wait.
    is_new: bool,
    /// Where it stands among those who make us wait, if it does.
    place: Option<Place>,
    /// Whether it was told last to leave soon.
    leaves_soon: bool,
    /// Whether it had to leave, and was not heard since.
    is_leaving: bool,
}

impl<'a> Taken<'a> {
    /// The seat of a client that has just come in.
    pub fn new(pool: &'a Arc<Pool>, client: &'a Arc<dyn Client>) -> Self {
        Self { pool, client, is_new: true, place: None, leaves_soon: false, is_leaving: false }
    }

    /// The client has left, and its seat is free.
    pub fn free(self) {
        if self.is_leaving {
            self.pool.state.lock().leaving -= 1;
        } else if self.leaves_soon {
            self.pool.state.lock().grow_patience();
        }
    }
}

impl Seat for Taken<'_> {
    fn moment(&self) -> Duration {
        let moment = Duration::new(0, self.pool.moment.load(Ordering::Relaxed));
        // A client that goes on and on must not keep the door deserted by blinks.
        if self.is_new || moment == limits::MOMENT { moment } else { Duration::ZERO }
    }

    fn wait(&mut self, since: Instant, in_request: bool) {
        let place = (since, Arc::as_ptr(self.client).addr());
        self.place = Some(place);
        let waiting = Waiting { client: Arc::clone(self.client), in_request };
        let mut state = self.pool.state.lock();
        state.waiting.insert(place, waiting);
        state.newcomers_ask &= !mem::take(&mut self.is_new);
        self.pool.find_stand_in(&mut state);
    }

    fn resume(&mut self, something_came: bool) -> Demand {
        self.is_new = false;
        if let Some(place) = self.place.take() {
            let mut state = self.pool.state.lock();
            if state.waiting.remove(&place).is_none() {
                self.is_leaving = !something_came;
                if something_came {
                    // It spoke just when it had to leave. It may stay for long: somebody else has to.
                    state.leaving -= 1;
                    self.pool.find_stand_in(&mut state);
                }
                return Demand::Leave;
            }
        }
        self.leaves_soon = something_came && self.pool.leave_soon.load(Ordering::Relaxed);
        if self.leaves_soon { Demand::LeaveSoon } else { Demand::Keep }
    }
}
