"""The list of all clients."""

from __future__ import annotations

from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet
from reportgen.words import (
    count,
    in_words,
)


def answer(report: Report) -> str:
    """All of them, in a sentence."""
    counts = report.found.counts
    if report.edition == "accountant":
        return f"{sizes(report)}."  # which says nothing of silence
    if not counts.clients:
        return "There is no client yet."
    lapsed = in_words(counts.lapsed) if counts.lapsed else "none"
    return f"{sizes(report)}; {lapsed} of them lapsed." + (
        " Those silent for longest beyond their red line come first." if counts.clients > 1 else ""
    )


def sizes(report: Report) -> str:
    """How many clients there are and, where sales are recorded, how many of them have bought."""
    counts = report.found.counts
    every = count(counts.clients, "client")
    if not report.found.sales_recorded:
        return f"{every}, of whom no sale is recorded"
    return f"{every}: {count(counts.customers, 'customer')}, {count(counts.prospects, 'prospect')}"


PAGE = Page(name="clients", title="Clients", question="All of them", answer=answer, content=not_yet)
