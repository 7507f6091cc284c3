"""The months that were kept: each in a folder of its own, beside the site, and a list of them.

    months/
      index.html     the list, to read
      months.json    the same for the next run
      2026-10/       the letter of a month and its report.json

A month is made anew as long as no later one is kept; then it stays as it was read.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from reportgen.output import writing
from reportgen.output.ours import to_disk
from reportgen.problems import ReportError
from reportgen.values import dataclass

LIST = "months.json"
OF_A_MONTH = ("index.html", "report.json")
"""What stands in the folder of each month."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the months are, and where they are made anew."""

    kept: Path
    """The folder as it is; it may not exist yet."""
    staging: Path
    """An empty folder that takes its place."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The business that the months are of."""

    business: str
    """Its name; empty where the settings have none."""
    workbook: str
    """The name of the file."""

    def are_of(self, other: Whose) -> bool:
        """Whether both may be one business: by its name, else by its workbook's."""
        if self.business and other.business:
            return self.business == other.business
        return self.workbook == other.workbook


@dataclass(frozen=True, slots=True)
class Month:
    """One month that was kept, and the figures that tell later whether its rows have changed."""

    as_of: date
    headline: str
    touchpoints: int
    sales: int
    running: int
    """Clients of whom anything was known, and who had neither lapsed nor ended."""
    sales_of_the_year: Decimal
    """The amount of the 12 months."""

    @property
    def name(self) -> str:
        """Of its folder: ``2026-10``."""
        return f"{self.as_of:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Months:
    """All that are kept, and of whom they are."""

    whose: Whose | None = None
    """None while there is none."""
    kept: tuple[Month, ...] = ()
    """Oldest first."""

    def takes(self, month: Month) -> bool:
        """Whether the month may be kept: it is new, or no later one is there."""
        names = [one.name for one in self.kept]
        return month.name not in names or month.name == names[-1]

    def adding(self, whose: Whose, month: Month) -> Months:
        """The same with a month more, or with one made anew."""
        others = [one for one in self.kept if one.name != month.name]
        return replace(self, whose=whose, kept=tuple(sorted([*others, month], key=_by_day)))


def _by_day(month: Month) -> date:
    return month.as_of


def read(place: Path) -> Months:
    """The months that are kept in a folder; none where it is not there or empty.

    A month whose folder is gone is no longer kept.

    Raises: ReportError, when their list cannot be read.
    """
    path = place / LIST
    if not path.exists():
        return Months()
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        months = [_month(one) for one in plain["months"]]
        whose = Whose(str(plain["business"]), str(plain["workbook"]))
    except (OSError, ValueError, KeyError, TypeError, InvalidOperation):
        raise ReportError(
            f"{path} is damaged, so nobody can tell which months are kept; move {place} elsewhere, "
            "and the next report begins anew."
        ) from None
    there = [one for one in months if (place / one.name / OF_A_MONTH[0]).is_file()]
    return Months(whose, tuple(sorted(there, key=_by_day))) if there else Months()


def _month(plain: dict[str, Any]) -> Month:
    return Month(
        as_of=date.fromisoformat(plain["as_of"]),
        headline=str(plain["headline"]),
        touchpoints=int(plain["touchpoints"]),
        sales=int(plain["sales"]),
        running=int(plain["running"]),
        sales_of_the_year=Decimal(plain["sales_of_the_year"]),
    )


def write(place: Place, months: Months, made: Mapping[str, bytes]) -> None:
    """Write the months into the staging folder: what was made now, and what was kept before.

    Raises: WriteFailed, for example on a full disk.
    """
    files = dict(made)
    if months.whose is not None:
        files[LIST] = _list(months.whose, months)
    known = [
        "index.html",
        *(f"{month.name}/{file}" for month in months.kept for file in OF_A_MONTH),
    ]
    before = [path for path in known if path not in files and (place.kept / path).is_file()]
    writing.write(place.staging, files.items(), [*files, *before])
    for path in files:  # a month that has gone by cannot be made again
        with writing.write_failures():
            to_disk(place.staging / path)
    for path in before:
        with writing.write_failures():
            _carry(place.kept / path, place.staging / path)


def _list(whose: Whose, months: Months) -> bytes:
    plain = asdict(whose) | {"months": [asdict(one) for one in months.kept]}
    return (json.dumps(plain, indent=1, ensure_ascii=False, default=str) + "\n").encode()


def _carry(old: Path, new: Path) -> None:
    """Let the file stand in the new folder, too: as a second name of it, or else as a copy."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
    new.chmod(0o600)
