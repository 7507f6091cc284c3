"""The words of the letter's figures: what is counted, of how many, and which way it went."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.site.monthly.counts import Asked, Counted, Dot, Shade
from reportgen.words import days, in_words, sentence_case

LABELS: Mapping[Asked, str] = {
    Asked.ABOVE: "Above the line",
    Asked.BOUGHT: "Bought in 12 months",
    Asked.STAYING: "With you now",
    Asked.BACK_FOR_A_PROJECT: "Back for another project",
    Asked.BACK_TO_BUY: "Came back to buy again",
    Asked.STILL_THERE: "Still here from a year ago",
    Asked.PROMISES: "Promises open",
}
"""What a figure counts."""


def of(found: Counted) -> str:
    """Of how many."""
    every = f"{len(found.dots):,}"
    match found.asked:
        case Asked.ABOVE:
            return f"of {every} running"
        case Asked.BOUGHT:
            return f"of {every} who ever did"
        case Asked.STAYING:
            return f"of {every} who ever came"
        case Asked.BACK_FOR_A_PROJECT:
            return f"of {every} with one finished"
        case Asked.BACK_TO_BUY:
            return f"of {every} customers"
        case Asked.STILL_THERE:
            return f"of {every} who were with you then"
    late = sum(dot.shade is Shade.BAD for dot in found.dots)
    if late == len(found.dots):
        return {1: "late", 2: "both late"}.get(late, f"all {in_words(late)} late")
    return f"{in_words(late)} late" if late else "none late"


def change(found: Counted) -> str:
    """``Worse by one than last month, better by two than a year ago``; empty where nothing is compared."""
    if found.asked in _ONLY_GROWS:
        return _grown(found)
    said = [
        _against(found, then, when, same)
        for then, when, same in (
            (found.before, "last month", "As last month"),
            (found.year_ago, "a year ago", "the same as a year ago"),
        )
        if then is not None
    ]
    if len(said) == 2 and found.before == found.year_ago == found.number:
        return "As last month and a year ago"
    return sentence_case(", ".join(said))


_ONLY_GROWS = (Asked.BACK_FOR_A_PROJECT, Asked.BACK_TO_BUY)
"""What is counted since the beginning is never worse: it says how many came."""


def _grown(found: Counted) -> str:
    said = [
        f"{in_words(found.number - then)} more {since}"
        for then, since in ((found.before, "since last month"), (found.year_ago, "in the year"))
        if then is not None and found.number > then
    ]
    return sentence_case(", ".join(said)) or "As last month"


def _against(found: Counted, then: int, when: str, same: str) -> str:
    more = found.number - then
    if not more:
        return same
    is_better = (more > 0) != (found.asked is Asked.PROMISES)
    return f"{'better' if is_better else 'worse'} by {in_words(abs(more))} than {when}"


def than_last_month(now: int, then: int, fewer_is_better: bool = False) -> str:
    """``Better by two than last month``, ``As last month``."""
    if now == then:
        return "As last month"
    is_better = (now < then) == fewer_is_better
    return f"{'Better' if is_better else 'Worse'} by {in_words(abs(now - then))} than last month"


def dot(found: Counted, one: Dot) -> str:
    """Who a dot is, and how they stand: ``Acme: 71 days of silence, below the line``."""
    match found.asked, one.shade:
        case Asked.ABOVE, shade:
            return f"{one.client}: {days(one.days)} of silence, {_LINE[shade]}"
        case Asked.PROMISES, Shade.BAD:
            return f"{one.client}: {days(one.days)} late"
        case Asked.PROMISES, _:
            return f"{one.client}: still to come"
        case asked, shade:
            yes, no = _ANSWERS[asked]
            return f"{one.client}: {yes if shade is Shade.GOOD else no}"


_LINE: Mapping[Shade, str] = {
    Shade.GOOD: "in touch",
    Shade.DUE: "a word is due",
    Shade.BAD: "below the line",
}

_ANSWERS: Mapping[Asked, tuple[str, str]] = {
    Asked.BOUGHT: ("bought in the 12 months", "bought before that"),
    Asked.STAYING: ("with you now", "has left"),
    Asked.BACK_FOR_A_PROJECT: ("came back", "one project so far"),
    Asked.BACK_TO_BUY: ("came back", "one purchase so far"),
    Asked.STILL_THERE: ("still here", "has left since"),
}
"""What a dot says that counts, and one that does not."""

EXPLAINED = "Each dot is a client; press one to see whom."
"""Under dots."""
