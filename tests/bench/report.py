"""The tables of a run, and whether it meets the targets."""

from statistics import median

BLOCKING_AND_FLASK = ["tiny_http", "rouille", "book", "flask", "gunicorn"]

# Of which figure, how often that of a peer at least, in which scenarios.
TARGETS = [
    ("1 connection", "per_second", ["1"], {"limit": 0.95, "hyper": 1.25, "nginx": 1.25}),
    ("16 to 1,024, per CPU second", "per_second_of_cpu", ["16", "64", "256", "1,024"], {"limit": 0.95}),
    ("a connection per request", "per_second", ["close 16", "close 64"],
     {"limit": 0.97, "hyper": 1.3, "nginx": 1.3}),
    ("16 deep", "per_second", ["16 deep"], {"limit": 0.95, "hyper": 1.6, "nginx": 5}),
    ("everything", "per_second", ["1", "16", "64", "256", "1,024", "close 16", "close 64", "16 deep"],
     dict.fromkeys(BLOCKING_AND_FLASK, 2)),
]


def ratio(results, scenario, name, figure):
    """Ours by the peer's: the median of the rounds. `None` if the peer answered nothing."""
    ours, peer = results[scenario]["ours"], results[scenario][name]
    ratios = [
        getattr(ours[nth], figure) / getattr(result, figure)
        for nth, result in peer.items()
        if getattr(result, figure)
    ]
    return median(ratios) if ratios else None


def has_errors(results, scenario, name):
    return any(result.errors for result in results[scenario][name].values())


def print_tables(results, names, scenarios):
    for figure, title in [
        ("per_second", "Requests per second: ours / peer"),
        ("per_second_of_cpu", "Requests per second of the server's CPU time: ours / peer"),
    ]:
        print(f"\n{title}\n")
        print_row("", [scenario.name for scenario in scenarios])
        for name in names[1:]:
            print_row(name, [cell(results, scenario.name, name, figure) for scenario in scenarios])
        rates = [results[scenario.name]["ours"].values() for scenario in scenarios]
        print_row("(ours)", [f"{median(getattr(result, figure) for result in each):,.0f}" for each in rates])
    print_errors(results, names, scenarios)


def print_row(name, cells):
    print(f"{name:10}" + "".join(f"{cell:>11}" for cell in cells))


def cell(results, scenario, name, figure):
    value = ratio(results, scenario, name, figure)
    text = "no answer" if value is None else f"{value:.2f}"
    return text + ("!" if has_errors(results, scenario, name) else "")


def print_errors(results, names, scenarios):
    """Whoever is marked with `!`, and why: the worst of its rounds."""
    for scenario in scenarios:
        for name in names:
            rounds = results[scenario.name][name].values()
            if has_errors(results, scenario.name, name):
                failed = [result.errors for result in rounds if result.errors]
                print(f"! {name}, {scenario.name}: in {len(failed)} of {len(rounds)} rounds, as: {max(failed, key=len)}")


def print_targets(results, names, scenarios):
    """The worst figure of each target, and where it was."""
    print("\nTargets\n")
    measured = [scenario.name for scenario in scenarios]
    for title, figure, places, peers in TARGETS:
        places = [place for place in places if place in measured]
        for name, least in peers.items():
            if name not in names:
                continue
            ratios = [(ratio(results, place, name, figure), place) for place in places]
            answered = [each for each in ratios if each[0] is not None]
            if not answered:
                print(f"met      {title}: {name} answers nothing")
                continue
            worst, place = min(answered)
            verdict = "met    " if worst >= least else "NOT met"
            print(f"{verdict}  {title}: {worst:.2f} of {name} (at {place}), at least {least}")
