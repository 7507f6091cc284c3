"""Workbooks of several owners, small and all different, for the tests of a cohort."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

AS_OF = date(2026, 10, 31)
CLIENT = "Zebrafinch"
"""Every client's name begins so: no page across owners may have it."""


def write_owner(folder: Path, seed: int, model: str = "consultancy", clients: int = 14) -> None:
    """A folder of .csv: one owner's workbook."""
    folder.mkdir(parents=True)
    random = Random(seed)
    touchpoints, sales = [], []
    for number in range(clients):
        name = f"{CLIENT} {seed}-{number}"
        begun = AS_OF - timedelta(days=random.randrange(200, 700))
        every = random.choice((9, 20, 35, 50))
        onboarded = random.random() < 0.5
        last = AS_OF - timedelta(days=random.randrange(0, 90))
        day = begun
        while day <= last:
            activity = random.choice(("Call", "E-mail", "Check-in"))
            touchpoints.append((day, name, activity, random.choice(("in", "out", "both")), 20))
            day += timedelta(days=1 + random.randrange(every))
        if onboarded:
            touchpoints.append((begun + timedelta(days=25), name, "Onboarding", "both", 60))
        bought = begun + timedelta(days=20)
        again = random.random() < (0.9 if onboarded else 0.3)
        for paid in (bought, bought + timedelta(days=random.randrange(95, 170)))[: 1 + again]:
            sales.append((paid, name, random.randrange(200, 3000)))
    _write(
        folder / "Business.csv",
        ("Setting", "Value"),
        [("Business model", model), ("Currency", "GBP")],
    )
    _write(
        folder / "Touchpoints.csv",
        ("Date", "Client", "Activity", "Direction", "Minutes"),
        sorted(touchpoints, key=lambda row: row[:2]),
    )
    _write(folder / "Sales.csv", ("Date", "Client", "Amount"), sorted(sales))


def _write(path: Path, heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
