//! What a `Set-Cookie` line asks a browser to do, in words.

use super::{Lifetime, SameSite, SetCookie, rules};
use crate::date::HttpDate;
use std::cmp::Ordering;
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::time::{Duration, SystemTime};

const DAY: u64 = 24 * 60 * 60;
/// The longest time that most browsers keep a cookie, in seconds (6265bis §5.5).
const MAX_KEPT: u64 = 400 * DAY;
const TOO_LONG: &str = "; Chromium and Firefox allow 400 days";

impl SetCookie<'_> {
    /// Appends where the cookie is sent, how long it is kept, and what its other attributes do.
    pub(super) fn in_words(&self, now: SystemTime, words: &mut String) {
        self.scope(words);
        let is_plain = self.path == Some("/") && self.lifetime == Lifetime::Session;
        *words += if is_plain { ", " } else { ". Kept " };
        self.lifetime.in_words(now, words);
        *words += ".";
        let is_same_site = |same_site| self.same_site == Some(same_site);
        let has_prefix = |prefix: &str| rules::has_prefix(self.name.as_bytes(), prefix.as_bytes());
        for (applies, sentence) in [
            (
                self.secure,
                " Sent over TLS only; some browsers also send it to localhost without TLS.",
            ),
            (self.http_only, " Hidden from scripts."),
            (
                is_same_site(SameSite::Strict),
                " Never sent with a request that another site causes.",
            ),
            (
                is_same_site(SameSite::Lax),
                " Sent when another site opens a page here, as by a link; not with its other requests.",
            ),
            (
                is_same_site(SameSite::None),
                " Also sent with requests that other sites cause, unless the browser blocks that.",
            ),
            (self.partitioned, " Kept apart for each site that embeds this one."),
            (
                ["__secure-", "__host-", "__http-"].into_iter().any(has_prefix),
                " Most browsers refuse this prefix of a name without the attributes that it stands for.",
            ),
        ] {
            if applies {
                *words += sentence;
            }
        }
    }

    /// Appends which cookie is deleted: its name, path and domain identify it (RFC 6265 §5.3).
    pub(super) fn removal_in_words(&self, words: &mut String) {
        let path = self.path.unwrap_or("of this page's folder");
        let _ = write!(words, "Deletes the cookie named {} with the path {path}", self.name);
        let must_be = match self.domain_without_dot() {
            None => "it must be the path",
            Some(domain) => {
                let _ = write!(words, " and the domain {domain}");
                "both must be those"
            }
        };
        let _ = write!(words, ": {must_be} that it was set with.");
    }

    /// Appends to which paths and hosts the cookie is sent (RFC 6265 §5.1.3, §5.1.4).
    fn scope(&self, words: &mut String) {
        let is_root = self.path == Some("/");
        *words += "Sent to ";
        *words +=
            if is_root { "every page" } else { self.path.unwrap_or("the folder of this page") };
        *words += if is_root { " of " } else { " and everything below it" };
        match self.domain_without_dot() {
            None => *words += if is_root { "this host" } else { "" },
            Some(domain) => {
                let is_address = domain.parse::<Ipv4Addr>().is_ok();
                *words += if is_root { "" } else { ", on " };
                *words += domain;
                *words += if is_address { "" } else { " and its subdomains" };
            }
        }
        if let Some(path) = self.path.filter(|_| !is_root) {
            *words += "; not to ";
            *words += path.strip_suffix('/').unwrap_or(path);
            *words += if path.ends_with('/') { "" } else { "-alternate" };
        }
    }
}

impl Lifetime {
    /// Appends how long the browser keeps the cookie.
    fn in_words(self, now: SystemTime, words: &mut String) {
        let seconds = match self {
            Self::For(time) => time.as_secs(),
            Self::Until(date) => {
                let most = HttpDate::new(now + Duration::from_secs(MAX_KEPT));
                *words += "until ";
                *words += date.as_str();
                *words += if most.is_some_and(|most| date > most) { TOO_LONG } else { "" };
                return;
            }
            Self::Session | Self::Over => {
                *words += "until the browser's session ends";
                return;
            }
        };
        let (size, unit) = [(DAY, "day"), (60 * 60, "hour"), (60, "minute")]
            .into_iter()
            .find(|&(size, _)| seconds % size == 0)
            .unwrap_or((1, "second"));
        let plural = if seconds == size { "" } else { "s" };
        let end = self.expires_and_max_age(now).0;
        let (remark, end) = match (seconds.cmp(&MAX_KEPT), &end) {
            (Ordering::Equal, _) => (", the most that Chromium and Firefox allow", ""),
            (Ordering::Greater, _) => (TOO_LONG, ""),
            // On the same day, or the next one.
            (_, Some(end)) if seconds < DAY => (", until ", &end.as_str()[17..]),
            (_, Some(end)) => (", until ", end.as_str()),
            (_, None) => ("", ""),
        };
        let _ = write!(words, "for {} {unit}{plural}{remark}{end}", seconds / size);
    }
}
