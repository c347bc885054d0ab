"""curl's other ways to ask, and what it gets."""

from subprocess import run

from program import ROOT

LARGE = ROOT / "target/clients/two-megabytes"
POST = ["--data-binary", f"@{LARGE}"]
ALLOWED = "GET, HEAD, OPTIONS"
HERE = ["localhost"]

# What is asked for, with which options, from which hosts, what curl is to tell of each answer, and what it tells.
WAYS = [
    ("HTTP/1.0", ["--http1.0"], HERE, "%{http_code}", "200"),
    ("HTTP/1.1", ["--http1.1"], HERE, "%{http_code} %{http_version}", "200 1.1"),
    ("an upgrade to HTTP/2, answered in HTTP/1.1", ["--http2"], HERE, "%{http_code} %{http_version}", "200 1.1"),
    # curl asks first whether it may send so much (Expect: 100-continue), unless it is told not to.
    ("a POST of 2 MB", POST, HERE, "%{http_code} %header{allow}", f"405 {ALLOWED}"),
    ("one that is sent unasked", [*POST, "-H", "Expect:"], HERE, "%{http_code} %header{allow}", f"405 {ALLOWED}"),
    ("one in chunks", [*POST, "-H", "Expect:", "-H", "Transfer-Encoding: chunked"], HERE,
     "%{http_code} %header{allow}", f"405 {ALLOWED}"),
    ("HEAD", ["--head"], HERE, "%{http_code} %{size_download}", "200 0"),
    ("OPTIONS", ["-X", "OPTIONS"], HERE, "%{http_code} %header{allow}", f"204 {ALLOWED}"),
    ("three pages over one connection", [], HERE * 3, "%{http_code} %{num_connects}", "200 1, 200 0, 200 0"),
    ("IPv6", ["-g"], ["[::1]"], "%{http_code} %{remote_ip}", "200 ::1"),
]
WHAT = "; ".join(name for name, *_ in WAYS)
COUNT = sum(len(hosts) for _, _, hosts, _, _ in WAYS)


def differences(server):
    """Asks in all these ways. Returns what was not as expected."""
    LARGE.write_bytes(b"x" * 2_000_000)
    return [
        f"{name}: {got}, not {expected}"
        for name, options, hosts, told, expected in WAYS
        if (got := ask(server, options, hosts, told)) != expected
    ]


def ask(server, options, hosts, told):
    """What curl tells of these pages. A connection that is reset is an exit code other than 0."""
    urls = [f"http://{host}:{server.port}/set-cookie" for host in hosts]
    targets = [part for url in urls for part in ("-o", "/dev/null", url)]
    ended = run(["curl", "-sS", *options, "-w", f"{told}\n", *targets], capture_output=True, text=True, timeout=120)
    return ", ".join(ended.stdout.splitlines()) if ended.returncode == 0 else ended.stderr.strip()
