"""The site that sets the cookies: each visit has a response of its own, and what comes with it is recorded."""

import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, replace

REASONS = {
    103: "Early Hints", 200: "OK", 204: "No Content", 302: "Found", 404: "Not Found", 500: "Internal Server Error",
}


# For a client that takes a 103 for the response, and reads it until the connection is closed.
SECONDS_TO_WAIT = 2


@dataclass(frozen=True)
class Visit:
    """A request that a client is told to send, and the response."""

    path: str = "/"
    # The `Set-Cookie` lines of the response.
    sets: tuple = ()
    status: int = 200
    method: str = "GET"
    host: str = ""
    # The site listens on two ports.
    port: int = 0
    # The `Set-Cookie` lines of a 103 that comes before the response.
    early: tuple = ()
    # The response redirects to the next visit, or has the next visit as an image: a client isn't told to go there.
    redirects: bool = False
    embeds: bool = False
    # The response is the program's.
    is_of_program: bool = False


class Site:
    """Listens on 127.0.0.1 and ::1, on two ports, and answers until the end of its `with` block. Pages of the program
    come from a `program` that runs."""

    def __init__(self, program):
        self.program = program
        # The visits of one session, and what came with each: the values of its `Cookie` lines, in bytes; `None` as
        # long as there was no request.
        self.visits = []
        self.received = []
        self.listeners = []
        self.ports = [self.listen(), self.listen()]

    def listen(self):
        while True:
            first = socket.create_server(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second = socket.create_server(("::1", port), family=socket.AF_INET6)
            except OSError:
                first.close()
                continue
            for listener in (first, second):
                self.listeners.append(listener)
                threading.Thread(target=self.accept, args=(listener,), daemon=True).start()
            return port

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for listener in self.listeners:
            listener.close()

    def begin(self, visits, host):
        """Begins a session. Returns the steps for a driver: no step leads to a visit that the response to the visit
        before leads to."""
        self.visits = [replace(visit, host=visit.host or host) for visit in visits]
        self.received = [None] * len(visits)
        return [
            ("HEAD:" if visit.method == "HEAD" else "") + self.url(visit)
            for visit, before in zip(self.visits, [None, *self.visits])
            if before is None or not (before.redirects or before.embeds)
        ]

    def url(self, visit):
        return f"http://{visit.host}:{self.ports[visit.port]}{visit.path}"

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        """Answers the requests of a connection, until a response says that it is the last one."""
        response, received = b"", b""
        with connection, suppress(TimeoutError, ConnectionError):
            while b"Connection: close" not in response:
                while b"\r\n\r\n" not in received:
                    if not (more := connection.recv(65536)):
                        return
                    received += more
                head, _, received = received.partition(b"\r\n\r\n")
                response = self.response(head, connection.getsockname()[1])
                connection.sendall(response)
                connection.settimeout(SECONDS_TO_WAIT)

    def response(self, head, port):
        first, *lines = head.split(b"\r\n")
        method, target, _ = first.decode("latin-1").split(" ")
        fields = [line.partition(b":") for line in lines]
        # wget2 sends no port here, Ruby and Erlang no brackets.
        host = next(value.strip().decode() for name, _, value in fields if name.lower() == b"host")
        request = (method, host.removesuffix(f":{port}").strip("[]"), port, target)
        for nth, visit in enumerate(self.visits):
            expected = (visit.method, visit.host.strip("[]"), self.ports[visit.port], visit.path)
            if self.received[nth] is None and request == expected:
                self.received[nth] = [value.strip() for name, _, value in fields if name.lower() == b"cookie"]
                return self.relayed(head) if visit.is_of_program else self.response_of(nth)
        # An icon, for example. Without a body a browser would show a page of its own.
        return head_of(404, [], ["Content-Type: text/plain", "Content-Length: 4", "Connection: close"]) + b"none"

    def relayed(self, head):
        with socket.create_connection(("127.0.0.1", self.program.port), timeout=30) as program:
            program.sendall(head + b"\r\nConnection: close\r\n\r\n")
            return b"".join(iter(lambda: program.recv(65536), b""))

    def response_of(self, nth):
        visit = self.visits[nth]
        early = head_of(103, visit.early) if visit.early else b""
        body = b"" if visit.status == 204 else b"<!doctype html><title>A visit</title><p>A visit."
        lines = ["Cache-Control: no-store"]
        # A client that takes a 103 for the response can't know that the connection ends.
        lines += [] if visit.early else ["Connection: close"]
        if visit.embeds:
            body += f'<img src="{self.url(self.visits[nth + 1])}" alt="">'.encode()
        if visit.redirects:
            lines.append(f"Location: {self.url(self.visits[nth + 1])}")
        if visit.status != 204:
            lines += ["Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}"]
        return early + head_of(visit.status, visit.sets, lines) + (b"" if visit.method == "HEAD" else body)


def head_of(status, set_cookies, lines=()):
    lines = [f"HTTP/1.1 {status} {REASONS[status]}", *lines, *(f"Set-Cookie: {line}" for line in set_cookies)]
    return "\r\n".join([*lines, "", ""]).encode()


def pairs_of(lines):
    """The cookie-pairs of `Cookie` lines as text: UTF-8, with escapes such as \\xff for other bytes. What RFC 2965
    adds to them is left out: `$Path="/"`, and the quotes of Java."""
    line = text_of(lines)
    pairs = [pair for pair in re.split("; ?", line) if pair and not pair.startswith("$")]
    return [re.sub('="(.*)"$', r"=\1", pair) for pair in pairs] if line.startswith('$Version="1"') else pairs


def text_of(lines):
    return b"; ".join(lines).decode("utf-8", "backslashreplace")
