"""Counts what a server does, by tools that see all of it: callgrind and strace.

A run also starts and ends the server. So there are two, one with more requests than the other: what the
longer one has more, by how many requests it has more, is what a request costs.
"""

import re
from collections import Counter

from scenarios import ONE_CORE
from servers import BUILT, Server

# The servers see one core, and so each of them has one worker: otherwise it is chance who answers.
# nginx has no process beside it either.
ALONE = {"cores": ONE_CORE, "nginx_workers": None}
# A multiple of sixteen each.
FEW, MANY = 160, 1760


def instructions(name, exchange, few=FEW, many=MANY):
    """Those of the program, in user space, that a request costs. `exchange` takes the server and how
    many requests it is to send."""
    less, more = (total_instructions(name, exchange, requests) for requests in [few, many])
    return {"instructions": (more - less) / (many - few)}


def total_instructions(name, exchange, requests):
    file = BUILT / "callgrind.out"
    callgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={file}"]
    with Server(name, before=callgrind, **ALONE) as server:
        exchange(server, requests)
    return int(re.search(r"^totals: (\d+)", file.read_text(), re.MULTILINE).group(1))


def system_calls(name, exchange):
    """How many of each name a request costs."""
    less, more = (total_calls(name, exchange, requests) for requests in [FEW, MANY])
    return {call: (more[call] - less[call]) / (MANY - FEW) for call in more.keys() | less.keys()}


def total_calls(name, exchange, requests):
    file = BUILT / "strace.out"
    with Server(name, before=["strace", "-f", "-c", "-o", file], **ALONE) as server:
        exchange(server, requests)
    # % time, seconds, microseconds per call, calls, perhaps errors, name
    rows = re.findall(r"^ *[\d.]+ +[\d.]+ +\d+ +(\d+) .*?(\w+)$", file.read_text(), re.MULTILINE)
    return Counter({call: int(count) for count, call in rows if call != "total"})
