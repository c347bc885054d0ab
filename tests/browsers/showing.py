"""What the pages show: the truth, whatever the way to them, and as text, whatever it is."""

import socket
import time
from urllib.request import urlopen

from check import check
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
    """Back and reload show what is true now."""
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


def hostile(browser, _):
    """A value is text, whatever is in it."""
    browser.open("/")
    title = browser.driver.title
    for value in HOSTILE:
        # WebKit's `document.cookie` takes no value that is not ASCII; its driver does.
        browser.driver.add_cookie({"name": "hostile", "value": value, "path": "/"})
        rows = browser.open("/").rows()
        is_text = rows == {"hostile": value} and browser.driver.title == title
        check(is_text, f"{value} is text")


def console(browser, _):
    """The console is silent."""
    loud = "data:text/html,<title>loud</title><script>throw new Error('heard')</script>"
    check("heard" in "".join(browser.complaints(loud)), "an error is heard in the console")
    said = [message for path in PAGES for message in browser.complaints(browser.url + path)]
    check(not said, f"the console says of the six pages: {'; '.join(said) or 'nothing'}")


def favicon(browser, _):
    """The favicon sets no cookie."""
    with urlopen(browser.url + "/favicon.ico") as answer:
        check(answer.headers["Set-Cookie"] is None, "/favicon.ico sets no cookie")
    browser.open("/")
    fetched = "return fetch('/favicon.ico').then(answer => answer.status)"
    check(browser.run(fetched) == 204, "the browser fetches /favicon.ico")
    check(browser.store() == {}, "and keeps no cookie")


def silent(browser, server):
    """Connections on which nothing is said keep nobody waiting."""
    address = ("localhost", server.port)
    connections = [socket.create_connection(address, timeout=10) for _ in range(8)]
    longest = 0
    for path in PAGES:
        start = time.monotonic()
        browser.open(path)
        longest = max(longest, time.monotonic() - start)
    for connection in connections:
        connection.close()
    check(longest < 2, f"beside eight silent connections every page came within {longest:.2f} s")
