"""Flask, on its development server, Werkzeug."""

import sys

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/")
def cookies():
    # `request.cookies` is a MultiDict: `items` has the first cookie of a name, `getlist` has all of them.
    return jsonify(list(request.cookies.items()))


app.run(host="127.0.0.1", port=int(sys.argv[1]))
