"""Counts what a request costs in instructions, system calls and memory: figures that a busy machine hardly changes."""

import argparse
import math
import subprocess
import sys
from functools import partial

import growth
from exchange import KINDS, ask, ask_and_stay, converse
from servers import FIELDS, PROGRAM, ROOT, Server, keep_answers
from watch import instructions, system_calls, system_calls_under_load

from server import allow_files

# What one page should cost ours (the target), and what it may cost: a little more than it does now.
INSTRUCTIONS = {"keep-alive": (8_700, 15_100), "close": (10_500, 15_600), "16 deep": (8_500, 14_500)}
# What it should cost, divided by what it costs hyper.
BY_HYPER = {"keep-alive": 0.25, "close": 0.25, "16 deep": 0.27}
# A first request that arrives after the read for it costs two calls more. So a little more is allowed. Sixteen pages
# are 94 KB, and no more than 64 KiB and a page are written at once.
CALLS = {"keep-alive": (3, 3.05), "close": (6, 6.3), "16 deep": (0.25, 0.25)}
# How often that is counted which is more than allowed: a busy machine only adds to it.
ATTEMPTS = 3
LOAD = 64
CALLS_UNDER_LOAD = (2.3, 2.45)
# For each byte of the largest head. An ordinary one takes 40 to 60.
LARGEST = {"a cookie": (135, 140), "in packets of 1 KiB": (5, 6)}
PEAK = (1, 1)
IDLE_CLIENTS = 10_000
IDLE_CLIENT_KIB = (0.34, 0.34)


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/run counts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only ours; exit code 1 if it takes more than it may")
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
    figures += costs_under_load(peers)
    figures += [(f"instructions for a byte of the largest head, {name}", each, LARGEST[name]) for name, each in growth.largest()]
    figures += sizes()
    figures += peaks()
    figures += idle_clients(peers)
    print()
    for what, figure, (target, _) in figures:
        print(f"{'met    ' if figure <= target else 'NOT met'}  {what}: {rounded(figure)}, at most {rounded(target)}")
    over = [what for what, figure, (_, most) in figures if figure > most]
    if options.check and over:
        sys.exit(f"The server takes more than it may: {'; '.join(over)}")


def costs(what, count, limits, peers):
    """Prints what a request costs each server, all for a page of the same size. Returns, for ours, what is
    counted, how much it is, and how much it should and may be."""
    print(f"\n{what} per request\n\n{'':20}" + "".join(f"{kind.name:>12}" for kind in KINDS))
    figures, ours = [], {}
    for name, path in [("ours", "/"), ("ours", "/set-cookie"), *((peer, "/set-cookie") for peer in peers)]:
        most = {kind: limits[kind.name][1] if name == "ours" else math.inf for kind in KINDS}
        counted = {kind: least(partial(count, name, partial(ask, kind=kind, path=path)), most[kind]) for kind in KINDS}
        sums = {kind: round(sum(parts.values()), 2) for kind, parts in counted.items()}
        print(f"{name + ' ' + path:20}" + "".join(f"{rounded(each):>12}" for each in sums.values()), flush=True)
        if name == "ours":
            print_parts(counted)
            figures += [(f"{what}, {kind.name}, {path}", sums[kind], limits[kind.name]) for kind in KINDS]
            ours = sums
        elif name == "hyper" and limits is INSTRUCTIONS:
            ratios = {kind.name: ours[kind] / sums[kind] for kind in KINDS}
            figures += [(f"the same, divided by hyper's, {kind}", each, (BY_HYPER[kind], math.inf)) for kind, each in ratios.items()]
    return figures


def least(count, most):
    """The parts whose sum is the least of some counts, or the first parts whose sum is not more than `most`."""
    counts = []
    while len(counts) < ATTEMPTS and (not counts or sum(counts[-1].values()) > most):
        counts.append(count())
    return min(counts, key=lambda parts: sum(parts.values()))


def print_parts(counted):
    """The number of each call. Rare calls belong to the server's start and end, and are left out."""
    for kind, parts in counted.items():
        often = [f"{name} {rounded(count)}" for name, count in sorted(parts.items()) if round(count, 2) > 0]
        if len(parts) > 1:
            print(f"    {kind.name}: {', '.join(often)}")


def costs_under_load(peers):
    what = f"system calls per request with {LOAD} busy connections"
    counted = {name: round(system_calls_under_load(name, LOAD), 2) for name in ["ours", *peers]}
    print_row(what, counted)
    return [(what, counted["ours"], CALLS_UNDER_LOAD)]


def sizes():
    """What ours takes without a request."""
    tree = ["cargo", "tree", "--edges", "normal", "--prefix", "none", "--manifest-path", ROOT / "Cargo.toml"]
    crates = subprocess.run(tree, capture_output=True, text=True, check=True).stdout.splitlines()
    at_rest = min(memory_at_rest() for _ in range(ATTEMPTS))
    return [
        ("crates it depends on", len(crates) - 1, (0, 0)),
        ("KiB of the binary", PROGRAM.stat().st_size / 1024, (450, 605)),
        ("MiB of memory, at rest", at_rest / 1024, (2.5, 2.5)),
    ]


def memory_at_rest():
    with Server("ours") as server:
        server.get("/", FIELDS)
        return server.memory()


def peaks():
    """How much memory the largest requests take, beside that of a server that has served one page."""
    figures = []
    for kind in ["text/html", "text/plain"]:
        # Each worker has memory of its own, and the kernel decides how many of them answer.
        peak = min(peak_of(kind) for _ in range(ATTEMPTS))
        figures.append((f"MiB at most, for 64 KiB of cookies as {kind}", peak / 1024, PEAK))
    return figures


def peak_of(kind):
    with Server("ours") as server:
        server.get("/", FIELDS)
        at_rest = server.memory()
        for packet in growth.cookies_of_all_kinds(kind):
            converse(server, [packet], 1)
        return server.peak() - at_rest


def idle_clients(peers):
    """The memory of a client that has its answer and keeps the connection open."""
    what = f"KiB for each of {IDLE_CLIENTS:,} idle clients"
    kib = {name: round(kib_of_idle_client(name), 2) for name in ["ours", *peers]}
    print_row(what, kib)
    figures = [(what, kib["ours"], IDLE_CLIENT_KIB)]
    if peers:
        least = min(peers, key=kib.get)
        figures.append((f"the same, beside {least}, the least of the others", kib["ours"], (kib[least], kib[least])))
    return figures


def kib_of_idle_client(name):
    with Server(name) as server:
        server.get("/", FIELDS)
        memory = server.memory()
        clients = [ask_and_stay(server) for _ in range(IDLE_CLIENTS)]
        memory = server.memory() - memory
        if server.descriptors() < IDLE_CLIENTS:
            sys.exit(f"{name} closed idle clients before all {IDLE_CLIENTS:,} had asked: is this machine too busy?")
        for client in clients:
            client.close()
    return memory / IDLE_CLIENTS


def print_row(what, figures):
    print(f"\n{what}: {', '.join(f'{name} {rounded(figure)}' for name, figure in figures.items())}", flush=True)


def rounded(figure):
    return f"{figure:,.0f}" if figure >= 100 or figure == int(figure) else f"{figure:.2f}"


if __name__ == "__main__":
    main()
