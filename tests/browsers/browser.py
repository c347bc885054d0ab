"""The code that all browser engines share, on top of Selenium."""

import tempfile

from selenium.webdriver.common.by import By

from check import wait_until

ROWS = """return [...document.querySelectorAll("#cookies tbody tr")]
    .map(row => [...row.cells].map(cell => cell.textContent))"""
CAME = """return [...document.querySelectorAll("#cookies p code")].map(line => line.textContent).join("\\n")"""
NEXT = """return [...document.querySelectorAll("#next dd code")].map(line => line.textContent)"""
LINES = """return [...document.querySelectorAll("#set-cookies li code")]
    .map(line => line.textContent)"""


class Browser:
    """A running browser with a fresh profile, ended with its `with` block.

    Each engine is a subclass. It starts the browser (`start`), and reads its cookie store (`store`) and the
    console messages of a page (`console_messages`). `unsupported` has the checks that the engine can't run,
    each with the reason; `notes` has other remarks about it. `keeps_pages` says whether it keeps a page with
    `no-store` in its back/forward cache, `moves_changed` whether it sends a cookie whose value has changed last.
    """

    unsupported = {}
    notes = ()
    keeps_pages = True
    moves_changed = False

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
        """Quits the browser, and starts it with the same profile."""
        self.driver.quit()
        self.driver = self.start()

    def open(self, path):
        self.driver.get(self.url + path)
        return self

    def click(self, path):
        self.driver.find_element(By.CSS_SELECTOR, f'nav a[href="{path}"]').click()
        self.wait_for(path)

    def back(self, path):
        """Goes back, and waits for a new page: one from the back/forward cache is older than the page here."""
        origin = self.run("return performance.timeOrigin")
        self.driver.back()
        self.wait_for(path, origin)

    def wait_for(self, path, after=0):
        """Waits until a page is loaded that is younger than `after`, in milliseconds of the browser's clock."""
        is_loaded = f"""return document.readyState == "complete" && location.pathname == "{path}"
            && performance.timeOrigin > {after}"""
        wait_until(lambda: self.run(is_loaded), f"a new page {path}")

    def run(self, script, *values):
        return self.driver.execute_script(script, *values)

    def rows(self):
        """The cookies of the request, as the page shows them."""
        return {name: value for name, value in self.run(ROWS)}

    def came(self):
        """The `Cookie` line of the request, as the page shows it."""
        return self.run(CAME) or "no cookies"

    def predicted(self):
        """The `Cookie` lines that the page predicts, for `/` and for `/set-path-cookie`."""
        return self.run(NEXT)

    def lines(self):
        """The `Set-Cookie` lines of the response, as the page shows them."""
        return self.run(LINES)
