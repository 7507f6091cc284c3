"""The matrix of one client over the whole width: effort, silence, and every contact to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from reportgen import words
from reportgen.analyses.prevention import Prevention
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.red_line import PhaseName, Spell
from reportgen.model import BusinessModel, Sale, Touchpoint
from reportgen.periods import has_come, month_starts
from reportgen.pictures.course import DAY, Calendar, Course, Ground, course, depths, effort_of
from reportgen.pictures.drawing import legible
from reportgen.pictures.labels import (
    DESK,
    PHONE,
    Hit,
    Label,
    Line,
    Note,
    Rule,
    Stretch,
    rules,
    spaced,
    width,
)
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

UNITS = 1000
_TOP, _LINE = 36, 172
_SILENT, _NEVER_SILENT = Ground(_TOP, _LINE, bottom=242), Ground(_TOP, _LINE, bottom=190)

PHONE_MONTHS = 18
"""How much of a relationship a phone shows: the newest months."""

DAYS_APART = 150
"""So many contact days, the newest, are told one by one; those before month by month."""

_NOTE_FOOTS = (54, 104)
"""On which the first lines of notes stand that would lie over each other."""

_PHASES = {
    BusinessModel.PRODUCT: ("Before the first sale", "Just bought", "Since"),
    BusinessModel.SUBSCRIPTION: ("Before they paid", "Paid", "Not paid"),
    BusinessModel.SERVICE: ("Before they paid", "Paid", "Not paid"),
}
"""Business model → what the phases are called: before the sale, in collaboration, after it."""
_PROJECT_PHASES = ("Before the sale", "The work", "After the hand-over")


@dataclass(frozen=True, slots=True)
class ClientPicture:
    """Time and effort of one relationship, with its red line."""

    title: str
    description: str
    units: int
    height: int
    line: int
    line_foot: int
    """On which the name of the red line stands."""
    phone_width: str
    """Of the screen, in per cent: on a phone the newest end of a long relationship is in sight."""
    course: Course
    grid: str
    edges: tuple[Label, ...]
    """Where the names of the heights stand: at the left of what each width shows."""
    hours: tuple[Rule, ...]
    phases: tuple[Label, ...]
    phases_foot: int
    sales: tuple[str, ...]
    """Where each stands, from the left."""
    sales_at: int
    amounts: tuple[Label, ...]
    amounts_foot: int
    below: tuple[Label, ...]
    below_foot: int
    dates: tuple[Label, ...]
    dates_foot: int
    notes: tuple[Note, ...]
    hits: tuple[Hit, ...]


def client_picture(
    seen: Evidence, prevented: Sequence[Prevention], settings: Settings, with_phases: bool
) -> ClientPicture | None:
    """The matrix of one client; None where nothing has happened yet.

    Without ``with_phases`` nothing is said of before and after a sale, for no sale is recorded.
    """
    effort = effort_of(seen, settings)
    if effort is None or seen.silence.started is None:
        return None
    first = min(seen.silence.started, effort.thursday + 3 * DAY)
    calendar = Calendar(first, seen.as_of, UNITS)
    months = (seen.as_of - first).days / 30.4
    stretch = Stretch(UNITS, round(max(1.0, months / PHONE_MONTHS), 2))
    most = max(effort.hours)
    hung = [
        (max(depth for _, depth in depths(seen, spell)), spell) for spell in seen.silence.spells
    ]
    deepest = max((depth for depth, _ in hung), default=0)
    ground = _SILENT if deepest else _NEVER_SILENT
    scale, hours = rules(most, ground, max(30, deepest))
    drawn = course(seen, effort, calendar, ground, scale)
    return ClientPicture(
        title=f"{legible(seen.name)}: time and effort over the relationship",
        description=_description(seen, most),
        units=UNITS,
        height=ground.bottom + 42,
        line=_LINE,
        line_foot=_LINE - 6,
        phone_width=f"{100 * stretch.zoom:g}%",
        course=drawn,
        grid="".join(f"M0 {rule.at}H{UNITS}" for rule in hours),
        edges=stretch.edges,
        hours=hours,
        phases=tuple(_phases(seen, calendar, stretch)) if with_phases else (),
        phases_foot=18,
        sales=tuple(stretch.per_cent(calendar.at(sale.date)) for sale in seen.sales),
        sales_at=_LINE - 12,
        amounts=_amounts(seen, settings.currency, calendar, stretch),
        amounts_foot=_LINE + 18,
        below=_below(hung, calendar, stretch),
        below_foot=ground.bottom + 15,
        dates=_dates(calendar, stretch),
        dates_foot=ground.bottom + 36,
        notes=_notes(seen, prevented, calendar, stretch),
        hits=tuple(_hits(seen, settings.currency, calendar)),
    )


def _description(seen: Evidence, most_hours: float) -> str:
    silence = seen.silence
    spells = words.count(len(silence.spells), "spell")
    effort = f", at most {most_hours:.1f} hours a week" if most_hours else ""
    return (
        f"From {words.day(silence.started)} to {words.day(seen.as_of)}: "
        f"{words.count(len(seen.contact_days), 'contact day')}{effort}. "
        + (
            f"{words.sentence_case(spells)} below the red line of {silence.red_line_days} days, "
            f"{words.days(silence.days_below)} in all."
            if silence.spells
            else f"Never below the red line of {silence.red_line_days} days."
        )
    )


def _phases(seen: Evidence, calendar: Calendar, stretch: Stretch) -> Iterator[Label]:
    """The name of each phase at its left, where it has room."""
    model = seen.business_model
    names = dict(
        zip(
            PhaseName, _PHASES.get(model or BusinessModel.CONSULTANCY, _PROJECT_PHASES), strict=True
        )
    )
    for phase in seen.phases:
        left, right = calendar.at(phase.first), calendar.at(phase.last + DAY)
        name = names[phase.name]
        on_desk = stretch.on_desk(right) - stretch.on_desk(left) > width(name) + 12
        begins = max(0.0, stretch.on_phone(left))
        on_phone = stretch.on_phone(right) - begins > width(name) + 12
        if on_desk:
            yield Label(stretch.per_cent(left), name, "" if on_phone and begins else "on-desk")
        if on_phone and not (on_desk and begins):
            seen_from = left if begins else round(UNITS * (1 - 1 / stretch.zoom))
            yield Label(stretch.per_cent(seen_from), name, "on-phone")


def _amounts(
    seen: Evidence, currency: str | None, calendar: Calendar, stretch: Stretch
) -> tuple[Label, ...]:
    """What was sold, the newest first where there is no room for all; of paid months the newest."""
    told = seen.sales[-1:] if seen.pays_by_the_month else reversed(seen.sales)
    return spaced(
        stretch,
        [(calendar.at(sale.date), words.money(sale.amount, currency)) for sale in told],
    )


def _below(
    hung: Iterable[tuple[int, Spell]], calendar: Calendar, stretch: Stretch
) -> tuple[Label, ...]:
    """How deep each silence hangs, at its end: the one that is open in full, then the deepest first."""
    as_of = calendar.last
    deepest = sorted(hung, key=lambda one: (one[1].last != as_of, -one[0], one[1].first))
    return spaced(
        stretch,
        [
            (
                calendar.at(spell.last),
                f"{words.days(depth)} below" if spell.last == as_of else f"{depth} days",
            )
            for depth, spell in deepest
        ],
    )


def _dates(calendar: Calendar, stretch: Stretch) -> tuple[Label, ...]:
    """The months, the newest first where there is no room for all; January with its year."""
    starts = [day for day in month_starts(calendar.first, calendar.last) if day >= calendar.first]
    years = [day for day in starts if day.month == 1]
    others = [day for day in reversed(starts) if day.month != 1]
    by_rank = sorted(others, key=lambda day: (day.month % 6 != 1, day.month % 3 != 1))
    return spaced(
        stretch,
        [
            *((calendar.at(day), str(day.year)) for day in reversed(years)),
            *((calendar.at(day), words.month(day)[:3]) for day in by_rank),
        ],
    )


def _notes(
    seen: Evidence, prevented: Sequence[Prevention], calendar: Calendar, stretch: Stretch
) -> tuple[Note, ...]:
    """At most two: the promises that are open, and what would have kept the silence above the line."""
    wanted: list[tuple[date, tuple[str, ...]]] = []
    open_now = seen.open_promises
    if open_now and seen.is_running:
        day = open_now[-1].date if len(open_now) == 1 else open_now[0].date
        wanted.append((day, _promise_note(day, len(open_now))))
    if prevented and prevented[-1].touches and prevented[-1].spell.last == seen.as_of:
        touch = prevented[-1].touches[0]
        named = touch.light.activity.name.lower()
        what = "note" if " " in named else named
        article = "an" if what[0] in "aeiou" else "a"
        wanted.append(
            (touch.day, (f"{_day(touch.day)}: {article} {what}", "would have been in time"))
        )
    wanted.sort(key=lambda one: one[0])
    return tuple(
        Note(
            stretch.per_cent(calendar.at(day)),
            foot - 12,
            tuple(Line(foot + 16 * number, text) for number, text in enumerate(lines)),
            _side_of(calendar.at(day), stretch),
        )
        for (day, lines), foot in zip(wanted, _NOTE_FOOTS, strict=False)
    )


def _promise_note(day: date, number: int) -> tuple[str, ...]:
    if number == 1:
        return _day(day), "promised, still open"
    return f"since {_day(day)}", f"{number} promises open"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _side_of(place: int, stretch: Stretch) -> str:
    """Where a note stands beside its line: to the right in the left half, on each width."""
    desk = "ends" if stretch.on_desk(place) > DESK / 2 else ""
    phone = "ends" if stretch.on_phone(place) > PHONE / 2 else ""
    if desk == phone:
        return desk
    return "ends-on-desk" if desk else "ends-on-phone"


def _hits(seen: Evidence, currency: str | None, calendar: Calendar) -> Iterator[Hit]:
    """What there is to be read of each day, oldest first; of long ago, of each month."""
    told: dict[date, tuple[list[Touchpoint], list[Sale]]] = {}
    for touchpoint in seen.touchpoints:
        if touchpoint.activity.connects or touchpoint.promise:
            told.setdefault(touchpoint.date, ([], []))[0].append(touchpoint)
    for sale in seen.sales:
        told.setdefault(sale.date, ([], []))[1].append(sale)
    days = sorted(told)
    for first, of_month in groupby(days[:-DAYS_APART], key=lambda day: day.replace(day=1)):
        month = list(of_month)
        minutes = sum(t.minutes for day in month for t in told[day][0])
        time = f", {words.hours(minutes)}" if minutes else ""
        yield Hit(
            _column(calendar.at(month[len(month) // 2])),
            f"{first:%B %Y}\n{words.count(len(month), 'day')} with a contact{time}",
        )
    for day in days[-DAYS_APART:]:
        touchpoints, sales = told[day]
        yield Hit(_column(calendar.at(day)), _told(day, touchpoints, sales, currency, seen.as_of))


def _column(place: int) -> str:
    return f"M{place} {_TOP}V{_LINE + 12}"


def _told(
    day: date,
    touchpoints: Sequence[Touchpoint],
    sales: Sequence[Sale],
    currency: str | None,
    as_of: date,
) -> str:
    if len(touchpoints) == 1 and not sales:
        (one,) = touchpoints
        named = one.activity.name or "Contact"
        lines = [f"{words.day(day)} · {named}", one.topic or "", _how(one)]
    else:
        lines = [words.day(day), *(_in_a_line(one) for one in touchpoints)]
    lines += (_promised(one, as_of) for one in touchpoints)
    lines += (_sold(sale, currency) for sale in sales)
    return "\n".join(legible(line) for line in lines if line)


def _how(one: Touchpoint) -> str:
    time = words.hours(one.minutes) if one.minutes else ""
    return ", ".join(part for part in (time, one.channel) if part)


def _in_a_line(one: Touchpoint) -> str:
    what = ": ".join(part for part in (one.activity.name or "Contact", one.topic) if part)
    how = _how(one)
    return f"{what} ({how})" if how else what


def _promised(one: Touchpoint, as_of: date) -> str:
    if not one.promise:
        return ""
    kept = one.done_on if has_come(one.done_on, as_of) else None
    due = f" for {words.day(one.promised_for)}" if one.promised_for else ""
    return f"Promised{due}: {one.promise}, {f'kept on {words.day(kept)}' if kept else 'still open'}"


def _sold(sale: Sale, currency: str | None) -> str:
    """``Sale of £3,710: Restaurant; work from 16 February to 15 March 2026``."""
    amount = words.money(abs(sale.amount), currency)
    what = sale.project or sale.service
    named = f": {what}" if what else ""
    if sale.starts is None or sale.ends is None:
        return f"{'Refund' if sale.amount < 0 else 'Sale'} of {amount}{named}"
    return (
        f"{'Refund' if sale.amount < 0 else 'Sale'} of {amount}{named}; "
        f"work from {words.short_day(sale.starts)} to {words.short_day(sale.ends)}"
    )
