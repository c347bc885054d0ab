//! Method and target: what is to be done, and with which page (RFC 9110 §9, RFC 9112 §3.2).
//!
//! ```text
//! GET /path?query HTTP/1.1                    origin-form
//! GET http://localhost/path?query HTTP/1.1    absolute-form
//! CONNECT localhost:443 HTTP/1.1              authority-form
//! OPTIONS * HTTP/1.1                          asterisk-form
//! ```

use crate::error::Error;
use crate::uri::{decode_unreserved, first_bad_escape, is_host};
use std::borrow::Cow;

/// The methods that are known (RFC 9110 §9.3, RFC 5789). Our pages answer the first three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as it is written")]
pub enum Method {
    Get,
    Head,
    Options,
    Post,
    Put,
    Delete,
    Patch,
    Connect,
    Trace,
}

impl Method {
    /// `method = token`, case-sensitive: `get` is another method than `GET` (RFC 9110 §9.1).
    pub(super) fn new(token: &str) -> Result<Self, Error> {
        match token {
            "GET" => Ok(Self::Get),
            "HEAD" => Ok(Self::Head),
            "OPTIONS" => Ok(Self::Options),
            "POST" => Ok(Self::Post),
            "PUT" => Ok(Self::Put),
            "DELETE" => Ok(Self::Delete),
            "PATCH" => Ok(Self::Patch),
            "CONNECT" => Ok(Self::Connect),
            "TRACE" => Ok(Self::Trace),
            _ => Err(Error::UnknownMethod),
        }
    }
}

/// The path of a target, without its query.
///
/// `request-target = origin-form / absolute-form / authority-form / asterisk-form`
pub(super) fn path(target: &str, method: Method) -> Result<Cow<'_, str>, Error> {
    // A fragment is for the browser alone and never sent (RFC 9110 §7.1).
    if target.contains('#') || first_bad_escape(target.as_bytes()).is_some() {
        return Err(Error::Target);
    }
    let path_and_query = match (method, target) {
        (Method::Connect, authority) if is_host(authority) => authority,
        (Method::Connect, _) => return Err(Error::Target),
        (Method::Options, "*") => "*",
        _ if target.starts_with('/') => target,
        _ => after_authority(target, method)?,
    };
    let path = path_and_query.split('?').next().unwrap_or_default();
    Ok(decode_unreserved(path))
}

/// `absolute-form = absolute-URI`, of which `http://host[:port]` is taken off (RFC 9112 §3.2.2).
///
/// An empty path means `/`; with `OPTIONS` and no query it means `*` (RFC 9112 §3.2.4).
fn after_authority(target: &str, method: Method) -> Result<&str, Error> {
    let (scheme, rest) = target.split_once("://").ok_or(Error::Target)?;
    if scheme.eq_ignore_ascii_case("https") {
        return Err(Error::Scheme);
    }
    if !scheme.eq_ignore_ascii_case("http") {
        return Err(Error::Target);
    }
    let (authority, path_and_query) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    if !is_host(authority) {
        return Err(Error::Target);
    }
    match path_and_query.as_bytes() {
        [] if method == Method::Options => Ok("*"),
        [] | [b'?', ..] => Ok("/"),
        _ => Ok(path_and_query),
    }
}
