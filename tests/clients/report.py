"""What was measured: kept in measured.json, compared with a new run, and rendered into README.md."""

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from behaviours import BEHAVIOURS, TOPICS
from reading import ROWS

FILE, README = Path("measured.json"), Path("README.md")
MOST_CHARACTERS_SHOWN = 200
BETWEEN_MARKERS = re.compile(r"<!-- (\w+) -->\n.*?<!-- end -->", re.DOTALL)
TITLES = {"engines": [behaviour.title for behaviour in BEHAVIOURS], "servers": [row.title for row in ROWS]}


class Measured:
    """The engines and the servers that were measured: each name → version, date, and cells."""

    def __init__(self):
        self.kept = json.loads(FILE.read_text()) if FILE.exists() else {"engines": {}, "servers": {}}
        self.new = {"engines": {}, "servers": {}}

    def add(self, kind, name, version, cells):
        """Adds an engine or a server. Returns what has changed, which another version may: that is only printed."""
        before = self.kept[kind].get(name, {"version": "none", "cells": {}})
        old = before["cells"]
        self.new[kind][name] = {"version": version, "date": str(date.today()), "cells": cells}
        changes = [
            f"{title}: {cells.get(title, 'not measured')}; in the table: {old.get(title, 'not measured')}"
            for title in TITLES[kind] if old.get(title) != cells.get(title)
        ]
        if before["version"] == version:
            return changes
        what = f"{name}: version {version}; in the table: {before['version']}"
        print(f"  --   {what}", *changes, sep="\n       ", flush=True)
        return []

    def write(self, lists):
        """Writes both files, without what is in none of these lists, or in no list of titles, any more."""
        for kind, titles in TITLES.items():
            all_of_them = self.kept[kind] | self.new[kind]
            names = [one.name for one in lists[kind] if one.name in all_of_them]
            self.kept[kind] = {name: all_of_them[name] for name in names}
            for one in self.kept[kind].values():
                one["cells"] = {title: one["cells"][title] for title in titles if title in one["cells"]}
        FILE.write_text(json.dumps(self.kept, indent=1, ensure_ascii=False) + "\n")
        README.write_text(self.readme())

    def readme(self):
        """README.md with the tables of what is kept."""
        parts = {"engines": self.engines, "servers": self.servers, "versions": self.versions}
        return BETWEEN_MARKERS.sub(
            lambda found: f"<!-- {found[1]} -->\n{parts[found[1]]()}\n<!-- end -->", README.read_text()
        )

    def engines(self):
        lines = []
        for topic, behaviours in TOPICS.items():
            lines += [f"### {topic}", "", *table("Engine", self.kept["engines"], behaviours), ""]
            lines += [f"- **{behaviour.title}.** {self.sentence(behaviour)}" for behaviour in behaviours]
            lines.append("")
        return "\n".join(lines)

    def sentence(self, behaviour):
        """The word of the specification, how many engines follow it, and what that teaches."""
        measured = [one["cells"][behaviour.title] for one in self.kept["engines"].values()
                    if behaviour.title in one["cells"]]
        parts = [sent(behaviour), behaviour.specification]
        if behaviour.expected is not None:
            following = measured.count(behaviour.expected)
            count = f"{following} of {len(measured)} engines do that."
            parts.append(f"**Most don't: only {count}**" if following * 2 < len(measured) else count)
        return " ".join(filter(None, [*parts, behaviour.remark]))

    def servers(self):
        lines = table("Server", self.kept["servers"], ROWS)
        sentences = (f"- **{row.title}.** {row.sent} {row.specification} {row.remark}".rstrip() for row in ROWS)
        return "\n".join([*lines, "", *sentences])

    def versions(self):
        lines = ["| | Version | Measured on |", "| --- | --- | --- |"]
        for kind in self.kept.values():
            lines += [f"| {name} | {one['version']} | {one['date']} |" for name, one in kind.items()]
        return "\n".join(lines)


def sent(behaviour):
    """The `Set-Cookie` lines, and the pages that they come from, unless they are long."""
    visits = [(visit.path, visit.sets + visit.early) for visit in behaviour.sets if visit.sets or visit.early]
    parts = [f"{' and '.join(f'`{line}`' for line in lines)} from `{path}`" for path, lines in visits]
    text = ", then ".join(parts)
    return f"{text}." if 0 < len(text) <= MOST_CHARACTERS_SHOWN else ""


def table(head, measured, rows):
    """A table of these rows, turned: a column for each. What behaves alike shares a line."""
    alike = defaultdict(list)
    for name, one in measured.items():
        alike[tuple(cell(row, one["cells"].get(row.title)) for row in rows)].append(name)
    yield " | ".join(["", head, *(row.title for row in rows), ""]).strip()
    yield "|" + " --- |" * (len(rows) + 1)
    for cells, names in sorted(alike.items(), key=lambda line: -line[0].count("✓")):
        yield " | ".join(["", ", ".join(names), *cells, ""]).strip()


def cell(row, text):
    """A cell in Markdown: ✓ if it is as the specification says, and nothing if it was not measured."""
    if text is None:
        return ""
    if text == row.expected:
        return "✓"
    is_code = ("=" in text or "/" in text) and "`" not in text
    return f"`{text}`" if is_code else text
