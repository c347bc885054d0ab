//! A client's seat: a thread that serves it, and that others may need.
//!
//! ```text
//! connection                    pool
//! haste ──────────────────────>
//!    <───────────────────────── None: to wait for a moment costs nobody anything
//! wait ───────────────────────> others may ask for the seat from now on
//! resume(something came) ─────> no longer
//!    <───────────────────────── Keep, or LeaveSoon, or Leave
//! ```
//!
//! This is all that the two say to each other.

use std::time::Instant;

/// What a connection tells whoever gave it a thread, and asks.
pub trait Seat {
    /// How much the thread is needed elsewhere. It is the same for all seats, and costs nothing to ask.
    fn haste(&self) -> Haste;

    /// The client makes us wait, since `since`, and for longer than there was time without a word (see
    /// [`Haste`]). `in_request` says whether a request has begun.
    fn wait(&mut self, since: Instant, in_request: bool);

    /// The wait is over. If `something_came`, there is work now.
    fn resume(&mut self, something_came: bool) -> Demand;
}

/// How much threads are needed, and so for how long a client may make us wait without a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Haste {
    /// Somebody is at each door: for a [`MOMENT`](crate::limits::MOMENT).
    None,
    /// A door is deserted, perhaps for an instant only, and those who came of late asked at once: one who
    /// has just come, for a [`BLINK`](crate::limits::BLINK). Its request is on its way, and meanwhile the
    /// next ones gather before the door. To find a stand-in would take longer.
    Little,
    /// A door is deserted, and lately somebody came who did not ask at once: not at all.
    Some,
    /// Nobody can be found for a door, or the house closes: not at all, and each client is to leave soon.
    Great,
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
