"""Real clients walk through the pages; then GoAccess reads the log."""

import sys

import access_log
import curl
import hostile
import walk
from client import CLIENTS
from program import Server
from table import Table, version


def main():
    table = Table()
    with Server(folder=access_log.FOLDER) as server, hostile.Late(server) as late:
        for client in CLIENTS:
            found = walk.differences(client, server.url)
            table.add(client.name, version(client.version), "the walk", found, client.remark)
        table.add("curl", version(["curl", "--version"]), curl.WHAT, curl.differences(server))
        found = [*hostile.differences(server), *late.differences()]
        table.add("a socket", "–", f"{hostile.COUNT} requests that no client should send", found)
    requests = len(CLIENTS) * walk.COUNT + curl.COUNT + hostile.COUNT
    what = f"the log of these {requests} requests, as Common Log Format"
    table.add("GoAccess", version(["goaccess", "--version"]), what, access_log.differences(requests))
    print(f"\n{table}", end="")
    if "--write" in sys.argv:
        table.write()
    sys.exit(table.has_failed)


main()
