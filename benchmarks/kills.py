"""What stands after a build was killed by kill −9, and whether the next run takes away what it left.

So many builds are killed at a call that changes a file, spread over the whole build, every call of the
swap and the one after it included: half of them where two folders are exchanged in one step, half where
that takes two renames. They make the whole walk in one process. A tenth as many besides, of as many
processes as an owner's build has, are killed at a random moment: in turn the parent alone, and all of its
processes at once.

After each kill the site is compared with the old and the new one byte by byte and the workbook with what
it was; then the next run is to leave the same site and nothing else.

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


def main() -> None:
    """Kill so many builds and print how they were found."""
    numbers = [int(one) for one in sys.argv[1:]]
    many, seed = [*numbers, *(300, 1)[len(numbers) :]]
    with tempfile.TemporaryDirectory() as place:
        os.environ["TMPDIR"] = tempfile.tempdir = place
        homes = Path(place).resolve()
        for words, one_step in (("exchange", True), ("two renames", False)):
            killing = Killing(homes / words, clients=2, alone=True)
            _tell(f"placed, {words}", spread(killing, one_step, many // 2))
        killing = Killing(homes / "random", clients=40, alone=False)
        chance = random.Random(seed)
        began = time.monotonic()
        killing.calls(one_step=True)
        longest = time.monotonic() - began
        moments = [longest * chance.random() for _ in range(many // 10)]
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
