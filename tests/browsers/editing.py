"""Editing the template: each change shows at the next reload, and a mistake with its position."""

import shutil
import tempfile
from pathlib import Path

from check import check, wait_until
from program import ROOT, Server

HEADING = "<h1>Cookies:</h1>"
NAME, MISTAKE = "<< title >>", "<< titel >>"
WRONG = "titel"


class Templates:
    """A folder with a copy of the template, removed with its `with` block."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name, "template.html")
        shutil.copy(ROOT / "templates/template.html", self.file)
        self.original = self.file.read_text()
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def serve(self):
        return Server("--reload", "--templates", self.folder.name)

    def edit(self, old, new):
        """Writes the original with this change."""
        assert old in self.original, old
        self.file.write_text(self.original.replace(old, new, 1))

    def position_of(self, text):
        """The line and the column of the text in the file, and the content of that line."""
        before = self.file.read_text().partition(text)[0]
        line = before.count("\n") + 1
        return line, len(before) - before.rfind("\n"), self.file.read_text().splitlines()[line - 1]


def editing(browser, _):
    """A change shows up at the next reload, and a mistake with its position, until it is fixed."""
    with Templates() as templates, templates.serve() as server:
        browser.url = server.url
        browser.open("/")
        templates.edit(HEADING, "<h1>Biscuits:</h1>")
        browser.driver.refresh()
        check(heading(browser) == "Biscuits:", "an edited heading shows up at a reload")

        templates.edit(NAME, MISTAKE)
        browser.driver.refresh()
        page = browser.run("return document.querySelector('pre').textContent")
        check_mistake(page, *templates.position_of(WRONG))
        check(page in server.notes(), "the terminal shows the same")
        wait_until(lambda: '"GET / HTTP/1.1" 500 ' in server.log(), "the status 500")

        templates.edit(HEADING, HEADING)
        browser.driver.refresh()
        check(heading(browser) == "Cookies:", "a fixed template shows the page again")


def heading(browser):
    return browser.run("return document.querySelector('h1').textContent")


def check_mistake(page, line, column, source):
    """The page shows the position, the line, and a caret below the mistake."""
    position = f"template.html:{line}:{column}"
    check(position in page, f"a mistake shows its position, {position}")
    shown, below = page.splitlines()[-2:]
    check(shown.endswith(source), f"its line:  {shown}")
    is_below = set(below) <= set(" |^") and below.index("^") == shown.index(WRONG)
    check(is_below, f"a caret:   {below}")
