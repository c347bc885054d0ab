"""The real program, release build, with the clients and the figures that several scripts need."""

import asyncio
import contextlib
import multiprocessing
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from statistics import median

from program import PROGRAM

BOTH = ("127.0.0.1", "::1")

# A browser's request.
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
SHORT_REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def allow_files(count):
    """Raises the limit of descriptors for this process and its children."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    hard = count if hard != resource.RLIM_INFINITY and hard < count else hard
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
    except ValueError:
        sys.exit(f"This needs {count} descriptors: raise `ulimit -Hn`, or run it as root.")


@contextlib.contextmanager
def in_background(load, *arguments):
    """Runs a function in a process of its own, until the block ends."""
    process = multiprocessing.get_context("fork").Process(target=load, args=arguments)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


class Server:
    """The program on a free port. It is killed when the block ends."""

    def __init__(self, *options, port=0, before=(), setup=None):
        self.process = subprocess.Popen(
            [*before, str(PROGRAM), "--port", str(port), "--quiet", *map(str, options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=setup,
        )
        try:
            first_line = self.process.stdout.readline().decode()
            self.port = int(first_line.rsplit(":", 1)[1].split("/")[0])
        except BaseException:
            self.process.kill()
            raise
        self.pid = self.process.pid
        os.set_blocking(self.process.stderr.fileno(), False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def status(self, key, task=""):
        """A number in /proc/PID/status, or in that of one of its threads."""
        with open(f"/proc/{self.pid}/{task}status") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith(key + ":"))

    def memory(self):
        """Resident, in KiB."""
        return self.status("VmRSS")

    def threads(self):
        return self.status("Threads")

    def files(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def seconds_of_cpu(self, task=""):
        with open(f"/proc/{self.pid}/{task}stat") as stat:
            user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def workers(self):
        """The folders of the worker threads, such as `task/17/`, in the order of their names."""
        folders = {}
        for number in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{number}/comm") as name:
                folders[name.read().strip()] = f"task/{number}/"
        return [folders[name] for name in sorted(folders) if name.startswith("worker-")]

    def notes(self):
        """The lines of standard error since the last call."""
        return (self.process.stderr.read() or b"").decode().splitlines()

    def connect(self, host="127.0.0.1"):
        return socket.create_connection((host, self.port), timeout=20)

    def ask(self, host="127.0.0.1"):
        """An ordinary client's visit: it connects, asks and reads to the end. Returns the seconds it took."""
        start = time.perf_counter()
        with self.connect(host) as client:
            client.sendall(LAST_REQUEST)
            answer = read_to_end(client)
        took = time.perf_counter() - start
        check_answer(answer)
        return took

    def ask_often(self, times, pause=0.0):
        """The milliseconds that each of many visits took, the shortest first."""
        visits = []
        for nth in range(times):
            visits.append(self.ask(BOTH[nth % 2]) * 1000)
            time.sleep(pause)
        return sorted(visits)

    def length_of_an_answer(self):
        """The bytes of an answer to `SHORT_REQUEST`, which are as many each time."""
        with self.connect() as client:
            client.sendall(SHORT_REQUEST)
            return len(read_answer(client))

    def stop(self, number=signal.SIGTERM):
        """Sends a signal. Returns the exit code and the seconds until the program ended."""
        start = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        return code, time.monotonic() - start


def percentile_99(waits):
    return sorted(waits)[len(waits) * 99 // 100]


def describe(waits):
    """Waits in milliseconds, in words."""
    typical, most, longest = median(waits), percentile_99(waits), max(waits)
    return f"{len(waits)} visits, {typical:.2f} ms in the median, 99% within {most:.2f} ms, the longest {longest:.1f} ms"


def read_to_end(client):
    return b"".join(iter(lambda: client.recv(65536), b""))


def read_answer(client):
    answer = b""
    while b"\r\n\r\n" not in answer or len(answer.partition(b"\r\n\r\n")[2]) < length_in(answer):
        piece = client.recv(65536)
        if not piece:
            raise ConnectionError(f"closed after {answer[:200]!r}")
        answer += piece
    check_answer(answer)
    return answer


def check_answer(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    if not head.startswith(b"HTTP/1.1 200 OK\r\n") or int(lengths[0].split(b":")[1]) != len(body):
        raise ConnectionError(f"no whole answer: {answer[:200]!r}")


class Visitor:
    """A client that sends its next request as soon as it has its answer."""

    def __init__(self, host, port, keeps_alive=True, pause=0.0):
        self.host, self.port, self.keeps_alive, self.pause = host, port, keeps_alive, pause
        self.answered = 0
        self.longest = 0.0
        # HTTP allows a server to close a connection before it has sent a byte of the next answer.
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
                    self.failures.append(f"{type(error).__name__} {error} after {begun[:40]!r}")
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
    """The `Content-Length` in a head."""
    name = b"\r\nContent-Length: "
    start = head.index(name) + len(name)
    return int(head[start : head.index(b"\r\n", start)])


async def visit_together(visitors, is_over):
    await asyncio.gather(*(visitor.visit(is_over) for visitor in visitors))
