"""libsoup 3, which WebKitGTK and GNOME's programs use: a SoupCookieJarText keeps the cookies in a file too."""

import tempfile

import gi

gi.require_version("Soup", "3.0")
from gi.repository import Soup

from sessions import run


class Client:
    def __init__(self):
        self.file = tempfile.NamedTemporaryFile()
        self.restart()

    def restart(self):
        self.cookies = Soup.CookieJarText.new(self.file.name, False)
        self.session = Soup.Session()
        self.session.set_proxy_resolver(None)
        self.session.add_feature(self.cookies)

    def visit(self, method, url):
        self.session.send_and_read(Soup.Message.new(method, url))

    def jar(self):
        for cookie in self.cookies.all_cookies():
            expires = cookie.get_expires()
            yield cookie.get_name(), cookie.get_path(), expires and expires.to_unix()


run(Client)
