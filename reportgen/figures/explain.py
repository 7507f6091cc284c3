"""One client's figures in plain text: each with its rule, the settings in force and its rows.

A rule names settings in braces; which are in force, and where each came from, is read off those names.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping

from reportgen import words
from reportgen.evidence.purchases import NAMED
from reportgen.evidence.red_line import PhaseName
from reportgen.figures.catalogue import CATALOGUE
from reportgen.figures.figure import Case, Explained, Fact
from reportgen.model import name_key
from reportgen.problems import ReportError
from reportgen.reading.nearest import most_alike
from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.settings.labels import setting_label, setting_value
from reportgen.words import plain

_WIDTH = 80


_INDENT = "    "


_HANGING = "  "
"""Before the further lines of a paragraph, so that they are not taken for parts."""


_Figure = Explained[Case] | Explained[Report]


def explain(report: Report, name: str, figure: str | None) -> str:
    """Every figure of one client, or the one that is asked for, as lines for a terminal.

    The client is named as in the workbook, without regard to case and spaces; the figure by its key
    in the JSON form, without regard to case and signs.

    Raises: ReportError, when there is no such client or no such figure.
    """
    case = Case(_client(report, name), report)
    wanted = CATALOGUE.explained if figure is None else (_figure(figure),)
    heading = f"{' '.join(case.client.name.split())}, as of {words.day(report.as_of)}"
    return "\n\n".join([heading, *("\n".join(_shown(one, case)) for one in wanted)]) + "\n"


def _client(report: Report, name: str) -> ClientFindings:
    by_key = {name_key(client.name): client for client in report.found.clients}
    found = by_key.get(name_key(name))
    if found is not None:
        return found
    where = f"There is no client “{name}” in {report.source.name}"
    if near := most_alike(name_key(name), by_key):
        either = " or ".join(f"“{by_key[key].name}”" for key in near)
        raise ReportError(f"{where}; is it {either}?")
    raise ReportError(
        f"{where}; write the name as it stands on its Clients sheet, in quotes where it has spaces."
    )


def _figure(asked: str) -> _Figure:
    for one in CATALOGUE.explained:
        if plain(one.key) == plain(asked):
            return one
    keys = ", ".join(one.key for one in CATALOGUE.explained)
    raise ReportError(f"There is no figure “{asked}”; write one of {keys}.")


# Layout ------------------------------------------------------------------------------------------
def _shown(figure: _Figure, case: Case) -> Iterator[str]:
    fact = figure.words(case)
    yield _wrapped(f"{figure.key}: {fact.words}", 0)
    yield from _parts(fact, 1)
    yield _wrapped("Rule: " + figure.rule_with(lambda name: _in_rule(name, case)), 1)
    if figure.names:
        in_force = "; ".join(_in_force(name, case) for name in figure.names)
        yield _wrapped(f"In force: {in_force}.", 1)
    if fact.rows or fact.against:
        yield _wrapped(_with_rows("", fact), 1)


def _parts(fact: Fact, depth: int) -> Iterator[str]:
    for name, part in fact.parts:
        yield _wrapped(_with_rows(f"{name}: {part.words}" if name else part.words, part), depth)
        yield from _parts(part, depth + 1)


def _with_rows(text: str, fact: Fact) -> str:
    found = [
        f"{label} {words.rows(rows)}"
        for label, rows in (("Rests on", fact.rows), ("Against it:", fact.against))
        if rows
    ]
    ended = words.ended(text) if text and found else text
    return " ".join(part for part in (ended, *(f"{one}." for one in found)) if part)


def _wrapped(text: str, depth: int) -> str:
    """One paragraph: what a cell holds cannot begin a line of its own."""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=_INDENT * depth,
        subsequent_indent=_INDENT * depth + _HANGING,
        break_on_hyphens=False,
        break_long_words=False,
    )


# Settings ----------------------------------------------------------------------------------------
def _in_rule(name: str, case: Case) -> str:
    if name in _OF_THE_CLIENT:
        return _OF_THE_CLIENT[name](case)
    return setting_value(name, case.settings)


def _in_force(name: str, case: Case) -> str:
    """The setting's label, its value, and where that came from."""
    own = case.seen.client
    if name == "line" and own.red_line_days is not None:
        place = f", {words.rows([own.row])}" if own.row else ""
        return f"the client’s own Red line (days) {own.red_line_days}{place}"
    setting = {"line": _red_line_setting, "loyal": _loyal_setting}.get(name, lambda _: name)(case)
    if setting is None:
        return f"{_in_rule(name, case)}, our default without a business model"
    origin = case.settings.origins.get(setting)
    whence = f"from {origin}" if origin else "our default"
    return f"{setting_label(setting)} {setting_value(setting, case.settings)}, {whence}"


def _loyal_from(case: Case) -> str:
    """As many purchases as make a client of this business model loyal: ``3 projects``."""
    model = case.seen.business_model
    return words.count(case.settings.loyal_from(model), NAMED[model])


_OF_THE_CLIENT: Mapping[str, Callable[[Case], str]] = {
    "line": lambda case: words.days(case.seen.silence.red_line_days),
    "loyal": _loyal_from,
}
"""What a rule names of the client's own → how it is said."""


def _loyal_setting(case: Case) -> str | None:
    """The setting that says how many these are; None without a business model."""
    model = case.seen.business_model
    return f"loyal_from_{model}" if model else None


def _red_line_setting(case: Case) -> str | None:
    """The setting that the red line on the as-of date is; None where there is none to set."""
    settings, seen = case.settings, case.seen
    of_phase = {
        PhaseName.PRE_SALE: "red_line_before_the_sale_days",
        PhaseName.COLLABORATION: "red_line_in_collaboration_days",
    }
    phase = of_phase.get(seen.phases[-1].name) if seen.phases else None
    for name in (phase, "red_line_days"):
        if name is not None and getattr(settings, name) is not None:
            return name
    return f"red_line_{seen.business_model}_days" if seen.business_model else None
