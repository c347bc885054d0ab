"""WebKitGTK's MiniBrowser, driven by WebKitWebDriver; it needs a display."""

import glob
import os
import subprocess
import time

from selenium import webdriver
from selenium.webdriver.webkitgtk.service import Service

from browser import Browser

PROGRAM = next(iter(glob.glob("/usr/lib/*/webkit2gtk-4.1/MiniBrowser")), "MiniBrowser")
SWITCHES = ("--automation", "--features=+LinkPrefetch")


class WebKit(Browser):
    name = "webkit"
    program = PROGRAM
    driver_program = "/usr/bin/WebKitWebDriver"
    notes = (
        "LinkPrefetch is on: by default, it doesn't prefetch",
        "its store is read as the cookies for a page below /set-path-cookie: the driver shows no others",
        "its console is read from a browser without a driver: with a driver, it is private and prints nothing",
    )
    unsupported = {
        "restart": "with its driver, WebKit stores no profile",
        "prerender": "WebKit doesn't support speculation rules",
    }

    def start(self):
        options = webdriver.WebKitGTKOptions()
        options.binary_location = self.program
        for switch in SWITCHES:
            options.add_argument(switch)
        return webdriver.WebKitGTK(options=options, service=Service(self.driver_program))

    def store(self):
        """All cookies: name, path → the seconds until it expires, `None` for a session cookie."""
        # This page gets all cookies, and sets none.
        self.open("/set-path-cookie/below")
        return {
            (cookie["name"], cookie["path"]):
                cookie["expiry"] - time.time() if "expiry" in cookie else None
            for cookie in self.driver.get_cookies()
        }

    def console_messages(self, address):
        """The console messages of a page, which WebKit prints with its errors and warnings."""
        switches = ("--enable-write-console-messages-to-stdout=true", "--exit-after-load")
        ended = subprocess.run(
            [PROGRAM, *switches, address],
            env={**os.environ, "HOME": self.profile.name},
            stderr=subprocess.PIPE, text=True, timeout=30, check=True,
        )
        return [line for line in ended.stderr.splitlines() if "CONSOLE" in line]
