"""The walk through the six pages: what each engine sends to them, and what its jar then shows."""

from behaviours import DAY
from visits import Visit, pairs_of

VALUES = {
    "cookie_name": "cookie_value",
    "path_cookie_name": "path_cookie_value",
    "expiring_cookie_name": "expiring_cookie_value",
    "long_cookie_name": "long_cookie_value",
}
COOKIE, PATH_COOKIE, EXPIRING_COOKIE, LONG_COOKIE = (f"{name}={value}" for name, value in VALUES.items())
OF_ALL_PATHS = [COOKIE, EXPIRING_COOKIE, LONG_COOKIE]
ALL = [*OF_ALL_PATHS, PATH_COOKIE]

# The path, and the cookies that come with the request.
SETTING = [
    ("/", []),
    ("/set-cookie", []),
    ("/", [COOKIE]),
    ("/set-path-cookie", [COOKIE]),
    ("/set-expiring-cookie", [COOKIE]),
    ("/set-long-lasting-cookie", [COOKIE, EXPIRING_COOKIE]),
]
DELETING = [
    ("/set-path-cookie", ALL),
    ("/set-path-cookie/below", ALL),
    ("/set-path-cookie-alternate", OF_ALL_PATHS),
    ("/", OF_ALL_PATHS),
    ("/delete-cookies", OF_ALL_PATHS),
    ("/set-path-cookie/gone", []),
    ("/", []),
]

# The cookies in a jar that shows them, after the setting pages: path and lifetime.
STORED = {
    "cookie_name": ("/", "session"),
    "path_cookie_name": ("/set-path-cookie", "session"),
    "expiring_cookie_name": ("/", 15),
    "long_cookie_name": ("/", 400 * DAY),
}
# A jar stores the time of expiry, and these seconds may pass until it shows the rest.
SLACK_SECONDS = 10


def cell(site, driver):
    """The cell of the walk: "ok", or the differences from it."""
    differences = []
    for visits in (SETTING, SETTING + DELETING):
        steps = site.begin([Visit(path, is_of_program=True) for path, _ in visits], "localhost")
        jar = driver.session(steps)
        if not any(site.received):
            return "keeps none of the cookies"
        for (path, expected), lines in zip(visits, site.received):
            differences += compare(path, expected, lines)
        differences += compare_jar(jar) if visits is SETTING else []
    return "; ".join(dict.fromkeys(differences)) or "ok"


def compare(path, expected, lines):
    """A difference such as `/path +cookie_name`, for a cookie that should not come; `-` is for a missing one."""
    if lines is None:
        return [f"no request to {path}"]
    got = set(pairs_of(lines))
    names = [f"+{name_of(pair)}" for pair in sorted(got - set(expected))]
    names += [f"-{name_of(pair)}" for pair in sorted(set(expected) - got)]
    return [" ".join([path, *names])] if names else []


def name_of(pair):
    """The name, or the whole pair if the value is not the right one."""
    name = pair.partition("=")[0]
    return name if pair == f"{name}={VALUES.get(name)}" else pair


def compare_jar(jar):
    """The differences of a jar, as its engine shows it, from the one that it should be."""
    shown = {name: (path, lifetime) for name, path, lifetime in jar}
    for name, (path, lifetime) in STORED.items() if shown else ():
        got_path, got = shown.get(name, (path, "session"))
        is_near = got.isdigit() and lifetime != "session" and 0 <= lifetime - int(got) <= SLACK_SECONDS
        if got_path != path or not (got == lifetime or is_near):
            rest = f"{round(int(got) / DAY)} days" if got.isdigit() and int(got) > DAY else got
            yield f"in its jar {name} has {got_path} {rest}"
