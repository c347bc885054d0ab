"""The tutorial's server: Flask, with our page as a Jinja template."""

import logging
from pathlib import Path

from flask import Flask, make_response, render_template, request
from jinja2 import DictLoader
from werkzeug.http import dump_cookie

PREDICTED = [("/", "/set-path-cookie-alternate"), ("/set-path-cookie", "/set-path-cookie/below")]
PATHS = ["/", "/set-cookie", "/set-path-cookie", "/set-expiring-cookie", "/set-long-lasting-cookie", "/delete-cookies"]

# For each placeholder of our template, << name >>, what Jinja renders there.
VALUES = {
    "title": """{% if request.path != "/" %}{{ request.path }} · {% endif %}Cookies""",
    "problem": "",
    "pages": """{% for path in paths -%}
<a href="{{ path }}"{% if path == request.path %} aria-current="page"{% endif %}>{{ path }}</a>
{% endfor %}""",
    "cookies": """{% if request.cookies -%}
<p><code>Cookie: {{ request.headers["Cookie"] }}</code></p>
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
<li><code>Set-Cookie: {{ set_cookie }}</code>
{{ "Sent to every page of this host, until the browser's session ends." }}</li>
</ul>
{%- else -%}
<p>This response sets no cookie.</p>
{%- endif %}""",
    "next_cookies": """<dl>
{% for path, alike in predicted -%}
<dt>to {{ path }} and <a href="{{ alike }}">{{ alike }}</a></dt>
<dd><code>{{ next_cookies }}</code>{% if path != "/" %}
and any kept for that path{% endif %}</dd>
{% endfor -%}
</dl>""",
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
    cookies = dict(request.cookies)
    if set_cookie:
        name, value = set_cookie.partition(";")[0].split("=", 1)
        cookies[name] = value
    pairs = "; ".join(f"{name}={value}" for name, value in cookies.items())
    next_cookies = f"Cookie: {pairs}" if pairs else "no cookies"
    values = {"paths": PATHS, "predicted": PREDICTED, "set_cookie": set_cookie, "next_cookies": next_cookies}
    resp = make_response(render_template("template.html", **values))
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
