//! Readiness by POSIX `poll`, which every Unix has: we keep the list of sockets, and the kernel reads all of
//! it each time. Each worker is told of each new client. The methods do what those for epoll do.

#![allow(clippy::unnecessary_wraps, reason = "epoll can fail where poll can't")]

use super::{Interest, milliseconds};
use std::ffi::c_int;
use std::io;
use std::os::fd::RawFd;
use std::time::Duration;

const POLLIN: i16 = 1;
const POLLOUT: i16 = 4;

/// A descriptor, what is asked about it, and what is reported: C's `struct pollfd`.
#[repr(C)]
struct Entry {
    descriptor: RawFd,
    events: i16,
    reported: i16,
}

#[cfg(target_os = "linux")]
type Count = std::ffi::c_ulong;
#[cfg(not(target_os = "linux"))]
type Count = std::ffi::c_uint;

// SAFETY: POSIX declares it so.
unsafe extern "C" {
    fn poll(entries: *mut Entry, count: Count, timeout: c_int) -> c_int;
}

pub struct Poller(Vec<Entry>);

impl Poller {
    pub fn new() -> io::Result<Self> {
        Ok(Self(Vec::new()))
    }

    pub fn watch(&mut self, descriptor: RawFd, interest: Interest) -> io::Result<()> {
        let events = match interest {
            Interest::Accept | Interest::Read => POLLIN,
            Interest::Write => POLLOUT,
        };
        self.0.push(Entry { descriptor, events, reported: 0 });
        Ok(())
    }

    pub fn remove(&mut self, descriptor: RawFd) {
        self.0.retain(|entry| entry.descriptor != descriptor);
    }

    pub fn wait(&mut self, timeout: Duration, ready: &mut Vec<RawFd>) {
        // If a signal interrupts poll, the old reports would stay.
        self.0.iter_mut().for_each(|entry| entry.reported = 0);
        let count = Count::try_from(self.0.len()).expect("no more descriptors than an int counts");
        // SAFETY: No more entries are read or written than there are.
        unsafe { poll(self.0.as_mut_ptr(), count, milliseconds(timeout)) };
        let reported = self.0.iter().filter(|entry| entry.reported != 0);
        ready.extend(reported.map(|entry| entry.descriptor));
    }
}
