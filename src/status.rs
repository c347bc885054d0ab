//! Status codes: the outcome of a request (RFC 9110 §15).

/// A status as a status line contains it: the code and its reason phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(&'static str);

#[expect(missing_docs, reason = "each says itself what it is")]
impl Status {
    pub const OK: Self = Self("200 OK");
    pub const NO_CONTENT: Self = Self("204 No Content");
    pub const BAD_REQUEST: Self = Self("400 Bad Request");
    pub const NOT_FOUND: Self = Self("404 Not Found");
    pub const METHOD_NOT_ALLOWED: Self = Self("405 Method Not Allowed");
    pub const REQUEST_TIMEOUT: Self = Self("408 Request Timeout");
    pub const URI_TOO_LONG: Self = Self("414 URI Too Long");
    pub const EXPECTATION_FAILED: Self = Self("417 Expectation Failed");
    pub const MISDIRECTED_REQUEST: Self = Self("421 Misdirected Request");
    /// From RFC 6585 §5.
    pub const REQUEST_HEADER_FIELDS_TOO_LARGE: Self = Self("431 Request Header Fields Too Large");
    pub const INTERNAL_SERVER_ERROR: Self = Self("500 Internal Server Error");
    pub const NOT_IMPLEMENTED: Self = Self("501 Not Implemented");
    pub const SERVICE_UNAVAILABLE: Self = Self("503 Service Unavailable");
    pub const HTTP_VERSION_NOT_SUPPORTED: Self = Self("505 HTTP Version Not Supported");

    /// Code and reason phrase: `404 Not Found`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The code alone: `404`.
    #[must_use]
    pub fn code(self) -> &'static str {
        &self.0[..3]
    }
}
