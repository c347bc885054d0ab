#!/usr/bin/env python3
"""Checks the structure of `src`: sizes, layers, where sockets, `unsafe` and limits may be, and what comments cite."""

import re
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
SRC = TESTS.parent / "src"
# The whole has about 5,500 lines, and room for the solution of an exercise.
MOST_LINES, MOST_LINES_OF_FUNCTION, MOST_LINES_OF_ALL, MOST_COLUMNS = 250, 40, 5660, 110
FILES = {file.relative_to(SRC).as_posix(): file.read_text() for file in sorted(SRC.rglob("*.rs"))}
MAP = FILES["lib.rs"]
problems = []


def module(file):
    """The module of a file: `parse/by_hand.rs` belongs to `parse`."""
    return re.split(r"[/.]", file)[0]


def is_comment(line):
    return line.lstrip().startswith("//")


def code(text):
    """The text without its comments."""
    return "\n".join(line for line in text.splitlines() if not is_comment(line))


def sizes():
    for file, text in FILES.items():
        lines = text.splitlines()
        if len(lines) > MOST_LINES:
            problems.append(f"{file} has {len(lines)} lines, more than {MOST_LINES}")
        for number, line in enumerate(lines, 1):
            if len(line) > MOST_COLUMNS:
                problems.append(f"{file}:{number} has {len(line)} columns, more than {MOST_COLUMNS}")
        for start, line in enumerate(lines):
            opening = re.match(r"( *)(?:pub(?:\(.*?\))? )?(?:const |unsafe |extern \"C\" )*fn (\w+)", line)
            if opening and not line.endswith((";", "}")):
                length = lines[start:].index(opening[1] + "}") + 1
                if length > MOST_LINES_OF_FUNCTION:
                    problems.append(f"{file}: {opening[2]} has {length} lines, more than {MOST_LINES_OF_FUNCTION}")
    total = sum(text.count("\n") for text in FILES.values())
    if total > MOST_LINES_OF_ALL:
        problems.append(f"src has {total} lines, more than {MOST_LINES_OF_ALL}")


def layers():
    """lib.rs lists the modules in the order of layers: each may use only those below it."""
    order = ["main", "lib", *re.findall(r"^(?:pub )?mod (\w+);", MAP, re.MULTILINE)]
    for file, text in FILES.items():
        user = module(file)
        if user not in order:
            problems.append(f"{file} is in no module of lib.rs")
            continue
        for used in set(re.findall(r"\bcrate::(\w+)", code(text))) - {user}:
            if order.index(used) < order.index(user):
                problems.append(f"{file} uses {used}, which is above it")


def places():
    """Sockets, unsafe code and tunable numbers may occur only in some modules."""
    durations = r"\bDuration::from_|^\s*(?:pub )?const \w+: (?:[ui]\w+|Duration|RangeInclusive\S+) ="
    for file, text in FILES.items():
        for what, pattern, allowed in [
            ("a socket", r"\bTcpStream\b", {"connection", "worker"}),
            ("unsafe", r"\bunsafe\b", {"unix"}),
            # The numbers of cookies belong to the pages; those of dates and of C can't be changed.
            ("a number", durations, {"limits", "app", "date", "unix", "set_cookie", "command_line"}),
        ]:
            if module(file) not in allowed and re.search(pattern, code(text), re.MULTILINE):
                problems.append(f"{file} names {what}: that belongs into {', '.join(sorted(allowed))}")


def tour():
    """The tour in lib.rs includes every module."""
    left = {module(file) for file in FILES} - set(re.findall(r"\[`(\w+)[`:]", MAP)) - {"main", "lib"}
    problems.extend(f"lib.rs: the tour never comes to {module}" for module in sorted(left))


def citations():
    """A comment that cites `tests/clients: "Row"` cites a row of that README, wherever the comment is wrapped."""
    rows = set(re.findall(r"^- \*\*(.+?)\.\*\* ", (TESTS / "clients/README.md").read_text(), re.MULTILINE))
    for file, text in {**FILES, "../tests/lessons.rs": (TESTS / "lessons.rs").read_text()}.items():
        unwrapped = re.sub(r"\s*\n\s*//[/!]?\s*", " ", text)
        for cited in re.findall(r'tests/clients: ("[^"]*"(?:, "[^"]*")*)', unwrapped):
            for row in set(re.findall('"([^"]*)"', cited)) - rows:
                problems.append(f'{file} cites "{row}", which is no row of tests/clients/README.md')


for check in [sizes, layers, places, tour, citations]:
    check()
for problem in problems:
    print(f"src: {problem}", file=sys.stderr)
lines = sum(text.count("\n") for text in FILES.values())
print(f"src: {lines} lines in {len(FILES)} files, the longest {max(text.count(chr(10)) for text in FILES.values())}")
sys.exit(bool(problems))
