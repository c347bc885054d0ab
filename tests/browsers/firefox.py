"""Firefox, driven by geckodriver, with scripts in its privileged context."""

import time

from selenium import webdriver
from selenium.webdriver.firefox.service import Service

from browser import Browser
from program import ROOT

# A deleted cookie may stay in the list until Firefox purges it: it is empty, has expired some milliseconds
# ago, and is never sent.
STORE = """return Services.cookies.cookies
    .filter(cookie => cookie.isSession || cookie.expiry > Date.now())
    .map(cookie => [cookie.name, cookie.path, cookie.isSession ? null : cookie.expiry])"""

# Only the messages about pages: the browser's own code logs others.
CONSOLE_MESSAGES = """return Services.console.getMessageArray()
    .filter(message => message instanceof Ci.nsIScriptError && !message.isFromChromeContext)
    .map(message => message.errorMessage)"""


class Firefox(Browser):
    name = "firefox"
    keeps_pages = False
    program = "/usr/bin/firefox-esr"
    driver_program = str(ROOT / "target/browsers/bin/geckodriver")
    unsupported = {"prerender": "Firefox doesn't support speculation rules"}

    def start(self):
        options = webdriver.FirefoxOptions()
        options.binary_location = self.program
        for argument in ("-headless", "-profile", self.profile.name):
            options.add_argument(argument)
        service = Service(self.driver_program, service_args=["--allow-system-access"])
        return webdriver.Firefox(options=options, service=service)

    def run_privileged(self, script):
        """Runs a script with the privileges of the browser itself."""
        with self.driver.context("chrome"):
            return self.driver.execute_script(script)

    def store(self):
        """All cookies: name, path → the seconds until it expires, `None` for a session cookie."""
        return {
            (name, path): expiry and expiry / 1000 - time.time()
            for name, path, expiry in self.run_privileged(STORE)
        }

    def console_messages(self, address):
        """The console messages of a page, which the privileged context can read."""
        self.run_privileged("Services.console.reset()")
        self.driver.get(address)
        return self.run_privileged(CONSOLE_MESSAGES)
