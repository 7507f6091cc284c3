"""What stands beside the head of a client's page: how to reach them, and the few figures that matter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

from reportgen.estimates.trust import Part, TrustPart
from reportgen.evidence.red_line import SilenceState
from reportgen.letters.drafts import one_address
from reportgen.letters.reach import dialled, telephone
from reportgen.report.changes import Turn
from reportgen.report.findings import ClientFindings
from reportgen.site.prose.english.channels import preferring
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import day, days, hours, in_words

_DOTS_AT_MOST = 12
_NEWS_FROM = 20
"""A change of a twentieth of what was left is worth a word."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A number or an address."""

    text: str
    address: str
    """Of a link: ``tel:`` or ``mailto:``."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whom to speak to, and how; empty where the edition may not see it."""

    contact: str
    ways: tuple[Reach, ...]
    prefers: str
    """``prefers e-mail``; empty where nothing is known."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the small list."""

    label: str
    said: str
    figure: str
    tone: str = ""
    dots: tuple[str, ...] = ()
    """A dot each, ``kept`` or ``broken``, oldest first."""
    change: str = ""
    """Since the end of the month before, with its direction in words."""


def who(view: ClientView) -> Who | None:
    """Whom to speak to; None where the Clients sheet says nothing of it, or the edition may not know."""
    client = view.findings.seen.client
    number, address = telephone(client.phone or ""), one_address(client.email or "")
    ways = []
    if number:
        ways.append(Reach(number, f"tel:{dialled(number)}"))
    if address:
        ways.append(Reach(address, f"mailto:{quote(address, safe='@')}"))
    prefers = preferring(client.preferred_channel) if client.preferred_channel else ""
    if not (client.contact or ways or prefers):
        return None
    return Who(client.contact or "", tuple(ways), prefers)


def lines(site: Site, view: ClientView) -> Iterator[Line]:
    """Silence against the line, promises, and what was left for the owner, as far as there are any."""
    then = site.before.get(view.name)
    if site.sees("matrix"):
        yield from _silence(site, view)
        yield from _promises(view, then)
    yield from _left(site, view, then)


def _silence(site: Site, view: ClientView) -> Iterator[Line]:
    quiet = view.findings.seen.silence
    if quiet.silence_days is None or quiet.client_ended:
        return
    left = quiet.red_line_days - quiet.silence_days
    figure, tone = f"{days(left)} left", "good" if view.state is SilenceState.IN_TOUCH else "due"
    if left < 0:
        figure, tone = f"{-left:,} over", "over" if view.findings.seen.is_running else ""
    changed = [
        f"{one.words} since {day(site.report.before.as_of)}{_turn(one.direction)}"
        for one in site.changes_of.get(view.name, ())
        if one.figure in ("below_red_line", "lapsed")
    ]
    yield Line(
        "Silence",
        f"{days(quiet.silence_days)}; accepts {quiet.red_line_days:,}",
        figure,
        tone,
        change="; ".join(changed),
    )


def _turn(direction: Turn) -> str:
    return "" if direction is Turn.NEITHER else f": {direction}"


def _promises(view: ClientView, then: ClientFindings | None) -> Iterator[Line]:
    """Those of the last 12 months: kept by their day, or not."""
    part = _reliability(view.findings)
    kept, due = part.numerator, part.denominator
    if not due:
        return
    yield Line(
        "Promises",
        "",
        f"{kept} of {due} kept",
        "" if kept == due else "over",
        _dots(view, part) if due <= _DOTS_AT_MOST else (),
        _since(part, _reliability(then)) if then else "",
    )


def _reliability(client: ClientFindings) -> Part:
    return next(one for one in client.trust.care.parts if one.name is TrustPart.RELIABILITY)


def _dots(view: ClientView, part: Part) -> tuple[str, ...]:
    kept, broken = frozenset(part.rows), frozenset(part.counter_rows)
    promised = [one for one in view.findings.seen.touchpoints if one.row in kept | broken]
    promised.sort(key=lambda one: (one.promised_for or one.date, one.row))
    return tuple("kept" if one.row in kept else "broken" for one in promised)


def _since(now: Part, then: Part) -> str:
    broken = (now.denominator - now.numerator) - (then.denominator - then.numerator)
    if broken > 0:
        return f"{in_words(broken)} more broken than a month ago: worse"
    return "better than a month ago" if now.numerator > then.numerator else ""


def _left(site: Site, view: ClientView, then: ClientFindings | None) -> Iterator[Line]:
    """What was left for the owner; of whom nothing was bought, the time that they took."""
    worth = view.findings.worth
    if not worth.sales_total or worth.profit is None:
        if worth.minutes:
            yield Line("Your time", "", hours(worth.minutes))
        return
    was = then.worth.profit if then else None
    difference = Decimal() if was is None else worth.profit - was
    is_news = abs(difference) * _NEWS_FROM >= abs(worth.profit) and difference
    turn = "more than a month ago: better" if difference > 0 else "less than a month ago: worse"
    yield Line(
        "Left for you",
        f"{site.money(worth.sales_total)} less costs{_time(worth.minutes)}",
        site.money(worth.profit),
        "" if worth.profit >= 0 else "over",
        change=f"{site.money(abs(difference))} {turn}" if is_news else "",
    )


def _time(minutes: int) -> str:
    if not minutes:
        return ""
    return f" and your {hours(minutes) if minutes < 600 else f'{round(minutes / 60):,} hours'}"
