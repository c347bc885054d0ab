"""Runs all checks in one engine, each with a fresh profile and a fresh server."""

import sys

import ahead
import editing
import keeping
import showing
from chromium import Chromium
from check import say
from firefox import Firefox
from program import Server
from webkit import WebKit

ENGINES = {engine.name: engine for engine in (Chromium, Firefox, WebKit)}
CHECKS = (
    keeping.fresh,
    keeping.second,
    keeping.store,
    keeping.paths,
    keeping.prediction,
    keeping.expiry,
    keeping.restart,
    keeping.deletion,
    showing.history,
    showing.expired,
    showing.hostile,
    showing.console,
    showing.favicon,
    showing.silent,
    ahead.prefetch,
    ahead.prerender,
    editing.editing,
)


def walk(engine):
    for note in engine.notes:
        say(note)
    for check in CHECKS:
        if check.__name__ in engine.unsupported:
            say(f"NOT checked: {check.__name__}: {engine.unsupported[check.__name__]}")
            continue
        with Server() as server, engine(server) as browser:
            check(browser, server)


if __name__ == "__main__":
    walk(ENGINES[sys.argv[1]])
