"""How tables are read that a machine has messed up in the ways in which people do.

Each number makes one mess (``tests/messes.py``). Printed: how many were read to the row, in how many a
problem names each place that differs, how many were refused, and how many were wrong without a word; and
in how many something certain was asked.

    .venv/bin/python benchmarks/messes.py [HOW_MANY] [FIRST] [-v]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from mess_verdicts import verdict  # type: ignore[import-not-found]


def main() -> None:
    """Read so many messes and print the counts."""
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    many, first = [*numbers, *(5000, 0)[len(numbers) :]]
    verbose = "-v" in sys.argv
    kinds: Counter[str] = Counter()
    began = time.process_time()
    for number in range(first, first + many):
        with tempfile.TemporaryDirectory() as folder:
            found = verdict(number, Path(folder))
        kinds[found.kind] += 1
        kinds["something certain was asked"] += bool(found.needless)
        if found.kind == "wrong" or (verbose and found.needless):
            print(number, found.kind, found.traits, found.doubts, found.why, *found.needless[:1])
    for kind, count in kinds.items():
        print(f"{count:6,} {kind}")
    print(f"{time.process_time() - began:.0f} s of processor time")


if __name__ == "__main__":
    main()
