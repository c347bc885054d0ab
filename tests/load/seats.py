"""Eight threads, and more clients than that who make them wait, for as long as they can."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import tempfile
import time

from house import BOTH, REQUEST, Server, allow_files, check, median

allow_files(2000)
SILENT = DRIPPING = 200
SECONDS = 10


async def say_nothing(host, port, reconnects):
    while True:
        reader, writer = await asyncio.open_connection(host, port)
        await read_to_end(reader)
        writer.close()
        if not reconnects:
            return


async def drip(host, port, reconnects):
    while True:
        reader, writer = await asyncio.open_connection(host, port)
        end = asyncio.ensure_future(read_to_end(reader))
        for byte in REQUEST:
            writer.write(bytes([byte]))
            if (await asyncio.wait([end], timeout=1))[0]:
                break
        writer.close()
        if not reconnects:
            return


async def read_to_end(reader):
    try:
        while await reader.read(65536):
            pass
    except OSError:
        pass


async def besiege(port, reconnect):
    silent = [say_nothing(BOTH[nth % 2], port, reconnect) for nth in range(SILENT)]
    dripping = [drip(BOTH[nth % 2], port, reconnect) for nth in range(DRIPPING)]
    await asyncio.gather(*silent, *dripping, return_exceptions=True)


def measure(server, what):
    deadline = time.monotonic() + SECONDS
    visits = []
    while time.monotonic() < deadline:
        visits += server.ask_often(10, pause=0.005)
    figure = f"{len(visits)} visits, {median(visits):.2f} ms, at most {max(visits):.1f}"
    check(max(visits) < 100, f"{what}: {figure}")


def chromium(folder, *arguments):
    """A real browser, which opens connections that it doesn't need yet."""
    options = (
        "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --disable-dev-shm-usage"
    )
    command = ["chromium", *options.split(), f"--user-data-dir={folder}", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)


for reconnect in (False, True):
    with Server("--threads", 8) as server, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        siege = multiprocessing.Process(target=lambda: asyncio.run(besiege(server.port, reconnect)))
        siege.start()
        again = "come again when they are sent away" if reconnect else "stay away"
        time.sleep(1)
        measure(server, f"8 threads, {SILENT} silent and {DRIPPING} dripping clients that {again}")
        url = f"http://localhost:{server.port}/set-cookie"
        page, _ = chromium(folder, "--dump-dom", url).communicate(timeout=30)
        check(b"cookie_name=cookie_value" in page, "Chromium shows a page")
        browser = chromium(folder, "--remote-debugging-port=0", url)
        time.sleep(2)
        measure(server, "visits with Chromium open beside them")
        os.killpg(browser.pid, signal.SIGTERM)
        browser.wait()
        check(server.threads() <= 8 + 5, f"{server.threads()} threads: at most 8 for clients, and 5 others")
        siege.kill()
        siege.join()
