"""What the pages show: the current cookies after any navigation, and every value as text."""

import socket
import time
from urllib.request import urlopen

from check import check, wait_until
from keeping import PAGES

HOSTILE = (
    '<script>document.title="owned"</script>',
    '<img src=x onerror=document.title="owned">',
    '"><svg onload=document.title="owned">',
    "</td></table><h1>owned</h1>",
    "&amp",
    "&lt&#60",
    "'a' \"b\"  c",
    "Příliš žluťoučký kůň 🍪",
)


def history(browser, _):
    """Back and reload show the current cookies."""
    browser.open("/")
    check(browser.rows() == {}, "at first / shows no cookie")
    browser.click("/set-cookie")
    browser.back("/")
    check("cookie_name" in browser.rows(), "Back to / shows the cookie that was set meanwhile")
    browser.click("/delete-cookies")
    browser.back("/")
    check(browser.rows() == {}, "Back to / shows no cookie that was deleted meanwhile")
    browser.run("document.cookie = 'new=1'")
    browser.driver.refresh()
    check(browser.rows() == {"new": "1"}, "a reload shows a cookie that is new")


def expired(browser, _):
    """Back shows no cookie that has expired, even if the browser has kept the page that shows it."""
    browser.open("/set-expiring-cookie")
    end = time.monotonic() + browser.store()["expiring_cookie_name", "/"]
    check("expiring_cookie_name" in browser.open("/").rows(), "at first / shows the 15-second cookie")
    browser.open("/nowhere")
    # Nothing looks into the store meanwhile: Chromium would notice the end, and no longer keep the page.
    # WebKit counts whole seconds, and still sends the cookie during the last one.
    wait_until(lambda: time.monotonic() > end + 2, "the end of the 15-second cookie", 20)
    browser.back("/")
    check(browser.rows() == {}, "Back to / shows no cookie that has expired meanwhile")
    loaded = browser.run("return performance.getEntriesByType('navigation')[0].type")
    if browser.keeps_pages:
        check(loaded == "reload", "the browser had kept the page, which reloaded itself")
    else:
        check(loaded == "back_forward", "the browser had not kept the page")


def hostile(browser, _):
    """Every value is shown as text."""
    browser.open("/")
    title = browser.driver.title
    for value in HOSTILE:
        # WebKit's `document.cookie` takes no value that is not ASCII; its driver does.
        browser.driver.add_cookie({"name": "hostile", "value": value, "path": "/"})
        rows = browser.open("/").rows()
        is_text = rows == {"hostile": value} and browser.driver.title == title
        check(is_text, f"{value} is text")


def console(browser, _):
    """The console has no messages."""
    broken = "data:text/html,<title>broken</title><script>throw new Error('thrown')</script>"
    check("thrown" in "".join(browser.console_messages(broken)), "an error shows in the console")
    messages = [message for path in PAGES for message in browser.console_messages(browser.url + path)]
    check(not messages, f"console messages of the six pages: {'; '.join(messages) or 'none'}")


def favicon(browser, _):
    """The favicon sets no cookie."""
    with urlopen(browser.url + "/favicon.ico") as answer:
        check(answer.headers["Set-Cookie"] is None, "/favicon.ico sets no cookie")
    browser.open("/")
    fetched = "return fetch('/favicon.ico').then(answer => answer.status)"
    check(browser.run(fetched) == 204, "the browser fetches /favicon.ico")
    check(browser.store() == {}, "and stores no cookie")


def silent(browser, server):
    """Idle connections don't delay other clients."""
    address = ("localhost", server.port)
    connections = [socket.create_connection(address, timeout=10) for _ in range(8)]
    longest = 0
    for path in PAGES:
        start = time.monotonic()
        browser.open(path)
        longest = max(longest, time.monotonic() - start)
    for connection in connections:
        connection.close()
    check(longest < 2, f"beside eight idle connections every page loads within {longest:.2f} s")
