"""Silence and the red line (article 000, SPEC 2): when a client waited too long for word of the owner.

The red line is the longest silence that a client accepts. A day is *below* it when the silence on that
day is longer than the line in force; a *spell* is one unbroken run of such days.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from reportgen.model import BusinessModel, Client, Sale
from reportgen.periods import Window
from reportgen.settings.settings import Settings
from reportgen.values import cached_property, dataclass


class PhaseName(StrEnum):
    """Where a relationship stands to its sales (SPEC 2)."""

    PRE_SALE = "pre-sale"
    COLLABORATION = "collaboration"
    POST_SALE = "post-sale"


class SilenceState(StrEnum):
    """How a relationship stands to its red line, in a word."""

    NONE = "none"
    """No contact day yet."""
    IN_TOUCH = "in touch"
    """Silent for up to the ideal distance."""
    DUE = "due"
    """Silent for longer, up to the red line."""
    BELOW = "below"
    """Silent for longer than the red line."""
    LAPSED = "lapsed"
    """Silent for several red lines, with no work going on."""
    ENDED = "ended"
    """After ``Ended on``."""


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the relationship, both ends included."""

    name: PhaseName
    first: date
    last: date

    @property
    def days(self) -> Window:
        """The days of the stretch, as a window."""
        return Window(after=self.first - _DAY, to=self.last)


@dataclass(frozen=True, slots=True)
class Spell:
    """An unbroken run of days below the red line, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it lasted; 1 or more."""
        return (self.last - self.first).days + 1

    def days_within(self, first: date, last: date) -> int:
        """How many of its days lie between the two, both included; 0 when none does."""
        return max(0, (min(self.last, last) - max(self.first, first)).days + 1)


@dataclass(frozen=True, slots=True)
class Norm:
    """The red line in force from one day to another, both included."""

    first: date
    last: date
    days: int
    """N: the longest silence in days that is not below the line."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A contact day, and the last of the days without another that follow it."""

    contact: date
    last: date


def business_model(client: Client, settings: Settings) -> BusinessModel | None:
    """The client's own business model, else that of the business; None where neither is set."""
    return client.business_model or settings.business_model


def red_line_days(client: Client, settings: Settings) -> int:
    """N: the client's own red line, else the workbook's, else our default for the business model."""
    if client.red_line_days is not None:
        return client.red_line_days
    if settings.red_line_days is not None:
        return settings.red_line_days
    return settings.default_red_line(business_model(client, settings))


def phases(
    sales: Sequence[Sale], first: date, last: date, collaboration_days: int
) -> tuple[Phase, ...]:
    """The stretches from one day to another, oldest first: pre-sale, collaboration, post-sale.

    Work that is invoiced afterwards is collaboration, also before the first sale. A refund starts no
    collaboration. Empty when ``last`` is before ``first``.
    """
    sold = [sale for sale in sales if sale.amount >= 0]
    usual = timedelta(days=collaboration_days - 1)
    first_sale = min((sale.date for sale in sold), default=None)
    found: list[Phase] = []

    def rest(start: date, end: date) -> None:
        """Add the days between two collaborations, parted by the first sale where it lies in them."""
        if first_sale is None or end < first_sale:
            if start <= end:
                found.append(Phase(PhaseName.PRE_SALE, start, end))
            return
        if start < first_sale:
            found.append(Phase(PhaseName.PRE_SALE, start, first_sale - _DAY))
        if max(start, first_sale) <= end:
            found.append(Phase(PhaseName.POST_SALE, max(start, first_sale), end))

    day = first
    for start, end in sorted(_worked(sale, usual) for sale in sold):
        start, end = max(start, day), min(end, last)
        if start > end:
            continue
        if day < start:
            rest(day, start - _DAY)
        if found and found[-1].name is PhaseName.COLLABORATION and found[-1].last + _DAY == start:
            found[-1] = Phase(PhaseName.COLLABORATION, found[-1].first, end)
        else:
            found.append(Phase(PhaseName.COLLABORATION, start, end))
        day = end + _DAY
    if day <= last:
        rest(day, last)
    return tuple(found)


def _worked(sale: Sale, usual: timedelta) -> tuple[date, date]:
    """The first and the last day of the work: From and To, else as long as ``usual`` from the sale."""
    if sale.starts is not None and sale.ends is not None:
        return sale.starts, sale.ends
    return sale.date, sale.date + usual


def shortest_line(client: Client, settings: Settings) -> int:
    """The shortest red line that is ever in force for the client, whatever the phase."""
    lines = _lines_by_phase(client, settings).values()
    return min((red_line_days(client, settings), *lines))


def _lines_by_phase(client: Client, settings: Settings) -> dict[PhaseName, int]:
    """The red lines that the workbook sets for phases; none for a client who has one of their own."""
    if client.red_line_days is not None:
        return {}
    by_phase = {
        PhaseName.PRE_SALE: settings.red_line_before_the_sale_days,
        PhaseName.COLLABORATION: settings.red_line_in_collaboration_days,
    }
    return {phase: days for phase, days in by_phase.items() if days}


def norms(
    client: Client, sales: Sequence[Sale], first: date, last: date, settings: Settings
) -> tuple[Norm, ...]:
    """The red line day by day from ``first`` to ``last``, as runs of one length, oldest first.

    The runs follow the phases when the workbook sets a red line for one and the client has none of
    their own; else there is one run.
    """
    general = red_line_days(client, settings)
    by_phase = _lines_by_phase(client, settings)
    if not by_phase:
        return (Norm(first, last, general),)
    return tuple(
        Norm(phase.first, phase.last, by_phase.get(phase.name, general))
        for phase in phases(sales, first, last, settings.collaboration_days)
    )


def spells(
    contact_days: Sequence[date], in_force: Sequence[Norm], first: date, last: date
) -> tuple[Spell, ...]:
    """Every run of days below the red line from ``first`` to ``last``, oldest first.

    ``contact_days`` and ``in_force`` ascend. A gap of g days between two contact days has
    max(0, g − N − 1) days below; the open gap after the last has max(0, silence − N). Silence begins
    with the first contact day.
    """
    shortest = min((norm.days for norm in in_force), default=0)
    open_gap = [Gap(contact, last) for contact in contact_days[-1:]]
    return spells_of([*long_gaps(contact_days, shortest), *open_gap], in_force, first, last)


def long_gaps(contact_days: Sequence[date], line: int) -> tuple[Gap, ...]:
    """The gaps between contact days that go below a line: few, for most are within it."""
    return tuple(
        Gap(contact, again - _DAY)
        for contact, again in pairwise(contact_days)
        if (again - contact).days > line + 1
    )


def spells_of(
    gaps: Iterable[Gap], in_force: Sequence[Norm], first: date, last: date
) -> tuple[Spell, ...]:
    """The spells that these gaps make from ``first`` to ``last``, oldest first; the gaps ascend."""
    found: list[Spell] = []
    for gap in gaps:
        for norm in _met(in_force, gap.contact, gap.last):
            start = max(gap.contact + (norm.days + 1) * _DAY, norm.first, first)
            stop = min(gap.last, norm.last, last)
            if start > stop:
                continue
            if found and found[-1].last + _DAY == start:
                found[-1] = Spell(found[-1].first, stop)
            else:
                found.append(Spell(start, stop))
    return tuple(found)


def _met(in_force: Sequence[Norm], after: date, to: date) -> Sequence[Norm]:
    """The norms of the days after one day up to another: a gap meets few of many thousands."""
    first = bisect_right(in_force, after, key=lambda norm: norm.last)
    return in_force[first : bisect_right(in_force, to, key=lambda norm: norm.first)]


@dataclass(frozen=True)
class Silence:
    """How one relationship stands to its red line on the as-of date."""

    red_line_days: int
    """N on the as-of date."""
    ideal_days: int
    """The silence up to which (inclusive) the two are in touch."""
    last_contact: date | None
    silence_days: int | None
    """Days since the last contact day; None without one."""
    overdue: float | None
    """max(0, silence − N) ÷ N; 0 when the relationship has ended; None without a contact day."""
    below_red_line: bool
    """Whether the as-of date itself is a day below; never after the relationship's end."""
    gaps: Sequence[Gap]
    """The silences between contact days that may be too long, oldest first, and the one that goes on."""
    relationship_days: int
    """From its first day to its last, both counted; 0 before it began."""
    started: date | None
    """Its first day; None before it began."""
    ended: date
    """The last day that counts: ``Ended on``, else the as-of date."""
    client_ended: bool
    """Whether ``Ended on`` has come."""
    norms: tuple[Norm, ...]
    """The red line in force, day by day; empty before the relationship began."""

    @cached_property
    def spells(self) -> tuple[Spell, ...]:
        """Every run of days below the red line, oldest first."""
        if self.started is None:
            return ()
        return spells_of(self.gaps, self.norms, self.started, self.ended)

    @property
    def days_below(self) -> int:
        """How many days lie below the red line."""
        return sum(spell.days for spell in self.spells)

    @property
    def below_share(self) -> float | None:
        """Days below ÷ days of the relationship, 0–1; None without a contact day."""
        if self.last_contact is None or not self.relationship_days:
            return None
        return self.days_below / self.relationship_days

    def below_share_within(self, window: Window) -> float | None:
        """The same within a window; None when no day of the relationship lies in it."""
        below, days = self.days_within(window)
        return below / days if days else None

    def days_within(self, window: Window) -> tuple[int, int]:
        """How many days of the window lie below the red line, and of how many of the relationship.

        Both 0 when no day of the relationship lies in it, or it has no contact day.
        """
        if self.started is None or self.last_contact is None:
            return 0, 0
        first, last = max(self.started, window.first), min(self.ended, window.to)
        if first > last:
            return 0, 0
        lately = self.gaps[bisect_left(self.gaps, first, key=lambda gap: gap.last) :]
        below = sum(spell.days for spell in spells_of(lately, self.norms, first, last))
        return below, (last - first).days + 1


def silence_on(
    client: Client,
    contact_days: Sequence[date],
    gaps: Sequence[Gap],
    sales: Sequence[Sale],
    as_of: date,
    settings: Settings,
) -> Silence:
    """The client's silence on the as-of date, with every spell up to it.

    ``contact_days`` ascend; they and ``sales`` end on ``as_of`` (inclusive). ``gaps`` are those between
    them that are longer than the shortest line.
    """
    started = start_of(client, contact_days, as_of)
    ended_on = client.ended_on if client.ended_on and client.ended_on <= as_of else None
    ended = ended_on or as_of
    in_force = norms(client, sales, started, as_of, settings) if started else ()
    line = in_force[-1].days if in_force else red_line_days(client, settings)
    last_contact = contact_days[-1] if contact_days else None
    silent = (as_of - last_contact).days if last_contact else None
    below = silent is not None and silent > line and ended_on is None
    return Silence(
        red_line_days=line,
        ideal_days=client.contact_every_days or -(-line // 2),
        last_contact=last_contact,
        silence_days=silent,
        overdue=None if silent is None else (silent - line) / line if below else 0.0,
        below_red_line=below,
        gaps=(*gaps, *(Gap(contact, ended) for contact in contact_days[-1:])),
        relationship_days=max(0, (ended - started).days + 1) if started else 0,
        started=started,
        ended=ended,
        client_ended=ended_on is not None,
        norms=in_force,
    )


def start_of(client: Client, contact_days: Sequence[date], as_of: date) -> date | None:
    """The earlier of the first contact day and ``Client since``; None before both."""
    known = [day for day in (*contact_days[:1], client.since) if day is not None and day <= as_of]
    return min(known, default=None)
