"""Chromium, driven by chromedriver, which passes on what the DevTools know."""

import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from browser import Browser

# Nothing goes out but to the server; root has no sandbox, and a container little shared memory.
SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --no-proxy-server"
    " --disable-background-networking --disable-component-update --disable-sync --disable-quic"
    " --password-store=basic"
).split()


class Chromium(Browser):
    name = "chromium"

    def start(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for switch in [*SWITCHES, f"--user-data-dir={self.profile.name}"]:
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def store(self):
        """All that is kept: name, path → seconds that are left, `None` until the session ends."""
        kept = self.driver.execute_cdp_cmd("Network.getAllCookies", {})["cookies"]
        return {
            (cookie["name"], cookie["path"]):
                None if cookie["session"] else cookie["expires"] - time.time()
            for cookie in kept
        }

    def complaints(self, address):
        """What the console says of a page: chromedriver keeps it, and hands it out once."""
        self.driver.get_log("browser")
        self.driver.get(address)
        return [entry["message"] for entry in self.driver.get_log("browser")]
