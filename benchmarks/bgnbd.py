"""How long fitting BG/NBD takes beside the package ``lifetimes``, on the CDNOW sample.

Run it in the development environment, from the repository's root::

    python benchmarks/bgnbd.py

Both fitters get the same 2,357 customers, as the arrays or tuples they take, in one process, turn
and turn about; imports and a first fit of each are not timed. Printed: both medians, the ratio of
medians (ours ÷ theirs; under 1 is faster) and both results. ``lifetimes`` has been at rest since
2020; with the versions that ``pip install .[dev]`` brings it still imports, and its warnings are
silenced here alone. Where it no longer does, it says so and only our time is printed.

Measured with Python 3.11 and numpy 2.4 on two cores, both busy: ratio 0.11 (24 ms to 219 ms); by
processor time 0.11 (7 ms to 64 ms).
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from reportgen.estimates.bgnbd import BGNBD, History, fit_bgnbd
from reportgen.estimates.limits import CannotTell

TURNS = 15
Parameters = tuple[float, float, float, float]


def cdnow() -> list[History]:
    """The customers of the table that ships with lifetimes, in its order."""
    package = importlib.util.find_spec("lifetimes")
    if package is None or package.submodule_search_locations is None:
        sys.exit("The CDNOW data ships in the package lifetimes: pip install .[dev] first.")
    path = Path(package.submodule_search_locations[0]) / "datasets/cdnow_customers_summary.csv"
    with path.open(encoding="ascii", newline="") as file:
        return [
            History(int(row["frequency"]), float(row["recency"]), float(row["T"]))
            for row in csv.DictReader(file)
        ]


def ours(histories: list[History]) -> Callable[[], Parameters]:
    """Our fit, ready to be timed."""

    def fit() -> Parameters:
        model: BGNBD | CannotTell = fit_bgnbd(histories)
        assert isinstance(model, BGNBD)
        return model.r, model.alpha, model.a, model.b

    return fit


def theirs(histories: list[History]) -> Callable[[], Parameters] | None:
    """The fit of lifetimes, ready to be timed; None where it no longer imports."""
    import numpy as np

    warnings.simplefilter("ignore")
    try:
        lifetimes = importlib.import_module("lifetimes")
    except ImportError as error:
        print(f"lifetimes does not import here ({error}); only our own time follows.")
        return None
    frequency = np.array([one.frequency for one in histories])
    recency = np.array([one.recency for one in histories])
    age = np.array([one.age for one in histories])

    def fit() -> Parameters:
        fitted = lifetimes.BetaGeoFitter().fit(frequency, recency, age).params_
        return fitted["r"], fitted["alpha"], fitted["a"], fitted["b"]

    return fit


def main() -> None:
    """Print both medians, their ratio and both results."""
    histories = cdnow()
    fits = {"reportgen": ours(histories), "lifetimes": theirs(histories)}
    ready = {name: fit for name, fit in fits.items() if fit is not None}
    results = {name: fit() for name, fit in ready.items()}
    seconds: dict[str, list[float]] = {name: [] for name in ready}
    for _ in range(TURNS):
        for name, fit in ready.items():
            begun = time.perf_counter()
            fit()
            seconds[name].append(time.perf_counter() - begun)
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    for name, median in medians.items():
        r, alpha, a, b = results[name]
        print(f"{name}: {median * 1000:.0f} ms  r {r:.4f}  alpha {alpha:.4f}  a {a:.4f}  b {b:.4f}")
    if "lifetimes" in medians:
        print(f"ratio of medians: {medians['reportgen'] / medians['lifetimes']:.2f}")


if __name__ == "__main__":
    main()
