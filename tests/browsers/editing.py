"""What one sees while editing the template: each change at once, and where a mistake is."""

import shutil
import tempfile
from pathlib import Path

from check import check, wait_until
from program import ROOT, Server

HEADING = "<h1>Cookies:</h1>"
NAME, MISTAKE = "<< title >>", "<< titel >>"
WRONG = "titel"


class Templates:
    """A folder with a copy of the template, to be edited; removed with the block."""

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
        """The file is the original with this change."""
        assert old in self.original, old
        self.file.write_text(self.original.replace(old, new, 1))

    def place_of(self, text):
        """Where the text is in the file: its line and column, and that whole line."""
        before = self.file.read_text().partition(text)[0]
        line = before.count("\n") + 1
        return line, len(before) - before.rfind("\n"), self.file.read_text().splitlines()[line - 1]


def editing(browser, _):
    """What is edited shows up at the next reload; a mistake with its place; a mended page heals."""
    with Templates() as templates, templates.serve() as server:
        browser.url = server.url
        browser.open("/")
        templates.edit(HEADING, "<h1>Biscuits:</h1>")
        browser.driver.refresh()
        check(heading(browser) == "Biscuits:", "an edited heading shows up at a reload")

        templates.edit(NAME, MISTAKE)
        browser.driver.refresh()
        page = browser.run("return document.querySelector('pre').textContent")
        show_mistake(page, *templates.place_of(WRONG))
        check(page in server.notes(), "the terminal shows the same")
        wait_until(lambda: '"GET / HTTP/1.1" 500 ' in server.log(), "the status 500")

        templates.edit(HEADING, HEADING)
        browser.driver.refresh()
        check(heading(browser) == "Cookies:", "a mended template heals the page")


def heading(browser):
    return browser.run("return document.querySelector('h1').textContent")


def show_mistake(page, line, column, source):
    """The place; the line; and a caret below the mistake."""
    place = f"template.html:{line}:{column}"
    check(place in page, f"a mistake shows its place, {place}")
    shown, below = page.splitlines()[-2:]
    check(shown.endswith(source), f"its line:  {shown}")
    is_below = set(below) <= set(" |^") and below.index("^") == shown.index(WRONG)
    check(is_below, f"a caret:   {below}")
