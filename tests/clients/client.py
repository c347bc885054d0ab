"""The clients, and how each differs from the others."""

import sys
from dataclasses import dataclass, field

from walk import ALL, STORED, PATH_COOKIE


@dataclass
class Client:
    name: str
    command: list
    # The command that prints its version.
    version: list
    # The paths to which it sends other cookies than most clients.
    sends: dict = field(default_factory=dict)
    # The cookies that its jar shows differently; `None` if it doesn't show one.
    stored: dict = field(default_factory=dict)
    # The cookies that stay in its jar after /delete-cookies.
    left: dict = field(default_factory=dict)
    remark: str = ""


def python(name, script, version):
    return Client(name, [sys.executable, f"walks/{script}"], [sys.executable, "-c", f"print({version})"])


# A common prefix is not enough: the next character must be a `/` (RFC 6265 §5.1.4).
TO_THE_SAME_PREFIX = {"/set-path-cookie-alternate": ALL}
SAME_PREFIX = "It also sends the path cookie to `/set-path-cookie-alternate`, which has the same prefix."

CLIENTS = [
    Client("curl", ["walks/with_curl"], ["curl", "--version"]),
    Client(
        "wget", ["walks/with_wget"], ["wget", "--version"],
        sends=TO_THE_SAME_PREFIX | {"/set-path-cookie/gone": [PATH_COOKIE]},
        left={"path_cookie_name": ("/set-path-cookie", "session")},
        remark=f"{SAME_PREFIX} And it never deletes the path cookie: for wget, `/delete-cookies` may not set or "
        "delete a cookie of another path (\"Attempt to fake the path\").",
    ),
    python("Python urllib", "with_urllib.py", "__import__('platform').python_version()"),
    python("Python requests", "with_requests.py", "__import__('requests').__version__"),
    python("Python httpx", "with_httpx.py", "__import__('httpx').__version__"),
    Client(
        "Node fetch, tough-cookie", ["node", "walks/with_fetch.js"],
        ["node", "-p", "`${process.versions.node}, ${require('tough-cookie').version}`"],
        remark="fetch stores no cookies. The script passes them between fetch and a jar of tough-cookie.",
    ),
    Client(
        "Java HttpClient", ["java", "walks/WithHttpClient.java"], ["java", "--version"],
        sends=TO_THE_SAME_PREFIX,
        remark=SAME_PREFIX,
    ),
    Client(
        "Go net/http", ["go", "run", "walks/with_net_http.go"], ["go", "version"],
        stored={name: (path, "?") for name, (path, _) in STORED.items()},
        remark="Its jar shows only the cookies for a URL, and not their lifetimes.",
    ),
    Client(
        "lynx", ["walks/with_lynx"], ["lynx", "--version"],
        remark="It requests no page that is still in its cache, in spite of `no-store`; here its cache is small.",
    ),
    Client(
        "w3m", ["walks/with_w3m"], ["w3m", "-version"],
        sends=TO_THE_SAME_PREFIX | {"/set-path-cookie/gone": ["expiring_cookie_name="]},
        stored={"cookie_name": None, "path_cookie_name": None},
        remark=f"{SAME_PREFIX} It empties a deleted cookie, but deletes it only when the second is over, and one "
        "cookie only after another request. Its jar file has no session cookies, as it should be.",
    ),
]
