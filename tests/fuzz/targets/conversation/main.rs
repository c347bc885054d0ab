//! All of HTTP without a socket: whatever bytes come in, what may go out?
#![no_main]

mod answer;

use answer::{Answer, Known};
use cookies_from_scratch::app::App;
use cookies_from_scratch::conversation::{Conversation, Next, Output};
use cookies_from_scratch::parse::{Progress, head, skip_empty_lines};
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use std::time::SystemTime;

static APP: LazyLock<App> = LazyLock::new(|| App::new(None, false).unwrap());
static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

fuzz_target!(|bytes: &[u8]| {
    let whole = answers_to([bytes]);

    // The answers are the same in two packets as in one, and byte by byte.
    let sum = bytes.iter().fold(0_usize, |sum, &byte| sum.wrapping_mul(31) + usize::from(byte));
    let (start, end) = bytes.split_at(sum % (bytes.len() + 1));
    assert_eq!(answers_to([start, end]), whole);
    let few = bytes.len() / 2048 + 1;
    assert_eq!(answers_to(bytes.chunks(few)), whole);

    // Together they are the answers to each request alone.
    let mut alone = Vec::new();
    let mut rest = bytes;
    loop {
        let received = skip_empty_lines(rest);
        let request = match head(received, &mut Progress::default(), Vec::new()) {
            Ok(head) => &rest[..rest.len() - received.len() + head.length],
            Err(_) => rest,
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

/// What the pages answer to these packets, in 1970.
fn answers_to<'a>(packets: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let (mut conversation, mut output) = (Conversation::default(), Output::default());
    let page = |request: &Request<'_>, response: &mut Response<'_>| APP.answer(request, response);
    let mut answers = Vec::new();
    for mut received in packets {
        loop {
            let next = conversation.answer(received, &page, SystemTime::UNIX_EPOCH, &mut output);
            received = &[];
            answers.append(&mut output.answers);
            match next {
                Next::GoOn => {}
                Next::AwaitRequest | Next::AwaitRestOfHead => break,
                Next::Close | Next::DrainAndClose => return answers,
            }
        }
    }
    answers
}
