"""The headline: one sentence of at most 25 words that names the action, and what is at stake."""

from __future__ import annotations

from datetime import date

from reportgen.site.monthly.stake import Stake, Standing, Task
from reportgen.site.prose.english.numbers import every
from reportgen.words import count, count_in_words, day, in_words, money, sentence_case


def headline(facts: Stake) -> str:
    """The letter's first sentence."""
    if facts.this_week:
        return _to_whom(facts) if facts.brought > 0 else _without_a_stake(facts.this_week)
    if facts.later is not None:
        whom, when = _whom(facts.later), _day(facts, facts.later.day)
        return f"This week is free; the first message of the month goes to {whom}, on {when}."
    if not facts.standing.running:
        return _nobody(facts)
    return _no_room(facts.standing) if facts.standing.below else _all_above(facts)


def _to_whom(facts: Stake) -> str:
    """How many messages, and how much of the year those brought whom they reach."""
    first, *others = facts.this_week
    if others:
        what = sentence_case(_what(facts.this_week))
        return f"{what} this week reach clients who brought {_share(facts)}."
    if first.is_mailing:
        return f"One mailing this week reaches {_recipients(first)} who brought {_share(facts)}."
    return f"One message this week reaches {_whom(first)}, who brought {_share(facts)}."


def _without_a_stake(tasks: tuple[Task, ...]) -> str:
    """The same of clients who brought nothing in the year, or where no sale is recorded."""
    first, *others = tasks
    silences = all(one.ends_a_silence for one in tasks)
    if first.is_mailing and not others:
        silent = " and ends a long silence" if silences else ""
        return f"One mailing this week reaches {_recipients(first)}{silent}."
    if not others:
        what = "ends a long silence: write to" if silences else "is due: it goes to"
        return f"One message this week {what} {_whom(first)}."
    what = "end long silences" if silences else "are due"
    return f"{sentence_case(_what(tasks))} this week {what}; begin with {_whom(first)}."


_WORDS = 6
"""So many of a client's name stand in the headline, which has 25."""


def _whom(task: Task) -> str:
    return _name(task.whom)


def _name(whom: str) -> str:
    name = whom.split()
    return whom if len(name) <= _WORDS else " ".join([*name[:_WORDS], "…"])


def _what(tasks: tuple[Task, ...]) -> str:
    """``three messages``; ``one mailing to 46 clients and two messages``."""
    mailings = [one for one in tasks if one.is_mailing]
    single = len(tasks) - len(mailings)
    parts = []
    if len(mailings) == 1:
        parts.append(f"one mailing to {_recipients(mailings[0])}")
    elif mailings:
        parts.append(f"{in_words(len(mailings))} mailings")
    if single:
        parts.append(count_in_words(single, "message"))
    return " and ".join(parts)


def _recipients(one: Task) -> str:
    return count_in_words(one.recipients, "client")


def _share(facts: Stake) -> str:
    """``£24,140 of the year’s £76,400``; all of it where that is so."""
    year = money(facts.year, facts.currency)
    brought = money(facts.brought, facts.currency)
    index = " (the largest client in all: 100)" if facts.is_index else ""
    if brought == year:
        return f"all of the year’s {year}{index}"
    return f"{brought} of the year’s {year}{index}"


def _day(facts: Stake, when: date) -> str:
    """``19 November``; with its year where that is another."""
    return day(when).removesuffix(f" {facts.as_of.year}")


def _running(standing: Standing) -> str:
    return count(standing.running, "running client")


def _no_room(standing: Standing) -> str:
    verb, them = ("is", "it") if standing.below == 1 else ("are", "them")
    below = f"{sentence_case(in_words(standing.below))} of your {_running(standing)}"
    return f"{below} {verb} below the red line; the plan has no room for {them}."


def _all_above(facts: Stake) -> str:
    """Nothing is due: that takes half a sentence, and who is next the other half."""
    standing, slip = facts.standing, facts.standing.next_to_slip
    assert slip is not None  # somebody is running, and nobody is below
    when = _day(facts, slip.day)
    if standing.running == 1:
        return f"Nothing is due; {_name(slip.client)} would slip below the red line on {when}."
    all_of_them = every(standing.running, "running client").lower()
    return (
        f"Nothing is due: {all_of_them} are above the red line. "
        f"{_name(slip.client)} would slip first, on {when}."
    )


def _nobody(facts: Stake) -> str:
    """Nobody is running: all have gone, or nothing has begun."""
    standing = facts.standing
    over = standing.lapsed_or_ended
    if over == 1:
        return "Your one relationship has lapsed or ended: the last contact is too long ago."
    if over:
        return f"{every(over, 'relationship')} have lapsed or ended: choose one to win back."
    if standing.planned and not standing.touchpoints and not standing.sales:
        rows = count_in_words(standing.planned, "row")
        verb = "is" if standing.planned == 1 else "are"
        return (
            f"Nothing has happened up to {day(facts.as_of)}: {rows} {verb} dated later, as a plan."
        )
    if standing.clients and not standing.touchpoints and not standing.sales:
        names = sentence_case(count_in_words(standing.clients, "name"))
        verb = "waits" if standing.clients == 1 else "wait"
        return f"{names} {verb} for a first contact: record it, and this letter begins to speak."
    return "Record the first contact with a client, and this letter begins to speak."


def month_name(when: date) -> str:
    """``October 2026``."""
    return f"{when:%B %Y}"
