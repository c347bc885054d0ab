"""Each page is valid HTML, according to the Nu HTML checker."""

import shutil
import subprocess
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from check import check
from editing import MISTAKE, NAME, Templates
from keeping import PAGES
from program import ROOT, Server

HOME = ROOT / "target/browsers"
CHECKER = HOME / "node_modules/vnu-jar/build/dist/vnu.jar"
# Without cookies, and with some whose values contain HTML.
COOKIES = {"without": "", "with": """a=1; a=2; b=<script>"'&amp; c=d"""}


def save_pages(folder):
    """Saves each kind of page that the server sends."""
    with Server() as server:
        for path in (*PAGES, "/nowhere"):
            for kind, cookies in COOKIES.items():
                save(server, path, folder / f"{path[1:] or 'index'}-{kind}.html", Cookie=cookies)
        save(server, "/", folder / "405.html", "POST")
        save(server, "/delete-cookies", folder / "503.html", Sec_Purpose="prefetch")
    with Templates() as templates, templates.serve() as server:
        templates.edit(NAME, MISTAKE)
        save(server, "/", folder / "mistake.html")


def save(server, path, file, method="GET", **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    try:
        answer = urlopen(Request(server.url + path, method=method, headers=fields))
    except HTTPError as error:
        answer = error
    with answer:
        file.write_bytes(answer.read())


def markup():
    folder = HOME / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    save_pages(folder)
    files = sorted(folder.iterdir())
    checked = subprocess.run(["java", "-jar", CHECKER, *files], capture_output=True, text=True)
    print(checked.stderr.replace(f"file:{folder}/", "  --   "), end="")
    check(checked.returncode == 0, f"{len(files)} pages are valid HTML")


if __name__ == "__main__":
    markup()
