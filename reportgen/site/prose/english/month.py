"""The three paragraphs: what was good, what was not, and what need not worry her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from reportgen.report.plan.due import Cause
from reportgen.site.monthly.news import Late, News, Silent, Trade, Turned
from reportgen.site.prose.english.numbers import every, who
from reportgen.words import (
    count_in_words,
    day,
    days,
    hours,
    in_words,
    money,
    sentence_case,
)


def paragraphs(news: News) -> tuple[str, ...]:
    """The letter, a paragraph each; one without anything to say is left out."""
    if not news.running and not news.turned and not news.trade.buyers:
        return ()
    parts = (good(news), bad(news), calm(news))
    written = [" ".join(sentences) for sentences in map(tuple, parts) if sentences]
    to = f"{news.owner}, " if news.owner else ""
    return (f"{to}{written[0]}", *written[1:])


# What was good


def good(news: News) -> Iterator[str]:
    """How the month went on; at least a sentence, which begins with the month, so that hers fits before."""
    when = f"{news.as_of:%B}" if news.month_is_over else f"{news.as_of:%B} so far"
    told = _each_once(news.turned)
    if told:
        theme = _theme(told)
        first = sorted(told, key=lambda kind: _THEMES[kind] != theme)
        clauses = [_clause(told[kind], _TOLD[kind]) for kind in first]
        yield f"{when} was a month of {theme}: {_joined(_that_fit(clauses))}."
    elif news.trade.buyers:
        yield f"{when} brought {_sold(news.trade, news)}."
        return
    else:
        yield f"{when} was a quiet month."
    if news.trade.buyers:
        yield sentence_case(_bought(news.trade, news)) + "."


def _each_once(turned: Mapping[Turned, Sequence[str]]) -> dict[Turned, list[str]]:
    """The good news, of each client the first: who bought again is back above the line anyhow."""
    seen: set[str] = set()
    told = {}
    for kind in _TOLD:
        names = [name for name in turned.get(kind, ()) if name not in seen]
        seen.update(names)
        if names:
            told[kind] = names
    return told


ROOM = 20
"""So many words the good news of a month takes at most."""


def _that_fit(clauses: Sequence[str]) -> list[str]:
    """The first of them, as many as a reader takes in; at least one."""
    words = [len(clause.split()) for clause in clauses]
    return [one for at, one in enumerate(clauses) if not at or sum(words[: at + 1]) <= ROOM]


def _theme(told: Mapping[Turned, Sequence[str]]) -> str:
    """What most of the news is about."""
    sizes: Counter[str] = Counter()
    for kind, names in told.items():
        sizes[_THEMES[kind]] += len(names)
    return max(sizes, key=lambda theme: sizes[theme])


_THEMES: Mapping[Turned, str] = {
    Turned.FIRST: "new beginnings",
    Turned.NEW: "new beginnings",
    Turned.SECOND: "old friends",
    Turned.AGAIN: "old friends",
    Turned.WON_BACK: "old friends",
    Turned.BACK: "old friends",
    Turned.CLOSER: "growing trust",
}


_Verbs = tuple[str, str]
"""What one does, and what several do."""


def _clause(names: Sequence[str], verbs: _Verbs, starts: bool = False) -> str:
    return f"{who(names, starts)} {verbs[0] if len(names) == 1 else verbs[1]}"


_TOLD: Mapping[Turned, _Verbs] = {
    Turned.FIRST: ("bought for the first time",) * 2,
    Turned.SECOND: ("bought a second time",) * 2,
    Turned.WON_BACK: ("came back after a long silence",) * 2,
    Turned.AGAIN: ("bought again",) * 2,
    Turned.NEW: ("is new", "are new"),
    Turned.BACK: ("is back above the red line", "are back above the red line"),
    Turned.CLOSER: ("grew closer to you",) * 2,
}
"""Good news, in the order in which a letter tells it."""


def _bought(trade: Trade, news: News) -> str:
    """``four clients bought, for £8,260 in all``."""
    verb = "paid" if news.pays_by_the_month else "bought"
    buyers = count_in_words(len(trade.buyers), "client")
    if trade.amount is None:
        return f"{buyers} {verb}"
    in_all = " in all" if len(trade.buyers) > 1 else ""
    amount = money(trade.amount, news.currency)
    return (
        f"{buyers} paid {amount}{in_all}"
        if verb == "paid"
        else f"{buyers} bought, for {amount}{in_all}"
    )


def _sold(trade: Trade, news: News) -> str:
    """``£8,260 from four clients``."""
    if trade.amount is None:
        return f"sales to {who(trade.buyers)}"
    return f"{money(trade.amount, news.currency)} from {who(trade.buyers)}"


# What was not


def bad(news: News) -> Iterator[str]:
    """What slipped, and who waits; maybe nothing."""
    if news.silent.names:
        yield from _silence(news.silent, news)
    if gone := news.turned.get(Turned.LAPSED):
        yield f"{_clause(gone, _LAPSED, starts=True)} as running."
    if left := news.turned.get(Turned.ENDED):
        yield f"{who(left, starts=True)} left you."
    waiting = {cause: names for cause in _WAITING if (names := news.owed.get(cause))}
    if waiting:
        clauses = [
            _clause(names, _WAITING[cause], starts=not at)
            for at, (cause, names) in enumerate(waiting.items())
        ]
        yield f"{_joined(clauses)}."
    if news.takers:
        takers = who(news.takers, starts=True)
        yield f"{takers} took more of your evenings, or of your work, than was agreed."
    if news.late is not None and news.late.invoices:
        yield _is_late(news.late, news)


_LAPSED: _Verbs = (
    "has been silent for so long that it no longer counts",
    "have been silent for so long that they no longer count",
)

_WAITING: Mapping[Cause, _Verbs] = {
    Cause.COMPLAINT: (
        "waits for a complaint to be put right",
        "wait for a complaint to be put right",
    ),
    Cause.PROMISE: ("waits for what you promised", "wait for what you promised"),
    Cause.ANSWER: ("waits for an answer", "wait for an answer"),
}


def _silence(silent: Silent, news: News) -> Iterator[str]:
    number, running = len(silent.names), in_words(news.running)
    line = f"longer than {days(silent.days)}" if silent.days else "longer than they accept"
    heard = "waited for a word from you for" if news.hears else "bought nothing for"
    if news.running == 1:
        they = "Your one running client has"
    elif number == news.running:
        they = f"{every(number, 'running client')} have"
    elif number == 1:
        they = f"{silent.names[0]} has"
    else:
        they = f"{sentence_case(in_words(number))} of your {running} running clients have"
    alone = f", alone among your {running} running clients" if number == 1 < news.running else ""
    yield f"{they} {heard} {line}{alone}{_since(silent, news)}."


def _since(silent: Silent, news: News) -> str:
    """``, four of them since the work was done``; a shop hands nothing over."""
    number = len(silent.names)
    if news.is_shop or not news.hears:
        return ""
    if number == 1:
        return ""
    if silent.after_the_work == number:
        return ", all of them since the work was done"
    if silent.after_the_work > number / 2:
        return f", {in_words(silent.after_the_work)} of them since the work was done"
    if silent.before_a_sale > number / 2:
        return f", {in_words(silent.before_a_sale)} of them before there was a sale"
    return ""


def _is_late(late: Late, news: News) -> str:
    amount = "" if late.amount is None else f": {money(late.amount, news.currency)}"
    is_one = late.invoices == 1
    invoices = (
        "One invoice is" if is_one else f"{sentence_case(in_words(late.invoices))} invoices are"
    )
    return f"{invoices} late{amount} from {who(late.clients)}."


# What need not worry her


def calm(news: News) -> Iterator[str]:
    """What is fine, in a few words; maybe nothing."""
    yield from _above(news)
    if news.evenings is not None and not news.takers:
        yield _evenings(news.evenings)
    if news.late is not None and not news.late.invoices:
        yield "Every invoice that is due has been paid."
    if news.maybe_done == 1:
        yield "One old matter asks only whether it was done."
    elif news.maybe_done:
        yield f"{sentence_case(in_words(news.maybe_done))} old matters ask only whether they were done."


def _above(news: News) -> Iterator[str]:
    slip, above = news.next_to_slip, news.running - len(news.silent.names)
    if slip is None:
        return
    if above == 1:
        it = "Your one running client" if news.running == 1 else slip.client
        yield f"{it} is above the red line, and without another contact slips on {_day(news, slip.day)}."
        return
    is_all = above == news.running
    they = every(above, "running client") if is_all else f"The other {in_words(above)}"
    when = _day(news, slip.day)
    yield f"{they} are above the red line; {slip.client} would be the next to slip, on {when}."


def _day(news: News, when: date) -> str:
    """``19 November``; with its year where that is another."""
    text = day(when)
    return text.removesuffix(f" {news.as_of.year}")


def _evenings(minutes: int) -> str:
    if not minutes:
        return "Your evenings are yours: nobody took one in the year."
    return f"Your evenings are yours: {_long(minutes)} in the year."


def _long(minutes: int) -> str:
    return count_in_words(minutes, "minute") if minutes < 60 else hours(minutes)


def _joined(clauses: Sequence[str]) -> str:
    """``a, b and c``; before the last of two a comma too, because each is a sentence."""
    *first, last = clauses
    return f"{', '.join(first)}, and {last}" if first else last
