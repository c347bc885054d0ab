"""Bottle, on wsgiref. Its parser is Python's own: http.cookies.SimpleCookie."""

import json
import sys

from bottle import request, route, run


@route("/")
def cookies():
    return json.dumps(list(request.cookies.items()))


run(host="127.0.0.1", port=int(sys.argv[1]), quiet=True)
