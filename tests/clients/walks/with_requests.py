"""Python's requests: a Session keeps the cookies."""

import re
import sys
import time

import requests

server, *paths = sys.argv[1:]
session = requests.Session()

for path in paths:
    response = session.get(server + path)
    cells = re.findall("<td>(.*?)</td><td>(.*?)</td>", response.text)
    print(path, response.status_code, *(f"{name}={value}" for name, value in cells))

for cookie in session.cookies:
    lifetime = "session" if cookie.expires is None else round(cookie.expires - time.time())
    print("jar", cookie.name, cookie.path, lifetime)
