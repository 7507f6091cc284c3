"""What a client's rows say on a day: the notation of SPEC, and the sheets up to T.

A ``Past`` is one client seen on one day. The same client is asked again on earlier days (stage history,
the replay of the score), so everything below takes a ``Past`` and nothing looks beyond its day, except
for plans.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from decimal import Decimal
from functools import cached_property, wraps

from dateutil.relativedelta import relativedelta

from reportgen.model import Relationship, name_key

DAY = dt.timedelta(days=1)
LONG_TERM = ("service", "subscription")
"""The models whose clients stay instead of coming back."""
NO_MODEL_RED_LINE = 60
NO_MODEL_LOYAL_FROM = 4


def once(function):
    """Works a function of a ``Past`` out once, and keeps what came back with the client."""

    @wraps(function)
    def kept(past):
        if function not in past.kept:
            past.kept[function] = function(past)
        return past.kept[function]

    return kept


def months_before(day: dt.date, months: int) -> dt.date:
    """“by calendar months with end-of-month clipping”."""
    return day - relativedelta(months=months)


def is_month_end(day: dt.date) -> bool:
    """Whether the day after is a first."""
    return (day + DAY).day == 1


def month_end(day: dt.date) -> dt.date:
    """The last day of the day's month."""
    return day + relativedelta(day=31)


def month_number(day: dt.date) -> int:
    """Months counted through the years, so that neighbours differ by 1."""
    return day.year * 12 + day.month - 1


def month_name(number: int) -> str:
    """A month number as ``2025-01``."""
    return f"{number // 12}-{number % 12 + 1:02d}"


def month_first(number: int) -> dt.date:
    """The first day of a month by its number."""
    return dt.date(number // 12, number % 12 + 1, 1)


def twelve_months(day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The twelve months of W as (after, to): calendar months where T ends its month."""
    ends = [months_before(day, back) for back in range(12, -1, -1)]
    if is_month_end(day):
        ends = [month_end(end) for end in ends]
        ends[0] = months_before(day, 12)
    return list(itertools.pairwise(ends))


class Past:
    """One client as the book knows them on a day (inclusive)."""

    def __init__(self, record: Relationship, settings, day: dt.date, others=None) -> None:
        self.record, self.client, self.settings, self.day = record, record.client, settings, day
        self.others = {} if others is None else others
        self.kept: dict = {}
        self.others[day] = self

    def on(self, day: dt.date) -> Past:
        """The same client on another day."""
        return self.others.get(day) or Past(self.record, self.settings, day, self.others)

    @cached_property
    def model(self) -> str | None:
        """The client's business model, else the workbook's; None where none is set."""
        found = self.client.business_model or self.settings.business_model
        return str(found) if found else None

    @property
    def stays(self) -> bool:
        """“For service and subscription nobody 'comes back': they stay.”."""
        return self.model in LONG_TERM

    @property
    def year(self) -> tuple[dt.date, dt.date]:
        """W = (T − 12 months, T]."""
        return months_before(self.day, 12), self.day

    @property
    def year_before(self) -> tuple[dt.date, dt.date]:
        """The 12 months before W."""
        return months_before(self.day, 24), months_before(self.day, 12)

    @cached_property
    def touchpoints(self):
        """Those dated up to T."""
        return [row for row in self.record.touchpoints if row.date <= self.day]

    @cached_property
    def sales(self):
        """Those dated up to T, refunds among them."""
        return [row for row in self.record.sales if row.date <= self.day]

    @cached_property
    def year_touchpoints(self):
        """The touchpoints in W."""
        after, to = self.year
        return [row for row in self.touchpoints if after < row.date <= to]

    def sales_in(self, window: tuple[dt.date, dt.date]) -> Decimal:
        """“Amounts count on their sale date, refunds as negative, in every money figure.”."""
        return sum(
            (row.amount for row in self.sales if window[0] < row.date <= window[1]), Decimal(0)
        )

    @cached_property
    def ended(self) -> bool:
        """`Ended on` ≤ T."""
        return self.client.ended_on is not None and self.client.ended_on <= self.day

    @cached_property
    def standing(self) -> Past:
        """The client on the day on which the stage is told: T, or `Ended on`, where it freezes."""
        return self.on(self.client.ended_on) if self.ended else self

    @cached_property
    def amount_of_day(self) -> dict[dt.date, list[Decimal]]:
        """Day → the amounts of its sales."""
        of_day = defaultdict(list)
        for row in self.sales:
            of_day[row.date].append(row.amount)
        return dict(sorted(of_day.items()))

    @cached_property
    def purchase_days(self) -> list[dt.date]:
        """“A date ≤ T on which the client's amounts sum to > 0, or all are 0”."""
        return [
            day
            for day, amounts in self.amount_of_day.items()
            if sum(amounts) > 0 or not any(amounts)
        ]

    @cached_property
    def contact_days(self) -> list[dt.date]:
        """“A date ≤ T with a connecting touchpoint or a sale”."""
        days = {row.date for row in self.touchpoints if row.activity.connects}
        return sorted(days | {row.date for row in self.sales})

    def period_covers(self, day: dt.date) -> bool:
        """Whether a From–To of a sale covers the day."""
        return any(row.starts and row.starts <= day <= row.ends for row in self.sales)

    def active_in(self, window: tuple[dt.date, dt.date]) -> bool:
        """“Active in a window with a purchase day in it or a From–To period overlapping it”."""
        after, to = window
        return any(after < day <= to for day in self.purchase_days) or any(
            row.starts and row.starts <= to and row.ends > after for row in self.sales
        )

    @cached_property
    def red_line(self) -> int:
        """N on T: the client's own, else the workbook's (of the phase on T), else the model's."""
        return norm_on(self, self.day)


def norm_on(past: Past, day: dt.date) -> int:
    """“Each day's norm is that of its phase, unless the client has its own.”"""
    settings, phase = past.settings, phase_on(past, day)
    of_phase = {
        "pre-sale": settings.red_line_before_the_sale_days,
        "collaboration": settings.red_line_in_collaboration_days,
    }.get(phase)
    return past.client.red_line_days or of_phase or norm_of_all_phases(past)


def norm_of_all_phases(past: Past) -> int:
    """“The client's own `Red line (days)`, else the workbook's, else by business model”."""
    own = past.client.red_line_days or past.settings.red_line_days
    if own:
        return own
    if past.model is None:
        return NO_MODEL_RED_LINE
    return getattr(past.settings, f"red_line_{past.model}_days")


def phase_on(past: Past, day: dt.date) -> str | None:
    """“Pre-sale (before the first sale), collaboration (inside a sale's From–To, or the 30 days from
    a sale that has none), post-sale (the rest)”; a refund is no sale. None of whom there was no contact
    with yet: nothing has begun."""
    since = past.client.since
    if not past.contact_days and not (since and since <= past.day):
        return None
    sold = [row for row in past.sales if row.amount >= 0]
    lasts = dt.timedelta(days=past.settings.collaboration_days)
    for row in sold:
        if row.starts and row.starts <= day <= row.ends:
            return "collaboration"
        if not row.starts and row.date <= day < row.date + lasts:
            return "collaboration"
    return "post-sale" if sold and sold[0].date <= day else "pre-sale"


def loyal_from(past: Past) -> int:
    """*Loyal from*, “a setting a model”."""
    if past.model is None:
        return NO_MODEL_LOYAL_FROM
    return getattr(past.settings, f"loyal_from_{past.model}")


def same_name(one: str | None) -> str:
    """Names are “compared case-folded, trimmed and with inner white space collapsed”."""
    return name_key(one or "")
