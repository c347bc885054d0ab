//! What a pool is told of the world: there are doors, and clients come in.
//!
//! ```text
//! let_in ─> serve ─> wait, resume … ─> back          a thread
//!                     ^
//!                  dismiss                           the keeper, if others need the thread
//! ```

use crate::seat::Seat;
use std::io;
use std::sync::Arc;

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
