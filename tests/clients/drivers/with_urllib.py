"""Python's own urllib: http.cookiejar keeps the cookies."""

import tempfile
from http.cookiejar import LWPCookieJar
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

from sessions import run


class Client:
    def __init__(self):
        self.open(LWPCookieJar())

    def open(self, cookies):
        self.cookies = cookies
        self.opener = build_opener(HTTPCookieProcessor(cookies))

    def visit(self, method, url):
        try:
            self.opener.open(Request(url, method=method)).close()
        except HTTPError as error:
            error.close()

    def restart(self):
        with tempfile.NamedTemporaryFile() as file:
            self.cookies.save(file.name)
            self.open(LWPCookieJar())
            self.cookies.load(file.name)

    def jar(self):
        return [(cookie.name, cookie.path, cookie.expires) for cookie in self.cookies]


run(Client)
