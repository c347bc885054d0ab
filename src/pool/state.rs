//! What the threads of a pool share: who is where.
//!
//! ```text
//! threads = at the doors, or called there + parked + with a client
//!                                                    └─ some of these wait for it
//! ```

use crate::limits;
use crate::seat::{Client, Door};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who is where.
///
/// - Every thread is at one door, or with one client, or parked; whoever has been called to a door
///   counts as being there. There are never more of them than the pool may have.
/// - A door is deserted only if the thread that left it does not wait for its client yet, or if nobody
///   could be found to go there; then `is_short` is set.
/// - While `is_short` is set, the keeper has one client leave for each deserted door, or one if there is
///   none, as soon as their patience ends.
/// - Each client that makes us wait is in `waiting`, unless it is leaving.
/// - A door that is shut stays shut, and none is before the pool is closed.
pub struct State {
    pub threads: usize,
    pub doors: Vec<Doorway>,
    pub parked: usize,
    /// Calls that no parked thread has heard yet.
    pub calls: Vec<Post>,
    /// The clients that make us wait, those first that have for the longest.
    pub waiting: BTreeMap<Place, Waiting>,
    /// There are too few threads, or too little of something else: somebody has to leave.
    pub is_short: bool,
    /// How many have to leave and have not left yet.
    pub leaving: usize,
    /// How long a client may make us wait before it has to leave.
    pub patience: Duration,
    /// Whether each client of late has asked as soon as it came.
    pub newcomers_ask: bool,
    /// When the pool was closed.
    pub closed: Option<Instant>,
    /// When to tidy up: a little after a thread has ended.
    pub tidying: Option<Instant>,
    /// Whether the keeper must be woken to learn that somebody has to leave.
    pub keeper_sleeps: bool,
}

/// A door, until it is shut, and how many threads stand there.
pub struct Doorway {
    pub door: Option<Arc<Box<dyn Door>>>,
    pub threads: usize,
}

/// Where a thread stands that waits for a client to come in.
pub struct Post {
    pub index: usize,
    pub door: Arc<Box<dyn Door>>,
}

/// Since when a client makes us wait, and its address in memory, for there may be two at once.
pub type Place = (Instant, usize);

/// A client that makes us wait, perhaps in the middle of a request.
pub struct Waiting {
    pub client: Arc<dyn Client>,
    pub in_request: bool,
}

/// What the keeper does.
#[derive(Clone, Copy)]
pub enum Duty {
    /// Send away the client in this place.
    Dismiss(Place),
    /// Give back what those took who have left.
    Tidy,
    /// Leave behind whoever is still there.
    End,
}

impl State {
    /// Open `doors`, and nobody there.
    pub fn new(doors: Vec<Box<dyn Door>>) -> Self {
        let doors =
            doors.into_iter().map(|door| Doorway { door: Some(Arc::new(door)), threads: 0 });
        Self {
            threads: 0,
            doors: doors.collect(),
            parked: 0,
            calls: Vec::new(),
            waiting: BTreeMap::new(),
            is_short: false,
            leaving: 0,
            patience: *limits::PATIENCE.end(),
            newcomers_ask: true,
            closed: None,
            tidying: None,
            keeper_sleeps: false,
        }
    }

    /// Whether a door is open, and so a thread may be needed.
    pub fn is_open(&self) -> bool {
        self.doors.iter().any(|doorway| doorway.door.is_some())
    }

    /// Whether each client is to leave with its next answer.
    pub fn leave_soon(&self) -> bool {
        self.is_short || self.closed.is_some()
    }

    /// For how long a client may make us wait without a word. While a door is deserted, perhaps for an
    /// instant only, that is a blink for one who has just come, if those who came of late asked at once:
    /// its request is on its way, and to find a stand-in would take longer.
    pub fn moment(&self) -> Duration {
        if self.leave_soon() {
            Duration::ZERO
        } else if self.deserted_door().is_none() {
            limits::MOMENT
        } else if self.newcomers_ask {
            limits::BLINK
        } else {
            Duration::ZERO
        }
    }

    /// A door where nobody stands.
    pub fn deserted_door(&self) -> Option<usize> {
        self.doors.iter().position(Doorway::is_deserted)
    }

    /// One more thread goes to the door `index`, unless it is shut.
    pub fn send_to(&mut self, index: usize) -> Option<Post> {
        let doorway = &mut self.doors[index];
        let door = Arc::clone(doorway.door.as_ref()?);
        doorway.threads += 1;
        Some(Post { index, door })
    }

    /// A parked thread, if there is one, is called to the door `index`.
    pub fn call_to(&mut self, index: usize) -> bool {
        if self.parked == 0 {
            return false;
        }
        let Some(post) = self.send_to(index) else { return false };
        self.parked -= 1;
        self.calls.push(post);
        true
    }

    /// A thread that came from the door `left` goes to the one with the fewest threads, if less than
    /// `most` stand there. Of two it takes the other one; so none is forgotten.
    pub fn send_from(&mut self, left: usize, most: usize) -> Option<Post> {
        let count = self.doors.len();
        let others = (1..=count).map(|step| (left + step) % count);
        let open = others.filter(|index| self.doors[*index].door.is_some());
        let index = open.min_by_key(|index| self.doors[*index].threads)?;
        if self.doors[index].threads < most { self.send_to(index) } else { None }
    }

    /// This client has to leave. If many have to, one after another, they are likely to be hostile, and
    /// the next ones have less time.
    pub fn dismiss(&mut self, place: Place) -> Option<Arc<dyn Client>> {
        let waiting = self.waiting.remove(&place)?;
        self.leaving += 1;
        self.patience = (self.patience / 2).max(*limits::PATIENCE.start());
        Some(waiting.client)
    }

    /// A client has left that was answered, so there are some that are not hostile.
    pub fn grow_patience(&mut self) {
        self.patience = (self.patience + *limits::PATIENCE.start()).min(*limits::PATIENCE.end());
    }

    /// What the keeper has to do next, and when.
    pub fn next_duty(&self, grace: Duration) -> Option<(Instant, Duty)> {
        let dismiss = self.next_to_leave().map(|(time, place)| (time, Duty::Dismiss(place)));
        let tidy = self.tidying.map(|time| (time, Duty::Tidy));
        let end = self.closed.map(|time| (time + grace, Duty::End));
        [dismiss, tidy, end].into_iter().flatten().min_by_key(|(time, _)| *time)
    }

    /// Who has to leave next, and when. In a pool that is closed, those in the middle of a request only
    /// have to for others.
    fn next_to_leave(&self) -> Option<(Instant, Place)> {
        let needed = self.doors.iter().filter(|doorway| doorway.is_deserted()).count().max(1);
        let first = if self.is_short && self.leaving < needed {
            self.waiting.keys().next().map(|place| (place.0 + self.patience, *place))
        } else {
            None
        };
        let idle = self.waiting.iter().find(|(_, waiting)| !waiting.in_request);
        let idle = idle.filter(|_| self.closed.is_some());
        let first_idle = idle.map(|(place, _)| (place.0 + limits::LINGER, *place));
        first.into_iter().chain(first_idle).min()
    }
}

impl Doorway {
    /// Whether somebody is needed there.
    pub fn is_deserted(&self) -> bool {
        self.door.is_some() && self.threads == 0
    }
}
