//! HTTP without a socket: bytes in, bytes out.

use cookies_from_scratch::app::App;
use cookies_from_scratch::conversation::{Conversation, Next};
use cookies_from_scratch::limits;
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use cookies_from_scratch::status::Status;
use std::io::Read;
use std::time::{Duration, SystemTime};

const TIME: SystemTime = SystemTime::UNIX_EPOCH;
const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=<b>\r\n\r\n";

/// What the pages answer to these pieces, and what the conversation needs then.
fn answers_to(pieces: &[&[u8]]) -> (Vec<u8>, Next) {
    let app = App::new(None, false).unwrap();
    converse(pieces, &|request| app.answer(request))
}

fn receive(conversation: &mut Conversation, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        conversation.receive(|space| bytes.read(space)).unwrap();
    }
}

fn converse(pieces: &[&[u8]], page: &impl Fn(&Request<'_>) -> Response) -> (Vec<u8>, Next) {
    let mut conversation = Conversation::default();
    let mut answers = Vec::new();
    let mut next = Next::AwaitRequest;
    for piece in pieces {
        receive(&mut conversation, piece);
        loop {
            next = conversation.answer(page, TIME);
            answers.append(&mut conversation.answers);
            match next {
                Next::GoOn => {}
                Next::AwaitRequest | Next::AwaitRestOfHead => break,
                Next::Close | Next::DrainAndClose => return (answers, next),
            }
        }
    }
    (answers, next)
}

#[test]
fn a_request_may_be_cut_anywhere() {
    let whole = answers_to(&[GET]);
    for cut in 0..=GET.len() {
        assert_eq!(answers_to(&[&GET[..cut], &GET[cut..]]), whole, "cut at {cut}");
    }
    assert_eq!(answers_to(&GET.chunks(1).collect::<Vec<_>>()), whole);
}

#[test]
fn pipelined_requests_are_answered_like_each_alone() {
    let (one, _) = answers_to(&[GET]);
    let many = GET.repeat(100);
    for size in [many.len(), 1000, 77, 1] {
        let (answers, next) = answers_to(&many.chunks(size).collect::<Vec<_>>());
        assert!(answers == one.repeat(100), "in pieces of {size}");
        assert_eq!(next, Next::AwaitRequest);
    }
}

#[test]
fn an_end_comes_behind_all_that_has_been_asked() {
    let app = App::new(None, false).unwrap();
    let half = &GET[..20];
    for (bytes, answers, next) in [
        (GET.to_vec(), 1, Next::Close),
        (GET.repeat(3), 3, Next::Close),
        // Or a client that always has half a request more would stay for ever.
        ([GET, half].concat(), 1, Next::DrainAndClose),
        ([&GET.repeat(2), half].concat(), 2, Next::DrainAndClose),
        (half.to_vec(), 0, Next::AwaitRestOfHead),
        (Vec::new(), 0, Next::AwaitRequest),
    ] {
        let mut conversation = Conversation::default();
        conversation.is_ending = true;
        receive(&mut conversation, &bytes);
        let given = conversation.answer(&|request| app.answer(request), TIME);
        let written = String::from_utf8(conversation.answers).unwrap();
        assert_eq!((given, written.matches("HTTP/1.1 200 OK").count()), (next, answers));
        let closing = written.matches("\r\nConnection: close\r\n").count();
        assert_eq!(closing, answers.min(1), "the last one says so");
    }
}

#[test]
fn nothing_behind_the_last_request_is_answered() {
    for last in [
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/3.0\r\n\r\n",
        "BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
        "nonsense\r\n\r\n",
    ] {
        let bytes = [last.as_bytes(), GET].concat();
        let (answers, next) = answers_to(&[&bytes]);
        let text = String::from_utf8_lossy(&answers);
        assert_eq!(text.matches("\r\nDate: ").count(), 1, "{last:?}: {text}");
        assert!(text.contains("\r\nConnection: close\r\n"), "{last:?}: {text}");
        assert_eq!(next, Next::DrainAndClose, "{last:?}");
    }
    let (_, next) = answers_to(&[b"GET / HTTP/1.0\r\n\r\n"]);
    assert_eq!(next, Next::Close, "nothing more can come");
}

/// Only what stands where a request may begin is a method.
#[test]
fn head_behind_an_empty_line_is_head_and_behind_anything_else_it_is_not() {
    let (answer, _) = answers_to(&[b"\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n"]);
    assert!(answer.starts_with(b"HTTP/1.1 200 ") && answer.ends_with(b"\r\n\r\n"));
    for bytes in [&b"\r\n\rHEAD / HTTP/1.1\r\n"[..], b"\n\n\n\n\nHEAD / HTTP/1.1\r\n"] {
        let (answer, _) = answers_to(&[bytes]);
        assert!(answer.ends_with(b"</html>\n"), "{:?}", bytes.escape_ascii().to_string());
        assert_eq!(answers_to(&bytes.chunks(1).collect::<Vec<_>>()).0, answer);
    }
}

#[test]
fn a_page_that_panics_is_a_500_and_the_conversation_goes_on() {
    let page = |request: &Request<'_>| {
        assert!(request.path != "/", "this page fails on purpose");
        Response::new(Status::OK, request.time)
    };
    let next = b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
    let (answers, after) = converse(&[&[GET, next].concat()], &page);
    let answers = String::from_utf8(answers).unwrap();
    assert!(answers.starts_with("HTTP/1.1 500 ") && answers.contains("HTTP/1.1 200 OK\r\n"));
    assert_eq!(after, Next::AwaitRequest);
}

#[test]
fn answers_are_written_before_too_many_wait() {
    let app = App::new(None, false).unwrap();
    let mut conversation = Conversation::default();
    receive(&mut conversation, &GET.repeat(1000));
    let next = conversation.answer(&|request| app.answer(request), TIME);
    assert_eq!(next, Next::GoOn);
    assert!(conversation.answers.len() < limits::MAX_PENDING_ANSWER_BYTES + 8 * 1024);
}

#[test]
fn an_endless_head_is_refused_as_soon_as_it_is_too_large() {
    let app = App::new(None, false).unwrap();
    let mut conversation = Conversation::default();
    receive(&mut conversation, b"GET / HTTP/1.1\r\nHost: a\r\na: ");
    for received in (0..=limits::MAX_HEAD_BYTES).step_by(limits::READ) {
        receive(&mut conversation, &[b'b'; limits::READ]);
        match conversation.answer(&|request| app.answer(request), TIME) {
            Next::AwaitRestOfHead => {}
            end => {
                assert_eq!(end, Next::DrainAndClose);
                assert!(conversation.answers.starts_with(b"HTTP/1.1 431 "));
                assert!(received + limits::READ >= limits::MAX_HEAD_BYTES - 40);
                return;
            }
        }
    }
    panic!("an endless head was read on and on");
}

#[test]
fn a_head_begins_with_its_first_byte_and_not_with_the_empty_lines_before_it() {
    let app = App::new(None, false).unwrap();
    for (bytes, next) in [
        ("", Next::AwaitRequest),
        ("\r", Next::AwaitRequest),
        ("\r\n", Next::AwaitRequest),
        ("\n\r", Next::AwaitRequest),
        ("\r\nG", Next::AwaitRestOfHead),
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Next::AwaitRequest),
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n", Next::AwaitRequest),
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET", Next::AwaitRestOfHead),
    ] {
        let mut conversation = Conversation::default();
        receive(&mut conversation, bytes.as_bytes());
        assert_eq!(conversation.answer(&|request| app.answer(request), TIME), next, "{bytes:?}");
    }
}

#[test]
fn the_lifetime_of_a_cookie_begins_with_its_response() {
    let app = App::new(None, false).unwrap();
    let mut conversation = Conversation::default();
    receive(&mut conversation, b"GET /set-expiring-cookie HTTP/1.1\r\nHost: a\r\n\r\n");
    let time = TIME + Duration::from_secs(784_111_777);
    conversation.answer(&|request| app.answer(request), time);
    let answer = String::from_utf8_lossy(&conversation.answers).into_owned();
    assert!(answer.contains("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), "{answer}");
    assert!(answer.contains("; Expires=Sun, 06 Nov 1994 08:49:52 GMT; Max-Age=15;"), "{answer}");
}
