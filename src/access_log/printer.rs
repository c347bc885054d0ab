//! The threads that print, one for standard output and one for standard error, so that no worker waits.
//!
//! A terminal can be stopped, and a pipe can be full. Then only the thread that writes to it waits. (An error
//! in a template that is being edited, and a panic in a page, go straight to standard error.)

use crate::limits;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// What one thread is to write to one stream.
#[derive(Debug, Default)]
struct Stream {
    /// What is not written yet.
    text: Mutex<VecDeque<u8>>,
    /// Notified when there is something to write, for `write_to`, and when some is written, for `flush`.
    changed: Condvar,
    /// How many lines are lost, and not reported yet: too many were waiting, or writing failed.
    lost: AtomicUsize,
}

impl Printer {
    /// Starts the threads, which run as long as the program.
    pub fn start() -> io::Result<Arc<Self>> {
        // `io::stdout` has a buffer, which may keep bytes that could not be written. A `File` has none.
        let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let stderr = File::from(io::stderr().as_fd().try_clone_to_owned()?);
        let named = |name: &str| thread::Builder::new().name(name.to_owned());
        let printer = Arc::<Self>::default();
        let for_log = Arc::clone(&printer);
        named("log").spawn(move || for_log.log.write_to(stdout, |note| for_log.notes.add(note)))?;
        // If standard error fails, there is nowhere to report it.
        let for_notes = Arc::clone(&printer);
        named("notes").spawn(move || for_notes.notes.write_to(stderr, |_| {}))?;
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

    /// Waits until both streams are written, for [`limits::FLUSH_TIMEOUT`] each.
    pub fn flush(&self) {
        self.log.flush(|note| self.notes.add(note));
        self.notes.flush(|_| {});
    }
}

impl Stream {
    /// Adds whole lines. If others wait already, and all would be more than [`limits::MAX_LOG_BYTES`], the
    /// new ones are dropped, and counted.
    fn add(&self, lines: &str) {
        if lines.is_empty() {
            return;
        }
        let mut text = self.lock();
        let was_empty = text.is_empty();
        if !was_empty && text.len() + lines.len() > limits::MAX_LOG_BYTES {
            self.lost.fetch_add(lines.lines().count(), Ordering::Relaxed);
        } else {
            text.extend(lines.as_bytes());
        }
        drop(text);
        if was_empty {
            self.changed.notify_all();
        }
    }

    /// Writes what is added, and never returns. If writing fails, reports the reason at once, and the number
    /// of lost lines later, once all others are written. It reports before it unlocks the text: so `flush`,
    /// which waits until there is no text, misses no report.
    fn write_to(&self, mut file: File, report: impl Fn(&str)) {
        let (mut chunk, mut is_failing) = (Vec::new(), false);
        loop {
            self.wait_for_chunk(&mut chunk);
            match file.write(&chunk) {
                Ok(length) => {
                    is_failing = false;
                    let mut text = self.lock();
                    // The chunk is still in front, since only this thread removes text.
                    text.drain(..length);
                    if text.is_empty() {
                        self.report_lost(&report);
                    }
                }
                // The pipe is full, and another program has made it non-blocking, as Node does.
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    thread::sleep(limits::WRITE_PAUSE);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let mut text = self.lock();
                    self.count_as_lost(&text);
                    text.clear();
                    if !is_failing {
                        report(&format!("cookies: standard output can't be written: {error}\n"));
                    }
                    is_failing = true;
                }
            }
            self.changed.notify_all();
        }
    }

    /// Waits until there is something to write, and copies the first lines of it to `chunk`.
    fn wait_for_chunk(&self, chunk: &mut Vec<u8>) {
        let text = self.changed.wait_while(self.lock(), |text| text.is_empty());
        let text = text.unwrap_or_else(PoisonError::into_inner);
        chunk.clear();
        chunk.extend(text.iter().take(limits::MAX_PRINT_BYTES));
        // A longer line, as a cookie with --trace can be, is written in parts.
        if let Some(end) = chunk.iter().rposition(|&byte| byte == b'\n') {
            chunk.truncate(end + 1);
        }
    }

    /// Waits until all is written, or for [`limits::FLUSH_TIMEOUT`]. Then counts what is left as lost.
    fn flush(&self, report: impl Fn(&str)) {
        let text = self.lock();
        let waited =
            self.changed.wait_timeout_while(text, limits::FLUSH_TIMEOUT, |text| !text.is_empty());
        let (text, _) = waited.unwrap_or_else(PoisonError::into_inner);
        self.count_as_lost(&text);
        self.report_lost(report);
    }

    fn count_as_lost(&self, text: &VecDeque<u8>) {
        let lines = text.iter().filter(|&&byte| byte == b'\n').count();
        self.lost.fetch_add(lines, Ordering::Relaxed);
    }

    fn report_lost(&self, report: impl Fn(&str)) {
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            report(&format!("cookies: lines of standard output that are lost: {lost}\n"));
        }
    }

    /// Ignores poisoning: a panic can't leave the text half changed.
    fn lock(&self) -> MutexGuard<'_, VecDeque<u8>> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
