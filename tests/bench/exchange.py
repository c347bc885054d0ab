"""A client that sends exactly the given bytes and reads whole answers."""

import socket
import sys
import time
from dataclasses import dataclass

from servers import FIELDS, head_of


@dataclass(frozen=True)
class Kind:
    """What a client does."""

    # The heading in the tables.
    name: str
    closes: bool = False
    # How many requests the client sends at once.
    depth: int = 1


KINDS = [Kind("keep-alive"), Kind("close", closes=True), Kind("16 deep", depth=16)]


def ask(server, requests, kind, path):
    """Asks for `path` so many times, with the fields of a browser."""
    head = head_of(path, {**FIELDS, "Connection": "close" if kind.closes else "keep-alive"})
    if not kind.closes:
        return converse(server, [head * kind.depth], requests // kind.depth, kind.depth)
    for _ in range(requests):
        converse(server, [head], 1, is_last=True)


def ask_and_stay(server):
    """Returns the client of a connection that is still open after its answer."""
    client = server.connect()
    client.sendall(head_of("/", FIELDS))
    with client.makefile("rb") as reader:
        read_answer(reader)
    return client


def converse(server, packets, times, answers=1, is_last=False, pause=0):
    """On one connection, `times` times: sends all packets, then reads so many answers."""
    with server.connect() as client, client.makefile("rb") as reader:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(times):
            for packet in packets:
                client.sendall(packet)
                time.sleep(pause)
            for _ in range(answers):
                read_answer(reader)
        if is_last and reader.read():
            sys.exit(f"{server.name} sends more than one answer")


def read_answer(reader):
    status_line, length = reader.readline(), 0
    while (line := reader.readline()).strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = reader.read(length)
    if b" 200 " not in status_line or not body or len(body) < length:
        sys.exit(f"This is not a whole page: {status_line} and {len(body)} bytes of {length}")
