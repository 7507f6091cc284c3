"""What one client's rows show up to a day: the common ground of all analyses.

Rows dated after the as-of date are plans: they are kept apart and never count as evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from reportgen.evidence.purchases import (
    BY_THE_MONTH,
    Purchase,
    PurchaseDay,
    Term,
    days_as_purchases,
    paid_months,
    projects,
    purchase_days,
    terms,
)
from reportgen.evidence.red_line import (
    Gap,
    Phase,
    Silence,
    SilenceState,
    business_model,
    long_gaps,
    phases,
    red_line_days,
    shortest_line,
    silence_on,
)
from reportgen.model import (
    Book,
    BusinessModel,
    Client,
    Feedback,
    Rating,
    Relationship,
    Sale,
    Signal,
    Touchpoint,
)
from reportgen.periods import Window, has_come, up_to, within, year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.values import cached_property, dataclass

_Row = TypeVar("_Row", Touchpoint, Sale)

_day = attrgetter("date")


@dataclass(frozen=True)
class Course:
    """A relationship with what all its rows come to, planned ones too: worked out once for any day."""

    relationship: Relationship
    settings: Settings

    @cached_property
    def business_model(self) -> BusinessModel | None:
        """The client's own, else that of the business; None where neither is set."""
        return business_model(self.relationship.client, self.settings)

    @cached_property
    def contact_days(self) -> tuple[date, ...]:
        """Ascending, each once."""
        felt = {t.date for t in self.relationship.touchpoints if t.activity.connects}
        return tuple(sorted(felt.union(sale.date for sale in self.relationship.sales)))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps between contact days that are longer than the shortest red line."""
        return long_gaps(self.contact_days, shortest_line(self.relationship.client, self.settings))

    @cached_property
    def purchase_days(self) -> tuple[PurchaseDay, ...]:
        """Oldest first."""
        return purchase_days(self.relationship.sales)

    @cached_property
    def purchases_by_day(self) -> tuple[Purchase, ...]:
        """Each purchase day as a purchase of its own."""
        return days_as_purchases(self.purchase_days)

    @cached_property
    def still_open(self) -> Course:
        """The same as though the relationship had never ended."""
        client = replace(self.relationship.client, ended_on=None)
        return Course(replace(self.relationship, client=client), self.settings)


@dataclass(frozen=True)
class Evidence:
    """One relationship as it stood at the end of the as-of date.

    Each part is worked out when it is first asked for: many days are looked at for few of them.
    """

    course: Course
    as_of: date

    @property
    def client(self) -> Client:
        """As the Clients sheet describes them."""
        return self.course.relationship.client

    @property
    def business_model(self) -> BusinessModel | None:
        """The client's own, else that of the business; None where neither is set."""
        return self.course.business_model

    @cached_property
    def touchpoints(self) -> Sequence[Touchpoint]:
        """Up to the as-of date (inclusive), oldest first; the next three likewise."""
        return up_to(self.course.relationship.touchpoints, self.as_of, _day)[0]

    @cached_property
    def lately(self) -> Sequence[Touchpoint]:
        """The touchpoints of W, the 12 months up to the as-of date, oldest first."""
        return within(self.course.relationship.touchpoints, year_to(self.as_of), _day)

    @cached_property
    def sales(self) -> Sequence[Sale]:
        """The sales."""
        return up_to(self.course.relationship.sales, self.as_of, _day)[0]

    @cached_property
    def feedback(self) -> Sequence[Feedback]:
        """The answers, reviews and testimonials."""
        return up_to(self.course.relationship.feedback, self.as_of, _day)[0]

    @cached_property
    def ratings(self) -> Sequence[Rating]:
        """The judgements of the relationship."""
        return up_to(self.course.relationship.ratings, self.as_of, _day)[0]

    @cached_property
    def planned_touchpoints(self) -> Sequence[Touchpoint]:
        """After the as-of date, soonest first; the sales likewise."""
        return up_to(self.course.relationship.touchpoints, self.as_of, _day)[1]

    @cached_property
    def planned_sales(self) -> Sequence[Sale]:
        """The sales to come."""
        return up_to(self.course.relationship.sales, self.as_of, _day)[1]

    @property
    def planned_others(self) -> int:
        """How many rows of Feedback and Ratings are planned."""
        everything = self.course.relationship
        recorded = len(self.feedback) + len(self.ratings)
        return len(everything.feedback) + len(everything.ratings) - recorded

    @cached_property
    def contact_days(self) -> tuple[date, ...]:
        """Ascending, each once."""
        days = self.course.contact_days
        return days[: bisect_right(days, self.as_of)]

    @cached_property
    def purchase_days(self) -> Sequence[PurchaseDay]:
        """Oldest first."""
        return up_to(self.course.purchase_days, self.as_of, _day)[0]

    @cached_property
    def purchases(self) -> Sequence[Purchase]:
        """What the client decided once, by their business model, in order of the beginnings."""
        if self.business_model is BusinessModel.CONSULTANCY:
            apart = red_line_days(self.client, self.course.settings)
            return projects(self.sales, apart, self.collaboration_days)
        if self.pays_by_the_month:
            return paid_months(self.sales, self.purchase_days, self.as_of)
        return self.course.purchases_by_day[: len(self.purchase_days)]

    @property
    def collaboration_days(self) -> int:
        """How long the work of a sale without From and To lasts."""
        return self.course.settings.collaboration_days

    @cached_property
    def silence(self) -> Silence:
        """How the relationship stands to its red line."""
        gaps = self.course.gaps
        closed = bisect_left(gaps, self.as_of, key=lambda gap: gap.last)
        return silence_on(
            self.client,
            self.contact_days,
            gaps[:closed],
            self.sales,
            self.as_of,
            self.course.settings,
        )

    @cached_property
    def lapsed(self) -> bool:
        """Not ended, and silent for more red lines than the settings allow, with no work going on."""
        silence, allowed = self.silence, self.course.settings.lapsed_after_red_lines
        return (
            not silence.client_ended
            and silence.silence_days is not None
            and silence.silence_days > allowed * silence.red_line_days
            and not self.period_covers(self.as_of)
        )

    @property
    def name(self) -> str:
        """The client's name."""
        return self.client.name

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The phases from the relationship's first day to the as-of date; empty before it began."""
        if self.silence.started is None:
            return ()
        return phases(self.sales, self.silence.started, self.as_of, self.collaboration_days)

    @property
    def is_customer(self) -> bool:
        """Whether the client has ever bought."""
        return bool(self.purchases)

    @property
    def last_bought(self) -> date | None:
        """The last day on which they bought something; None for those who never did."""
        if not self.purchases:
            return None
        return self.purchase_days[-1].date if self.purchase_days else self.purchases[-1].first

    @property
    def is_prospect(self) -> bool:
        """Whether they never did. Nobody is courted as new whose only purchase was refunded."""
        return not self.purchases and not self.sales

    @property
    def pays_by_the_month(self) -> bool:
        """Whether their purchases are paid months: such a client stays, or leaves, and never comes back."""
        return self.business_model in BY_THE_MONTH

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of a client who pays by the month, oldest first; empty for all others."""
        return terms(self.purchases) if self.pays_by_the_month else ()

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
        """Whether the relationship goes on: it has neither lapsed nor ended."""
        return not self.lapsed and not self.silence.client_ended

    @property
    def has_ended(self) -> bool:
        """Whether ``Ended on`` has come."""
        return self.silence.client_ended

    @property
    def known_since(self) -> date | None:
        """The first day of which anything is known: contact, ``Client since``, or work behind the scenes.

        None before that day.
        """
        first = (touchpoint.date for touchpoint in self.course.relationship.touchpoints[:1])
        known = (self.silence.started, *(day for day in first if day <= self.as_of))
        return min((day for day in known if day is not None), default=None)

    @cached_property
    def minutes(self) -> int:
        """The minutes of all touchpoints, also of those that the client does not feel."""
        return sum(touchpoint.minutes for touchpoint in self.touchpoints)

    @cached_property
    def last_contact_rows(self) -> tuple[Row, ...]:
        """The rows of the last contact day, touchpoints before sales; empty without such a day."""
        day = self.silence.last_contact
        return () if day is None else self.contact_rows([day])

    def contact_rows(self, days: Iterable[date]) -> tuple[Row, ...]:
        """The rows that make these days contact days: touchpoints that connect, then sales."""
        wanted = sorted(frozenset(days))
        felt = [t.row for t in _on_days(self.touchpoints, wanted) if t.activity.connects]
        return (*felt, *(sale.row for sale in _on_days(self.sales, wanted)))

    def sales_in(self, window: Window) -> Decimal:
        """The sum of the sales in a window, refunds subtracted; 0 when it has none."""
        return sum((sale.amount for sale in within(self.sales, window)), Decimal())

    @property
    def open_invoices(self) -> tuple[Sale, ...]:
        """The sales that have a due day and are not paid by the as-of date, oldest first."""
        return tuple(sale for sale in self.sales if is_open(sale, self.as_of))

    @cached_property
    def overdue_invoices(self) -> tuple[Sale, ...]:
        """The open invoices whose due day is over, oldest first."""
        return tuple(sale for sale in self.sales if days_overdue(sale, self.as_of))

    @cached_property
    def open_complaints(self) -> tuple[Touchpoint, ...]:
        """The complaints that are not resolved by the as-of date, oldest first."""
        return tuple(
            touchpoint
            for touchpoint in self.touchpoints
            if touchpoint.signal == Signal.COMPLAINT
            and not has_come(touchpoint.resolved_on, self.as_of)
        )

    @cached_property
    def open_promises(self) -> tuple[Touchpoint, ...]:
        """The touchpoints whose promise was due by the as-of date (inclusive) and is not kept by then."""
        return tuple(
            touchpoint
            for touchpoint in self.touchpoints
            if has_come(touchpoint.promised_for, self.as_of)
            and not has_come(touchpoint.done_on, self.as_of)
        )

    @property
    def work_that_runs(self) -> tuple[Row, ...]:
        """The sales whose From–To has the as-of date in it."""
        return tuple(sale.row for sale in self.sales if _covers(sale, self.as_of))

    @property
    def has_a_plan(self) -> bool:
        """Whether anything is dated later, or work runs now."""
        everything = self.course.relationship
        rows = (
            everything.touchpoints,
            everything.sales,
            everything.feedback,
            everything.ratings,
        )
        ahead = any(of_sheet and of_sheet[-1].date > self.as_of for of_sheet in rows)
        return ahead or self.period_covers(self.as_of)

    @property
    def plan(self) -> tuple[Row, ...]:
        """The rows of what is planned: work that runs now, and what is dated later.

        Those of planned answers and ratings are not named.
        """
        return (
            *self.work_that_runs,
            *(touchpoint.row for touchpoint in self.planned_touchpoints),
            *(sale.row for sale in self.planned_sales),
        )

    def period_covers(self, day: date) -> bool:
        """Whether the day lies within the From–To of a sale, both ends included."""
        return any(_covers(sale, day) for sale in self.sales)


def is_open(sale: Sale, as_of: date) -> bool:
    """Whether it has a due day and is not paid by the as-of date (inclusive); a refund never is."""
    return sale.amount > 0 and sale.due_on is not None and not has_come(sale.paid_on, as_of)


def days_overdue(sale: Sale, as_of: date) -> int:
    """How many days an open invoice is past its due day; 0 on that day, before it, and once paid."""
    if sale.due_on is None or not is_open(sale, as_of):
        return 0
    return max(0, (as_of - sale.due_on).days)


def courses(book: Book, settings: Settings) -> tuple[Course, ...]:
    """The relationships of a book, ready for any number of days, in its order."""
    return tuple(Course(one, settings) for one in book.relationships)


def evidence(relationship: Relationship, settings: Settings, as_of: date) -> Evidence:
    """The relationship as it stood at the end of a day."""
    return Evidence(Course(relationship, settings), as_of)


def before_it_ended(whole: Course, as_of: date) -> Evidence:
    """The relationship as it stood at the end of a day; once it has ended, as it stood on its last day.

    On that day it is seen still open: its stage stands still there.
    """
    ended_on = whole.relationship.client.ended_on
    if ended_on is None or ended_on > as_of:
        return Evidence(whole, as_of)
    return Evidence(whole.still_open, ended_on)


def _on_days(rows: Sequence[_Row], days: Iterable[date]) -> Iterator[_Row]:
    """The rows of some days; rows and days ascend."""
    for day in days:
        for place in range(bisect_left(rows, day, key=_day), len(rows)):
            if rows[place].date != day:
                break
            yield rows[place]


def _covers(sale: Sale, day: date) -> bool:
    """Whether the day lies within its From–To, both ends included."""
    return sale.starts is not None and sale.ends is not None and sale.starts <= day <= sale.ends
