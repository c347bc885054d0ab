"""A browser, driven as `make browsers` does, with a new profile.

    with_browser.py NAME [PROGRAM DRIVER]    with these, the browser of Debian sid
"""

import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

from selenium.common.exceptions import TimeoutException

from chromium import Chromium
from firefox import Firefox
from sessions import run
from webkit import WebKit

HEAD = """const [url, done] = arguments;
    fetch(url, {method: "HEAD"}).then(() => done(), done);"""


class Client:
    def __init__(self):
        self.browser = engine(SimpleNamespace(url=""))
        self.browser.driver.set_page_load_timeout(10)
        if "restart" in self.browser.unsupported:
            self.restart = None

    def visit(self, method, url):
        try:
            if method == "HEAD":
                # From a page of the same site: there is a 404.
                self.browser.open(urljoin(url, "/a-page-that-sends-a-head"))
                self.browser.driver.execute_async_script(HEAD, url)
            else:
                self.browser.open(url)
        except TimeoutException:
            # Firefox's driver waits for the page of a 204, which has none.
            pass

    def restart(self):
        self.browser.restart()

    def jar(self):
        for cookie in self.browser.driver.get_cookies():
            yield cookie["name"], cookie["path"], cookie.get("expiry")

    def close(self):
        self.browser.__exit__()


def use_sid(engine, program, driver, folder):
    """Selenium starts a driver from one file: so this file starts the driver of Debian sid."""
    file = Path(folder, "driver")
    file.write_text(f'#!/bin/sh\nexec "{Path("../sid").resolve()}" {driver} "$@"\n')
    file.chmod(0o755)
    engine.program, engine.driver_program = program, str(file)


name, *sid = sys.argv[1:]
engine = {engine.name: engine for engine in (Chromium, Firefox, WebKit)}[name]
with tempfile.TemporaryDirectory() as folder:
    if sid:
        use_sid(engine, *sid, folder)
    run(Client)
