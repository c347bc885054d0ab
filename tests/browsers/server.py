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
    """Writes into files, so that it never waits for a reader; ended with the block."""

    def __init__(self, *options):
        self.folder = tempfile.TemporaryDirectory()
        self.output = Path(self.folder.name, "output")
        self.errors = Path(self.folder.name, "errors")
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
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def log(self):
        """Its standard output: where it is, and then a line for each request."""
        return self.output.read_text()

    def notes(self):
        """Its standard error."""
        return self.errors.read_text()
