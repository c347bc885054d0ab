//! The thread that prints the log, so that no worker waits for a terminal or a pipe.
//!
//! A terminal can be stopped, and a pipe can be full. Then only this thread waits. (An error in a template
//! that is being edited, and a panic in a page, go straight to standard error.)

use crate::limits;
use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// Takes what is to be printed, without making its caller wait.
#[derive(Debug, Default)]
pub struct Printer {
    pending: Mutex<Pending>,
    /// Notified when there is something to print, and when it is printed.
    changed: Condvar,
    /// When a report was last made.
    reported: Mutex<Option<Instant>>,
}

/// What is not printed yet.
#[derive(Debug, Default)]
struct Pending {
    lines: String,
    notes: String,
    /// How many lines were dropped since too many waited.
    lost: usize,
    /// Whether the thread prints what was pending before.
    is_printing: bool,
}

impl Printer {
    /// Starts the thread, which runs as long as the program.
    pub fn start() -> io::Result<Arc<Self>> {
        let printer = Arc::new(Self::default());
        let in_thread = Arc::clone(&printer);
        thread::Builder::new().name("printer".to_owned()).spawn(move || {
            loop {
                in_thread.take().print();
            }
        })?;
        Ok(printer)
    }

    /// Takes whole `lines` for standard output and `notes` for standard error. If
    /// [`limits::MAX_LOG_BYTES`] wait already, they are dropped, and counted.
    pub fn add(&self, lines: &str, notes: &str) {
        let mut pending = self.lock();
        let was_empty = pending.is_empty();
        let length = pending.lines.len() + pending.notes.len() + lines.len() + notes.len();
        if length > limits::MAX_LOG_BYTES {
            pending.lost += lines.lines().count() + notes.lines().count();
        } else {
            pending.lines.push_str(lines);
            pending.notes.push_str(notes);
        }
        drop(pending);
        if was_empty {
            self.changed.notify_all();
        }
    }

    /// Prints a note to standard error, but not more than one within [`limits::REPORT_INTERVAL`].
    pub fn report(&self, note: &str, now: Instant) {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        if reported.is_none_or(|last| now.duration_since(last) > limits::REPORT_INTERVAL) {
            *reported = Some(now);
            self.add("", note);
        }
    }

    /// Waits until all is printed, or for [`limits::FLUSH_TIMEOUT`].
    pub fn flush(&self) {
        let is_busy = |pending: &mut Pending| pending.is_printing || !pending.is_empty();
        let _ = self.changed.wait_timeout_while(self.lock(), limits::FLUSH_TIMEOUT, is_busy);
    }

    /// Waits until there is something to print, and takes it.
    fn take(&self) -> Pending {
        let mut pending = self.lock();
        pending.is_printing = false;
        self.changed.notify_all();
        let pending = self.changed.wait_while(pending, |pending| pending.is_empty());
        let mut pending = pending.unwrap_or_else(PoisonError::into_inner);
        let taken = mem::take(&mut *pending);
        pending.is_printing = true;
        taken
    }

    /// Ignores poisoning: a panic can't leave the text half changed.
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.notes.is_empty()
    }

    /// Ignores errors: a stream that is closed loses only its own text.
    fn print(&self) {
        let _ = io::stdout().lock().write_all(self.lines.as_bytes());
        let _ = io::stderr().write_all(self.notes.as_bytes());
        if self.lost > 0 {
            let sentence = "lines of the log are lost, since they came faster than they were read";
            let _ = writeln!(io::stderr(), "cookies: {} {sentence}", self.lost);
        }
    }
}
