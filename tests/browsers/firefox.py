"""Firefox, driven by geckodriver, and asked in its own context what no page may know."""

import time

from selenium import webdriver
from selenium.webdriver.firefox.service import Service

from browser import Browser
from program import ROOT

# What was deleted may stay in the list until it is swept: empty, over since some milliseconds, and
# never sent.
STORE = """return Services.cookies.cookies
    .filter(cookie => cookie.isSession || cookie.expiry > Date.now())
    .map(cookie => [cookie.name, cookie.path, cookie.isSession ? null : cookie.expiry])"""

# Only what is said of pages: the browser's own parts have complaints of their own.
COMPLAINTS = """return Services.console.getMessageArray()
    .filter(message => message instanceof Ci.nsIScriptError && !message.isFromChromeContext)
    .map(message => message.errorMessage)"""


class Firefox(Browser):
    name = "firefox"
    cannot = {"prerender": "Firefox knows no speculation rules"}

    def start(self):
        options = webdriver.FirefoxOptions()
        options.binary_location = "/usr/bin/firefox-esr"
        for argument in ("-headless", "-profile", self.profile.name):
            options.add_argument(argument)
        service = Service(
            str(ROOT / "target/browsers/bin/geckodriver"),
            service_args=["--allow-system-access"],
        )
        return webdriver.Firefox(options=options, service=service)

    def ask(self, script):
        """Runs a script with the browser's own rights."""
        with self.driver.context("chrome"):
            return self.driver.execute_script(script)

    def store(self):
        """All that is kept: name, path → seconds that are left, `None` until the session ends."""
        return {
            (name, path): expiry and expiry / 1000 - time.time()
            for name, path, expiry in self.ask(STORE)
        }

    def complaints(self, address):
        """What the console says of a page: the browser's own context has its messages."""
        self.ask("Services.console.reset()")
        self.driver.get(address)
        return self.ask(COMPLAINTS)
