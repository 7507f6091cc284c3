"""The overview for programs: the words of the page as keys, shares 0–1, null where it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.cohort.overview import Of, Overview, Spread, Worked
from reportgen.figures.written import rounded

Json = dict[str, Any]


def as_json(found: Overview) -> Json:
    """The whole overview."""
    return {
        "as_of": found.as_of.isoformat(),
        "owners": [_owner(one) for one in found.owners],
        "unread": list(found.unread),
        "shares": _spreads(found.spreads),
        "shares_by_business_model": {
            model: _spreads(spreads) for model, spreads in found.by_model.items()
        },
        "observed_red_lines": {
            line.model: {
                "owners": line.owners,
                "customers": line.customers,
                "half": line.half,
                "three_quarters": line.three_quarters,
                "observed": line.observed,
                "default": line.default,
            }
            for line in found.lines
        },
        "what_works": [_worked(one) for one in found.works],
        "too_few_to_tell": found.untold,
    }


def _owner(one: Of) -> Json:
    part = one.part
    return {
        "name": one.name,
        "folder": one.folder,
        "headline": part.headline,
        "business_model": part.model,
        "running": part.running,
        "below": part.below,
        "problems": part.problems,
        "shares": {key: rounded(value) for key, value in part.shares.items()},
    }


def _spreads(spreads: Sequence[Spread]) -> Json:
    return {
        one.share.key: {
            "share": one.share.label,
            "owners": len(one.stands),
            "low": rounded(one.low),
            "middle": rounded(one.middle),
            "high": rounded(one.high),
            "places": {
                stand.owner.folder: {"place": stand.place, "quarter": stand.quarter}
                for stand in one.stands
            },
        }
        for one in spreads
    }


def _worked(one: Worked) -> Json:
    return {
        "what": one.what,
        "is_kind": one.is_kind,
        "event": one.event,
        "owners": one.found.strata,
        "with": one.found.with_it,
        "without": one.found.without,
        "happened": one.found.happened,
        "expected": rounded(one.found.expected),
        "p": rounded(one.found.p),
    }
