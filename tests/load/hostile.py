"""Silent, dripping and greedy clients: how long does an ordinary client wait beside them?"""

import contextlib
import multiprocessing
import os
import resource
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time
from statistics import median

from check import check, say
from server import BOTH, REQUEST, Server, allow_files, describe, in_background, percentile_99, read_answer

allow_files(4000)
SECONDS = 8
# Milliseconds that an ordinary client may wait.
LONGEST_WAIT = 10


def be_silent(port, silent, dripping, connected):
    """Clients that send nothing, and clients that send a byte of a request each second. Each of them connects
    again as soon as the server closes its connection.

    This loop does as little as it can: with asyncio it would connect more slowly than the server closes."""

    def connect(sent):
        client = socket.create_connection((BOTH[connected.value % 2], port))
        connected.value += 1
        poller.register(client, select.EPOLLIN)
        clients[client.fileno()] = [client, sent]

    poller, clients = select.epoll(), {}
    for nth in range(silent + dripping):
        connect(sent=None if nth < silent else 0)
    next_bytes = time.monotonic()
    while True:
        for number, _ in poller.poll(max(0, next_bytes - time.monotonic())):
            # Its end, or a 408.
            client, sent = clients.pop(number)
            client.close()
            connect(sent=None if sent is None else 0)
        if time.monotonic() >= next_bytes:
            next_bytes += 1
            for each in clients.values():
                client, sent = each
                if sent is not None:
                    with contextlib.suppress(OSError):
                        client.send(REQUEST[sent : sent + 1])
                    each[1] = sent + 1


def be_greedy(port, count):
    """Clients that ask without end. Each has always sent the beginning of the next request."""

    def ask(host):
        with socket.create_connection((host, port)) as client:
            client.sendall(REQUEST[:10])
            while True:
                client.sendall(REQUEST[10:] + REQUEST[:10])
                read_answer(client)
                time.sleep(0.02)

    for nth in range(count):
        threading.Thread(target=ask, args=(BOTH[nth % 2],)).start()


def give_way():
    """From now on, this process gets a core only while no other process wants it."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def measure(server, other, what, is_strict=True):
    """How long an ordinary client waits for `server`, and in turn for `other`, which has no hostile clients.

    The hostile clients use the same cores as the server and the ordinary client, and must not be slowed down:
    the faster they are, the harder they are for the server. What the machine adds to a wait shows at the other
    server; the rest is the server's."""
    deadline = time.monotonic() + SECONDS
    waits, waits_for_other = [], []
    while time.monotonic() < deadline:
        waits += server.ask_often(2, pause=0.002)
        waits_for_other += other.ask_often(2, pause=0.002)
    say(f"a server without hostile clients: {describe(waits_for_other)}")
    longest = percentile_99(waits) if is_strict else median(waits)
    check(longest <= LONGEST_WAIT, f"{what}: {describe(waits)}")


def chromium(folder, *arguments, setup=None):
    """A real browser, which opens connections that it doesn't need yet."""
    options = (
        "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --disable-dev-shm-usage"
    )
    command = ["chromium", *options.split(), f"--user-data-dir={folder}", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, process_group=0, preexec_fn=setup
    )


def show_in_chromium(server, other):
    """A page at the first attempt, and visits while the browser stays open."""
    url = f"http://localhost:{server.port}/set-cookie"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, _ = chromium(folder, "--dump-dom", url).communicate(timeout=30)
        check(b"cookie_name=cookie_value" in page, "Chromium shows a page at the first attempt")
        # Chromium needs the same cores to start, so it gives way too.
        browser = chromium(folder, "--remote-debugging-port=0", url, setup=give_way)
        measure(server, other, "with Chromium open beside them")
        os.killpg(browser.pid, signal.SIGTERM)
        browser.wait()


def count():
    """A number that several processes see."""
    return multiprocessing.get_context("fork").Value("Q", 0, lock=False)


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


with Server() as other:
    for silent, dripping, greedy in ((200, 200, 8), (400, 400, 0)):
        with Server() as server:
            threads, files = server.threads(), server.files()
            attack = in_background(be_silent, server.port, silent, dripping, count())
            with attack, in_background(be_greedy, server.port, greedy):
                measure(server, other, f"{silent} silent, {dripping} dripping and {greedy} greedy clients")
                clients, more = silent + dripping + greedy, server.files() - files
                check(more >= clients, f"all {clients} are connected: the server has {more} more descriptors")
                check(server.threads() == threads, f"{server.threads()} threads, {threads} at the start")
                if greedy:
                    show_in_chromium(server, other)

    # With so few descriptors, the server closes connections to make room, and their clients connect again.
    connected = count()
    with Server(setup=few_files) as server, in_background(be_silent, server.port, 200, 200, connected):
        try:
            measure(server, other, "64 descriptors, 200 silent and 200 dripping clients", is_strict=False)
        finally:
            say(f"these clients connected {connected.value // SECONDS} times a second")
        notes = server.notes()
        check(notes, f"the server reported the shortage {len(notes)} times")
