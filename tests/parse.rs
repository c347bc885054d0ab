//! Tables of heads for the parser. With `--features httparse`, both parsers must pass every row.

use cookies_from_scratch::limits;
use cookies_from_scratch::parse::{
    Field, Head, Progress, Version, by_hand, head, skip_empty_lines,
};
use cookies_from_scratch::refusal::Refusal;

type Words = (&'static str, &'static str, Version);
type Fields = [(&'static str, &'static [u8])];
type Parser = for<'a> fn(&'a [u8], Vec<Field<'a>>) -> Option<Head<'a>>;

const PARSERS: &[(&str, Parser)] = &[
    ("by hand", by_hand::head),
    #[cfg(feature = "httparse")]
    ("httparse", cookies_from_scratch::parse::by_httparse::head),
];

#[test]
fn a_request_line_is_three_words_with_one_space_between_them() {
    use Version::{Http10, Http11};
    let rows: &[(&[u8], Result<Words, Refusal>)] = &[
        (b"GET / HTTP/1.1", Ok(("GET", "/", Http11))),
        (b"GET / HTTP/1.0", Ok(("GET", "/", Http10))),
        (b"GET / HTTP/1.9", Ok(("GET", "/", Http11))),
        (b"get / HTTP/1.1", Ok(("get", "/", Http11))),
        (b"M-SEARCH * HTTP/1.1", Ok(("M-SEARCH", "*", Http11))),
        (b"!#$%&'*+-.^_`|~9Az / HTTP/1.1", Ok(("!#$%&'*+-.^_`|~9Az", "/", Http11))),
        (b"GET http://a/b?c HTTP/1.1", Ok(("GET", "http://a/b?c", Http11))),
        (b"GET /\"<>\\^`{|}#%zz HTTP/1.1", Ok(("GET", "/\"<>\\^`{|}#%zz", Http11))),
        (b"GET / HTTP/2.0", Err(Refusal::UNSUPPORTED_VERSION)),
        (b"GET / HTTP/0.9", Err(Refusal::UNSUPPORTED_VERSION)),
        (b"GET / HTTP/1.10", Err(Refusal::VERSION)),
        (b"GET / HTTP/1", Err(Refusal::VERSION)),
        (b"GET / HTTP/1.", Err(Refusal::VERSION)),
        (b"GET / HTTP/1.1 ", Err(Refusal::VERSION)),
        (b"GET / HTTP/1.1\r", Err(Refusal::BARE_CR)),
        (b"GET / HTTP/ 1.1", Err(Refusal::VERSION)),
        (b"GET / http/1.1", Err(Refusal::VERSION)),
        (b"GET / HTTPS/1.1", Err(Refusal::VERSION)),
        (b"GET /  HTTP/1.1", Err(Refusal::VERSION)),
        (b"GET / /b HTTP/1.1", Err(Refusal::VERSION)),
        (b"GET / ", Err(Refusal::VERSION)),
        (b"GET /", Err(Refusal::VERSION)),
        (b"GET  / HTTP/1.1", Err(Refusal::SPACES)),
        (b"GET \t/ HTTP/1.1", Err(Refusal::SPACES)),
        (b"GET /\tHTTP/1.1", Err(Refusal::SPACES)),
        (b"GET /\0 HTTP/1.1", Err(Refusal::TARGET_BYTE)),
        (b"GET /\x7F HTTP/1.1", Err(Refusal::TARGET_BYTE)),
        (b"GET /\r HTTP/1.1", Err(Refusal::BARE_CR)),
        (b"GET /\xC3\xA9 HTTP/1.1", Err(Refusal::TARGET_BYTE)),
        (b"GET /\xFF HTTP/1.1", Err(Refusal::TARGET_BYTE)),
        (b"GET ", Err(Refusal::SPACES)),
        (b"GET", Err(Refusal::METHOD)),
        (b"GET\t/ HTTP/1.1", Err(Refusal::METHOD)),
        (b" GET / HTTP/1.1", Err(Refusal::METHOD)),
        (b"\rGET / HTTP/1.1", Err(Refusal::BARE_CR)),
        (b"G(T / HTTP/1.1", Err(Refusal::METHOD)),
        (b"G\xC3\x89T / HTTP/1.1", Err(Refusal::METHOD)),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", Err(Refusal::TLS)),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 5000 80", Err(Refusal::PROXY_PROTOCOL)),
        (b"PROXY TCP6 ::1 ::1 5000 80", Err(Refusal::PROXY_PROTOCOL)),
        (b"PROXY UNKNOWN", Err(Refusal::PROXY_PROTOCOL)),
        (b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0C", Err(Refusal::PROXY_PROTOCOL)),
        (b"PROXY / HTTP/1.1", Ok(("PROXY", "/", Http11))),
    ];
    for (line, expected) in rows {
        let words = |head: Head<'static>| (head.method, head.target, head.version);
        let shown = line.escape_ascii().to_string();
        let bytes = [line, &b"\r\n\r\n"[..]].concat().leak();
        let read = head(skip_empty_lines(bytes), &mut Progress::default(), Vec::new());
        let read = read.map(words);
        assert_eq!(read, *expected, "{shown}");
        for (parser, parse) in PARSERS {
            let read = parse(bytes, Vec::new()).map(words);
            assert_eq!(read, expected.ok(), "{parser}: {shown}");
        }
    }
}

#[test]
fn a_field_line_is_a_token_a_colon_and_a_value() {
    let rows: &[(&[u8], Option<&Fields>)] = &[
        (b"\r\n", Some(&[])),
        (b"\n", Some(&[])),
        (b"A: b\r\n\r\n", Some(&[("A", b"b")])),
        (b"A: b\nC: d\r\n\n", Some(&[("A", b"b"), ("C", b"d")])),
        (b"a:b\r\n\r\n", Some(&[("a", b"b")])),
        (b"A:\r\n\r\n", Some(&[("A", b"")])),
        (b"A: \t \r\n\r\n", Some(&[("A", b"")])),
        (b"A: \t b \t c\t \r\n\r\n", Some(&[("A", b"b \t c")])),
        (b"A: b: c\r\n\r\n", Some(&[("A", b"b: c")])),
        (b"A: \x80\xFF\r\n\r\n", Some(&[("A", b"\x80\xFF")])),
        (b"A: \xA0b\xC2\xA0\r\n\r\n", Some(&[("A", b"\xA0b\xC2\xA0")])),
        (b"!#$%&'*+-.^_`|~: b\r\n\r\n", Some(&[("!#$%&'*+-.^_`|~", b"b")])),
        (b"A : b\r\n\r\n", None),
        (b"A\t: b\r\n\r\n", None),
        (b" A: b\r\n\r\n", None),
        (b"A: b\r\n C: d\r\n\r\n", None),
        (b"A: b\r\n\tc\r\n\r\n", None),
        (b"A: b\r\n \r\n\r\n", None),
        (b": b\r\n\r\n", None),
        (b"A\r\n\r\n", None),
        (b"A b: c\r\n\r\n", None),
        (b"A(: b\r\n\r\n", None),
        (b"\xC3\xA9: b\r\n\r\n", None),
        (b"A\0: b\r\n\r\n", None),
        (b"A: b\0\r\n\r\n", None),
        (b"A: \x01\r\n\r\n", None),
        (b"A: \x0B\r\n\r\n", None),
        (b"A: \x7F\r\n\r\n", None),
        (b"A: b\rC: d\r\n\r\n", None),
        (b"A: b\r\r\n\r\n", None),
        (b"A: b\r\n\r\r\n\r\n", None),
        (b"\rA: b\r\n\r\n", None),
    ];
    for (lines, expected) in rows {
        let bytes = [b"GET / HTTP/1.1\r\n", *lines].concat();
        for (parser, parse) in PARSERS {
            let head = parse(&bytes, Vec::new());
            let fields = head.map(|head| head.fields.into_iter().map(words).collect::<Vec<_>>());
            let expected = expected.map(<[_]>::to_vec);
            assert_eq!(fields, expected, "{parser}: {:?}", lines.escape_ascii().to_string());
        }
    }
}

fn words(field: Field<'_>) -> (&str, &[u8]) {
    (std::str::from_utf8(field.name).unwrap(), field.value)
}

/// The length of the head in `bytes`, `None` if it is incomplete. It must be the same at once and byte by byte.
#[track_caller]
fn outcome(bytes: &[u8]) -> Result<Option<usize>, Refusal> {
    let length = |received: &[u8], progress: &mut Progress| {
        let bytes = skip_empty_lines(received);
        match head(bytes, progress, Vec::new()) {
            Ok(head) => Ok(Some(received.len() - bytes.len() + head.length)),
            Err(Refusal::INCOMPLETE) => Ok(None),
            Err(refusal) => Err(refusal),
        }
    };
    let whole = length(bytes, &mut Progress::default());
    let mut progress = Progress::default();
    let mut outcomes = (1..=bytes.len()).map(|end| length(&bytes[..end], &mut progress));
    let byte_by_byte = outcomes.find(|outcome| *outcome != Ok(None)).unwrap_or(Ok(None));
    assert_eq!(byte_by_byte, whole, "byte by byte and at once");
    whole
}

#[test]
fn a_head_ends_with_its_first_empty_line() {
    assert_eq!(outcome(b""), Ok(None));
    assert_eq!(outcome(b"GET / HTTP/1.1\r\nA: b\r\n\r"), Ok(None));
    assert_eq!(outcome(b"GET / HTTP/1.1\r\nA: b\r\n\r\n"), Ok(Some(24)));
    assert_eq!(outcome(b"GET / HTTP/1.1\nA: b\n\n"), Ok(Some(21)));
    assert_eq!(outcome(b"\r\nGET / HTTP/1.1\r\n\r\nGET"), Ok(Some(20)));
    assert_eq!(outcome(b"\nGET / HTTP/1.1\r\n\r\nGET"), Ok(Some(19)));
}

#[test]
fn a_bad_request_is_refused_before_its_head_is_complete() {
    assert_eq!(outcome(b"\x16\x03\x01"), Err(Refusal::TLS));
    assert_eq!(outcome(b"\r\n\x16\x03\x01\r\n"), Err(Refusal::TLS));
    assert_eq!(outcome(b" "), Err(Refusal::METHOD));
    assert_eq!(outcome(b"GET\t"), Err(Refusal::METHOD));
    assert_eq!(outcome(b"G\x80"), Err(Refusal::METHOD));
    assert_eq!(outcome(b"GET /\r\n"), Err(Refusal::VERSION));
    assert_eq!(outcome(b"GET  "), Err(Refusal::SPACES));
    assert_eq!(outcome(b"GET  /HTTP/1.1\r\n"), Err(Refusal::SPACES));
    assert_eq!(outcome(b"GET /\x80"), Err(Refusal::TARGET_BYTE));
    assert_eq!(outcome(b"PROXY TCP4 192.0.2.1 192"), Err(Refusal::PROXY_PROTOCOL));
    assert_eq!(outcome(b"\r\n\r\n\0\r\nQUIT\n"), Err(Refusal::PROXY_PROTOCOL));
    assert_eq!(outcome(b"\0\r\nQ"), Ok(None));
    assert_eq!(outcome(b"\0\r\nQ\n"), Err(Refusal::METHOD));
    assert_eq!(outcome(b"GET / HTTP/1.1 x"), Err(Refusal::VERSION));
    assert_eq!(outcome(b"PRI * HTTP/2.0\r\n"), Err(Refusal::UNSUPPORTED_VERSION));
    assert_eq!(outcome(&b"\r\n".repeat(limits::MAX_EMPTY_LINES + 1)), Err(Refusal::EMPTY_LINES));
}

#[test]
fn a_bare_cr_is_refused_at_the_next_byte() {
    assert_eq!(outcome(b"GET / HTTP/1.1\r"), Ok(None));
    assert_eq!(outcome(b"GET / HTTP/1.1\r\n\r"), Ok(None));
    assert_eq!(outcome(b"GET / HTTP/1.1\rHost: a\r\r"), Err(Refusal::BARE_CR));
    assert_eq!(outcome(b"GET\rGET"), Err(Refusal::BARE_CR));
    assert_eq!(outcome(b"\r\r"), Err(Refusal::BARE_CR));
    assert_eq!(outcome(b"GET /\rHTTP/1.1\r\n"), Err(Refusal::BARE_CR));
    assert_eq!(outcome(b"GET / HTTP/1.1\r\na: b\rc"), Err(Refusal::BARE_CR));
    assert_eq!(outcome(b"GET / HTTP/1.1\n\r\r"), Err(Refusal::BARE_CR));
    // An error before the bare CR comes first.
    assert_eq!(outcome(b"GET / HTTP/1.1x\r\r"), Err(Refusal::VERSION));
    assert_eq!(outcome(b"G(T\r\r"), Err(Refusal::METHOD));
    assert_eq!(outcome(b"GET / HTTP/2.0\n\r\r"), Err(Refusal::UNSUPPORTED_VERSION));
}

#[test]
#[cfg_attr(miri, ignore = "64 KiB byte by byte takes Miri an hour")]
fn each_limit_is_exact() {
    let target =
        |length: usize| format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(length - 1)).into_bytes();
    assert!(matches!(outcome(&target(limits::MAX_TARGET_BYTES)), Ok(Some(_))));
    assert_eq!(outcome(&target(limits::MAX_TARGET_BYTES + 1)), Err(Refusal::TARGET_TOO_LONG));
    let endless = [b"GET /", &[b'a'; limits::MAX_TARGET_BYTES][..]].concat();
    assert_eq!(outcome(&endless), Err(Refusal::TARGET_TOO_LONG));
    assert_eq!(outcome(&[b'A'; limits::MAX_TARGET_BYTES]), Ok(None));
    assert_eq!(outcome(&[b'A'; limits::MAX_TARGET_BYTES + 1]), Err(Refusal::UNKNOWN_METHOD));
    assert_eq!(
        outcome(&[b"A", &[0x80; limits::MAX_TARGET_BYTES][..]].concat()),
        Err(Refusal::METHOD)
    );
    let more_than_a_head = endless.repeat(limits::MAX_HEAD_BYTES / limits::MAX_TARGET_BYTES + 1);
    assert_eq!(outcome(&more_than_a_head), Err(Refusal::TARGET_TOO_LONG));
    let bad_and_large =
        format!("GET / HTTP/2.0\r\n{}", "a:b\r\n".repeat(limits::MAX_FIELD_LINES + 1));
    assert_eq!(outcome(bad_and_large.as_bytes()), Err(Refusal::UNSUPPORTED_VERSION));
    assert_eq!(
        outcome(&[b"GET /", &[b'a'; limits::MAX_TARGET_BYTES - 1][..], b"\r\n"].concat()),
        Err(Refusal::VERSION)
    );
    for rest in [" HTTP/2.0\r\n\r\n", "\r\n\r\n", " http/1.1\r\n\r\n"] {
        let long_target = [&endless, rest.as_bytes()].concat();
        assert_eq!(outcome(&long_target), Err(Refusal::TARGET_TOO_LONG), "{rest:?}");
    }

    let fields =
        |count: usize| format!("GET / HTTP/1.1\r\n{}\r\n", "a:b\r\n".repeat(count)).into_bytes();
    assert!(matches!(outcome(&fields(limits::MAX_FIELD_LINES)), Ok(Some(_))));
    assert_eq!(outcome(&fields(limits::MAX_FIELD_LINES + 1)), Err(Refusal::TOO_MANY_FIELDS));

    let start = b"GET / HTTP/1.1\r\na:".len();
    let head =
        |length: usize| format!("GET / HTTP/1.1\r\na:{}\r\n\r\n", "b".repeat(length - start - 4));
    assert_eq!(outcome(head(limits::MAX_HEAD_BYTES).as_bytes()), Ok(Some(limits::MAX_HEAD_BYTES)));
    assert_eq!(outcome(head(limits::MAX_HEAD_BYTES + 1).as_bytes()), Err(Refusal::HEAD_TOO_LARGE));
    let bare_cr_within = head(limits::MAX_HEAD_BYTES + 1).replace("\r\n\r\n", "\rx");
    assert_eq!(outcome(bare_cr_within.as_bytes()), Err(Refusal::BARE_CR));
    let bare_cr_beyond = format!("{}\rx", head(limits::MAX_HEAD_BYTES + 5).trim_end());
    assert_eq!(outcome(bare_cr_beyond.as_bytes()), Err(Refusal::HEAD_TOO_LARGE));
    let long_line = format!("GET / HTTP/1.1{}\r\n\r\n", "x".repeat(limits::MAX_HEAD_BYTES));
    assert_eq!(outcome(long_line.as_bytes()), Err(Refusal::VERSION));
    let after_empty_lines = format!("\r\n\r\n{}", head(limits::MAX_HEAD_BYTES));
    assert_eq!(outcome(after_empty_lines.as_bytes()), Ok(Some(limits::MAX_HEAD_BYTES + 4)));
}
