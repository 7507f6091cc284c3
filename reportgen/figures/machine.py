"""The report as JSON: what ``analyse`` prints and the site keeps as ``report.json`` (SPEC 10).

Dates are ISO strings, shares 0–1, n/a is null, money is a number. It holds the figures of the
catalogue, each under its key.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.figures.catalogue import CATALOGUE, Catalogue
from reportgen.figures.figure import Case, Figure, Subject
from reportgen.figures.written import Json, indented
from reportgen.report.report import Report


def as_json(report: Report, figures: Catalogue = CATALOGUE) -> str:
    """The whole analysis, or these figures of it, two spaces to a level, with a line end."""
    # One client after the other: the values of 20,000 would take a gigabyte.
    clients = (_form(figures.of_client, Case(client, report)) for client in report.found.clients)
    form = {
        **_form(figures.about, report),
        "clients": clients,
        **_form(figures.of_book, report),
    }
    return indented(form) + "\n"


def _form(figures: Sequence[Figure[Subject]], of: Subject) -> Json:
    """Key → value; a key with a dot stands in the part before it."""
    form: Json = {}
    for figure in figures:
        section, _, name = figure.key.rpartition(".")
        part = form.setdefault(section, {}) if section else form
        assert isinstance(part, dict)
        part[name] = figure.value(of)
    return form
