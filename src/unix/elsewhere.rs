//! Where there is no Unix: nothing of what `unix.rs` does is done, and all goes on without.
//!
//! ```text
//! Ctrl-C ──> the program ends, as the system likes
//! ```
#![allow(missing_docs, clippy::missing_errors_doc, reason = "each is as on Unix")]

use std::io::{self, ErrorKind};

pub fn on_signals(_end: impl FnOnce() + Send + 'static) -> io::Result<()> {
    Ok(())
}

pub fn share_memory(_threads: usize) {}

pub(crate) fn give_memory_back() {}

pub(crate) fn set_queue<L>(_listener: &L, _length: i32) {}

pub(crate) fn read_at_once<S>(_socket: &S, _space: &mut [u8]) -> io::Result<usize> {
    Err(ErrorKind::WouldBlock.into())
}

pub(crate) fn write_at_once<S>(_socket: &S, _bytes: &[u8]) -> io::Result<usize> {
    Err(ErrorKind::WouldBlock.into())
}
