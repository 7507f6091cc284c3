"""What would have kept each client above the red line, and what that would have cost (SPEC 2, 000).

A spell below the line is prevented by light touches, each as late as the one before it allows. Touches that
fall close together for a shop or a subscription are one mailing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from statistics import median

from reportgen.evidence.evidence import Evidence
from reportgen.evidence.red_line import Spell, spells
from reportgen.evidence.working_days import is_working_day
from reportgen.model import Activity, BusinessModel, Kind, MinutesRecorded
from reportgen.reading.catalogue import built_in
from reportgen.settings.settings import Settings
from reportgen.values import dataclass
from reportgen.words import plain

_DAY = timedelta(days=1)

ADVICE_DAYS = 365
"""A spell that began longer ago is history, not advice (SPEC 2)."""

LIGHT_TOUCHES = (
    "Check-in",
    "Follow-up",
    "Postcard",
    "Email",
    "Message",
    "News or event",
    "Product update",
    "Added value",
    "Reminder of need",
)
"""What an owner can send to one client on any day, unasked and without an appointment.

These contacts of the catalogue are left out: calls, meetings and all else that takes the client's time;
answers (objection, complaint, support), which need a question; steps of a project (proposal, agenda,
delivery); requests for a favour, which should not end a silence; the wow and the greeting, which have
their own days; newsletters and promotions, which go to everybody at once; rewards, which cost money
rather than minutes (the loyalty ladder weighs them). So insight, loyalty, accessibility, satisfaction,
involvement and help have a light touch only where the owner names one.
"""

LIGHT_TOUCHES_FOR_CUSTOMERS = ("Thank-you", "Survey")
"""The light touches that make sense only after a first purchase."""


@dataclass(frozen=True, slots=True)
class LightTouch:
    """A small one-way contact of a known kind, and what it takes."""

    activity: Activity
    kind: Kind
    minutes: int
    for_customers: bool
    """Whether it makes sense only after a first purchase."""


def light_touches(everyone: Sequence[Evidence], settings: Settings) -> tuple[LightTouch, ...]:
    """The light touches at hand: the catalogue's in a fixed order, then the owner's by name.

    One of the owner's activities in Touchpoints is a light touch when it connects, goes one way, has a
    kind, and its usual minutes are within a light touch's. The minutes of each are the usual ones, else
    the median of those recorded in this book, else a light touch's.
    """
    used: dict[str, Activity] = {}
    recorded: defaultdict[str, list[int]] = defaultdict(list)
    compared: dict[str, str] = {}
    for seen in everyone:
        for touchpoint in seen.touchpoints:
            written = touchpoint.activity.name
            name = compared.get(written) or compared.setdefault(written, plain(written))
            used[name] = touchpoint.activity
            if touchpoint.minutes and touchpoint.minutes_recorded == MinutesRecorded.RECORDED:
                recorded[name].append(touchpoint.minutes)
    known = built_in().activities
    owners = [
        used[name].name
        for name in sorted(used)
        if name not in known
        and not used[name].two_way
        and (used[name].usual_minutes or settings.light_touch_minutes + 1)
        <= settings.light_touch_minutes
    ]
    found = []
    for word in (*LIGHT_TOUCHES, *LIGHT_TOUCHES_FOR_CUSTOMERS, *owners):
        name = plain(word)
        activity = used.get(name) or known[name]
        if not activity.connects or activity.kind is None:
            continue
        usual = ceil(median(recorded[name])) if recorded[name] else settings.light_touch_minutes
        found.append(
            LightTouch(
                activity,
                activity.kind,
                usual if activity.usual_minutes is None else activity.usual_minutes,
                word in LIGHT_TOUCHES_FOR_CUSTOMERS,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Touch:
    """A light touch with the day on which it would have been in time."""

    day: date
    light: LightTouch


@dataclass(frozen=True, slots=True)
class Prevention:
    """The touches that could have prevented one spell, in order of day."""

    spell: Spell
    touches: tuple[Touch, ...]


def preventions(
    seen: Evidence, light: Sequence[LightTouch], settings: Settings
) -> tuple[Prevention, ...]:
    """What could have prevented each spell that began in the last 365 days, oldest first.

    Each touch is the cheapest of the kind that this client had least of by its day, no kind twice
    running. A touch proposed before counts as had. Of kinds had equally little it is the one with the
    cheaper touch, then the one that 002 names first; of equally cheap touches the earlier in ``light``.
    Without a light touch there is nothing to propose.
    """
    lately = [
        spell for spell in seen.silence.spells if (seen.as_of - spell.first).days <= ADVICE_DAYS
    ]
    if not lately:
        return ()
    order = list(Kind)
    by_cost = sorted(light, key=lambda touch: (touch.minutes, order.index(touch.kind)))
    felt = [t for t in seen.touchpoints if t.activity.connects and t.activity.kind is not None]
    had: Counter[Kind | None] = Counter()
    counted, before = 0, None
    found = []
    for spell in lately:
        touches = []
        for day in _touch_days(seen, spell, settings):
            until = bisect_left(felt, day, lo=counted, key=lambda t: t.date)
            had.update(t.activity.kind for t in felt[counted:until])
            counted = until
            bought = seen.is_customer and seen.purchases[0].first < day
            at_hand = [touch for touch in by_cost if bought or not touch.for_customers]
            fresh = [touch for touch in at_hand if touch.kind is not before]
            best = min(fresh or at_hand, key=lambda touch: had[touch.kind], default=None)
            if best is not None:
                before = best.kind
                had[before] += 1
                touches.append(Touch(day, best))
        found.append(Prevention(spell, tuple(touches)))
    return tuple(found)


def _touch_days(seen: Evidence, spell: Spell, settings: Settings) -> list[date]:
    """The days of the touches that keep a spell from happening, as few as working days allow.

    Each lies on the last day that the contact before it allows, which is the first that would be below
    the line without it, or on the last working day before. Where no working day lies between the two, it
    stays where it is.
    """
    contact = seen.contact_days[bisect_left(seen.contact_days, spell.first) - 1]
    days: list[date] = []
    while left := spells([contact], seen.silence.norms, contact, spell.last):
        latest = left[0].first
        between = (latest - _DAY * back for back in range((latest - contact).days))
        contact = next((day for day in between if is_working_day(day, settings)), latest)
        days.append(contact)
    return days


@dataclass(frozen=True, slots=True)
class Staying:
    """What it would have cost to stay above the red line."""

    touches: int
    mailed: int
    """How many of the touches a mailing would have been."""
    mailings: int
    """How many mailings reach everyone of a shop or a subscription whose touch was due."""
    minutes: int
    """Of the touches with other clients, and of the mailings."""
    minutes_spent: int
    """Of all touchpoints in W, to compare."""

    @property
    def share(self) -> float | None:
        """The minutes it would have cost ÷ those spent, 0 or more; None when none were."""
        return self.minutes / self.minutes_spent if self.minutes_spent else None


MAILED = (BusinessModel.PRODUCT, BusinessModel.SUBSCRIPTION)
"""The business models in which one letter serves everybody."""


def staying_above(
    found: Iterable[tuple[Evidence, Sequence[Prevention]]], settings: Settings
) -> Staying:
    """What the touches that prevent these clients' spells cost together; all zero for nobody."""
    mailed: list[date] = []
    single = spent = 0
    for seen, prevented in found:
        days = [touch.day for one in prevented for touch in one.touches]
        if seen.business_model in MAILED:
            mailed += days
        else:
            single += len(days)
        spent += sum(t.minutes for t in seen.lately)
    mailings = fewest_mailings(mailed, settings.mailing_reach_days)
    return Staying(
        touches=single + len(mailed),
        mailed=len(mailed),
        mailings=mailings,
        minutes=single * settings.light_touch_minutes + mailings * settings.mailing_minutes,
        minutes_spent=spent,
    )


def fewest_mailings(days: Iterable[date], reach: int) -> int:
    """The fewest mailings such that each day lies within ``reach`` days of one of them."""
    mailings, covered_to = 0, date.min
    for day in sorted(days):
        if day > covered_to:
            mailings += 1
            covered_to = day + timedelta(days=2 * reach)
    return mailings
