//! The same two functions as in [`by_hand`](super::by_hand), with the crate `httparse`.
//!
//! It stands behind hyper, actix-web and many others. We ask it for the method, the target and the
//! fields; the version we read ourselves, since it knows `HTTP/1.0` and `HTTP/1.1` only.

use super::{Field, RequestLine, version};
use crate::error::Error;
use crate::limits;

/// `request-line = method SP request-target SP HTTP-version`
///
/// # Errors
///
/// As [`by_hand::request_line`](super::by_hand::request_line).
pub fn request_line(line: &[u8]) -> Result<RequestLine<'_>, Error> {
    // httparse skips empty lines; here they have been skipped, and a bare CR is an error.
    if matches!(line, [b'\r' | b'\n', ..]) {
        return Err(Error::METHOD);
    }
    let mut request = httparse::Request::new(&mut []);
    // The line has no end here, so the parser says that it wants more, or what is wrong; method and
    // target are there as far as they were right.
    let _ = request.parse(line);
    let method = request.method.ok_or(Error::METHOD)?;
    let target = request.path.filter(|target| target.is_ascii()).ok_or(Error::TARGET)?;
    let rest = &line[method.len() + 1 + target.len() + 1..];
    Ok(RequestLine { method, target, version: version(rest)? })
}

/// `*( field-line CRLF ) CRLF`
///
/// # Errors
///
/// As [`by_hand::fields`](super::by_hand::fields).
pub fn fields(lines: &[u8]) -> Result<Vec<Field<'_>>, Error> {
    let mut headers = [httparse::EMPTY_HEADER; limits::FIELD_LINES];
    match httparse::parse_headers(lines, &mut headers) {
        Ok(httparse::Status::Complete((_, headers))) => Ok(headers
            .iter()
            .map(|header| Field { name: header.name, value: header.value })
            .collect()),
        _ => Err(Error::FIELD_LINE),
    }
}
