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
    pub fn field_value(&self, now: SystemTime) -> String {
        let mut line = SetCookieLine::default();
        self.write(now, &mut line);
        line.value
    }

    /// Replaces `line` by the line that is sent at `now`, and reuses its space.
    pub fn write(&self, now: SystemTime, line: &mut SetCookieLine) {
        line.value.clear();
        line.meaning.clear();
        line.is_removal = self.lifetime.is_over(now);
        self.write_value(now, &mut line.value);
        if line.is_removal {
            self.removal_in_words(&mut line.meaning);
        } else {
            self.in_words(now, &mut line.meaning);
        }
    }

    /// `set-cookie-string = cookie-pair *( ";" SP cookie-av )`
    fn write_value(&self, now: SystemTime, line: &mut String) {
        let (expires, max_age) = self.lifetime.expires_and_max_age(now);
        *line += self.name;
        *line += "=";
        *line += self.value;
        attribute(line, "; Domain=", self.domain_without_dot());
        attribute(line, "; Expires=", expires.as_ref().map(HttpDate::as_str));
        if let Some(seconds) = max_age {
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
    ///
    /// `max-age-av = "Max-Age=" non-zero-digit *DIGIT`, in seconds. We send 0 too, as Flask does:
    /// browsers then remove the cookie (RFC 6265 §5.2.2). A removal has both attributes, for some clients
    /// don't obey one of them (tests/clients: "Deletion by Max-Age alone", "Deletion by Expires alone").
    pub(super) fn expires_and_max_age(self, now: SystemTime) -> (Option<HttpDate>, Option<u64>) {
        match self {
            Self::Session => (None, None),
            Self::For(time) => {
                let seconds = time.as_secs();
                // No date after the year 9999 can be written: then there is no `Expires`.
                let end = now.checked_add(Duration::from_secs(seconds)).and_then(HttpDate::new);
                (end, Some(seconds))
            }
            Self::Until(date) => (Some(date), None),
            Self::Over => (Some(HttpDate::EPOCH), Some(0)),
        }
    }

    /// Whether it ends at `now` at the latest: the browser then deletes the cookie (RFC 6265 §5.3).
    fn is_over(self, now: SystemTime) -> bool {
        match self {
            Self::Session => false,
            Self::For(time) => time.as_secs() == 0,
            Self::Until(date) => HttpDate::new(now).is_some_and(|now| date <= now),
            Self::Over => true,
        }
    }
}

/// Appends an attribute to `line`, if the cookie has it.
fn attribute(line: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        *line += name;
        *line += value;
    }
}
