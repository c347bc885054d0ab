"""Eight threads, and more clients than that who make them wait, for as long as they can."""

import asyncio
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time

from house import BOTH, REQUEST, Server, allow_files, check, median, wait_until

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


for reconnect in (False, True):
    with Server("--threads", 8) as server:
        siege = multiprocessing.Process(target=lambda: asyncio.run(besiege(server.port, reconnect)))
        siege.start()
        time.sleep(1)
        again = "come again when they are sent away" if reconnect else "stay away"
        measure(server, f"8 threads, {SILENT} silent and {DRIPPING} dripping clients that {again}")
        check(server.threads() <= 8 + 6, f"{server.threads()} threads")
        siege.kill()
        siege.join()
