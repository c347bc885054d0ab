"""The clients, and in what each differs from the others."""

import sys
from dataclasses import dataclass, field

from walk import ALL, KEPT, PATH_COOKIE


@dataclass
class Client:
    name: str
    command: list
    # What prints its version.
    version: list
    # To which path it sends other cookies than most clients do.
    sends: dict = field(default_factory=dict)
    # Of which cookie its jar tells something else; `None` if it doesn't tell of it.
    kept: dict = field(default_factory=dict)
    # What is left in its jar when all is deleted.
    left: dict = field(default_factory=dict)
    remark: str = ""


def python(name, script, version):
    return Client(name, [sys.executable, f"walks/{script}"], [sys.executable, "-c", f"print({version})"])


# "A path that begins with the cookie's" is not enough: the next character must be a `/` (RFC 6265 §5.1.4).
TO_WHAT_BEGINS_ALIKE = {"/set-path-cookie-alternate": ALL}
BEGINS_ALIKE = "It sends the path cookie to `/set-path-cookie-alternate` too: that begins alike."

CLIENTS = [
    Client("curl", ["walks/with_curl"], ["curl", "--version"]),
    Client(
        "wget", ["walks/with_wget"], ["wget", "--version"],
        sends=TO_WHAT_BEGINS_ALIKE | {"/set-path-cookie/gone": [PATH_COOKIE]},
        left={"path_cookie_name": ("/set-path-cookie", "session")},
        remark=f"{BEGINS_ALIKE} And it keeps the path cookie in the end: for wget, `/delete-cookies` may set or "
        "delete no cookie of another path (\"Attempt to fake the path\").",
    ),
    python("Python urllib", "with_urllib.py", "__import__('platform').python_version()"),
    python("Python requests", "with_requests.py", "__import__('requests').__version__"),
    python("Python httpx", "with_httpx.py", "__import__('httpx').__version__"),
    Client(
        "Node fetch, tough-cookie", ["node", "walks/with_fetch.js"],
        ["node", "-p", "`${process.versions.node}, ${require('tough-cookie').version}`"],
        remark="fetch keeps no cookies. tough-cookie does: it is asked before each request, and told after.",
    ),
    Client(
        "Java HttpClient", ["java", "walks/WithHttpClient.java"], ["java", "--version"],
        sends=TO_WHAT_BEGINS_ALIKE,
        remark=BEGINS_ALIKE,
    ),
    Client(
        "Go net/http", ["go", "run", "walks/with_net_http.go"], ["go", "version"],
        kept={name: (path, "?") for name, (path, _) in KEPT.items()},
        remark="Its jar tells only what it would send to a URL, and so not how long a cookie lives.",
    ),
    Client(
        "lynx", ["walks/with_lynx"], ["lynx", "--version"],
        remark="It asks for no page that it still has in its cache, in spite of `no-store`; here that cache is small.",
    ),
    Client(
        "w3m", ["walks/with_w3m"], ["w3m", "-version"],
        sends=TO_WHAT_BEGINS_ALIKE | {"/set-path-cookie/gone": ["expiring_cookie_name="]},
        kept={"cookie_name": None, "path_cookie_name": None},
        remark=f"{BEGINS_ALIKE} What is deleted it only empties until the second is over, and one cookie for a "
        "request more. The file with its jar has no session cookies, as it should be.",
    ),
]
