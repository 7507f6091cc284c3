"""What has been done since the end of the month before, finished for the pages."""

from __future__ import annotations

from reportgen.problems import Row
from reportgen.report.plan.done import DoneSince, OfMailing, OfMessage
from reportgen.site.layout import Link, Names
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import count, count_in_words, day, in_words, short_day

_NAMED = 20


@dataclass(frozen=True, slots=True)
class DoneLine:
    """What was done with one client."""

    client: Link
    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DoneMailing:
    """Whom a mailing reached."""

    words: str
    to: Names


@dataclass(frozen=True, slots=True)
class DoneList:
    """What has been done of the plan of an earlier day."""

    words: str
    """How much of it, in a sentence."""
    lines: tuple[DoneLine, ...]
    mailings: tuple[DoneMailing, ...]


def done_list(site: Site) -> DoneList | None:
    """What has been done of the last plan; None where nothing of it is recorded, or there was none."""
    found = site.report.done_since
    if not found.everything:
        return None
    return DoneList(
        _how_much(found),
        tuple(_line(site, one) for one in found.messages if one.done),
        tuple(_mailing(site, one) for one in found.mailings if one.done),
    )


def _how_much(found: DoneSince) -> str:
    """``Of the ten messages planned on 30 September 2026, six are done, and one in part.``"""
    planned = f"planned on {day(found.since)}"
    whole = found.whole
    part = sum(bool(one.done) for one in found.messages) - whole
    if not whole + part:
        return f"Mailings {planned} have reached some of their clients."
    said = f"{in_words(whole)} {_are(whole)} done" if whole else ""
    if part:
        said += (
            f", and {in_words(part)} in part"
            if whole
            else f"{in_words(part)} {_are(part)} done in part"
        )
    if len(found.messages) == 1:
        return f"The one message {planned} is done{'' if whole else ' in part'}."
    messages = count_in_words(len(found.messages), "message")
    return f"Of the {messages} {planned}, {said}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _line(site: Site, one: OfMessage) -> DoneLine:
    first, *others = [f"{done.due.what} ({short_day(done.day)})" for done in one.done]
    said = [first, *(f"{other[:1].lower()}{other[1:]}" for other in others)]
    rows = dict.fromkeys(row for done in one.done for row in done.rows)
    return DoneLine(
        site.by_name[one.action.client].link,
        f"{'; '.join(said)}.",
        site.rows(rows),
    )


def _mailing(site: Site, one: OfMailing) -> DoneMailing:
    reached = [done.client for done in one.done]
    return DoneMailing(
        f"{one.what}: {len(reached)} of {count(one.to, 'client')}", site.names(reached, _NAMED)
    )
