"""Which cookies browsers store, for how long, and to which pages they send them."""

import time

from check import check, wait_until

PAGES = (
    "/",
    "/set-cookie",
    "/set-path-cookie",
    "/set-expiring-cookie",
    "/set-long-lasting-cookie",
    "/delete-cookies",
)
SETTING = PAGES[1:5]

DAYS_400 = 400 * 24 * 60 * 60
# Name, path → the lifetime in seconds, `None` for a session cookie.
STORED = {
    ("cookie_name", "/"): None,
    ("path_cookie_name", "/set-path-cookie"): None,
    ("expiring_cookie_name", "/"): 15,
    ("long_cookie_name", "/"): DAYS_400,
}


def fresh(browser, _):
    """A fresh profile has no cookies."""
    check(browser.open("/").rows() == {}, "a fresh profile sends no cookies to /")
    check(browser.store() == {}, "and stores none")


def second(browser, _):
    """A cookie is sent with the next request, not with the one that sets it."""
    line = "Set-Cookie: cookie_name=cookie_value; Path=/"
    browser.open("/set-cookie")
    is_first = browser.rows() == {} and browser.lines() == [line]
    check(is_first, f"/set-cookie first shows no cookie, and {line}")
    browser.open("/set-cookie")
    check(browser.rows() == {"cookie_name": "cookie_value"}, "the second time it shows the cookie")


def set_all(browser):
    for path in SETTING:
        browser.open(path)


def store(browser, _):
    """After the four setting pages, the store has their four cookies, each with its lifetime."""
    set_all(browser)
    store = browser.store()
    check(store.keys() == STORED.keys(), f"the store has {listed(store)}, and no other")
    for cookie, lifetime in STORED.items():
        rest = store[cookie]
        if lifetime is None:
            check(rest is None, f"{cookie[0]} ends with the session")
        else:
            rest = rest or 0
            check(lifetime - 10 < rest <= lifetime + 1, f"{cookie[0]} ends in {rest:.1f} s of {lifetime}")


def listed(store):
    return ", ".join(f"{name} for {path}" for name, path in sorted(store)) or "nothing"


def paths(browser, _):
    """The path cookie goes to its path and below, and nowhere else."""
    browser.open("/set-path-cookie")
    for path, is_sent in (
        ("/set-path-cookie", True),
        ("/set-path-cookie/below", True),
        ("/", False),
        ("/set-path-cookie-alternate", False),
    ):
        rows = browser.open(path).rows()
        expected = {"path_cookie_name": "path_cookie_value"} if is_sent else {}
        check(rows == expected, f"the path cookie is {'' if is_sent else 'not '}sent to {path}")


def prediction(browser, _):
    """A page predicts what the browser then sends: to `/` and beside the path, to the path and below it."""
    pages = SETTING + ("/set-path-cookie/below", "/nowhere", "/set-cookie", "/delete-cookies", "/", "/set-path-cookie")
    for page in pages:
        check_prediction(browser, page)
    browser.open("/delete-cookies").run("document.cookie = 'mine=1'")
    browser.run("document.cookie = 'cookie_name=other; path=/set-cookie'")
    for page in ("/set-long-lasting-cookie", "/set-path-cookie/below", "/delete-cookies"):
        check_prediction(browser, page)
    browser.run("document.cookie = 'cookie_name=; path=/set-cookie; max-age=0'")
    browser.open("/").run("document.cookie = 'cookie_name=other'")
    browser.run("document.cookie = 'second=2'")
    predicted = browser.open("/set-cookie").predicted()[0]
    sent = browser.open("/").came()
    is_right = (sent == predicted) != browser.moves_changed and sorted(sent) == sorted(predicted)
    check(is_right, f"a cookie whose value changes {'comes last' if browser.moves_changed else 'keeps its place'}: {sent}")


def check_prediction(browser, page):
    to_root, to_path = browser.open(page).predicted()
    sent_to_path = browser.open("/set-path-cookie/below").came()
    if page not in ("/set-path-cookie", "/set-path-cookie/below", "/delete-cookies"):
        # The cookie of that path didn't come with the request, and isn't deleted: the page can't know of it.
        sent_to_path = without_path_cookie(sent_to_path)
    check(to_path == sent_to_path, f"{page} predicts, below the path: {to_path}; sent: {sent_to_path}")
    for path in ("/", "/set-path-cookie-alternate"):
        sent = browser.open(path).came()
        check(to_root == sent, f"{page} predicts, to {path}: {to_root}; sent: {sent}")


def without_path_cookie(line):
    cookie, *others = line.removeprefix("Cookie: ").split("; ")
    if not cookie.startswith("path_cookie_name="):
        return line
    # It has the longest path, so it comes first.
    return "Cookie: " + "; ".join(others) if others else "no cookies"


def expiry(browser, _):
    """The 15-second cookie is sent at first, and not after 16 s."""
    start = time.monotonic()
    browser.open("/set-expiring-cookie")
    check("expiring_cookie_name" in browser.open("/").rows(), "the 15-second cookie is sent at first")
    wait_until(lambda: not browser.open("/").rows(), "the end of the 15-second cookie", 17)
    lived = time.monotonic() - start
    # WebKit counts whole seconds.
    check(14 < lived < 17, f"the 15-second cookie was gone after {lived:.1f} s")


def restart(browser, _):
    """A restart of the browser deletes the session cookies, and no others."""
    browser.open("/set-cookie").open("/set-long-lasting-cookie")
    browser.restart()
    rows = browser.open("/").rows()
    is_right = rows == {"long_cookie_name": "long_cookie_value"}
    check(is_right, f"after a restart the browser sends {', '.join(rows) or 'nothing'}")


def deletion(browser, _):
    """/delete-cookies empties the store."""
    set_all(browser)
    browser.open("/delete-cookies")
    store = browser.store()
    check(store == {}, f"after /delete-cookies the store has {listed(store)}")
