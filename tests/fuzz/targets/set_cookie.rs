//! `Set-Cookie` fields: the crate `cookie` reads each built cookie as it was defined.
#![no_main]

use arbitrary::Arbitrary;
use cookie::Cookie;
use cookies_from_scratch::cookies::Cookies;
use cookies_from_scratch::set_cookie::{
    Builder, Lifetime, SameSite, SetCookie, SetCookieError, SetCookieLine,
};
use libfuzzer_sys::fuzz_target;
use std::time::{Duration, SystemTime};

#[derive(Arbitrary, Debug)]
struct Definition<'a> {
    name: &'a str,
    value: &'a str,
    domain: Option<&'a str>,
    path: Option<&'a str>,
    seconds: Option<u64>,
    now: u32,
    secure: bool,
    http_only: bool,
    same_site: Option<u8>,
    partitioned: bool,
}

impl<'a> Definition<'a> {
    fn builder(&self) -> Builder<'a> {
        let mut builder = SetCookie::builder(self.name, self.value);
        builder = self.path.map_or(builder.no_path(), |path| builder.path(path));
        if let Some(domain) = self.domain {
            builder = builder.domain(domain);
        }
        if let Some(seconds) = self.seconds {
            builder = builder.lifetime(Lifetime::For(Duration::from_secs(seconds)));
        }
        if self.secure {
            builder = builder.secure();
        }
        if self.http_only {
            builder = builder.http_only();
        }
        if let Some(byte) = self.same_site {
            let all = [SameSite::Strict, SameSite::Lax, SameSite::None];
            builder = builder.same_site(all[usize::from(byte) % all.len()]);
        }
        if self.partitioned { builder.partitioned() } else { builder }
    }

    fn bytes_of(&self, part: &str) -> &[u8] {
        match part {
            "name" => self.name.as_bytes(),
            "value" => self.value.as_bytes(),
            "domain" => self.domain.unwrap_or_default().as_bytes(),
            "path" => self.path.unwrap_or_default().as_bytes(),
            _ => panic!("a cookie has no {part}"),
        }
    }
}

fuzz_target!(|definition: Definition| {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(definition.now.into());
    match definition.builder().build() {
        Err(SetCookieError::Byte { part, byte, at }) => {
            assert_eq!(definition.bytes_of(part)[at], byte);
        }
        Err(SetCookieError::Rule(_)) => {}
        Ok(cookie) => {
            let mut line = SetCookieLine::default();
            cookie.write(now, &mut line);
            check(&definition, &line.value);
            assert_eq!(line.is_removal, line.meaning.starts_with("Deletes the cookie named "));
            if definition.path.is_some() {
                let removal = Definition { value: "", seconds: Some(0), ..definition };
                check(&removal, &cookie.removal().field_value(now));
            }
        }
    }
});

fn check(definition: &Definition, line: &str) {
    assert!(line.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{line}");

    // The cookie as a browser stores it.
    let stored = Cookie::parse(line).expect("a cookie");
    assert_eq!((stored.name(), stored.value()), (definition.name, definition.value), "{line}");
    let domain = definition.domain.map(|domain| domain.strip_prefix('.').unwrap_or(domain));
    assert_eq!(stored.domain(), domain, "{line}");
    assert_eq!(stored.path(), definition.path, "{line}");
    let seconds = stored.max_age().map(|age| age.whole_seconds().unsigned_abs());
    assert_eq!(seconds, definition.seconds, "{line}");
    assert_eq!(stored.expires().is_some(), definition.seconds.is_some(), "{line}");
    assert_eq!(stored.secure().unwrap_or(false), definition.secure, "{line}");
    assert_eq!(stored.http_only().unwrap_or(false), definition.http_only, "{line}");
    assert_eq!(stored.same_site().is_some(), definition.same_site.is_some(), "{line}");
    assert_eq!(stored.partitioned().unwrap_or(false), definition.partitioned, "{line}");

    // The pair that a browser sends back, and that the server reads.
    let pair = line.split("; ").next().unwrap_or_default();
    let received = Cookies::from_fields([pair.as_bytes()]);
    assert_eq!(received.iter().collect::<Vec<_>>(), [(definition.name, definition.value)]);
}
