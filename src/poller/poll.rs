//! Readiness by POSIX `poll`, which every Unix has: we keep the list of sockets, and the kernel reads all of
//! it each time. Each worker is told of each new client. The methods do what those for epoll do.

#![allow(clippy::unnecessary_wraps, reason = "epoll can fail where poll can't")]

use super::Interest;
use crate::unix::poll::{self, Entry, POLLIN, POLLOUT};
use std::io;
use std::os::fd::RawFd;
use std::time::Duration;

#[derive(Debug)]
pub struct Poller(Vec<Entry>);

impl Poller {
    pub fn new() -> io::Result<Self> {
        Ok(Self(Vec::new()))
    }

    pub fn watch(&mut self, descriptor: RawFd, interest: Interest) -> io::Result<()> {
        self.0.push(Entry { descriptor, events: events(interest), reported: 0 });
        Ok(())
    }

    pub fn change(&mut self, descriptor: RawFd, interest: Interest) -> io::Result<()> {
        self.remove(descriptor);
        self.watch(descriptor, interest)
    }

    pub fn remove(&mut self, descriptor: RawFd) {
        self.0.retain(|entry| entry.descriptor != descriptor);
    }

    pub fn wait(&mut self, timeout: Duration, ready: &mut Vec<RawFd>) {
        // If poll fails, it leaves the old reports in place.
        self.0.iter_mut().for_each(|entry| entry.reported = 0);
        poll::wait(&mut self.0, timeout);
        let reported = self.0.iter().filter(|entry| entry.reported != 0);
        ready.extend(reported.map(|entry| entry.descriptor));
    }
}

fn events(interest: Interest) -> i16 {
    match interest {
        Interest::Accept | Interest::Read => POLLIN,
        Interest::Write => POLLOUT,
    }
}
