"""10,000 clients that reset their connection: in a request, before its answer, in the answer."""

import socket
import struct
from statistics import median

from check import check, wait_until
from server import BOTH, LAST_REQUEST, REQUEST, Server, allow_files

allow_files(2000)
CLIENTS = 10_000
# `close` sends a reset instead of waiting for what is under way.
RESET = struct.pack("ii", 1, 0)

with Server() as server:
    server.ask_often(20)
    threads, files = server.threads(), server.files()
    for nth in range(CLIENTS):
        client = server.connect(BOTH[nth % 2])
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        client.sendall((REQUEST[: nth % len(REQUEST)], REQUEST, REQUEST * 20, LAST_REQUEST)[nth % 4])
        if nth % 4 and nth % 3 == 0:
            client.recv(100)
        client.close()
    check(server.threads() == threads, f"{CLIENTS} resets: {server.threads()} threads, {threads} at the start")
    wait_until(lambda: server.files() <= files, "the descriptors are closed", 20)
    visits = server.ask_often(100)
    check(max(visits) < 100, f"afterwards a visit takes {median(visits):.2f} ms, at most {max(visits):.1f}")
