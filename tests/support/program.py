"""Runs the release build of the program on a free port, and reads its output."""

import re
import subprocess
import tempfile
from pathlib import Path

from check import wait_until

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/cookies"
FIRST_LINE = re.compile(r"http://\S+/")


class Server:
    """The running program, terminated at the end of its `with` block. It writes into files, so that it never
    waits for a reader; they are deleted at the end, unless they are in a given `folder`."""

    def __init__(self, *options, folder=None):
        self.temporary = tempfile.TemporaryDirectory()
        self.output = Path(folder or self.temporary.name, "output")
        self.errors = Path(folder or self.temporary.name, "errors")
        with open(self.output, "w") as output, open(self.errors, "w") as errors:
            self.process = subprocess.Popen(
                [str(PROGRAM), "--port", "0", *map(str, options)], stdout=output, stderr=errors
            )
        try:
            wait_until(lambda: FIRST_LINE.search(self.log()), "the server's first line")
        except BaseException:
            self.process.kill()
            raise
        self.url = FIRST_LINE.search(self.log())[0].rstrip("/")
        self.port = int(self.url.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Waits until the program has ended, so that its output is complete."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.temporary.cleanup()

    def log(self):
        """Standard output: its address, then a line for each request."""
        return self.output.read_text()

    def notes(self):
        """Standard error."""
        return self.errors.read_text()
