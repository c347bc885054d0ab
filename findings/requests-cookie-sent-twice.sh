#!/usr/bin/env bash
# Guess: a script that calls cookies.set("lang", "en") on a requests session or an httpx client starts with that
# cookie, and when the server answers with Set-Cookie: lang=de; Path=/ the new value replaces the old one.
#
# What happens: from then on each request sends both, "lang=en; lang=de", because the script's cookie has no domain
# and the server's has one, so the jar keeps two. A deletion by the server removes only its own: lang=en is sent for
# ever. In between, reading cookies["lang"] raises CookieConflictError (httpx: CookieConflict); in httpx even the
# question `"lang" in client.cookies` raises it. With domain="127.0.0.1" in the call, one cookie is left.
#
# Version: requests 2.34.2, httpx 0.28.1. Source: requests/cookies.py, `create_cookie` and `_find_no_duplicates`;
# httpx/_models.py, `Cookies.set` and `Cookies.get`; Lib/http/cookiejar.py, `CookieJar.set_cookie`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check requests==2.34.2 httpx==0.28.1
cat > "$folder/main.py" <<'PY'
import http.server, threading
import httpx, requests

ANSWERS = {"/set": "lang=de; Path=/", "/delete": "lang=; Max-Age=0; Path=/"}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        received.append(self.headers["Cookie"])
        self.send_response(204)
        if self.path in ANSWERS:
            self.send_header("Set-Cookie", ANSWERS[self.path])
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
session = requests.Session()
session.trust_env = False
for library, client in [(requests, session), (httpx, httpx.Client(trust_env=False))]:
    for domain in ["", "127.0.0.1"]:
        received = []
        client.cookies.clear()
        client.cookies.set("lang", "en", domain=domain)
        for path in ["/set", "/", "/delete", "/"]:
            client.get(f"http://127.0.0.1:{server.server_port}{path}", timeout=10)
        print(library.__name__, library.__version__, "domain", repr(domain), "-", received)
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = "requests 2.34.2 domain '' - ['lang=en', 'lang=en; lang=de', 'lang=en; lang=de', 'lang=en']
requests 2.34.2 domain '127.0.0.1' - ['lang=en', 'lang=de', 'lang=de', None]
httpx 0.28.1 domain '' - ['lang=en', 'lang=en; lang=de', 'lang=en; lang=de', 'lang=en']
httpx 0.28.1 domain '127.0.0.1' - ['lang=en', 'lang=de', 'lang=de', None]" ] ||
    { echo "This has changed." >&2; exit 1; }
