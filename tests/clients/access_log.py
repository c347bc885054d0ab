"""GoAccess reads the access log."""

import json
from subprocess import run

from program import ROOT

FOLDER = ROOT / "target/clients"
LOG = FOLDER / "output"
REPORT = FOLDER / "goaccess.json"
INVALID = FOLDER / "goaccess-invalid.log"


def differences(requests):
    """Returns the differences from a log of this number of requests."""
    command = ["goaccess", LOG, "--no-global-config", "--log-format=COMMON", "--num-tests=0"]
    files = [f"--invalid-requests={INVALID}", "--output", REPORT]
    REPORT.unlink(missing_ok=True)
    INVALID.unlink(missing_ok=True)
    ended = run([*command, *files], capture_output=True, text=True, timeout=60)
    if ended.returncode != 0 or not REPORT.exists():
        return [f"it ended with {ended.returncode}: {ended.stderr.strip()[-200:]}"]
    general = json.loads(REPORT.read_text())["general"]
    expected = {"total_requests": requests, "valid_requests": requests, "failed_requests": 0}
    found = [f"{key}: {general[key]}, not {number}" for key, number in expected.items() if general[key] != number]
    return found + INVALID.read_text(errors="replace").splitlines()[:3]
