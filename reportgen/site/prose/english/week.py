"""The words on the cards of the week."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.report.plan.due import Cause, Due
from reportgen.report.plan.plan import Action, Mailing
from reportgen.site.prose.english.channels import preferring
from reportgen.words import count, count_in_words, day, hours, sentence_case

EXPLAINED = (
    "One message a client, whatever is due with them. "
    "Nothing is asked of a client to whom you owe something."
)
"""Under the heading."""


def heading(minutes: int) -> str:
    """``This week, 25 minutes``."""
    return f"This week, {count(minutes, 'minute') if minutes < 60 else hours(minutes)}"


def others(number: int) -> str:
    """``Seven more this month``; empty without any."""
    return f"{sentence_case(count_in_words(number, 'more', 'more'))} this month" if number else ""


def about(one: Action | Mailing, preferred: str) -> str:
    """``5 min · prefers e-mail``."""
    takes = hours(one.minutes)
    return f"{takes} · {preferring(preferred)}" if preferred else takes


def reason(one: Action | Mailing, brought: str, year: int) -> str:
    """One sentence: what they brought, and what waits. ``brought`` is empty where that is nothing."""
    if isinstance(one, Mailing):
        silent = one.cause is Cause.SILENCE
        said = "silent for longer than they accept" if silent else sentence_case(one.what)
        return _sentence(f"{brought} in the year" if brought else "", said)
    parts = [_SAID[due.cause](due, year) for due in one.due[:2]]
    return _sentence(f"{brought} in the year" if brought else "", ", and ".join(parts))


def _sentence(first: str, second: str) -> str:
    text = f"{first}; {second[:1].lower()}{second[1:]}" if first else sentence_case(second)
    return f"{text.rstrip('.')}."


def _day(due: Due, year: int) -> str:
    return day(due.since).removesuffix(f" {year}")


_Said = Callable[[Due, int], str]


def _what(due: Due, _: int) -> str:
    return due.what


_SAID: Mapping[Cause, _Said] = {
    **dict.fromkeys(Cause, _what),
    Cause.SILENCE: lambda due, year: f"silent since {_day(due, year)}",
    Cause.PROMISE: lambda due, year: f"something promised for {_day(due, year)} is late",
    Cause.COMPLAINT: lambda due, year: f"a complaint has waited since {_day(due, year)}",
    Cause.ANSWER: lambda due, year: f"a message has waited since {_day(due, year)}",
    Cause.INVOICE: lambda due, year: f"an invoice was due on {_day(due, year)}",
}
"""Cause → what waits, as a part of a sentence."""
