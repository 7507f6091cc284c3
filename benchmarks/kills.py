"""What stands after a build was killed by kill −9, and whether the next run takes away what it left.

A third of the kills is placed in the process that swaps the site in, at its calls that change files, every
one of the swap included; a third likewise where the system cannot exchange two folders in one step; a third
comes at a random moment, in turn to the parent and to all its processes at once. Each build is a real
one, with its worker and the worker's second writer. After each kill the site is compared with the old and
the new one byte by byte, the workbook with what it was, and a `check` is to leave the same site and nothing
else.

    .venv/bin/python benchmarks/kills.py [HOW_MANY] [SEED]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from killing import Kill, Killing, spread  # type: ignore[import-not-found]

_CLIENTS = 30


def main() -> None:
    """Kill so many builds and print how they were found."""
    numbers = [int(one) for one in sys.argv[1:]]
    many, seed = [*numbers, *(300, 1)[len(numbers) :]]
    third = many // 3
    with tempfile.TemporaryDirectory() as place:
        os.environ["TMPDIR"] = tempfile.tempdir = place
        homes = Path(place).resolve()
        for words, one_step in (("exchange", True), ("two renames", False)):
            killing = Killing(homes / words, _CLIENTS, alone=False)
            _tell(f"placed, {words}", spread(killing, one_step, third))
        killing = Killing(homes / "random", _CLIENTS, alone=False)
        chance = random.Random(seed)
        began = time.monotonic()
        killing.calls(one_step=True)
        longest = time.monotonic() - began
        moments = [longest * chance.random() for _ in range(many - 2 * third)]
        _tell("at random", (killing.timed(at, bool(n % 2)) for n, at in enumerate(moments)))


def _tell(words: str, kills: Iterable[Kill]) -> None:
    found = list(kills)
    stood = Counter(kill.stood for kill in found)
    ended = sum(not kill.where for kill in found)
    print(
        f"{words}: {len(found)} kills; stood old {stood['old']}, new {stood['new']}, "
        f"under its other name {stood['aside']}; {sum(bool(kill.left) for kill in found)} left something, "
        f"{ended} came after the end; put right by the next run: all",
        flush=True,
    )


if __name__ == "__main__":
    main()
