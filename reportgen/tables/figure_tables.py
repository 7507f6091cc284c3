"""The figures of the Retention and the Value page as tables, each with what it is."""

from __future__ import annotations

from functools import partial

from reportgen import words
from reportgen.analyses.retention import Cohort, Cohorts, Repeats, Retention
from reportgen.report.report import Report
from reportgen.shares import TOO_FEW, Share
from reportgen.tables.ledgers import Ledger
from reportgen.tables.sheets import Cell, Look, Table, column, share_of
from reportgen.values import dataclass
from reportgen.words import NOT_KNOWN


@dataclass(frozen=True, slots=True)
class _Line:
    """A figure of the Retention or the Value sheet; cells that do not belong to it stay blank."""

    name: str
    meaning: str
    share: Cell = None
    number: Cell = None
    of: Cell = None
    low: Cell = None
    high: Cell = None
    amount: Cell = None


def _of_clients(name: str, share: Share, meaning: str) -> _Line:
    """A share with its counts and its range; with fewer than five cases only the counts (SPEC 4)."""
    told = share.denominator >= TOO_FEW
    return _Line(
        name=name,
        meaning=meaning,
        share=share_of(share.value if told else None),
        number=share.numerator,
        of=share.denominator,
        low=share_of(share.low if told else None),
        high=share_of(share.high if told else None),
    )


def retention(report: Report) -> Table:
    """The figures of the Retention page, each with its counts and its range."""
    of = (*_kept(report.found.retention), *_back(report.found.repeats, report.found.cohorts))
    return Table(
        "Retention",
        (
            column("Figure", Look.TEXT, of, lambda line: line.name),
            column("Share", Look.SHARE, of, lambda line: line.share),
            column("Clients", Look.COUNT, of, lambda line: line.number),
            column("Out of", Look.COUNT, of, lambda line: line.of),
            column("At least (95 %)", Look.SHARE, of, lambda line: line.low),
            column("At most (95 %)", Look.SHARE, of, lambda line: line.high),
            column("What it is", Look.PROSE, of, lambda line: line.meaning),
        ),
    )


def _kept(kept: Retention) -> tuple[_Line, ...]:
    """How many of last year's clients are still there, and how their sales went."""
    enough = kept.logo_retention.denominator >= TOO_FEW
    return (
        _of_clients(
            "Clients kept",
            kept.logo_retention,
            "Of the clients active in the 12 months before, those active in the last 12.",
        ),
        _Line(
            "Sales kept (GRR)",
            "What those clients spent now, each at most what they spent before, ÷ what they spent before.",
            share=share_of(kept.grr if enough else None),
        ),
        _Line(
            "Sales with growth (NRR)",
            "What those clients spent now ÷ what they spent before.",
            share=share_of(kept.nrr if enough else None),
        ),
        _Line(
            "Not back this year",
            "Active in the 12 months before and not now.",
            number=len(kept.quiet),
        ),
        _Line("New", "Active for the first time in the last 12 months.", number=len(kept.new)),
        _Line("Won back", "Active now and long ago, not in between.", number=len(kept.won_back)),
    )


def _back(repeats: Repeats, cohorts: Cohorts) -> tuple[_Line, ...]:
    """How many customers came back, and how soon."""
    period = cohorts.period
    return (
        _of_clients(
            "Ever came back",
            repeats.repeat_rate,
            "Of the customers, those with a second purchase; nobody who pays by the month is asked.",
        ),
        *(
            _of_clients(
                f"Came back within {days} days",
                share,
                "Of the customers whose first purchase is that long ago.",
            )
            for days, share in repeats.repeat_within.items()
        ),
        *(
            _of_clients(
                f"Bought in {period} {at}",
                share,
                f"Counted from the {period} of the first purchase, which is 0.",
            )
            for at, share in enumerate(cohorts.pooled)
        ),
        *(
            _of_clients(
                f"Had come back by {period} {at}",
                share,
                "Of the customers who have had that long, those with a second purchase by then.",
            )
            for at, share in enumerate(cohorts.pooled_ever_back)
        ),
    )


def _bought(at: int, cohort: Cohort) -> Cell:
    """How many of a cohort bought in one period: n/a while it is not over, None where it is to come."""
    if at >= len(cohort.active):
        return None
    active = cohort.active[at]
    return NOT_KNOWN if active is None else active


def cohorts(report: Report) -> Table:
    """How many of each cohort bought in each period after: counts, as cohorts are often small."""
    found = report.found.cohorts
    of = found.cohorts
    longest = max((len(one.active) for one in of), default=0)
    return Table(
        "Cohorts",
        (
            column("First bought", Look.TEXT, of, lambda one: one.name),
            column("Customers", Look.COUNT, of, lambda one: one.size, sum(one.size for one in of)),
            *(
                column(
                    f"{words.sentence_case(found.period)} {at}",
                    Look.COUNT,
                    of,
                    partial(_bought, at),
                )
                for at in range(longest)
            ),
        ),
    )


def value(ledger: Ledger) -> Table:
    """The figures of the Value page."""
    spread, costs = ledger.report.found.concentration, ledger.report.found.cost_of_clients
    effective, ratio = spread.effective_clients, costs.ratio
    most = "Share of the sales of the last 12 months, over clients with a positive sum."
    of = (
        _Line(
            "Sales, last 12 months", "Of all clients, refunds taken off.", amount=spread.sales_now
        ),
        _Line("Sales, 12 months before", "The same, a year earlier.", amount=spread.sales_before),
        _Line(
            "Clients who paid",
            "Clients with a positive sum in the last 12 months.",
            number=spread.paying,
        ),
        _Line("The largest client", most, share=share_of(spread.top1_share)),
        _Line("The largest three", most, share=share_of(spread.top3_share)),
        _Line("The largest five", most, share=share_of(spread.top5_share)),
        _Line(
            "As if so many clients",
            "1 ÷ the sum of the squared shares (Herfindahl–Hirschman): as if all were of one size.",
            number=NOT_KNOWN if effective is None else round(effective, 1),
        ),
        _Line(
            "To win a client",
            "Costs of the last 12 months on clients before their first purchase, and acquisition "
            "spend, ÷ first purchases.",
            amount=ledger.rounded(costs.cost_to_acquire),
        ),
        _Line("Clients won", "First purchases in the last 12 months.", number=costs.won),
        _Line(
            "To keep one",
            "Costs of the last 12 months from the first purchase on, without the work that is sold, ÷ "
            "customers active.",
            amount=ledger.rounded(costs.cost_to_keep),
        ),
        _Line(
            "To do the work for one",
            "Costs of project work and delivery in the last 12 months ÷ customers active.",
            amount=ledger.rounded(costs.cost_to_serve),
        ),
        _Line("Customers active", "In the last 12 months.", number=costs.kept),
        _Line(
            "Winning against keeping",
            "To win a client ÷ to keep one.",
            number=NOT_KNOWN if ratio is None else round(ratio, 1),
        ),
    )
    return Table(
        "Value",
        (
            column("Figure", Look.TEXT, of, lambda line: line.name),
            ledger.money("Amount", of, lambda line: line.amount),
            column("Share", Look.SHARE, of, lambda line: line.share),
            column("Number", Look.NUMBER, of, lambda line: line.number),
            column("What it is", Look.PROSE, of, lambda line: line.meaning),
        ),
    )
