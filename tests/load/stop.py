"""SIGTERM and Ctrl-C: what has begun is finished, and nothing else begins."""

import asyncio
import os
import signal
import time

from check import check
from server import BOTH, REQUEST, Server, Visitor, allow_files, check_answer, length_in, visit_together

allow_files(2000)


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
    """A client that has been answered, and has begun another request."""
    client = server.connect()
    client.sendall(REQUEST + REQUEST[:100])
    read_answer(client)
    return client


def read_answer(client):
    answer = b""
    while b"\r\n\r\n" not in answer or len(answer.partition(b"\r\n\r\n")[2]) < length_in(answer):
        answer += client.recv(65536)


with Server() as server:
    idle, silent, slow = server.connect(), server.connect(BOTH[1]), half_a_request(server)
    idle.sendall(REQUEST)
    read_answer(idle)
    start = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    check(idle.recv(1) == b"" and silent.recv(1) == b"", f"idle ones are closed after {(time.monotonic() - start) * 1000:.0f} ms")
    try:
        server.connect()
        check(False, "a new one came in")
    except ConnectionRefusedError:
        check(server.process.poll() is None, "new ones are refused while a request is under way")
    slow.sendall(REQUEST[100:])
    answer = b"".join(iter(lambda: slow.recv(65536), b""))
    start = time.monotonic()
    check_answer(answer)
    code = server.process.wait(timeout=20)
    took = (time.monotonic() - start) * 1000
    check(b"\r\nConnection: close\r\n" in answer and code == 0, f"it is answered, and {took:.0f} ms later all ends")

with Server("--grace", 2) as server:
    slow = half_a_request(server)
    code, took = server.stop()
    check(code == 0 and 1.9 < took < 2.5, f"--grace 2: one that doesn't end is cut after {took:.1f} s, exit code {code}")

with Server() as server:
    slow, idle = half_a_request(server), server.connect()
    server.process.send_signal(signal.SIGINT)
    check(idle.recv(1) == b"", "the first Ctrl-C closes an idle one")
    code, took = server.stop(signal.SIGINT)
    check(code == 130 and took < 0.2, f"a second Ctrl-C ends it after {took * 1000:.0f} ms, exit code {code}")

# As the first process of a container: signals that it doesn't handle would not reach it at all.
with Server(before=("unshare", "--map-root-user", "--pid", "--fork", "--kill-child")) as server:
    children = f"/proc/{server.pid}/task/{server.pid}/children"
    child = int(open(children).read())
    server.ask()
    start = time.monotonic()
    os.kill(child, signal.SIGTERM)
    code = server.process.wait(timeout=20)
    check(code == 0, f"as PID 1 it ends after {(time.monotonic() - start) * 1000:.0f} ms, exit code {code}")
