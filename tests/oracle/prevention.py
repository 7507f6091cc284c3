"""Section 2, *towards subscription*: what it would have taken to stay above the red line in W."""

from __future__ import annotations

import datetime as dt

from oracle.past import Past
from oracle.red_line import running, touches


def mailings(days: list[dt.date], reach: int) -> int:
    """“One *mailing* serves everyone whose touch falls within 14 days of it, and is counted once: the
    fewest mailings that cover the touches.”."""
    count, covered = 0, None
    for day in sorted(days):
        if covered is None or day > covered:
            count += 1
            covered = day + dt.timedelta(days=2 * reach)
    return count


def cost(pasts: list[Past], settings) -> dict:
    """Touches that are named, mailings and minutes for some clients."""
    letters, single = [], 0
    for past in pasts:
        own = [day for spell in touches(past) for day in spell]
        if past.model in ("product", "subscription"):
            letters.extend(own)
        else:
            single += len(own)
    posted = mailings(letters, settings.mailing_reach_days)
    return {
        "touches": len(letters) + single,
        "mailings": posted,
        "minutes": single * settings.light_touch_minutes + posted * settings.mailing_minutes,
        "minutes_now": sum(row.minutes for past in pasts for row in past.year_touchpoints),
    }


def figures(pasts: list[Past], settings) -> dict:
    """“To keep the running clients above the line in W”; “lapsed and ended are counted apart”."""
    apart = [one for one in pasts if not running(one)]
    return cost([one for one in pasts if running(one)], settings) | {"apart": cost(apart, settings)}
