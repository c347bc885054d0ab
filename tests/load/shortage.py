"""500 clients and too few descriptors; and too few threads for the workers."""

import os
import re
import resource
import subprocess
import time
from statistics import median

from check import check, wait_until
from program import PROGRAM
from server import BOTH, REQUEST, Server, allow_files

allow_files(2000)
CLIENTS = 500
SECONDS = 10
WORKERS = 8


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def few_threads(count):
    """The limit counts all threads of a user, and doesn't hold for root. So root becomes a user of its own."""
    if os.geteuid() == 0:
        os.setgid(60_006)
        os.setuid(60_006)
    else:
        # The child of this process is one of them.
        count += sum(len(os.listdir(f"/proc/{pid}/task")) for pid in own_processes()) - 1
    resource.setrlimit(resource.RLIMIT_NPROC, (count, count))


def own_processes():
    return [pid for pid in os.listdir("/proc") if pid.isdigit() and os.stat(f"/proc/{pid}").st_uid == os.getuid()]


with Server(setup=few_files) as server:
    server.ask_often(20)
    threads, files = server.threads(), server.files()
    clients = []
    for nth in range(CLIENTS):
        client = server.connect(BOTH[nth % 2])
        client.sendall(REQUEST)
        clients.append(client)
    answered = sum(client.recv(65536).startswith(b"HTTP/1.1 200 OK") for client in clients)
    check(answered == CLIENTS, f"64 descriptors: {answered} of {CLIENTS} clients are answered, and keep their connections")

    before, lines = server.seconds_of_cpu(), len(server.notes())
    start = time.monotonic()
    visits = server.ask_often(SECONDS * 10, pause=0.1)
    took, used = time.monotonic() - start, server.seconds_of_cpu() - before
    check(max(visits) < 1000, f"others too, in {median(visits):.2f} ms, at most {max(visits):.1f}")
    check(used < took / 20, f"{used:.2f} s of CPU in {took:.0f} s")
    notes = server.notes()
    check(len(notes) <= took + 1, f"{lines} lines on standard error at first, then {len(notes)}: {notes[:1]}")
    check(server.threads() == threads, f"{server.threads()} threads, {threads} at the start")

    for client in clients:
        client.close()
    wait_until(lambda: server.files() <= files, "the descriptors are closed", 20)
    # The last report of the shortage may have been printed a little later than the visits above.
    server.notes()
    visits = server.ask_often(100)
    check(server.notes() == [], f"all is well when they have left: {median(visits):.2f} ms")

# With 1 there is only the main thread; with the others, some workers start, and some don't.
for count in (1, 2, 4, 8):
    start = time.monotonic()
    process = subprocess.run(
        [PROGRAM, "--port", "0", "--threads", str(WORKERS)],
        preexec_fn=lambda: few_threads(count), capture_output=True, text=True, timeout=20,
    )
    took = time.monotonic() - start
    code, is_told = process.returncode, re.fullmatch(r"cookies: .*thread.*\n", process.stderr)
    check(
        code == 1 and is_told and not process.stdout and took < 1,
        f"{WORKERS} workers, but {count} threads: exit code {code} after {took:.1f} s, {process.stderr!r}",
    )
with Server("--threads", WORKERS, setup=lambda: few_threads(40)) as server:
    wait_until(lambda: len(server.workers()) == WORKERS, f"with 40 threads, {WORKERS} workers start")
    server.ask_often(20)
    check(True, f"with 40 threads, {WORKERS} workers start")
