"""Who would gladly be asked, thanked or surprised this month (SPEC 8; 003, 000, 002).

Every rule is a list of checks, and an opportunity is a client who meets them all. A check that is not
met says why ("asked 40 days ago"), so that the owner can judge for herself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from reportgen import words
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.working_days import working_days_after
from reportgen.model import Feedback, FeedbackKind, Role, Signal, Touchpoint
from reportgen.periods import months_after, within, year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.values import dataclass


class OpportunityKind(StrEnum):
    """The five rules, in order."""

    WOW = "wow"
    REFERRAL = "referral"
    TESTIMONIAL = "testimonial"
    SURVEY = "survey"
    GREETING = "greeting"


_WELL_APART_DAYS = 7
"""A surprise stands a week or more from today and from anything expected (docs/decisions/0005)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of a rule, looked at for one client."""

    met: bool
    words: str
    """Why it is met, or what stands in the way."""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One rule, looked at for one client."""

    kind: OpportunityKind
    client: str
    letter: str
    day: date
    """When it is best sent."""
    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Whether every check is met."""
        return all(check.met for check in self.checks)

    @property
    def in_the_way(self) -> tuple[Check, ...]:
        """The checks that are not met, in the order of the rule."""
        return tuple(check for check in self.checks if not check.met)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows behind the checks that are met, check by check."""
        return tuple(row for check in self.checks if check.met for row in check.rows)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules take from other analyses."""

    loyal: bool
    """Commitment, convergence or loyalty."""
    trust: float | None
    upper_half: bool
    """Whether they are among the upper half of the customers by sales in W."""


def opportunities(
    seen: Evidence, standing: Standing, settings: Settings
) -> tuple[Opportunity, ...]:
    """The five rules for one client, each with its checks, in the order of :class:`OpportunityKind`.

    A relationship that has ended has the last alone.
    """
    soon = next(working_days_after(seen.as_of, settings))
    special = _next_special_day(seen, settings)
    greeting = Opportunity(
        OpportunityKind.GREETING,
        seen.name,
        special[1] if special else "birthday-greeting",
        special[0] if special else soon,
        _greeting(seen, special, settings),
    )
    if seen.has_ended:
        return (greeting,)
    unexpected = _unexpected_day(seen, special[0] if special else None, settings)
    # The few touchpoints that a rule may ask for.
    marked = [t for t in seen.touchpoints if t.activity.role is not None or t.signal is not None]
    wow = _wow(seen, marked, standing, settings)
    referral = _referral(seen, marked, standing, settings)
    testimonial, survey = _testimonial(seen, marked, settings), _survey(seen, marked, settings)
    return (
        Opportunity(OpportunityKind.WOW, seen.name, "wow-note", unexpected, wow),
        Opportunity(OpportunityKind.REFERRAL, seen.name, "referral-request", soon, referral),
        Opportunity(
            OpportunityKind.TESTIMONIAL, seen.name, "testimonial-request", soon, testimonial
        ),
        Opportunity(OpportunityKind.SURVEY, seen.name, "satisfaction-survey", soon, survey),
        greeting,
    )


def _wow(
    seen: Evidence, marked: Sequence[Touchpoint], standing: Standing, settings: Settings
) -> tuple[Check, ...]:
    bought = seen.last_bought
    ago = (seen.as_of - bought).days if bought else None
    return (
        Check(not seen.lapsed, "lapsed" if seen.lapsed else "running"),
        Check(
            standing.upper_half,
            "among the upper half by sales"
            if standing.upper_half
            else "not in the upper half by sales",
        ),
        Check(
            ago is not None and settings.wow_from_days <= ago <= settings.wow_until_days,
            "nothing bought yet" if ago is None else f"last bought {words.days(ago)} ago",
            tuple(sale.row for sale in seen.sales if sale.date == bought),
        ),
        _not_within(
            settings.wow_again_days,
            seen,
            [t for t in marked if t.activity.role is Role.WOW],
            "surprised",
        ),
        _no_open_complaint(seen),
    )


def _referral(
    seen: Evidence, marked: Sequence[Touchpoint], standing: Standing, settings: Settings
) -> tuple[Check, ...]:
    asked = [
        t
        for t in marked
        if t.activity.role is Role.REFERRAL_REQUEST or t.signal == Signal.REFERRAL_ASKED
    ]
    return (
        Check(
            standing.loyal,
            "a committed or loyal client" if standing.loyal else "not yet committed or loyal",
            tuple(row for purchase in seen.purchases[-3:] for row in purchase.rows[-1:]),
        ),
        Check(
            not seen.silence.below_red_line,
            "below the red line" if seen.silence.below_red_line else "above the red line",
        ),
        _no_open_complaint(seen),
        _goodwill(seen, standing, settings),
        _not_within(settings.referral_again_days, seen, asked, "asked"),
    )


def _goodwill(seen: Evidence, standing: Standing, settings: Settings) -> Check:
    """Met by a good score, advice asked or high Trust, in W."""
    year = year_to(seen.as_of)
    good = [f.row for f in within(seen.feedback, year) if _is_good(f, settings)]
    if good:
        return Check(True, f"a score of {words.tenths(settings.good_score)} or more", tuple(good))
    advice = [t.row for t in seen.lately if t.signal == Signal.ADVICE_ASKED]
    if advice:
        return Check(True, "asked for your advice", tuple(advice))
    if standing.trust is not None and standing.trust >= settings.high_trust:
        return Check(True, f"Trust of {standing.trust:.0f}")
    return Check(
        False,
        f"no high score, no advice asked and no Trust of {settings.high_trust:g} "
        "in the last 12 months",
    )


def _is_good(answer: Feedback, settings: Settings) -> bool:
    score, out_of = answer.score, answer.out_of
    least = Decimal(str(settings.good_score))  # as a float, 9 of 10 could fall short of 0.9
    return score is not None and bool(out_of) and score / (out_of or 1) >= least


def _testimonial(
    seen: Evidence, marked: Sequence[Touchpoint], settings: Settings
) -> tuple[Check, ...]:
    year = year_to(seen.as_of)
    bought = within(seen.purchase_days, year) if seen.is_customer else ()
    scored = [f for f in seen.feedback if f.score is not None and f.out_of]
    good = bool(scored) and _is_good(scored[-1], settings)
    given = [f.row for f in seen.feedback if f.kind == FeedbackKind.TESTIMONIAL]
    given += [t.row for t in marked if t.signal == Signal.TESTIMONIAL_GIVEN]
    asked = [
        t
        for t in marked
        if t.activity.role is Role.TESTIMONIAL_REQUEST or t.signal == Signal.TESTIMONIAL_ASKED
    ]
    return (
        Check(
            bool(bought),
            "bought in the last 12 months" if bought else "bought nothing in the last 12 months",
            bought[-1].rows if bought else (),
        ),
        Check(
            good,
            f"the last score is {words.tenths(settings.good_score)} or more"
            if good
            else "the last score is lower"
            if scored
            else "no score recorded",
            (scored[-1].row,) if scored else (),
        ),
        Check(not given, "has given one already" if given else "none given yet", tuple(given)),
        _not_within(settings.testimonial_again_days, seen, asked, "asked"),
        _no_open_complaint(seen),
    )


def _survey(seen: Evidence, marked: Sequence[Touchpoint], settings: Settings) -> tuple[Check, ...]:
    first = seen.as_of - timedelta(days=settings.survey_within_days)
    within = f"in the last {words.days(settings.survey_within_days)}"
    bought = seen.purchase_days if seen.is_customer else ()
    lately = [row for day in bought if first < day.date for row in day.rows]
    lately += [
        sale.row for sale in seen.sales if sale.ends is not None and first < sale.ends <= seen.as_of
    ]
    answers = [f.date for f in seen.feedback if f.kind == FeedbackKind.SURVEY]
    surveys = [t.date for t in marked if t.activity.role is Role.SURVEY]
    last = max((*answers, *surveys), default=None)
    ago = (seen.as_of - last).days if last else None
    return (
        Check(
            bool(lately),
            f"bought, or a piece of work ended, {within}"
            if lately
            else f"nothing bought or finished {within}",
            tuple(lately),
        ),
        Check(
            ago is None or ago >= settings.survey_again_days,
            "never asked in a survey" if ago is None else f"last survey {words.days(ago)} ago",
        ),
    )


def _greeting(
    seen: Evidence, special: tuple[date, str, str] | None, settings: Settings
) -> tuple[Check, ...]:
    if special is None:
        ahead = words.days(settings.greeting_days)
        return (Check(False, f"no birthday or anniversary in the next {ahead}"),)
    rows = seen.purchases[0].rows if special[1] == "anniversary-greeting" else ()
    rows = (seen.client.row,) if not rows and seen.client.row else rows
    return (Check(True, special[2], rows),)


def _next_special_day(seen: Evidence, settings: Settings) -> tuple[date, str, str] | None:
    """The next birthday or anniversary of the first purchase: its day, its letter, and what it is.

    None where there is none in the days that greetings look ahead.
    """
    days = []
    if seen.client.birthday is not None:
        day = _next_yearly(seen.client.birthday, seen.as_of)
        days.append((day, "birthday-greeting", f"birthday on {words.day(day)}"))
    if seen.purchases:
        bought = seen.purchases[0].first
        day = _next_yearly(bought, max(seen.as_of, bought))
        years = words.count(day.year - bought.year, "year")
        days.append((day, "anniversary-greeting", f"a client for {years} on {words.day(day)}"))
    soonest = min(days, key=lambda special: special[0], default=None)
    if soonest is None or (soonest[0] - seen.as_of).days > settings.greeting_days:
        return None
    return soonest


def _next_yearly(yearly: date, after: date) -> date:
    """The first day after a day on which the yearly one falls; 29 February is kept on the 28th in
    other years."""
    in_its_year = months_after(yearly, 12 * (after.year - yearly.year))
    return (
        in_its_year
        if in_its_year > after
        else months_after(yearly, 12 * (after.year - yearly.year + 1))
    )


def _not_within(days: int, seen: Evidence, done: Iterable[Touchpoint], what: str) -> Check:
    """Met when the last time is so many days ago or more, or when there was none."""
    last = max((t.date for t in done), default=None)
    if last is None:
        return Check(True, f"never {what}")
    ago = (seen.as_of - last).days
    return Check(ago >= days, f"{what} {words.days(ago)} ago")


def _no_open_complaint(seen: Evidence) -> Check:
    rows = tuple(complaint.row for complaint in seen.open_complaints)
    return Check(not rows, "a complaint is open" if rows else "no complaint is open", rows)


def _unexpected_day(seen: Evidence, special: date | None, settings: Settings) -> date:
    """The first working day that is a week or more from today and from anything the client expects."""
    expected = {t.date for t in seen.planned_touchpoints} | {s.date for s in seen.planned_sales}
    if special is not None:
        expected.add(special)
    day_before = seen.as_of + timedelta(days=_WELL_APART_DAYS - 1)
    for day in working_days_after(day_before, settings):
        if all(abs((day - other).days) >= _WELL_APART_DAYS for other in expected):
            return day
    raise AssertionError("working days never end")
