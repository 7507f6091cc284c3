"""CDNOW, the data set of the articles on BG/NBD: 2,357 customers of a record shop, 1997–98.

It ships in the package ``lifetimes``, of which only the files are read.
"""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from reportgen.estimates.bgnbd import BGNBD, History, fit_bgnbd, history

END_OF_CALIBRATION = date(1997, 9, 30)
END_OF_DATA = date(1998, 6, 30)


def path_of(name: str) -> Path:
    """A file of the data set."""
    package = importlib.util.find_spec("lifetimes")
    assert package is not None
    assert package.submodule_search_locations is not None
    return Path(package.submodule_search_locations[0]) / "datasets" / name


@cache
def days() -> tuple[tuple[date, ...], ...]:
    """The purchase days of each customer."""
    bought: defaultdict[str, list[date]] = defaultdict(list)
    for line in path_of("CDNOW_sample.txt").read_text(encoding="ascii").splitlines():
        _, customer, day, _, _ = line.split()
        bought[customer].append(date.fromisoformat(day))
    return tuple(tuple(of_one) for of_one in bought.values())


@cache
def histories() -> tuple[History, ...]:
    """What each customer had bought by the end of the calibration period."""
    found = [history(of_one, END_OF_CALIBRATION) for of_one in days()]
    return tuple(one for one in found if one is not None)


@cache
def model() -> BGNBD:
    """BG/NBD fitted on them."""
    fitted = fit_bgnbd(histories())
    assert isinstance(fitted, BGNBD)
    return fitted


@cache
def values() -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Each customer's number of repeat purchases, and the mean that they spent on these."""
    path = path_of("cdnow_customers_summary_with_transactions.csv")
    with path.open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(int(row["x"]) for row in rows), tuple(float(row["zbar"]) for row in rows)


def sample(repeat_clients: int) -> list[History]:
    """The first CDNOW customers, up to this many repeat customers."""
    chosen: list[History] = []
    for one in histories():
        chosen.append(one)
        if sum(past.frequency > 0 for past in chosen) == repeat_clients:
            break
    return chosen
