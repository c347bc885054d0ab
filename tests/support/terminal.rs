//! A terminal to run the program on: a pseudo-terminal, as terminal windows use.

#![allow(unsafe_code, reason = "std has no pseudo-terminals")]

use std::ffi::{c_char, c_int, c_void};
use std::fs::File;
use std::io::Error;
use std::os::fd::{FromRawFd, OwnedFd};
use std::ptr::{null, null_mut};

// SAFETY: All Unixes declare it so.
unsafe extern "C" {
    fn openpty(
        window: *mut c_int,
        terminal: *mut c_int,
        name: *mut c_char,
        modes: *const c_void,
        size: *const c_void,
    ) -> c_int;
}

/// What the terminal shows can be read from the first; the program writes to the second.
pub fn open() -> (File, OwnedFd) {
    let (mut window, mut terminal) = (-1, -1);
    // SAFETY: Both numbers live for as long as the call, and the rest may be null.
    let result = unsafe { openpty(&raw mut window, &raw mut terminal, null_mut(), null(), null()) };
    assert_eq!(result, 0, "no pseudo-terminal can be opened: {}", Error::last_os_error());
    // SAFETY: Both descriptors are new, and have no other owner.
    unsafe { (File::from_raw_fd(window), OwnedFd::from_raw_fd(terminal)) }
}
