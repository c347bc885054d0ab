//! Readiness by Linux's `epoll` (epoll(7)): the kernel keeps the list of sockets, and a wait costs only as
//! much as there are that are ready.

use super::Interest;
use crate::limits;
use crate::unix::epoll::{
    self, EPOLL_CTL_ADD, EPOLL_CTL_DEL, EPOLL_CTL_MOD, EPOLLEXCLUSIVE, EPOLLIN, EPOLLOUT, Event,
};
use std::io;
use std::os::fd::{OwnedFd, RawFd};
use std::time::Duration;

/// An epoll instance.
#[derive(Debug)]
pub struct Poller {
    epoll: OwnedFd,
    events: [Event; limits::MAX_EVENTS],
}

impl Poller {
    /// A poller that watches nothing yet. It fails if descriptors have run out.
    pub fn new() -> io::Result<Self> {
        Ok(Self { epoll: epoll::create()?, events: [Event::default(); limits::MAX_EVENTS] })
    }

    /// Watches one more socket. It fails if the kernel has no memory for it.
    pub fn watch(&mut self, descriptor: RawFd, interest: Interest) -> io::Result<()> {
        epoll::control(&self.epoll, EPOLL_CTL_ADD, descriptor, events(interest))
    }

    /// Watches a socket for something else from now on.
    pub fn change(&mut self, descriptor: RawFd, interest: Interest) -> io::Result<()> {
        epoll::control(&self.epoll, EPOLL_CTL_MOD, descriptor, events(interest))
    }

    /// Stops watching a socket, which must still be open.
    pub fn remove(&mut self, descriptor: RawFd) {
        let removed = epoll::control(&self.epoll, EPOLL_CTL_DEL, descriptor, 0);
        debug_assert!(removed.is_ok(), "{descriptor} is not watched");
    }

    /// Waits until some sockets are ready, a signal comes, or `timeout` is over. Appends the descriptors of
    /// those that are ready to `ready`.
    pub fn wait(&mut self, timeout: Duration, ready: &mut Vec<RawFd>) {
        let count = epoll::wait(&self.epoll, &mut self.events, timeout);
        let descriptors = self.events[..count].iter().map(|event| event.descriptor);
        ready.extend(descriptors.map(|number| RawFd::try_from(number).expect("a descriptor")));
    }
}

fn events(interest: Interest) -> u32 {
    match interest {
        // Of the workers that wait, one is woken, and not all of them (a *thundering herd*).
        Interest::Accept => EPOLLIN | EPOLLEXCLUSIVE,
        Interest::Read => EPOLLIN,
        Interest::Write => EPOLLOUT,
    }
}
