"""Clients that ask for 1,000 pages and don't read them, or read them slowly."""

import socket
import threading
import time

from check import check, say
from limits import limit
from server import BOTH, SHORT_REQUEST, Server, allow_files, check_answer, describe, length_in, percentile_99

allow_files(1000)
PAGES = 1000
# Nobody is cut off yet.
SECONDS = 0.6 * limit("WRITE_TIMEOUT")
# Milliseconds that an ordinary client may wait.
LONGEST_WAIT = 10
# KiB of the server's memory for each slow client.
MOST_MEMORY = 200


class SlowClient:
    def __init__(self, server, host):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.socket(family)
        # A segment as on an Ethernet. With the loopback's segments of 64 KiB, the kernel would take all the
        # pages from the server at once.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1400)
        self.socket.settimeout(5)
        self.socket.connect((host, server.port))
        self.socket.sendall(SHORT_REQUEST * PAGES)
        self.received = bytearray()

    def read(self, count):
        piece = self.socket.recv(count)
        self.received += piece
        return len(piece)

    def read_answers(self, length):
        """Reads all pages as fast as it can."""
        while len(self.received) < length and self.read(1024 * 1024):
            pass


def read_slowly(clients, is_over):
    while not is_over.wait(0.05):
        for client in clients:
            client.read(1024)


def bytes_in_kernel(port):
    """What waits in the kernel, sent by the server or received for its clients."""
    count = 0
    for table in ("tcp", "tcp6"):
        with open(f"/proc/net/{table}") as lines:
            for line in list(lines)[1:]:
                local, remote, _, queues = line.split()[1:5]
                if int(local.rsplit(":", 1)[1], 16) == port:
                    count += int(queues.split(":")[0], 16)
                if int(remote.rsplit(":", 1)[1], 16) == port:
                    count += int(queues.split(":")[1], 16)
    return count


def count_answers(received):
    """How many whole answers these bytes are."""
    count = start = 0
    while start < len(received):
        end_of_head = received.index(b"\r\n\r\n", start) + 4
        end = end_of_head + length_in(received[start:end_of_head])
        check_answer(bytes(received[start:end]))
        start, count = end, count + 1
    return count


with Server() as server:
    server.ask_often(100)
    at_rest, threads, files = server.memory(), server.threads(), server.files()
    length = PAGES * server.length_of_an_answer()

    not_reading = [SlowClient(server, BOTH[nth % 2]) for nth in range(50)]
    reading_slowly = [SlowClient(server, BOTH[nth % 2]) for nth in range(50)]
    clients = not_reading + reading_slowly
    is_over = threading.Event()
    reader = threading.Thread(target=read_slowly, args=(reading_slowly, is_over))
    reader.start()
    waits, memory = [], 0
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        waits += server.ask_often(10, pause=0.002)
        memory = max(memory, server.memory())
    is_over.set()
    reader.join()
    in_kernel, read = bytes_in_kernel(server.port), sum(len(client.received) for client in clients)
    say(f"100 clients asked for {length // 1024} KiB each; the kernel holds {in_kernel // 102_400} KiB of each")
    check(in_kernel + read < 50 * length, "the server still has the greater part of the answers to write")
    check(percentile_99(waits) <= LONGEST_WAIT, f"beside 50 that don't read, and 50 that read slowly: {describe(waits)}")
    each = (memory - at_rest) / len(clients)
    check(each <= MOST_MEMORY, f"each of them takes {each:.1f} KiB of the server's memory at most")
    check(server.threads() <= threads, f"{server.threads()} threads, {threads} at the start")

    start = time.monotonic()
    for client in clients:
        client.read_answers(length)
    took = time.monotonic() - start
    answers = [count_answers(client.received) for client in clients]
    check(set(answers) == {PAGES}, f"then they read {min(answers)} to {max(answers)} whole answers each, in {took:.1f} s")
