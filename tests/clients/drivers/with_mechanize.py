"""Python's mechanize: it has its own copy of http.cookiejar."""

import tempfile

import mechanize

from sessions import run


class Client:
    def __init__(self):
        self.open(mechanize.LWPCookieJar())

    def open(self, cookies):
        self.cookies = cookies
        self.browser = mechanize.Browser()
        self.browser.set_handle_robots(False)
        self.browser.set_cookiejar(cookies)

    def visit(self, method, url):
        try:
            self.browser.open(mechanize.Request(url, method=method))
        except mechanize.HTTPError as error:
            error.close()

    def restart(self):
        with tempfile.NamedTemporaryFile() as file:
            self.cookies.save(file.name)
            self.open(mechanize.LWPCookieJar())
            self.cookies.load(file.name)

    def jar(self):
        return [(cookie.name, cookie.path, cookie.expires) for cookie in self.cookies]


run(Client)
