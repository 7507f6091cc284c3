"""What a figure is: its key, its rule, its value, its words and who may see it, in one declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, replace
from string import Formatter
from typing import Generic, TypeVar

from reportgen import words
from reportgen.editions.policy import Sight
from reportgen.evidence.evidence import Evidence
from reportgen.periods import Window, year_to
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings
from reportgen.report.outlook import UNKNOWN, ClientOutlook
from reportgen.report.report import Report
from reportgen.settings.settings import Settings
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """What a figure, or a part of one, is for one client."""

    words: str
    """Begins with ``n/a`` where it is not known, and then says what to record."""
    rows: tuple[Row, ...] = ()
    against: tuple[Row, ...] = ()
    """The rows that speak against it, where a figure tells them apart."""
    parts: tuple[tuple[str, Fact], ...] = ()
    """What it is made of: name and fact; a part that speaks for itself has an empty name."""

    @property
    def is_known(self) -> bool:
        """Whether it is more than a word on what to record."""
        return not self.words.startswith(words.NOT_KNOWN)


def not_known(what: str) -> str:
    """The words for a figure that is not known, with what to record to know it."""
    return f"{words.NOT_KNOWN}: {what}"


NO_SALES = not_known("record sales (Sales)")


NO_FIRST_SALE = not_known("record the first sale (Sales)")


@dataclass(frozen=True, slots=True)
class Case:
    """One client, in the report that says the rest."""

    client: ClientFindings
    report: Report

    @property
    def seen(self) -> Evidence:
        """The client's rows up to the as-of date."""
        return self.client.seen

    @property
    def settings(self) -> Settings:
        """Those in force."""
        return self.report.settings

    @property
    def ahead(self) -> ClientOutlook:
        """What the models expect of the client."""
        return self.report.outlook.clients.get(self.client.name, UNKNOWN)

    @property
    def year(self) -> Window:
        """The 12 months up to the as-of date."""
        return year_to(self.report.as_of)

    @property
    def sold(self) -> bool:
        """Whether any sale is recorded in the book: without one, a sum of 0 tells nothing."""
        return self.report.found.sales_recorded

    @property
    def purchase_rows(self) -> tuple[Row, ...]:
        """The sales of all purchases."""
        return tuple(row for purchase in self.seen.purchases for row in purchase.rows)

    def sale_rows(self, window: Window) -> tuple[Row, ...]:
        """The sales in a window."""
        return tuple(sale.row for sale in self.seen.sales if sale.date in window)

    def own_row(self, from_the_sheet: object) -> tuple[Row, ...]:
        """The client's row, where something on it made the figure."""
        row = self.seen.client.row
        return (row,) if row is not None and from_the_sheet is not None else ()


Subject = TypeVar("Subject")
"""What a figure is of: the case of a client, or the whole report."""


@dataclass(frozen=True, slots=True)
class Figure(Generic[Subject]):
    """One key of the JSON form (SPEC 10)."""

    key: str
    """In a part of the form, that part's name stands before it: ``lifecycle.top_five``."""
    rule: str
    """One sentence. ``{name}`` is a setting's value; ``{line}`` and ``{loyal}`` are the client's own:
    the red line in days, and how many purchases make one of their business model loyal."""
    value: Callable[[Subject], object]
    """What stands in the JSON; null where it is not known."""
    _: KW_ONLY
    sight: Sight = Sight.OWNER
    """Who may see it: the owner alone, unless it says otherwise."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the rule names in braces, each once, in order."""
        found = (name for _, name, _, _ in Formatter().parse(self.rule))
        return tuple(dict.fromkeys(name for name in found if name))

    def rule_with(self, said: Callable[[str], str]) -> str:
        """The rule as a sentence, each name in braces as ``said`` says it."""
        values = {name: said(name) for name in self.names}
        return words.sentence_case(self.rule.format_map(values))


@dataclass(frozen=True, slots=True)
class Explained(Figure[Subject]):
    """A figure that ``explain`` tells of one client."""

    words: Callable[[Case], Fact]
    _: KW_ONLY
    page: str | None
    """The page that shows it; None where no page does."""
    label: str | None = None
    """Its name in the list “All figures” of the client's page; None where it does not stand there."""
    brief: Callable[[Case], str] | None = None
    """What the list says of it once it is known, where that is not its words alone."""

    def told(self, case: Case) -> Fact:
        """What the list says of it."""
        fact = self.words(case)
        return replace(fact, words=self.brief(case)) if self.brief and fact.is_known else fact
