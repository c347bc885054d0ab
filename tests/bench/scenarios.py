"""What clients do, and how fast a server is with it: measured by wrk."""

import os
import re
import subprocess
from dataclasses import dataclass

from servers import FIELDS, HERE

ALL_CORES = os.sched_getaffinity(0)
ONE_CORE = {min(ALL_CORES)}


@dataclass(frozen=True)
class Scenario:
    # As the tables call it.
    name: str
    connections: int
    closes: bool = False
    is_pipelined: bool = False

    def cores(self):
        """One client waits while the server works, and the other way round. On two cores, what is
        measured is how long it takes to wake one up, so they share one."""
        return ONE_CORE if self.connections == 1 else ALL_CORES


SCENARIOS = [
    Scenario("1", 1),
    Scenario("16", 16),
    Scenario("64", 64),
    Scenario("256", 256),
    Scenario("1,024", 1024),
    Scenario("close 16", 16, closes=True),
    Scenario("close 64", 64, closes=True),
    Scenario("16 deep", 16, is_pipelined=True),
]
QUICK = ["1", "64", "close 16", "16 deep"]


@dataclass(frozen=True)
class Result:
    per_second: float
    per_second_of_cpu: float
    # What went wrong, as wrk says it; empty if nothing did.
    errors: str


def measure(server, scenario, seconds):
    """Lets wrk ask for so many seconds."""
    server.pin(scenario.cores())
    cpu = server.seconds_of_cpu()
    report = subprocess.run(
        wrk(server.port, scenario, seconds),
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, scenario.cores()),
    ).stdout
    cpu = server.seconds_of_cpu() - cpu
    server.pin(ALL_CORES)
    answers = int(re.search(r"(\d+) requests in", report).group(1))
    per_second = float(re.search(r"Requests/sec: +([\d.]+)", report).group(1))
    errors = re.findall(r"Socket errors: (.*)|(Non-2xx.*)", report)
    # The clock of the processor has ticks of 10 ms.
    return Result(per_second, answers / max(cpu, 0.01), "; ".join(map("".join, errors)))


def wrk(port, scenario, seconds):
    fields = {**FIELDS, "Connection": "close"} if scenario.closes else FIELDS
    return [
        "wrk",
        f"-t{min(scenario.connections, len(scenario.cores()))}",
        f"-c{scenario.connections}",
        f"-d{seconds}s",
        *(f"-H{name}: {value}" for name, value in fields.items()),
        *(["-s", HERE / "pipelined.lua"] if scenario.is_pipelined else []),
        f"http://127.0.0.1:{port}/set-cookie",
    ]
