//! What came in: pairs that can be trusted to be what was sent.
#![no_main]

use cookie::Cookie;
use cookies_from_scratch::cookies::Cookies;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let fields = bytes.split(|&byte| byte == b'\n');
    let cookies = Cookies::from_fields(fields.clone());
    let pairs: Vec<(&str, &str)> = cookies.iter().collect();

    for &(name, value) in &pairs {
        assert!(!name.is_empty() && !name.contains(['=', ';']) && !value.contains(';'));
        let first = pairs.iter().find(|(each, _)| *each == name).map(|&(_, value)| value);
        assert_eq!(cookies.get(name), first);
    }

    // Several fields are one, with "; " between them.
    let joined = fields.collect::<Vec<_>>().join(&b"; "[..]);
    assert!(Cookies::from_fields([&joined[..]]).iter().eq(cookies.iter()));

    // Written again they are the same; quotes keep the blanks at the ends of a value.
    let written: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    let written = written.join("; ");
    assert!(Cookies::from_fields([written.as_bytes()]).iter().eq(cookies.iter()));

    // Another program reads the same pairs. Bytes that HTTP doesn't let in are out of the question.
    let is_plain = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    if let Some(plain) = std::str::from_utf8(&joined).ok().filter(|_| joined.iter().all(is_plain)) {
        let others: Vec<_> = Cookie::split_parse(plain).filter_map(Result::ok).collect();
        let others: Vec<_> =
            others.iter().map(|other| (other.name(), other.value_trimmed())).collect();
        assert_eq!(pairs, others);
    }
});
