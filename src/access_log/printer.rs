//! The threads that print, one for standard output and one for standard error, so that no worker waits.
//!
//! A terminal can be stopped, and a pipe can be full. Then only the thread that writes to it waits. (An error
//! in a template that is being edited, and a panic in a page, go straight to standard error.)

use crate::limits;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::mem;
use std::os::fd::AsFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// Takes what is to be printed, without making its caller wait.
#[derive(Debug, Default)]
pub struct Printer {
    log: Stream,
    notes: Stream,
    last_report: Mutex<Option<Instant>>,
}

/// One stream, and what waits for its thread to write it.
#[derive(Debug, Default)]
struct Stream {
    pending: Mutex<Pending>,
    /// Notified when there is something to write, and when some is written.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Pending {
    /// What is not written yet.
    text: VecDeque<u8>,
    /// How many lines are lost, and not reported yet: too many were waiting, or writing failed.
    lost: usize,
}

impl Printer {
    /// Starts the threads, which run as long as the program.
    pub fn start() -> io::Result<Arc<Self>> {
        // `io::stdout` has a buffer, which may keep bytes that could not be written. A `File` has none.
        let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let stderr = File::from(io::stderr().as_fd().try_clone_to_owned()?);
        let thread = |name: &str| thread::Builder::new().name(name.to_owned());
        let printer = Arc::<Self>::default();
        let (first, second) = (Arc::clone(&printer), Arc::clone(&printer));
        thread("log").spawn(move || first.log.write_to(stdout, |note| first.notes.add(note)))?;
        // If standard error fails, there is nowhere to report it.
        thread("notes").spawn(move || second.notes.write_to(stderr, |_| {}))?;
        Ok(printer)
    }

    /// Takes whole `lines` for standard output and `notes` for standard error.
    pub fn add(&self, lines: &str, notes: &str) {
        self.log.add(lines);
        self.notes.add(notes);
    }

    /// Prints a note to standard error, but not more than one within [`limits::REPORT_INTERVAL`].
    pub fn report(&self, note: &str, now: Instant) {
        let mut last_report = self.last_report.lock().unwrap_or_else(PoisonError::into_inner);
        if last_report.is_none_or(|last| now.duration_since(last) > limits::REPORT_INTERVAL) {
            *last_report = Some(now);
            self.notes.add(note);
        }
    }

    /// Waits until all is written, for [`limits::FLUSH_TIMEOUT`] each. Reports how many lines of the log are
    /// lost.
    pub fn flush(&self) {
        let lost = self.log.flush();
        if lost > 0 {
            self.notes.add(&note_of_lost_lines(lost));
        }
        self.notes.flush();
    }
}

impl Stream {
    /// Adds whole lines. If [`limits::MAX_LOG_BYTES`] wait already, they are dropped, and counted.
    fn add(&self, lines: &str) {
        if lines.is_empty() {
            return;
        }
        let mut pending = self.lock();
        let was_empty = pending.text.is_empty();
        if pending.text.len() + lines.len() > limits::MAX_LOG_BYTES {
            pending.lost += lines.lines().count();
        } else {
            pending.text.extend(lines.as_bytes());
        }
        drop(pending);
        if was_empty {
            self.changed.notify_all();
        }
    }

    /// Writes what is added, and never returns. Reports at once why writing fails, and the number of lost
    /// lines when all others are written; both before `flush` can see that nothing is left.
    fn write_to(&self, mut file: File, report: impl Fn(&str)) {
        let (mut chunk, mut is_failing) = (Vec::new(), false);
        loop {
            self.wait_for_chunk(&mut chunk);
            match file.write(&chunk) {
                Ok(length) => {
                    is_failing = false;
                    let mut pending = self.lock();
                    pending.text.drain(..length);
                    if pending.text.is_empty() && pending.lost > 0 {
                        report(&note_of_lost_lines(mem::take(&mut pending.lost)));
                    }
                }
                Err(error) => match error.kind() {
                    // A full pipe that another program made non-blocking, as Node does with one that it
                    // shares with us.
                    ErrorKind::WouldBlock => thread::sleep(limits::WRITE_PAUSE),
                    ErrorKind::Interrupted => {}
                    _ => {
                        let mut pending = self.lock();
                        pending.lost += lines_in(&mem::take(&mut pending.text));
                        if !mem::replace(&mut is_failing, true) {
                            report(&note_of_failure(&error));
                        }
                    }
                },
            }
            self.changed.notify_all();
        }
    }

    /// Waits until there is something to write, and copies the first bytes of it to `chunk`.
    fn wait_for_chunk(&self, chunk: &mut Vec<u8>) {
        let pending = self.changed.wait_while(self.lock(), |pending| pending.text.is_empty());
        let pending = pending.unwrap_or_else(PoisonError::into_inner);
        let (first, _) = pending.text.as_slices();
        chunk.clear();
        chunk.extend_from_slice(&first[..first.len().min(limits::MAX_PRINT_BYTES)]);
    }

    /// Waits until all is written, or for [`limits::FLUSH_TIMEOUT`]. Returns how many lines are lost, with
    /// those that are still not written.
    fn flush(&self) -> usize {
        let is_busy = |pending: &mut Pending| !pending.text.is_empty();
        let waited = self.changed.wait_timeout_while(self.lock(), limits::FLUSH_TIMEOUT, is_busy);
        let (mut pending, _) = waited.unwrap_or_else(PoisonError::into_inner);
        mem::take(&mut pending.lost) + lines_in(&pending.text)
    }

    /// Ignores poisoning: a panic can't leave the text half changed.
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lines_in(text: &VecDeque<u8>) -> usize {
    text.iter().filter(|&&byte| byte == b'\n').count()
}

fn note_of_failure(error: &io::Error) -> String {
    format!("cookies: standard output can't be written: {error}\n")
}

fn note_of_lost_lines(count: usize) -> String {
    format!("cookies: lines of standard output that are lost: {count}\n")
}
