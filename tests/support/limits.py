"""The numbers of src/limits.rs."""

import math
import re

from program import ROOT

LIMITS = (ROOT / "src/limits.rs").read_text()
PER_SECOND = {"secs": 1, "millis": 1000}


def limit(name):
    """A limit in bytes, or in seconds."""
    value = re.search(rf"pub const {name}: \w+ = (.*);", LIMITS)[1]
    if time := re.fullmatch(r"Duration::from_(\w+)\((\d+)\)", value):
        return int(time[2]) / PER_SECOND[time[1]]
    return math.prod(int(factor.replace("_", "")) for factor in value.split(" * "))
