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
//! the one that gets it serves it. Before it waits for that client, it makes sure that somebody else
//! is at the door: a parked thread, or a new one. (If others stand there already, or if the client has just
//! come, it may wait a moment without looking: see [`Haste`].) If there is neither, the client that has made us wait the longest has
//! to leave. A thread whose client has left goes back to the door, or parks, or ends if enough are parked.
//!
//! So a client that comes, asks at once and goes costs no switch from one thread to another; one that
//! stays and says nothing costs a thread that sleeps; and however many of those come, they keep nobody
//! out.

mod keeper;
mod state;
mod taken;

use crate::limits;
use crate::monitor::{Bell, Monitor, start_thread};
use crate::seat::{Haste, Seat};
use state::{Post, State};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, MutexGuard};
use std::thread;
use std::time::Instant;
use taken::Taken;

/// What a pool's threads do. What a door and a client are, only the house knows.
pub trait House: Send + Sync + Sized + 'static {
    /// Where clients come in.
    type Door: Send + Sync;
    /// One who has come in.
    type Client: Send + Sync;

    /// Waits until a client comes in. `None` once the door is closed and nobody stands before it.
    ///
    /// # Errors
    ///
    /// Why nobody can be let in now, such as descriptors that have run out.
    fn let_in(&self, door: &Self::Door) -> io::Result<Option<Self::Client>>;

    /// Serves `client` until it leaves, and tells `seat` each time that it waits for it.
    fn serve(&self, client: &Arc<Self::Client>, seat: &mut impl Seat);

    /// Ends the wait for `client`, whichever thread waits.
    fn dismiss(&self, client: &Self::Client);

    /// Closes `door`: whoever stands before it still comes in, and no other thread waits there. Returns
    /// what wakes one that does already.
    fn close(&self, door: &Self::Door) -> impl Fn() + 'static;

    /// Says why nobody can be let in, or no thread be started.
    fn complain(&self, error: &io::Error);

    /// Many clients have left: what they took can be given back.
    fn tidy(&self);
}

/// The threads that serve the clients of one house.
pub struct Pool<H: House> {
    house: H,
    most_threads: usize,
    most_at_door: usize,
    state: Monitor<StateOf<H>>,
    /// What the state says of haste, for those who only want to know that.
    haste: AtomicU8,
    /// For the parked: there is a call, or no door is open any more.
    called: Bell,
    /// For the keeper: it has something to do.
    needed: Bell,
}

type StateOf<H> = State<<H as House>::Door, <H as House>::Client>;

impl<H: House> Pool<H> {
    /// Opens the `doors`, and serves whoever comes, with up to `most_threads`, but one for each door at
    /// the least. At rest `most_at_door` of them stand at each door; of few threads, half, shared among
    /// the doors.
    ///
    /// # Errors
    ///
    /// If there cannot even be one thread for each door.
    pub fn open(
        house: H,
        doors: Vec<H::Door>,
        most_threads: usize,
        most_at_door: usize,
    ) -> io::Result<Arc<Self>> {
        let count = doors.len();
        let pool = Arc::new(Self {
            house,
            most_threads: most_threads.max(count),
            most_at_door: most_at_door.min(most_threads / 2 / count).max(1),
            state: Monitor::new(State::new(doors)),
            haste: AtomicU8::new(Haste::None as u8),
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
        drop(state);
        Ok(pool)
    }

    /// What each thread does all its life.
    fn work(self: &Arc<Self>, mut post: Post<H::Door>) {
        loop {
            let arrival = match self.house.let_in(&post.door) {
                Ok(arrival) => arrival,
                Err(error) => {
                    self.make_room(&error);
                    continue;
                }
            };
            let index = post.index;
            for client in self.leave(post, arrival) {
                self.attend(client);
            }
            post = match self.next_post(index) {
                Some(post) => post,
                None => return,
            };
        }
    }

    /// Leaves a door, with the client who has come in. If none has, the door is shut from now on. The last
    /// to leave a door that is shut looks once more.
    fn leave(
        &self,
        post: Post<H::Door>,
        arrival: Option<H::Client>,
    ) -> impl Iterator<Item = H::Client> {
        let mut state = self.state.lock();
        let doorway = &mut state.doors[post.index];
        doorway.threads -= 1;
        if arrival.is_none() {
            doorway.door = None;
            self.called.ring_for_all();
        }
        self.tell(&mut state);
        drop(state);
        let late = Arc::into_inner(post.door).and_then(|door| self.house.let_in(&door).ok()?);
        arrival.into_iter().chain(late)
    }

    fn attend(self: &Arc<Self>, client: H::Client) {
        let client = Arc::new(client);
        let mut seat = Taken::new(self, &client);
        // Whatever fails on the way costs one client, and never a thread.
        let _ = catch_unwind(AssertUnwindSafe(|| self.house.serve(&client, &mut seat)));
        seat.free();
    }

    /// Nobody can be let in: the next one to leave makes room.
    fn make_room(&self, error: &io::Error) {
        self.house.complain(error);
        let mut state = self.state.lock();
        state.is_short = true;
        self.tell(&mut state);
        drop(state);
        thread::sleep(limits::ACCEPT_PAUSE);
    }

    /// Makes sure that somebody is at each door, or has the keeper see to it.
    fn find_stand_in(self: &Arc<Self>, state: &mut StateOf<H>) {
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

    fn start_thread(self: &Arc<Self>, state: &mut StateOf<H>, index: usize) -> io::Result<()> {
        let Some(post) = state.send_to(index) else { return Ok(()) };
        let pool = Arc::clone(self);
        let started = start_thread(move || pool.work(post));
        match &started {
            Ok(()) => state.threads += 1,
            Err(error) => {
                state.doors[index].threads -= 1;
                self.house.complain(error);
            }
        }
        started
    }

    /// Tells those whom it concerns that the state has changed.
    fn tell(&self, state: &mut StateOf<H>) {
        self.haste.store(state.haste() as u8, Ordering::Relaxed);
        if state.haste() == Haste::Great {
            self.wake_keeper(state);
        }
    }

    /// Where a thread goes next whose client has gone, and who came in by the door `left`: to a door, or
    /// to park.
    fn next_post(&self, left: usize) -> Option<Post<H::Door>> {
        let mut state = self.state.lock();
        let post = state.send_from(left, self.most_at_door);
        state.is_short &= state.deserted_door().is_some();
        self.tell(&mut state);
        post.or_else(|| self.park(state))
    }

    /// Waits to be called to a door. If enough do already, or no door is open, this is the thread's end.
    fn park(&self, mut state: MutexGuard<'_, StateOf<H>>) -> Option<Post<H::Door>> {
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
