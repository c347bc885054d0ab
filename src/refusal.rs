//! Why a request is refused: all the reasons, each with its status and its sentence.

use crate::limits;
use crate::status::Status;
use crate::token::first_token;
use std::borrow::Cow;

/// Why a request is refused. Causes with the same response share a refusal.
///
/// The connection closes after any refusal: after most of them, the start of the next request is unknown, and
/// one rule is simpler than two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status of the response.
    pub status: Status,
    /// The sentence on its page.
    pub sentence: &'static str,
}

const fn refusal(status: Status, sentence: &'static str) -> Refusal {
    Refusal { status, sentence }
}

const fn bad_request(sentence: &'static str) -> Refusal {
    refusal(Status::BAD_REQUEST, sentence)
}

#[expect(missing_docs, reason = "each says itself what is wrong, and what would be right")]
impl Refusal {
    pub const TLS: Self =
        bad_request("This is a TLS handshake, and this port speaks plain HTTP: use http://.");
    pub const PROXY_PROTOCOL: Self = bad_request(
        "This is a header of the PROXY protocol, which this server doesn't read: switch it off in the proxy.",
    );
    pub const EMPTY_LINES: Self = bad_request(
        "A request begins with a request line, such as GET / HTTP/1.1, not with many empty lines.",
    );
    pub const BARE_CR: Self =
        bad_request("A line ends in a carriage return and a line feed, not in the first alone.");
    pub const METHOD: Self =
        bad_request("A request begins with a method, such as GET, and one space.");
    pub const UNKNOWN_METHOD: Self = refusal(
        Status::NOT_IMPLEMENTED,
        "This method is not known here: use GET, HEAD or OPTIONS, in capital letters.",
    );
    pub const SPACES: Self =
        bad_request("One space must separate method, target and version, as in GET / HTTP/1.1.");
    pub const TARGET_BYTE: Self = bad_request(
        "The target holds a byte that is not visible ASCII: escape it, as in %C3%A9 for é.",
    );
    pub const TARGET: Self =
        bad_request("The target must be a path that begins with '/', or an http URI with a host.");
    pub const TARGET_HOST: Self = bad_request(
        "The target is a URI without a valid host: write http://, a host, perhaps a port, and a path.",
    );
    pub const USER_INFORMATION: Self =
        bad_request("The target holds a user name: leave out all from '//' to the '@'.");
    pub const FRAGMENT: Self = bad_request(
        "The target holds a fragment, which is for the browser only: leave out the '#' and the rest.",
    );
    pub const ASTERISK: Self =
        bad_request("The target '*' is for OPTIONS only: any other method needs a path.");
    pub const CONNECT_TARGET: Self =
        bad_request("The target of CONNECT must be a host and a port, such as localhost:443.");
    pub const TARGET_TOO_LONG: Self =
        refusal(Status::URI_TOO_LONG, "The target has more than 8 KiB: shorten it.");
    pub const HTTPS_TARGET: Self = refusal(
        Status::MISDIRECTED_REQUEST,
        "This server answers for http URIs, not for https: use http://.",
    );
    pub const VERSION: Self = bad_request(
        "After the target, the request line must end in HTTP/1.0 or HTTP/1.1, and nothing after it. \
         (A space within the target is written %20.)",
    );
    pub const UNSUPPORTED_VERSION: Self = refusal(
        Status::HTTP_VERSION_NOT_SUPPORTED,
        "This server speaks HTTP/1.0 and HTTP/1.1, and no other major version.",
    );
    pub const FIELD_LINE: Self = bad_request(
        "A field line must be a token, a colon and a value: no blank before the colon, \
         and no control characters.",
    );
    pub const TOO_MANY_FIELDS: Self = refusal(
        Status::REQUEST_HEADER_FIELDS_TOO_LARGE,
        "There are more than 100 field lines: send fewer.",
    );
    /// The response also names the field that is at fault: see `reason`.
    pub const HEAD_TOO_LARGE: Self = refusal(
        Status::REQUEST_HEADER_FIELDS_TOO_LARGE,
        "Request line and fields have more than 64 KiB.",
    );
    pub const HOST: Self = bad_request(
        "There must be one Host field: a host and perhaps a port, such as localhost:5000.",
    );
    pub const CONTENT_LENGTH: Self =
        bad_request("Content-Length must be one decimal number below 2^64, once.");
    pub const TRANSFER_ENCODING: Self =
        bad_request("Transfer-Encoding must be chunked, in HTTP/1.1, without Content-Length.");
    pub const UNKNOWN_CODING: Self = refusal(
        Status::NOT_IMPLEMENTED,
        "This transfer coding is not known here: the only one is chunked.",
    );
    pub const EXPECTATION: Self =
        refusal(Status::EXPECTATION_FAILED, "The only expectation known here is 100-continue.");
    /// More bytes must come. If they don't come in time, this is the response.
    pub const INCOMPLETE: Self = refusal(
        Status::REQUEST_TIMEOUT,
        "The request did not come in time: send all of it at once.",
    );

    /// The sentence for the client that sent `head`. If the head is too large, the sentence names the field
    /// at fault (RFC 6585 §5).
    pub(crate) fn reason(self, head: &[u8]) -> Cow<'static, str> {
        let sentence = self.sentence;
        if self != Self::HEAD_TOO_LARGE {
            return sentence.into();
        }
        let Some(name) = largest_field(head) else {
            return format!("{sentence} Send less.").into();
        };
        let advice = if name.eq_ignore_ascii_case("Cookie") {
            "Delete the cookies of this host in the browser: all programs on this host share them, \
             whatever their port."
        } else {
            "Send less of it."
        };
        format!("{sentence} The largest field is {name}. {advice}").into()
    }
}

/// The name of the field whose lines take the most bytes; `None` if it has no name, or a very long one. Looks
/// only at the bytes within the limit: how many have come beyond it depends on the network.
fn largest_field(head: &[u8]) -> Option<Cow<'_, str>> {
    let allowed = &head[..head.len().min(limits::MAX_HEAD_BYTES)];
    let lines = allowed.split(|&byte| byte == b'\n').skip(1);
    // For each line, looks at all lines: they are about a hundred at most.
    let size = |name: &[u8]| {
        let is_same = |line: &&[u8]| first_token(line).eq_ignore_ascii_case(name);
        lines.clone().filter(is_same).map(<[u8]>::len).sum::<usize>()
    };
    let name = lines.clone().map(first_token).max_by_key(|name| size(name))?;
    (1..=limits::MAX_SHOWN_NAME_BYTES).contains(&name.len()).then(|| String::from_utf8_lossy(name))
}
