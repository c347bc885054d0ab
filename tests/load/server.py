"""The real program, release build, and what its clients do to it."""

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
import time

from program import PROGRAM

BOTH = ("127.0.0.1", "::1")

# What a browser sends.
REQUEST = (
    b"GET / HTTP/1.1\r\n"
    b"Host: localhost\r\n"
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36\r\n"
    b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    b"Accept-Language: en-GB,en;q=0.9\r\n"
    b"Accept-Encoding: gzip, deflate, br\r\n"
    b"Cookie: cookie_name=cookie_value; long_cookie_name=long_cookie_value\r\n"
    b"\r\n"
)
LAST_REQUEST = REQUEST[:-2] + b"Connection: close\r\n\r\n"


def allow_files(count):
    """Raises the limit of descriptors, for this process and those it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    hard = count if hard != resource.RLIM_INFINITY and hard < count else hard
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
    except ValueError:
        sys.exit(f"This needs {count} descriptors: raise `ulimit -Hn`, or run it as root.")


class Server:
    """The program on a free port; ended with the block."""

    def __init__(self, *options, port=0, before=(), setup=None):
        self.process = subprocess.Popen(
            [*before, str(PROGRAM), "--port", str(port), "--quiet", *map(str, options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=setup,
        )
        first_line = self.process.stdout.readline().decode()
        self.port = int(first_line.rsplit(":", 1)[1].split("/")[0])
        self.pid = self.process.pid
        os.set_blocking(self.process.stderr.fileno(), False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def status(self, key):
        with open(f"/proc/{self.pid}/status") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith(key + ":"))

    def memory(self):
        """Resident, in KiB."""
        return self.status("VmRSS")

    def threads(self):
        return self.status("Threads")

    def files(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def seconds_of_cpu(self):
        with open(f"/proc/{self.pid}/stat") as stat:
            user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def notes(self):
        """The lines of standard error since the last time."""
        return (self.process.stderr.read() or b"").decode().splitlines()

    def connect(self, host="127.0.0.1"):
        return socket.create_connection((host, self.port), timeout=20)

    def ask(self, host="127.0.0.1"):
        """A visit of an ordinary client; returns how long it took."""
        start = time.perf_counter()
        with self.connect(host) as client:
            client.sendall(LAST_REQUEST)
            answer = b"".join(iter(lambda: client.recv(65536), b""))
        took = time.perf_counter() - start
        check_answer(answer)
        return took

    def ask_often(self, times, pause=0.0):
        """How long each of many visits took, in milliseconds, the shortest first."""
        visits = []
        for nth in range(times):
            visits.append(self.ask(BOTH[nth % 2]) * 1000)
            time.sleep(pause)
        return sorted(visits)

    def stop(self, number=signal.SIGTERM):
        """Sends a signal; returns the exit code and how long the end took."""
        start = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        return code, time.monotonic() - start


def check_answer(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    if not head.startswith(b"HTTP/1.1 200 OK\r\n") or int(lengths[0].split(b":")[1]) != len(body):
        raise ConnectionError(f"no whole answer: {answer[:200]!r}")


class Visitor:
    """A client that asks one thing after the other, as HTTP allows it."""

    def __init__(self, host, port, keeps_alive=True, pause=0.0):
        self.host, self.port, self.keeps_alive, self.pause = host, port, keeps_alive, pause
        self.answered = 0
        self.longest = 0.0
        # A connection that is used again may be closed before it carries a byte of an answer.
        self.closed_while_idle = 0
        self.refused = 0
        self.failures = []

    async def visit(self, is_over):
        reader = writer = None
        start = time.monotonic()
        while not is_over():
            is_reused = writer is not None
            try:
                if not is_reused:
                    reader, writer = await asyncio.open_connection(self.host, self.port)
            except OSError:
                self.refused += 1
                return
            try:
                writer.write(REQUEST if self.keeps_alive else LAST_REQUEST)
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(length_in(head))
            except (OSError, asyncio.IncompleteReadError) as error:
                writer.close()
                writer = None
                begun = getattr(error, "partial", b"")
                if not is_reused or begun:
                    self.failures.append(f"{type(error).__name__} {error} behind {begun[:40]!r}")
                else:
                    self.closed_while_idle += 1
                continue
            self.answered += 1
            self.longest = max(self.longest, time.monotonic() - start)
            if b"\r\nConnection: close\r\n" in head:
                writer.close()
                writer = None
            if self.pause:
                await asyncio.sleep(self.pause)
            start = time.monotonic()
        if writer:
            writer.close()


def length_in(head):
    name = b"\r\nContent-Length: "
    start = head.index(name) + len(name)
    return int(head[start : head.index(b"\r\n", start)])


async def visit_together(visitors, is_over):
    await asyncio.gather(*(visitor.visit(is_over) for visitor in visitors))
