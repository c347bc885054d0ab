"""The servers that are compared: how each is started, and what its processes take."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Modules of the load tests that are used here too.
sys.path += [str(ROOT / "tests/load"), str(ROOT / "tests/support")]
# Everything that a run builds and writes.
BUILT = ROOT / "target/bench"
PROGRAM = ROOT / "target/release/cookies"

# In the order of the tables. `--beside` adds another build of this program, "beside".
NAMES = ["ours", "limit", "hyper", "axum", "actix", "nginx", "http_net", "tiny_http", "rouille", "book", "flask",
         "gunicorn"]
QUICK_NAMES = ["ours", "limit", "hyper", "nginx"]
# They are so much slower that fewer rounds are enough.
SLOW_NAMES = ["tiny_http", "rouille", "book", "flask", "gunicorn"]
# Their answer is constant: only its size is compared with ours.
CONSTANT_NAMES = ["limit", "nginx"]

# What a browser sends, with the cookies of all the tutorial's pages.
COOKIES = [
    "cookie_name=cookie_value",
    "path_cookie_name=path_cookie_value",
    "expiring_cookie_name=expiring_cookie_value",
    "long_cookie_name=long_cookie_value",
]
FIELDS = {
    "Host": "localhost",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.9",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Connection": "keep-alive",
    "Sec-Fetch-Mode": "navigate",
    "Cookie": "; ".join(COOKIES),
}


def command(name, port, program=PROGRAM, nginx_workers="auto"):
    """How to start the server `name`; `program` is a build of this crate. With `nginx_workers` None, nginx
    is a single process."""
    if name in ["ours", "beside"]:
        return [program, "--quiet", "--port", port]
    if name.startswith("limit"):
        mode = "close" if name == "limit_close" else "keep-alive"
        return [BUILT / "release/limit", mode, answer_file(mode), port]
    if name == "nginx":
        return ["nginx", "-e", "stderr", "-c", nginx_conf(port, nginx_workers)]
    if name == "flask":
        return [BUILT / "venv/bin/flask", "--app", HERE / "peers/flask_app.py", "run", "--port", port]
    if name == "gunicorn":
        # Its documentation recommends these numbers. A worker without threads can't keep a connection alive.
        workers, threads = 2 * os.cpu_count() + 1, 2 * os.cpu_count()
        return [BUILT / "venv/bin/gunicorn", "--chdir", HERE / "peers", "--bind", f"127.0.0.1:{port}",
                "--workers", workers, "--threads", threads, "flask_app:app"]
    return [BUILT / "release" / name, port]


def answer_file(mode):
    """The file with our answer, which `limit` repeats."""
    return BUILT / f"answer-{mode}"


def nginx_conf(port, workers):
    folder = BUILT / "nginx"
    folder.mkdir(exist_ok=True)
    length = len(answer_file("keep-alive").read_bytes().partition(b"\r\n\r\n")[2])
    values = {"MASTER": "on" if workers else "off", "WORKERS": workers or 1, "FOLDER": folder, "PORT": port,
              "START": "x" * (length // 2), "END": "x" * (length - length // 2)}
    conf = (HERE / "peers/nginx.conf").read_text()
    for placeholder, value in values.items():
        conf = conf.replace(f"@{placeholder}@", str(value))
    file = folder / "nginx.conf"
    file.write_text(conf)
    return file


class Server:
    """One of the servers, on a free port; stopped at the end of a `with` block. `before` are the words of a
    tool that starts the server and watches it."""

    def __init__(self, name, before=(), cores=None, program=PROGRAM, nginx_workers="auto"):
        self.name = name
        self.port = free_port()
        self.process = subprocess.Popen(
            [str(word) for word in [*before, *command(name, self.port, program, nginx_workers)]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=cores and (lambda: os.sched_setaffinity(0, cores)),
        )
        self.wait_until_it_listens()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def wait_until_it_listens(self):
        deadline = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                return self.connect().close()
            except ConnectionError:
                time.sleep(0.02)
        self.process.kill()
        sys.exit(f"{self.name} does not start:\n{self.process.stderr.read().decode()}")

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def get(self, path, fields):
        """The status, the `Set-Cookie` lines and the body of an answer, as a client library reads it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=fields)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers.get_all("Set-Cookie", []), body

    def processes(self):
        """The process that was started and all below it, the oldest first."""
        found = [self.process.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                # The thread may have ended meanwhile.
                with suppress(FileNotFoundError, ProcessLookupError):
                    found += map(int, children.read_text().split())
        return found

    def seconds_of_cpu(self):
        ticks = 0
        for pid in self.processes():
            user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
            ticks += int(user) + int(system)
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident, in KiB, of all its processes."""
        statuses = [Path(f"/proc/{pid}/status").read_text() for pid in self.processes()]
        return sum(int(status.partition("VmRSS:")[2].split()[0]) for status in statuses)

    def peak(self):
        """The most that has been resident, in KiB, of the process that was started."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0])

    def descriptors(self):
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.processes())

    def pin(self, cores):
        for pid in self.processes():
            for task in os.listdir(f"/proc/{pid}/task"):
                with suppress(ProcessLookupError):
                    os.sched_setaffinity(int(task), cores)

    def stop(self):
        """Ends the server. A tool that watches it as a parent then writes its report."""
        is_watched = self.process.args[0] in ["strace", "perf"]
        # nginx misses a signal that comes just before it begins to wait.
        for _ in range(5):
            with suppress(subprocess.TimeoutExpired, IndexError):
                os.kill(self.processes()[1 if is_watched else 0], signal.SIGTERM)
                self.process.communicate(timeout=4)
                return
        for pid in reversed(self.processes()):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def keep_answers(ours):
    """Writes our answer to the request of the run into files, for the servers with a constant answer."""
    with ours.connect() as client:
        client.sendall(head_of("/set-cookie", {**FIELDS, "Connection": "close"}))
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    answer_file("close").write_bytes(answer)
    answer_file("keep-alive").write_bytes(answer.replace(b"Connection: close\r\n", b"", 1))


def head_of(path, fields):
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode()
