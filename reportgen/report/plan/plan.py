"""One plan a month: one message a client, by what is at stake, within the owner's time (SPEC 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import islice

from reportgen import words
from reportgen.analyses.lifecycle import SevenContacts
from reportgen.evidence.evidence import Evidence
from reportgen.model import BusinessModel, name_key
from reportgen.periods import Window, months_before, within, year_before, year_to
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings, Findings, running
from reportgen.report.plan.channel import Channel, channel
from reportgen.report.plan.due import FAVOURS, OWED, REPAIR, TO_ALL, WAITS_FOR, Cause, Due, due
from reportgen.report.plan.month import Month, Wanted, month_of, spread
from reportgen.settings.settings import Settings
from reportgen.shares import TOO_FEW
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One message to one client, with everything that is due with them."""

    client: str
    due: tuple[Due, ...]
    """In the order in which the message speaks of them."""
    channel: Channel
    at_stake: Decimal
    """The client's sales in W, or of the 12 months before where W has none."""
    overdue: float
    """How far the silence exceeds the red line, in red lines."""
    day: date
    start: time

    @property
    def whom(self) -> str:
        """The client’s name."""
        return self.client

    @property
    def minutes(self) -> int:
        """Of all that is due, together."""
        return sum(one.minutes for one in self.due)

    @property
    def is_repair(self) -> bool:
        """Whether something is to be put right."""
        return any(one.cause in REPAIR for one in self.due)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters whose words the message has, each once."""
        return tuple(dict.fromkeys(one.letter for one in self.due))

    @property
    def what(self) -> str:
        """``Keep your promise: send the quote; get back in touch with Ann``."""
        first, *others = [one.what for one in self.due]
        return "; ".join([first, *(f"{other[:1].lower()}{other[1:]}" for other in others)])

    @property
    def why(self) -> str:
        """A sentence for each."""
        return " ".join(one.why for one in self.due)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows behind it, each once."""
        return tuple(dict.fromkeys(row for one in self.due for row in one.rows))


@dataclass(frozen=True, slots=True)
class Mailing:
    """One letter to several clients of a shop or a subscription: one task."""

    cause: Cause
    letter: str
    to: tuple[Action, ...]
    """What each of them would have had alone, most at stake first."""
    minutes: int
    day: date
    start: time

    @property
    def whom(self) -> str:
        """``46 clients at once``."""
        return f"{words.count(len(self.to), 'client')} at once"

    @property
    def what(self) -> str:
        """``Send the short survey``; what is said of one client has no name and no number in it."""
        first, *_ = self.to
        return TO_ALL.get(self.cause, first.what)

    @property
    def why(self) -> str:
        """A sentence."""
        return f"The same letter is due for {words.count(len(self.to), 'client')}: one mailing."

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of everybody, each once."""
        return tuple(dict.fromkeys(row for one in self.to for row in one.rows))

    @property
    def clients(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(one.client for one in self.to)

    @property
    def at_stake(self) -> Decimal:
        """Of all of them."""
        return sum((one.at_stake for one in self.to), Decimal())

    @property
    def is_repair(self) -> bool:
        """Whether it ends a silence."""
        return self.cause in REPAIR


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due and has no room in the month, or not in this message."""

    client: str
    due: tuple[Due, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Stale:
    """Something owed for so long that the question is whether it was done: a cell to fill."""

    client: str
    due: Due


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Favours that nobody asks for until something is put right."""

    client: str
    what: tuple[Cause, ...]
    by: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A lapsed client, with what was due when they fell silent."""

    client: str
    sales: Decimal
    """Of the last 12 months in which they bought."""
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The lapsed clients: the few to win back, and the others to let go."""

    win_back: tuple[Gone, ...]
    let_go: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The month's plan, and everything that is due and not in it."""

    month: Month
    room: int
    """The owner's minutes in the month."""
    actions: tuple[Action, ...]
    """Repair before the rest, then by what is at stake, whatever their days."""
    mailings: tuple[Mailing, ...]
    """In the same order."""
    waiting: tuple[Waiting, ...]
    stale: tuple[Stale, ...]
    """Most at stake first."""
    held_back: dict[str, HeldBack]
    """Client → what is held back, in order of name; only of whom something is."""
    lapsed: Lapsed

    @property
    def minutes(self) -> int:
        """What the month takes, mailings too."""
        return sum(one.minutes for one in self.by_day)

    @property
    def tasks(self) -> tuple[Action | Mailing, ...]:
        """Everything to do, by what is at stake."""
        return tuple(_in_order([*self.actions, *self.mailings]))

    @property
    def by_day(self) -> tuple[Action | Mailing, ...]:
        """Everything to do, in order of day and time."""
        everything: list[Action | Mailing] = [*self.mailings, *self.actions]
        return tuple(sorted(everything, key=lambda one: (one.day, one.start)))


WON_BACK_AT_MOST = 3
"""How many lapsed clients a month are worth an attempt (SPEC 9)."""


def plan(found: Findings, settings: Settings) -> Plan:
    """The plan of the month after a day; the same for any order of the workbook's rows."""
    month = month_of(found.as_of)
    usual = usual_contacts(found.seven_contacts, settings)
    owed = {client.name: due(client, usual, month.last, settings) for client in found.clients}
    sorted_out = [
        _sorted_out(client, owed[client.name], month, settings) for client in running(found)
    ]
    wanted, alone = _mailings([one.action for one in sorted_out if one.action], found, settings)
    chosen, waiting = _fitting(_in_order([*wanted, *alone]), month, settings)
    placed = _on_their_days(chosen, month, settings)
    return Plan(
        month=month,
        room=month.minutes(settings),
        actions=tuple(one for one in placed if isinstance(one, Action)),
        mailings=tuple(one for one in placed if isinstance(one, Mailing)),
        waiting=(*waiting, *(wait for one in sorted_out for wait in one.waiting)),
        stale=tuple(
            stale
            for one in sorted(sorted_out, key=lambda one: -one.at_stake)
            for stale in one.stale
        ),
        held_back={
            one.held_back.client: one.held_back for one in sorted_out if one.held_back is not None
        },
        lapsed=_lapsed([client for client in found.clients if client.seen.lapsed], owed),
    )


def most_at_stake(found: Findings, settings: Settings) -> tuple[Action, ...]:
    """Whom the plan of a day would have had, repair and asking alike, by what was at stake alone.

    As many as the plan takes; their days and the owner's time are left aside.
    """
    usual = usual_contacts(found.seven_contacts, settings)
    month = month_of(found.as_of)
    clients = sorted(running(found), key=lambda client: _most_at_stake_first(client.seen))
    actions = (_action(client, usual, month, settings) for client in clients)
    return tuple(islice((one for one in actions if one is not None), settings.plan_clients))


def _most_at_stake_first(seen: Evidence) -> tuple[Decimal, float, str]:
    return -stake(seen), -(seen.silence.overdue or 0), name_key(seen.name)


def _action(
    client: ClientFindings, usual: float, month: Month, settings: Settings
) -> Action | None:
    """The message to one client in a month; None where nothing is due."""
    owed = due(client, usual, month.last, settings)
    return _sorted_out(client, owed, month, settings).action


def usual_contacts(found: SevenContacts, settings: Settings) -> float:
    """How many contacts it takes to win a client: the owner's median, of a few clients the setting."""
    won_after = found.won_after
    few = len(found.before_first_purchase) < TOO_FEW
    return settings.contacts_before_sale if few or won_after is None else won_after


@dataclass(frozen=True, slots=True)
class _SortedOut:
    """What becomes of everything that is due with one running client."""

    at_stake: Decimal
    action: Action | None
    waiting: tuple[Waiting, ...]
    stale: tuple[Stale, ...]
    held_back: HeldBack | None


def _sorted_out(
    client: ClientFindings, owed: Sequence[Due], month: Month, settings: Settings
) -> _SortedOut:
    name, as_of = client.name, client.seen.as_of
    stale = [one for one in owed if _is_stale(one, as_of, settings)]
    fresh = [one for one in owed if not _is_stale(one, as_of, settings)]
    favours = [one for one in fresh if one.cause in FAVOURS]
    now = [one for one in fresh if one.cause not in FAVOURS]
    by = tuple(dict.fromkeys(one.cause for one in owed if one.cause in REPAIR))
    if by:  # who has something to put right threatens nobody
        now = [_mild(one) for one in now]
    now, waiting = _talked_of_now(name, now)
    held = None
    if by and favours:
        held = HeldBack(name, tuple(one.cause for one in favours), by)
    elif favours:
        chosen, later = _one_favour(name, favours, now, month)
        now += chosen
        waiting += later
    at_stake = stake(client.seen)
    action = Action(
        client=name,
        due=tuple(now),
        channel=channel(client.seen.client, settings),
        at_stake=at_stake,
        overdue=client.seen.silence.overdue or 0,
        day=month.first,
        start=settings.opens,
    )
    return _SortedOut(
        at_stake=at_stake,
        action=action if now else None,
        waiting=tuple(waiting),
        stale=tuple(Stale(name, one) for one in stale),
        held_back=held,
    )


def _is_stale(one: Due, as_of: date, settings: Settings) -> bool:
    return one.cause in OWED and (as_of - one.since).days > settings.stale_days


def _mild(one: Due) -> Due:
    return replace(one, letter="payment-reminder-1") if one.cause is Cause.INVOICE else one


def _talked_of_now(client: str, owed: Sequence[Due]) -> tuple[list[Due], list[Waiting]]:
    """What the month's message speaks of, and the talks that wait for another."""
    causes = {one.cause for one in owed}
    now: list[Due] = []
    later: list[Due] = []
    for one in owed:
        waits = causes & WAITS_FOR.get(one.cause, frozenset())
        (later if waits else now).append(one)
    return now, [Waiting(client, (one,), _after(now[0])) for one in later]


def _after(first: Due) -> str:
    return f"One thing at a time: first “{first.what}”."


def _one_favour(
    client: str, favours: Sequence[Due], others: Sequence[Due], month: Month
) -> tuple[list[Due], list[Waiting]]:
    """The favour that goes into the month's message, and those that wait for another."""
    asking = [one for one in others if one.cause is not Cause.PROMISED]
    later = [one for one in favours if one.day is not None and one.day > month.last]
    ready = [one for one in favours if one not in later]
    chosen = [] if asking else ready[:1]
    waiting = [
        Waiting(client, (one,), f"Its day is {words.day(one.day)}, after this plan.")
        for one in later
    ]
    first = asking or chosen
    waiting += [Waiting(client, (one,), _after(first[0])) for one in ready if one not in chosen]
    return chosen, waiting


def stake(seen: Evidence) -> Decimal:
    """The sales in W, of the 12 months before where W has none; at least 0."""
    year = year_to(seen.as_of)
    lately = within(seen.sales, year, lambda sale: sale.date)
    return max(Decimal(), seen.sales_in(year if lately else year_before(seen.as_of)))


def _in_order(wanted: Iterable[Action | Mailing]) -> list[Action | Mailing]:
    """Repair before the rest, then by what is at stake, then by how far overdue."""

    def key(one: Action | Mailing) -> tuple[object, ...]:
        overdue = one.overdue if isinstance(one, Action) else 0
        since = min(due.since for due in _due(one))
        name = one.client if isinstance(one, Action) else one.clients[0]
        return (not one.is_repair, -one.at_stake, -overdue, since, name_key(name))

    return sorted(wanted, key=key)


def _each(one: Action | Mailing) -> tuple[Action, ...]:
    return (one,) if isinstance(one, Action) else one.to


_MAILED = frozenset(
    {
        Cause.SILENCE,
        Cause.PROSPECT,
        Cause.PLAN,
        Cause.INVOICE,
        Cause.GREETING,
        Cause.REFERRAL,
        Cause.TESTIMONIAL,
        Cause.SURVEY,
        Cause.WOW,
    }
)
"""The causes whose letter is the same for everyone: what is owed to one person goes to that person."""


def _mailings(
    actions: Sequence[Action], found: Findings, settings: Settings
) -> tuple[list[Mailing], list[Action]]:
    """The mailings, and the actions that stay alone."""
    sells = {
        client.name
        for client in found.clients
        if client.seen.business_model in (BusinessModel.PRODUCT, BusinessModel.SUBSCRIPTION)
    }
    by_letter: dict[tuple[Cause, str], list[Action]] = defaultdict(list)
    for action in actions:
        first, *others = action.due
        if first.cause in _MAILED and not others and action.client in sells:
            by_letter[first.cause, first.letter].append(action)
    large = {key: to for key, to in by_letter.items() if len(to) >= settings.mailing_clients}
    mailings = [
        Mailing(
            cause,
            letter,
            tuple(one for one in _in_order(to) if isinstance(one, Action)),
            settings.mailing_minutes,
            to[0].day,
            to[0].start,
        )
        for (cause, letter), to in large.items()
    ]
    mailed = {name for one in mailings for name in one.clients}
    return mailings, [action for action in actions if action.client not in mailed]


def _fitting(
    wanted: Sequence[Action | Mailing], month: Month, settings: Settings
) -> tuple[list[Action | Mailing], list[Waiting]]:
    """What fits into the month, in the same order, and what waits."""
    left = month.minutes(settings)
    clients = 0
    chosen: list[Action | Mailing] = []
    waiting: list[Waiting] = []
    for one in wanted:
        why = None
        if isinstance(one, Action) and clients == settings.plan_clients:
            full = words.count_in_words(settings.plan_clients, "client")
            why = f"The plan has its {full}: repair comes first, then what is at stake."
        elif one.minutes > left:
            why = f"It takes {words.hours(one.minutes)}; {words.hours(left)} of the month are left."
        if why:
            waiting += [Waiting(each.client, each.due, why) for each in _each(one)]
            continue
        chosen.append(one)
        left -= one.minutes
        clients += isinstance(one, Action)
    return chosen, waiting


def _on_their_days(
    chosen: Sequence[Action | Mailing], month: Month, settings: Settings
) -> list[Action | Mailing]:
    wanted = [Wanted(one.minutes, one.is_repair, _day(one), _earliest(one)) for one in chosen]
    places = spread(wanted, month.working_days(settings), settings)
    return [
        replace(one, day=day, start=start) for one, (day, start) in zip(chosen, places, strict=True)
    ]


def _day(one: Action | Mailing) -> date | None:
    """The earliest day that something in it is for; a surprise may come on any later day, too."""
    days = [d.day for d in _due(one) if d.day is not None and d.cause is not Cause.WOW]
    return min(days, default=None)


def _earliest(one: Action | Mailing) -> date | None:
    return max(
        (d.day for d in _due(one) if d.day is not None and d.cause is Cause.WOW), default=None
    )


def _due(one: Action | Mailing) -> list[Due]:
    return [due for each in _each(one) for due in each.due]


def _lapsed(clients: Sequence[ClientFindings], owed: Mapping[str, tuple[Due, ...]]) -> Lapsed:
    gone = [
        Gone(client.name, _last_good_year(client.seen), owed[client.name]) for client in clients
    ]
    gone.sort(key=lambda one: (-one.sales, name_key(one.client)))
    back = tuple(one for one in gone if one.sales > 0)[:WON_BACK_AT_MOST]
    return Lapsed(back, tuple(one for one in gone if one not in back))


def _last_good_year(seen: Evidence) -> Decimal:
    """The sales of the last 12 months in which they bought: up to the last day on which they did."""
    last = seen.last_bought
    if last is None:
        return Decimal()
    return max(Decimal(), seen.sales_in(Window(months_before(last, 12), last)))
