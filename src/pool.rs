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
//! Nobody hands work to anybody. A few threads stand at the door, waiting for a client to come in;
//! the one that gets it serves it. Before it waits for that client, it makes sure that somebody else
//! is at the door: a parked thread, or a new one. When its client leaves it goes back to the door, or
//! parks, or ends if enough are parked. So while others stand there, a client that comes and goes
//! costs no switch from one thread to another, and one that stays and says nothing costs a thread that
//! sleeps.

use crate::limits;
use crate::monitor::Monitor;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::Builder;

/// Where clients come in. What a client is, only the door knows.
pub trait Door: Send + Sync + 'static {
    /// One who has come in.
    type Client;

    /// Waits until a client comes in.
    fn let_in(&self) -> Self::Client;

    /// Serves `client` until it leaves, and says `before_waiting` each time before it waits for it.
    fn serve(&self, client: Self::Client, before_waiting: &dyn Fn());
}

/// Threads that serve the clients of one door.
#[derive(Debug)]
pub struct Pool<D> {
    door: D,
    most_threads: usize,
    most_at_door: usize,
    state: Monitor<State>,
}

/// Where the threads are. Each is at the door, with a client, or parked. Whoever has been called to
/// the door counts as being there.
#[derive(Debug, Default)]
struct State {
    threads: usize,
    at_door: usize,
    parked: usize,
    /// How many parked threads have been called and have not heard it yet.
    calls: usize,
}

impl<D: Door> Pool<D> {
    /// Opens `door`, and serves whoever comes, for as long as the program runs, with up to
    /// `most_threads`. At rest `most_at_door` of them stand at the door, or half of all.
    ///
    /// # Errors
    ///
    /// If not even one thread can be started.
    pub fn open(door: D, most_threads: usize, most_at_door: usize) -> io::Result<()> {
        let pool = Arc::new(Self {
            door,
            most_threads,
            most_at_door: most_at_door.min(most_threads / 2).max(1),
            state: Monitor::default(),
        });
        let mut state = pool.state.lock();
        pool.start_thread(&mut state)?;
        for _ in 1..pool.most_at_door {
            // One is enough to begin with; it finds others when it needs them.
            let _ = pool.start_thread(&mut state);
        }
        Ok(())
    }

    /// What each thread does all its life.
    fn work(self: &Arc<Self>) {
        loop {
            let client = self.door.let_in();
            self.state.lock().at_door -= 1;
            let serve = || self.door.serve(client, &|| self.find_stand_in());
            // Whatever fails on the way costs one client, and never a thread.
            let _ = catch_unwind(AssertUnwindSafe(serve));
            if !self.return_to_door() {
                return;
            }
        }
    }

    /// Makes sure that somebody is at the door. If nobody can be, the next thread whose client leaves
    /// goes there.
    fn find_stand_in(self: &Arc<Self>) {
        let mut state = self.state.lock();
        if state.at_door > 0 {
            return;
        }
        if state.parked > 0 {
            state.parked -= 1;
            state.at_door += 1;
            state.calls += 1;
            self.state.notify_one();
        } else if state.threads < self.most_threads {
            let _ = self.start_thread(&mut state);
        }
    }

    fn start_thread(self: &Arc<Self>, state: &mut State) -> io::Result<()> {
        let pool = Arc::clone(self);
        Builder::new().stack_size(limits::STACK).spawn(move || pool.work())?;
        state.threads += 1;
        state.at_door += 1;
        Ok(())
    }

    /// Goes to the door if somebody is needed there, or parks until then. Returns `false` if so many
    /// are parked that this thread may end.
    fn return_to_door(&self) -> bool {
        let mut state = self.state.lock();
        if state.at_door < self.most_at_door {
            state.at_door += 1;
            return true;
        }
        if state.parked >= limits::PARKED_THREADS {
            state.threads -= 1;
            return false;
        }
        state.parked += 1;
        while state.calls == 0 {
            state = self.state.wait(state);
        }
        state.calls -= 1;
        true
    }
}
