#!/usr/bin/env python3
"""The shape of `src`, as lib.rs promises it: sizes, layers, what stands where, examples, reading times."""

import re
import sys
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src"
MOST_LINES, MOST_LINES_OF_FUNCTION, MOST_LINES_OF_ALL, MOST_COLUMNS = 250, 40, 5400, 110
# What an hour of reading is: comments as prose, code line by line.
WORDS_A_MINUTE, LINES_OF_CODE_A_MINUTE = 200, 20

FILES = {file.relative_to(SRC).as_posix(): file.read_text() for file in sorted(SRC.rglob("*.rs"))}
MAP = FILES["lib.rs"]
problems = []


def module(file):
    """`parse/by_hand.rs` belongs to `parse`."""
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
    """The modules stand in lib.rs in the order of layers: each uses those below it only."""
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
    """What may stand in some files only."""
    durations = r"\bDuration::from_|^\s*(?:pub )?const \w+: (?:[ui]\w+|Duration|RangeInclusive\S+) ="
    for file, text in FILES.items():
        for what, pattern, allowed in [
            ("a socket", r"\bTcpStream\b", {"connection", "server"}),
            ("unsafe", r"\bunsafe\b", {"unix"}),
            # Those of cookies are the pages' own; those of dates and of C can't be others.
            ("a number", durations, {"limits", "app", "date", "unix", "set_cookie", "command_line"}),
        ]:
            if module(file) not in allowed and re.search(pattern, code(text), re.MULTILINE):
                problems.append(f"{file} names {what}: that belongs into {', '.join(sorted(allowed))}")


def examples_in(text):
    """The doc examples that are tests: what stands between fences, unless the first says `text`."""
    comments = "\n".join(line.lstrip()[3:].strip() for line in text.splitlines() if is_comment(line))
    return [body for kind, body in re.findall(r"^```(\w*)\n(.*?)^```", comments, re.MULTILINE | re.DOTALL) if not kind]


def is_public(file):
    """Whether other crates see what is `pub` here."""
    *above, name = file.removesuffix(".rs").split("/")
    parent = FILES[f"{above[0]}.rs"] if above else MAP
    return re.search(rf"^pub (?:mod {name};|use {name}::)", parent, re.MULTILINE) and (not above or is_public(f"{above[0]}.rs"))


def examples():
    """The name of all that is public occurs in an example, but for constants; and each file shows its bytes."""
    shown = "\n".join(example for text in FILES.values() for example in examples_in(text))
    public = r"^ *pub (?:const )?(?:fn|struct|enum|trait|type) (\w+)"
    for file, text in FILES.items():
        if "//! ```text\n" not in text and file != "main.rs":
            problems.append(f"{file} shows no bytes in its head")
        if is_public(file):
            for name in re.findall(public, text, re.MULTILINE):
                if not re.search(rf"\b{name}\b", shown):
                    problems.append(f"{file}: {name} is in no example")


def minutes(modules):
    """How long it takes to read these modules."""
    texts = [text for file, text in FILES.items() if module(file) in modules]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    words = sum(len(line.split()) for line in lines if is_comment(line))
    return words / WORDS_A_MINUTE + sum(not is_comment(line) for line in lines) / LINES_OF_CODE_A_MINUTE


def reading_times():
    """lib.rs promises a time for each part of its tour, and the tour leads everywhere."""
    seen = set()
    for head, promised, stops in re.findall(r"^//! ## (.*?), (\d+) minutes\n(.*?)(?=^//! #)", MAP, re.MULTILINE | re.DOTALL):
        modules = set(re.findall(r"\[`(\w+)`\]", stops))
        seen |= modules
        needed = minutes(modules)
        if abs(needed - int(promised)) > 5:
            problems.append(f"lib.rs: {head} takes {needed:.0f} minutes, not {promised}")
    for left in {module(file) for file in FILES} - seen - {"main", "lib"}:
        problems.append(f"lib.rs: the tour never comes to {left}")


for check in [sizes, layers, places, examples, reading_times]:
    check()
for problem in problems:
    print(f"src: {problem}", file=sys.stderr)
lines = sum(text.count("\n") for text in FILES.values())
print(f"src: {lines} lines in {len(FILES)} files, the longest {max(text.count(chr(10)) for text in FILES.values())}")
sys.exit(bool(problems))
