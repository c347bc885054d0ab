"""WebKitGTK's MiniBrowser, driven by WebKitWebDriver; it needs a display."""

import glob
import os
import subprocess
import time

from selenium import webdriver
from selenium.webdriver.webkitgtk.service import Service

from browser import Browser

PROGRAM = next(iter(glob.glob("/usr/lib/*/webkit2gtk-4.1/MiniBrowser")), "MiniBrowser")
SWITCHES = ("--automation", "--enable-page-cache=false", "--features=+LinkPrefetch")


class WebKit(Browser):
    name = "webkit"
    notes = (
        "with its page cache Back shows an old page over plain HTTP, no-store or not: it is off here",
        "it prefetches only if it is told to: LinkPrefetch is on here",
        "its store is what would be sent to a page below /set-path-cookie: the driver tells no more",
        "its console is read from a browser that isn't driven: a driven one is private, and prints nothing",
    )
    cannot = {
        "restart": "a driven WebKit keeps no profile",
        "prerender": "WebKit knows no speculation rules",
    }

    def start(self):
        options = webdriver.WebKitGTKOptions()
        options.binary_location = PROGRAM
        for switch in SWITCHES:
            options.add_argument(switch)
        return webdriver.WebKitGTK(options=options, service=Service("/usr/bin/WebKitWebDriver"))

    def store(self):
        """What is kept: name, path → seconds that are left, `None` until the session ends."""
        # This page gets all of them, and sets none.
        self.open("/set-path-cookie/below")
        return {
            (cookie["name"], cookie["path"]):
                cookie["expiry"] - time.time() if "expiry" in cookie else None
            for cookie in self.driver.get_cookies()
        }

    def complaints(self, address):
        """What the console says of a page: it is printed, with all errors and warnings of the page."""
        switches = ("--enable-write-console-messages-to-stdout=true", "--exit-after-load")
        ended = subprocess.run(
            [PROGRAM, *switches, address],
            env={**os.environ, "HOME": self.profile.name},
            stderr=subprocess.PIPE, text=True, timeout=30, check=True,
        )
        return [line for line in ended.stderr.splitlines() if "CONSOLE" in line]
