"""Requests that no client sends, for odd lines in the log."""

import socket

from limits import limit

END = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
TLS_HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200)

# The bytes, and the status of the response.
REQUESTS = [
    (b"nonsense\r\n\r\n", 400),
    (b"\x00\xff\"\\\r\n\r\n", 400),
    (TLS_HELLO, 400),
    (b'GET /"' + END, 404),
    (b'GET /?q=" 200 1"><script>' + END, 400),
    (b'GET /?q="><script>' + END, 200),
    (b"GET /\\x22\\" + END, 404),
    (b"GET /%22%5C%0D%0A%00%25" + END, 404),
    (b"GET /%d%s%h%zz%" + END, 404),
    (b"GET /\xc3\xa9\x1b[2J" + END, 400),
    (b"GET / \x01\x02" + END, 400),
    (b'" 200 1\r\n\r\n', 400),
    (b"PROXY TCP4 192.0.2.1 192.0.2.2 5000 80\r\n", 400),
    (b"GET / HTTP/1.9\r\nHost: a\r\nConnection: close\r\n\r\n", 200),
    (b"GET /#fragment" + END, 400),
    # GoAccess would split a log line of more than 4 KiB into two.
    (b"GET /" + b"a" * (limit("MAX_TARGET_BYTES") - 1) + END, 404),
    (b"GET /" + b"\x01" * limit("MAX_TARGET_BYTES") + END, 400),
    (b"\xff" * limit("MAX_TARGET_BYTES") + END, 400),
    (b"GET /" + b"a" * limit("MAX_TARGET_BYTES") + END, 414),
    (b"GET /" + END[:-2] + b"A: " + b"b" * limit("MAX_HEAD_BYTES") + b"\r\n\r\n", 431),
    (b"BREW /" + END, 501),
    (b"!#$%&'*+-.^_`|~ /" + END, 501),
    (b"CONNECT localhost:80" + END, 405),
    (b"GET http://localhost/set-cookie?a=b" + END, 200),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    (b"GET / HTTP/1.0\r\n\r\n", 200),
    (b"HEAD /" + END, 200),
    (b"OPTIONS *" + END, 204),
    (b"GET /favicon.ico" + END, 204),
]
# A request that never ends.
LATE = (b"GET / HTTP/1.1\r\n", 408)
COUNT = len(REQUESTS) + 1


class Late:
    """The request that never ends: sent at the start of the `with` block, and answered after a timeout."""

    def __init__(self, server):
        self.server = server

    def __enter__(self):
        self.client = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        self.client.sendall(LATE[0])
        return self

    def differences(self):
        return compare(LATE, read_all(self.client))

    def __exit__(self, *_):
        self.client.close()


def differences(server):
    """Sends all requests, half of them over IPv6. Returns the differences from what is expected."""
    found = []
    for nth, request in enumerate(REQUESTS):
        with socket.create_connection((("127.0.0.1", "::1")[nth % 2], server.port), timeout=30) as client:
            client.sendall(request[0])
            client.shutdown(socket.SHUT_WR)
            found += compare(request, read_all(client))
    return found


def read_all(client):
    return b"".join(iter(lambda: client.recv(65536), b""))


def compare(request, answer):
    sent, status = request
    if not answer.startswith(b"HTTP/1.1 %d " % status):
        yield f"{sent[:30]!r}: {answer[:30]!r}, not {status}"
