"""Too few descriptors, then too few threads, and 500 clients."""

import os
import resource
import time
from statistics import median

from check import check, wait_until
from server import BOTH, REQUEST, Server, allow_files

allow_files(2000)
CLIENTS = 500
SECONDS = 10


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def few_threads():
    # The limit counts all threads of a user, and not for root; so it needs a user of its own.
    if os.geteuid() == 0:
        os.setgid(60_006)
        os.setuid(60_006)
        resource.setrlimit(resource.RLIMIT_NPROC, (40, 40))
    else:
        threads = sum(len(os.listdir(f"/proc/{pid}/task")) for pid in own_processes())
        resource.setrlimit(resource.RLIMIT_NPROC, (threads + 40, threads + 40))


def own_processes():
    return [pid for pid in os.listdir("/proc") if pid.isdigit() and os.stat(f"/proc/{pid}").st_uid == os.getuid()]


for setup, what in ((few_files, "64 descriptors"), (few_threads, "40 threads")):
    with Server(setup=setup) as server:
        server.ask_often(20)
        threads, files = server.threads(), server.files()
        clients = []
        for nth in range(CLIENTS):
            client = server.connect(BOTH[nth % 2])
            client.sendall(REQUEST)
            clients.append(client)
        answered = sum(client.recv(65536).startswith(b"HTTP/1.1 200 OK") for client in clients)
        check(answered == CLIENTS, f"{what}: {answered} of {CLIENTS} clients are answered that then stay")

        before, lines = server.seconds_of_cpu(), len(server.notes())
        start = time.monotonic()
        visits = server.ask_often(SECONDS * 10, pause=0.1)
        took, used = time.monotonic() - start, server.seconds_of_cpu() - before
        check(max(visits) < 1000, f"others too, in {median(visits):.2f} ms, at most {max(visits):.1f}")
        check(used < took / 20, f"{used:.2f} s of CPU in {took:.0f} s")
        notes = server.notes()
        check(len(notes) <= took + 1, f"{lines} lines on standard error at first, then {len(notes)}: {notes[:1]}")

        for client in clients:
            client.close()
        wait_until(lambda: server.threads() <= threads + 16, "the threads end", 20)
        wait_until(lambda: server.files() <= files, "the descriptors are closed", 20)
        visits = server.ask_often(100)
        check(server.notes() == [], f"all is well when they have left: {median(visits):.2f} ms")
