"""One owner's diary: what she would have typed into the workbook, and the workbook itself.

Everything is drawn from a random generator seeded by the business's name, and nothing asks what
day it is, so that the same script always makes the same bytes.
"""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import xlsxwriter

from reportgen.reading.columns import (
    ACTIVITIES,
    BUSINESS,
    CLIENTS,
    FEEDBACK,
    RATINGS,
    SALES,
    TOUCHPOINTS,
    Column,
    Sheet,
)

AS_OF = date(2026, 10, 31)
"""The last day that the samples know as past; later rows are plans."""

Value = str | int | float | date | time | None
Row = Mapping[str, Value]

# Bank holidays in England and Wales, on which an owner mostly rests.
_BANK_HOLIDAYS = frozenset(
    date(year, month, day)
    for year, month, day in (
        *((2023, 12, 25), (2023, 12, 26)),
        *((2024, 1, 1), (2024, 3, 29), (2024, 4, 1), (2024, 5, 6), (2024, 5, 27), (2024, 8, 26)),
        *((2024, 12, 25), (2024, 12, 26), (2025, 1, 1), (2025, 4, 18), (2025, 4, 21)),
        *((2025, 5, 5), (2025, 5, 26), (2025, 8, 25), (2025, 12, 25), (2025, 12, 26)),
        *((2026, 1, 1), (2026, 4, 3), (2026, 4, 6), (2026, 5, 4), (2026, 5, 25), (2026, 8, 31)),
        *((2026, 12, 25), (2026, 12, 28)),
    )
)

_CREATED = datetime(2026, 10, 31, 18, 0)  # noqa: DTZ001  a workbook's properties have no time zone

_WIDTHS = {
    "client": 26,
    "text": 24,
    "date": 12,
    "birthday": 12,
    "time": 8,
    "money": 11,
    "activity": 20,
    "signal": 16,
}
_WIDE = {"Topic": 44, "Promise": 32, "Notes": 40, "Text": 52, "Value": 30, "Setting": 30}


def working_day(day: date, working: frozenset[int] = frozenset(range(5))) -> date:
    """The day itself if it is worked, else the next one that is. Christmas week is never worked."""
    while (
        day.weekday() not in working
        or day in _BANK_HOLIDAYS
        or (day.month, day.day) >= (12, 24)
        or (day.month, day.day) == (1, 1)
    ):
        day += timedelta(days=1)
    return day


def about(rng: random.Random, typical: float, spread: float = 0.45, step: int = 5) -> int:
    """Minutes as people write them down: skewed around the typical, in whole steps, never 0."""
    drawn = typical * rng.lognormvariate(0, spread)
    return max(step, step * round(min(drawn, typical * 3.5) / step))


def clock(rng: random.Random, first: int, last: int) -> time:
    """A time of day from the hour ``first`` to before the hour ``last``, on the five minutes."""
    minute = 5 * rng.randrange(12 * first, 12 * last)
    return time(minute // 60, minute % 60)


@dataclass(slots=True)
class Diary:
    """The rows of one business, by sheet, keyed by the fields of the model."""

    business: Sequence[tuple[str, Value]]
    """Label and value, as on the Business sheet."""
    clients: list[Row] = field(default_factory=list)
    touchpoints: list[Row] = field(default_factory=list)
    sales: list[Row] = field(default_factory=list)
    feedback: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)

    def client(self, name: str, **more: Value) -> str:
        """The client's name, now on the Clients sheet."""
        self.clients.append({"client": name, **more})
        return name

    def touch(self, day: date, client: str, activity: str, topic: str, **more: Value) -> None:
        """One row on Touchpoints; a row after AS_OF is a plan, so it has taken no time yet."""
        if day > AS_OF:
            more = {k: v for k, v in more.items() if k in ("channel", "start", "direction")}
        row = {"date": day, "client": client, "activity": activity, "topic": topic, **more}
        for outcome in ("done_on", "resolved_on"):
            happened = row.get(outcome)
            if isinstance(happened, date) and happened > AS_OF:
                row[outcome] = None
        self.touchpoints.append(row)

    def sale(self, day: date, client: str, amount: float, service: str, **more: Value) -> None:
        """One row on Sales; a payment that AS_OF has not seen yet is left out."""
        paid = more.get("paid_on")
        if isinstance(paid, date) and paid > AS_OF:
            more["paid_on"] = None
        row: dict[str, Value] = {"date": day, "client": client, "amount": round(amount, 2)}
        self.sales.append({**row, "service": service, **more})

    def answer(self, day: date, client: str, kind: str, **more: Value) -> None:
        """One row on Feedback."""
        self.feedback.append({"date": day, "client": client, "kind": kind, **more})

    def rate(self, day: date, client: str, care: int, accountability: int, talk: int) -> None:
        """One row on Ratings."""
        judged = {"care": care, "accountability": accountability, "communication": talk}
        self.ratings.append({"date": day, "client": client, **judged})

    def workbook(self) -> bytes:
        """The .xlsx file, byte-identical for the same rows. Raises: KeyError for a stray field."""
        target = io.BytesIO()
        workbook = xlsxwriter.Workbook(target, {"in_memory": True})
        workbook.set_properties({"title": str(self.business[0][1]), "created": _CREATED})
        business = [{"setting": label, "value": value} for label, value in self.business]
        sheets: tuple[tuple[Sheet, Sequence[Row]], ...] = (
            (BUSINESS, business),
            (CLIENTS, self.clients),
            (TOUCHPOINTS, _in_order(self.touchpoints)),
            (SALES, _numbered(_in_order(self.sales))),
            (FEEDBACK, _in_order(self.feedback)),
            (RATINGS, _in_order(self.ratings)),
            (ACTIVITIES, self.activities),
        )
        for sheet, rows in sheets:
            if rows:
                _write(workbook, sheet, rows)
        workbook.close()
        return target.getvalue()


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """As a log is kept: by day, within the day by the clock, else as they came."""

    def key(row: Row) -> tuple[date, time]:
        day, start = row["date"], row.get("start")
        assert isinstance(day, date)
        return day, start if isinstance(start, time) else time(12)

    return sorted(rows, key=key)


def _numbered(sales: Sequence[Row]) -> list[Row]:
    """Invoices numbered within each year in the order of their dates: 2026-014."""
    counts: dict[int, int] = {}
    numbered: list[Row] = []
    for row in sales:
        if "due_on" in row:
            day = row["date"]
            assert isinstance(day, date)
            counts[day.year] = counts.get(day.year, 0) + 1
            row = {**row, "invoice": f"{day.year}-{counts[day.year]:03d}"}
        numbered.append(row)
    return numbered


def _write(workbook: xlsxwriter.Workbook, sheet: Sheet, rows: Sequence[Row]) -> None:
    """One sheet with the columns that the owner uses, in the declared order."""
    fields = {column.field for column in sheet.columns}
    stray = sorted({name for row in rows for name in row} - fields)
    if stray:
        raise KeyError(f"{sheet.name} has no {stray}")
    used = [c for c in sheet.columns if any(row.get(c.field) is not None for row in rows)]
    page = workbook.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    header = workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
    formats = {
        "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
        "time": workbook.add_format({"num_format": "hh:mm"}),
        "money": workbook.add_format({"num_format": "#,##0.00"}),
    }
    for place, column in enumerate(used):
        page.set_column(place, place, _WIDE.get(column.name, _WIDTHS.get(column.kind, 10)))
        page.write_string(0, place, column.name, header)
        for number, row in enumerate(rows, start=1):
            _write_cell(page, (number, place), column, row.get(column.field), formats)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet,
    at: tuple[int, int],
    column: Column,
    value: Value,
    formats: Mapping[str, xlsxwriter.format.Format],
) -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(*at, value)
    elif isinstance(value, date):
        page.write_datetime(*at, datetime.combine(value, time()), formats["date"])
    elif isinstance(value, time):
        page.write_datetime(*at, value, formats["time"])
    else:
        page.write_number(*at, value, formats["money"] if column.kind == "money" else None)
