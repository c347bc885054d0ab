"""Draws a run: the answers per second of each server, for each kind of client."""

import os
import platform
import time
from html import escape
from pathlib import Path
from statistics import median

from servers import ROOT

FILE = ROOT / "tests/pictures/bench.svg"

# The scenarios that are drawn, each with its heading.
PANELS = {
    "1": ("1 connection", "kept open, on one core"),
    "64": ("64 connections", "kept open"),
    "1,024": ("1,024 connections", "kept open"),
    "close 16": ("16 connections", "a new one per request"),
    "16 deep": ("16 connections", "16 requests at once"),
}
LABELS = {"ours": "this server", "limit": "the limit", "actix": "actix-web", "http_net": "http-net",
          "book": "the Rust Book's", "flask": "flask run", "gunicorn": "Flask, gunicorn"}

LEFT, TOP, RIGHT, BOTTOM = 168, 146, 24, 80
ROW, BAR = 30, 18
PANEL, GAP = 172, 26
# The width of the limit's bar. An event loop can be above the limit. At the widest, a bar is cut off: then
# only its figure is right.
FULL, WIDEST = 76, 138

STYLE = """
text { font: 14px system-ui, sans-serif; fill: #2b1d12; }
.title { font-size: 22px; font-weight: 600; }
.quiet { font-size: 13px; fill: #6f5f51; }
.panel { font-weight: 600; }
.ours { font-weight: 600; }
.paper { fill: #fdf9f3; }
.track { fill: #f1e8dc; }
.line { stroke: #a8927b; stroke-dasharray: 3 3; }
rect.peer { fill: #b9a48e; }
rect.limit { fill: #dccdbb; }
rect.ours { fill: #96480f; }
@media (prefers-color-scheme: dark) {
text { fill: #f1e7dc; }
.quiet { fill: #b7a797; }
.paper { fill: #1b1511; }
.track { fill: #261e18; }
.line { stroke: #75624f; }
rect.peer { fill: #77654f; }
rect.limit { fill: #46382d; }
rect.ours { fill: #f0a868; }
}
"""


def write(results, names, options):
    width = LEFT + len(PANELS) * (PANEL + GAP) - GAP + RIGHT
    height = TOP + len(names) * ROW + BOTTOM
    shapes = [
        f'<rect class="paper" width="{width}" height="{height}" rx="12"/>',
        text(24, 42, "Answers per second", "title"),
        text(24, 68, "In percent of the limit: a thread for each connection that only reads, and writes constant "
             "bytes. All others but nginx make the same page.", "quiet"),
        *(text(LEFT - 14, TOP + nth * ROW + 14, LABELS.get(name, name), kind(name), "end")
          for nth, name in enumerate(names)),
    ]
    for nth, (scenario, titles) in enumerate(PANELS.items()):
        shapes += panel(LEFT + nth * (PANEL + GAP), titles, results[scenario], names)
    foot = TOP + len(names) * ROW + 36
    shapes += [text(24, foot, machine(), "quiet"), text(24, foot + 22, how(options), "quiet")]
    FILE.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<style>{STYLE}</style>\n" + "\n".join(shapes) + "\n</svg>\n"
    )
    print(f"Drawn: {FILE.relative_to(ROOT)}")


def panel(left, titles, scenario, names):
    bottom = TOP + len(names) * ROW - (ROW - BAR) + 6
    shapes = [text(left, TOP - 38, titles[0], "panel"), text(left, TOP - 19, titles[1], "quiet")]
    for nth, name in enumerate(names):
        top = TOP + nth * ROW
        percent = percent_of_limit(scenario, name)
        bar = max(min(percent / 100 * FULL, WIDEST), 1)
        shapes += [
            f'<rect class="track" x="{left}" y="{top}" width="{FULL}" height="{BAR}" rx="2"/>',
            f'<rect class="{kind(name)}" x="{left}" y="{top}" width="{bar:.1f}" height="{BAR}" rx="2"/>',
            text(left + max(bar, FULL) + 6, top + 14, figure(percent), kind(name)),
        ]
    shapes.append(f'<line class="line" x1="{left + FULL}" y1="{TOP - 6}" x2="{left + FULL}" y2="{bottom}"/>')
    return shapes


def percent_of_limit(scenario, name):
    limit = scenario["limit"]
    return median(result.per_second / limit[nth].per_second * 100 for nth, result in scenario[name].items())


def figure(percent):
    if percent < 0.1:
        return "< 0.1"
    return f"{percent:.0f}" if percent >= 10 else f"{percent:.1f}"


def kind(name):
    return name if name in ["ours", "limit"] else "peer"


def text(x, y, words, kind, anchor="start"):
    return f'<text class="{kind}" x="{x:.0f}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def machine():
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    kernel = Path("/proc/sys/kernel/osrelease").read_text().split("-")[0].strip()
    return f"{time.strftime('%-d %B %Y')}; {os.cpu_count()} cores, shared by clients and server: {model}; Linux {kernel}"


def how(options):
    return (f"make bench: medians of {options.rounds} rounds of {options.seconds} seconds, fewer for the slow; "
            "all servers in turn; the client is wrk")
