"""Compares the server with others: each does the same work, all in one run, in turn."""

import argparse
import os
import shutil
import sys
import time
from contextlib import ExitStack

import chart
import report
from scenarios import QUICK, SCENARIOS, measure
from servers import (CONSTANT_NAMES, COOKIES, FIELDS, NAMES, PROGRAM, QUICK_NAMES, SLOW_NAMES, Server,
                     keep_answers)

from server import allow_files

HOSTILE_COOKIE = "expiring_cookie_name=a<b>&\"c'"


def main():
    options = options_of(sys.argv[1:])
    names = list(QUICK_NAMES if options.quick else NAMES)
    if options.beside:
        names.insert(1, "beside")
    scenarios = [scenario for scenario in SCENARIOS if not options.quick or scenario.name in QUICK]
    allow_files(20_000)
    start = time.monotonic()
    with ExitStack() as stack:
        servers = {"ours": stack.enter_context(Server("ours"))}
        keep_answers(servers["ours"])
        for name in [*names[1:], "limit_close"]:
            program = options.beside if name == "beside" else PROGRAM
            servers[name] = stack.enter_context(Server(name, program=program))
        for server in servers.values():
            check_work(servers["ours"], server)
        print(f"{len(names)} servers answer as they should.", flush=True)
        results = run(servers, names, scenarios, options)
    report.print_tables(results, names, scenarios)
    report.print_targets(results, names, scenarios)
    print(f"{options.rounds} rounds of {options.seconds} s; {time.monotonic() - start:.0f} s in all.")
    if not options.quick:
        chart.write(results, [name for name in names if name != "beside"], options)


def options_of(words):
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute: few peers and scenarios, short rounds")
    parser.add_argument("--beside", metavar="PATH", help="another build of this program, measured in the same run")
    parser.add_argument("--rounds", type=int, help="how often each is measured [default: 5; 3 if quick]")
    parser.add_argument("--seconds", type=int, help="how long each time [default: 2; 1 if quick]")
    options = parser.parse_args(words)
    if options.beside and not shutil.which(options.beside):
        parser.error(f"--beside: {options.beside} is not a program")
    options.rounds = options.rounds or (3 if options.quick else 5)
    options.seconds = options.seconds or (1 if options.quick else 2)
    return options


def check_work(ours, server):
    """Ends the run if a server does not do the work that ours does."""
    if server.name.removesuffix("_close") in CONSTANT_NAMES:
        size = len(ours.get("/set-cookie", FIELDS)[2])
        status, _, body = server.get("/set-cookie", FIELDS)
        if (status, len(body)) != (200, size):
            sys.exit(f"{server.name} answers with {status} and {len(body)} bytes, not with 200 and {size}")
        return
    # Flask forgets a cookie with a quotation mark in it.
    hostile = HOSTILE_COOKIE.replace('"', "") if server.name in ["flask", "gunicorn"] else HOSTILE_COOKIE
    for path in ["/", "/set-cookie"]:
        for cookies in [COOKIES, [*COOKIES[:2], hostile, COOKIES[3]], []]:
            fields = {**FIELDS, "Cookie": "; ".join(cookies)}
            expected, answer = ours.get(path, fields), server.get(path, fields)
            for theirs, wanted in zip(answer, expected):
                if theirs != wanted:
                    at = len(os.path.commonprefix([str(theirs), str(wanted)]))
                    sys.exit(
                        f"{server.name} does not answer to {path} as ours does:\n"
                        f"{str(theirs)[at:][:99]}\nand not\n{str(wanted)[at:][:99]}"
                    )


def run(servers, names, scenarios, options):
    """`results[scenario][server][round]`; each round begins with another server."""
    results = {scenario.name: {name: {} for name in names} for scenario in scenarios}
    for nth in range(options.rounds):
        print(f"Round {nth + 1} of {options.rounds} …", flush=True)
        for scenario in scenarios:
            for name in names[nth % len(names) :] + names[: nth % len(names)]:
                if name in SLOW_NAMES and nth % 2 == 1:
                    continue
                is_other_limit = name == "limit" and scenario.closes
                server = servers["limit_close" if is_other_limit else name]
                results[scenario.name][name][nth] = measure(server, scenario, options.seconds)
    return results


if __name__ == "__main__":
    main()
