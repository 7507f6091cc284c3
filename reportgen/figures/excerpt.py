"""The report as JSON for an edition that is shared: the parts of ``report.json`` that it may have.

A list of what is allowed, like the edition itself: a new key stays out until it is named here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reportgen.figures import machine
from reportgen.model import Edition
from reportgen.report.report import Report

_COUNTS = ("clients", "customers", "prospects", "lapsed", "touchpoints", "sales", "planned")


_MONEY_OF_CLIENT = (
    *("name", "business_model", "minutes", "sales_now", "sales_before", "profit", "broke_even_on"),
    *("share_of_wallet", "p_alive", "expected_purchases_52w", "clv_12m", "rhythm_ratio", "rfm"),
)


_WHOLE_OF_CLIENT = (
    *_MONEY_OF_CLIENT,
    *("red_line_days", "ideal_days", "last_contact", "silence_days", "overdue", "below_red_line"),
    *("days_below", "relationship_days", "below_share", "spells", "lifecycle", "relationship"),
    *("lapsed", "next_stage_needs", "behaves_like", "trust", "boundaries", "kinds", "health"),
)


_PARTS: Mapping[Edition, tuple[str, ...]] = {
    "coach": (
        *("as_of", "currency", "business", "counts", "clients", "lifecycle", "retention", "value"),
        *("matrix", "touchpoints", "efficiency", "boundaries", "opportunities", "loyalty_ladder"),
        *("health", "changes", "actions"),
    ),
    "accountant": ("as_of", "currency", "business", "counts", "clients", "retention", "value"),
}


_OF_CLIENT: Mapping[Edition, tuple[str, ...]] = {
    "coach": _WHOLE_OF_CLIENT,
    "accountant": _MONEY_OF_CLIENT,
}


_NEVER = ("rows", "letter")
"""Addresses of the workbook and letters are the owner's, wherever they stand."""


def as_json(report: Report) -> str:
    """The parts of the analysis that the report's edition may have, in the form of ``machine``."""
    whole = json.loads(machine.as_json(report))
    found = {part: whole[part] for part in _PARTS[report.edition] if part in whole}
    found["counts"] = {name: found["counts"][name] for name in _COUNTS}
    found["clients"] = [
        {name: one[name] for name in _OF_CLIENT[report.edition] if name in one}
        for one in found["clients"]
    ]
    return json.dumps(_without_addresses(found), indent=2, ensure_ascii=False) + "\n"


def _without_addresses(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_addresses(v) for k, v in value.items() if k not in _NEVER}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value
