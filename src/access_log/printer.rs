//! The thread that prints the log.
//!
//! ```text
//! connection ─┐
//! connection ─┼─> Printer ──> standard output, and notes to standard error
//! connection ─┘
//! ```
//!
//! A terminal can stand still, and a pipe can be full. Then only this thread waits, and no client. (What is
//! wrong with a page that is being edited, or panics, is told at once, by the thread that met it.)

use crate::limits;
use crate::monitor::{Bell, Monitor, start_thread};
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;
use std::time::Instant;

/// Takes what is to be printed, and never makes anybody wait for it.
#[derive(Debug, Default)]
pub struct Printer {
    pending: Monitor<Pending>,
    /// There is something to print.
    filled: Bell,
    /// What was taken is printed.
    done: Bell,
}

/// What has come and is not printed yet.
#[derive(Debug, Default)]
struct Pending {
    lines: String,
    notes: String,
    /// How many lines found no place.
    lost: usize,
    /// Whether what came before is being printed.
    is_printing: bool,
}

impl Printer {
    /// Starts the thread, which runs as long as the program.
    pub fn start() -> io::Result<Arc<Self>> {
        let printer = Arc::new(Self::default());
        let in_thread = Arc::clone(&printer);
        start_thread(move || {
            loop {
                in_thread.take().print();
            }
        })?;
        Ok(printer)
    }

    /// Takes whole `lines` for standard output and `notes` for standard error. If nobody has read
    /// for so long that [`limits::MAX_LOG_BYTES`] bytes wait, they are lost, and counted.
    pub fn add(&self, lines: &str, notes: &str) {
        let mut pending = self.pending.lock();
        let was_empty = pending.is_empty();
        if pending.lines.len() + pending.notes.len() + lines.len() + notes.len()
            > limits::MAX_LOG_BYTES
        {
            pending.lost += lines.lines().count() + notes.lines().count();
        } else {
            pending.lines.push_str(lines);
            pending.notes.push_str(notes);
        }
        drop(pending);
        if was_empty {
            self.filled.ring();
        }
    }

    /// Waits until all is printed, or for [`limits::FLUSH_TIMEOUT`].
    pub fn finish(&self) {
        let deadline = Instant::now() + limits::FLUSH_TIMEOUT;
        let mut pending = self.pending.lock();
        while pending.is_printing || !pending.is_empty() {
            let rest = deadline.saturating_duration_since(Instant::now());
            if rest.is_zero() {
                return;
            }
            pending = self.done.wait_for(pending, rest);
        }
    }

    /// Waits until there is something to print, and takes it.
    fn take(&self) -> Pending {
        let mut pending = self.pending.lock();
        pending.is_printing = false;
        self.done.ring();
        while pending.is_empty() {
            pending = self.filled.wait(pending);
        }
        let taken = mem::take(&mut *pending);
        pending.is_printing = true;
        taken
    }
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.notes.is_empty()
    }

    /// Where standard output or standard error is closed, what is for it is lost, and nothing else.
    fn print(&self) {
        let _ = io::stdout().lock().write_all(self.lines.as_bytes());
        let _ = io::stderr().write_all(self.notes.as_bytes());
        if self.lost > 0 {
            let sentence = "lines of the log are lost, since they came faster than they were read";
            let _ = writeln!(io::stderr(), "cookies: {} {sentence}", self.lost);
        }
    }
}
