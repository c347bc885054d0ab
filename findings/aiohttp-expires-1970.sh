#!/usr/bin/env bash
# Guess: aiohttp's client deletes a cookie when the server sends it again with Expires=Thu, 01 Jan 1970 00:00:00 GMT,
# the date that most servers write to delete one; RFC 6265 §5.3 removes a cookie whose expiry time is in the past.
#
# What happens: the cookie stays, now with the new value, and becomes a session cookie. One second later, 00:00:01,
# deletes it, and so does a date before 1970. The parser returns the date as seconds since 1970, which is 0 here,
# and the jar tests that number as a truth value, in which 0 means "no date". Max-Age=0 beside the date helps.
#
# Version: aiohttp 3.14.5. Source: aiohttp/cookiejar.py, `CookieJar._update_cookies`: if expire_time := ...
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
    for lifetime in [
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Expires=Thu, 01 Jan 1970 00:00:01 GMT",
        "Expires=Mon, 01 Jan 1601 00:00:00 GMT",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0",
    ]:
        jar = aiohttp.CookieJar()
        jar.update_cookies_from_headers(["a=1; Path=/"], site)
        jar.update_cookies_from_headers(["a=gone; Path=/; " + lifetime], site)
        print(lifetime, "leaves:", [cookie.value for cookie in jar.filter_cookies(site).values()])


asyncio.run(main())
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = "aiohttp 3.14.5
Expires=Thu, 01 Jan 1970 00:00:00 GMT leaves: ['gone']
Expires=Thu, 01 Jan 1970 00:00:01 GMT leaves: []
Expires=Mon, 01 Jan 1601 00:00:00 GMT leaves: []
Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0 leaves: []" ] || { echo "This has changed." >&2; exit 1; }
