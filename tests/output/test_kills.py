"""A build that is killed leaves the old site or the new one, whole; the next run takes away the rest."""

import json
import os
import subprocess
import sys
from pathlib import Path

from killing import Killing

SCRIPT = Path(__file__).resolve().parents[1] / "killing.py"


def test_killed_at_every_step_of_the_swap_and_at_some_before_and_after():
    """Between two renames the site has its other name, and nowhere else; an exchange has no between."""
    ran = subprocess.run(
        [sys.executable, SCRIPT, "14"], capture_output=True, text=True, check=False, env=os.environ
    )
    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    kills = [line for line in lines if isinstance(line, dict)]
    assert len(kills) >= 28
    stood = [
        (kill["one_step"], kill["where"], kill["stood"])
        for kill in kills
        if kill["where"].startswith(("exchange", "rename"))
    ]
    assert stood == [
        (True, "exchange site", "old"),
        (False, "exchange site", "old"),
        (False, "rename site", "old"),
        (False, "rename .site.reportgen-new", "aside"),
    ]
    for one_step in (True, False):
        after = [kill["stood"] for kill in kills if kill["one_step"] == one_step]
        assert {"old", "new"} <= {*after}
        assert after == sorted(after, key=["old", "aside", "new"].index)
        assert all(kill["where"] for kill in kills), "each was killed before its end"
    codes = [pair for line in lines if isinstance(line, list) for pair in line]
    assert len(codes) == 8
    assert all(0 in pair for pair in codes), "of two at once, one at least comes to its end"


def test_a_build_of_several_processes_killed_at_some_moment(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    killing = Killing(tmp_path.resolve() / "home", clients=60, alone=False)
    for seconds, whole_group in ((0.3, False), (0.7, True)):
        assert killing.timed(seconds, whole_group).stood in ("old", "new")
