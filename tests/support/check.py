"""Prints the results of checks, and ends the script at the first that fails."""

import signal
import sys
import time

# When `timeout` ends a script, its `with` blocks end the programs that they have started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped by SIGTERM"))


def check(is_met, result):
    """Prints a result, and exits with an error if the condition is not met."""
    print(f"  {'ok  ' if is_met else 'FAIL'} {result}", flush=True)
    if not is_met:
        sys.exit(1)


def say(sentence):
    """Prints a note: a check that can't run here, or an observation that is not checked."""
    print(f"  --   {sentence}", flush=True)


def wait_until(is_so, what, seconds=10):
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            check(False, f"{what}: not within {seconds} s")
        time.sleep(0.01)
