"""10,000 clients that tear the connection down: in a request, before its answer, within it."""

import socket
import struct
from statistics import median

from check import check, wait_until
from server import BOTH, LAST_REQUEST, REQUEST, Server, allow_files

allow_files(2000)
CLIENTS = 10_000
AT_ONCE = struct.pack("ii", 1, 0)

with Server("--threads", 8) as server:
    server.ask_often(20)
    files = server.files()
    for nth in range(CLIENTS):
        client = server.connect(BOTH[nth % 2])
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        client.sendall((REQUEST[: nth % len(REQUEST)], REQUEST, REQUEST * 20, LAST_REQUEST)[nth % 4])
        if nth % 4 and nth % 3 == 0:
            client.recv(100)
        client.close()
    check(server.threads() <= 12, f"{CLIENTS} resets: {server.threads()} threads, 4 of them not for clients")
    wait_until(lambda: server.files() <= files, "the descriptors are closed", 20)
    visits = server.ask_often(100)
    check(max(visits) < 100, f"then a visit takes {median(visits):.2f} ms, at most {max(visits):.1f}")
