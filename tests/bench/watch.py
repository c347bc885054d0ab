"""Counts what a server does, by tools that see all of it: callgrind, strace and perf.

A run also starts and ends the server. So `instructions` and `system_calls` run it twice, with few and with
many requests. A request costs the difference of the two counts, divided by the difference of the requests.
"""

import re
import shutil
import subprocess
from collections import Counter
from statistics import median

from scenarios import ONE_CORE, TWO_CORES, Scenario, answers_in, run_wrk
from servers import BUILT, Server

# The servers see one core, so each of them has one worker: with several, it would be chance which of them
# answers. nginx has no master process either.
ALONE = {"cores": ONE_CORE, "nginx_workers": None}
# Multiples of sixteen.
FEW, MANY = 160, 1760
# Of those that chance decides.
RUNS = 5


def instructions(name, exchange, few=FEW, many=MANY):
    """Of the program, in user space, for each request. `exchange` takes the server and how many requests
    it is to send."""
    less, more = (total_instructions(name, exchange, requests) for requests in [few, many])
    return {"instructions": (more - less) / (many - few)}


def total_instructions(name, exchange, requests):
    file = BUILT / "callgrind.out"
    callgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={file}"]
    with Server(name, before=callgrind, **ALONE) as server:
        exchange(server, requests)
    return int(re.search(r"^totals: (\d+)", file.read_text(), re.MULTILINE).group(1))


def system_calls(name, exchange):
    """For each request, how many of each name."""
    less, more = (total_calls(name, exchange, requests) for requests in [FEW, MANY])
    return {call: (more[call] - less[call]) / (MANY - FEW) for call in more.keys() | less.keys()}


def total_calls(name, exchange, requests):
    file = BUILT / "strace.out"
    with Server(name, before=strace(file), **ALONE) as server:
        exchange(server, requests)
    return calls_by_name(file.read_text())


def system_calls_under_load(name, connections):
    """For each request, how many while wrk keeps so many connections busy. One `epoll_wait` reports several
    of them: how many is chance, so this is the median of some runs. Client and server share two cores, so
    that a machine with more of them counts the same.

    perf counts without slowing the server down, but not every user may use it. Then strace counts. Under
    strace more requests arrive before the next `epoll_wait`, so there are fewer of those."""
    file = BUILT / "calls.out"
    perf = ["perf", "stat", "--field-separator", ",", "--event", "raw_syscalls:sys_enter", "--output", file]
    uses_perf = works(perf)
    figures = []
    for _ in range(RUNS):
        with Server(name, before=perf if uses_perf else strace(file), cores=TWO_CORES) as server:
            # A second has so many requests that the calls of the server's start and end don't show.
            requests = answers_in(run_wrk(server.port, Scenario("", connections), 1, TWO_CORES))
        report = file.read_text()
        total = total_of_perf(report) if uses_perf else calls_by_name(report).total()
        figures.append(total / requests)
    return median(figures)


def total_of_perf(report):
    # count, unit, event, …
    return int(re.search(r"^(\d+),", report, re.MULTILINE).group(1))


def works(tool):
    """Whether this machine has the tool and lets it watch a program."""
    return shutil.which(tool[0]) and subprocess.run([*tool, "true"], capture_output=True).returncode == 0


def strace(file):
    return ["strace", "-f", "-c", "-o", file]


def calls_by_name(report):
    # % time, seconds, microseconds per call, calls, perhaps errors, name
    rows = re.findall(r"^ *[\d.]+ +[\d.]+ +\d+ +(\d+) .*?(\w+)$", report, re.MULTILINE)
    return Counter({call: int(count) for count, call in rows if call != "total"})
