"""Two workers: how evenly do they share the work of busy connections?"""

import select
import socket
import subprocess
import time

from check import check, say, wait_until
from server import BOTH, SHORT_REQUEST, Server, allow_files, read_answer

allow_files(500)
SECONDS = 4
# What the less busy worker has to do at least, as a part of the other's CPU time.
SHARE = 1 / 3
# Requests sent together, so that the workers have more to do than the client here.
BATCH = 16


def during(load, *arguments):
    """The seconds of CPU that each worker takes while `load` runs."""
    before = [server.seconds_of_cpu(worker) for worker in server.workers()]
    load(*arguments)
    return [server.seconds_of_cpu(worker) - then for worker, then in zip(server.workers(), before)]


def describe_shares(seconds):
    return " and ".join(f"{each:.2f}" for each in seconds) + " s of CPU"


def check_shares(seconds, what):
    check(min(seconds) >= max(seconds) * SHARE > 0, f"{what}: {describe_shares(seconds)}")


def ask_with_wrk(connections):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", f"http://localhost:{server.port}/"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def open_slowly(count):
    """Opens connections one after the other, and sends a request on each."""
    clients = []
    for nth in range(count):
        clients.append(server.connect(BOTH[nth % 2]))
        clients[-1].sendall(SHORT_REQUEST)
        read_answer(clients[-1])
        time.sleep(0.01)
    return clients


def keep_busy(clients, seconds):
    """Sends the next requests on each connection as soon as the answers are complete."""
    poller, missing, by_number = select.epoll(), {}, {}
    ignored = bytearray(1024 * 1024)
    for client in clients:
        poller.register(client, select.EPOLLIN)
        by_number[client.fileno()] = client
        missing[client.fileno()] = BATCH * length
        client.sendall(SHORT_REQUEST * BATCH)
    end = time.monotonic() + seconds
    while missing:
        for number, _ in poller.poll():
            # For TCP, MSG_TRUNC means that the kernel throws the bytes away (tcp(7)): this client should do
            # less than a worker.
            count = by_number[number].recv_into(ignored, 0, socket.MSG_TRUNC)
            if not count:
                raise ConnectionError("the server closed a busy connection")
            missing[number] -= count
            if missing[number] == 0 and time.monotonic() < end:
                by_number[number].sendall(SHORT_REQUEST * BATCH)
                missing[number] = BATCH * length
            elif missing[number] == 0:
                del missing[number]


def worker_of(client):
    """The worker that wakes up most often when there are requests on this connection alone."""
    before = [wakeups(worker) for worker in server.workers()]
    for _ in range(5):
        client.sendall(SHORT_REQUEST)
        read_answer(client)
        time.sleep(0.001)
    more = [wakeups(worker) - count for worker, count in zip(server.workers(), before)]
    return more.index(max(more))


def wakeups(worker):
    return server.status("voluntary_ctxt_switches", worker)


def by_worker(clients):
    groups = [[], []]
    for client in clients:
        groups[worker_of(client)].append(client)
    return groups


with Server("--threads", 2) as server:
    # A thread names itself when it first runs.
    wait_until(lambda: len(server.workers()) == 2, "two threads are named worker-…")
    length = server.length_of_an_answer()

    check_shares(during(ask_with_wrk, 32), "32 connections of wrk")

    clients = open_slowly(32)
    check_shares(during(keep_busy, clients, SECONDS), "32 connections opened one after the other")
    for client in clients:
        client.close()

    # The hard case: all busy connections begin on one worker.
    clients = open_slowly(64)
    groups = by_worker(clients)
    say(f"64 connections: {len(groups[0])} at worker-0, {len(groups[1])} at worker-1")
    busy = max(groups, key=len)
    seconds = during(keep_busy, busy, 1)
    say(f"only {len(busy)} of the same worker are busy: {describe_shares(seconds)} in the first second")
    check_shares(during(keep_busy, busy, SECONDS), f"in the next {SECONDS} s")
    groups = by_worker(busy)
    say(f"then {len(groups[0])} of them are at worker-0, {len(groups[1])} at worker-1")
