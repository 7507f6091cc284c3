"""Section 7: the touchpoints in W by kind and by activity, and what administration takes."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from oracle.money import costs
from oracle.past import Past

KINDS = (
    "messages", "feedback", "insight", "loyalty", "relationship building", "accessibility",
    "satisfaction", "involvement", "anticipation", "indispensable", "help",
)  # fmt: skip


def kinds(pasts: list[Past]) -> dict[str, int]:
    """“Coverage of the eleven kinds in W”."""
    found = pd.Series(
        [str(row.activity.kind) for one in pasts for row in one.year_touchpoints], dtype=object
    ).value_counts()
    return {kind: int(found.get(kind, 0)) for kind in KINDS}


def efficiency(pasts: list[Past], settings) -> dict:
    """“Hours and cost (× hourly rate) by activity … the low-value share … the hours a year that a
    letter would save (half of them unless set)”; “cost of an activity counts its Cost column too”."""
    rows = [
        {
            "activity": row.activity.name or "",
            "low": row.activity.value == "low",
            "told": row.activity.value is not None,
            "minutes": row.minutes,
            "cost": costs([row], settings),
        }
        for one in pasts
        for row in one.year_touchpoints
    ]
    if not rows:
        return {"activities": {}, "low_value_share": None, "savings_hours": 0.0}
    table = pd.DataFrame(rows)
    total = int(table["minutes"].sum())
    low = int(table.loc[table["low"], "minutes"].sum())
    # Whether an activity that nobody has named is worth anything, nobody can say.
    told = int(table.loc[table["told"], "minutes"].sum())
    by_activity = {
        name: {
            "touchpoints": len(own),
            "minutes": int(own["minutes"].sum()),
            "cost": _cost(own),
            "share": int(own["minutes"].sum()) / total if total else None,
        }
        for name, own in table.groupby("activity")
    }
    return {
        "activities": by_activity,
        "low_value_share": low / told if told else None,
        "savings_hours": low * settings.template_saving_share / 60,
    }


def _cost(own: pd.DataFrame) -> float | None:
    """n/a where there are hours and no rate, and where nobody wrote down minutes or a cost."""
    if None in list(own["cost"]) or (not any(own["cost"]) and not any(own["minutes"])):
        return None
    return float(sum(own["cost"], Decimal(0)))


def book_figures(pasts: list[Past], settings) -> dict:
    """What section 7 says of the whole book."""
    found = kinds(pasts)
    return {
        "touchpoints": {"kinds": found, "unused": [kind for kind in KINDS if not found[kind]]},
        "efficiency": efficiency(pasts, settings),
    }
