"""The figures of a client's time, money and buying."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from reportgen import words
from reportgen.analyses.value import BlackState
from reportgen.editions.policy import Sight
from reportgen.estimates.limits import CannotTell, Voice
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.purchases import NAMED, Purchase, Term
from reportgen.figures.figure import NO_FIRST_SALE, NO_SALES, Case, Explained, Fact, not_known
from reportgen.figures.written import rounded
from reportgen.model import MinutesRecorded
from reportgen.periods import year_before
from reportgen.problems import Row


def _if_sold(case: Case, value: object) -> object:
    return value if case.sold else None


def _money(amount: Decimal, currency: str | None) -> str:
    """With pence wherever there are any: a figure that is explained is not rounded away."""
    return words.money(amount, currency, pence=amount != amount.to_integral_value())


def _minutes(case: Case) -> Fact:
    blank = sum(t.minutes_recorded == MinutesRecorded.NONE for t in case.seen.touchpoints)
    without = f"; {words.count(blank, 'touchpoint has', 'touchpoints have')} none" if blank else ""
    return Fact(
        words.count(case.client.worth.minutes, "minute") + without,
        tuple(t.row for t in case.seen.touchpoints if t.minutes),
    )


def _hours(case: Case) -> str:
    worth = case.client.worth
    return f"{words.hours(worth.minutes)} in all, {words.hours(worth.minutes_now)} in the last 12 months"


def _sales_now(case: Case) -> Fact:
    said = _money(case.client.worth.sales_now, case.settings.currency) if case.sold else NO_SALES
    return Fact(said, case.sale_rows(case.year))


def _sales_before(case: Case) -> Fact:
    sales = case.client.worth.sales_before
    said = _money(sales, case.settings.currency) if case.sold else NO_SALES
    return Fact(said, case.sale_rows(year_before(case.report.as_of)))


def _hourly_earned(case: Case) -> Fact:
    earned = case.client.hourly_earned
    if not case.sold:
        return Fact(NO_SALES)
    if earned is None:
        return Fact(not_known("record five hours or more of the last 12 months (Touchpoints)"))
    spent = (t.row for t in case.seen.touchpoints if t.date in case.year and (t.minutes or t.cost))
    said = words.money(earned, case.settings.currency, pence=True)
    return Fact(said, (*spent, *case.sale_rows(case.year)))


def _hourly_earned_beside_rate(case: Case) -> str:
    said, rate = _hourly_earned(case).words, case.settings.hourly_rate
    if case.client.hourly_earned is None or rate is None or not case.sold:
        return said
    return f"{said}; your rate is {_money(rate, case.settings.currency)}"


_NO_RATE = not_known("record your Hourly rate (Business)")


def _flows(seen: Evidence) -> tuple[Row, ...]:
    """Every row with money or time in it."""
    spent = [t.row for t in seen.touchpoints if t.minutes or t.cost]
    return (*spent, *(sale.row for sale in seen.sales))


def _profit(case: Case) -> Fact:
    profit = case.client.worth.profit
    said = _NO_RATE if case.sold else NO_SALES
    if profit is not None and case.sold:
        # An hour's cost in minutes may have no end of digits.
        said = words.money(profit, case.settings.currency, pence=True)
    return Fact(said, _flows(case.seen))


def _profit_in_brief(case: Case) -> str:
    """To the pound, with what was taken off."""
    worth, currency = case.client.worth, case.settings.currency

    def pounds(amount: Decimal | None) -> str:
        return words.money(amount, currency)

    return (
        f"{pounds(worth.profit)}: sales of {pounds(worth.sales_total)}, less "
        f"{pounds(worth.direct_costs)} direct costs and {pounds(worth.costs)} for time and touchpoints"
    )


def _in_the_black_value(case: Case) -> object:
    black = case.client.worth.in_the_black
    return black and {"state": black.state, "since": black.since}


def _in_the_black(case: Case) -> Fact:
    worth = case.client.worth
    if worth.in_the_black is not None:
        day = words.day(worth.in_the_black.since)
        said = {
            BlackState.SINCE: f"since {day}",
            BlackState.NO_LONGER: f"no longer, since {day}",
            BlackState.NEVER: f"never, since {day}",
        }[worth.in_the_black.state]
    elif worth.costs is None:
        said = _NO_RATE
    else:
        said = NO_FIRST_SALE
    return Fact(said, _flows(case.seen))


def _share_of_wallet(case: Case) -> Fact:
    if not case.sold:
        return Fact(NO_SALES)
    share = case.client.worth.share_of_wallet
    if share is None:
        return Fact(not_known("record what they could spend in Potential per year (Clients)"))
    return Fact(words.percent(share), (*case.own_row(share), *case.sale_rows(case.year)))


def _named(case: Case, number: int) -> str:
    return words.count(number, NAMED[case.seen.business_model])


def _purchases(case: Case) -> Fact:
    bought = case.seen.purchases
    if not case.sold:
        return Fact(NO_SALES)
    said = _named(case, len(bought)) if bought else "none"
    return Fact(said, parts=tuple((_when(one), _what(one, case)) for one in bought))


def _when(bought: Purchase) -> str:
    if bought.first == bought.last:
        return words.day(bought.first)
    return f"{words.day(bought.first)} to {words.day(bought.last)}"


def _what(bought: Purchase, case: Case) -> Fact:
    money = _money(bought.amount, case.settings.currency)
    return Fact(f"{bought.project}, {money}" if bought.project else money, bought.rows)


def _purchases_in_brief(case: Case) -> str:
    bought = case.seen.purchases
    if not case.sold or not bought:
        return NO_SALES if not case.sold else "none"
    in_terms = f" in {words.count(len(found), 'term')}" if (found := case.seen.terms) else ""
    the_last = "the last " if len(bought) > 1 else ""
    return f"{_named(case, len(bought))}{in_terms}, {the_last}{_when(bought[-1])}"


def _terms(case: Case) -> Fact:
    if not case.seen.pays_by_the_month:
        return Fact("none: only who pays by the month has terms")
    found = case.seen.terms
    return Fact(
        words.count(len(found), "term") if found else "none",
        parts=tuple(
            (_when_paid(one), Fact(words.count(one.months, "paid month"))) for one in found
        ),
    )


def _when_paid(term: Term) -> str:
    return f"{term.first:%Y-%m} to {term.last:%Y-%m}"


def _growth(case: Case) -> Fact:
    if not case.sold:
        return Fact(NO_SALES)
    if case.client.growth is None:
        return Fact(not_known("record sales for three whole months of the year before (Sales)"))
    return Fact(case.client.growth, case.purchase_rows)


def _rhythm_ratio(case: Case) -> Fact:
    rhythm = case.client.rhythm
    if case.seen.pays_by_the_month:
        return Fact(not_known("who pays by the month has no rhythm of buying; they stay, or leave"))
    if case.seen.has_ended:
        return Fact(not_known("the relationship has ended"), case.purchase_rows)
    if rhythm is None:
        said = not_known("record three purchases or more (Sales)")
    else:
        gap = words.count(round(rhythm.median_gap_days), "day")
        said = f"{rhythm.ratio:.1f} of their usual gaps of {gap}, {rhythm.state}"
    return Fact(said, case.purchase_rows)


def _rhythm_in_brief(case: Case) -> str:
    rhythm = case.client.rhythm
    if rhythm is None:
        return words.NOT_KNOWN
    gap, since = round(rhythm.median_gap_days), rhythm.since_last_days
    return f"every {words.days(gap)} or so; {words.days(since)} since the last purchase, {rhythm.state}"


def _next_purchase_value(case: Case) -> object:
    found = case.client.next_purchase
    return found and {"from": found.soonest, "to": found.latest}


def _next_purchase(case: Case) -> Fact:
    found = case.client.next_purchase
    if found is not None:
        said = f"{words.day(found.soonest)} to {words.day(found.latest)}"
    elif case.seen.has_ended:
        said = not_known("the relationship has ended")
    elif case.seen.pays_by_the_month:
        said = not_known("who pays by the month stays, and does not come back")
    else:
        said = not_known("record three purchases or more (Sales)")
    return Fact(said, case.purchase_rows)


def _ahead_of(case: Case, value: float | None, shown: Callable[[float], str]) -> Fact:
    """What a model says of the client, or why it says nothing."""
    said = not_known(_why_no_outlook(case)) if value is None else shown(value)
    return Fact(said, case.purchase_rows)


def _why_no_outlook(case: Case) -> str:
    models = case.report.outlook.models
    if not case.seen.is_customer:
        return "record the first sale (Sales)"
    if case.seen.pays_by_the_month:
        return "who pays by the month does not come back; see for how long such clients stay"
    if case.seen.has_ended:
        return "the relationship has ended"
    if isinstance(models.buying, CannotTell):
        return f"record every sale with its date (Sales). {models.buying.reason}"
    if len(case.seen.purchases) == 1:
        return "record a second purchase (Sales); of one the model can say nothing"
    if models.voice is Voice.WORDS and case.ahead.likely is not None:
        word = "likely" if case.ahead.likely else "unlikely"
        return f"record more sales (Sales); so far the model has only a word, “{word}” to buy again"
    return (
        "record more sales (Sales); so few customers have come back that the model cannot say more"
    )


def _p_alive(case: Case) -> Fact:
    return _ahead_of(case, case.ahead.p_alive, words.percent)


def _expected_purchases(case: Case) -> Fact:
    return _ahead_of(case, case.ahead.expected_purchases_52w, lambda number: f"{number:.1f}")


def _clv_12m(case: Case) -> Fact:
    ahead, value = case.ahead, case.report.outlook.models.value
    if ahead.clv_12m is None and ahead.expected_purchases_52w is not None:
        said = (
            f"record the amount of every sale (Sales). {value.reason}"
            if isinstance(value, CannotTell)
            else "record your Gross margin (Business)"
        )
        return Fact(not_known(said), case.purchase_rows)
    return _ahead_of(
        case,
        ahead.clv_12m,
        lambda amount: words.money(amount, case.settings.currency, pence=True),
    )


def _rfm_value(case: Case) -> object:
    scores = case.report.found.rfm.get(case.client.name)
    return scores and {
        "recency": scores.recency,
        "frequency": scores.frequency,
        "monetary": scores.monetary,
    }


def _rfm(case: Case) -> Fact:
    scores = case.report.found.rfm.get(case.client.name)
    if scores is None:
        return Fact(NO_FIRST_SALE)
    said = (
        f"recency {scores.recency}, frequency {scores.frequency}, monetary {scores.monetary} "
        f"of {scores.out_of}"
    )
    return Fact(said, case.purchase_rows)


FIGURES: tuple[Explained[Case], ...] = (
    Explained(
        "minutes",
        "the Minutes of all touchpoints up to the date of this report; a blank counts as the activity’s "
        "Usual minutes, else as 0.",
        lambda case: case.client.worth.minutes,
        _minutes,
        sight=Sight.MONEY,
        page="client",
        label="Time",
        brief=_hours,
    ),
    Explained(
        "sales_now",
        "the sales of the last 12 months; refunds count as negative.",
        lambda case: _if_sold(case, case.client.worth.sales_now),
        _sales_now,
        sight=Sight.MONEY,
        page="client",
        label="Sales in 12 months",
    ),
    Explained(
        "sales_before",
        "the sales of the 12 months before the last 12; refunds count as negative.",
        lambda case: _if_sold(case, case.client.worth.sales_before),
        _sales_before,
        sight=Sight.MONEY,
        page="client",
        label="Sales in the 12 before",
    ),
    Explained(
        "profit",
        "all sales less their direct costs, the costs of touchpoints, and your time at an hourly rate "
        "of {hourly_rate}.",
        lambda case: _if_sold(case, case.client.worth.profit),
        _profit,
        sight=Sight.MONEY,
        page="client",
        label="Left for you",
        brief=_profit_in_brief,
    ),
    Explained(
        "in_the_black",
        "whether all sales have covered all costs, with your time at an hourly rate of {hourly_rate}, from "
        "the first purchase on: never, counted from the first day with money or time; since a day; or no "
        "longer, since the day it fell back.",
        _in_the_black_value,
        _in_the_black,
        sight=Sight.MONEY,
        page="client",
        label="In the black",
    ),
    Explained(
        "share_of_wallet",
        "the sales of the last 12 months ÷ the client’s Potential per year.",
        lambda case: _if_sold(case, case.client.worth.share_of_wallet),
        _share_of_wallet,
        sight=Sight.MONEY,
        page="client",
        label="Share of what they could spend",
    ),
    Explained(
        "hourly_earned",
        "the sales of the last 12 months less their direct costs and the costs of touchpoints ÷ the hours "
        "with the client in them; n/a under five hours.",
        lambda case: _if_sold(case, case.client.hourly_earned),
        _hourly_earned,
        sight=Sight.MONEY,
        page="client",
        label="An hour earned",
        brief=_hourly_earned_beside_rate,
    ),
    Explained(
        "purchases",
        "what the client decided once: a project, a purchase day or a paid month, by the business model; "
        "from its first sale to its end, with the sum of its sales.",
        lambda case: [
            {
                "first": one.first,
                "last": one.last,
                "amount": one.amount,
                "project": one.project,
                "rows": one.rows,
            }
            for one in case.seen.purchases
        ],
        _purchases,
        sight=Sight.MONEY,
        page="client",
        label="Bought",
        brief=_purchases_in_brief,
    ),
    Explained(
        "terms",
        "for who pays by the month: each run of paid months with at most one unpaid month between two.",
        lambda case: [
            {"first": f"{one.first:%Y-%m}", "last": f"{one.last:%Y-%m}", "months": one.months}
            for one in case.seen.terms
        ],
        _terms,
        sight=Sight.MONEY,
        page=None,
    ),
    Explained(
        "growth",
        "selection, never bought; acquisition, one purchase; retention, several; "
        "growth, several, and more sales in the last 12 months than in the 12 before, or in as many "
        "whole months of both as sales are recorded for.",
        lambda case: case.client.growth,
        _growth,
        sight=Sight.COACH,
        page="client",
        label="Customer strategy",
    ),
    Explained(
        "p_alive",
        "the chance that the client still buys, by BG/NBD (Fader, Hardie & Lee 2005) on the purchases of "
        "all customers but those who pay by the month.",
        lambda case: rounded(case.ahead.p_alive),
        _p_alive,
        sight=Sight.MONEY,
        page="client",
        label="Likely to buy again",
    ),
    Explained(
        "expected_purchases_52w",
        "purchases to be expected in the next 52 weeks, by the same model.",
        lambda case: rounded(case.ahead.expected_purchases_52w),
        _expected_purchases,
        sight=Sight.MONEY,
        page="client",
        label="Purchases to expect in a year",
    ),
    Explained(
        "clv_12m",
        "expected purchases × what one is likely to bring (Gamma–Gamma) × a gross margin of "
        "{gross_margin}.",
        lambda case: rounded(case.ahead.clv_12m),
        _clv_12m,
        sight=Sight.MONEY,
        page="client",
        label="Worth of the next year",
        brief=lambda case: f"some {words.money(case.ahead.clv_12m, case.settings.currency)}",
    ),
    Explained(
        "rhythm_ratio",
        "days since the end of the last purchase ÷ the median gap between the beginnings of the client’s "
        "own purchases; above {overdue_after_gaps} overdue, above {quiet_after_gaps} quiet.",
        lambda case: case.client.rhythm.ratio if case.client.rhythm else None,
        _rhythm_ratio,
        sight=Sight.MONEY,
        page="client",
        label="Own rhythm",
        brief=_rhythm_in_brief,
    ),
    Explained(
        "next_purchase",
        "the last purchase and a quarter, or three quarters, of the client’s own gaps between purchases, "
        "in order of length: half of the gaps lay between these two days.",
        _next_purchase_value,
        _next_purchase,
        sight=Sight.MONEY,
        page="client",
        label="Next purchase",
    ),
)
"""In the order of the JSON form."""


RFM: Explained[Case] = Explained(
    "rfm",
    "recency, frequency and money, each 1 + ⌊k × customers strictly worse ÷ customers⌋, k being "
    "5 from 25 customers, 3 from 10, else their number.",
    _rfm_value,
    _rfm,
    sight=Sight.MONEY,
    page=None,
)
