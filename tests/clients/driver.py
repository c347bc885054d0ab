"""An engine, and its driver: the program that lets it visit pages."""

import os
import re
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from program import ROOT

HOME = ROOT / "target/clients"
DRIVERS = Path(__file__).parent / "drivers"
SECONDS_FOR_A_SESSION = 90


@dataclass(frozen=True)
class Engine:
    """A cookie engine, and a driver that lets it visit pages as its users do."""

    name: str
    # The driver, and the command whose output has the version.
    command: list
    version_command: list
    # It keeps nothing for `localhost`, so that it is measured with another host.
    host: str = "localhost"
    # The behaviours where its order is random.
    unordered: tuple = ()
    # It needs what only `run --all` installs.
    is_extra: bool = False

    def version(self):
        """The first version that its command prints, or several with commas between them."""
        printed = subprocess.check_output(self.version_command, cwd=DRIVERS, text=True, timeout=60)
        if not (found := re.search(r"\d+\.\d[\w.]*(, \d[\w.]+)*", printed)):
            raise OSError(f"it prints no version: {printed!r}")
        return found[0]


class Failed(Exception):
    """The driver has ended in a session, or has not ended it in time."""


class Driver:
    """A running driver. Each line that it reads is a session with an empty jar: the pages to visit, in order. It
    prints the cookies of its jar, if the engine shows them, and then `end`; or `unable`."""

    def __init__(self, engine):
        self.process = subprocess.Popen(
            engine.command, cwd=DRIVERS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            encoding="utf-8", errors="replace", bufsize=1, start_new_session=True,
        )
        self.errors = []
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """A driver ends with its input."""
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """Kills the driver, and the programs that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def session(self, steps):
        """Returns the lines of the jar, each [name, path, lifetime]; `None` if the driver can't take these steps."""
        timer = threading.Timer(SECONDS_FOR_A_SESSION, self.kill)
        timer.start()
        jar = []
        try:
            print(*steps, file=self.process.stdin, flush=True)
            for line in self.process.stdout:
                match line.split():
                    case ["end"]:
                        return jar
                    case ["unable"]:
                        return None
                    case ["jar", *cookie]:
                        jar.append(cookie)
        except BrokenPipeError:
            pass
        finally:
            timer.cancel()
        raise Failed("".join(self.errors[-5:]).strip())
