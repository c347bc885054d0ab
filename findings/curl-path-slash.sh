#!/usr/bin/env bash
# Guess: Path=/shop and Path=/shop/ are two paths. The second one doesn't cover the page /shop (RFC 6265 §5.1.4), and a
# client keeps two cookies of one name apart by their paths as written (§5.3 step 11).
#
# What happens: curl removes the slash at the end before it stores the cookie. The cookie for /shop/ then goes to /shop
# too, it replaces the one for /shop, and its deletion deletes that one. Cookie files that curl writes have /shop.
#
# Version: libcurl 8.23.0 in pycurl 7.49.0. Source: curl's lib/cookie.c, `sanitize_cookie_path`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycurl==7.49.0
cat > "$folder/main.py" <<'PY'
import http.server, threading
import pycurl


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("  ", self.path, "receives", self.headers["Cookie"], flush=True)
        self.send_response(204)
        for line in lines if self.path == "/set" else []:
            self.send_header("Set-Cookie", line)
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(pycurl.version.split()[1])
for lines in [
    ["a=slash; Path=/shop/"],
    ["a=plain; Path=/shop", "a=slash; Path=/shop/"],
    ["a=plain; Path=/shop", "a=; Path=/shop/; Max-Age=0"],
]:
    print(lines)
    curl = pycurl.Curl()
    curl.setopt(pycurl.COOKIEFILE, "")
    curl.setopt(pycurl.NOPROXY, "*")
    curl.setopt(pycurl.TIMEOUT, 10)
    for path in ["/set", "/shop", "/shop/"]:
        curl.setopt(pycurl.URL, f"http://127.0.0.1:{server.server_port}{path}")
        curl.perform()
PY
output=$("$folder/venv/bin/python" "$folder/main.py" | grep -v "/set receives")
echo "$output"
[ "$output" = "libcurl/8.23.0
['a=slash; Path=/shop/']
   /shop receives a=slash
   /shop/ receives a=slash
['a=plain; Path=/shop', 'a=slash; Path=/shop/']
   /shop receives a=slash
   /shop/ receives a=slash
['a=plain; Path=/shop', 'a=; Path=/shop/; Max-Age=0']
   /shop receives None
   /shop/ receives None" ] || { echo "This has changed." >&2; exit 1; }
