//! What a `Set-Cookie` line asks a browser to do, in words.

use super::{Lifetime, SameSite, SetCookie, rules};
use crate::date::{DAY, HttpDate};
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::time::{Duration, SystemTime};

/// The longest time that most browsers keep a cookie (6265bis §5.5).
const MOST_KEPT: Duration = Duration::from_secs(400 * DAY);
const TOO_LONG: &str = "; Chromium and Firefox allow 400 days";

impl SetCookie<'_> {
    /// Appends where the cookie is sent, how long it is kept, and what its other attributes do.
    pub(super) fn push_meaning(&self, now: SystemTime, words: &mut String) {
        // "Sent to every page of this host, until …" or "Sent to every page of this host. Kept for …"
        self.push_scope(words);
        let is_plain = self.path == Some("/") && self.lifetime == Lifetime::Session;
        *words += if is_plain { ", " } else { ". Kept " };
        self.lifetime.push_words(now, words);
        *words += ".";
        if self.secure {
            *words += " Sent over TLS only; some browsers also send it to localhost without TLS.";
        }
        if self.http_only {
            *words += " Hidden from scripts.";
        }
        *words += match self.same_site {
            None => "",
            Some(SameSite::Strict) => " Never sent with a request that another site causes.",
            Some(SameSite::Lax) => {
                " Sent when another site opens a page here, as by a link; not with its other requests."
            }
            Some(SameSite::None) => {
                " Also sent with requests that other sites cause, unless the browser blocks that."
            }
        };
        if self.partitioned {
            *words += " Kept apart for each site that embeds this one.";
        }
        let prefixes = ["__Secure-", "__Host-", "__Http-"];
        if prefixes.iter().any(|prefix| rules::has_prefix(self.name, prefix)) {
            *words += " Most browsers refuse this prefix of a name without the attributes";
            *words += " that it stands for.";
        }
    }

    /// Appends which cookie is deleted: its name, path and domain identify it (RFC 6265 §5.3).
    pub(super) fn push_removal_meaning(&self, words: &mut String) {
        let path = self.path.unwrap_or("of this page's folder");
        let _ = write!(words, "Deletes the cookie named {} with the path {path}", self.name);
        let _ = match self.domain_without_dot() {
            None => write!(words, ": it must be the path that it was set with."),
            Some(domain) => {
                write!(words, " and the domain {domain}: both must be those that it was set with.")
            }
        };
    }

    /// Appends to which paths and hosts the cookie is sent (RFC 6265 §5.1.3, §5.1.4).
    fn push_scope(&self, words: &mut String) {
        let path = self.path.unwrap_or("the folder of this page");
        let domain = self.domain_without_dot();
        let _ = match (path, domain) {
            ("/", None) => write!(words, "Sent to every page of this host"),
            ("/", Some(domain)) => write!(words, "Sent to every page of {domain}"),
            (_, None) => write!(words, "Sent to {path} and everything below it"),
            (_, Some(domain)) => {
                write!(words, "Sent to {path} and everything below it, on {domain}")
            }
        };
        if domain.is_some_and(|domain| domain.parse::<Ipv4Addr>().is_err()) {
            *words += " and its subdomains";
        }
        // A path that a reader might expect to get it, too.
        if let Some(path) = self.path.filter(|path| *path != "/") {
            let _ = match path.strip_suffix('/') {
                Some(page) => write!(words, "; not to {page}"),
                None => write!(words, "; not to {path}-alternate"),
            };
        }
    }
}

impl Lifetime {
    /// Appends how long the browser keeps the cookie.
    fn push_words(self, now: SystemTime, words: &mut String) {
        match self {
            Self::Session => *words += "until the browser's session ends",
            Self::Over => unreachable!("a deletion is described in other words"),
            Self::For(time) => push_seconds(time.as_secs(), self.expires(now), words),
            Self::Until(date) => {
                let _ = write!(words, "until {}", date.as_str());
                if HttpDate::new(now + MOST_KEPT).is_some_and(|most| date > most) {
                    *words += TOO_LONG;
                }
            }
        }
    }
}

/// Appends for how many days, hours, minutes or seconds the browser keeps a cookie, and when that ends.
fn push_seconds(seconds: u64, end: Option<HttpDate>, words: &mut String) {
    let (size, unit) = [(DAY, "day"), (60 * 60, "hour"), (60, "minute")]
        .into_iter()
        .find(|&(size, _)| seconds % size == 0)
        .unwrap_or((1, "second"));
    let plural = if seconds == size { "" } else { "s" };
    let _ = write!(words, "for {} {unit}{plural}", seconds / size);
    if seconds == MOST_KEPT.as_secs() {
        *words += ", the most that Chromium and Firefox allow";
    } else if seconds > MOST_KEPT.as_secs() {
        *words += TOO_LONG;
    } else if let Some(end) = end {
        let (_, time_of_day) = end.as_str().split_at("Sun, 06 Nov 1994 ".len());
        *words += ", until ";
        *words += if seconds < DAY { time_of_day } else { end.as_str() };
    }
}
