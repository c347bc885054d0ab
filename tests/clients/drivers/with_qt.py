"""Qt's QNetworkAccessManager: a QNetworkCookieJar keeps the cookies. It doesn't save them: each program does that in
its own way."""

from PySide6.QtCore import QCoreApplication, QEventLoop, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkCookieJar, QNetworkRequest

from sessions import run


class Jar(QNetworkCookieJar):
    def shown(self):
        """The cookies, which only a derived class may list."""
        return self.allCookies()


class Client:
    def __init__(self):
        self.manager = QNetworkAccessManager()
        self.cookies = Jar(self.manager)
        self.manager.setCookieJar(self.cookies)

    def visit(self, method, url):
        request = QNetworkRequest(QUrl(url))
        reply = self.manager.head(request) if method == "HEAD" else self.manager.get(request)
        waiting = QEventLoop()
        reply.finished.connect(waiting.quit)
        waiting.exec()
        # A status of 400 or more is an error for Qt, but not here.
        if reply.attribute(QNetworkRequest.HttpStatusCodeAttribute) is None:
            raise ConnectionError(reply.errorString())

    def jar(self):
        for cookie in self.cookies.shown():
            expires = None if cookie.isSessionCookie() else cookie.expirationDate().toSecsSinceEpoch()
            yield cookie.name().data().decode(), cookie.path(), expires


application = QCoreApplication()
run(Client)
