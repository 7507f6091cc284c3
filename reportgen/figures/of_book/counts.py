"""What the report is on, and how much its figures rest on."""

from __future__ import annotations

from reportgen.editions.policy import Sight
from reportgen.figures.figure import Figure
from reportgen.report.report import Report

ABOUT: tuple[Figure[Report], ...] = (
    Figure(
        "as_of",
        "the last day that the report looks at; rows dated later are planned.",
        lambda report: report.found.as_of,
        sight=Sight.MONEY,
    ),
    Figure(
        "currency",
        "your Currency, else the one that the amounts themselves carry.",
        lambda report: report.settings.currency,
        sight=Sight.MONEY,
    ),
    Figure(
        "business.name",
        "your Business name.",
        lambda report: report.settings.business_name,
        sight=Sight.MONEY,
    ),
    Figure(
        "business.model",
        "your Business model, {business_model}; null where you have not set one.",
        lambda report: report.settings.business_model,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.clients",
        "everybody on the Clients sheet, or named on another.",
        lambda report: report.found.counts.clients,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.running",
        "those of them who have neither lapsed nor ended.",
        lambda report: report.found.counts.running,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.customers",
        "clients who ever made a purchase: a project, a purchase day or a paid month, by the business "
        "model.",
        lambda report: report.found.counts.customers,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.prospects",
        "clients to whom nothing was ever sold; whoever had all the money back is neither prospect nor "
        "customer.",
        lambda report: report.found.counts.prospects,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.lapsed",
        "clients who have not ended, and have been silent for more than {lapsed_after_red_lines} of their "
        "red lines with no work running.",
        lambda report: report.found.counts.lapsed,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.ended",
        "clients whose Ended on has come.",
        lambda report: report.found.counts.ended,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.touchpoints",
        "rows of Touchpoints up to the date of this report.",
        lambda report: report.found.counts.touchpoints,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.sales",
        "rows of Sales up to the date of this report.",
        lambda report: report.found.counts.sales,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.planned",
        "rows of any sheet that are dated after this report.",
        lambda report: report.found.counts.planned,
        sight=Sight.MONEY,
    ),
    Figure(
        "counts.problems",
        "how many entries the list of data problems has.",
        lambda report: len(report.problems),
    ),
)
"""In the order of the JSON form."""
