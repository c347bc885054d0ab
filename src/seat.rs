//! A client's seat: a thread that serves it, and that others may need.
//!
//! ```text
//! connection                    pool
//! moment ─────────────────────>
//!    <───────────────────────── for so long a wait concerns nobody
//! wait ───────────────────────> others may ask for the seat from now on
//! resume(something came) ─────> no longer
//!    <───────────────────────── Keep, or LeaveSoon, or Leave
//! ```
//!
//! This is all that the two say to each other: [`pool`](crate::pool) shows it.

use std::time::{Duration, Instant};

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
