"""What clients do, and how many answers per second a server gives them: measured by wrk."""

import os
import re
import subprocess
from dataclasses import dataclass

from servers import FIELDS, HERE

ALL_CORES = os.sched_getaffinity(0)
ONE_CORE = {min(ALL_CORES)}
TWO_CORES = set(sorted(ALL_CORES)[:2])


@dataclass(frozen=True)
class Scenario:
    # The heading in the tables.
    name: str
    connections: int
    closes: bool = False
    is_pipelined: bool = False

    def cores(self):
        """A single client waits while the server works, and the other way round. On two cores, the
        measurement would show how long it takes to wake up the other core. So they share one."""
        return ONE_CORE if self.connections == 1 else ALL_CORES


SCENARIOS = [
    Scenario("1", 1),
    Scenario("16", 16),
    Scenario("64", 64),
    Scenario("256", 256),
    Scenario("1,024", 1024),
    Scenario("close 1", 1, closes=True),
    Scenario("close 16", 16, closes=True),
    Scenario("close 64", 64, closes=True),
    Scenario("16 deep", 16, is_pipelined=True),
]
QUICK = ["1", "64", "close 16", "16 deep"]


@dataclass(frozen=True)
class Result:
    per_second: float
    per_second_of_cpu: float
    # In wrk's words; empty if there were none.
    errors: str


def measure(server, scenario, seconds):
    """Runs wrk for so many seconds."""
    server.pin(scenario.cores())
    cpu = server.seconds_of_cpu()
    report = run_wrk(server.port, scenario, seconds, scenario.cores())
    cpu = server.seconds_of_cpu() - cpu
    server.pin(ALL_CORES)
    per_second = float(re.search(r"Requests/sec: +([\d.]+)", report).group(1))
    errors = re.findall(r"Socket errors: (.*)|(Non-2xx.*)", report)
    # The kernel counts CPU time in ticks of 10 ms.
    return Result(per_second, answers_in(report) / max(cpu, 0.01), "; ".join(map("".join, errors)))


def answers_in(report):
    return int(re.search(r"(\d+) requests in", report).group(1))


def run_wrk(port, scenario, seconds, cores):
    """Returns wrk's report."""
    fields = {**FIELDS, "Connection": "close"} if scenario.closes else FIELDS
    command = [
        "wrk",
        f"-t{min(scenario.connections, len(cores))}",
        f"-c{scenario.connections}",
        f"-d{seconds}s",
        *(f"-H{name}: {value}" for name, value in fields.items()),
        *(["-s", HERE / "pipelined.lua"] if scenario.is_pipelined else []),
        f"http://127.0.0.1:{port}/set-cookie",
    ]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    ).stdout
