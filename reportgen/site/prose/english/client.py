"""The two sentences at the head of a client's page, each of at most 25 words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from reportgen.report.plan.due import Cause
from reportgen.words import count, count_in_words, day, days, hours, listed, sentence_case

_WORDS = 25
"""How long a sentence may be."""

NO_CONTACT = "There has been no contact yet."


def of_books(sales: str, minutes: int) -> str:
    """What an accountant asks first; without recorded sales ``sales`` is empty."""
    of_sales = f"{sales} of sales and " if sales else ""
    return f"{of_sales}{hours(minutes)} of time in the last 12 months."


def ended(on: date, last_contact: date) -> str:
    """How a relationship ended."""
    return f"Ended on {day(on)}; the last contact was on {day(last_contact)}."


def lapsed(last_contact: date, silent: int) -> str:
    """How long somebody has been gone."""
    return f"Lapsed: silent since {day(last_contact)}, {days(silent)}, with nothing running."


def owing(cause: Cause, number: int, since: str) -> str:
    """One thing that the owner owes; of several of a kind the oldest gives the day."""
    if cause is Cause.COMPLAINT:
        what = "a complaint" if number == 1 else count_in_words(number, "complaint")
        return f"an answer to {what} of {since}" if number == 1 else f"an answer to {what}"
    if cause is Cause.PROMISE:
        several = count_in_words(number, "thing")
        return f"what you promised for {since}" if number == 1 else f"{several} you promised"
    return f"an answer since {since}"


def owed(whom: str, what: Sequence[str], is_certain: bool, quiet: str) -> str:
    """What the owner owes, with how long the silence is; of very old things nobody is certain."""
    may = "" if is_certain else " may still"
    fewer = (f"You{may} owe {whom} {what[0]} and more{rest}." for rest in (quiet, ""))
    return _first_that_fits([f"You{may} owe {whom} {listed(what)}{quiet}.", *fewer])


def quiet_since(last: str, over: int, was_then: bool) -> str:
    """How long the silence is beside what is owed.

    ``over`` are the days beyond the red line; ``was_then`` says that something is owed since ``last``.
    """
    if over > 0:
        since = "then" if was_then else last
        return f", and have not been in touch since {since}, {days(over)} too long"
    return ", when you were last in touch" if was_then else f"; you were last in touch on {last}"


def too_quiet(whom: str, last: str, silent: int, accepted: int, overdue: str) -> str:
    """Nothing is owed but a word."""
    return (
        f"You have not been in touch with {whom} since {last}: {days(silent)}, "
        f"where {accepted:,} are accepted{overdue}."
    )


def write_by(last: str, by: str, accepted: int, overdue: str) -> str:
    """A word will be due."""
    return (
        f"Last in touch on {last}; write by {by}, before the {days(accepted)} that they accept "
        f"are over{overdue}."
    )


def in_touch(last: str, silent: int, overdue: str) -> str:
    """All is well, at least from the owner's side."""
    rest = overdue or ", and nothing is owed"
    return f"In touch on {last}, {days(silent)} ago{rest}." if silent else f"In touch today{rest}."


def overdue(money: str, since: str) -> str:
    """The end of a sentence: what they owe."""
    return f"; {money} has been overdue since {since}"


def on(value: date, as_of: date) -> str:
    """``22 June``; of another year ``22 June 2025``."""
    return f"{value.day} {value:%B}" if value.year == as_of.year else day(value)


def no_sales(minutes: int) -> str:
    """Of a book without sales."""
    return f"{_time(minutes) or 'No time'} so far; record sales to know the stage."


def so_far(purchases: int, named: str, money: str, minutes: int) -> str:
    """``One project, £10,600 and 90 hours``; of a prospect ``Nothing bought yet after 3 hours``."""
    time = _time(minutes)
    if not purchases:
        return f"Nothing bought yet{f' after {time}' if time else ''}"
    bought = sentence_case(count_in_words(purchases, named))
    return listed([part for part in (bought, money, time) if part])


def gone(said: str, last_bought: date | None) -> str:
    """What there was with somebody who has lapsed or left."""
    return f"{said}, the last on {day(last_bought)}." if last_bought else f"{said}."


def last_stage(said: str, stage: str) -> str:
    """Of a client at the last stage."""
    return f"{said}: the stage of {stage}, the last there is."


def next_stage(said: str, stage: str, following: str, needs: Sequence[str]) -> str:
    """What the next stage needs, as much of it as fits."""
    short = [_short(need) for need in needs]
    takes = f"{said}: the stage of {stage}; for {following} it takes"
    fewer = (
        f"{takes} {', '.join(short[:most])} and more." for most in range(len(short) - 1, 0, -1)
    )
    return _first_that_fits([f"{takes} {listed(short)}.", *fewer])


def _short(need: str) -> str:
    """Without what is said in the fold: ``a plan``, ``time``, ``less silence``."""
    return (
        "less silence"
        if "below the red line" in need
        else need.partition(":")[0].partition(" (")[0]
    )


def _time(minutes: int) -> str:
    """``90 hours``, ``25 minutes``; empty without any."""
    if minutes < 60:
        return count(minutes, "minute") if minutes else ""
    return count(round(minutes / 60), "hour")


def _first_that_fits(candidates: Iterable[str]) -> str:
    """The first sentence of no more words than a sentence may have, else the last, which is shortest."""
    said = ""
    for said in candidates:
        if len(said.split()) <= _WORDS:
            return said
    return said
