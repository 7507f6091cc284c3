"""What one owner's report gives to an overview across several owners: figures, and no name of a client.

It travels between processes as JSON, which gives back the same figures to the last digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import StrEnum

from reportgen.analyses import kept_silences, what_works
from reportgen.analyses.health import Band
from reportgen.analyses.kept_silences import KeptSilences
from reportgen.analyses.lifecycle import LifecycleStage
from reportgen.analyses.what_works import Within
from reportgen.estimates.trust import TrustPart, parts_of_all
from reportgen.model import BusinessModel
from reportgen.periods import year_to
from reportgen.reading.catalogue import built_in
from reportgen.report.findings import below, running
from reportgen.report.report import Report
from reportgen.shares import FEW, TOO_FEW, Share
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class OwnersPart:
    """The figures of one owner."""

    headline: str
    model: BusinessModel | None
    """Of the business, else of most of its clients; None where nobody says."""
    running: int
    below: int
    """The running clients below the red line."""
    problems: int
    """Of the workbook."""
    shares: dict[str, float]
    """Key of a share → its value; without those that the book is too small to tell."""
    silences: dict[BusinessModel, KeptSilences]
    works: tuple[Within, ...]
    """Of the activities that our catalogue names, and of the kinds: an owner's own words stay hers."""


class Better(StrEnum):
    """Which way a share is to go."""

    MORE = "more"
    FEWER = "fewer"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class OwnersShare:
    """A share that owners can be compared by."""

    key: str
    label: str
    better: Better
    of: Callable[[Report], float | None]
    """None where fewer than five cases stand behind it."""


def owners_part(report: Report, headline: str, problems: int) -> OwnersPart:
    """The figures of one owner; ``headline`` names no client."""
    everyone = [client.seen for client in report.found.clients]
    told = {one.key: one.of(report) for one in SHARES}
    return OwnersPart(
        headline=headline,
        model=_model(report),
        running=len(running(report.found)),
        below=len(below(report.found)),
        problems=problems,
        shares={key: value for key, value in told.items() if value is not None},
        silences=kept_silences.kept_silences(everyone),
        works=tuple(
            one
            for one in what_works.within(everyone, report.settings.first_weeks_days)
            if one.is_kind or built_in().named(one.what) is not None
        ),
    )


def _model(report: Report) -> BusinessModel | None:
    if report.settings.business_model is not None:
        return report.settings.business_model
    models = Counter(client.seen.business_model for client in report.found.clients)
    del models[None]
    return max(BusinessModel, key=lambda model: models[model]) if models else None


# The shares --------------------------------------------------------------------------------------
def _told(share: Share) -> float | None:
    return share.value if share.denominator >= TOO_FEW else None


def _above(report: Report) -> float | None:
    going = len(running(report.found))
    return _told(Share(going - len(below(report.found)), going))


def _days_above(report: Report) -> float | None:
    """Of all days of the running clients in the 12 months."""
    year = year_to(report.as_of)
    each = [client.seen.silence.days_within(year) for client in running(report.found)]
    days = sum(days for _, days in each)
    if sum(days > 0 for _, days in each) < TOO_FEW:
        return None
    return 1 - sum(silent for silent, _ in each) / days


def _kept_sales(report: Report) -> float | None:
    kept = report.found.retention
    return kept.grr if kept.logo_retention.denominator >= TOO_FEW else None


def _stayed(report: Report) -> float | None:
    curve = report.outlook.stayed
    still = curve.at(12) if curve.at_risk and curve.at_risk[0] >= FEW else None
    return still.value if still else None


def _healthy(report: Report) -> float | None:
    bands = report.found.bands
    return _told(Share(bands[Band.HEALTHY], sum(bands.values())))


def _out_of_hours(report: Report) -> float | None:
    found = report.found.boundaries.overall
    return _told(Share(found.out_of_hours.count, found.timed))


def _largest(number: int) -> Callable[[Report], float | None]:
    def share(report: Report) -> float | None:
        found = report.found.concentration
        value: float | None = getattr(found, f"top{number}_share")
        return value if found.paying >= TOO_FEW else None

    return share


def _trust(part: TrustPart) -> Callable[[Report], float | None]:
    def share(report: Report) -> float | None:
        parts = parts_of_all(client.trust for client in running(report.found))
        return next((_told(Share(one.done, one.asked)) for one in parts if one.name is part), None)

    return share


def _converted(stage: LifecycleStage) -> Callable[[Report], float | None]:
    return lambda report: _told(report.conversion[stage])


def _came_back(days: int) -> Callable[[Report], float | None]:
    return lambda report: _told(report.found.repeats.repeat_within[days])


_MORE, _FEWER = Better.MORE, Better.FEWER
SHARES: tuple[OwnersShare, ...] = (
    OwnersShare("above_red_line", "Running clients above the red line", _MORE, _above),
    OwnersShare("days_above_red_line", "Days above the red line, of the year", _MORE, _days_above),
    OwnersShare("healthy", "Running clients in good health", _MORE, _healthy),
    OwnersShare(
        "logo_retention",
        "Clients of the year before who are still active",
        _MORE,
        lambda report: _told(report.found.retention.logo_retention),
    ),
    OwnersShare("grr", "Sales kept of last year's clients", _MORE, _kept_sales),
    OwnersShare(
        "repeat_rate",
        "Customers who came back",
        _MORE,
        lambda report: _told(report.found.repeats.repeat_rate),
    ),
    OwnersShare("repeat_within_90", "Came back within 90 days", _MORE, _came_back(90)),
    OwnersShare("repeat_within_180", "Came back within 180 days", _MORE, _came_back(180)),
    OwnersShare("repeat_within_365", "Came back within a year", _MORE, _came_back(365)),
    OwnersShare("stayed_12", "Still there a year after the first payment", _MORE, _stayed),
    OwnersShare("converted", "Prospects who bought", _MORE, _converted(LifecycleStage.CONVERSION)),
    OwnersShare(
        "became_loyal",
        "Returning customers who became loyal",
        _MORE,
        _converted(LifecycleStage.LOYALTY),
    ),
    OwnersShare(
        "seven_contacts",
        "Customers won after seven contacts or more",
        Better.NEITHER,
        lambda report: _told(report.found.seven_contacts.at_least_seven),
    ),
    OwnersShare("top1_share", "Sales that come from the largest client", _FEWER, _largest(1)),
    OwnersShare("top3_share", "Sales that come from the three largest", _FEWER, _largest(3)),
    OwnersShare("top5_share", "Sales that come from the five largest", _FEWER, _largest(5)),
    OwnersShare(
        "understanding", "Customers who began with a brief", _MORE, _trust(TrustPart.UNDERSTANDING)
    ),
    OwnersShare("reliability", "Promises kept on the day", _MORE, _trust(TrustPart.RELIABILITY)),
    OwnersShare(
        "human_connection",
        "Relationship building, of as much as would do",
        _MORE,
        _trust(TrustPart.HUMAN_CONNECTION),
    ),
    OwnersShare(
        "problems_owned", "Complaints put right in time", _MORE, _trust(TrustPart.PROBLEMS_OWNED)
    ),
    OwnersShare("clear_beginnings", "Clear beginnings", _MORE, _trust(TrustPart.CLEAR_BEGINNINGS)),
    OwnersShare(
        "responsiveness", "Messages answered in time", _MORE, _trust(TrustPart.RESPONSIVENESS)
    ),
    OwnersShare(
        "both_directions", "Months with contact both ways", _MORE, _trust(TrustPart.BOTH_DIRECTIONS)
    ),
    OwnersShare("listening", "Clients asked how it was", _MORE, _trust(TrustPart.LISTENING)),
    OwnersShare("out_of_hours_share", "Contacts outside working hours", _FEWER, _out_of_hours),
    OwnersShare(
        "boundary_load",
        "Time across a boundary",
        _FEWER,
        lambda report: report.found.boundaries.overall.boundary_load,
    ),
    OwnersShare(
        "low_value_share",
        "Time that administration takes",
        _FEWER,
        lambda report: report.found.efficiency.low_value_share,
    ),
)
"""In the order of the overview."""
