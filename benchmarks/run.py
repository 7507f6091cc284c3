"""What a build costs beside yardsticks on the same machine: whole processes and stages, medians.

python benchmarks/run.py [typical|mid|extreme]

Seconds differ from machine to machine, and ratios do so much less. So everything runs in turn, a few
times over, each in a new process, and what is printed are medians with their ratios: a table for
README.md.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from measure import Cost, cost, machine, middle, table
from others import mkdocs, pelican
from workbooks import AS_OF, EXTREME, SIZES, Size

RUNS = {"typical": 5, "mid": 3, "extreme": 1}
HERE = Path(__file__).parent
_CALAMINE = (
    "import sys; from python_calamine import CalamineWorkbook as W; "
    "b = W.from_path(sys.argv[1]); [b.get_sheet_by_name(n).to_python() for n in b.sheet_names]"
)
_PANDAS = "import sys, pandas; pandas.read_excel(sys.argv[1], sheet_name=None, engine='calamine')"

_HEADS = (
    *("what", "wall", "processor", "peak memory", "× pyplot, wall", "× pyplot, processor"),
    *("× calamine, wall", "× calamine, memory"),
)

Costs = Mapping[str, Cost]
Stages = Mapping[str, tuple[float, float]]


def main(name: str) -> None:
    """Print the tables of one size."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        book, later = _books(place)
        _write(name, book)
        if SIZES[name] != EXTREME:  # whose sheet is full
            _write(name, later, "more")
        costs: defaultdict[str, list[Cost]] = defaultdict(list)
        stages: list[Stages] = []
        print(f"{name}:", end="", flush=True)
        for number in range(RUNS[name]):
            for what, run in _runs(place).items():
                costs[what].append(run())
            stages.append(_stages(place))
            print(f" {number + 1}", end="", flush=True)
        pages = [*Path(place, "site", "clients").glob("*.html")]
        middles = {what: middle(found) for what, found in costs.items()}
        print(f" of {RUNS[name]} runs; {_said(SIZES[name])}; {machine()}\n")
        print(_costs(middles), end="\n\n")
        print(_stage_table(stages), end="\n\n")
        if name == "typical":
            print(_beside_others(place, len(pages), stages))


def _books(place: Path) -> tuple[Path, Path]:
    """The workbook, and the same with one touchpoint more: both of one name, as an owner saves hers."""
    return place / "clients.xlsx", place / "later" / "clients.xlsx"


def _write(name: str, book: Path, *more: str) -> None:
    """Written by another process: it takes more memory than what is measured may begin with."""
    book.parent.mkdir(exist_ok=True)
    subprocess.run([sys.executable, str(HERE / "workbooks.py"), name, str(book), *more], check=True)


def _runs(place: Path) -> dict[str, Callable[[], Cost]]:
    """What is measured, in an order in which each finds what it needs."""
    book, later = _books(place)
    site = place / "site"

    def build(of: Path) -> Cost:
        return cost("-m", "reportgen", "build", str(of), "-o", str(site), "--as-of", str(AS_OF))

    def anew() -> Cost:
        shutil.rmtree(site, ignore_errors=True)
        return build(book)

    return {
        "import matplotlib.pyplot": lambda: cost("-c", "import matplotlib.pyplot"),
        "import click": lambda: cost("-c", "import click"),
        "calamine": lambda: cost("-c", _CALAMINE, str(book)),
        "pandas": lambda: cost("-c", _PANDAS, str(book)),
        "--help": lambda: cost("-m", "reportgen", "--help"),
        "build": anew,
        "nothing changed": lambda: build(book),
        **({"one row added": lambda: build(later)} if later.exists() else {}),
    }


def _stages(place: Path) -> Stages:
    with tempfile.TemporaryDirectory(dir=place) as out:
        command = [sys.executable, str(HERE / "stages.py"), str(_books(place)[0]), out]
        ran = subprocess.run(command, check=True, capture_output=True)
    stages: Stages = json.loads(ran.stdout)
    return stages


def _said(size: Size) -> str:
    return f"{size.clients:,} clients, {size.touchpoints:,} touchpoints, {size.sales:,} sales"


def _costs(middles: Costs) -> str:
    """Each cost with its ratios to importing pyplot, and to calamine on the same file."""
    pyplot, calamine = middles["import matplotlib.pyplot"], middles["calamine"]
    return (
        table(
            _HEADS,
            [
                (
                    what,
                    f"{one.wall:.2f} s",
                    f"{one.processor:.2f} s",
                    f"{one.peak / 2**20:,.0f} MB",
                    f"{one.wall / pyplot.wall:.2f}",
                    f"{one.processor / pyplot.processor:.2f}",
                    f"{one.wall / calamine.wall:.1f}",
                    f"{one.peak / calamine.peak:.1f}",
                )
                for what, one in middles.items()
            ],
        )
        + f"\n\n--help takes {middles['--help'].wall / middles['import click'].wall:.2f} × import click."
    )


def _stage_table(runs: Sequence[Stages]) -> str:
    names = runs[0]
    return table(
        ("stage, in one process", "wall", "processor"),
        [
            (name, *(f"{median(run[name][at] for run in runs):.2f} s" for at in (0, 1)))
            for name in names
        ],
    )


def _beside_others(place: Path, pages: int, stages: Sequence[Stages]) -> str:
    """How many client pages a processor second we make, and how many pages the others do."""
    sources = sorted(Path(place, "site", "markdown", "clients").glob("*.md"))
    ours = pages / median(run["client pages"][1] for run in stages)
    others = {"MkDocs": mkdocs(sources, place), "Pelican": pelican(sources, place)}
    return table(
        ("pages a processor second", "", "× MkDocs"),
        [
            (name, f"{made:.0f}", f"{made / others['MkDocs']:.1f}")
            for name, made in {"client pages": ours, **others}.items()
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "typical")
