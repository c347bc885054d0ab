"""10,000 clients that stay and say nothing."""

import time
from statistics import median

from check import check, wait_until
from server import BOTH, REQUEST, Server, allow_files

CLIENTS = 10_000
allow_files(CLIENTS + 500)

with Server() as server:
    server.ask_often(100)
    at_rest, threads, files = server.memory(), server.threads(), server.files()

    clients = []
    for nth in range(CLIENTS):
        client = server.connect(BOTH[nth % 2])
        client.sendall(REQUEST)
        clients.append(client)
    for client in clients:
        client.recv(65536)
    with_all = server.memory()

    visits = server.ask_often(1000)
    check(median(visits) < 1, f"{CLIENTS} idle: a new client is answered in {median(visits):.2f} ms, at most {visits[-1]:.1f}")
    each = (with_all - at_rest) / CLIENTS
    check(each <= 25, f"each of them takes {each:.1f} KiB")

    # The clients leave after IDLE_TIMEOUT; until then, nothing happens.
    before = server.seconds_of_cpu()
    time.sleep(5)
    used = server.seconds_of_cpu() - before
    # The clock of the processor has ticks of 10 ms: one may be what comes after the visits.
    check(used < 0.015, f"{used:.2f} s of CPU in 5 s")

    for client in clients:
        client.settimeout(0)
        try:
            is_open = client.recv(1) != b""
        except BlockingIOError:
            is_open = True
        if not is_open:
            check(False, "one of them was closed")
        client.close()
    wait_until(lambda: server.memory() < at_rest + 3 * 1024, "the memory is given back", 20)
    # The parked threads stay.
    check(server.threads() <= threads + 16, f"{server.threads()} threads are left, of {threads} at first")
    check(server.files() <= files, f"{server.files()} descriptors, of {files}")
    check(True, f"{server.memory()} KiB, of {at_rest}")
