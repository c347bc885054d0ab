"""What the engines are asked to do: a row for each behaviour, with the word of the specification."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from visits import Visit


@dataclass(frozen=True)
class Behaviour:
    """Some visits that set cookies, then some that show which cookies come back."""

    title: str
    sets: tuple
    # What the specification says, and the cell that follows from it. No cell: it leaves the choice to the client.
    specification: str
    expected: str | None
    # What the measurement teaches.
    remark: str
    # Label → visit. One visit without a label: the cell is its `Cookie` line. Several: the cell has the labels of
    # those that a cookie came with.
    asks: dict = field(default_factory=lambda: {"": Visit()})
    # `Cookie` line → a word for it in the cell.
    words: dict = field(default_factory=dict)
    # The cell has those of these names that come back.
    names: tuple = ()
    # The cell is the number of cookies that come back.
    counts: bool = False
    # The cell is the lifetime of the cookie `a`, for a client that shows its jar; "not cut" if it is this one.
    lifetime_seconds: float = 0
    # The cell shows the `Cookie` line as it is, even in the syntax of RFC 2965.
    is_raw: bool = False
    # The client ends its session before it is asked.
    restarts: bool = False


def response(*set_cookies, **visit):
    """A visit whose response sets these cookies."""
    return Visit(sets=set_cookies, **visit)


def ask(*paths):
    return {path: Visit(path) for path in paths}


DAY = 24 * 60 * 60
PAST = "Thu, 01 Jan 1970 00:00:00 GMT"
SOON = "Tue, 01 Jan 2036 00:00:00 GMT"
FUTURE = datetime(2099, 1, 1, tzinfo=UTC)
KEPT = {"": "not kept", "a=1": "kept"}
DELETED = {"": "deleted", "a=1": "kept", "a=2": "kept", "a=": "emptied"}

# The real program, and all its pages: `walk.py` has what is expected.
WALK = Behaviour(
    "The walk through the six pages", (),
    "The cookies come back to their paths, with their lifetimes, and all are deleted.",
    "ok",
    "In a cell, `+` is a cookie that should not come, `-` one that is missing, and `cookie_name=` one without its "
    "value.",
)

TOPICS = {
    "The six pages": [WALK],
    "Deletion": [
        Behaviour(
            "Deletion by Max-Age alone",
            (response("a=1; Path=/"), response("a=; Path=/; Max-Age=0")),
            "Zero or less is the earliest time, and an expired cookie is evicted (RFC 6265 §5.2.2, §5.3).",
            "deleted",
            "superagent and the older Perl don't know Max-Age, and send the cookie with its empty value. So a "
            "removal needs Expires too.",
            words=DELETED,
        ),
        Behaviour(
            "Deletion by Expires alone",
            (response("a=1; Path=/"), response(f"a=; Path=/; Expires={PAST}")),
            "A time that is over evicts the cookie (RFC 6265 §5.2.1, §5.3).",
            "deleted",
            "aiohttp, wget2, elinks and BrowserKit read the time 0 as no end. So a removal needs Max-Age "
            "too.",
            words=DELETED,
        ),
        Behaviour(
            "Deletion by both, as this program does",
            (response("a=1; Path=/"), response(f"a=; Path=/; Expires={PAST}; Max-Age=0")),
            "Max-Age decides, and Expires agrees (RFC 6265 §5.3).",
            "deleted",
            "w3m deletes the cookie a second later. wget2 and elinks read the time 0 as no end even here, and "
            "Erlang deletes no session cookie at all.",
            words=DELETED,
        ),
        Behaviour(
            "Deletion with another path",
            (response("a=1; Path=/p", path="/p"), response(f"a=; Path=/; Expires={PAST}; Max-Age=0", path="/p")),
            "A cookie replaces only one of the same name, domain and path (RFC 6265 §5.3, step 11).",
            "kept",
            "The first cookie stays, and no client reports an error. So a removal needs the path of its cookie.",
            asks={"": Visit("/p/x")}, words=DELETED,
        ),
        Behaviour(
            "Deletion of a cookie of another page's path",
            (response("a=1; Path=/p", path="/p"), response(f"a=; Path=/p; Expires={PAST}; Max-Age=0", path="/q")),
            "A response may set a cookie for any path (RFC 6265 §4.1.2.4, §8.6).",
            "deleted",
            "In this way `/delete-cookies` deletes the cookie of `/set-path-cookie`. wget refuses it as an attempt "
            "to fake the path.",
            asks={"": Visit("/p/x")}, words=DELETED,
        ),
        Behaviour(
            "Deletion by a year of two digits",
            (response("a=1; Path=/"), response("a=; Path=/; Expires=Thu, 01-Jan-70 00:00:00 GMT")),
            "70 to 99 are 1970 to 1999 (RFC 6265 §5.1.1, step 3).",
            "deleted",
            "The others read 2070, or no date at all. This program writes four digits.",
            words=DELETED,
        ),
    ],
    "Lifetime": [
        Behaviour(
            "Max-Age in the future, Expires in the past",
            (response(f"a=1; Path=/; Expires={PAST}; Max-Age=1000"),),
            "Max-Age decides (RFC 6265 §4.1.2.2, §5.3 step 3).",
            "kept",
            "The two must agree, as they do here: a client that knows only one of them then does the same.",
            words=KEPT,
        ),
        Behaviour(
            "Max-Age of zero, Expires in the future",
            (response(f"a=1; Path=/; Expires={SOON}; Max-Age=0"),),
            "Max-Age decides (RFC 6265 §4.1.2.2, §5.3 step 3).",
            "not kept",
            "Java obeys the attribute that comes first.",
            words=KEPT,
        ),
        Behaviour(
            "Max-Age alone, and what comes back",
            (response("a=1; Path=/; Max-Age=1000"),),
            "A name, a =, and a value; no attribute (RFC 6265 §5.4).",
            "a=1",
            "Java and Erlang answer in the syntax of RFC 2965. With an Expires, Java doesn't: one more reason to "
            "send both.",
            is_raw=True,
        ),
        Behaviour(
            "A Max-Age of 500 days",
            (response(f"a=1; Path=/; Max-Age={500 * DAY}"),),
            "RFC 6265 has no limit. Clients should cut it to 400 days (6265bis §5.5).",
            "400 days",
            "Some cut it to 365 days, most not at all. A server never learns what it got.",
            lifetime_seconds=500 * DAY,
        ),
        Behaviour(
            "An Expires in 2099",
            (response(f"a=1; Path=/; Expires={format_datetime(FUTURE, usegmt=True)}"),),
            "RFC 6265 has no limit. Clients should cut it to 400 days (6265bis §5.5).",
            "400 days",
            "In w3m and elinks each year from 2038 on is over already.",
            lifetime_seconds=FUTURE.timestamp() - time.time(),
        ),
        Behaviour(
            "A Max-Age of 100 years",
            (response(f"a=1; Path=/; Max-Age={36525 * DAY}"),),
            "A long time is cut, and the cookie is kept (6265bis §5.6.2).",
            "kept",
            "WebKitGTK 2.50 keeps no cookie of 2^31 to 2^32 seconds.",
            words=KEPT,
        ),
        Behaviour(
            "A Max-Age of 300 years",
            (response(f"a=1; Path=/; Max-Age={3 * 36525 * DAY}"),),
            "A long time is cut, and the cookie is kept (6265bis §5.6.2).",
            "kept",
            "Go counts in nanoseconds, of which 63 bits hold 292 years: `findings/go-cookiejar-long-max-age.sh`.",
            words=KEPT,
        ),
        Behaviour(
            "A Max-Age that is not a number",
            (response("a=1; Path=/; Max-Age=1h"),),
            "The attribute is ignored (RFC 6265 §5.2.2).",
            "kept",
            "Python's jar drops the whole cookie, and so do Java and aria2.",
            words=KEPT,
        ),
        Behaviour(
            "The end of the session",
            (response("a=1; Path=/", f"b=2; Path=/; Expires={SOON}; Max-Age={DAY}"),),
            "A cookie without Max-Age and Expires is removed when the session is over (RFC 6265 §5.3).",
            None,
            "curl was told to begin a new session (`-j`); otherwise it keeps what its file has. What tough-cookie, "
            "Playwright, aiohttp and aria2 save has the session cookies too.",
            restarts=True,
        ),
    ],
    "Paths": [
        Behaviour(
            "Path=/p",
            (response("a=1; Path=/p", path="/p"),),
            "It goes to that path, and to those that continue it with a / (RFC 6265 §5.1.4).",
            "/p /p/ /p/x",
            "To the others a common prefix is enough: the path cookie goes to `/set-path-cookie-alternate` too. "
            "wget2 sends no cookie to exactly its own path.",
            asks=ask("/p", "/p/", "/p/x", "/px"),
        ),
        Behaviour(
            "Path=/p/",
            (response("a=1; Path=/p/", path="/p/x"),),
            "/p doesn't begin with /p/ (RFC 6265 §5.1.4).",
            "/p/ /p/x",
            "curl and lynx remove the slash. So the path cookie is set without one.",
            asks=ask("/p", "/p/", "/p/x", "/px"),
        ),
        Behaviour(
            "Path=/p/x and a target with %2F",
            (response("a=1; Path=/p/x", path="/p/x"),),
            "Paths are compared as they are, without decoding (RFC 6265 §5.1.4).",
            "/p/x",
            "Go, Java, Qt and aiohttp decode the path first. wget2 asks for another page.",
            asks=ask("/p/x", "/p%2Fx"),
        ),
        Behaviour(
            "No Path, set by /d/x/y",
            (response("a=1", path="/d/x/y"),),
            "The default is the path up to its last /, without it: /d/x (RFC 6265 §5.1.4).",
            "/d/x /d/x/z",
            "Guzzle takes `/`, Erlang the whole path, and most others `/d/x/`. So each cookie here names its path.",
            asks=ask("/", "/d", "/d/x", "/d/x/z"),
        ),
    ],
    "Order": [
        Behaviour(
            "Two paths",
            (response("a=1; Path=/"), response("b=2; Path=/p", path="/p")),
            "The longer path should come first (RFC 6265 §5.4, step 2).",
            "b=2; a=1",
            "The others don't look at the path, so a server can't tell from the order which cookie has the longer "
            "one.",
            asks={"": Visit("/p/x")},
        ),
        Behaviour(
            "One name, two paths",
            (response("a=1; Path=/"), response("a=2; Path=/p", path="/p")),
            "They are two cookies; the longer path should come first (RFC 6265 §5.3, §5.4).",
            "a=2; a=1",
            "Some send only one of them.",
            asks={"": Visit("/p/x")},
        ),
        Behaviour(
            "Equal paths",
            (response("a=1; Path=/"), response("ccc=3; Path=/"), response("bb=2; Path=/")),
            "The older should come first (RFC 6265 §5.4, step 2).",
            "a=1; ccc=3; bb=2",
            "curl puts longer names first; aiohttp, wget, wget2 and Ruby sort by name; elinks puts the newest "
            "first.",
        ),
        Behaviour(
            "A cookie whose value has changed",
            (response("a=1; Path=/"), response("b=2; Path=/"), response("a=3; Path=/")),
            "It keeps the time of its creation, and so its place (RFC 6265 §5.3, step 11).",
            "a=3; b=2",
            "Chromium, curl, Java and others put it last. The prediction on each page says what the specification "
            "does.",
        ),
    ],
    "Names and values": [
        Behaviour(
            "No name: foo",
            (response("foo"),),
            "RFC 6265 §5.2 ignores it. 6265bis keeps it, and sends the value alone (§5.6, §5.8.3).",
            "foo",
            "Even browsers differ. A cookie needs a name, and `SetCookie` refuses an empty one.",
        ),
        Behaviour(
            "No name: =foo",
            (response("=foo"),),
            "RFC 6265 §5.2 ignores it. 6265bis keeps it, and sends the value alone (§5.6, §5.8.3).",
            "foo",
            "Chromium and WebKitGTK send `foo`, Firefox keeps nothing.",
        ),
        Behaviour(
            "No value: a=",
            (response("a="),),
            "An empty value is a value (RFC 6265 §5.2).",
            "a=",
            "aiohttp adds quotes.",
        ),
        Behaviour(
            "Quotes",
            (response('a="1"'),),
            "They are part of the value (RFC 6265 §5.2).",
            'a="1"',
            "Java, Perl, Ruby and aria2 take them off.",
        ),
        Behaviour(
            "Blanks and commas",
            (response("a=1 2, 3"),),
            "A server should not send them (RFC 6265 §4.1.1); a client keeps them (§5.2).",
            "a=1 2, 3",
            "A cookie that must come back everywhere has none, and `SetCookie` refuses them.",
        ),
        Behaviour(
            "Blanks around a value",
            (response("a =  1  ; Path=/"),),
            "They are removed (RFC 6265 §5.2, step 4).",
            "a=1",
            "Go and Ruby keep them, and add quotes.",
        ),
        Behaviour(
            "UTF-8",
            (response("a=é"),),
            "A server should send ASCII only (RFC 6265 §4.1.1); a client keeps the bytes (§5.2).",
            "a=é",
            "The others send something else, or nothing. `SetCookie` refuses it.",
        ),
        Behaviour(
            "JSON",
            (response('a={"b":[1,2]}'),),
            "A server should not send \" and , (RFC 6265 §4.1.1); a client keeps them (§5.2).",
            'a={"b":[1,2]}',
            "The others send something else, or nothing. `SetCookie` refuses it.",
        ),
    ],
    "Hosts": [
        Behaviour(
            "Domain=localhost",
            (response("a=1; Path=/; Domain=localhost", host="localhost"),),
            "The host is the domain itself, so it matches (RFC 6265 §5.1.3, §5.3 steps 5 and 6).",
            "kept",
            "The others drop it, and keep a cookie without Domain. So no cookie here has one.",
            asks={"": Visit(host="localhost")}, words=KEPT,
        ),
        Behaviour(
            "A cookie of localhost",
            (response("a=1; Path=/", host="localhost"),),
            "Another host gets nothing, another port does (RFC 6265 §5.4, §8.5).",
            "localhost another port",
            "Programs on two ports share their cookies; `localhost` and `127.0.0.1` don't. Only wget keeps ports "
            "apart.",
            asks={
                "localhost": Visit(host="localhost"), "another port": Visit(host="localhost", port=1),
                "127.0.0.1": Visit(host="127.0.0.1"), "[::1]": Visit(host="[::1]"),
            },
        ),
        Behaviour(
            "A cookie of [::1]",
            (response("a=1; Path=/", host="[::1]"),),
            "An address is a host like another (RFC 6265 §5.1.3).",
            "[::1]",
            "lynx, w3m and wget2 have no cookies for it.",
            asks={host: Visit(host=host) for host in ("localhost", "127.0.0.1", "[::1]")},
        ),
    ],
    "Security": [
        Behaviour(
            "Secure on http://localhost",
            (response("a=1; Path=/; Secure", host="localhost"),),
            "It goes only over secure connections; the client defines which are (RFC 6265 §5.4; 6265bis §5.8.3).",
            None,
            "Chromium, Firefox, curl and some libraries trust `localhost` as they do TLS; BrowserKit ignores the "
            "attribute over HTTP. So no cookie of the six pages has it.",
            asks={"": Visit(host="localhost")}, words=KEPT,
        ),
        Behaviour(
            "__Host-a with Secure on http://localhost",
            (response("__Host-a=1; Path=/; Secure", host="localhost"),),
            "Like any cookie with Secure, since it has all that its name asks for (6265bis §4.1.3.2).",
            None,
            "No engine keeps it that drops a plain cookie with Secure.",
            asks={"": Visit(host="localhost")}, words={"": "not kept", "__Host-a=1": "kept"},
        ),
        Behaviour(
            "SameSite=None without Secure",
            (response("a=1; Path=/; SameSite=None"),),
            "RFC 6265 doesn't know the attribute. 6265bis §5.7, step 19, ignores the cookie.",
            "not kept",
            "Only Chromium, Firefox, WebKitGTK 2.54 and libsoup know this rule. lynx sends the attribute as well. "
            "`SetCookie` refuses such a cookie.",
            words=KEPT,
        ),
        Behaviour(
            "A cookie without SameSite, for an image of another site",
            (response("a=1; Path=/"), Visit(host="127.0.0.1", embeds=True)),
            "RFC 6265 doesn't know of sites: it goes with each request to its host (§5.4; 6265bis §5.8.3).",
            None,
            "Only browsers load images. Chromium takes Lax for granted; Firefox keeps the cookies of other sites "
            "apart.",
            words={"": "not sent", "a=1": "sent"},
        ),
    ],
    "Responses": [
        Behaviour(
            "Set-Cookie in a 204, 302, 404 and 500",
            (
                response("s204=1; Path=/", path="/a", status=204),
                response("s302=1; Path=/", path="/b", status=302, redirects=True), Visit("/c"),
                response("s404=1; Path=/", path="/d", status=404), response("s500=1; Path=/", path="/e", status=500),
            ),
            "A client must process it with any status from 200 on (RFC 6265 §3).",
            "s204 s302 s404 s500",
            "lynx and aria2 ignore it in a 204.",
            names=("s204", "s302", "s404", "s500"),
        ),
        Behaviour(
            "Set-Cookie in the response to a HEAD",
            (response("a=1; Path=/", method="HEAD"),),
            "A client must process it in any response (RFC 6265 §3).",
            "kept",
            "So a HEAD here has the same Set-Cookie lines as a GET.",
            words=KEPT,
        ),
        Behaviour(
            "Set-Cookie in a 103",
            (Visit(early=("a=1; Path=/",)),),
            "A client may ignore it in a response of the 100 class (RFC 6265 §3).",
            None,
            "Some of those that keep it take the 103 for the response. This program sends no 103.",
            words=KEPT,
        ),
    ],
    "Limits": [
        Behaviour(
            "60 cookies",
            (response(*(f"c{n}={n}; Path=/" for n in range(60))),),
            "At least 50 of a domain should be kept (RFC 6265 §6.1).",
            None,
            "curl, Guzzle and aiohttp take no more than 50 from one response; aria2 keeps no more of one host.",
            counts=True,
        ),
        Behaviour(
            "200 cookies",
            tuple(response(*(f"c{n + 50 * part}=1; Path=/" for n in range(50))) for part in range(4)),
            "At least 50 of a domain should be kept (RFC 6265 §6.1).",
            None,
            "Chromium and Firefox keep 180, and then remove some thirty at once. curl, Guzzle and aiohttp send 150.",
            counts=True,
        ),
        Behaviour(
            "A cookie of 4,096 bytes",
            (response("a=" + "x" * 4095),),
            "At least 4,096 bytes should be kept (RFC 6265 §6.1).",
            "kept",
            "curl 7.88, lynx and Ruby's jar allow a little less.",
            words={"": "not kept", "a=" + "x" * 4095: "kept"},
        ),
        Behaviour(
            "A cookie of 5,000 bytes",
            (response("a=" + "x" * 4999),),
            "RFC 6265 has no limit. 6265bis §5.7, step 4, ignores it: name and value have more than 4,096 bytes.",
            "not kept",
            "Chromium, Firefox, WebKitGTK 2.54 and curl drop it without a word. `SetCookie` refuses it.",
            words={"": "not kept", "a=" + "x" * 4999: "kept"},
        ),
    ],
}
BEHAVIOURS = [behaviour for behaviours in TOPICS.values() for behaviour in behaviours]
