//! A seat is a thread that serves a client, and that others may need. Here is all that the pool and the rest
//! say to each other.
//!
//! ```text
//! pool                          a client
//! serve ──────────────────────>
//!    <───────────────────────── moment: for how long does a wait concern nobody?
//!    <───────────────────────── wait: others may ask for the seat from now on
//! dismiss ────────────────────> if they do
//!    <───────────────────────── resume: no longer
//! Keep, LeaveSoon, Leave ─────>
//! ```
//!
//! ```
//! # use std::{io, sync::{Arc, Mutex, mpsc}, time::{Duration, Instant}};
//! use cookies_from_scratch::pool::Pool;
//! use cookies_from_scratch::seat::{Client, Demand, Door, Seat};
//!
//! struct Guest(mpsc::Sender<Demand>);
//! impl Client for Guest {
//!     fn serve(self: Arc<Self>, seat: &mut dyn Seat) {
//!         assert!(seat.moment() < Duration::from_secs(1));
//!         seat.wait(Instant::now(), false);
//!         self.0.send(seat.resume(true)).unwrap();
//!     }
//!     fn dismiss(&self) {}
//! }
//!
//! /// One guest comes, and then nobody any more.
//! struct Entrance(Mutex<Option<Arc<dyn Client>>>);
//! impl Door for Entrance {
//!     fn let_in(&self) -> io::Result<Option<Arc<dyn Client>>> {
//!         Ok(self.0.lock().unwrap().take())
//!     }
//!     fn close(&self) -> Box<dyn Fn()> {
//!         Box::new(|| ())
//!     }
//!     fn complain(&self, _: &io::Error) {}
//! }
//!
//! let (demands, heard) = mpsc::channel();
//! let pool = Pool::open(vec![Box::new(Entrance(Mutex::new(Some(Arc::new(Guest(demands))))))], 8, 1)?;
//! assert_eq!(heard.recv(), Ok(Demand::Keep), "others need no thread: not LeaveSoon, and not Leave");
//! pool.close();
//! pool.keep(Duration::from_secs(1));
//! # Ok::<(), io::Error>(())
//! ```

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Where clients come in.
pub trait Door: Send + Sync {
    /// Waits until a client comes in. `None` once the door is closed and nobody stands before it.
    ///
    /// # Errors
    ///
    /// Why nobody can be let in now, such as descriptors that have run out.
    fn let_in(&self) -> io::Result<Option<Arc<dyn Client>>>;

    /// Closes the door: whoever stands before it still comes in, and no other thread waits there. Returns
    /// what wakes one that does already.
    fn close(&self) -> Box<dyn Fn()>;

    /// Says why nobody can be let in, or no thread be started.
    fn complain(&self, error: &io::Error);
}

/// One who has come in.
pub trait Client: Send + Sync {
    /// Serves the client until it leaves, and tells `seat` each time that it makes us wait.
    fn serve(self: Arc<Self>, seat: &mut dyn Seat);

    /// Ends the wait for the client, whichever thread waits.
    fn dismiss(&self);
}

/// What a connection tells whoever gave it a thread, and asks.
pub trait Seat {
    /// For how long the client may make us wait without a word. It costs nothing to ask.
    fn moment(&self) -> Duration;

    /// The client makes us wait for longer than that, since `since`. `in_request` says whether a request
    /// has begun.
    fn wait(&mut self, since: Instant, in_request: bool);

    /// The wait is over, if there was one. If `something_came`, there is work now.
    fn resume(&mut self, something_came: bool) -> Demand;
}

/// What becomes of a seat after a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nobody needs it.
    Keep,
    /// Others wait for one: the next answer should be the last.
    LeaveSoon,
    /// The client had to leave: it can't be heard any more. What has come from it is still answered.
    Leave,
}
