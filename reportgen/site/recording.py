"""“I did this”, finished for the page: the rows to paste, and what the browser makes a .csv of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from reportgen.output.csv import harmless
from reportgen.reading.columns import TOUCHPOINTS, UNITS
from reportgen.report.plan.plan import Action, Mailing
from reportgen.report.plan.record import Filled, Values, filled_rows, row_of, rows_of_mailing
from reportgen.site.due import recorded
from reportgen.site.exports import uid
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import count

_OURS = tuple(column.field for column in TOUCHPOINTS.columns)
"""The columns where the owner has no sheet of contacts to add rows to."""
_FILLED = ("done_on", "resolved_on")
"""The columns with cells to fill."""


@dataclass(frozen=True, slots=True)
class Recording:
    """How one action is recorded."""

    id: str
    """Of its place on the page."""
    tick: str
    """Under what the browser keeps that it is done."""
    whom: str
    rows: str
    """A line for each new row, its cells parted by tabs, with the day that the plan has for it."""
    day_at: int
    """Which cell is that day: the browser puts its own there."""
    fills: str
    """A JSON list: for each cell to fill its row, likewise, and where the day goes; mostly empty."""
    cells: str
    """Where it is recorded, in words."""


def recording(site: Site, task: Action | Mailing) -> Recording | None:
    """How an action is recorded; None where the edition's reader keeps no workbook."""
    if not site.sees("recording"):
        return None
    columns = _columns(site)
    found = _new_rows(site, task)
    return Recording(
        id=f"row-{uid(task)}",
        tick=_tick(site, task),
        whom=task.whom,
        rows="\n".join(_line({"date": task.day.isoformat(), **row}, columns) for row in found),
        day_at=columns.index("date"),
        fills=_fills(filled_rows(task, site.touchpoints), columns),
        cells=_cells(task),
    )


def _cells(task: Action | Mailing) -> str:
    if isinstance(task, Mailing):
        return f"{count(len(task.to), 'new row')} of Touchpoints"
    filled = [one for one in task.due if one.recorded.row is not None]
    return "; ".join(filter(None, [recorded(filled), "a new row of Touchpoints"]))


def ticks(site: Site) -> str:
    """The ticks of all actions, for whoever counts them; empty where nothing can be ticked."""
    if not site.sees("recording"):
        return ""
    return " ".join(_tick(site, task) for task in site.report.plan.by_day)


def csv_heads(site: Site) -> str:
    """A JSON list: the head of each column of the rows in a .csv; empty for one that is left out."""
    ours = {column.field: column.name for column in TOUCHPOINTS.columns}
    ours["hours"] = next(name for name, unit in UNITS.items() if unit == "hours")
    return json.dumps([ours.get(field, "") for field in _columns(site)])


def _columns(site: Site) -> tuple[str, ...]:
    """Hers, and on their right those with cells to fill that she has not got."""
    columns = site.report.touchpoint_columns or _OURS
    return (*columns, *(field for field in _FILLED if field not in columns))


def _new_rows(site: Site, task: Action | Mailing) -> tuple[Values, ...]:
    if isinstance(task, Mailing):
        return rows_of_mailing(task)
    return (row_of(task, site.by_name[task.client].findings.seen.client, site.report.settings),)


def _tick(site: Site, task: Action | Mailing) -> str:
    """The same for every report of the month, so that a report made anew keeps the ticks."""
    return f"{site.report.plan.month.last:%Y-%m}-{uid(task)}"


def _line(values: Mapping[str, str], columns: Sequence[str]) -> str:
    minutes = values.get("minutes")
    cells = {**values, "hours": f"{int(minutes) / 60:.2f}"} if minutes else values
    return "\t".join(harmless(" ".join(cells.get(field, "").split())) for field in columns).rstrip(
        "\t"
    )


def _fills(found: Iterable[Filled], columns: Sequence[str]) -> str:
    lines = [[_line(one.values, columns), columns.index(one.field)] for one in found]
    return json.dumps(lines, ensure_ascii=False) if lines else ""
