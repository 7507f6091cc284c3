"""The figures of whether clients come back."""

from __future__ import annotations

from reportgen.editions.policy import Sight
from reportgen.estimates.bgnbd import BGNBD
from reportgen.estimates.gamma_gamma import GammaGamma
from reportgen.figures.figure import Figure
from reportgen.figures.written import Json, curve, part, rounded, share
from reportgen.report.outlook import STAYED_MONTHS
from reportgen.report.report import Report


def _cohorts(report: Report) -> Json:
    cohorts = report.found.cohorts
    return {
        "period": cohorts.period,
        "rows": [
            {
                "cohort": cohort.name,
                "size": cohort.size,
                "active": [part(cell, cohort.size) for cell in cohort.active],
                "ever_back": [part(cell, cohort.size) for cell in cohort.ever_back],
            }
            for cohort in cohorts.cohorts
        ],
        "pooled": [found.value for found in cohorts.pooled],
        "pooled_ever_back": [found.value for found in cohorts.pooled_ever_back],
    }


def _stayed(report: Report) -> Json:
    found = report.outlook.stayed
    still = {months: found.at(months) for months in STAYED_MONTHS}
    shares = {
        str(months): one and {key: rounded(getattr(one, key)) for key in ("value", "low", "high")}
        for months, one in still.items()
    }
    return shares | curve(found)


def _bgnbd(report: Report) -> Json | None:
    model = report.outlook.models.buying
    if not isinstance(model, BGNBD):
        return None
    return {
        "r": rounded(model.r),
        "alpha": rounded(model.alpha),
        "a": rounded(model.a),
        "b": rounded(model.b),
        "log_likelihood": rounded(model.log_likelihood),
        "clients": model.clients,
    }


def _gamma_gamma(report: Report) -> Json | None:
    model = report.outlook.models.value
    if not isinstance(model, GammaGamma):
        return None
    return {"p": rounded(model.p), "q": rounded(model.q), "v": rounded(model.v)}


RETENTION: tuple[Figure[Report], ...] = (
    Figure(
        "retention.logo_retention",
        "of the clients active in the 12 months before the last 12, the share active in the last 12; "
        "active is a purchase day, or work from a From to a To.",
        lambda report: share(report.found.retention.logo_retention),
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.churn",
        "the rest of these clients: 1 less the share kept.",
        lambda report: report.found.retention.churn,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.new",
        "the clients active in the last 12 months for the first time.",
        lambda report: report.found.retention.new,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.won_back",
        "the clients active in the last 12 months and long ago, but not in the 12 months between.",
        lambda report: report.found.retention.won_back,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.grr",
        "what the clients active in the 12 months before spent in the last 12, each at most what they "
        "spent before, ÷ what they spent before; null with fewer than three months to compare.",
        lambda report: report.found.retention.grr,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.nrr",
        "what the same clients spent in the last 12 months, their growth too, ÷ what they spent before.",
        lambda report: report.found.retention.nrr,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.compared_months",
        "the months of the year before whose sales these two compare, where sales are recorded only since "
        "some time in it; empty where that year is whole.",
        lambda report: [f"{first:%Y-%m}" for first in report.found.retention.years.months],
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.stayed",
        "of the customers who pay by the month, the share still there 3, 6, 12 and 24 months after the "
        "first payment, a Kaplan–Meier curve with its 95 % range; they left at Ended on or, when they "
        "lapsed, after the last paid month.",
        _stayed,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.repeat_rate",
        "customers with two purchases or more ÷ customers, without those who pay by the month.",
        lambda report: share(report.found.repeats.repeat_rate),
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.repeat_within",
        "of the customers whose first purchase is at least 90, 180 or 365 days ago, the share who came "
        "back within so many days.",
        lambda report: {
            str(days): share(found) for days, found in report.found.repeats.repeat_within.items()
        },
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.cohorts",
        "the customers by the month of their first purchase, or by quarter where the history is longer "
        "than 24 months: the share who bought in each month or quarter after, and the share who had come "
        "back by then.",
        _cohorts,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.time_to_second",
        "the share of customers without a second purchase, by days since the first, a Kaplan–Meier "
        "curve with its 95 % range; without those who pay by the month.",
        lambda report: curve(report.outlook.time_to_second),
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.time_to_quiet",
        "the share of customers who have not lapsed, by days from the first purchase to the last contact, "
        "a Kaplan–Meier curve with its 95 % range.",
        lambda report: curve(report.outlook.time_to_quiet),
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.bgnbd",
        "the model of how often customers buy, BG/NBD (Fader, Hardie & Lee 2005), as fitted to all "
        "purchases but paid months; null where too few have come back.",
        _bgnbd,
        sight=Sight.MONEY,
    ),
    Figure(
        "retention.gamma_gamma",
        "the model of what a purchase is worth, Gamma–Gamma, as fitted to all repeat purchases; null "
        "where too few have come back.",
        _gamma_gamma,
        sight=Sight.MONEY,
    ),
)
"""In the order of the JSON form."""
