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
//! is at the door: a parked thread, or a new one. If there is neither, the client that has made us wait
//! the longest has to leave. A thread whose client leaves goes back to the door, or parks, or ends if
//! enough are parked.
//!
//! So while others stand there, a client that comes and goes costs no switch from one thread to
//! another; one that stays and says nothing costs a thread that sleeps; and however many of those come,
//! they keep nobody out.

mod state;

use crate::limits;
use crate::monitor::{Bell, Monitor};
use crate::seat::{Demand, Seat};
use state::{Place, Post, State, Waiting};
use std::io;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, MutexGuard};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

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

    /// Closes `door`, and wakes the `threads` that stand there.
    fn close(&self, door: &Self::Door, threads: usize);

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
    /// For the parked: there is a call, or no door is open any more.
    called: Bell,
    /// For the keeper: a door is empty, or the house closes.
    needed: Bell,
}

type StateOf<H> = State<<H as House>::Door, <H as House>::Client>;

impl<H: House> Pool<H> {
    /// Opens the `doors`, and serves whoever comes, with up to `most_threads`, but one for each door at
    /// the least. At rest `most_at_door` of them stand at each door, or half of all.
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

    /// Keeps the house until everybody has left. While nobody can be found for a door, the client that
    /// has made us wait the longest has to leave. Once the house is closed, so have all that make us
    /// wait and have not begun a request; whoever is there after `grace` is left behind.
    pub fn keep(&self, grace: Duration) {
        let mut state = self.state.lock();
        while state.threads > 0 {
            let now = Instant::now();
            let end = state.closed.map(|closed| closed + grace);
            if end.is_some_and(|end| end <= now) {
                return;
            }
            if state.tidying.is_some_and(|time| time <= now) {
                state.tidying = None;
                drop(state);
                self.house.tidy();
                state = self.state.lock();
                continue;
            }
            let next = state.next_to_leave();
            if let Some((place, _)) = next.filter(|(_, time)| *time <= now) {
                let client = state.dismiss(place);
                client.inspect(|client| self.house.dismiss(client));
                continue;
            }
            let time = next.map(|(_, time)| time);
            state.keeper_sleeps = time.is_none();
            state = match [time, end, state.tidying].into_iter().flatten().min() {
                Some(time) => self.needed.wait_for(state, time - now),
                None => self.needed.wait(state),
            };
        }
    }

    /// Closes the house: those who stand before a door still come in, nobody else does, and each
    /// client leaves with its next answer.
    pub fn close(&self) {
        let mut state = self.state.lock();
        state.closed = Some(Instant::now());
        self.wake_keeper(&mut state);
        for doorway in &state.doors {
            if let Some(door) = &doorway.door {
                self.house.close(door, doorway.threads);
            }
        }
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
            let Post { index, door } = post;
            self.leave_door(index, arrival.is_none());
            // The last to leave a door that is shut looks once more.
            let late = Arc::into_inner(door).and_then(|door| self.house.let_in(&door).ok()?);
            for client in arrival.into_iter().chain(late) {
                self.attend(client);
            }
            post = match self.next_post(index) {
                Some(post) => post,
                None => return,
            };
        }
    }

    /// One thread less stands at the door `index`. Perhaps it is shut now.
    fn leave_door(&self, index: usize, shut: bool) {
        let mut state = self.state.lock();
        state.doors[index].threads -= 1;
        if shut {
            state.doors[index].door = None;
            self.called.ring_for_all();
        }
    }

    fn attend(self: &Arc<Self>, client: H::Client) {
        let client = Arc::new(client);
        let mut seat = Taken { pool: self, client: &client, place: None, demand: Demand::Keep };
        // Whatever fails on the way costs one client, and never a thread.
        let _ = catch_unwind(AssertUnwindSafe(|| self.house.serve(&client, &mut seat)));
        seat.leave();
    }

    /// Nobody can be let in: the next one to leave makes room.
    fn make_room(&self, error: &io::Error) {
        self.house.complain(error);
        self.call_keeper(&mut self.state.lock());
        thread::sleep(limits::ACCEPT_PAUSE);
    }

    /// Makes sure that somebody is at each door, or has the keeper see to it.
    fn find_stand_in(self: &Arc<Self>, state: &mut StateOf<H>) {
        while let Some(index) = state.deserted_door() {
            if state.call_to(index) {
                self.called.ring();
                continue;
            }
            if state.threads < self.most_threads {
                match self.start_thread(state, index) {
                    Ok(()) => continue,
                    Err(error) => self.house.complain(&error),
                }
            }
            return self.call_keeper(state);
        }
    }

    fn start_thread(self: &Arc<Self>, state: &mut StateOf<H>, index: usize) -> io::Result<()> {
        let Some(post) = state.send_to(index) else { return Ok(()) };
        let pool = Arc::clone(self);
        let started = Builder::new().stack_size(limits::STACK).spawn(move || pool.work(post));
        match started {
            Ok(_) => state.threads += 1,
            Err(_) => state.doors[index].threads -= 1,
        }
        started.map(drop)
    }

    fn call_keeper(&self, state: &mut StateOf<H>) {
        state.is_short = true;
        self.wake_keeper(state);
    }

    fn wake_keeper(&self, state: &mut StateOf<H>) {
        if mem::take(&mut state.keeper_sleeps) {
            self.needed.ring();
        }
    }

    /// Where a thread goes that has `left` the door of this index with a client, who has gone: to a door,
    /// or to its parking place.
    fn next_post(&self, left: usize) -> Option<Post<H::Door>> {
        let mut state = self.state.lock();
        let post = state.send_from(left, self.most_at_door);
        state.is_short &= state.deserted_door().is_some();
        if state.is_short {
            self.wake_keeper(&mut state);
        }
        post.or_else(|| self.park(state))
    }

    /// Waits to be called to a door. If enough do already, or no door is open, this is the thread's end.
    fn park(&self, mut state: MutexGuard<'_, StateOf<H>>) -> Option<Post<H::Door>> {
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

/// A seat that a client has taken.
struct Taken<'a, H: House> {
    pool: &'a Arc<Pool<H>>,
    client: &'a Arc<H::Client>,
    /// Where the client stands in the order of those who make us wait.
    place: Option<Place>,
    /// What the client was last told.
    demand: Demand,
}

impl<H: House> Taken<'_, H> {
    /// The client has left.
    fn leave(&mut self) {
        match self.demand {
            Demand::Keep => {}
            Demand::LeaveSoon => self.pool.state.lock().has_left(),
            Demand::Leave => self.pool.state.lock().leaving -= 1,
        }
    }
}

impl<H: House> Seat for Taken<'_, H> {
    fn wait(&mut self, since: Instant, in_request: bool) {
        let place = (since, Arc::as_ptr(self.client).addr());
        self.place = Some(place);
        let mut state = self.pool.state.lock();
        state.waiting.insert(place, Waiting { client: Arc::clone(self.client), in_request });
        self.pool.find_stand_in(&mut state);
        if state.closed.is_some() {
            self.pool.wake_keeper(&mut state);
        }
    }

    fn resume(&mut self, something_came: bool) -> Demand {
        let mut state = self.pool.state.lock();
        let stays = self.place.take().is_none_or(|place| state.waiting.remove(&place).is_some());
        let others_want_it = state.is_short || state.closed.is_some();
        let demand = match (stays, something_came) {
            (true, true) if others_want_it => Demand::LeaveSoon,
            (true, _) => Demand::Keep,
            (false, _) => Demand::Leave,
        };
        self.demand = demand;
        if demand == Demand::Leave && something_came {
            // It spoke just when it had to leave. It may stay for long: somebody else has to.
            self.demand = Demand::Keep;
            state.leaving -= 1;
            self.pool.find_stand_in(&mut state);
        }
        demand
    }
}
