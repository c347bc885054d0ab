#!/usr/bin/env bash
# Guess: Expires=Thu, 01-Jan-70 00:00:00 GMT deletes a cookie everywhere. RFC 6265 §5.1.1 reads two digits from 70
# to 99 as 1970 to 1999, and those from 00 to 69 as 2000 to 2069.
#
# What happens: Python's http.cookiejar and curl read 70 as 2070 and keep the cookie. curl starts the old century
# at 71. Python takes the year within 50 years of today, so 70 meant 1970 until the end of 2019; since 2020 the same
# line, from the same server, sets a cookie where it used to delete one. In 2026 this goes for 70 to 76.
#
# Version: Python 3.14.2 in pyodide 314.0.7, libcurl 8.23.0 in pycurl 7.49.0.
# Source: Lib/http/cookiejar.py, `_str2time` ("find obvious year"); curl's lib/parsedate.c, `parsedate`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycurl==7.49.0
(cd "$folder" && npm install --silent --no-audit --no-fund --ignore-scripts pyodide@314.0.7)
cat > "$folder/jar.py" <<'PY'
import email.message, http.cookiejar, sys, time, types, urllib.request

print("Python", sys.version.split()[0])
for date in ["01 Jan 1970", "01-Jan-69", "01-Jan-70", "01-Jan-71", "01-Jan-99"]:
    jar, headers = http.cookiejar.CookieJar(), email.message.Message()
    headers["Set-Cookie"] = f"a=1; Expires=Thu, {date} 00:00:00 GMT"
    jar.extract_cookies(types.SimpleNamespace(info=lambda: headers), urllib.request.Request("http://example.org/"))
    print(date, "keeps the cookie until:", [time.gmtime(cookie.expires).tm_year for cookie in jar])
PY
cat > "$folder/main.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";
(await loadPyodide()).runPython(readFileSync("jar.py", "utf8"));
JS
cat > "$folder/curl.py" <<'PY'
import pycurl

print(pycurl.version.split()[1])
for date in ["01 Jan 1970", "01-Jan-69", "01-Jan-70", "01-Jan-71", "01-Jan-99"]:
    curl = pycurl.Curl()
    curl.setopt(pycurl.COOKIELIST, f"Set-Cookie: a=1; Domain=example.org; Expires=Thu, {date} 00:00:00 GMT")
    print(date, "keeps the cookie:", len(curl.getinfo(pycurl.INFO_COOKIELIST)) == 1)
PY
output=$(cd "$folder" && node main.mjs && venv/bin/python curl.py)
echo "$output"
[ "$output" = "Python 3.14.2
01 Jan 1970 keeps the cookie until: []
01-Jan-69 keeps the cookie until: [2069]
01-Jan-70 keeps the cookie until: [2070]
01-Jan-71 keeps the cookie until: [2071]
01-Jan-99 keeps the cookie until: []
libcurl/8.23.0
01 Jan 1970 keeps the cookie: False
01-Jan-69 keeps the cookie: True
01-Jan-70 keeps the cookie: True
01-Jan-71 keeps the cookie: False
01-Jan-99 keeps the cookie: False" ] || { echo "This has changed." >&2; exit 1; }
