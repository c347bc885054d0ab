//! HTTP without a socket: bytes in, bytes out.

use cookies_from_scratch::app::App;
use cookies_from_scratch::conversation::{Conversation, Next, Output};
use cookies_from_scratch::limits;
use cookies_from_scratch::request::Request;
use cookies_from_scratch::response::Response;
use cookies_from_scratch::set_cookie::SetCookie;
use cookies_from_scratch::status::Status;
use std::time::{Duration, SystemTime};

const TIME: SystemTime = SystemTime::UNIX_EPOCH;
const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=<b>\r\n\r\n";

/// What the pages answer to these packets, and what the conversation needs then.
fn answers_to(packets: &[&[u8]]) -> (Vec<u8>, Next) {
    let app = App::new(None, false).unwrap();
    converse(packets, &|request, response| app.answer(request, response))
}

fn converse(packets: &[&[u8]], page: &impl Fn(&Request<'_>, &mut Response<'_>)) -> (Vec<u8>, Next) {
    let (mut conversation, mut output) = (Conversation::default(), Output::default());
    let mut answers = Vec::new();
    let mut next = Next::AwaitRequest;
    for packet in packets {
        next = conversation.answer(packet, page, TIME, &mut output);
        loop {
            answers.append(&mut output.answers);
            match next {
                Next::GoOn => next = conversation.answer(&[], page, TIME, &mut output),
                Next::AwaitRequest | Next::AwaitRestOfHead => break,
                Next::Close | Next::DrainAndClose => return (answers, next),
            }
        }
    }
    (answers, next)
}

/// What the pages answer to the first packet of a conversation, as far as it is answered in one call.
fn first_answers(
    conversation: &mut Conversation,
    packet: &[u8],
    time: SystemTime,
) -> (Vec<u8>, Next) {
    let app = App::new(None, false).unwrap();
    let mut output = Output::default();
    let page = |request: &Request<'_>, response: &mut Response<'_>| app.answer(request, response);
    let next = conversation.answer(packet, &page, time, &mut output);
    (output.answers, next)
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
fn what_is_wrong_with_a_head_does_not_depend_on_the_cut() {
    // One line more than the limit, and then more bytes than the limit.
    let many = format!("a: {}\r\n", "a".repeat(600)).repeat(limits::MAX_FIELD_LINES + 1);
    let start = format!("GET / HTTP/1.1\r\n{many}");
    let end = format!("a: {}\r\n\r\n", "a".repeat(limits::MAX_HEAD_BYTES - start.len()));
    let cut = answers_to(&[start.as_bytes(), end.as_bytes()]);
    for last in [1, 5, end.len()] {
        let (early, late) = start.split_at(start.len() - last);
        assert_eq!(answers_to(&[early.as_bytes(), (late.to_owned() + &end).as_bytes()]), cut);
    }
    let whole = start + &end;
    assert_eq!(answers_to(&[whole.as_bytes()]), cut);
}

#[test]
fn pipelined_requests_are_answered_like_each_alone() {
    let (one, _) = answers_to(&[GET]);
    let many = GET.repeat(100);
    for size in [many.len(), 1000, 77, 1] {
        let (answers, next) = answers_to(&many.chunks(size).collect::<Vec<_>>());
        assert!(answers == one.repeat(100), "in packets of {size}");
        assert_eq!(next, Next::AwaitRequest);
    }
}

/// Their lengths have three, four and five digits, and the last page lists only some of its cookies.
#[test]
fn different_requests_are_answered_together_like_each_alone() {
    let with = |cookies: String| {
        format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: {cookies}\r\n\r\n").into_bytes()
    };
    let (long, cut) = (with("a=1;".repeat(500)), with("a;".repeat(30_000)));
    let head = b"HEAD /set-cookie HTTP/1.1\r\nHost: a\r\n\r\n".to_vec();
    let options = b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n".to_vec();
    let missing = b"PUT /nowhere HTTP/1.1\r\nHost: a\r\n\r\n".to_vec();
    let requests = [GET.to_vec(), missing, long, head, options, GET.repeat(12), cut];
    let alone: Vec<_> = requests.iter().flat_map(|request| answers_to(&[request]).0).collect();
    assert!(answers_to(&[&requests.concat()]).0 == alone);
}

#[test]
fn an_ending_conversation_answers_all_whole_requests_first() {
    let half = &GET[..20];
    for (bytes, answers, next) in [
        (GET.to_vec(), 1, Next::DrainAndClose),
        (GET.repeat(3), 3, Next::DrainAndClose),
        // Or a client that always has half a request more would stay for ever.
        ([GET, half].concat(), 1, Next::DrainAndClose),
        ([&GET.repeat(2), half].concat(), 2, Next::DrainAndClose),
        (half.to_vec(), 0, Next::AwaitRestOfHead),
        (Vec::new(), 0, Next::AwaitRequest),
    ] {
        let mut conversation = Conversation::default();
        conversation.is_ending = true;
        let (written, given) = first_answers(&mut conversation, &bytes, TIME);
        let written = String::from_utf8(written).unwrap();
        assert_eq!((given, written.matches("HTTP/1.1 200 OK").count()), (next, answers));
        let closing = written.matches("\r\nConnection: close\r\n").count();
        assert_eq!(closing, answers.min(1), "the last one says so");
    }
}

#[test]
fn nothing_after_the_last_request_is_answered() {
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

/// A method is the first token of a request.
#[test]
fn head_after_an_empty_line_is_head_and_after_anything_else_it_is_not() {
    let (answer, _) = answers_to(&[b"\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n"]);
    assert!(answer.starts_with(b"HTTP/1.1 200 ") && answer.ends_with(b"\r\n\r\n"));
    let too_many = "\n".repeat(limits::MAX_EMPTY_LINES + 1) + "HEAD / HTTP/1.1\r\n";
    for bytes in [b"\r\n\rHEAD / HTTP/1.1\r\n", too_many.as_bytes()] {
        let (answer, _) = answers_to(&[bytes]);
        assert!(answer.ends_with(b"</html>\n"), "{:?}", bytes.escape_ascii().to_string());
        assert_eq!(answers_to(&bytes.chunks(1).collect::<Vec<_>>()).0, answer);
    }
}

#[test]
fn a_page_that_panics_is_a_500_and_the_conversation_goes_on() {
    let page = |request: &Request<'_>, response: &mut Response<'_>| {
        response.time += Duration::from_secs(1);
        response.set_cookie(&SetCookie::builder("a", "1").build().unwrap());
        response.plain_page(Status::NOT_FOUND, "p", "This page has begun.");
        assert!(request.path != "/", "this page fails on purpose");
    };
    let next = b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
    let (answers, after) = converse(&[&[GET, next].concat()], &page);
    let answers = String::from_utf8(answers).unwrap();
    let statuses = answers.lines().filter(|line| line.starts_with("HTTP/1.1 "));
    let expected = ["HTTP/1.1 500 Internal Server Error", "HTTP/1.1 404 Not Found"];
    assert_eq!(statuses.collect::<Vec<_>>(), expected);
    assert!(!answers.contains("Set-Cookie"), "a page that is plain sets no cookie");
    let dates = answers.lines().filter_map(|line| line.strip_prefix("Date: "));
    let expected = ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:01 GMT"];
    assert_eq!(dates.collect::<Vec<_>>(), expected);
    assert_eq!(after, Next::AwaitRequest);
}

#[test]
fn answers_are_written_before_too_many_wait() {
    let mut conversation = Conversation::default();
    let (answers, next) = first_answers(&mut conversation, &GET.repeat(1000), TIME);
    assert_eq!(next, Next::GoOn);
    assert!(answers.len() < limits::MAX_PENDING_ANSWER_BYTES + 8 * 1024);
}

#[test]
fn an_endless_head_is_refused_as_soon_as_it_is_too_large() {
    const PACKET: usize = 2048;
    let mut conversation = Conversation::default();
    let start = b"GET / HTTP/1.1\r\nHost: a\r\na: ";
    assert_eq!(first_answers(&mut conversation, start, TIME).1, Next::AwaitRestOfHead);
    for received in (start.len()..).step_by(PACKET) {
        let (answers, next) = first_answers(&mut conversation, &[b'b'; PACKET], TIME);
        if received + PACKET <= limits::MAX_HEAD_BYTES {
            assert_eq!(next, Next::AwaitRestOfHead, "after {received} bytes");
        } else {
            assert_eq!(next, Next::DrainAndClose, "after {received} bytes");
            assert!(answers.starts_with(b"HTTP/1.1 431 "));
            return;
        }
    }
}

#[test]
fn a_head_that_is_late_gets_a_408() {
    for start in ["GET /", "\r\nGET / HTTP/1.1\r\nHost: a\r\n", "HEAD /"] {
        let (mut conversation, mut output) = (Conversation::default(), Output::default());
        let page = |_: &Request<'_>, _: &mut Response<'_>| unreachable!("no request is complete");
        let next = conversation.answer(start.as_bytes(), &page, TIME, &mut output);
        assert_eq!(next, Next::AwaitRestOfHead, "{start:?}");
        conversation.time_out(TIME, &mut output);
        assert!(output.answers.starts_with(b"HTTP/1.1 408 "), "{start:?}");
        assert_eq!(output.answers.ends_with(b"\r\n\r\n"), start.starts_with("HEAD"), "{start:?}");
    }
}

#[test]
fn a_head_begins_with_its_first_byte_and_not_with_the_empty_lines_before_it() {
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
        let given = first_answers(&mut Conversation::default(), bytes.as_bytes(), TIME).1;
        assert_eq!(given, next, "{bytes:?}");
    }
}

#[test]
fn the_lifetime_of_a_cookie_begins_with_its_response() {
    let request = b"GET /set-expiring-cookie HTTP/1.1\r\nHost: a\r\n\r\n";
    let time = TIME + Duration::from_secs(784_111_777);
    let (answer, _) = first_answers(&mut Conversation::default(), request, time);
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.contains("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), "{answer}");
    assert!(answer.contains("; Expires=Sun, 06 Nov 1994 08:49:52 GMT; Max-Age=15;"), "{answer}");
}
