//! A seat that a client has taken.

use super::state::{Place, Waiting};
use super::{House, Pool};
use crate::seat::{Demand, Haste, Seat};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// What a client has while a thread serves it.
pub struct Taken<'a, H: House> {
    pool: &'a Arc<Pool<H>>,
    client: &'a Arc<H::Client>,
    /// Whether it has not made us wait yet.
    is_new: bool,
    /// Where the client stands in the order of those who make us wait.
    place: Option<Place>,
    /// Whether it was told last to leave soon.
    leaves_soon: bool,
    /// Whether it had to leave, and was not heard since.
    is_leaving: bool,
}

impl<'a, H: House> Taken<'a, H> {
    /// The seat of a client that has just come in.
    pub fn new(pool: &'a Arc<Pool<H>>, client: &'a Arc<H::Client>) -> Self {
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

impl<H: House> Seat for Taken<'_, H> {
    fn haste(&self) -> Haste {
        let haste = self.pool.haste.load(Ordering::Relaxed);
        [Haste::None, Haste::Little, Haste::Some, Haste::Great][usize::from(haste)]
    }

    fn wait(&mut self, since: Instant, in_request: bool) {
        let place = (since, Arc::as_ptr(self.client).addr());
        self.place = Some(place);
        let mut state = self.pool.state.lock();
        state.newcomers_ask &= !mem::take(&mut self.is_new);
        state.waiting.insert(place, Waiting { client: Arc::clone(self.client), in_request });
        self.pool.find_stand_in(&mut state);
    }

    fn resume(&mut self, something_came: bool) -> Demand {
        let mut state = self.pool.state.lock();
        let stays = self.place.take().is_none_or(|place| state.waiting.remove(&place).is_some());
        if stays {
            self.leaves_soon = something_came && state.haste() == Haste::Great;
            return if self.leaves_soon { Demand::LeaveSoon } else { Demand::Keep };
        }
        if something_came {
            // It spoke just when it had to leave. It may stay for long: somebody else has to.
            state.leaving -= 1;
            self.pool.find_stand_in(&mut state);
        } else {
            self.is_leaving = true;
        }
        Demand::Leave
    }
}
