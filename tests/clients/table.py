"""The table of clients: version, what was run, and the result."""

import re
from pathlib import Path
from subprocess import run

README = Path("README.md")
BETWEEN_MARKERS = re.compile("(?<=<!-- table -->\n).*(?=<!-- end -->)", re.DOTALL)


class Table:
    def __init__(self):
        self.rows = ["| Client | Version | What was run | Result |", "| --- | --- | --- | --- |"]
        self.remarks = []
        self.has_failed = False

    def add(self, client, version, what, differences, remark=""):
        print(f"  {'FAIL' if differences else 'ok  '} {client}: {what}", *differences, sep="\n       ", flush=True)
        result = "FAIL" if differences else "ok, but see below" if remark else "ok"
        self.rows.append(f"| {client} | {version} | {what} | {result} |")
        if remark:
            self.remarks.append(f"- **{client}**: {remark}")
        self.has_failed |= bool(differences)

    def __str__(self):
        return "\n".join([*self.rows, "", *self.remarks]) + "\n"

    def write(self):
        README.write_text(BETWEEN_MARKERS.sub(lambda _: str(self), README.read_text()))


def version(command):
    """The first version that this command prints, or two if they are separated by a comma."""
    printed = run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    return re.search(r"\d+\.\d[\w.+]*\w(, \d[\w.]+\w)?|\d+\.\d+", printed)[0]
