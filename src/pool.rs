//! Threads, and who gets one: leaders and followers.
//!
//! ```text
//!           ┌──────────── back to the door ─────────────┐
//!           v                                           │
//!       at the door ──> with a client ──> client leaves ┴─> parked, or ends
//!           ^                 │
//!           └── a stand-in <──┘ before the client makes us wait
//! ```
//!
//! Nobody hands work to anybody. A few threads stand at each door, waiting for a client to come in;
//! the one that gets it serves it. Before it waits for that client, for more than a moment, it makes sure
//! that somebody else is at the door: a parked thread, or a new one. If there is neither, the client that
//! has made us wait the longest has to leave.
//!
//! So a client that comes, asks at once and goes costs no switch from one thread to another; one that
//! stays and says nothing costs a thread that sleeps; and however many of those come, they keep nobody
//! out. [`seat`](crate::seat) is all that a pool knows of them, and shows one at work.

mod keeper;
mod state;
mod taken;

use crate::limits;
use crate::monitor::{Bell, Monitor, start_thread};
use crate::seat::{Client, Door};
use state::{Post, State};
use std::io;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, MutexGuard};
use std::thread;
use std::time::Instant;
use taken::Taken;

/// The threads that serve whoever comes in by some doors.
pub struct Pool {
    most_threads: usize,
    most_at_door: usize,
    state: Monitor<State>,
    /// What the state says of these, for whoever asks often. The moment is in nanoseconds.
    moment: AtomicU32,
    leave_soon: AtomicBool,
    /// For the parked: there is a call, or no door is open any more.
    called: Bell,
    /// For the keeper: it has something to do.
    needed: Bell,
}

impl Pool {
    /// Opens the `doors`, and serves whoever comes, with up to `most_threads`, but one for each door at
    /// the least. At rest `most_at_door` of them stand at each door; of few threads, half, shared among
    /// the doors.
    ///
    /// # Errors
    ///
    /// If there cannot even be one thread for each door. Those that there are go on.
    ///
    /// # Panics
    ///
    /// If there is no door.
    pub fn open(
        doors: Vec<Box<dyn Door>>,
        most_threads: usize,
        most_at_door: usize,
    ) -> io::Result<Arc<Self>> {
        let count = doors.len();
        let pool = Arc::new(Self {
            most_threads: most_threads.max(count),
            most_at_door: most_at_door.min(most_threads / 2 / count).max(1),
            state: Monitor::new(State::new(doors)),
            moment: AtomicU32::default(),
            leave_soon: AtomicBool::default(),
            called: Bell::default(),
            needed: Bell::default(),
        });
        let mut state = pool.state.lock();
        for number in 0..pool.most_at_door * count {
            let started = pool.start_thread(&mut state, number % count);
            // One at each door is enough to begin with; it finds others when it needs them.
            if number < count {
                started?;
            }
        }
        pool.tell(&mut state);
        drop(state);
        Ok(pool)
    }

    /// What each thread does all its life.
    fn work(self: &Arc<Self>, post: Post) {
        let mut next = Some(post);
        while let Some(post) = next {
            let index = post.index;
            next = match post.door.let_in() {
                Ok(arrival) => {
                    self.leave(post, arrival).for_each(|client| self.attend(&client));
                    self.next_post(index)
                }
                Err(error) => {
                    post.door.complain(&error);
                    self.make_room();
                    Some(post)
                }
            };
        }
    }

    /// Leaves a door, with the client who has come in. If none has, the door is shut from now on. The last
    /// to leave a door that is shut looks once more.
    fn leave(
        &self,
        post: Post,
        arrival: Option<Arc<dyn Client>>,
    ) -> impl Iterator<Item = Arc<dyn Client>> {
        let mut state = self.state.lock();
        let doorway = &mut state.doors[post.index];
        doorway.threads -= 1;
        if arrival.is_none() {
            doorway.door = None;
            self.called.ring_for_all();
        }
        self.tell(&mut state);
        drop(state);
        let late = Arc::into_inner(post.door).and_then(|door| door.let_in().ok()?);
        arrival.into_iter().chain(late)
    }

    fn attend(self: &Arc<Self>, client: &Arc<dyn Client>) {
        let mut seat = Taken::new(self, client);
        // Whatever fails on the way costs one client, and never a thread.
        let _ = catch_unwind(AssertUnwindSafe(|| Arc::clone(client).serve(&mut seat)));
        seat.free();
    }

    /// Nobody can be let in: the next one to leave makes room.
    fn make_room(&self) {
        let mut state = self.state.lock();
        state.is_short = true;
        self.tell(&mut state);
        drop(state);
        thread::sleep(limits::ACCEPT_PAUSE);
    }

    /// Makes sure that somebody is at each door, or has the keeper see to it.
    fn find_stand_in(self: &Arc<Self>, state: &mut State) {
        while let Some(index) = state.deserted_door() {
            if state.call_to(index) {
                self.called.ring();
            } else if state.threads >= self.most_threads || self.start_thread(state, index).is_err()
            {
                break;
            }
        }
        state.is_short = state.deserted_door().is_some();
        self.tell(state);
    }

    fn start_thread(self: &Arc<Self>, state: &mut State, index: usize) -> io::Result<()> {
        let Some(post) = state.send_to(index) else { return Ok(()) };
        let (pool, door) = (Arc::clone(self), Arc::clone(&post.door));
        let started = start_thread(move || pool.work(post));
        match &started {
            Ok(()) => state.threads += 1,
            Err(error) => {
                state.doors[index].threads -= 1;
                door.complain(error);
            }
        }
        started
    }

    /// Tells those whom it concerns. Whoever has changed where threads are calls it last, with the lock.
    fn tell(&self, state: &mut State) {
        self.moment.store(state.moment().subsec_nanos(), Ordering::Relaxed);
        self.leave_soon.store(state.leave_soon(), Ordering::Relaxed);
        if state.leave_soon() && mem::take(&mut state.keeper_sleeps) {
            self.needed.ring();
        }
    }

    /// Where a thread goes next whose client came in by the door `left` and has gone: to a door, or to park.
    fn next_post(&self, left: usize) -> Option<Post> {
        let mut state = self.state.lock();
        let post = state.send_from(left, self.most_at_door);
        state.is_short &= state.deserted_door().is_some();
        self.tell(&mut state);
        post.or_else(|| self.park(state))
    }

    /// Waits to be called to a door. If enough do already, or no door is open, this is the thread's end.
    fn park(&self, mut state: MutexGuard<'_, State>) -> Option<Post> {
        // Whoever has nothing to do knows that there is no siege any more.
        state.patience = *limits::PATIENCE.end();
        state.newcomers_ask = true;
        if state.parked < limits::PARKED_THREADS {
            state.parked += 1;
            loop {
                if let Some(post) = state.calls.pop() {
                    return Some(post);
                }
                if !state.is_open() {
                    break;
                }
                state = self.called.wait(state);
            }
            state.parked -= 1;
        }
        state.threads -= 1;
        if state.threads == 0 || state.tidying.is_none() {
            state.tidying = Some(Instant::now() + limits::TIDYING);
            self.needed.ring();
        }
        None
    }
}
