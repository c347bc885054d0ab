"""Tornado, on its own server."""

import asyncio
import json
import sys

import tornado.web


class Cookies(tornado.web.RequestHandler):
    def get(self):
        self.finish(json.dumps([(name, morsel.value) for name, morsel in self.cookies.items()]))


async def main():
    tornado.web.Application([("/", Cookies)]).listen(int(sys.argv[1]), address="127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
