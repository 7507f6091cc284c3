"""Method: can I believe this?"""

from __future__ import annotations

from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet


def answer(report: Report) -> str:
    """Can I believe this?"""
    if report.edition == "owner":
        return "Every figure has a rule and its rows."
    return "Every figure has a rule."


PAGE = Page(
    name="method", title="Method", question="Can I believe this?", answer=answer, content=not_yet
)
