#!/usr/bin/env bash
# Guess: when a Django view calls set_cookie("a", "1", ...) and a middleware then calls set_cookie("a", "2") on the
# same response, the second call decides alone: max_age=None makes a session cookie, httponly=False a readable one.
#
# What happens: the cookie has the new value and the first call's Max-Age, Domain, HttpOnly, Secure and SameSite, so
# JavaScript can't read it and the browser keeps it. Only the path goes back to its default and Expires disappears.
# Passing httponly=False or secure=False changes nothing. Django changes the entry of that name in a SimpleCookie,
# and sets only what was given. Werkzeug's response, for comparison, sends both as two independent lines.
#
# Version: Django 5.2.19, Werkzeug 3.1.9. Source: django/http/response.py, `HttpResponseBase.set_cookie`;
# Lib/http/cookies.py, `BaseCookie.__set`, which keeps the attributes of an existing Morsel
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Django==5.2.19 Werkzeug==3.1.9
cat > "$folder/main.py" <<'PY'
from importlib.metadata import version

import django.conf
from django.http import HttpResponse
from werkzeug.wrappers import Response

django.conf.settings.configure()
first = {"path": "/x", "domain": "example.org", "secure": True, "httponly": True, "samesite": "Strict"}

response = HttpResponse()
response.set_cookie("a", "1", max_age=60, **first)
response.set_cookie("a", "2", httponly=False, secure=False)
print("Django", version("django"))
print(response.cookies.output(header="Set-Cookie:"))

response = Response()
response.set_cookie("a", "1", **first)
response.set_cookie("a", "2", httponly=False, secure=False)
print("Werkzeug", version("werkzeug"))
print("\n".join("Set-Cookie: " + line for line in response.headers.getlist("Set-Cookie")))
PY
output=$("$folder/venv/bin/python" "$folder/main.py")
echo "$output"
[ "$output" = "Django 5.2.19
Set-Cookie: a=2; Domain=example.org; HttpOnly; Max-Age=60; Path=/; SameSite=Strict; Secure
Werkzeug 3.1.9
Set-Cookie: a=1; Domain=example.org; Secure; HttpOnly; Path=/x; SameSite=Strict
Set-Cookie: a=2; Path=/" ] || { echo "This has changed." >&2; exit 1; }
