"""The cards of the first week: one client each, why, the message, and how to send it."""

from __future__ import annotations

import re

from markupsafe import Markup

from reportgen.report.plan.plan import Action, Mailing
from reportgen.site.due import Message, due_message, mailing_message, whom
from reportgen.site.layout import Link
from reportgen.site.monthly.stake import first_of
from reportgen.site.prose.english import week as words
from reportgen.site.shared import Site
from reportgen.values import dataclass

SHOWN = 150
"""So many characters of a message stand on its card, up to the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Card:
    """One message of the week."""

    to: Link
    """The client; of a mailing how many, leading to it."""
    person: str
    """The contact; empty where none is known, and for other readers."""
    picture: Markup
    """The client's small matrix; empty for a mailing."""
    why: str
    """In one sentence."""
    begins: str
    """The first lines of the message; empty where the edition has no letters, like the next."""
    message: Message | None
    about: str
    """How long it takes, and what they prefer."""


@dataclass(frozen=True, slots=True)
class Week:
    """What to do first."""

    heading: str
    """``This week, 25 minutes``."""
    explained: str
    cards: tuple[Card, ...]
    others: str
    """How many more the plan has; empty where these are all."""


def week(site: Site) -> Week | None:
    """The first week of the plan; None where nothing is due in it."""
    plan = site.report.plan
    first = first_of(plan)
    if not first:
        return None
    return Week(
        heading=words.heading(sum(one.minutes for one in first)),
        explained=words.EXPLAINED,
        cards=tuple(_card(site, one) for one in first),
        others=words.others(len(plan.tasks) - len(first)),
    )


def _card(site: Site, one: Action | Mailing) -> Card:
    message = _message(site, one)
    return Card(
        to=whom(site, one),
        person=_person(site, one),
        picture=site.by_name[one.client].small_svg() if isinstance(one, Action) else Markup(),
        why=words.reason(one, _brought(site, one), site.report.as_of.year),
        begins=_first_lines(message.body) if message else "",
        message=message,
        about=words.about(one, _preferred(site, one)),
    )


def _message(site: Site, one: Action | Mailing) -> Message | None:
    if not site.sees("letters"):
        return None
    if isinstance(one, Action):
        return due_message(site.due_letters[one.client])
    return mailing_message(site.mail_merges[site.report.plan.mailings.index(one)])


def _person(site: Site, one: Action | Mailing) -> str:
    if isinstance(one, Mailing):
        return ""
    client = site.by_name[one.client].findings.seen.client
    return client.contact or ""


def _preferred(site: Site, one: Action | Mailing) -> str:
    if isinstance(one, Mailing):
        return ""
    return site.by_name[one.client].findings.seen.client.preferred_channel or ""


def _brought(site: Site, one: Action | Mailing) -> str:
    """What they bought in the last 12 months; empty where that is nothing."""
    names = one.clients if isinstance(one, Mailing) else (one.client,)
    sales = sum(site.by_name[name].findings.worth.sales_now for name in names)
    return site.money(sales) if sales > 0 else ""


_POINT = re.compile(r"^• (.*)$", re.MULTILINE)
_GREETING = re.compile(r"\A[^\n]{1,80},\n\s*")
_SENTENCE = re.compile(r"(?<!\s\d)[.?!…]\s")


def _first_lines(body: str) -> str:
    """What follows the greeting, up to the end of the last sentence that has room; at least the first.

    Of points to talk about, the first.
    """
    if point := _POINT.match(body):
        return point[1]
    text = " ".join(_GREETING.sub("", body).split())
    ends = [found.start() + 1 for found in _SENTENCE.finditer(text)] or [len(text)]
    fits = [end for end in ends if end <= SHOWN]
    return text[: fits[-1] if fits else ends[0]]
