"""All kinds of clients together, for SOAK_SECONDS: does anything grow?"""

import asyncio
import logging
import os
import random
import struct
import socket
import time

from check import check, wait_until
from server import BOTH, REQUEST, Server, Visitor, allow_files, length_in

allow_files(4000)
SECONDS = int(os.environ.get("SOAK_SECONDS", "600"))
random.seed(1)
unexplained = []
# That a server has closed a connection is no news here.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)


async def again_and_again(visit, server, is_over):
    while not is_over():
        host = random.choice(BOTH)
        try:
            reader, writer = await asyncio.open_connection(host, server.port)
        except OSError as error:
            unexplained.append(f"{visit.__name__} came: {error}")
            continue
        try:
            # These end as the server likes.
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
    """Six pages with pauses, on a connection that stays."""
    for _ in range(6):
        writer.write(REQUEST)
        await reader.readexactly(length_in(await reader.readuntil(b"\r\n\r\n")))
        await asyncio.sleep(random.random() * 2)


async def torn(reader, writer):
    writer.write(REQUEST[: random.randrange(len(REQUEST))])
    await asyncio.sleep(0.01)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def garbage(reader, writer):
    writer.write(random.randbytes(random.randrange(1, 100_000)))
    await reader.read()


async def huge(reader, writer):
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"a=b;" * 15_000 + b"\r\n\r\n")
    await reader.readexactly(length_in(await reader.readuntil(b"\r\n\r\n")))


async def never_reading(reader, writer):
    writer.transport.pause_reading()
    writer.write(REQUEST * 3000)
    await asyncio.sleep(12)


async def posting(reader, writer):
    writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + bytes(2_000_000))
    await reader.read()


KINDS = {silent: 20, dripping: 20, browser: 40, torn: 10, garbage: 5, huge: 2, never_reading: 5, posting: 3}


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
with Server("--threads", 100) as server:
    server.ask_often(100)
    end = time.monotonic() + SECONDS
    busy = asyncio.run(soak(server, lambda: time.monotonic() > end))
    answered = sum(visitor.answered for visitor in busy)
    for visitor in busy:
        unexplained += visitor.failures + ["refused"] * visitor.refused
    check(not unexplained, f"{SECONDS} s: {answered} answers to the ordinary, errors without a reason: {unexplained[:3] or 0}")
    notes = server.notes()
    check(notes == [], f"lines on standard error: {notes[:1] or 0}")
    for nth, what in enumerate(("KiB", "threads", "descriptors")):
        first, last = samples[5:10], samples[-5:]
        # What grows never comes down again. The most memory is that of one page with a huge Cookie field.
        kind, of = ("least", min) if what == "KiB" else ("most", max)
        before, after = [of(sample[nth] for sample in part) for part in (first, last)]
        check(after <= before * 1.2, f"at {kind} {before} {what} in the second quarter, {after} in the last")
    wait_until(lambda: server.threads() < 40 and server.files() < 20, "the clients' threads end", 60)
    # Each thread that is left keeps some of what it had, scattered over the heap.
    wait_until(lambda: server.memory() < 12 * 1024, "the memory is given back", 20)
    check(True, f"in the end {server.memory()} KiB, {server.threads()} threads, {server.files()} descriptors")
