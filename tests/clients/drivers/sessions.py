"""The loop of the drivers in Python."""

import os
import sys
import time

# A proxy of this machine is not for the loopback.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"


def run(open_client):
    """Runs the sessions that standard input asks for, each with a new client.

    A client has `visit(method, url)`. It may have `restart()`; `jar()`, which returns the name, the path and the time
    of expiry of each cookie, or `None` for a session cookie; and `close()`.
    """
    for line in sys.stdin:
        client = open_client()
        steps = line.split()
        if "restart" in steps and not getattr(client, "restart", None):
            print("unable", flush=True)
        else:
            visit_all(client, steps)
            print("end", flush=True)
        if hasattr(client, "close"):
            client.close()


def visit_all(client, steps):
    for step in steps:
        if step == "restart":
            client.restart()
        elif step.startswith("HEAD:"):
            client.visit("HEAD", step.removeprefix("HEAD:"))
        else:
            client.visit("GET", step)
    for name, path, expires in client.jar() if hasattr(client, "jar") else ():
        print("jar", name, path, "session" if expires is None else round(expires - time.time()))
