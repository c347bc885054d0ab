//! The target: which page (RFC 9112 §3.2).
//!
//! ```text
//! GET /path?query HTTP/1.1                    origin-form
//! GET http://localhost/path?query HTTP/1.1    absolute-form
//! CONNECT localhost:443 HTTP/1.1              authority-form
//! OPTIONS * HTTP/1.1                          asterisk-form
//! ```

use crate::refusal::Refusal;
use crate::uri::{decode_unreserved, is_host};
use std::borrow::Cow;

/// The path of a target, without its query.
///
/// `request-target = origin-form / absolute-form / authority-form / asterisk-form`
pub(super) fn path<'a>(target: &'a str, method: &str) -> Result<Cow<'a, str>, Refusal> {
    if method == "CONNECT" {
        let is_valid = is_host_and_port(target);
        return if is_valid { Ok(target.into()) } else { Err(Refusal::CONNECT_TARGET) };
    }
    if target.contains('#') {
        return Err(Refusal::FRAGMENT);
    }
    let path_and_query = match (method, target) {
        ("OPTIONS", "*") => "*",
        (_, "*") => return Err(Refusal::ASTERISK),
        _ if target.starts_with('/') => target,
        _ => after_authority(target)?,
    };
    let path = path_and_query.split('?').next().unwrap_or_default();
    Ok(decode_unreserved(path))
}

/// `absolute-form = absolute-URI`, without its `http://host[:port]` (RFC 9112 §3.2.2).
///
/// That host overrides the field `Host`, which must still be valid. Our pages are the same for every host. We
/// don't serve `https` URIs over plain HTTP (RFC 9110 §7.4). An empty path means `/`; with `OPTIONS` it means
/// `*` (RFC 9112 §3.2.4), but our response is the same for both.
fn after_authority(target: &str) -> Result<&str, Refusal> {
    let (scheme, rest) = target.split_once("://").ok_or(Refusal::TARGET)?;
    let (authority, path_and_query) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    match &*scheme.to_ascii_lowercase() {
        "http" | "https" if authority.contains('@') => Err(Refusal::USER_INFORMATION),
        "http" | "https" if !is_host(authority) => Err(Refusal::TARGET_HOST),
        "http" if path_and_query.starts_with('/') => Ok(path_and_query),
        "http" => Ok("/"),
        "https" => Err(Refusal::HTTPS_TARGET),
        _ => Err(Refusal::TARGET),
    }
}

/// `authority-form = uri-host ":" port` (RFC 9112 §3.2.3): unlike elsewhere, a port is required.
fn is_host_and_port(target: &str) -> bool {
    is_host(target) && target.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok())
}
