"""Python's own urllib: http.cookiejar keeps the cookies."""

import re
import sys
import time
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener

server, *paths = sys.argv[1:]
jar = CookieJar()
opener = build_opener(HTTPCookieProcessor(jar))

for path in paths:
    try:
        response = opener.open(server + path)
    except HTTPError as error:
        response = error
    with response:
        cells = re.findall("<td>(.*?)</td><td>(.*?)</td>", response.read().decode())
    print(path, response.status, *(f"{name}={value}" for name, value in cells))

for cookie in jar:
    lifetime = "session" if cookie.expires is None else round(cookie.expires - time.time())
    print("jar", cookie.name, cookie.path, lifetime)
