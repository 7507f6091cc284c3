"""Method: can I believe it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from types import SimpleNamespace

from markupsafe import Markup

from reportgen import environments
from reportgen.analyses.health import Warned
from reportgen.editions.policy import withheld
from reportgen.figures.catalogue import lacking, rules
from reportgen.figures.figure import Case
from reportgen.model import Edition
from reportgen.periods import year_to
from reportgen.problem_groups import summary
from reportgen.report.findings import running
from reportgen.report.report import Report
from reportgen.settings.labels import setting_help, setting_label, setting_value
from reportgen.settings.settings import DEFAULTS, SETTING_NAMES
from reportgen.site.due import replayed
from reportgen.site.glossary import with_the_field, word_id
from reportgen.site.layout import Cell, Column, Line, Link, Table
from reportgen.site.page import Page
from reportgen.site.search import figure_id
from reportgen.site.shared import CURVE_AT_LEAST, Site
from reportgen.values import dataclass
from reportgen.words import (
    NOT_KNOWN,
    count,
    days,
    ended,
    listed,
    percent,
    sentence_case,
    tenths,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the prose."""

    id: str
    title: str
    html: Markup
    """What stands under the title."""


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word of the glossary."""

    id: str
    word: str
    meaning: str
    field: str
    """What the field calls it; empty where it has the same word, or none."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure by its key in the JSON form."""

    id: str
    key: str
    rule: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    not_known: Table | None
    """What is n/a for how many, and why; None where nothing is, and in a shared edition."""
    markdown: Markup
    """The prose as it is in the Markdown edition."""
    sections: tuple[Section, ...]
    """The same for the site."""
    words: tuple[WordRow, ...]
    """The glossary."""
    figures: tuple[FigureRow, ...]
    """Every figure that the edition may see, in the order of the JSON form."""
    settings: Table
    """Those that are set first, then our defaults."""
    may_change: bool
    """Whether the reader can change the settings."""
    has_appendix: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the prose says of this report, beside the settings."""

    source: str
    """The name of the workbook's file."""
    as_of: date
    before: date
    """The end of the month before: what changes are counted from."""
    year_after: date
    """The day before the last 12 months."""
    touchpoints: int
    without_minutes: int
    """How many of the touchpoints."""
    purchases_title: str
    """The heading of purchase days, with which the stages go where the edition has them."""
    zero_purchases: str
    """How many repeat purchases of nothing there are; the subject of a sentence."""
    curve_at_least: int
    """How many customers a log-rank test takes."""
    good_score: str
    greeting: str
    """How far ahead a greeting is seen."""
    replayed: str
    """Whether the plan of six months ago had those who have left."""
    holidays: str
    """Which public holidays are no working days; empty without a country."""
    warned: str
    """Whether health told half a year ago who has left since."""


_SECTIONS = (
    ("reading", ""),
    ("red-line", ""),
    ("effort", ""),
    ("purchases", ""),
    ("stages", "lifecycle"),
    ("retention", ""),
    ("what-works", "what works"),
    ("money", ""),
    ("sources", "sources"),
    ("health", "health"),
    ("trust", "trust"),
    ("boundaries", "boundaries"),
    ("touchpoints", "touchpoints"),
    ("opportunities", "actions"),
    ("actions", "actions"),
    ("small-numbers", ""),
)
"""File of the prose → the page or part of pages it is about; empty: it stands in every edition."""


def answer(report: Report) -> str:
    """Can I believe it?"""
    counts = report.found.counts
    entries = [(counts.touchpoints, "touchpoint"), (counts.sales, "sale")]
    found = listed([count(number, one) for number, one in entries if number])
    does = "counts" if counts.touchpoints + counts.sales == 1 else "count"
    if report.edition != Edition.OWNER:
        return f"{found} {does}, and each figure has its rule."
    if not report.problems and does == "count":
        found = f"All {found}"
    lost = summary(report.problems).rows
    missing = f", {count(lost, 'row')} {'does' if lost == 1 else 'do'} not" if lost else ""
    rests = "each figure has its rule and its rows, and n/a says what to record"
    return f"{found} {does}{missing}; {rests}."


def content(site: Site) -> Content:
    """The prose of what the edition has, and the settings in force."""
    text = _prose(site)
    return Content(
        not_known=_not_known(site) if site.report.edition == Edition.OWNER else None,
        markdown=Markup(text),
        sections=tuple(_sections(environments.from_markdown(text))),
        words=tuple(
            WordRow(word_id(one.word), one.word, one.meaning, one.field)
            for one in with_the_field(site)
        ),
        figures=tuple(FigureRow(figure_id(key), key, rule) for key, rule in rules(site.report)),
        settings=_settings_in_force(site.report),
        may_change=site.report.edition == Edition.OWNER,
        has_appendix=site.sees("appendix"),
    )


def _prose(site: Site) -> str:
    """The sections one after the other, with the settings in words."""
    settings = site.report.settings
    given = {
        "facts": _facts(site),
        "said": SimpleNamespace(**{name: setting_value(name, settings) for name in SETTING_NAMES}),
    }
    return "\n".join(
        unwrapped(environments.markdown().get_template(f"markdown/method/{name}.md").render(given))
        for name, part in _SECTIONS
        if not part or site.sees(part)
    )


_SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>\s*(.*?)(?=<h2 |\Z)', re.DOTALL)


def _sections(html: str) -> Iterator[Section]:
    for found in _SECTION.finditer(html):
        yield Section(found[1], Markup(found[2]), Markup(found[3]))


def unwrapped(text: str) -> str:
    """Each paragraph, entry of a list and row of a table on one line, on how many it was written."""
    return re.sub(r"(?<=\S)\n *(?=[^\s|#-])", " ", text)


def _facts(site: Site) -> Facts:
    report = site.report
    zero = report.outlook.zero_purchases
    country = report.settings.country
    return Facts(
        source=report.source.name,
        as_of=report.as_of,
        before=report.before.as_of,
        year_after=year_to(report.as_of).after,
        touchpoints=report.found.counts.touchpoints,
        without_minutes=report.found.counts.without_minutes,
        purchases_title="Stages" if site.sees("lifecycle") else "Purchases",
        zero_purchases=f"{count(zero, 'repeat purchase')} of an amount of 0 "
        f"{'is' if zero == 1 else 'are'}",
        curve_at_least=CURVE_AT_LEAST,
        good_score=tenths(report.settings.good_score),
        greeting=days(report.settings.greeting_days),
        holidays=f", public holidays of {country} left out" if country else "",
        warned=_warned(report.warned),
        replayed=replayed(report.plan_replay),
    )


def _warned(warned: Warned) -> str:
    if warned.auc is None:
        return (
            f"Too few to tell: of the customers running six months ago, {_have(warned.lapsed)} left "
            f"since and {_have(warned.kept)} not; it takes ten of either."
        )
    return (
        f"The score of six months ago, for the customers running then: {_have(warned.lapsed)} left "
        f"since, {_have(warned.kept)} not. Taking one of each, the one who left had the lower score "
        f"{percent(warned.auc)} of the time, and had been silent for longer {percent(warned.by_silence)} "
        f"of the time; 50\u00a0% would be a coin (AUC {warned.auc:.2f})."
    )


def _have(number: int) -> str:
    return f"{number} has" if number == 1 else f"{number} have"


def _not_known(site: Site) -> Table | None:
    """What is n/a for some of the running clients, for most of them first."""
    everyone = running(site.report.found)
    found = Counter(pair for client in everyone for pair in lacking(Case(client, site.report)))
    labels: dict[tuple[int, str], list[str]] = {}
    for (label, said), number in found.items():
        labels.setdefault((number, said), []).append(label)
    lines = tuple(
        _unknown(names, number, said) for (number, said), names in sorted(labels.items(), key=_most)
    )
    who = (
        "your one running client"
        if len(everyone) == 1
        else f"the {len(everyone):,} running clients"
    )
    columns = (Column("Figure"), Column("n/a for", number=True, most_first=True), Column("Why"))
    return Table("not-known", f"For how many of {who}", columns, lines) if lines else None


def _most(found: tuple[tuple[int, str], list[str]]) -> int:
    return -found[0][0]


def _unknown(labels: Sequence[str], number: int, said: str) -> Line:
    why = said.removeprefix(f"{NOT_KNOWN}: ")
    numbers = Cell(f"{number:,}", sort=number, number=True, label="n/a for")
    return Line(Link(" · ".join(labels), ""), (numbers, Cell(ended(sentence_case(why)))))


def _settings_in_force(report: Report) -> Table:
    """Every setting that the edition tells of, those that were set first."""
    origins = report.settings.origins
    lines = tuple(
        Line(
            Link(setting_label(name), ""),
            (
                Cell(setting_value(name, report.settings)),
                Cell(origins.get(name, "our default"), label="from"),
                Cell(setting_help(name)),
            ),
        )
        for name in sorted(SETTING_NAMES, key=lambda name: name not in origins)
        if not _is_withheld(report, name)
    )
    columns = (*map(Column, ("Setting", "Value", "From")), Column("What it does", fixed=True))
    return Table("settings-table", "Those that were set first, then our defaults", columns, lines)


def _is_withheld(report: Report, name: str) -> bool:
    """Whether the edition leaves the setting out; it then stands at its default, which says nothing."""
    is_default = getattr(report.settings, name) == DEFAULTS[name]
    return is_default and withheld(report.edition, name)


PAGE = Page(
    name="method",
    title="How it is worked out",
    question="Can I believe it?",
    answer=answer,
    content=content,
)
