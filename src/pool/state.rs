//! What the threads of a pool share: who is where.
//!
//! ```text
//! threads = at the doors, or called there + parked + with a client
//!                                                    └─ some of these wait for it
//! ```

use crate::limits;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// Who is where.
///
/// - Every thread is at one door, or with one client, or parked; whoever has been called to a door
///   counts as being there. There are never more of them than the pool may have.
/// - A door is empty only if the thread that left it does not wait for its client yet, or if nobody
///   could be found; then `is_short` is set, until somebody goes there or is told to leave.
/// - Whoever waits for its client stands in `waiting`, or has been told that the client leaves.
/// - A door that is shut stays shut, and all are shut only once the house is closed.
pub struct State<D, C> {
    pub threads: usize,
    pub doors: Vec<Doorway<D>>,
    pub parked: usize,
    /// Where the parked have been called to that have not heard it yet.
    pub calls: Vec<Post<D>>,
    /// The clients that make us wait, those first that have for the longest.
    pub waiting: BTreeMap<Place, Waiting<C>>,
    /// Somebody has to leave.
    pub is_short: bool,
    /// When the house was closed.
    pub closed: Option<Instant>,
    /// When there is time to tidy up.
    pub tidying: Option<Instant>,
    /// Whether the keeper must be woken to learn that somebody has to leave.
    pub keeper_sleeps: bool,
    /// How many clients have come in so far.
    pub clients: u64,
}

/// A door, until it is shut, and how many threads stand there.
pub struct Doorway<D> {
    pub door: Option<Arc<D>>,
    pub threads: usize,
}

/// Where a thread stands that waits for a client to come in.
pub struct Post<D> {
    pub index: usize,
    pub door: Arc<D>,
}

/// Since when a client makes us wait, and its number, for there may be two at once.
pub type Place = (Instant, u64);

/// A client that makes us wait, perhaps in the middle of a request.
pub struct Waiting<C> {
    pub client: Arc<C>,
    pub in_request: bool,
}

impl<D, C> State<D, C> {
    /// Open `doors`, and nobody there.
    pub fn new(doors: Vec<D>) -> Self {
        let doors = doors.into_iter().map(|door| Doorway { door: Some(Arc::new(door)), threads: 0 });
        Self {
            threads: 0,
            doors: doors.collect(),
            parked: 0,
            calls: Vec::new(),
            waiting: BTreeMap::new(),
            is_short: false,
            closed: None,
            tidying: None,
            keeper_sleeps: false,
            clients: 0,
        }
    }

    /// Whether a door is open, and so a thread may be needed.
    pub fn is_open(&self) -> bool {
        self.doors.iter().any(|doorway| doorway.door.is_some())
    }

    /// Whether nobody is with a client.
    pub fn is_at_rest(&self) -> bool {
        let at_doors: usize = self.doors.iter().map(|doorway| doorway.threads).sum();
        self.threads == at_doors + self.parked
    }

    /// One more thread goes to the door `index`, unless it is shut.
    pub fn send_to(&mut self, index: usize) -> Option<Post<D>> {
        let doorway = &mut self.doors[index];
        let door = Arc::clone(doorway.door.as_ref()?);
        doorway.threads += 1;
        self.is_short &= self.doors.iter().any(Doorway::is_deserted);
        Some(Post { index, door })
    }

    /// A parked thread, if there is one, is called to the door `index`.
    pub fn call_to(&mut self, index: usize) -> bool {
        let is_called = self.parked > 0;
        if is_called {
            self.parked -= 1;
            let post = self.send_to(index);
            self.calls.extend(post);
        }
        is_called
    }

    /// The door with the fewest threads, if less than `most` stand there: one more goes there.
    pub fn send_to_door(&mut self, most: usize) -> Option<Post<D>> {
        let open = self.doors.iter().enumerate().filter(|(_, doorway)| doorway.door.is_some());
        let (index, doorway) = open.min_by_key(|(_, doorway)| doorway.threads)?;
        if doorway.threads < most { self.send_to(index) } else { None }
    }

    /// Who has to leave next, and when: those in the middle of a request stay if the house closes.
    pub fn next_to_leave(&self) -> Option<(Place, Instant)> {
        let patience = match self.closed {
            _ if self.is_short => limits::PATIENCE,
            Some(_) => limits::LINGER,
            None => return None,
        };
        let may_leave = |waiting: &Waiting<C>| self.closed.is_none() || !waiting.in_request;
        let (place, _) = self.waiting.iter().find(|(_, waiting)| may_leave(waiting))?;
        Some((*place, place.0 + patience))
    }
}

impl<D> Doorway<D> {
    /// Whether somebody is needed there.
    pub fn is_deserted(&self) -> bool {
        self.door.is_some() && self.threads == 0
    }
}
