"""Other kinds of requests by curl, and the responses that it gets."""

from subprocess import run

from program import ROOT

LARGE = ROOT / "target/clients/two-megabytes"
POST = ["--data-binary", f"@{LARGE}"]
ALLOWED = "GET, HEAD, OPTIONS"
HERE = ["localhost"]

# The kind of request, curl's options, the hosts, what curl prints of each response, and the expected output.
REQUESTS = [
    ("HTTP/1.0", ["--http1.0"], HERE, "%{http_code}", "200"),
    ("HTTP/1.1", ["--http1.1"], HERE, "%{http_code} %{http_version}", "200 1.1"),
    ("an upgrade to HTTP/2, answered in HTTP/1.1", ["--http2"], HERE, "%{http_code} %{http_version}", "200 1.1"),
    # Before a large body curl sends Expect: 100-continue, unless an option removes the field.
    ("a POST of 2 MB", POST, HERE, "%{http_code} %header{allow}", f"405 {ALLOWED}"),
    ("a POST without Expect", [*POST, "-H", "Expect:"], HERE, "%{http_code} %header{allow}", f"405 {ALLOWED}"),
    ("a chunked POST", [*POST, "-H", "Expect:", "-H", "Transfer-Encoding: chunked"], HERE,
     "%{http_code} %header{allow}", f"405 {ALLOWED}"),
    ("HEAD", ["--head"], HERE, "%{http_code} %{size_download}", "200 0"),
    ("OPTIONS", ["-X", "OPTIONS"], HERE, "%{http_code} %header{allow}", f"204 {ALLOWED}"),
    ("three pages over one connection", [], HERE * 3, "%{http_code} %{num_connects}", "200 1, 200 0, 200 0"),
    ("IPv6", ["-g"], ["[::1]"], "%{http_code} %{remote_ip}", "200 ::1"),
]
WHAT = "; ".join(name for name, *_ in REQUESTS)
COUNT = sum(len(hosts) for _, _, hosts, _, _ in REQUESTS)


def differences(server):
    """Sends all these requests. Returns the differences from what is expected."""
    LARGE.write_bytes(b"x" * 2_000_000)
    return [
        f"{name}: {got}, not {expected}"
        for name, options, hosts, output, expected in REQUESTS
        if (got := ask(server, options, hosts, output)) != expected
    ]


def ask(server, options, hosts, output):
    """What curl prints of these responses. After a reset its exit code is not 0."""
    urls = [f"http://{host}:{server.port}/set-cookie" for host in hosts]
    targets = [argument for url in urls for argument in ("-o", "/dev/null", url)]
    ended = run(["curl", "-sS", *options, "-w", f"{output}\n", *targets], capture_output=True, text=True, timeout=120)
    return ", ".join(ended.stdout.splitlines()) if ended.returncode == 0 else ended.stderr.strip()
