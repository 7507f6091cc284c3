"""How soon `reportgen serve` shows what was saved: from the save to the new pages, median of several.

python benchmarks/serve_time.py [typical|mid]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from measure import machine, table
from workbooks import AS_OF, SIZES, write_workbook

RUNS = 7
REST = 2.0
"""Seconds between two saves, in which nothing is built."""


def main(name: str) -> None:
    """Save one of two workbooks over the other, and time until the preview says that the pages are new."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        book, versions = folder / "mine" / "book.xlsx", (folder / "a.xlsx", folder / "b.xlsx")
        book.parent.mkdir()
        for one_more, version in enumerate(versions):
            write_workbook(version, SIZES[name], one_more=bool(one_more))
        book.write_bytes(versions[0].read_bytes())
        serve = [sys.executable, "-m", "reportgen", "serve", str(book), "--as-of", str(AS_OF)]
        with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as preview:
            assert preview.stdout is not None
            _heard(preview.stdout, "It is made anew")
            taken = []
            for run in range(1, RUNS + 1):
                time.sleep(REST)
                saved = folder / "mine" / ".saving"
                saved.write_bytes(versions[run % 2].read_bytes())
                begun = time.perf_counter()
                os.replace(saved, book)
                _heard(preview.stdout, "the pages are new")
                taken.append(time.perf_counter() - begun)
            preview.terminate()
    print(f"{machine()}\n")
    print(
        table(
            ("workbook", "from a save to the new pages", "from ... to"),
            [
                (
                    name,
                    f"{statistics.median(taken):.2f} s",
                    f"{min(taken):.2f} to {max(taken):.2f} s",
                )
            ],
        )
    )


def _heard(said: Iterable[str], words: str) -> None:
    for line in said:
        if words in line:
            return
    raise SystemExit("the preview has ended")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "typical")
