"""Prefetch and prerender: the user has clicked no link, so no cookie may be deleted."""

from check import check, wait_until
from keeping import STORED, listed, set_all

LINK = """const link = document.createElement("link");
    link.rel = "prefetch";
    link.href = "/delete-cookies";
    document.head.append(link);"""
RULE = """const rule = document.createElement("script");
    rule.type = "speculationrules";
    rule.textContent = JSON.stringify({prerender: [{urls: ["/delete-cookies"], eagerness: "immediate"}]});
    document.head.append(rule);"""


def prefetch(browser, server):
    """A prefetch of /delete-cookies deletes nothing."""
    check_ahead(browser, server, LINK)


def prerender(browser, server):
    """A prerender of /delete-cookies deletes nothing."""
    check_ahead(browser, server, RULE)


def check_ahead(browser, server, script):
    set_all(browser)
    browser.open("/")
    browser.run(script)
    wait_until(lambda: '"GET /delete-cookies HTTP' in server.log(), "a request ahead of a click")
    wait_until(lambda: '"GET /delete-cookies HTTP/1.1" 503' in server.log(), "its status, 503", 1)
    store = browser.store()
    check(store.keys() == STORED.keys(), f"refused with 503; the store still has {listed(store)}")
