"""Clients that send exactly these bytes and read whole answers, one after the other."""

import socket
import sys
import time
from dataclasses import dataclass

from servers import FIELDS, head_of


@dataclass(frozen=True)
class Kind:
    """What a client does, as the tables call it."""

    name: str
    closes: bool = False
    # So many requests go out in one packet.
    depth: int = 1


KINDS = [Kind("keep-alive"), Kind("close", closes=True), Kind("16 deep", depth=16)]


def ask(server, requests, kind, path):
    """Asks for `path` so many times, like a browser."""
    head = head_of(path, {**FIELDS, "Connection": "close" if kind.closes else "keep-alive"})
    if not kind.closes:
        return converse(server, [head * kind.depth], requests // kind.depth, kind.depth)
    for _ in range(requests):
        converse(server, [head], 1, is_last=True)


def converse(server, packets, times, answers=1, is_last=False, pause=0):
    """On one connection, sends all packets and reads so many answers; that so many times."""
    with server.connect() as client, client.makefile("rb") as reader:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(times):
            for packet in packets:
                client.sendall(packet)
                time.sleep(pause)
            for _ in range(answers):
                read_answer(reader)
        if is_last and reader.read():
            sys.exit(f"{server.name} says more than one answer")


def read_answer(reader):
    status_line, length = reader.readline(), 0
    while (line := reader.readline()).strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = reader.read(length)
    if b" 200 " not in status_line or not body or len(body) < length:
        sys.exit(f"This is no whole page: {status_line} and {len(body)} bytes of {length}")
