"""Method: can I believe this?"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.figures.catalogue import rules
from reportgen.model import Edition
from reportgen.report.report import Report
from reportgen.site.page import Page
from reportgen.site.shared import Site


def answer(report: Report) -> str:
    """Can I believe this?"""
    if report.edition == Edition.OWNER:
        return "Every figure has a rule and its rows."
    return "Every figure has a rule."


@dataclass(frozen=True, slots=True)
class Content:
    """What Method lists of its own."""

    figures: list[tuple[str, str]]
    """Key and rule of every figure that the edition may see."""


def content(site: Site) -> Content:
    """The figures, in the order of the JSON form."""
    return Content(figures=rules(site.report))


PAGE = Page(
    name="method", title="Method", question="Can I believe this?", answer=answer, content=content
)
