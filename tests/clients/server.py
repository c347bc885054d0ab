"""The real program, release build, and the log that it writes."""

import re
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/cookies"
FOLDER = ROOT / "target/clients"
LOG = FOLDER / "access.log"


class Server:
    """The program on a free port; ended with the block."""

    def __enter__(self):
        with open(LOG, "wb") as log, open(FOLDER / "notes.log", "wb") as notes:
            self.process = subprocess.Popen([PROGRAM, "--port", "0"], stdout=log, stderr=notes)
        deadline = time.monotonic() + 20
        while not (greeting := re.search(r"http://localhost:(\d+)/\D", LOG.read_text())):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit("The server doesn't start.")
            time.sleep(0.01)
        self.port = int(greeting[1])
        self.url = f"http://localhost:{self.port}"
        return self

    def __exit__(self, *_):
        """Its log is whole once it has ended."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
