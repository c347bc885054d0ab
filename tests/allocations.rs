//! An ordinary request of a browser allocates nothing: it uses the space that those before it have left. An idle
//! connection keeps none.

#![allow(unsafe_code, reason = "an allocator that counts")]

use cookies_from_scratch::app::App;
use cookies_from_scratch::conversation::{Conversation, Output};
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::{Duration, SystemTime};

/// The system's allocator, which counts how often this thread asks it for memory, and how much it holds.
struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static HELD: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: It passes on what it is given.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        HELD.set(HELD.get().wrapping_add(layout.size()));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // The test's runner may have asked for it in another thread.
        HELD.set(HELD.get().wrapping_sub(layout.size()));
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const PATHS: [&str; 8] = [
    "/", "/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie",
    "/delete-cookies", "/nowhere", "/favicon.ico",
];

#[test]
fn no_page_allocates_after_the_first() {
    let app = App::new(None, false).unwrap();
    let page = |request: &Request<'_>, response: &mut Response<'_>| app.answer(request, response);
    let (mut conversation, mut output) = (Conversation::default(), Output::default());
    let mut ask = |method: &str, path: &str, cookies: &str, seconds| {
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n\r\n");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let before = COUNT.get();
        output.answers.clear();
        conversation.answer(request.as_bytes(), &page, time, &mut output);
        let count = COUNT.get() - before;
        assert!(output.answers.starts_with(b"HTTP/1.1 "));
        count
    };
    // The longest requests come first, and make enough space.
    let first = PATHS.map(|path| ask("GET", path, "a=<\"&\">; b=2; c=3; d=4", 0));
    assert!(first[0] > 0, "the counter counts");
    for path in PATHS {
        for method in ["GET", "HEAD", "OPTIONS", "POST"] {
            for cookies in ["", "a=1", "cookie_name=x; path_cookie_name=x; foo"] {
                for seconds in [1, 1_000_000_000] {
                    let count = ask(method, path, cookies, seconds);
                    assert_eq!(count, 0, "{method} {path} with {cookies:?}");
                }
            }
        }
    }
}

/// Some clients send an empty line after a request, which stays until the next request.
#[test]
fn what_is_answered_keeps_no_memory() {
    let page = |_: &Request<'_>, _: &mut Response<'_>| {};
    let head = format!("GET / HTTP/1.1\r\nHost: a\r\na: {}\r\n\r\n\r\n", "a".repeat(60_000));
    let (start, end) = head.as_bytes().split_at(50_000);
    let mut conversation = Conversation::default();
    let before = HELD.get();
    for packet in [start, end] {
        conversation.answer(packet, &page, SystemTime::UNIX_EPOCH, &mut Output::default());
        assert!(HELD.get() - before > 0, "the counter counts");
    }
    assert!(HELD.get() - before < 100, "{} bytes", HELD.get() - before);
}
