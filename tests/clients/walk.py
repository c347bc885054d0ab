"""The walk through the pages: the cookies that each page must show, and those that must be in the jar."""

from subprocess import run

VALUES = {
    "cookie_name": "cookie_value",
    "path_cookie_name": "path_cookie_value",
    "expiring_cookie_name": "expiring_cookie_value",
    "long_cookie_name": "long_cookie_value",
}
COOKIE, PATH_COOKIE, EXPIRING_COOKIE, LONG_COOKIE = (f"{name}={value}" for name, value in VALUES.items())
OF_ALL_PATHS = [COOKIE, EXPIRING_COOKIE, LONG_COOKIE]
ALL = [*OF_ALL_PATHS, PATH_COOKIE]

# The path, the status, and the cookies of the request.
SETTING = [
    ("/", 200, []),
    ("/set-cookie", 200, []),
    ("/", 200, [COOKIE]),
    ("/set-path-cookie", 200, [COOKIE]),
    ("/set-expiring-cookie", 200, [COOKIE]),
    ("/set-long-lasting-cookie", 200, [COOKIE, EXPIRING_COOKIE]),
]
DELETING = [
    ("/set-path-cookie", 200, ALL),
    ("/set-path-cookie/below", 404, ALL),
    ("/set-path-cookie-alternate", 404, OF_ALL_PATHS),
    ("/", 200, OF_ALL_PATHS),
    ("/delete-cookies", 200, OF_ALL_PATHS),
    ("/set-path-cookie/gone", 404, []),
    ("/", 200, []),
]

# The cookies in the jar after the setting pages: path and lifetime.
STORED = {
    "cookie_name": ("/", "session"),
    "path_cookie_name": ("/set-path-cookie", "session"),
    "expiring_cookie_name": ("/", 15),
    "long_cookie_name": ("/", 400 * 24 * 60 * 60),
}
# A jar stores the time of expiry, and these seconds may pass until it shows the rest.
SLACK = 3

COUNT = len(SETTING) + len(SETTING + DELETING)


def differences(client, server):
    """Walks twice, since some clients show their jar only when they end. Returns the differences."""
    return [
        *compare(client, server, SETTING, STORED | client.stored),
        *compare(client, server, SETTING + DELETING, client.left),
    ]


def compare(client, server, visits, jar):
    paths = [path for path, _, _ in visits]
    ended = run([*client.command, server, *paths], capture_output=True, text=True, timeout=120)
    lines = [line.split() for line in ended.stdout.splitlines()]
    seen = [line for line in lines if line[0] != "jar"]
    if ended.returncode != 0 or [line[0] for line in seen] != paths:
        yield f"it ended with {ended.returncode}, after {len(seen)} pages: {ended.stderr.strip()[-200:]}"
        return
    for (path, status, cookies), (_, *got) in zip(visits, seen):
        expected = [str(status), *sorted(client.sends.get(path, cookies))]
        got[1:] = sorted(got[1:])
        if got != expected:
            yield f"{path}: {' '.join(got)}, not {' '.join(expected)}"
    yield from compare_jars({name: cookie for _, name, *cookie in lines[len(seen) :]}, jar)


def compare_jars(got, expected):
    for name in got.keys() | expected.keys():
        cookie, wanted = got.get(name), expected.get(name)
        if not is_same(cookie, wanted):
            yield f"in the jar, {name}: {cookie}, not {wanted}"


def is_same(got, expected):
    if got is None or expected is None:
        return got is expected
    (path, left), (expected_path, lifetime) = got, expected
    if path != expected_path or not isinstance(lifetime, int):
        return [path, left] == [expected_path, lifetime]
    return left.isdigit() and lifetime - SLACK <= int(left) <= lifetime
