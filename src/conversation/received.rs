//! What has come from a client and is not answered yet.
//!
//! ```text
//! GET / HTTP/1.1\r\nHost: lo                          calhost\r\n\r\nGET /set-co
//! └───────── has come ─────┘└─ space for the rest ─┘  └─ too little: double it
//! ```

use crate::limits;
use std::io;

/// Bytes that wait for more, and space for it.
#[derive(Debug, Default)]
pub struct Received {
    /// What has come, and the space behind it.
    bytes: Vec<u8>,
    /// How many have come.
    length: usize,
    /// Whether the last ones have filled all the space there was. Then there may be more.
    pub is_full: bool,
}

impl Received {
    /// What has come.
    pub fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Has `read` fill the space behind what has come, or the first bytes of it; it says how many.
    pub fn add(&mut self, read: impl FnOnce(&mut [u8]) -> io::Result<usize>) -> io::Result<usize> {
        let mut size = self.bytes.len().max(limits::READ);
        if self.length == size || self.is_full && size < limits::MOST_READ {
            size *= 2;
        }
        self.bytes.resize(size, 0);
        self.is_full = false;
        let length = read(&mut self.bytes[self.length..])?;
        self.length += length;
        self.is_full = self.length == size;
        Ok(length)
    }

    /// Takes away the first bytes, so many.
    pub fn remove(&mut self, count: usize) {
        self.bytes.copy_within(count..self.length, 0);
        self.length -= count;
    }

    /// Gives back the space, until it is needed again.
    pub fn shrink(&mut self) {
        self.bytes.truncate(self.length);
        self.bytes.shrink_to_fit();
    }
}
