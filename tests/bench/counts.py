"""Counts what a request costs, where a busy machine changes little: instructions, calls, memory."""

import argparse
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import growth
from exchange import KINDS, ask
from servers import FIELDS, PROGRAM, ROOT, Server, keep_answers
from watch import instructions, system_calls

from server import allow_files

# For each kind of client, what ours should take for a page, and what it may: a little more than it does.
INSTRUCTIONS = {"keep-alive": (4000, 10_600), "close": (4600, 12_600), "16 deep": (3800, 10_700)}
# A request that comes later than its connection takes two calls more: so it may be a few hundredths.
CALLS = {"keep-alive": (2, 2.05), "close": (5, 5.3), "16 deep": (0.14, 0.14)}
# For each byte of the largest head. An ordinary one takes 17 to 20.
LARGEST = {"cookies": (135, 150), "in packets of 1 KiB": (5, 6)}
IDLE_CLIENTS = 1000


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/run counts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only ours; exit code 1 if it takes more than it did")
    parser.add_argument("--growth", action="store_true", help="only how the instructions grow with the request")
    options = parser.parse_args()
    allow_files(20_000)
    if options.growth:
        return growth.print_tables()
    with Server("ours") as ours:
        keep_answers(ours)
    peers = [] if options.check else ["hyper", "actix", "nginx"]
    figures = costs("instructions", instructions, INSTRUCTIONS, peers)
    figures += costs("system calls", system_calls, CALLS, peers)
    figures += [(f"instructions for a byte of the largest head, {name}", each, LARGEST[name]) for name, each in growth.largest()]
    figures += sizes()
    print()
    for what, figure, (target, _) in figures:
        print(f"{'met    ' if figure <= target else 'NOT met'}  {what}: {rounded(figure)}, at most {rounded(target)}")
    over = [what for what, figure, (_, most) in figures if figure > most]
    if options.check and over:
        sys.exit(f"The server takes more than it did: {'; '.join(over)}")


def costs(what, count, limits, peers):
    """Prints what a request costs each server, all for a page of the same size. Returns, for ours, what is
    counted, how much it is, and how much it should and may be."""
    print(f"\n{what} per request\n\n{'':20}" + "".join(f"{kind.name:>12}" for kind in KINDS))
    figures = []
    for name, path in [("ours", "/set-cookie"), ("ours", "/"), *((peer, "/set-cookie") for peer in peers)]:
        counted = {kind: count(name, partial(ask, kind=kind, path=path)) for kind in KINDS}
        sums = {kind: round(sum(parts.values()), 2) for kind, parts in counted.items()}
        print(f"{name + ' ' + path:20}" + "".join(f"{rounded(each):>12}" for each in sums.values()), flush=True)
        if name == "ours":
            print_parts(counted)
            figures += [(f"{what}, {kind.name}, {path}", sums[kind], limits[kind.name]) for kind in KINDS]
    return figures


def print_parts(counted):
    """Which calls they are. What is seldom is left out: it belongs to the server's start and end."""
    for kind, parts in counted.items():
        often = [f"{name} {rounded(count)}" for name, count in sorted(parts.items()) if round(count, 2) > 0]
        if len(parts) > 1:
            print(f"    {kind.name}: {', '.join(often)}")


def sizes():
    """What ours takes without a request."""
    tree = ["cargo", "tree", "--edges", "normal", "--prefix", "none", "--manifest-path", ROOT / "Cargo.toml"]
    crates = subprocess.run(tree, capture_output=True, text=True, check=True).stdout.splitlines()
    with Server("ours") as server:
        server.get("/", FIELDS)
        at_rest = memory(server)
        clients = [server.connect() for _ in range(IDLE_CLIENTS)]
        wait_for_threads(server, len(clients))
        with_clients = memory(server)
        for client in clients:
            client.close()
    return [
        ("crates it depends on", len(crates) - 1, (0, 0)),
        ("KiB of the binary", PROGRAM.stat().st_size / 1024, (450, 550)),
        ("MiB of memory, at rest", at_rest, (2.3, 2.5)),
        (f"MiB of memory, with {IDLE_CLIENTS:,} idle clients", with_clients, (20, 20)),
    ]


def memory(server):
    """Resident, in MiB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def wait_for_threads(server, count):
    deadline = time.monotonic() + 10
    while len(os.listdir(f"/proc/{server.process.pid}/task")) < count:
        if time.monotonic() > deadline:
            sys.exit(f"{count} clients do not get a thread each.")
        time.sleep(0.01)


def rounded(figure):
    return f"{figure:,.0f}" if figure >= 100 or figure == int(figure) else f"{figure:.2f}"


if __name__ == "__main__":
    main()
