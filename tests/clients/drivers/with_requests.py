"""Python's requests, or niquests, which has the same interface: a Session keeps the cookies."""

import importlib
import sys

from sessions import run

library = importlib.import_module(sys.argv[1])


class Client:
    def __init__(self):
        self.session = library.Session()

    def visit(self, method, url):
        self.session.request(method, url, allow_redirects=True)

    def jar(self):
        return [(cookie.name, cookie.path, cookie.expires) for cookie in self.session.cookies]


run(Client)
