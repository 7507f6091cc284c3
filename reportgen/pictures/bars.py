"""Pictures of bars that lie one below the other, their words above them: room for any name on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import words
from reportgen.pictures.drawing import UNITS, Chart, Plot, Row, Shape, box, chart, legible
from reportgen.pictures.labels import PHONE, Label, width
from reportgen.values import dataclass


def hours_by_activity(name: str, rows: Sequence[tuple[str, float, bool]]) -> Chart:
    """Hours by activity, most first, with administration in red."""
    most = max(hours for _, hours, _ in rows) or 1.0
    bars = [
        Bar(
            legible(activity),
            words.hours(round(60 * hours)) + (", administration" if low else ""),
            0.0,
            hours / most,
            "silence" if low else "effort",
        )
        for activity, hours, low in rows
    ]
    first = "; ".join(
        f"{activity} {words.hours(round(60 * hours))}" for activity, hours, _ in rows[:3]
    )
    return chart(name, "Hours by activity", f"{first}.", _bars(bars))


def sales_by_source(name: str, rows: Sequence[tuple[str, float, str]]) -> Chart:
    """Sales by source, most first, each with its amount in words."""
    most = max(sales for _, sales, _ in rows) or 1.0
    bars = [
        Bar(legible(source), said, 0.0, max(0.0, sales) / most, "effort")
        for source, sales, said in rows
    ]
    first = "; ".join(f"{source} {said}" for source, _, said in rows[:3])
    return chart(name, "Sales by source, all time", f"{first}.", _bars(bars))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar that lies, with its words above it."""

    label: str
    figure: str
    begins: float
    """In shares of the width, 0–1, like where it ends."""
    ends: float
    style: str


def _bars(bars: Sequence[Bar]) -> Plot:
    """The bars one below the other: their words stand above them, so that they need no room beside them."""
    tall = 34
    shapes, rows = [], []
    for number, bar in enumerate(bars):
        top = tall * number + 20
        left, right = sorted((round(bar.begins * UNITS), round(bar.ends * UNITS)))
        shapes.append(Shape(bar.style, box(left, top, max(right, left + 2), top + 9)))
        rows.append(Row(top - 5, (Label("0%", _cut(bar.label, bar.figure)),), "edge"))
        rows.append(Row(top - 5, (Label("100%", bar.figure, "ends"),), ""))
    return Plot(tall * len(bars) + 4, shapes, rows)


def _cut(label: str, figure: str) -> str:
    """The label, cut where the figure would not have room beside it on a phone."""
    room = int((PHONE - width(figure) - 12) / width("x"))
    return label if len(label) <= room else f"{label[: room - 1]}…"


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One step from the sales of one year to those of the next."""

    label: str
    amount: float
    figure: str
    """The amount in words."""
    is_sum: bool
    """Whether it is a year's sales, and no change."""


def bridge(name: str, description: str, steps: Sequence[BridgeStep]) -> Chart:
    """How last year's sales became this year's: each step lies where the one before it ends."""
    level, levels = 0.0, []
    for step in steps:
        begins = 0.0 if step.is_sum else level
        level = step.amount if step.is_sum else level + step.amount
        levels.append((begins, level))
    low = min(0.0, *(min(pair) for pair in levels))
    span = (max(max(pair) for pair in levels) - low) or 1.0
    bars = [
        Bar(
            step.label,
            step.figure if step.is_sum or step.amount < 0 else f"+{step.figure}",
            (begins - low) / span,
            (ends - low) / span,
            "effort" if step.is_sum else "silence" if step.amount < 0 else "gain",
        )
        for step, (begins, ends) in zip(steps, levels, strict=True)
    ]
    return chart(name, "From last year’s sales to this year’s", description, _bars(bars))
