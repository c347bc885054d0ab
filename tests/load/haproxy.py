"""Three servers behind HAProxy, each restarted in turn while 64 clients ask without a pause."""

import re
import socket
import subprocess
import tempfile
import time

from check import check, wait_until
from program import ROOT
from server import Server

REQUESTS = 200_000
config = (ROOT / "tests/load/haproxy.cfg").read_text()


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def is_served(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return client.recv(100).startswith(b"HTTP/1.1 200 OK")
    except OSError:
        return False


def start(port):
    return Server("--host", "127.0.0.1", port=port)


front, *ports = free_ports(4)
for named, port in zip((5000, 5001, 5002, 5003), (front, *ports)):
    config = config.replace(f"127.0.0.1:{named}", f"127.0.0.1:{port}")
servers = [start(port) for port in ports]
with tempfile.NamedTemporaryFile("w", suffix=".cfg") as file:
    file.write(config)
    file.flush()
    haproxy = subprocess.Popen(["haproxy", "-db", "-f", file.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_served(front), "HAProxy answers", 20)
        requests, restarts, failures, longest, codes = 0, 0, [], 0, set()
        while requests < REQUESTS:
            wrk = subprocess.Popen(["wrk", "-t2", "-c64", "-d10s", f"http://127.0.0.1:{front}/"], stdout=subprocess.PIPE, text=True)
            while wrk.poll() is None:
                nth = restarts % len(servers)
                code, took = servers[nth].stop()
                longest = max(longest, took)
                codes.add(code)
                servers[nth] = start(ports[nth])
                restarts += 1
                time.sleep(0.5)
            report = wrk.stdout.read()
            requests += int(re.search(r"(\d+) requests in", report).group(1))
            failures += re.findall(r"Socket errors.*|Non-2xx.*", report)
        check(restarts >= 3 and not failures, f"{requests} requests, {restarts} restarts, failed: {failures or 0}")
        # wrk and HAProxy take both cores. How long the server needs to end is checked by stop.py.
        check(codes == {0} and longest < 5, f"each ended with {codes} after {longest * 1000:.0f} ms at most")
    finally:
        haproxy.kill()
        haproxy.wait()
        for server in servers:
            server.process.kill()
            server.process.wait()
