//! The errors in requests, each with its status and its sentence.

use crate::status::Status;
use std::fmt;

/// Why a request is refused. Two causes are two errors only if their responses differ.
///
/// The connection closes after any error: after most of them, the start of the next request is unknown,
/// and one rule is simpler than two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// The status of the response.
    pub status: Status,
    /// The sentence on its page.
    pub sentence: &'static str,
}

const fn error(status: Status, sentence: &'static str) -> Error {
    Error { status, sentence }
}

const fn bad_request(sentence: &'static str) -> Error {
    error(Status::BAD_REQUEST, sentence)
}

#[expect(missing_docs, reason = "each says itself what is wrong")]
impl Error {
    pub const TLS: Self =
        bad_request("This is a TLS handshake, and this port speaks plain HTTP: use http://.");
    pub const EMPTY_LINES: Self =
        bad_request("Too many empty lines stand where a request should begin.");
    pub const BARE_CR: Self =
        bad_request("A line ends in a carriage return and a line feed, not in the first alone.");
    pub const METHOD: Self =
        bad_request("A request begins with its method, a token, and one space.");
    pub const UNKNOWN_METHOD: Self =
        error(Status::NOT_IMPLEMENTED, "This method is not known here.");
    pub const TARGET: Self =
        bad_request("The target must be a path or an http URI, with one space on each side.");
    pub const TARGET_TOO_LONG: Self =
        error(Status::URI_TOO_LONG, "The target is longer than this server reads.");
    pub const HTTPS_TARGET: Self =
        error(Status::MISDIRECTED_REQUEST, "This server answers for http URIs, not for https.");
    pub const VERSION: Self =
        bad_request("The request line must end in a version, such as HTTP/1.1.");
    pub const UNSUPPORTED_VERSION: Self =
        error(Status::HTTP_VERSION_NOT_SUPPORTED, "This server speaks the versions 1.0 and 1.1.");
    pub const FIELD_LINE: Self = bad_request(
        "A field line must be a token, a colon and a value without control characters.",
    );
    pub const HEAD_TOO_LARGE: Self = error(
        Status::REQUEST_HEADER_FIELDS_TOO_LARGE,
        "There are more fields, or larger ones, than this server reads.",
    );
    pub const HOST: Self = bad_request("There must be one Host field: a host and perhaps a port.");
    pub const CONTENT_LENGTH: Self =
        bad_request("Content-Length must be one decimal number, once.");
    pub const TRANSFER_ENCODING: Self =
        bad_request("Transfer-Encoding must be chunked, in HTTP/1.1, without Content-Length.");
    pub const UNKNOWN_CODING: Self =
        error(Status::NOT_IMPLEMENTED, "This transfer coding is not known here.");
    pub const EXPECTATION: Self =
        error(Status::EXPECTATION_FAILED, "The only expectation known here is 100-continue.");
    pub const TIMEOUT: Self = error(Status::REQUEST_TIMEOUT, "The request did not come in time.");
    pub const PANIC: Self = error(
        Status::INTERNAL_SERVER_ERROR,
        "This page failed; the terminal of the server says why.",
    );
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence)
    }
}

impl std::error::Error for Error {}
