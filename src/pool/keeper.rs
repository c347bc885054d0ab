//! Who sees to it that somebody is at each door, and that all leave in the end.
//!
//! ```text
//! a thread about to wait        the keeper
//! nobody for this door ──bell─> the first of those who wait has to leave
//!                               its thread comes to the door
//! ```

use super::Pool;
use super::state::Duty;
use crate::limits;
use crate::unix;
use std::thread;
use std::time::{Duration, Instant};

impl Pool {
    /// Keeps order until everybody has left. While nobody can be found for a door, the client that has
    /// made us wait the longest has to leave. Once the pool is closed, so have all that make us wait and
    /// have not begun a request; whoever is there after `grace` is left behind.
    pub fn keep(&self, grace: Duration) {
        let mut state = self.state.lock();
        while state.threads > 0 {
            let now = Instant::now();
            let next = state.next_duty(grace);
            let Some((_, duty)) = next.filter(|(time, _)| *time <= now) else {
                // While one is to leave for others, whoever should leave before it waits a moment more.
                let one_leaves = matches!(next, Some((_, Duty::Dismiss(_))));
                state.keeper_sleeps = state.closed.is_some() || !one_leaves;
                state = match next {
                    Some((time, _)) => self.needed.wait_for(state, time - now),
                    None => self.needed.wait(state),
                };
                continue;
            };
            match duty {
                Duty::Dismiss(place) => {
                    if let Some(client) = state.dismiss(place) {
                        client.dismiss();
                    }
                }
                Duty::Tidy => {
                    state.tidying = None;
                    drop(state);
                    unix::give_memory_back();
                    state = self.state.lock();
                }
                Duty::End => return,
            }
        }
    }

    /// Closes the doors: those who stand before one still come in, nobody else does, and each client
    /// leaves with its next answer. Returns once nobody waits at a door any more.
    pub fn close(&self) {
        let mut state = self.state.lock();
        state.closed = Some(Instant::now());
        self.tell(&mut state);
        let open = state.doors.iter().enumerate();
        let open = open.filter_map(|(index, doorway)| Some((index, doorway.door.as_ref()?)));
        let wakers: Vec<_> = open.map(|(index, door)| (index, door.close())).collect();
        drop(state);
        for (index, wake) in wakers {
            while self.state.lock().doors[index].threads > 0 {
                wake();
                thread::sleep(limits::KNOCK);
            }
        }
    }
}
