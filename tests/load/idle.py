"""10,000 clients that were answered, and keep their connections without another request."""

import time
from statistics import median

from check import check, wait_until
from limits import limit
from server import BOTH, REQUEST, Server, allow_files, read_answer

CLIENTS = 10_000
WORKERS = 2
# KiB for each: a thirtieth of what the thread of an idle client took, when each client had one.
MOST_MEMORY = 10.3 / 30
allow_files(CLIENTS + 500)


def connect_and_ask(server, count):
    clients = []
    for nth in range(count):
        client = server.connect(BOTH[nth % 2])
        client.sendall(REQUEST)
        clients.append(client)
    for client in clients:
        read_answer(client)
    return clients


def close(clients):
    for client in clients:
        client.close()


with Server("--threads", WORKERS) as server:
    files = server.files()
    # What the first clients cost, the server keeps for the next.
    close(connect_and_ask(server, 300))
    wait_until(lambda: server.files() <= files, "the first connections are closed")
    at_rest, threads = server.memory(), server.threads()
    check(threads <= WORKERS + 4, f"{threads} threads, {WORKERS} of them workers")

    clients = connect_and_ask(server, CLIENTS)
    with_all = server.memory()

    visits = server.ask_often(1000)
    check(median(visits) < 1, f"{CLIENTS} idle: a new client is answered in {median(visits):.2f} ms, at most {visits[-1]:.1f}")
    each = (with_all - at_rest) / CLIENTS
    check(each <= MOST_MEMORY, f"each of them takes {each:.3f} KiB")
    check(server.threads() == threads, f"{server.threads()} threads")

    # The server closes their connections after IDLE_TIMEOUT, and has nothing to do until then.
    before = server.seconds_of_cpu()
    pause = limit("IDLE_TIMEOUT") / 3
    time.sleep(pause)
    used = server.seconds_of_cpu() - before
    # CPU time is counted in ticks of 10 ms. One of them may be the end of the visits.
    check(used < 0.015, f"{used:.2f} s of CPU in {pause:g} s")

    for client in clients:
        client.settimeout(0)
        try:
            is_open = client.recv(1) != b""
        except BlockingIOError:
            is_open = True
        if not is_open:
            check(False, "one of them was closed")
    close(clients)
    wait_until(lambda: server.files() <= files, "the connections are closed", 20)
    wait_until(lambda: server.memory() <= at_rest + 3 * 1024, "the memory is given back", 20)
    check(server.threads() == threads, f"afterwards {server.threads()} threads")
    check(True, f"{server.memory()} KiB, {at_rest} before; {server.files()} descriptors, {files} before")
