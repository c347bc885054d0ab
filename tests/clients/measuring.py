"""Measures one engine: a cell for each behaviour."""

import walk
from behaviours import DAY, WALK
from driver import Driver, Failed
from visits import pairs_of, text_of


def measure(engine, site, behaviours):
    """Returns the title of each behaviour → its cell. A cell that can't be measured is missing."""
    cells, waiting, failed = {}, list(behaviours), []
    while waiting:
        with Driver(engine) as driver:
            while waiting:
                behaviour = waiting.pop(0)
                try:
                    cell = measure_one(behaviour, engine, site, driver)
                except Failed as failure:
                    print(f"  --   {engine.name}, {behaviour.title}: {failure}", flush=True)
                    # It may have been the machine: only what fails twice is an error of the engine.
                    if behaviour in failed:
                        cells[behaviour.title] = "an error"
                    else:
                        failed.append(behaviour)
                        waiting.insert(0, behaviour)
                    break
                if cell is not None:
                    cells[behaviour.title] = cell
    return cells


def measure_one(behaviour, engine, site, driver):
    if behaviour is WALK:
        return walk.cell(site, driver)
    steps = site.begin([*behaviour.sets, *behaviour.asks.values()], engine.host)
    if behaviour.restarts:
        steps.insert(len(behaviour.sets), "restart")
    jar = driver.session(steps)
    received = dict(zip(behaviour.asks, site.received[len(behaviour.sets) :]))
    if jar is None or None in received.values():
        return None
    cell = cell_of(behaviour, received, jar)
    if behaviour.title in engine.unordered and sorted(cell.split("; ")) == sorted(behaviour.expected.split("; ")):
        return "any order"
    return cell


def cell_of(behaviour, received, jar):
    if "" not in received:
        return " ".join(label for label, lines in received.items() if pairs_of(lines)) or "nothing"
    lines = received[""]
    if behaviour.is_raw:
        return text_of(lines)
    pairs = pairs_of(lines)
    if behaviour.names:
        return " ".join(name for name in behaviour.names if f"{name}=1" in pairs) or "nothing"
    if behaviour.lifetime_seconds:
        return lifetime_of(jar, behaviour.lifetime_seconds) if pairs else "not kept"
    if behaviour.counts:
        return str(len(pairs))
    line = "; ".join(pairs)
    return behaviour.words.get(line, line or "nothing")


def lifetime_of(jar, seconds):
    """The lifetime of the cookie `a`, which the server wanted to be so long. `None` if the client doesn't show it."""
    lifetimes = [lifetime for name, _, lifetime in jar if name == "a"]
    if not lifetimes or lifetimes[0].startswith("-"):
        return None
    if lifetimes[0] == "session":
        return "session"
    return "not cut" if abs(int(lifetimes[0]) - seconds) < DAY else f"{round(int(lifetimes[0]) / DAY)} days"
