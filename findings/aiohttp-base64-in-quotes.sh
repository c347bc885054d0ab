#!/usr/bin/env bash
# Guess: aiohttp's client sends a cookie's value back as the server wrote it (RFC 6265 §5.4). A token in base64 needs no
# quotes: "/" and "=" are allowed in a cookie's value (§4.1.1, cookie-octet), and so are "(", "?", "@" and "[".
#
# What happens: any of these puts the whole value in quotes, which the server didn't send. A server that takes the
# value literally then rejects the token, but only for those users whose token happens to have a "/" or a "=". JSON
# comes back with backslashes, and a comma as \054. CookieJar(quote_cookie=False) sends the value unchanged.
#
# Version: aiohttp 3.14.5. Source: aiohttp/cookiejar.py, `CookieJar._build_morsel`, which quotes with Python's
# `SimpleCookie.value_encode`; Lib/http/cookies.py, `_LegalChars`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aiohttp==3.14.5
cat > "$folder/main.py" <<'PY'
import asyncio
import aiohttp
from yarl import URL


async def main():
    print("aiohttp", aiohttp.__version__)
    site = URL("http://example.org/")
    for line in ["token=aGVsbG8h", "token=aGVsbG8=", "token=/w+/", 'a={"k":1}', "a=1,2"]:
        sent = []
        for jar in [aiohttp.CookieJar(), aiohttp.CookieJar(quote_cookie=False)]:
            jar.update_cookies_from_headers([line + "; Path=/"], site)
            sent.append(jar.filter_cookies(site).output(header="", sep=";").strip())
        print("Set-Cookie:", line, "- Cookie:", sent[0], "- with quote_cookie=False:", sent[1])


asyncio.run(main())
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = 'aiohttp 3.14.5
Set-Cookie: token=aGVsbG8h - Cookie: token=aGVsbG8h - with quote_cookie=False: token=aGVsbG8h
Set-Cookie: token=aGVsbG8= - Cookie: token="aGVsbG8=" - with quote_cookie=False: token=aGVsbG8=
Set-Cookie: token=/w+/ - Cookie: token="/w+/" - with quote_cookie=False: token=/w+/
Set-Cookie: a={"k":1} - Cookie: a="{\"k\":1}" - with quote_cookie=False: a={"k":1}
Set-Cookie: a=1,2 - Cookie: a="1\0542" - with quote_cookie=False: a=1,2' ] || { echo "This has changed." >&2; exit 1; }
