#!/usr/bin/env bash
# Guess: set_cookie("a", "", max_age=0) makes Tornado send Max-Age=0, which deletes the cookie, as the same call does
# in Flask, Django, Starlette and aiohttp.
#
# What happens: Tornado leaves the attribute out, because 0 counts as "not given". The browser then stores an empty
# cookie for the rest of the session: the call that asks for the shortest life gives the cookie a longer one than
# max_age=1 does. expires=0 is left out in the same way. max_age=-1, expires_days=0 and clear_cookie delete.
#
# Version: Tornado 6.6.1. Source: tornado/web.py, `RequestHandler.set_cookie`: if max_age:
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tornado==6.6.1
cat > "$folder/main.py" <<'PY'
import asyncio
import tornado
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

CALLS = [{"max_age": 1}, {"max_age": 0}, {"expires": 0}, {"max_age": -1}]


class Handler(RequestHandler):
    def get(self, number):
        self.set_cookie("a", "", **CALLS[int(number)])


async def main():
    print("Tornado", tornado.version)
    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application([(r"/(\d)", Handler)]))
    server.add_sockets(sockets)
    for number, arguments in enumerate(CALLS):
        url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/{number}"
        response = await AsyncHTTPClient().fetch(url, request_timeout=10)
        print(arguments, "sends:", response.headers["Set-Cookie"])
    server.stop()


asyncio.run(main())
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = "Tornado 6.6.1
{'max_age': 1} sends: a=\"\"; Max-Age=1; Path=/
{'max_age': 0} sends: a=\"\"; Path=/
{'expires': 0} sends: a=\"\"; Path=/
{'max_age': -1} sends: a=\"\"; Max-Age=-1; Path=/" ] || { echo "This has changed." >&2; exit 1; }
