"""The words of *Staying or coming back*: sentences from plain values."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.shares import FEW, TOO_FEW, Share
from reportgen.site.prose.english.numbers import every
from reportgen.words import count, count_in_words, in_words, percent

YEARS = "This year is the last 12 months, last year the 12 before."
"""What the two years are, under the answer that compares them."""


def answer(kept: Share, brought: str) -> str:
    """How many of last year's clients were clients this year too, and what the others had brought.

    ``brought`` is an amount in words; empty where it is nothing, or may not be told.
    """
    still, of = kept.numerator, kept.denominator
    gone = of - still
    if of == 1:
        if still:
            return "Your one client of last year was a client this year too."
        return f"Your one client of last year did not come back this year{_had(' they', brought)}."
    if not gone:
        return f"{every(of, 'client')} of last year were clients this year too."
    if not still:
        who = f"{every(of, 'client')} of last year are missing this year"
        return f"{who}{_had(' they', brought)}."
    were = "was a client" if still == 1 else "were clients"
    others = "the other" if gone == 1 else f"the other {in_words(gone)}"
    clients = count_in_words(of, "client")
    return f"Of last year’s {clients} {in_words(still)} {were} this year too{_had(' ' + others, brought)}."


def _had(who: str, brought: str) -> str:
    return f";{who} had brought {brought}" if brought else ""


def first_year(back: Share) -> str:
    """Where there is no year before: how many customers have come back so far."""
    number = in_words(back.numerator) if back.numerator else "nobody"
    customers = count(back.denominator, "customer")
    return (
        f"There is no year before to compare with yet; of {customers} so far, {number} came back."
    )


NOBODY_YET = "Nobody has bought yet, so nobody could come back."


def figure(share: Share) -> str:
    """A share where it rests on ten cases or more, else its counts."""
    if share.denominator < FEW:
        return f"{share.numerator} of {share.denominator}"
    return percent(share.value)


def with_a_second(back: Share, bought: str) -> str:
    """What the share of those who came back is of; a figure of few has its counts already."""
    counts = "" if back.denominator < FEW else f"{back.numerator:,} of {back.denominator:,} "
    return f"{counts}customers with a second {bought}"


def of_last_year(kept: Share, ended: int) -> str:
    """What the share of those kept is of, and how far to trust it."""
    since = (
        f"; {in_words(ended)} of them {'has' if ended == 1 else 'have'} ended since"
        if ended
        else ""
    )
    if kept.denominator < TOO_FEW:
        return f"of last year’s clients; too few to tell a share{since}"
    return (
        f"{kept.numerator} of last year’s {kept.denominator}; "
        f"between {percent(kept.low)} and {percent(kept.high)}{since}"
    )


def against_last_month(now: Share, then: Share) -> str:
    """Which way a share went since the end of the month before; empty where there was none."""
    if now.value is None or then.value is None:
        return ""
    was = f"{then.numerator:,} of {then.denominator:,}"
    if now.value == then.value:
        return "as a month ago"
    return f"{'better' if now.value > then.value else 'worse'} than a month ago: {was} then"


def more_since_last_month(now: int, then: int) -> str:
    """How many came since, of what only grows; empty where nobody did."""
    return f"{in_words(now - then)} more than a month ago" if now > then else ""


def came_back_within(told: Mapping[int, Share]) -> str:
    """How many came back within so many days, the longest first; empty where it is told of nobody."""
    if not told:
        return ""
    longest, *shorter = (
        f"{share.numerator or 'none'} of {share.denominator:,} {{}}within {days}"
        for days, share in sorted(told.items(), reverse=True)
    )
    others = "".join(f", {one.format('')}" for one in shorter)
    return f"Of the customers who have had that long, {longest.format('came back ')} days{others}."


def new_and_won_back(new: int, won_back: int) -> str:
    """What the number of new clients stands beside."""
    first = "bought for the first time" if new else "nobody bought for the first time"
    return f"{first}; {in_words(won_back)} came back after a year’s pause" if won_back else first


def still_there(low: float, high: float, of: int) -> str:
    """How far to trust the share of those still there after a year."""
    return f"of {of:,} who pay by the month; between {percent(low)} and {percent(high)}"


def too_little_is_known(number: int, are_others: bool) -> str:
    """Of how many running customers nothing can be told; empty where there are none."""
    if not number:
        return ""
    who = count_in_words(number, f"{'other ' if are_others else ''}running customer")
    return f"Of {who} too little is known: a rhythm of their own takes three purchases."


def not_back(number: int, of: int) -> str:
    """What the table of those who are missing lists."""
    return f"{number:,} of last year’s {count(of, 'client')}, who brought most first"
