"""All kinds of clients together, for SOAK_SECONDS: does anything grow?"""

import asyncio
import logging
import os
import random
import struct
import socket
import time

from check import check, wait_until
from limits import limit
from server import BOTH, REQUEST, Server, Visitor, allow_files, length_in

allow_files(4000)
SECONDS = int(os.environ.get("SOAK_SECONDS", "600"))
random.seed(1)
unexplained = []
# asyncio would log each connection that the server closes.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)


async def again_and_again(visit, server, is_over):
    while not is_over():
        host = random.choice(BOTH)
        try:
            reader, writer = await asyncio.open_connection(host, server.port)
        except OSError as error:
            unexplained.append(f"{visit.__name__} connects: {error}")
            continue
        try:
            # The server may close these at any time.
            await asyncio.wait_for(visit(reader, writer), 30)
        except (OSError, asyncio.IncompleteReadError):
            pass
        except TimeoutError:
            unexplained.append(f"{visit.__name__}: not over after 30 s")
        writer.close()


async def silent(reader, writer):
    await reader.read()


async def dripping(reader, writer):
    for byte in REQUEST:
        writer.write(bytes([byte]))
        await asyncio.sleep(0.1)
        if reader.at_eof() or writer.is_closing():
            return


async def browser(reader, writer):
    """Six pages with pauses, on one connection."""
    for _ in range(6):
        writer.write(REQUEST)
        await reader.readexactly(length_in(await reader.readuntil(b"\r\n\r\n")))
        await asyncio.sleep(random.random() * 2)


async def resetting(reader, writer):
    writer.write(REQUEST[: random.randrange(len(REQUEST))])
    await asyncio.sleep(0.01)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def garbage(reader, writer):
    writer.write(random.randbytes(random.randrange(1, 100_000)))
    await reader.read()


async def huge(reader, writer):
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"a=b;" * (limit("MAX_HEAD_BYTES") // 4 - 100) + b"\r\n\r\n")
    await reader.readexactly(length_in(await reader.readuntil(b"\r\n\r\n")))


async def never_reading(reader, writer):
    writer.transport.pause_reading()
    writer.write(REQUEST * 3000)
    await asyncio.sleep(limit("WRITE_TIMEOUT") + 2)


async def pipelining(reader, writer):
    for _ in range(20):
        writer.write(REQUEST * 100)
        for _ in range(100):
            await reader.readexactly(length_in(await reader.readuntil(b"\r\n\r\n")))


async def posting(reader, writer):
    writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + bytes(2_000_000))
    await reader.read()


KINDS = {
    silent: 20, dripping: 20, browser: 40, resetting: 10, garbage: 5, huge: 2, never_reading: 5, posting: 3,
    pipelining: 2,
}


async def soak(server, is_over):
    busy = [Visitor(BOTH[nth % 2], server.port, keeps_alive=nth % 4 < 2, pause=0.01) for nth in range(16)]
    others = [again_and_again(kind, server, is_over) for kind, count in KINDS.items() for _ in range(count)]
    await asyncio.gather(*(visitor.visit(is_over) for visitor in busy), *others, watch(server, is_over))
    return busy


async def watch(server, is_over):
    while not is_over():
        await asyncio.sleep(SECONDS / 20)
        samples.append((server.memory(), server.threads(), server.files()))


samples = []
with Server() as server:
    server.ask_often(100)
    threads = server.threads()
    end = time.monotonic() + SECONDS
    busy = asyncio.run(soak(server, lambda: time.monotonic() > end))
    answered = sum(visitor.answered for visitor in busy)
    for visitor in busy:
        unexplained += visitor.failures + ["refused"] * visitor.refused
    figure = f"{answered} answers to ordinary clients, unexplained errors: {unexplained[:3] or 0}"
    check(not unexplained, f"{SECONDS} s: {figure}")
    notes = server.notes()
    check(notes == [], f"lines on standard error: {notes[:1] or 0}")
    for nth, what in ((0, "KiB"), (2, "descriptors")):
        first, last = samples[5:10], samples[-5:]
        # A leak shows in the least memory. The most memory is that of one page with a huge Cookie field.
        kind, of = ("least", min) if what == "KiB" else ("most", max)
        before, after = [of(sample[nth] for sample in part) for part in (first, last)]
        check(after <= before * 1.2, f"at {kind} {before} {what} in the second quarter, {after} in the last")
    check({sample[1] for sample in samples} == {threads}, f"there were {threads} threads all the time")
    wait_until(lambda: server.files() < 20, "the connections are closed", 60)
    wait_until(lambda: server.memory() < 12 * 1024, "the memory is given back", 20)
    check(True, f"in the end {server.memory()} KiB, {server.threads()} threads, {server.files()} descriptors")
