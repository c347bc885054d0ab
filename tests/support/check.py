"""What a script prints: figures that are as promised or not, and what can't be checked."""

import sys
import time


def check(is_met, figure):
    """Prints a figure, and ends with an error if it is not as promised."""
    print(f"  {'ok  ' if is_met else 'FAIL'} {figure}", flush=True)
    if not is_met:
        sys.exit(1)


def say(sentence):
    """Prints what can't be checked here, or what was seen without being promised."""
    print(f"  --   {sentence}", flush=True)


def wait_until(is_so, what, seconds=10):
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            check(False, f"{what}: not within {seconds} s")
        time.sleep(0.01)
