//! A `Set-Cookie` line, as it is sent at a certain time.

use super::{Lifetime, SameSite, SetCookie};
use crate::date::HttpDate;
use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

/// A line of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetCookieLine {
    /// The value of the field.
    pub value: String,
    /// What the browser does with it, in words.
    pub meaning: String,
    /// Whether the browser deletes the cookie.
    pub is_removal: bool,
}

impl SetCookie<'_> {
    /// The value of a `Set-Cookie` field that is sent at `now`.
    #[must_use]
    pub fn field_value(&self, now: SystemTime) -> String {
        let mut value = String::new();
        self.push_value(now, &mut value);
        value
    }

    /// Replaces `line` by the line that is sent at `now`; its strings keep their memory.
    pub fn write(&self, now: SystemTime, line: &mut SetCookieLine) {
        line.value.clear();
        line.meaning.clear();
        line.is_removal = self.lifetime.is_over(now);
        self.push_value(now, &mut line.value);
        if line.is_removal {
            self.push_removal_meaning(&mut line.meaning);
        } else {
            self.push_meaning(now, &mut line.meaning);
        }
    }

    /// `set-cookie-string = cookie-pair *( ";" SP cookie-av )`
    fn push_value(&self, now: SystemTime, line: &mut String) {
        let expires = self.lifetime.expires(now);
        *line += self.name;
        *line += "=";
        *line += self.value;
        attribute(line, "; Domain=", self.domain_without_dot());
        attribute(line, "; Expires=", expires.as_ref().map(HttpDate::as_str));
        if let Some(seconds) = self.lifetime.max_age() {
            let _ = write!(line, "; Max-Age={seconds}");
        }
        attribute(line, "; Secure", self.secure.then_some(""));
        attribute(line, "; HttpOnly", self.http_only.then_some(""));
        attribute(line, "; Path=", self.path);
        attribute(line, "; SameSite=", self.same_site.map(SameSite::as_str));
        attribute(line, "; Partitioned", self.partitioned.then_some(""));
    }

    pub(super) fn domain_without_dot(&self) -> Option<&str> {
        self.domain.map(|domain| domain.strip_prefix('.').unwrap_or(domain))
    }
}

impl Lifetime {
    /// `expires-av = "Expires=" sane-cookie-date`
    pub(super) fn expires(self, now: SystemTime) -> Option<HttpDate> {
        match self {
            Self::Session => None,
            // After the year 9999 there is no date.
            Self::For(time) => HttpDate::new(now.checked_add(Duration::from_secs(time.as_secs()))?),
            Self::Until(date) => Some(date),
            Self::Over => Some(HttpDate::EPOCH),
        }
    }

    /// `max-age-av = "Max-Age=" non-zero-digit *DIGIT`, in seconds. We send 0 too, as Flask does: browsers
    /// then delete the cookie (RFC 6265 §5.2.2). A removal has both attributes: some clients obey only one of
    /// them (tests/clients: "Deletion by Max-Age alone", "Deletion by Expires alone").
    fn max_age(self) -> Option<u64> {
        match self {
            Self::Session | Self::Until(_) => None,
            Self::For(time) => Some(time.as_secs()),
            Self::Over => Some(0),
        }
    }

    /// Whether the browser deletes the cookie, because it has expired at `now` (RFC 6265 §5.3).
    fn is_over(self, now: SystemTime) -> bool {
        match self {
            Self::Until(date) => HttpDate::new(now).is_some_and(|now| date <= now),
            _ => self.max_age() == Some(0),
        }
    }
}

/// Appends an attribute to `line`, if the cookie has it. The `value` of `Secure`, which has none, is `""`.
fn attribute(line: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        *line += name;
        *line += value;
    }
}
