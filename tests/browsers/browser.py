"""What all browsers have in common: a window on the server's pages."""

import tempfile

from selenium.webdriver.common.by import By

from check import wait_until

ROWS = """return [...document.querySelectorAll("#cookies tbody tr")]
    .map(row => [...row.cells].map(cell => cell.textContent))"""
LINES = """return [...document.querySelectorAll("#set-cookies li code")]
    .map(line => line.textContent)"""


class Browser:
    """An engine with a fresh profile; ended with the block.

    An engine says how it is started (`start`), what it keeps (`store`) and what its console says of a
    page (`complaints`). Which checks it can't go through stands in `cannot`, with the reason; what is
    special about it in `notes`.
    """

    cannot = {}
    notes = ()

    def __init__(self, server):
        self.url = server.url
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.driver = self.start()
        self.driver.set_page_load_timeout(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        self.profile.cleanup()

    def restart(self):
        """Ends the browser as a user does, and starts it with the same profile."""
        self.driver.quit()
        self.driver = self.start()

    def open(self, path):
        self.driver.get(self.url + path)
        return self

    def click(self, path):
        self.driver.find_element(By.CSS_SELECTOR, f'nav a[href="{path}"]').click()
        self.wait_for(path)

    def back(self, path):
        self.driver.back()
        self.wait_for(path)

    def wait_for(self, path):
        there = f"return document.readyState == 'complete' && location.pathname == '{path}'"
        wait_until(lambda: self.run(there), f"the page {path}")

    def run(self, script, *values):
        return self.driver.execute_script(script, *values)

    def rows(self):
        """The cookies that came with the request for this page, as it shows them."""
        return {name: value for name, value in self.run(ROWS)}

    def lines(self):
        """The `Set-Cookie` lines of this page's response, as it shows them."""
        return self.run(LINES)
