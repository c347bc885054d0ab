"""Two clients that send requests without end, and 64 that wait for each answer."""

import asyncio
import contextlib
import multiprocessing
import re
import socket
import subprocess
import threading
import time
from statistics import median

from check import check, say
from server import BOTH, SHORT_REQUEST, Server, Visitor, visit_together

CLIENTS = 64
ROUNDS = 9
SECONDS = 2
# Milliseconds that an ordinary client may wait.
LONGEST_WAIT = 30


def ask_without_end(host, port, received):
    """Never waits for an answer: one thread sends requests as fast as the server takes them, and another
    reads. Both spend their time in the kernel."""

    def send():
        while True:
            client.sendall(SHORT_REQUEST * 100)

    client = socket.create_connection((host, port))
    buffer = bytearray(1024 * 1024)
    threading.Thread(target=send, daemon=True).start()
    while count := client.recv_into(buffer):
        received.value += count


@contextlib.contextmanager
def two_greedy_clients(port):
    """Yields the count of bytes that each has received, in memory that it shares with its process."""
    context = multiprocessing.get_context("fork")
    counts = [context.Value("Q", 0, lock=False) for _ in BOTH]
    arguments = [(host, port, count) for host, count in zip(BOTH, counts)]
    processes = [context.Process(target=ask_without_end, args=each) for each in arguments]
    for process in processes:
        process.start()
    try:
        yield counts
    finally:
        for process in processes:
            process.kill()
            process.join()


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def longest_wait(port):
    """The longest wait of 64 clients of wrk, and how many answers they got. One thread of wrk is enough:
    it is faster than the server."""
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", f"http://localhost:{port}/"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Socket errors.*|Non-2xx.*", report)
    if errors:
        check(False, errors[0])
    longest = re.search(r"Latency +\S+ +\S+ +(\S+)", report)[1]
    return milliseconds(longest), int(re.search(r"(\d+) requests in", report)[1])


def rounds(port, count):
    waits, answers = zip(*(longest_wait(port) for _ in range(count)))
    return waits, sum(answers) / SECONDS / count


with Server() as server:
    answer = server.length_of_an_answer()
    waits, rate = rounds(server.port, 2)
    say(f"64 ordinary clients alone: {rate:.0f} answers a second, the longest wait {median(waits):.1f} ms")
    with two_greedy_clients(server.port) as counts:
        waits, rate = rounds(server.port, ROUNDS)
        greedy = [count.value / answer / SECONDS / ROUNDS for count in counts]
        say(f"beside two greedy ones, which get {greedy[0]:.0f} and {greedy[1]:.0f} a second: {rate:.0f} a second")
        figure = f"the longest wait in {ROUNDS} rounds is {median(waits):.1f} ms in the median, {max(waits):.1f} at most"
        check(median(waits) <= LONGEST_WAIT, figure)
        check(min(greedy) > 0 and sum(greedy) > rate, "each greedy client gets answers, both together most of them")

        # wrk doesn't count the answers of each of its clients. These are slower, but count them.
        visitors = [Visitor(BOTH[nth % 2], server.port) for nth in range(CLIENTS)]
        end = time.monotonic() + SECONDS
        asyncio.run(visit_together(visitors, lambda: time.monotonic() > end))
        answered = [visitor.answered for visitor in visitors]
        failures = [failure for visitor in visitors for failure in visitor.failures]
        check(min(answered) > 0 and not failures, f"each ordinary client gets {min(answered)} to {max(answered)} answers")
