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
//! is at the door: a parked thread, or a new one. When its client leaves it goes back to the door, or
//! parks, or ends if enough are parked. So a client that comes and goes costs no switch from one
//! thread to another, and one that stays and says nothing costs a thread that sleeps.

use crate::limits;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder, Scope};

/// Where clients come in. What a client is, only the door knows.
pub trait Door: Sync {
    /// Waits for one client, says `let_in` as soon as there is one, and serves it until it leaves.
    /// Says `before_waiting` each time before it waits for that client.
    fn serve_next(&self, let_in: &dyn Fn(), before_waiting: &dyn Fn());
}

/// Threads that serve the clients of some doors.
#[derive(Debug)]
pub struct Pool<D> {
    doors: Vec<D>,
    most_threads: usize,
    at_each_door: usize,
    state: Mutex<State>,
    called: Condvar,
}

/// Where the threads are.
///
/// `threads` is how many there are: at a door, with a client, or parked. Whoever is called to a door
/// counts as being there.
#[derive(Debug)]
struct State {
    threads: usize,
    parked: usize,
    at_door: Vec<usize>,
    /// The doors that parked threads have been called to.
    calls: Vec<usize>,
}

impl<D: Door> Pool<D> {
    /// A pool of up to `most_threads`, but one for each door at least. At rest, `at_each_door` of
    /// them stand at each door, as long as that leaves half of all free to serve.
    pub fn new(doors: Vec<D>, most_threads: usize, at_each_door: usize) -> Self {
        let state =
            State { threads: 0, parked: 0, at_door: vec![0; doors.len()], calls: Vec::new() };
        Self {
            most_threads: most_threads.max(doors.len()),
            at_each_door: at_each_door.min(most_threads / (2 * doors.len())).max(1),
            doors,
            state: Mutex::new(state),
            called: Condvar::new(),
        }
    }

    /// Opens the doors, and serves whoever comes, for as long as the program runs.
    ///
    /// If the system has no threads for it, the calling thread goes from door to door alone.
    pub fn run(&self) {
        thread::scope(|scope| {
            let mut state = self.state();
            state.threads += 1;
            state.at_door[0] += 1;
            for door in 0..self.doors.len() {
                for _ in state.at_door[door]..self.at_each_door {
                    self.start_thread(&mut state, scope, door);
                }
            }
            drop(state);
            self.work(scope, 0);
        });
    }

    /// What each thread does all its life.
    fn work<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>, first_door: usize) {
        let mut place = Some(first_door);
        while let Some(door) = place {
            let let_in = || self.state().at_door[door] -= 1;
            let before_waiting = || self.find_stand_in(scope, door);
            self.doors[door].serve_next(&let_in, &before_waiting);
            place = self.next_place();
        }
    }

    /// Makes sure that somebody is at `door`. If nobody can be, the next thread whose client leaves
    /// goes there.
    fn find_stand_in<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>, door: usize) {
        let mut state = self.state();
        if state.at_door[door] > 0 {
            return;
        }
        if state.parked > 0 {
            state.parked -= 1;
            state.at_door[door] += 1;
            state.calls.push(door);
            self.called.notify_one();
        } else {
            self.start_thread(&mut state, scope, door);
        }
    }

    /// Starts a thread at `door`, unless there are enough, or the system has none for us.
    fn start_thread<'scope>(
        &'scope self,
        state: &mut State,
        scope: &'scope Scope<'scope, '_>,
        door: usize,
    ) {
        let thread = Builder::new().stack_size(limits::STACK);
        if state.threads < self.most_threads
            && thread.spawn_scoped(scope, move || self.work(scope, door)).is_ok()
        {
            state.threads += 1;
            state.at_door[door] += 1;
        }
    }

    /// Where a thread goes whose client has left: to a door, or to park until it is called to one.
    /// `None`: it is not needed any more.
    fn next_place(&self) -> Option<usize> {
        let mut state = self.state();
        let emptiest = (0..self.doors.len()).min_by_key(|&door| state.at_door[door])?;
        if state.at_door[emptiest] < self.at_each_door {
            state.at_door[emptiest] += 1;
            return Some(emptiest);
        }
        if state.parked >= limits::PARKED_THREADS {
            state.threads -= 1;
            return None;
        }
        state.parked += 1;
        loop {
            state = self.called.wait(state).unwrap_or_else(PoisonError::into_inner);
            if let Some(door) = state.calls.pop() {
                return Some(door);
            }
        }
    }

    /// Nothing that holds the lock can panic halfway, so a poisoned lock is as good as another.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
