"""The pictures of one client, from SVG templates: the matrix, and the strip of the heat map.

Everything here is geometry, in whole numbers that a template writes out. The colours are the style
sheet's, so that one picture follows light, dark and paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from reportgen import words
from reportgen.analyses.matrix import Month, effort_by_week, smoothed_hours
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.red_line import PhaseName, Spell
from reportgen.periods import month_starts, months_after
from reportgen.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Frame:
    """The sizes of a picture's parts, in its own units."""

    width: int
    left: int
    right: int
    top: int
    """The room above the effort, for the names of the phases."""
    above: int
    """The height of the effort."""
    below: int
    """The height of the silence."""
    foot: int
    """The room for the dates."""

    @property
    def line(self) -> int:
        """The height of the red line, from the top."""
        return self.top + self.above

    @property
    def bottom(self) -> int:
        """Where the silence ends, from the top."""
        return self.line + self.below

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return self.bottom + self.foot

    @property
    def end(self) -> int:
        """Where effort and silence end, from the left."""
        return self.width - self.right

    @property
    def labels_end(self) -> int:
        """Where the labels on the left end."""
        return self.left - 8

    @property
    def line_label_foot(self) -> int:
        """On what the label of the red line stands."""
        return self.line + 4

    @property
    def sale_top(self) -> int:
        """The upper tip of a sale's diamond."""
        return self.line - 19

    @property
    def dates_foot(self) -> int:
        """On what the dates stand."""
        return self.bottom + 18

    @property
    def months_foot(self) -> int:
        """On what the months since the start stand."""
        return self.bottom + 36


_DAY = timedelta(days=1)

LARGE = Frame(width=960, left=78, right=14, top=26, above=150, below=84, foot=44)
SMALL = Frame(width=240, left=0, right=0, top=2, above=46, below=28, foot=2)


@dataclass(frozen=True, slots=True)
class Band:
    """A phase, as a band behind the picture."""

    x: int
    width: int
    style: str
    label: str
    """Empty where there is no room for it."""

    @property
    def label_at(self) -> int:
        """Where the label begins."""
        return self.x + 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis with its words."""

    at: int
    label: str

    @property
    def label_foot(self) -> int:
        """On what its words stand, beside an axis that goes up."""
        return self.at + 4


@dataclass(frozen=True, slots=True)
class ClientPicture:
    """Time and effort of one relationship, with its red line."""

    frame: Frame
    title: str
    description: str
    bands: tuple[Band, ...]
    effort: str
    silence: str
    contacts: str
    sales: tuple[Mark, ...]
    hours: tuple[Mark, ...]
    days_over: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    months: tuple[Mark, ...]


_STYLES = {
    PhaseName.PRE_SALE: "b-pre",
    PhaseName.COLLABORATION: "b-work",
    PhaseName.POST_SALE: "b-post",
}
"""Phase → the class of its band in the style sheet."""


def client_picture(seen: Evidence, settings: Settings, frame: Frame) -> ClientPicture | None:
    """The matrix of one client; None where nothing has happened yet."""
    weeks = effort_by_week(seen)
    if not weeks or seen.silence.started is None:
        return None
    first = min(seen.silence.started, weeks[0].monday + timedelta(days=6))
    span = max(1, (seen.as_of - first).days)
    room = frame.width - frame.left - frame.right

    def at(days: int) -> int:
        """Where so many days after the first stand; those outside stand at the edge."""
        return frame.left + round(min(max(days, 0), span) / span * room)

    def x(day: date) -> int:
        return at((day - first).days)

    hours = smoothed_hours(weeks, settings.smoothing_weeks)
    hour_step, hour_top = _scale(max(hours), (0.25, 0.5, 1, 2, 5, 10, 20, 40), least=0.5)
    depths = [_depth(seen, spell) for spell in seen.silence.spells]
    deepest = max((depth for shape in depths for _, depth in shape), default=0)
    day_step, day_bottom = _scale(deepest, (10, 30, 60, 90, 180, 365, 730), least=30)

    def up(value: float) -> int:
        return frame.line - round(value / hour_top * frame.above)

    def down(depth: int) -> int:
        return frame.line + round(depth / day_bottom * frame.below)

    thursday = (weeks[0].monday - first).days + 3
    points = [(at(thursday + 7 * number), up(h)) for number, h in enumerate(hours)]
    line = frame.line
    return ClientPicture(
        frame=frame,
        title=f"{seen.name}: time and effort over the relationship",
        description=_description(seen, max(hours)),
        bands=tuple(_bands(seen, x)),
        effort=_shape(
            [(x(first), points[0][1]), *points, (x(seen.as_of), points[-1][1])], x(first), line
        ),
        silence="".join(
            _shape([(x(day), down(depth)) for day, depth in hang], x(hang[0][0] - _DAY), line)
            for hang in depths
        ),
        contacts="".join(f"M{px} {line - 4}v8" for px in sorted({x(d) for d in seen.contact_days})),
        sales=tuple(_sales(seen, settings.currency, x)),
        hours=_marks(hour_step, hour_top, up),
        days_over=tuple(
            Mark(down(depth), f"{depth} d over")
            for depth in range(int(day_step), int(day_bottom) + 1, int(day_step))
        ),
        dates=tuple(_dates(first, seen.as_of, x)),
        months=tuple(_months(first, seen.as_of, x)),
    )


def _shape(points: Sequence[tuple[int, int]], left: int, line: int) -> str:
    """Path data of an area that begins and ends on the line: up or down at ``left``, then as it goes."""
    return _outline([(left, line), *points]) + f"V{line}Z"


def _sales(seen: Evidence, currency: str | None, x: Callable[[date], int]) -> Iterator[Mark]:
    """A mark for each sale, oldest first, with its day and amount."""
    for sale in seen.sales:
        yield Mark(x(sale.date), f"{words.day(sale.date)}: {words.money(sale.amount, currency)}")


def _outline(points: Sequence[tuple[int, int]]) -> str:
    """Path data through the points, leaving out those level with both their neighbours.

    It goes by steps, which take less room than places: there is a picture for each client.
    """
    between = (
        here
        for before, here, after in zip(points, points[1:], points[2:], strict=False)
        if not before[1] == here[1] == after[1]
    )
    turns = [points[0], *between, points[-1]]
    steps = [f"{to[0] - at[0]} {to[1] - at[1]}" for at, to in pairwise(turns)]
    return f"M{turns[0][0]} {turns[0][1]}l{' '.join(steps)}"


def _scale(most: float, steps: Sequence[float], least: float) -> tuple[float, float]:
    """The step between the labels of an axis, of which there are at most four, and where it ends."""
    most = max(most, least)
    step = next(
        (step for step in steps if most / step <= 3), steps[-1] * -(-most // (3 * steps[-1]))
    )
    return step, max(most, step)


def _marks(step: float, top: float, up: Callable[[float], int]) -> tuple[Mark, ...]:
    marks = []
    value = step
    while value <= top + 1e-9:
        marks.append(Mark(up(value), f"{value:g} h/wk"))
        value += step
    return tuple(marks)


def _depth(seen: Evidence, spell: Spell) -> list[tuple[date, int]]:
    """The days over the red line at both ends of a spell, and wherever the line changes within it."""
    days = {spell.first, spell.last}
    for norm in seen.silence.norms:
        days.update(day for day in (norm.first, norm.last) if spell.first <= day <= spell.last)
    contact = max(day for day in seen.contact_days if day < spell.first)
    return [
        (day, (day - contact).days - norm.days)
        for day in sorted(days)
        for norm in seen.silence.norms
        if norm.first <= day <= norm.last
    ]


def _description(seen: Evidence, most_hours: float) -> str:
    silence = seen.silence
    spells = words.count(len(silence.spells), "spell")
    return (
        f"From {words.day(silence.started)} to {words.day(seen.as_of)}: "
        f"{words.count(len(seen.contact_days), 'contact day')}, at most {most_hours:.1f} hours a week. "
        + (
            f"{words.sentence_case(spells)} below the red line of {silence.red_line_days} days, "
            f"{words.days(silence.days_below)} in all."
            if silence.spells
            else f"Never below the red line of {silence.red_line_days} days."
        )
    )


def _bands(seen: Evidence, x: Callable[[date], int]) -> list[Band]:
    bands = []
    for phase in seen.phases:
        left = x(phase.first)
        width = max(1, x(min(phase.last + _DAY, seen.as_of)) - left)
        roomy = width > 7 * len(phase.name) + 6
        bands.append(Band(left, width, _STYLES[phase.name], phase.name if roomy else ""))
    return bands


def _dates(first: date, last: date, x: Callable[[date], int]) -> list[Mark]:
    """Marks at the first days of months, at most nine."""
    total = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if total / step <= 9)
    return [
        Mark(x(day), words.month(day))
        for day in month_starts(first, last)[1:]
        if (day.year * 12 + day.month - 1) % step == 0
    ]


def _months(first: date, last: date, x: Callable[[date], int]) -> list[Mark]:
    """Marks at whole months since the start, at most eight."""
    total = (last - first).days // 30
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if total / step <= 8)
    marks = []
    for number in range(step, total + 1, step):
        day = months_after(first, number)
        if day <= last:
            marks.append(Mark(x(day), words.count(number, "month")))
    return marks


@dataclass(frozen=True, slots=True)
class Strip:
    """One client's row of the heat map: a path for each level of effort, and the silence."""

    width: int
    levels: tuple[str, ...]
    """Path data for the months without effort, then for those of each quarter of effort."""
    silence: str


CELL = 10
"""The width of a month in the heat map."""


def strip(months: Sequence[Month], levels: Sequence[int]) -> Strip:
    """A cell for each month: effort as one of five shades, days below the red line hanging from its foot.

    ``levels`` are the three limits, in minutes, that divide the months with effort into quarters.
    """
    paths = [""] * 5
    silence = ""
    for at, month in enumerate(months):
        left = at * CELL
        if month.minutes:
            level = 1 + sum(month.minutes > limit for limit in levels)
            paths[level] += f"M{left} 0h9v20h-9z"
        elif month.days:
            paths[0] += f"M{left + 3} 9h3v2h-3z"
        if month.days_below:
            depth = max(2, round(20 * month.days_below / max(1, month.days)))
            silence += f"M{left} {20 - depth}h9v{depth}h-9z"
    return Strip(len(months) * CELL, tuple(paths), silence)


def quarters(minutes: Sequence[int]) -> tuple[int, ...]:
    """The three values that divide the numbers above 0 into quarters; all 0 where there are none."""
    worked = sorted(value for value in minutes if value)
    if not worked:
        return (0, 0, 0)
    return tuple(worked[len(worked) * part // 4] for part in (1, 2, 3))
