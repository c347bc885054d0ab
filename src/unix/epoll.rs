//! Readiness by Linux's `epoll` (epoll(7)): the kernel keeps the list of sockets, and the cost of a wait
//! grows with the sockets that are ready, not with all of them.

use super::{Interest, milliseconds};
use crate::limits;
use std::ffi::c_int;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::time::Duration;

const EPOLLIN: u32 = 1;
const EPOLLOUT: u32 = 4;
const EPOLLEXCLUSIVE: u32 = 1 << 28;

const EPOLL_CTL_ADD: c_int = 1;
const EPOLL_CTL_DEL: c_int = 2;
const EPOLL_CLOEXEC: c_int = 0o2_000_000;

/// C's `struct epoll_event`, which is packed only on x86-64. Its `data` is ours to choose: the descriptor of
/// the socket.
#[derive(Clone, Copy, Default)]
#[cfg_attr(target_arch = "x86_64", repr(C, packed))]
#[cfg_attr(not(target_arch = "x86_64"), repr(C))]
struct Event {
    events: u32,
    descriptor: i64,
}

// SAFETY: These signatures are those of the Linux manual. `epoll_ctl` only reads the event.
unsafe extern "C" {
    safe fn epoll_create1(flags: c_int) -> c_int;
    safe fn epoll_ctl(epoll: c_int, action: c_int, socket: c_int, event: &mut Event) -> c_int;
    fn epoll_wait(epoll: c_int, events: *mut Event, most: c_int, timeout: c_int) -> c_int;
}

/// An epoll instance.
pub struct Poller {
    epoll: OwnedFd,
    events: [Event; limits::MAX_EVENTS],
}

impl Poller {
    /// A poller that watches nothing yet. Fails if descriptors have run out.
    pub fn new() -> io::Result<Self> {
        let epoll = match epoll_create1(EPOLL_CLOEXEC) {
            -1 => return Err(io::Error::last_os_error()),
            // SAFETY: The descriptor is new, and has no other owner.
            descriptor => unsafe { OwnedFd::from_raw_fd(descriptor) },
        };
        Ok(Self { epoll, events: [Event::default(); limits::MAX_EVENTS] })
    }

    /// Watches one more socket. Fails if the kernel has no memory for it, or the user has too many watches.
    pub fn watch(&mut self, descriptor: RawFd, interest: Interest) -> io::Result<()> {
        self.control(EPOLL_CTL_ADD, descriptor, interest)
    }

    /// Stops watching a socket, which must still be open.
    pub fn remove(&mut self, descriptor: RawFd) {
        // For a removal, the kernel ignores the interest.
        let removed = self.control(EPOLL_CTL_DEL, descriptor, Interest::Read);
        debug_assert!(removed.is_ok(), "{descriptor} is not watched");
    }

    fn control(&self, action: c_int, descriptor: RawFd, interest: Interest) -> io::Result<()> {
        let events = match interest {
            // With this flag, the kernel wakes one of the workers that wait, or a few. To wake all of them
            // would be a *thundering herd*.
            Interest::Accept => EPOLLIN | EPOLLEXCLUSIVE,
            Interest::Read => EPOLLIN,
            Interest::Write => EPOLLOUT,
        };
        let mut event = Event { events, descriptor: descriptor.into() };
        match epoll_ctl(self.epoll.as_raw_fd(), action, descriptor, &mut event) {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }

    /// Waits until some sockets are ready, a signal comes, or `timeout` is over. Appends the descriptors of
    /// those that are ready to `ready`.
    pub fn wait(&mut self, timeout: Duration, ready: &mut Vec<RawFd>) {
        let most = c_int::try_from(self.events.len()).expect("it is small");
        let (epoll, events) = (self.epoll.as_raw_fd(), self.events.as_mut_ptr());
        // SAFETY: No more events are written than there is space for.
        let count = unsafe { epoll_wait(epoll, events, most, milliseconds(timeout)) };
        // -1, so no event, if a signal has interrupted the wait.
        for event in &self.events[..usize::try_from(count).unwrap_or(0)] {
            ready.push(RawFd::try_from(event.descriptor).expect("a descriptor"));
        }
    }
}
