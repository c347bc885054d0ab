//! The fields that change what a request means.
//!
//! We ignore all others, as a server may: the wish for another protocol (`Upgrade`, RFC 9110 §7.8), the
//! client's other preferences (§12), conditions (§13, "if it has changed") and ranges (§14, "the second
//! half"): our pages are short, and no cache stores them.

use super::{CloseReason, Persistence};
use crate::parse::{Head, Version};
use crate::refusal::Refusal;
use crate::token::trim_blanks;
use crate::uri::is_host;

/// `Host = uri-host [ ":" port ]`, once. It may be empty, and HTTP/1.0 may leave it out (RFC 9110 §7.2, RFC
/// 9112 §3.2).
pub(super) fn check_host(head: &Head<'_>) -> Result<(), Refusal> {
    match head.only_value("Host", Refusal::HOST)? {
        None if head.version == Version::Http10 => Ok(()),
        Some(b"") => Ok(()),
        Some(host) if std::str::from_utf8(host).is_ok_and(is_host) => Ok(()),
        _ => Err(Refusal::HOST),
    }
}

/// Whether a body follows (RFC 9112 §6.3).
///
/// `Content-Length` says how long it is, or `Transfer-Encoding: chunked` that it comes in chunks, each after
/// its own length. We never read a body, but we refuse one whose end another server could find elsewhere:
/// with both fields, or with chunks in HTTP/1.0 (RFC 9112 §6.1). For example, this body has six bytes by the
/// first field. By the second it has five, since a chunk of length `0` ends it, and `G` begins another
/// request:
///
/// ```text
/// POST / HTTP/1.1\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG
/// ```
pub(super) fn has_body(head: &Head<'_>) -> Result<bool, Refusal> {
    let length = content_length(head)?;
    if head.values("Transfer-Encoding").next().is_none() {
        return Ok(length.is_some_and(|length| length > 0));
    }
    if length.is_some() || head.version == Version::Http10 {
        return Err(Refusal::TRANSFER_ENCODING);
    }
    check_codings(head).map(|()| true)
}

/// `Content-Length = 1*DIGIT` (RFC 9110 §8.6): no sign (which `str::parse` would accept), no list, at most 64
/// bits. A server may accept the same length twice. We refuse any second one: a proxy in front of us might
/// obey the second.
fn content_length(head: &Head<'_>) -> Result<Option<u64>, Refusal> {
    let Some(digits) = head.only_value("Content-Length", Refusal::CONTENT_LENGTH)? else {
        return Ok(None);
    };
    // If there are no digits, `parse` fails.
    if !digits.iter().all(u8::is_ascii_digit) {
        return Err(Refusal::CONTENT_LENGTH);
    }
    match std::str::from_utf8(digits).map(str::parse) {
        Ok(Ok(length)) => Ok(Some(length)),
        _ => Err(Refusal::CONTENT_LENGTH),
    }
}

/// `Transfer-Encoding = [ transfer-coding *( OWS "," OWS transfer-coding ) ]`: `chunked` once, and last (RFC
/// 9112 §6.1, §7). Before it, `gzip` would be valid, but is unknown here. A server may ignore an empty
/// element. We refuse it.
fn check_codings(head: &Head<'_>) -> Result<(), Refusal> {
    let codings: Vec<&[u8]> = head.elements("Transfer-Encoding").collect();
    let is_chunked = |coding: &[u8]| coding.eq_ignore_ascii_case(b"chunked");
    let is_another = |coding: &&[u8]| !coding.is_empty() && !is_chunked(coding);
    match codings.split_last() {
        Some((last, [])) if is_chunked(last) => Ok(()),
        Some((last, others)) if is_chunked(last) && others.iter().all(is_another) => {
            Err(Refusal::UNKNOWN_CODING)
        }
        _ => Err(Refusal::TRANSFER_ENCODING),
    }
}

/// Whether the client waits for a `100 Continue` before it sends a body. We need no body, so we send the
/// final response instead.
///
/// `Expect = #expectation`: the only one defined is `100-continue`, which a server ignores in HTTP/1.0 (RFC
/// 9110 §10.1.1).
pub(super) fn expects_100_continue(head: &Head<'_>) -> Result<bool, Refusal> {
    let mut expects_any = false;
    for expectation in head.elements("Expect").filter(|each| !each.is_empty()) {
        if !expectation.eq_ignore_ascii_case(b"100-continue") {
            return Err(Refusal::EXPECTATION);
        }
        expects_any = true;
    }
    Ok(expects_any && head.version == Version::Http11)
}

/// `Connection = [ connection-option *( OWS "," OWS connection-option ) ]` (RFC 9110 §7.6.1)
///
/// A connection stays open in HTTP/1.1 unless the field says `close`, and closes in HTTP/1.0 unless it says
/// `keep-alive`. If it says both, `close` wins (RFC 9112 §9.3).
pub(super) fn persistence(head: &Head<'_>, body_follows: bool) -> Persistence {
    let says =
        |option: &[u8]| head.elements("Connection").any(|each| each.eq_ignore_ascii_case(option));
    if body_follows {
        return Persistence::Close(CloseReason::BodyFollows);
    }
    if says(b"close") {
        return Persistence::Close(CloseReason::ClientAsked);
    }
    match head.version {
        Version::Http11 => Persistence::Implied,
        Version::Http10 if says(b"keep-alive") => Persistence::KeepAlive,
        Version::Http10 => Persistence::Close(CloseReason::Http10),
    }
}

/// `Sec-Purpose = "prefetch" *( ";" parameter )`: the browser fetches the page before the user has clicked
/// its link (Fetch Standard). With the parameter `prerender`, it also renders it in advance.
pub(super) fn is_prefetch(head: &Head<'_>) -> bool {
    head.elements("Sec-Purpose").any(|purpose| {
        let value = purpose.split(|&byte| byte == b';').next();
        value.map(trim_blanks) == Some(b"prefetch")
    })
}

/// `Accept = #( media-range [ weight ] )`: whether `text/plain` has a greater weight than `text/html`. The
/// most specific range that includes a type decides (RFC 9110 §12.5.1). Without a preference, or if the
/// client accepts neither, we send HTML. (We send no `Vary`: that is for caches, and none stores our pages.)
pub(super) fn prefers_text(head: &Head<'_>) -> bool {
    // Fast path: browsers send this first and without a weight, which means 1, the greatest. It saves a fifth
    // of a page's instructions.
    if head.values("Accept").any(|value| value.starts_with(b"text/html,")) {
        return false;
    }
    weight_of(b"text/plain", head) > weight_of(b"text/html", head)
}

/// The weight of a media type, in thousandths: that of the most specific range that includes it.
fn weight_of(media_type: &'static [u8], head: &Head<'_>) -> u16 {
    for range in [media_type, b"text/*", b"*/*"] {
        let mut weights = head.elements("Accept").filter_map(|element| weight(element, range));
        if let Some(weight) = weights.next() {
            return weight;
        }
    }
    0
}

/// The weight of `element`, such as `text/*;q=0.5`, in thousandths; `None` if the element is not for `range`,
/// or the weight is ill-formed.
///
/// `weight = OWS ";" OWS "q=" qvalue` (RFC 9110 §12.4.2)
fn weight(element: &[u8], range: &[u8]) -> Option<u16> {
    let mut parts = element.split(|&byte| byte == b';').map(trim_blanks);
    parts.next().filter(|first| first.eq_ignore_ascii_case(range))?;
    // Our pages are UTF-8, so this parameter may come. The next must be the weight: a range with any other
    // parameter doesn't include our pages.
    let is_ours = |part: &[u8]| {
        matches!(&*part.to_ascii_lowercase(), b"" | b"charset=utf-8" | b"charset=\"utf-8\"")
    };
    match parts.find(|part| !is_ours(part)) {
        None => Some(1000),
        Some([b'q' | b'Q', b'=', qvalue @ ..]) => thousandths(std::str::from_utf8(qvalue).ok()?),
        Some(_) => None,
    }
}

/// `qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )`
fn thousandths(qvalue: &str) -> Option<u16> {
    let (whole, decimals) = qvalue.split_once('.').unwrap_or((qvalue, ""));
    if !matches!(whole, "0" | "1") || decimals.len() > 3 {
        return None;
    }
    // Fills the decimals up with zeros: "0" and "5" become "0500".
    let thousandths = format!("{whole}{decimals:0<3}").parse().ok()?;
    (thousandths <= 1000).then_some(thousandths)
}
