#!/usr/bin/env bash
# Guess: Flask, Django and Starlette, behind one host name, read each other's cookies. All three put a value with an
# "é" in quotes and escape the "é" in octal, so they seem to follow one format.
#
# What happens: the value changes on the way. Werkzeug escapes the two bytes of UTF-8, "\303\251"; Django and Starlette,
# through Python's http.cookies, escape the code point, "\351". Flask's "é" is "Ã©" for the others, and their "é" is
# U+FFFD, the replacement character, for Flask. Each reads its own value correctly, so no test of one shows it.
#
# Version: Flask 3.1.3 on Werkzeug 3.1.9, Django 5.2.19, Starlette 1.10.0. Source: werkzeug/http.py, `dump_cookie`;
# werkzeug/sansio/http.py, `parse_cookie`; Lib/http/cookies.py, `_quote` and `_unquote`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    Flask==3.1.3 Werkzeug==3.1.9 Django==5.2.19 starlette==1.10.0
cat > "$folder/main.py" <<'PY'
import io
from importlib.metadata import version

import django.conf, django.http, flask, starlette.requests, starlette.responses
from django.core.handlers.wsgi import WSGIRequest

django.conf.settings.configure()
written = {}
for framework, response in [
    ("flask", flask.Response()),
    ("django", django.http.HttpResponse()),
    ("starlette", starlette.responses.Response()),
]:
    response.set_cookie("a", "é")
    line = response.cookies.output(header="") if framework == "django" else response.headers["Set-Cookie"]
    written[framework] = line.split(";")[0].strip()

for framework, line in written.items():
    environ = {"REQUEST_METHOD": "GET", "HTTP_COOKIE": line, "wsgi.input": io.BytesIO()}
    with flask.Flask(__name__).test_request_context(headers={"Cookie": line}):
        by_flask = flask.request.cookies["a"]
    by_django = WSGIRequest(environ).COOKIES["a"]
    scope = {"type": "http", "headers": [(b"cookie", line.encode())]}
    by_starlette = starlette.requests.Request(scope).cookies["a"]
    print(framework, version(framework), "sends", line, "- read by Flask", ascii(by_flask),
          "by Django", ascii(by_django), "by Starlette", ascii(by_starlette))
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = "flask 3.1.3 sends a=\"\\303\\251\" - read by Flask '\\xe9' by Django '\\xc3\\xa9' by Starlette '\\xc3\\xa9'
django 5.2.19 sends a=\"\\351\" - read by Flask '\\ufffd' by Django '\\xe9' by Starlette '\\xe9'
starlette 1.10.0 sends a=\"\\351\" - read by Flask '\\ufffd' by Django '\\xe9' by Starlette '\\xe9'" ] ||
    { echo "This has changed." >&2; exit 1; }
