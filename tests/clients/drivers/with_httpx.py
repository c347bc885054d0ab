"""Python's httpx: a Client keeps the cookies."""

import httpx

from sessions import run


class Client:
    def __init__(self):
        self.client = httpx.Client(follow_redirects=True, trust_env=False)

    def visit(self, method, url):
        self.client.request(method, url)

    def jar(self):
        return [(cookie.name, cookie.path, cookie.expires) for cookie in self.client.cookies.jar]


run(Client)
