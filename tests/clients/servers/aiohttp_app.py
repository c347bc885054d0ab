"""aiohttp, on its own server."""

import sys

from aiohttp import web


async def cookies(request):
    return web.json_response(list(request.cookies.items()))


app = web.Application()
app.router.add_get("/", cookies)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]))
