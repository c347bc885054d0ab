"""The tutorial's server: Flask, with our page as a Jinja template."""

import logging
from pathlib import Path

from flask import Flask, make_response, render_template, request
from jinja2 import DictLoader
from werkzeug.http import dump_cookie

PATHS = ["/", "/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie", "/delete-cookies"]

# For each placeholder of our template, << name >>, what Jinja renders there.
VALUES = {
    "title": "Cookies",
    "problem": "",
    "pages": """{% for path in paths -%}
<a href="{{ path }}"{% if path == request.path %} aria-current="page"{% endif %}>{{ path }}</a>
{% endfor %}""",
    "cookies": """{% if request.cookies -%}
<table>
<thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
<tbody>
{% for name, value in request.cookies.items() -%}
<tr><td>{{ name }}</td><td>{{ value }}</td></tr>
{% endfor -%}
</tbody>
</table>
{%- else -%}
<p>No cookies came with this request. What a page sets comes with the next one.</p>
{%- endif %}""",
    "set_cookies": """{% if set_cookie -%}
<ul>
<li><code>Set-Cookie: {{ set_cookie }}</code></li>
</ul>
{%- else -%}
<p>This response sets no cookie.</p>
{%- endif %}""",
}


def template():
    source = (Path(__file__).parents[3] / "templates/template.html").read_text()
    for name, jinja in VALUES.items():
        source = source.replace(f"<< {name} >>", jinja)
    # Jinja drops the last line break.
    return source + "\n"


app = Flask(__name__)
app.jinja_loader = DictLoader({"template.html": template()})
# No line for each request.
logging.getLogger("werkzeug").setLevel(logging.ERROR)


def page(set_cookie=None):
    resp = make_response(render_template("template.html", paths=PATHS, set_cookie=set_cookie))
    resp.headers["Cache-Control"] = "no-store"
    return resp


@app.route("/")
def read_cookies():
    return page()


@app.route("/set-cookie")
def set_cookie():
    resp = page(dump_cookie("cookie_name", "cookie_value"))
    resp.set_cookie("cookie_name", "cookie_value")
    return resp
