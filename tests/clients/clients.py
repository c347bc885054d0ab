"""Measures what cookie engines do and what servers read; then sends other requests, and has the access log read."""

import subprocess
import sys
from argparse import ArgumentParser

import access_log
import curl
import hostile
import reading
from behaviours import BEHAVIOURS
from engines import ENGINES
from measuring import measure
from program import Server
from report import README, Measured
from visits import Site


def main():
    parser = ArgumentParser()
    parser.add_argument("--all", action="store_true", help="also the browsers, and the engines of Debian sid")
    parser.add_argument("--write", action="store_true", help="write README.md, which otherwise must be the same")
    parser.add_argument("names", nargs="*", help="only these engines and servers")
    arguments = parser.parse_args()
    known = [one.name for one in [*ENGINES, *reading.SERVERS]]
    if unknown := set(arguments.names) - set(known):
        parser.error(f"no engine or server is called {unknown.pop()!r}; the names are: {', '.join(known)}")
    measured, changes, failures = Measured(), [], []

    def wanted(engines_or_servers):
        if arguments.names:
            return [one for one in engines_or_servers if one.name in arguments.names]
        return [one for one in engines_or_servers if arguments.all or not one.is_extra]

    with Server() as server, Site(server) as site:
        for engine in wanted(ENGINES):
            record(measured, "engines", engine, lambda: measure(engine, site, BEHAVIOURS), changes, failures)
    for server in wanted(reading.SERVERS):
        record(measured, "servers", server, lambda: reading.measure(server), changes, failures)
    if not arguments.names:
        failures += check_requests_and_log()
    if arguments.write:
        measured.write({"engines": ENGINES, "servers": reading.SERVERS})
    elif changes or measured.readme() != README.read_text():
        sys.exit("README.md doesn't say what was measured. If the new cells are right: tests/clients/run --write")
    sys.exit(bool(failures))


def record(measured, kind, one, measure, changes, failures):
    """Measures an engine or a server, and adds what has changed. It is a failure if it can't be started."""
    try:
        version = one.version()
        changes += report(f"{one.name} {version}", measured.add(kind, one.name, version, measure()))
    except (OSError, subprocess.SubprocessError) as error:
        failures += report(one.name, [f"NOT measured: {error}"])


def check_requests_and_log():
    """curl's other requests, a socket's requests that no client sends, and GoAccess, which reads the log of them."""
    with Server(folder=access_log.FOLDER) as server, hostile.Late(server) as late:
        failures = report(f"curl: {curl.WHAT}", curl.differences(server))
        failures += report(f"a socket: {hostile.COUNT} requests that no client should send",
                           [*hostile.differences(server), *late.differences()])
    requests = curl.COUNT + hostile.COUNT
    return failures + report(f"GoAccess: the log of these {requests} requests", access_log.differences(requests))


def report(what, differences):
    """Prints a result, and returns the differences."""
    print(f"  {'FAIL' if differences else 'ok  '} {what}", *differences, sep="\n       ", flush=True)
    return differences


main()
