"""Trust: do they trust me, and why?"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.analyses.trust import PartOfAll, TrustPart, parts_of_all
from reportgen.pictures import charts
from reportgen.report.findings import running
from reportgen.report.report import Report
from reportgen.shares import TOO_FEW
from reportgen.site.page import Page, not_yet, picture
from reportgen.site.shared import Site
from reportgen.words import (
    count,
)


def answer(report: Report) -> str:
    """Do they trust me, and why?"""
    going = running(report.found)
    known = [client_ for client_ in going if client_.trust.value is not None]
    if not known:
        return (
            "Trust cannot be told yet: record promises, complaints and incoming messages on the "
            "Touchpoints sheet, or your own judgement on the Ratings sheet."
        )
    parts = weakest_parts(report)
    of = f"Trust can be told for {count(len(known), 'client')} of {len(going):,}"
    if not parts:
        return f"{of}, and nothing holds it back."
    first = parts[0]
    what, counted = TRUST_WORDS[first.name]
    if first.asked == 1:
        return f"{of}. What holds it back most is {what}."
    missing = counted.format(f"{first.asked - first.done:,}", f"{first.asked:,}")
    return f"{of}. What holds it back most is {what}: {missing}."


TRUST_WORDS = {
    TrustPart.UNDERSTANDING: (
        "understanding at the beginning",
        "{0} of {1} customers had no discovery, brief or onboarding around the first purchase",
    ),
    TrustPart.RELIABILITY: ("promises", "{0} of {1} were not kept on the day"),
    TrustPart.HUMAN_CONNECTION: (
        "human connection",
        "{0} of {1} relationship-building touches were missing",
    ),
    TrustPart.PROBLEMS_OWNED: (
        "problems owned late",
        "{0} of {1} complaints were not put right in time",
    ),
    TrustPart.CLEAR_BEGINNINGS: (
        "unclear beginnings",
        "{0} of {1} purchases had no brief, proposal or agenda before them",
    ),
    TrustPart.RESPONSIVENESS: ("slow answers", "{0} of {1} messages were not answered in time"),
    TrustPart.BOTH_DIRECTIONS: (
        "one-way contact",
        "in {0} of {1} months with contact it went only one way",
    ),
    TrustPart.LISTENING: ("not asking", "{0} of {1} clients were not asked for feedback"),
    TrustPart.CONTINUITY: ("silence", "{0} of {1} days were below the red line"),
}
"""Part of Trust → what holds it back, and the count in words."""


def weakest_parts(report: Report) -> list[PartOfAll]:
    """The parts of Trust over all running clients that are known and not met in full, weakest first."""
    parts = parts_of_all(client.trust for client in running(report.found))

    def place(part: PartOfAll) -> tuple[bool, float, str]:
        # A part that rests on a handful of cases comes after those that can be trusted; so do briefs
        # and onboardings where nobody ever had one: a shop sells shoes without a brief.
        not_its_way = (
            part.name in (TrustPart.UNDERSTANDING, TrustPart.CLEAR_BEGINNINGS) and not part.done
        )
        return (part.asked < TOO_FEW or not_its_way, part.done / part.asked, part.name)

    return sorted((part for part in parts if part.done < part.asked), key=place)


def pictures(site: Site) -> Iterator[charts.Request]:
    """The three parts of Trust, a dot for each client who has them all and has not lapsed."""
    trusted = [
        (c.name, c.trust.care.value, c.trust.accountability.value, c.trust.communication.value)
        for c in site.report.found.clients
        if c.trust.value is not None and not c.seen.lapsed
    ]
    if len(trusted) >= 2:
        yield picture("trust", charts.trust, trusted)


PAGE = Page(
    name="trust",
    title="Trust",
    question="Do they trust me, and why?",
    answer=answer,
    content=not_yet,
    pictures=pictures,
)
