//! `Cookie` fields: the pairs are those that were sent, and those that the crate `cookie` reads.
#![no_main]

use cookie::Cookie;
use cookies_from_scratch::cookies::Cookies;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let fields = bytes.split(|&byte| byte == b'\n');
    let cookies = Cookies::from_fields(fields.clone());
    let pairs: Vec<(&str, &str)> = named(&cookies).collect();

    for &(name, value) in &pairs {
        assert!(!name.is_empty() && !name.contains(['=', ';']) && !value.contains(';'));
        let first = pairs.iter().find(|(each, _)| *each == name).map(|&(_, value)| value);
        assert_eq!(cookies.get(name), first);
    }

    // Several fields are equal to one field that joins them with "; ".
    let joined = fields.collect::<Vec<_>>().join(&b"; "[..]);
    assert!(Cookies::from_fields([&joined[..]]).iter().eq(cookies.iter()));

    // Written and read again, the pairs are the same; quotes preserve whitespace around a value.
    let written: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    let written = written.join("; ");
    assert!(Cookies::from_fields([written.as_bytes()]).iter().eq(pairs.iter().copied()));

    // The crate `cookie` reads the same pairs. This leaves out bytes that HTTP doesn't allow here.
    let is_plain = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    if let Some(plain) = std::str::from_utf8(&joined).ok().filter(|_| joined.iter().all(is_plain)) {
        let expected: Vec<_> = Cookie::split_parse(plain).filter_map(Result::ok).collect();
        let expected: Vec<_> =
            expected.iter().map(|cookie| (cookie.name(), cookie.value_trimmed())).collect();
        assert_eq!(pairs, expected);
    }
});

/// The crate `cookie` skips a cookie without a name.
fn named<'a>(cookies: &'a Cookies<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    cookies.iter().filter(|(name, _)| !name.is_empty())
}
