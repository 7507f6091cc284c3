"""What a cohort costs with one worker and with two: TYPICAL workbooks, in turn, and the ratio.

python benchmarks/cohort_time.py [100 [RUNS]]

Both make everything anew and must come to the same overview. Run it where nothing else runs: two workers
are as much faster as there is a second processor for them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from measure import Cost, cost, machine, middle, table
from workbooks import AS_OF, write_workbook


def main(owners: int, runs: int) -> None:
    """Print the medians of both, and how many times as fast two workers are."""
    with tempfile.TemporaryDirectory() as place:
        books = Path(place) / "workbooks"
        books.mkdir()
        first = books / "owner-001.xlsx"
        write_workbook(first)
        for number in range(2, owners + 1):
            shutil.copy(first, books / f"owner-{number:03d}.xlsx")
        found: dict[int, list[Cost]] = {1: [], 2: []}
        pages = set()
        for _ in range(runs):
            for workers, costs in found.items():
                out = Path(place) / "owners"
                costs.append(_made(books, out, workers))
                pages.add((out / "index.html").read_bytes())
                shutil.rmtree(out)
    assert len(pages) == 1, "one worker and two say different things"
    one, two = middle(found[1]), middle(found[2])
    rows = [
        (
            f"{workers}",
            f"{one.wall:.1f} s",
            f"{one.processor:.1f} s",
            f"{one.processor / owners:.2f} s",
        )
        for workers, one in ((1, one), (2, two))
    ]
    print(f"{owners} owners, median of {runs}; {machine()}\n")
    print(table(("workers", "wall", "processor", "processor, each owner"), rows))
    print(f"\n{one.wall / two.wall:.2f} times as fast with two workers")


def _made(books: Path, out: Path, workers: int) -> Cost:
    program = ("-m", "reportgen", "cohort", str(books), "-o", str(out), f"--as-of={AS_OF}")
    return cost(*program, f"--workers={workers}", "--quiet")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0] if given else 100, given[1] if given[1:] else 3)
