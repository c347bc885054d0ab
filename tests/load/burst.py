"""1,000 and 10,000 clients that connect all at once."""

import asyncio

from check import check
from server import BOTH, LAST_REQUEST, Server, allow_files, check_answer

allow_files(10_500)


def retransmitted_syns():
    """By this machine, since it started."""
    with open("/proc/net/netstat") as lines:
        names, values = [line.split() for line in lines if line.startswith("TcpExt:")][:2]
    return int(values[names.index("TCPSynRetrans")])


async def connect_at_once(server, count, all_connect_first):
    async def visit(host):
        reader, writer = await asyncio.open_connection(host, server.port)
        connected.append(host)
        if all_connect_first:
            while len(connected) < count:
                await asyncio.sleep(0.01)
        writer.write(LAST_REQUEST)
        check_answer(await reader.read())
        writer.close()

    connected = []
    visits = (visit(BOTH[nth % 2]) for nth in range(count))
    return await asyncio.gather(*visits, return_exceptions=True)


for all_connect_first in (False, True):
    for count in (1000, 10_000):
        with Server() as server:
            before = retransmitted_syns()
            failures = [end for end in asyncio.run(connect_at_once(server, count, all_connect_first)) if end]
            syns = retransmitted_syns() - before
        what = "and ask once all are connected" if all_connect_first else "and ask"
        check(not failures, f"{count} connect at once {what}: {count - len(failures)} are answered {failures[:1]}")
        check(syns == 0 or count > 1000, f"{syns} SYNs were sent again")
