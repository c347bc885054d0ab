"""Two workers, and 64 clients that send the next request as soon as they have their answer."""

import asyncio
import re
import subprocess
import time

from check import check
from server import BOTH, Server, Visitor, visit_together

CLIENTS = 64
WORKERS = 2
SECONDS = 10

with Server("--threads", WORKERS) as server:
    threads = server.threads()
    visitors = [Visitor(BOTH[nth % 2], server.port) for nth in range(CLIENTS)]
    end = time.monotonic() + SECONDS
    asyncio.run(visit_together(visitors, lambda: time.monotonic() > end))
    answered = [visitor.answered for visitor in visitors]
    failures = [failure for visitor in visitors for failure in visitor.failures]
    longest = max(visitor.longest for visitor in visitors)
    refused = sum(visitor.refused for visitor in visitors)
    closed = sum(visitor.closed_while_idle for visitor in visitors)
    figure = f"{sum(answered)} answers, each client got {min(answered)} to {max(answered)}"
    is_served = min(answered) > 0 and not failures and not refused
    check(is_served, f"{WORKERS} workers, {CLIENTS} clients: {figure} {failures[:1]}")
    check(longest < 1, f"the longest wait was {longest * 1000:.0f} ms")
    check(closed == 0, f"{closed} reused connections were closed before an answer")
    check(server.threads() == threads, f"{server.threads()} threads, {threads} at the start")

    # wrk asks as fast as the server answers.
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", "--latency", f"http://127.0.0.1:{server.port}/"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    requests = re.search(r"(\d+) requests in", report).group(1)
    longest = re.search(r"Latency +\S+ +\S+ +(\S+)", report).group(1)
    errors = re.search(r"Socket errors.*|Non-2xx.*", report)
    check(not errors, f"wrk: {requests} answers {errors.group() if errors else ''}")
    check(longest.endswith("ms") or longest.endswith("us"), f"the longest wait was {longest}")
