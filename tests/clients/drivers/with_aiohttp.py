"""Python's aiohttp: a CookieJar keeps the cookies. Told so, it keeps those of IP addresses too."""

import asyncio
import tempfile

import aiohttp

from sessions import run

loop = asyncio.new_event_loop()


class Client:
    def __init__(self):
        self.cookies = loop.run_until_complete(self.empty())

    async def empty(self):
        return aiohttp.CookieJar(unsafe=True)

    def visit(self, method, url):
        loop.run_until_complete(self.request(method, url))

    async def request(self, method, url):
        async with aiohttp.ClientSession(cookie_jar=self.cookies) as session:
            async with session.request(method, url, allow_redirects=True) as response:
                await response.read()

    def restart(self):
        with tempfile.NamedTemporaryFile() as file:
            self.cookies.save(file.name)
            self.cookies = loop.run_until_complete(self.empty())
            self.cookies.load(file.name)


run(Client)
