//! Who sees to it that somebody is at each door, and that all leave in the end.
//!
//! ```text
//! a thread about to wait        the keeper
//! nobody for this door ──bell─> the first of those who wait has to leave
//!                               its thread comes to the door
//! ```

use super::state::Duty;
use super::{House, Pool, StateOf};
use std::mem;
use std::time::{Duration, Instant};

impl<H: House> Pool<H> {
    /// Keeps the house until everybody has left. While nobody can be found for a door, the client that
    /// has made us wait the longest has to leave. Once the house is closed, so have all that make us
    /// wait and have not begun a request; whoever is there after `grace` is left behind.
    pub fn keep(&self, grace: Duration) {
        let mut state = self.state.lock();
        while state.threads > 0 {
            let now = Instant::now();
            state = match state.next_duty(grace) {
                Some((time, duty)) if time <= now => match duty {
                    Duty::Dismiss(place) => {
                        let client = state.dismiss(place);
                        client.inspect(|client| self.house.dismiss(client));
                        state
                    }
                    Duty::Tidy => {
                        state.tidying = None;
                        drop(state);
                        self.house.tidy();
                        self.state.lock()
                    }
                    Duty::End => return,
                },
                next => {
                    state.keeper_sleeps = !matches!(next, Some((_, Duty::Dismiss(_))));
                    match next {
                        Some((time, _)) => self.needed.wait_for(state, time - now),
                        None => self.needed.wait(state),
                    }
                }
            };
        }
    }

    /// Closes the house: those who stand before a door still come in, nobody else does, and each
    /// client leaves with its next answer.
    pub fn close(&self) {
        let mut state = self.state.lock();
        state.closed = Some(Instant::now());
        self.tell_haste(&state);
        self.wake_keeper(&mut state);
        for doorway in &state.doors {
            if let Some(door) = &doorway.door {
                self.house.close(door);
                if doorway.threads > 0 {
                    self.house.knock(door);
                }
            }
        }
    }

    /// Somebody has to leave.
    pub(super) fn call_keeper(&self, state: &mut StateOf<H>) {
        state.is_short = true;
        self.wake_keeper(state);
    }

    /// Has the keeper look again, if it does not do so anyway.
    pub(super) fn wake_keeper(&self, state: &mut StateOf<H>) {
        if mem::take(&mut state.keeper_sleeps) {
            self.needed.ring();
        }
    }
}
