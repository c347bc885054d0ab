//! All of HTTP without a socket: whatever bytes come in, what may go out?
#![no_main]

mod answer;

use answer::{Answer, Known};
use cookies_from_scratch::app::App;
use cookies_from_scratch::conversation::{Conversation, Next};
use cookies_from_scratch::parse::{Progress, head};
use libfuzzer_sys::fuzz_target;
use std::io::Read;
use std::sync::LazyLock;
use std::time::SystemTime;

static APP: LazyLock<App> = LazyLock::new(|| App::new(None, false).unwrap());
static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

fuzz_target!(|bytes: &[u8]| {
    let whole = answers_to([bytes]);

    // The answers are the same in two pieces as in one, and byte by byte.
    let sum = bytes.iter().fold(0_usize, |sum, &byte| sum.wrapping_mul(31) + usize::from(byte));
    let (start, end) = bytes.split_at(sum % (bytes.len() + 1));
    assert_eq!(answers_to([start, end]), whole);
    let few = bytes.len() / 2048 + 1;
    assert_eq!(answers_to(bytes.chunks(few)), whole);

    // Together they are the answers to each request alone.
    let mut alone = Vec::new();
    let mut rest = bytes;
    loop {
        let request = match head(rest, &mut Progress::default()) {
            Ok(Some(head)) => &rest[..head.length],
            Ok(None) | Err(_) => rest,
        };
        let answer = answers_to([request]);
        alone.extend_from_slice(&answer);
        if answer.is_empty() || KNOWN.check(request, &Answer::read(&answer)) {
            break;
        }
        rest = &rest[request.len()..];
    }
    assert_eq!(alone, whole);
});

/// What the pages answer to these pieces, in 1970.
fn answers_to<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut conversation = Conversation::default();
    let mut answers = Vec::new();
    for mut piece in pieces {
        while !piece.is_empty() {
            conversation.receive(|space| piece.read(space)).expect("bytes to read");
        }
        loop {
            let next = conversation.answer(&|request| APP.answer(request), SystemTime::UNIX_EPOCH);
            answers.append(&mut conversation.answers);
            match next {
                Next::GoOn => {}
                Next::AwaitRequest | Next::AwaitRestOfHead => break,
                Next::Close | Next::DrainAndClose => return answers,
            }
        }
    }
    answers
}
