"""The real program, release build, on a free port, and what it wrote."""

import re
import subprocess
import tempfile
from pathlib import Path

from check import wait_until

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/cookies"
FIRST_LINE = re.compile(r"http://\S+/")


class Server:
    """Writes into files, so that it never waits for a reader; ended with the block. Its files go then,
    unless there is a `folder` for them."""

    def __init__(self, *options, folder=None):
        self.temporary = tempfile.TemporaryDirectory()
        self.output = Path(folder or self.temporary.name, "output")
        self.errors = Path(folder or self.temporary.name, "errors")
        with open(self.output, "w") as output, open(self.errors, "w") as errors:
            self.process = subprocess.Popen(
                [str(PROGRAM), "--port", "0", *map(str, options)], stdout=output, stderr=errors
            )
        wait_until(lambda: FIRST_LINE.search(self.log()), "the server's first line")
        self.url = FIRST_LINE.search(self.log())[0].rstrip("/")
        self.port = int(self.url.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """What it writes is whole once it has ended by itself."""
        self.process.terminate()
        self.process.wait(timeout=30)
        self.temporary.cleanup()

    def log(self):
        """Its standard output: where it is, and then a line for each request."""
        return self.output.read_text()

    def notes(self):
        """Its standard error."""
        return self.errors.read_text()
