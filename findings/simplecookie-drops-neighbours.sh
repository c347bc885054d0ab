#!/usr/bin/env bash
# Guess: Python's SimpleCookie reads a Cookie line cookie by cookie. One that it doesn't understand, such as the JSON
# that a page's JavaScript has stored, is lost, and the other cookies of the line are there.
#
# What happens: JSON takes all cookies after it along. A bare word, which Chromium sends after document.cookie="dark",
# takes all cookies, those before it too, and so does a first cookie called path, comment, version or any other word
# that is an attribute in Set-Cookie, though a cookie may have that name (RFC 6265 §4.1.1); later in the line only that
# cookie is lost, being read as an attribute. No exception, no warning: the session cookie is just not there.
#
# Version: Python 3.14.2 in pyodide 314.0.7. Source: Lib/http/cookies.py, `BaseCookie.__parse_string`
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm install --silent --no-audit --no-fund --ignore-scripts pyodide@314.0.7)
cat > "$folder/main.py" <<'PY'
import sys
from http.cookies import SimpleCookie

print("Python", sys.version.split()[0])
for line in [
    "session=1; theme=dark; lang=en",
    'session=1; theme={"dark":true}; lang=en',
    'theme={"dark":true}; session=1; lang=en',
    "session=1; dark; lang=en",
    "path=1; session=1; lang=en",
    "session=1; path=1; lang=en",
]:
    print(line, "gives:", *SimpleCookie(line))
PY
cat > "$folder/main.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";
(await loadPyodide()).runPython(readFileSync("main.py", "utf8"));
JS
output=$(cd "$folder" && node main.mjs)
echo "$output"
[ "$output" = "Python 3.14.2
session=1; theme=dark; lang=en gives: session theme lang
session=1; theme={\"dark\":true}; lang=en gives: session
theme={\"dark\":true}; session=1; lang=en gives:
session=1; dark; lang=en gives:
path=1; session=1; lang=en gives:
session=1; path=1; lang=en gives: session lang" ] || { echo "This has changed." >&2; exit 1; }
