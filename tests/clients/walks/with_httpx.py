"""Python's httpx: a Client keeps the cookies."""

import re
import sys
import time

import httpx

server, *paths = sys.argv[1:]

with httpx.Client(base_url=server) as client:
    for path in paths:
        response = client.get(path)
        cells = re.findall("<td>(.*?)</td><td>(.*?)</td>", response.text)
        print(path, response.status_code, *(f"{name}={value}" for name, value in cells))

    for cookie in client.cookies.jar:
        lifetime = "session" if cookie.expires is None else round(cookie.expires - time.time())
        print("jar", cookie.name, cookie.path, lifetime)
