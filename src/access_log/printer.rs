//! The threads that print, one for standard output and one for standard error, so that no worker waits.
//!
//! A terminal can be stopped, and a pipe can be full. Then only its own thread waits. (An error in a template
//! that is being edited, and a panic in a page, go straight to standard error.)

use crate::limits;
use crate::unix;
use std::io::{self, ErrorKind};
use std::mem;
use std::os::fd::AsRawFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// Takes what is to be printed, without making its caller wait.
#[derive(Debug)]
pub struct Printer {
    log: Arc<Stream>,
    notes: Arc<Stream>,
    /// When a report was last made.
    reported: Mutex<Option<Instant>>,
}

/// What is to be written to one stream. One thread writes it.
#[derive(Debug, Default)]
struct Stream {
    pending: Mutex<Pending>,
    /// Notified when there is something to write, and when it is written.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Pending {
    text: String,
    /// How many lines the thread has taken, and not written yet.
    lines_in_progress: usize,
    /// How many lines are lost, and not reported yet: too many were waiting, or writing failed.
    lost: usize,
}

impl Printer {
    /// Starts the threads, which run as long as the program.
    pub fn start() -> io::Result<Self> {
        let (log, notes) = <(Arc<Stream>, Arc<Stream>)>::default();
        let (stream, reports) = (Arc::clone(&log), Arc::clone(&notes));
        let report = move |sentence: &str| reports.add(&format!("cookies: {sentence}\n"));
        thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || stream.write_to(&io::stdout(), report))?;
        let stream = Arc::clone(&notes);
        // If standard error fails, there is nowhere to report it.
        thread::Builder::new()
            .name("notes".to_owned())
            .spawn(move || stream.write_to(&io::stderr(), |_| {}))?;
        Ok(Self { log, notes, reported: Mutex::default() })
    }

    /// Takes whole `lines` for standard output and `notes` for standard error.
    pub fn add(&self, lines: &str, notes: &str) {
        self.log.add(lines);
        self.notes.add(notes);
    }

    /// Prints a note to standard error, but not more than one within [`limits::REPORT_INTERVAL`].
    pub fn report(&self, note: &str, now: Instant) {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        if reported.is_none_or(|last| now.duration_since(last) > limits::REPORT_INTERVAL) {
            *reported = Some(now);
            self.notes.add(note);
        }
    }

    /// Waits until all is written, for [`limits::FLUSH_TIMEOUT`] each. Reports how many lines of the log are
    /// lost.
    pub fn flush(&self) {
        let lost = self.log.flush();
        if lost > 0 {
            self.notes.add(&format!("cookies: {}\n", lines_are_lost(lost)));
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
            pending.text.push_str(lines);
        }
        drop(pending);
        if was_empty {
            self.changed.notify_all();
        }
    }

    /// Writes what is added, and never returns. If lines are lost, reports the reason at once, and their
    /// number when writing succeeds again.
    fn write_to(&self, file: &impl AsRawFd, report: impl Fn(&str)) {
        let (mut is_failing, mut text) = (false, String::new());
        loop {
            self.take(&mut text);
            let result = self.write(file, text.as_bytes());
            // A report is made before `flush` can see that nothing is left.
            let mut pending = self.lock();
            if let Err(error) = result {
                pending.lost += mem::take(&mut pending.lines_in_progress);
                if !mem::replace(&mut is_failing, true) {
                    report(&format!("standard output can't be written: {error}"));
                }
            } else {
                is_failing = false;
                if pending.lost > 0 {
                    report(&lines_are_lost(mem::take(&mut pending.lost)));
                }
            }
        }
    }

    /// Writes all of `text`, at most [`limits::MAX_PRINT_BYTES`] at a time.
    ///
    /// Another program may have told the file never to block, as Node does with a pipe that it shares with
    /// us. Then it has to be asked again and again.
    fn write(&self, file: &impl AsRawFd, mut text: &[u8]) -> io::Result<()> {
        while !text.is_empty() {
            match unix::write_some(file, &text[..text.len().min(limits::MAX_PRINT_BYTES)]) {
                Ok(length) => {
                    let (written, rest) = text.split_at(length);
                    self.lock().lines_in_progress -= lines_in(written);
                    text = rest;
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => thread::sleep(limits::WRITE_PAUSE),
                    ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(())
    }

    /// Waits until there is something to write, and moves it to `text`, whose space the next lines use.
    fn take(&self, text: &mut String) {
        text.clear();
        let mut pending = self.lock();
        pending.lines_in_progress = 0;
        self.changed.notify_all();
        let pending = self.changed.wait_while(pending, |pending| pending.text.is_empty());
        let mut pending = pending.unwrap_or_else(PoisonError::into_inner);
        pending.lines_in_progress = lines_in(pending.text.as_bytes());
        mem::swap(&mut pending.text, text);
    }

    /// Waits until all is written, or for [`limits::FLUSH_TIMEOUT`]. Returns how many lines are lost: in the
    /// end, those that are not written yet are.
    fn flush(&self) -> usize {
        let is_busy =
            |pending: &mut Pending| pending.lines_in_progress > 0 || !pending.text.is_empty();
        let waited = self.changed.wait_timeout_while(self.lock(), limits::FLUSH_TIMEOUT, is_busy);
        let (mut pending, _) = waited.unwrap_or_else(PoisonError::into_inner);
        mem::take(&mut pending.lost) + pending.lines_in_progress + pending.text.lines().count()
    }

    /// Ignores poisoning: a panic can't leave the text half changed.
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lines_in(bytes: &[u8]) -> usize {
    bytes.split(|&byte| byte == b'\n').count() - 1
}

fn lines_are_lost(count: usize) -> String {
    format!("lines of standard output that are lost: {count}")
}
