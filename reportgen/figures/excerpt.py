"""The report as JSON for an edition that is shared: the figures of ``report.json`` that it may see."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from reportgen.figures import machine
from reportgen.figures.catalogue import CATALOGUE
from reportgen.figures.written import indented
from reportgen.report.report import Report

_NEVER = ("rows", "letter")
"""Addresses of the workbook and letters are the owner's, wherever they stand."""


def as_json(report: Report) -> str:
    """The figures that the report's edition may see, in the form of ``machine``.

    Of a client, those that more readers share come first.
    """
    seen = CATALOGUE.seen_by(report.edition)
    widest = sorted(seen.of_client, key=lambda one: -len(one.sight.editions))
    found = json.loads(machine.as_json(report, replace(seen, of_client=tuple(widest))))
    return indented(_without_addresses(found)) + "\n"


def _without_addresses(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_addresses(v) for k, v in value.items() if k not in _NEVER}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value
