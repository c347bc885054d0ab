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
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Scope};

/// Where clients come in. What a client is, only the door knows.
pub trait Door: Sync {
    /// Waits for one client, says `let_in` as soon as there is one, and serves it until it leaves.
    /// Says `before_waiting` each time before it waits for that client.
    fn serve_next(&self, let_in: &dyn Fn(), before_waiting: &dyn Fn());
}

/// Threads that serve the clients of some doors.
#[derive(Debug)]
pub struct Pool<'env, D> {
    doors: &'env [D],
    most_threads: usize,
    at_each_door: usize,
    state: Mutex<State>,
    called: Condvar,
}

/// Where the threads are.
///
/// `threads` counts all of them: those at a door, those with a client, those parked, and those that
/// have been called and are on their way. Whoever is called to a door counts as being there.
#[derive(Debug)]
struct State {
    threads: usize,
    parked: usize,
    at_door: Vec<usize>,
    /// The doors that parked threads have been called to.
    calls: Vec<usize>,
}

impl<'env, D: Door> Pool<'env, D> {
    /// A pool of up to `most_threads`, or as many as there are doors. `at_each_door` of them stand at
    /// each door at rest.
    pub fn new(doors: &'env [D], most_threads: usize, at_each_door: usize) -> Self {
        let state =
            State { threads: 0, parked: 0, at_door: vec![0; doors.len()], calls: Vec::new() };
        Self {
            doors,
            most_threads: most_threads.max(doors.len()),
            at_each_door,
            state: Mutex::new(state),
            called: Condvar::new(),
        }
    }

    /// Sends the first threads to the doors; they see to everything else.
    ///
    /// # Errors
    ///
    /// If not even one thread for each door can be started.
    pub fn open<'scope>(&'scope self, scope: &'scope Scope<'scope, 'env>) -> io::Result<()>
    where
        'env: 'scope,
    {
        for round in 0..self.at_each_door.max(1) {
            for door in 0..self.doors.len() {
                let mut state = self.state();
                if state.threads == self.most_threads {
                    return Ok(());
                }
                match self.start_thread(&mut state, scope, door) {
                    Err(error) if round == 0 => return Err(error),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// What each thread does all its life.
    fn work<'scope>(&'scope self, scope: &'scope Scope<'scope, 'env>, first_door: usize) {
        let mut place = Some(first_door);
        while let Some(door) = place {
            let let_in = || self.state().at_door[door] -= 1;
            let before_waiting = || self.find_stand_in(scope, door);
            self.doors[door].serve_next(&let_in, &before_waiting);
            place = self.next_place(door);
        }
    }

    /// Makes sure that somebody is at `door`, unless all threads are with clients.
    fn find_stand_in<'scope>(&'scope self, scope: &'scope Scope<'scope, 'env>, door: usize) {
        let mut state = self.state();
        if state.at_door[door] > 0 {
            return;
        }
        if state.parked > 0 {
            state.parked -= 1;
            state.at_door[door] += 1;
            state.calls.push(door);
            self.called.notify_one();
        } else if state.threads < self.most_threads {
            // If the system has no thread for us, the next one that gets free goes to the door.
            let _ = self.start_thread(&mut state, scope, door);
        }
    }

    fn start_thread<'scope>(
        &'scope self,
        state: &mut State,
        scope: &'scope Scope<'scope, 'env>,
        door: usize,
    ) -> io::Result<()> {
        Builder::new()
            .stack_size(limits::STACK)
            .spawn_scoped(scope, move || self.work(scope, door))?;
        state.threads += 1;
        state.at_door[door] += 1;
        Ok(())
    }

    /// Where a thread goes whose client has left: to a door, or to park until it is called to one.
    /// `None`: it is not needed any more.
    fn next_place(&self, last_door: usize) -> Option<usize> {
        let mut state = self.state();
        let emptiest =
            (0..state.at_door.len()).min_by_key(|&door| state.at_door[door]).unwrap_or(last_door);
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
