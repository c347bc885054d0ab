//! `Set-Cookie`: the cookies that a server sends (RFC 6265 §4.1; 6265bis where browsers follow it).
//!
//! ```text
//! Set-Cookie: name=value; Expires=Thu, 01 Jan 1970 00:00:15 GMT; Max-Age=15; Path=/
//! ```

mod domain;
mod line;
mod meaning;
mod rules;

pub use line::SetCookieLine;
pub use rules::SetCookieError;

use crate::date::HttpDate;
use std::time::Duration;

/// A cookie as a server defines it. [`Builder::build`] has checked it, so it can be sent.
///
/// ```
/// use cookies_from_scratch::set_cookie::{Lifetime, SetCookie};
/// use std::time::{Duration, SystemTime};
///
/// let cookie = SetCookie::builder("name", "value")
///     .lifetime(Lifetime::For(Duration::from_secs(15)))
///     .path("/page")
///     .build()?;
/// let line = "name=value; Expires=Thu, 01 Jan 1970 00:00:15 GMT; Max-Age=15; Path=/page";
/// assert_eq!(cookie.field_value(SystemTime::UNIX_EPOCH), line);
/// let line = "name=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/page";
/// assert_eq!(cookie.removal().field_value(SystemTime::UNIX_EPOCH), line);
/// # Ok::<(), cookies_from_scratch::set_cookie::SetCookieError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetCookie<'a> {
    pub(crate) name: &'a str,
    value: &'a str,
    domain: Option<&'a str>,
    lifetime: Lifetime,
    secure: bool,
    http_only: bool,
    pub(crate) path: Option<&'a str>,
    same_site: Option<SameSite>,
    partitioned: bool,
}

/// How long a browser keeps a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser's session ends. A browser that restores its session also restores the cookie.
    Session,
    /// For a time after the response, in whole seconds: less than one second removes the cookie. We send
    /// `Max-Age`, which wins (RFC 6265 §5.3), and `Expires` for clients that need it (tests/clients: "Max-Age
    /// alone, and what comes back").
    ///
    /// Chromium and Firefox cut the time to 400 days (6265bis §5.5; tests/clients: "A Max-Age of 500 days").
    /// `WebKitGTK` 2.50 doesn't store a cookie of 2^31 to 2^32 seconds, which are 68 to 136 years.
    For(Duration),
    /// Until a date: `Expires` alone. Browsers ignore one before 1601.
    Until(HttpDate),
    /// Already expired: the browser deletes the cookie.
    Over,
}

/// Whether a browser sends a cookie with requests that other sites cause (6265bis §4.1.2.7). Chromium's
/// default is `Lax`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// Only when the browser opens a page with a safe method, as by a link; not by a form with `POST`.
    Lax,
    /// Always; such a cookie must be `Secure`.
    None,
}

impl<'a> SetCookie<'a> {
    /// A cookie with `Path=/` that lasts until the session ends.
    pub const fn builder(name: &'a str, value: &'a str) -> Builder<'a> {
        Builder(Self {
            name,
            value,
            domain: None,
            lifetime: Lifetime::Session,
            secure: false,
            http_only: false,
            path: Some("/"),
            same_site: None,
            partitioned: false,
        })
    }

    /// The cookie that makes a browser delete this one. It has the same name, domain *and path*, by which a
    /// browser identifies a cookie (RFC 6265 §5.3; tests/clients: "Deletion with another path").
    ///
    /// # Panics
    ///
    /// If the cookie has no `Path`: a page in another folder would delete nothing.
    #[track_caller]
    #[must_use]
    pub const fn removal(&self) -> Self {
        assert!(self.path.is_some(), "only a cookie with a path can be deleted: give it one");
        Self { value: "", lifetime: Lifetime::Over, ..*self }
    }
}

impl SameSite {
    fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "Strict",
            Self::Lax => "Lax",
            Self::None => "None",
        }
    }
}

/// The definition of a cookie, not checked yet. Its functions are `const`, so a cookie that is a constant is
/// checked when the program is compiled.
#[derive(Clone, Copy, Debug)]
#[must_use = "a builder makes a cookie only when it is built"]
pub struct Builder<'a>(SetCookie<'a>);

impl<'a> Builder<'a> {
    /// `Domain`: the browser sends the cookie to this host and its subdomains, not only to the host that sets
    /// it. A leading dot is dropped, as browsers do (6265bis §5.6.3).
    pub const fn domain(mut self, domain: &'a str) -> Self {
        self.0.domain = Some(domain);
        self
    }

    /// `Expires` and `Max-Age`.
    pub const fn lifetime(mut self, lifetime: Lifetime) -> Self {
        self.0.lifetime = lifetime;
        self
    }

    /// `Secure`: sent over TLS only. Chromium and Firefox treat `http://localhost` as secure too.
    pub const fn secure(mut self) -> Self {
        self.0.secure = true;
        self
    }

    /// `HttpOnly`: scripts in the page can't read the cookie.
    pub const fn http_only(mut self) -> Self {
        self.0.http_only = true;
        self
    }

    /// `Path`: the browser sends the cookie to this path and to paths below it.
    pub const fn path(mut self, path: &'a str) -> Self {
        self.0.path = Some(path);
        self
    }

    /// No `Path`: the browser uses the folder of the page that sets the cookie (RFC 6265 §5.1.4).
    pub const fn no_path(mut self) -> Self {
        self.0.path = None;
        self
    }

    /// `SameSite`.
    pub const fn same_site(mut self, same_site: SameSite) -> Self {
        self.0.same_site = Some(same_site);
        self
    }

    /// `Partitioned`: a separate cookie jar for each site that embeds the page.
    pub const fn partitioned(mut self) -> Self {
        self.0.partitioned = true;
        self
    }

    /// # Errors
    ///
    /// If the cookie would break the field, or if browsers would ignore it.
    pub const fn build(self) -> Result<SetCookie<'a>, SetCookieError> {
        rules::check(self.0)
    }
}
