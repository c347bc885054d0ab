//! The parser that uses the crate `httparse`, as hyper and actix-web do. The crate refuses `HTTP/1.2` to
//! `1.9`, so the version is read by hand.

use super::{Field, Head, by_hand};
use crate::limits;

/// Like [`by_hand::head`].
#[must_use]
pub fn head<'a>(bytes: &'a [u8], mut fields: Vec<Field<'a>>) -> Option<Head<'a>> {
    // httparse would skip empty lines, but a head doesn't begin with one.
    if matches!(bytes, [b'\r' | b'\n', ..]) {
        return None;
    }
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let (line, lines) = bytes.split_at(end + 1);
    let mut request = httparse::Request::new(&mut []);
    // This fails for some versions, but first sets `method` and `path` if they are valid.
    let _ = request.parse(line);
    let (method, target) = (request.method?, request.path.filter(|target| target.is_ascii())?);
    if method.len().max(target.len()) > limits::MAX_TARGET_BYTES {
        return None;
    }
    let rest = &line[method.len() + 1 + target.len() + 1..];
    let rest = rest.strip_suffix(b"\r\n").or(rest.strip_suffix(b"\n"))?;
    let version = by_hand::version(rest).ok()?;

    let mut headers = [httparse::EMPTY_HEADER; limits::MAX_FIELD_LINES];
    let parsed = httparse::parse_headers(lines, &mut headers).ok()?;
    let httparse::Status::Complete((length, headers)) = parsed else { return None };
    let field =
        |header: &httparse::Header<'a>| Field { name: header.name.as_bytes(), value: header.value };
    fields.extend(headers.iter().map(field));
    Some(Head { method, target, version, fields, length: line.len() + length })
}
