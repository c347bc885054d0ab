"""The newest libcurl, through PycURL."""

import tempfile

import pycurl

from sessions import run


class Client:
    def __init__(self, file=""):
        self.curl = pycurl.Curl()
        self.curl.setopt(pycurl.COOKIEFILE, file)
        self.curl.setopt(pycurl.FOLLOWLOCATION, True)
        self.curl.setopt(pycurl.PROXY, "")
        self.curl.setopt(pycurl.WRITEFUNCTION, lambda _: None)

    def visit(self, method, url):
        self.curl.setopt(pycurl.NOBODY, method == "HEAD")
        self.curl.setopt(pycurl.URL, url)
        self.curl.perform()

    def restart(self):
        with tempfile.NamedTemporaryFile() as file:
            self.curl.setopt(pycurl.COOKIEJAR, file.name)
            self.curl.close()
            self.__init__(file.name)
            # "SESS" forgets the session cookies of the file, "FLUSH" would write them.
            self.curl.setopt(pycurl.COOKIESESSION, True)
            self.curl.setopt(pycurl.COOKIELIST, "RELOAD")

    def jar(self):
        for line in self.curl.getinfo(pycurl.INFO_COOKIELIST):
            _, _, path, _, expires, name, _ = line.split("\t")
            yield name, path, int(expires) or None


run(Client)
