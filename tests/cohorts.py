"""Workbooks of several owners, small and all different, for the tests of a cohort."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from reportgen.analyses.kept_silences import KeptSilences
from reportgen.analyses.what_works import Event, Within
from reportgen.cohort.overview import Of, Overview, overview
from reportgen.cohort.pages import files, page_of
from reportgen.estimates.strata import Stratum
from reportgen.model import BusinessModel
from reportgen.output.owners import folder_of
from reportgen.report.across import SHARES, OwnersPart

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


def overview_in(out: Path) -> dict[str, bytes]:
    """The files of the overview in a cohort's folder, by their names: the page, and what it leads to."""
    (beside,) = (out / "overview").iterdir()
    paths = (out / "index.html", *beside.glob("[!.]*"))
    return {path.name: path.read_bytes() for path in paths}


def laid_out(found: Overview, out: Path) -> Path:
    """The page of an overview, its files where it looks for them."""
    beside = files(found)
    (out / folder_of(beside)).mkdir(parents=True)
    for path, text in beside.items():
        (out / folder_of(beside) / path).write_text(text, encoding="utf-8")
    (out / "index.html").write_text(page_of(found, folder_of(beside)), encoding="utf-8")
    return out / "index.html"


def an_overview(owners: int = 12) -> Overview:
    """An overview with everything that one can have, of parts that no workbook made."""
    random = Random(1)
    each = []
    for number in range(owners):
        model = list(BusinessModel)[number % 2]
        part = OwnersPart(
            headline="Three messages this week reach clients who brought 102 of the year’s 324.",
            model=model,
            running=14,
            below=number,
            problems=number % 3,
            shares={share.key: random.random() for share in SHARES},
            silences={model: KeptSilences(9, dict.fromkeys(range(1, 11), 0.9), {30: 0.1})},
            works=(
                Within("Onboarding", False, Event.CAME_BACK, Stratum(9, 9, 8, 5.0, 2.0)),
                Within("Call", False, Event.CAME_BACK, Stratum(9, 9, 5, 5.1, 2.0)),
                Within("help", True, Event.LEFT, Stratum(9, 9, 8, 5.0, 2.0)),
            ),
        )
        each.append(Of(f"Owner number {number}", f"owner-{number}", part))
    return overview(each, ["damaged.xlsx"], AS_OF)
