"""Chromium, driven by chromedriver, which gives access to the DevTools."""

import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from browser import Browser

# Chromium connects only to the server. Root has no sandbox, and a container little shared memory.
SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --no-proxy-server"
    " --disable-background-networking --disable-component-update --disable-sync --disable-quic"
    " --password-store=basic"
).split()


class Chromium(Browser):
    name = "chromium"
    moves_changed = True

    def start(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for switch in [*SWITCHES, f"--user-data-dir={self.profile.name}"]:
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def store(self):
        """All cookies: name, path → the seconds until it expires, `None` for a session cookie."""
        cookies = self.driver.execute_cdp_cmd("Network.getAllCookies", {})["cookies"]
        return {
            (cookie["name"], cookie["path"]):
                None if cookie["session"] else cookie["expires"] - time.time()
            for cookie in cookies
        }

    def console_messages(self, address):
        """The console messages of a page: chromedriver collects them, and returns each once."""
        self.driver.get_log("browser")
        self.driver.get(address)
        return [entry["message"] for entry in self.driver.get_log("browser")]
