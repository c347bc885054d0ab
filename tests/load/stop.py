"""SIGTERM and Ctrl-C: the server finishes the requests that have begun, closes idle connections, and ends."""

import asyncio
import os
import signal
import time

from check import check
from limits import limit
from server import (
    BOTH, LAST_REQUEST, REQUEST, Server, Visitor, allow_files, check_answer, read_answer, read_to_end, visit_together
)

allow_files(2000)


def milliseconds_since(start):
    return (time.monotonic() - start) * 1000


async def under_load(server, number):
    """Stops the program while 64 clients keep their connections, and 64 don't."""
    visitors = [Visitor(BOTH[nth % 2], server.port, keeps_alive=nth % 4 < 2) for nth in range(128)]
    visits = asyncio.ensure_future(visit_together(visitors, lambda: False))
    await asyncio.sleep(2)
    code, took = await asyncio.to_thread(server.stop, number)
    await asyncio.wait_for(visits, 20)
    failures = [failure for visitor in visitors for failure in visitor.failures]
    answered = sum(visitor.answered for visitor in visitors)
    closed = sum(visitor.closed_while_idle for visitor in visitors)
    name = signal.Signals(number).name
    check(code == 0 and took < 1, f"{name} under load: exit code {code} after {took * 1000:.0f} ms")
    check(not failures, f"{answered} answers, {len(failures)} failures {failures[:1]}, {closed} closed before they asked")


for number in (signal.SIGTERM, signal.SIGINT):
    with Server() as server:
        asyncio.run(under_load(server, number))


def half_a_request(server):
    """A client that has its answer, and has sent a part of the next request."""
    client = server.connect()
    client.sendall(REQUEST + REQUEST[:100])
    read_answer(client)
    return client


with Server() as server:
    idle, silent, slow = server.connect(), server.connect(BOTH[1]), half_a_request(server)
    idle.sendall(REQUEST)
    read_answer(idle)
    start = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    check(idle.recv(1) == b"" and silent.recv(1) == b"", f"idle ones are closed after {milliseconds_since(start):.0f} ms")
    try:
        server.connect()
        check(False, "the server accepts a new connection")
    except ConnectionRefusedError:
        check(server.process.poll() is None, "new ones are refused while a request is under way")
    slow.sendall(REQUEST[100:])
    answer = read_to_end(slow)
    start = time.monotonic()
    check_answer(answer)
    code = server.process.wait(timeout=20)
    took = milliseconds_since(start)
    check(b"\r\nConnection: close\r\n" in answer and code == 0, f"it is answered, and {took:.0f} ms later all ends")

# A connection that has been silent for STOP_IDLE_TIMEOUT is closed at once; one that was active just before,
# after that time. Half of these clients send a request just before the signal.
with Server() as server:
    clients = [server.connect(BOTH[nth % 2]) for nth in range(500)]
    silence = limit("STOP_IDLE_TIMEOUT")
    time.sleep(silence + 0.05)
    for client in clients[250:]:
        client.sendall(REQUEST)
    for client in clients[250:]:
        read_answer(client)
    start = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    closed = []
    for client in clients:
        if read_to_end(client):
            check(False, "an idle client gets bytes that it didn't ask for")
        closed.append(milliseconds_since(start))
    code = server.process.wait(timeout=20)
    took = milliseconds_since(start)
    check(closed[249] < 400 * silence, f"250 idle clients are closed within {closed[249]:.0f} ms")
    check(closed[499] < 2000 * silence, f"250 that were active just before are closed within {closed[499]:.0f} ms")
    check(code == 0 and took < 2000 * silence, f"exit code {code} after {took:.0f} ms")

# SIGSTOP keeps the server from accepting: these clients are in the backlog when SIGTERM comes.
with Server() as server:
    server.ask()
    server.process.send_signal(signal.SIGSTOP)
    clients = [server.connect(BOTH[nth % 2]) for nth in range(200)]
    for nth, client in enumerate(clients):
        client.sendall(REQUEST if nth % 4 < 2 else LAST_REQUEST)
    server.process.send_signal(signal.SIGTERM)
    server.process.send_signal(signal.SIGCONT)
    answers = [read_to_end(client) for client in clients]
    for answer in answers:
        check_answer(answer)
    code = server.process.wait(timeout=20)
    closing = sum(b"\r\nConnection: close\r\n" in answer for answer in answers)
    # Some may be accepted before the signal is handled.
    figure = f"{len(answers)} clients in the backlog are answered, {closing} of them with Connection: close"
    check(code == 0, f"{figure}; exit code {code}")

with Server("--grace", 2) as server:
    slow = half_a_request(server)
    code, took = server.stop()
    check(code == 0 and 1.9 < took < 2.5, f"--grace 2: a request that doesn't end is cut off after {took:.1f} s, exit code {code}")

with Server() as server:
    slow, idle = half_a_request(server), server.connect()
    server.process.send_signal(signal.SIGINT)
    check(idle.recv(1) == b"", "the first Ctrl-C closes an idle one")
    code, took = server.stop(signal.SIGINT)
    check(code == 130 and took < 0.2, f"a second Ctrl-C ends it after {took * 1000:.0f} ms, exit code {code}")

# As the first process of a container. The kernel delivers a signal to such a process only if it has a handler.
with Server(before=("unshare", "--map-root-user", "--pid", "--fork", "--kill-child")) as server:
    children = f"/proc/{server.pid}/task/{server.pid}/children"
    child = int(open(children).read())
    server.ask()
    start = time.monotonic()
    os.kill(child, signal.SIGTERM)
    code = server.process.wait(timeout=20)
    check(code == 0, f"as PID 1 it ends after {milliseconds_since(start):.0f} ms, exit code {code}")
