"""Eight threads, and more clients than that who make them wait, for as long as they can."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import tempfile
import time
from statistics import median

from check import check
from server import BOTH, REQUEST, Server, allow_files, length_in

allow_files(2000)
SILENT = DRIPPING = 200
GREEDY = 8
SECONDS = 10


async def come(visit, host, port, comes_again):
    while True:
        reader, writer = await asyncio.open_connection(host, port)
        await visit(reader, writer)
        writer.close()
        if not comes_again:
            return


async def say_nothing(reader, _):
    await read_to_end(reader)


async def drip(reader, writer):
    end = asyncio.ensure_future(read_to_end(reader))
    for byte in REQUEST:
        writer.write(bytes([byte]))
        if (await asyncio.wait([end], timeout=1))[0]:
            return


async def go_on_asking(reader, writer):
    """At each moment it has half a request more."""
    writer.write(REQUEST[:10])
    while await answered(reader, writer, REQUEST[10:] + REQUEST[:10]):
        await asyncio.sleep(0.02)


async def answered(reader, writer, request):
    try:
        writer.write(request)
        await reader.readexactly(length_in(await reader.readuntil(b"\r\n\r\n")))
        return True
    except (OSError, asyncio.IncompleteReadError):
        return False


async def read_to_end(reader):
    try:
        while await reader.read(65536):
            pass
    except OSError:
        pass


async def besiege(port, come_again):
    kinds = [say_nothing] * SILENT + [drip] * DRIPPING + [go_on_asking] * GREEDY
    visits = (come(kind, BOTH[nth % 2], port, come_again) for nth, kind in enumerate(kinds))
    await asyncio.gather(*visits, return_exceptions=True)


def measure(server, what, limit):
    deadline = time.monotonic() + SECONDS
    visits = []
    while time.monotonic() < deadline:
        visits += server.ask_often(10, pause=0.005)
    figure = f"{len(visits)} visits, {median(visits):.2f} ms, at most {max(visits):.1f}"
    check(max(visits) < limit, f"{what}: {figure}")


def chromium(folder, *arguments):
    """A real browser, which opens connections that it doesn't need yet."""
    options = (
        "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --disable-dev-shm-usage"
    )
    command = ["chromium", *options.split(), f"--user-data-dir={folder}", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)


# Where all 400 come again at once, nothing tells a browser that takes some milliseconds to ask from them:
# it may have to try again, as its user would.
for reconnect, limit, attempts in ((False, 100, 1), (True, 250, 10)):
    with Server("--threads", 8) as server, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        siege = multiprocessing.Process(target=lambda: asyncio.run(besiege(server.port, reconnect)))
        siege.start()
        again = "come again when they are sent away" if reconnect else "stay away"
        # From here on it is measured, with the siege as far as it has come.
        what = f"{SILENT} silent, {DRIPPING} dripping and {GREEDY} greedy clients"
        measure(server, f"8 threads, {what} that {again}", limit)
        url = f"http://localhost:{server.port}/set-cookie"
        for attempt in range(1, attempts + 1):
            page, _ = chromium(folder, "--dump-dom", url).communicate(timeout=30)
            if b"cookie_name=cookie_value" in page:
                break
        check(b"cookie_name=cookie_value" in page, f"Chromium shows a page, at attempt {attempt}")
        browser = chromium(folder, "--remote-debugging-port=0", url)
        measure(server, "visits with Chromium open beside them", limit)
        os.killpg(browser.pid, signal.SIGTERM)
        browser.wait()
        check(server.threads() <= 8 + 4, f"{server.threads()} threads: at most 8 for clients, and 4 others")
        siege.kill()
        siege.join()
