"""How the cost of a build grows with the clients and with the touchpoints: four sizes each, medians.

python benchmarks/scale.py

Prints two tables for docs/scale.md. Beside each size stands how many times as much it takes as the size
before: 2.0 where the cost grows with the rows, and n log n allows a little more. Owners are measured by
cohort_time.py.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

from measure import Cost, cost, machine, middle, table
from workbooks import AS_OF, Size, sized

RUNS = 3
CLIENTS = tuple(sized(clients) for clients in (500, 1_000, 2_000, 4_000))
"""Of each 25 touchpoints and seven or eight sales."""
TOUCHPOINTS = tuple(
    Size(500, touchpoints, 3_750) for touchpoints in (12_500, 25_000, 50_000, 100_000)
)


def main() -> None:
    """Print both tables."""
    print(machine(), end="\n\n")
    print(_grown("clients", CLIENTS, lambda size: size.clients), end="\n\n")
    print(_grown("touchpoints", TOUCHPOINTS, lambda size: size.touchpoints))


def _grown(what: str, sizes: Sequence[Size], number: Callable[[Size], int]) -> str:
    costs = [_built(size) for size in sizes]
    rows = []
    for at, (size, found) in enumerate(zip(sizes, costs, strict=True)):
        times = allowed = ""
        if at:
            before, now = number(sizes[at - 1]), number(size)
            times = f"{found.processor / costs[at - 1].processor:.2f}"
            allowed = f"{now * log(now) / (before * log(before)):.2f}"
        seconds = (f"{one:.1f} s" for one in (found.wall, found.processor))
        peak = f"{found.peak / 2**20:,.0f} MB"
        rows.append((f"{number(size):,}", *seconds, peak, times, allowed))
    return table((what, "wall", "processor", "peak memory", "× the size before", "n log n"), rows)


def _built(size: Size) -> Cost:
    """The median of a few builds anew."""
    with tempfile.TemporaryDirectory() as folder:
        book, site = Path(folder, "clients.xlsx"), Path(folder, "site")
        numbers = (str(one) for one in (size.clients, size.touchpoints, size.sales))
        maker = str(Path(__file__).with_name("workbooks.py"))
        subprocess.run([sys.executable, maker, ",".join(numbers), str(book)], check=True)
        build = ("-m", "reportgen", "build", str(book), "-o", str(site), "--as-of", str(AS_OF))
        costs = []
        for _ in range(RUNS):
            shutil.rmtree(site, ignore_errors=True)
            costs.append(cost(*build))
    return middle(costs)


if __name__ == "__main__":
    main()
