"""What one client's rows show up to a day: the common ground of all analyses.

Rows dated after the as-of date are plans: they are kept apart and never count as evidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from reportgen.evidence.red_line import (
    Phase,
    Silence,
    SilenceState,
    business_model,
    phases,
    silence_on,
)
from reportgen.model import (
    BusinessModel,
    Client,
    Feedback,
    Rating,
    Relationship,
    Sale,
    Signal,
    Touchpoint,
)
from reportgen.periods import Window, has_come, up_to, within
from reportgen.problems import Row
from reportgen.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase day: all the sales of one date, when they sum to more than 0 or are all 0."""

    date: date
    amount: Decimal
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A relationship with what all its rows come to, planned ones too: worked out once for any day."""

    relationship: Relationship
    contact_days: tuple[date, ...]
    """Ascending, each once."""
    purchases: tuple[Purchase, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One relationship as it stood at the end of the as-of date."""

    client: Client
    as_of: date
    business_model: BusinessModel
    touchpoints: Sequence[Touchpoint]
    """Up to the as-of date (inclusive), oldest first; the next three likewise."""
    sales: Sequence[Sale]
    feedback: Sequence[Feedback]
    ratings: Sequence[Rating]
    planned_touchpoints: Sequence[Touchpoint]
    """After the as-of date, soonest first; the sales likewise."""
    planned_sales: Sequence[Sale]
    planned_others: int
    """How many rows of Feedback and Ratings are planned."""
    contact_days: tuple[date, ...]
    """Ascending, each once."""
    purchases: Sequence[Purchase]
    """Oldest first."""
    collaboration_days: int
    """How long the work of a sale without From and To lasts."""
    silence: Silence
    lapsed: bool
    """Ended, or silent for more red lines than the settings allow, with no work going on."""

    @property
    def name(self) -> str:
        """The client's name."""
        return self.client.name

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases from the relationship's first day to the as-of date; empty before it began."""
        if self.silence.started is None:
            return ()
        return phases(self.sales, self.silence.started, self.as_of, self.collaboration_days)

    @property
    def is_customer(self) -> bool:
        """Whether the client has a purchase day."""
        return bool(self.purchases)

    @property
    def state(self) -> SilenceState:
        """The silence in a word, the first that fits: ended, none, lapsed, below, in touch, due."""
        silence = self.silence
        if silence.client_ended:
            return SilenceState.ENDED
        if silence.silence_days is None:
            return SilenceState.NONE
        if self.lapsed:
            return SilenceState.LAPSED
        if silence.below_red_line:
            return SilenceState.BELOW
        is_in_touch = silence.silence_days <= silence.ideal_days
        return SilenceState.IN_TOUCH if is_in_touch else SilenceState.DUE

    @property
    def is_running(self) -> bool:
        """Whether the relationship goes on: the client was in touch, and has neither lapsed nor ended.

        SPEC 3 asks only for the latter. We also ask for a contact day, because every figure over the
        running clients is about a silence, and without such a day it has not begun.
        """
        return not self.lapsed and self.silence.last_contact is not None

    @property
    def known_since(self) -> date | None:
        """The first day of which anything is known: contact, ``Client since``, or work behind the scenes.

        None before that day.
        """
        known = (self.silence.started, *(t.date for t in self.touchpoints[:1]))
        return min((day for day in known if day is not None), default=None)

    @property
    def minutes(self) -> int:
        """The minutes of all touchpoints, also of those that the client does not feel."""
        return sum(touchpoint.minutes for touchpoint in self.touchpoints)

    @property
    def last_contact_rows(self) -> tuple[Row, ...]:
        """The rows of the last contact day, touchpoints before sales; empty without such a day."""
        day = self.silence.last_contact
        return () if day is None else self.contact_rows([day])

    def contact_rows(self, days: Iterable[date]) -> tuple[Row, ...]:
        """The rows that make these days contact days: touchpoints that connect, then sales."""
        wanted = frozenset(days)
        felt = [t.row for t in self.touchpoints if t.date in wanted and t.activity.connects]
        return (*felt, *(sale.row for sale in self.sales if sale.date in wanted))

    def sales_in(self, window: Window) -> Decimal:
        """The sum of the sales in a window, refunds subtracted; 0 when it has none."""
        return sum(
            (sale.amount for sale in within(self.sales, window, lambda s: s.date)), Decimal()
        )

    @property
    def open_invoices(self) -> tuple[Sale, ...]:
        """The sales that have a due day and are not paid by the as-of date, oldest first."""
        return tuple(sale for sale in self.sales if is_open(sale, self.as_of))

    @property
    def overdue_invoices(self) -> tuple[Sale, ...]:
        """The open invoices whose due day is over, oldest first."""
        return tuple(sale for sale in self.sales if days_overdue(sale, self.as_of))

    @property
    def open_complaints(self) -> tuple[Touchpoint, ...]:
        """The complaints that are not resolved by the as-of date, oldest first."""
        return tuple(
            touchpoint
            for touchpoint in self.touchpoints
            if touchpoint.signal == Signal.COMPLAINT
            and not has_come(touchpoint.resolved_on, self.as_of)
        )

    @property
    def open_promises(self) -> tuple[Touchpoint, ...]:
        """The touchpoints whose promise was due by the as-of date (inclusive) and is not kept by then."""
        return tuple(
            touchpoint
            for touchpoint in self.touchpoints
            if has_come(touchpoint.promised_for, self.as_of)
            and not has_come(touchpoint.done_on, self.as_of)
        )

    def period_covers(self, day: date) -> bool:
        """Whether the day lies within the From–To of a sale, both ends included."""
        return _period_covers(self.sales, day)


def is_open(sale: Sale, as_of: date) -> bool:
    """Whether it has a due day and is not paid by the as-of date (inclusive); a refund never is."""
    return sale.amount > 0 and sale.due_on is not None and not has_come(sale.paid_on, as_of)


def days_overdue(sale: Sale, as_of: date) -> int:
    """How many days an open invoice is past its due day; 0 on that day, before it, and once paid."""
    if sale.due_on is None or not is_open(sale, as_of):
        return 0
    return max(0, (as_of - sale.due_on).days)


def purchases(sales: Sequence[Sale]) -> tuple[Purchase, ...]:
    """The purchase days, oldest first; the sales are in order of date."""
    found = []
    for day, of_day in groupby(sales, key=lambda sale: sale.date):
        sold = list(of_day)
        amount = sum((sale.amount for sale in sold), Decimal())
        if amount > 0 or all(sale.amount == 0 for sale in sold):
            found.append(Purchase(day, amount, tuple(sale.row for sale in sold)))
    return tuple(found)


def course(relationship: Relationship) -> Course:
    """The relationship with what all its rows come to, ready for any number of days."""
    felt = {
        touchpoint.date for touchpoint in relationship.touchpoints if touchpoint.activity.connects
    }
    return Course(
        relationship=relationship,
        contact_days=tuple(sorted(felt | {sale.date for sale in relationship.sales})),
        purchases=purchases(relationship.sales),
    )


def evidence(relationship: Relationship, settings: Settings, as_of: date) -> Evidence:
    """The relationship as it stood at the end of a day."""
    return evidence_on(course(relationship), settings, as_of)


def evidence_on(whole: Course, settings: Settings, as_of: date) -> Evidence:
    """The relationship as it stood at the end of a day, from its course."""
    client, relationship = whole.relationship.client, whole.relationship
    touchpoints, planned_touchpoints = up_to(relationship.touchpoints, as_of, lambda t: t.date)
    sales, planned_sales = up_to(relationship.sales, as_of, lambda s: s.date)
    feedback, later_feedback = up_to(relationship.feedback, as_of, lambda f: f.date)
    ratings, later_ratings = up_to(relationship.ratings, as_of, lambda r: r.date)
    contact_days = whole.contact_days[: bisect_right(whole.contact_days, as_of)]
    bought, _ = up_to(whole.purchases, as_of, lambda p: p.date)
    silence = silence_on(client, contact_days, sales, as_of, settings)
    return Evidence(
        client=client,
        as_of=as_of,
        business_model=business_model(client, settings),
        touchpoints=touchpoints,
        sales=sales,
        feedback=feedback,
        ratings=ratings,
        planned_touchpoints=planned_touchpoints,
        planned_sales=planned_sales,
        planned_others=len(later_feedback) + len(later_ratings),
        contact_days=contact_days,
        purchases=bought,
        collaboration_days=settings.collaboration_days,
        silence=silence,
        lapsed=_has_lapsed(silence, sales, as_of, settings),
    )


def _has_lapsed(silence: Silence, sales: Sequence[Sale], as_of: date, settings: Settings) -> bool:
    if silence.client_ended:
        return True
    return (
        silence.silence_days is not None
        and silence.silence_days > settings.lapsed_after_red_lines * silence.red_line_days
        and not _period_covers(sales, as_of)
    )


def _period_covers(sales: Sequence[Sale], day: date) -> bool:
    return any(
        sale.starts <= day <= sale.ends
        for sale in sales
        if sale.starts is not None and sale.ends is not None
    )
