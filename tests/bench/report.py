"""The tables of a run, and whether it meets the targets."""

from statistics import median

ALIVE = ["1", "16", "64", "256", "1,024"]
CLOSING = ["close 1", "close 16", "close 64"]
DEEP = "16 deep"

EVENT_LOOPS = ["hyper", "actix", "nginx"]
BLOCKING_AND_FLASK = ["tiny_http", "rouille", "book", "flask", "gunicorn"]

# The least ratio of requests per second, for each scenario: ours / the fastest of these peers.
TARGETS = [
    # No slower than the other build; 3% are noise.
    (["beside"], dict.fromkeys([*ALIVE, *CLOSING, DEEP], 0.97)),
    (["limit"], {"1": 0.97, DEEP: 0.90}),
    (EVENT_LOOPS, dict.fromkeys([*ALIVE, *CLOSING], 1.1)),
    (["hyper"], {DEEP: 1.5}),
    (BLOCKING_AND_FLASK, dict.fromkeys([*ALIVE, *CLOSING, DEEP], 2)),
]


def ratio(results, scenario, name, figure="per_second"):
    """Ours / the peer's: the median of the rounds. `None` if the peer answered nothing."""
    ours, peer = results[scenario]["ours"], results[scenario][name]
    ratios = [
        getattr(ours[nth], figure) / getattr(result, figure)
        for nth, result in peer.items()
        if getattr(result, figure)
    ]
    return median(ratios) if ratios else None


def per_second(results, scenario, name):
    return median(result.per_second for result in results[scenario][name].values())


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
    """Explains each `!` of the tables by the worst of its rounds."""
    for scenario in scenarios:
        for name in names:
            rounds = results[scenario.name][name].values()
            if has_errors(results, scenario.name, name):
                failed = [result.errors for result in rounds if result.errors]
                print(f"! {name}, {scenario.name}: in {len(failed)} of {len(rounds)} rounds, as: {max(failed, key=len)}")


def print_targets(results, names, scenarios):
    """A line for each miss, and one for the narrowest of the targets that are met."""
    print("\nTargets, ours / peer\n")
    met = []
    for peers, places in TARGETS:
        for scenario in [each.name for each in scenarios if each.name in places]:
            peer = fastest(results, scenario, [name for name in peers if name in names])
            if not peer:
                continue
            value, least = ratio(results, scenario, peer), places[scenario]
            line = f"{value:.2f} of {peer} at {scenario}, at least {least}"
            if value >= least:
                met.append((value / least, line))
            else:
                print(f"NOT met  {line}")
    if met:
        print(f"met      {len(met)} targets; the narrowest is {min(met)[1]}")
    limits = [f"{name}: {cell(results, name, 'limit', 'per_second')}" for name in without_target("limit", scenarios)]
    print(f"         of the limit, without a target: {', '.join(limits)}")


def without_target(peer, scenarios):
    """The scenarios that have no target beside this peer."""
    with_target = {scenario for peers, places in TARGETS if peer in peers for scenario in places}
    return [each.name for each in scenarios if each.name not in with_target]


def fastest(results, scenario, peers):
    """The peer with the most requests per second, or `None` if none of them answered."""
    answering = [name for name in peers if ratio(results, scenario, name) is not None]
    return max(answering, key=lambda name: per_second(results, scenario, name), default=None)
