"""What past purchases say of those to come: curves and models over all customers (SPEC 4).

Each speaks only as far as its data carries, and what cannot be told says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from reportgen.analyses import buying, lifecycle, retention, what_works
from reportgen.estimates import bgnbd, gamma_gamma, survival
from reportgen.estimates.bgnbd import BGNBD
from reportgen.estimates.gamma_gamma import GammaGamma
from reportgen.estimates.limits import CannotTell, Voice
from reportgen.evidence.evidence import Evidence
from reportgen.periods import months_before
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

GROUP_AT_LEAST = 10
"""How many customers each group needs to be compared (SPEC 4)."""

_HOLD_OUT_MONTHS = 6
"""How much of the history the model is checked on."""


@dataclass(frozen=True, slots=True)
class Group:
    """The customers who share a segment, a source or a business model."""

    name: str
    customers: int
    curve: survival.SurvivalCurve


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether groups of customers go quiet at different times."""

    by: Literal["segment", "source", "business model"]
    groups: tuple[Group, ...]
    """The groups with ten customers or more, the largest first; at least two."""
    test: survival.LogRank | None


@dataclass(frozen=True, slots=True)
class ClientOutlook:
    """What to expect of one customer; None where the model may not say so much."""

    likely: bool | None
    """Whether they are more likely than not to buy again."""
    p_alive: float | None
    expected_purchases_52w: float | None
    expected_range: tuple[float, float] | None
    """The 95 % interval of the expectation."""
    expected_value: float | None
    """Of the next purchase, in money."""
    clv_12m: float | None


UNKNOWN = ClientOutlook(None, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Models:
    """The models of buying and of value, and how far they may speak."""

    buying: BGNBD | CannotTell
    voice: Voice
    value: GammaGamma | CannotTell


@dataclass(frozen=True, slots=True)
class Outlook:
    """The curves, the models, and what they say of each customer."""

    time_to_second: survival.SurvivalCurve
    """Of the customers who come back or do not."""
    stayed: survival.SurvivalCurve
    """Of those who pay by the month: the share still there, by months since the first payment."""
    stayed_of: tuple[int, int]
    """How many of them are still there, and how many have left."""
    time_to_quiet: survival.SurvivalCurve
    comparisons: tuple[Comparison, ...]
    works: what_works.WhatWorks
    """Whether those who were given something in their first weeks stay longer, or come back sooner."""
    stage_days: dict[str, survival.SurvivalCurve]
    """Stage → how long clients stand there before they move on."""
    models: Models
    hold_out: buying.HoldOut | CannotTell | None
    """How the model did on the last six months; None unless it may speak in full."""
    zero_purchases: int
    """How many repeat purchases have an amount of 0; the value model leaves them out."""
    clients: dict[str, ClientOutlook]
    """Customer → outlook; not of those who pay by the month, nor of those who have ended."""


def outlook(everyone: Sequence[Evidence], as_of: date, settings: Settings) -> Outlook:
    """The curves and models over all customers at the as-of date."""
    customers = [seen for seen in everyone if seen.is_customer]
    returning = retention.who_may_return(everyone)
    days = [[purchase.first for purchase in seen.purchases] for seen in returning]
    histories = [found for one in days if (found := bgnbd.history(one, as_of)) is not None]
    model = buying.buying_model(histories)
    stayed = retention.time_stayed(retention.who_may_stay(everyone))
    ended = {seen.name for seen in returning if seen.has_ended}
    amounts = [_repeat_amounts(seen) for seen in returning]
    paid = [[amount for amount in one if amount > 0] for one in amounts]
    models = Models(
        buying=model,
        voice=buying.voice(model),
        value=gamma_gamma.fit_gamma_gamma([len(one) for one in paid], [_mean(one) for one in paid]),
    )
    return Outlook(
        time_to_second=_curve(retention.time_to_second(returning)),
        stayed=_stayed(stayed),
        stayed_of=(stayed.happened.count(False), stayed.happened.count(True)),
        time_to_quiet=_curve(retention.time_to_quiet(customers)),
        comparisons=_comparisons(customers),
        works=what_works.what_works(customers, settings.first_weeks_days),
        stage_days=_stage_days(everyone, settings),
        models=models,
        hold_out=buying.hold_out(days, months_before(as_of, _HOLD_OUT_MONTHS), as_of)
        if models.voice is Voice.FULL
        else None,
        zero_purchases=sum(amount == 0 for one in amounts for amount in one),
        clients={
            name: ahead
            for name, ahead in _clients(returning, histories, models, paid, settings).items()
            if name not in ended
        },
    )


def _repeat_amounts(seen: Evidence) -> list[Decimal]:
    return [purchase.amount for purchase in seen.purchases[1:]]


def _mean(amounts: Sequence[Decimal]) -> float:
    return float(sum(amounts, Decimal()) / len(amounts)) if amounts else 0.0


def _curve(durations: retention.Durations) -> survival.SurvivalCurve:
    return survival.kaplan_meier(durations.days, durations.happened)


DAYS_A_MONTH = 30.44
"""What months since the first payment are counted in (SPEC 4)."""


STAYED_MONTHS = (3, 6, 12, 24)
"""After how many months it is told who is still there; these are keys of the machine form (SPEC 4, 10)."""


def _stayed(lasted: retention.Durations) -> survival.SurvivalCurve:
    return survival.kaplan_meier([days / DAYS_A_MONTH for days in lasted.days], lasted.happened)


def _comparisons(customers: Sequence[Evidence]) -> tuple[Comparison, ...]:
    """By segment, source and business model, wherever at least two groups have ten customers."""
    ways: Mapping[Literal["segment", "source", "business model"], Callable[[Evidence], str | None]]
    ways = {
        "segment": lambda seen: seen.client.segment,
        "source": lambda seen: seen.client.source,
        "business model": lambda seen: seen.business_model,
    }
    found = []
    for by, group_of in ways.items():
        members: dict[str, list[Evidence]] = {}
        for seen in customers:
            if name := group_of(seen):
                members.setdefault(name, []).append(seen)
        large = {name: of for name, of in members.items() if len(of) >= GROUP_AT_LEAST}
        if len(large) < 2:
            continue
        lasted = {name: retention.time_to_quiet(of) for name, of in large.items()}
        groups = [Group(name, len(of), _curve(lasted[name])) for name, of in large.items()]
        found.append(
            Comparison(
                by=by,
                groups=tuple(sorted(groups, key=lambda group: (-group.customers, group.name))),
                test=survival.log_rank(*((one.days, one.happened) for one in lasted.values())),
            )
        )
    return tuple(found)


def _stage_days(
    everyone: Sequence[Evidence], settings: Settings
) -> dict[str, survival.SurvivalCurve]:
    stays = [stay for seen in everyone for stay in lifecycle.stays(seen, settings)]
    return {
        stage: survival.kaplan_meier(
            [stay.days for stay in stays if stay.stage == stage],
            [stay.moved_on for stay in stays if stay.stage == stage],
        )
        for stage in lifecycle.LIFECYCLE[:-1]
    }


def _clients(
    customers: Sequence[Evidence],
    histories: Sequence[bgnbd.History],
    models: Models,
    paid: Sequence[Sequence[Decimal]],
    settings: Settings,
) -> dict[str, ClientOutlook]:
    model = models.buying
    if isinstance(model, CannotTell):
        return dict.fromkeys((seen.name for seen in customers), UNKNOWN)
    alive = bgnbd.p_alive(model, histories)
    if models.voice is not Voice.FULL:
        return {
            seen.name: ClientOutlook(
                likely=None if p is None else p >= 0.5,
                p_alive=p if models.voice is Voice.PROBABILITY else None,
                expected_purchases_52w=None,
                expected_range=None,
                expected_value=None,
                clv_12m=None,
            )
            for seen, p in zip(customers, alive, strict=True)
        }
    expected = bgnbd.expected_purchases(model, histories)
    ranges = bgnbd.expected_purchases_range(model, histories) or [None] * len(customers)
    found = {}
    for seen, p, number, span, amounts in zip(
        customers, alive, expected, ranges, paid, strict=True
    ):
        value = None
        if isinstance(models.value, GammaGamma):
            value = gamma_gamma.expected_value(models.value, len(amounts), _mean(amounts))
        margin = settings.gross_margin
        found[seen.name] = ClientOutlook(
            likely=None if p is None else p >= 0.5,
            p_alive=p,
            expected_purchases_52w=number,
            expected_range=span,
            expected_value=value,
            clv_12m=None if value is None or margin is None else number * value * margin,
        )
    return found
