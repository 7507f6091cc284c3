"""Sections 8 and 9: what is due, the month's plan, and whether an earlier one would have helped."""

from __future__ import annotations

import calendar
import datetime as dt
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from oracle.answers import answer_to
from oracle.boundaries import Boundaries
from oracle.health import could_stop, stopped
from oracle.past import DAY, Past, month_end, months_before, same_name
from oracle.purchases import first_purchase, purchases
from oracle.red_line import lapsed, running, silence_of, works
from oracle.stages import (
    has_plan,
    is_customer,
    is_loyal_by_purchases,
    is_prospect,
    lifecycle,
    relationship,
    seven_contacts,
)
from oracle.trust import Trust, never_met

OWED = ("complaint", "promise", "answer")
REPAIR = (*OWED, "silence")
FAVOURS = ("greeting", "referral", "testimonial", "survey", "wow")
ORDER = (
    *REPAIR, "greeting", "promise to come", "plan", "prospect", "invoice", "boundary",
    "referral", "testimonial", "survey", "wow",
)  # fmt: skip
WAITS_FOR = {
    "plan": (*OWED, "invoice"),
    "prospect": ("complaint",),
    "boundary": (*REPAIR, "invoice", "prospect"),
}


@dataclass
class Thing:
    """One thing that is due."""

    what: str
    since: dt.date
    minutes: int
    day: dt.date | None = None
    letter: str = ""


def open_on(past: Past, done: dt.date | None) -> bool:
    """Whether it is not done, resolved or paid by T."""
    return done is None or done > past.day


def owed(past: Past, last: dt.date) -> list[Thing]:
    """“Promises to keep, answers owed, complaints, silence”, overdue invoices."""
    settings, found = past.settings, []
    for row in past.touchpoints:
        if row.signal == "complaint" and open_on(past, row.resolved_on):
            found.append(Thing("complaint", row.date, settings.complaint_minutes))
        if row.promised_for and row.promised_for <= last and open_on(past, row.done_on):
            late = row.promised_for < past.day
            found.append(
                Thing(
                    "promise" if late else "promise to come",
                    row.promised_for,
                    settings.promise_minutes,
                    None if late else row.promised_for,
                )
            )
    waiting = [
        row.date
        for row in past.year_touchpoints
        if row.direction == "in" and row.signal != "complaint" and answer_to(past, row) is None
    ]
    if waiting:
        found.append(Thing("answer", max(waiting), settings.answer_minutes))
    if silence_of(past).is_below and not lapsed(past):
        found.append(Thing("silence", past.contact_days[-1], settings.light_touch_minutes))
    days = [
        row.due_on
        for row in past.sales
        if row.amount > 0 and row.due_on and row.due_on < past.day and open_on(past, row.paid_on)
    ]
    if days:
        late = (past.day - min(days)).days
        step = 1 + (late > settings.second_reminder_days) + (late > settings.third_reminder_days)
        found.append(Thing("invoice", min(days), settings.light_touch_minutes, letter=str(step)))
    return found


def talks(past: Past, usual: float) -> list[Thing]:
    """“Prospects short of what it usually takes, plans for clients who have all of commitment but a
    plan, boundary talks”; nobody plans the next pair of shoes with a shop."""
    settings, found = past.settings, []
    after = past.year[0]
    if (
        past.model != "product"
        and len(purchases(past)) >= 2
        and is_loyal_by_purchases(past)
        and not has_plan(past)
        and (silence_of(past).below_share(after) or 0) <= settings.commitment_below_share
    ):
        found.append(Thing("plan", past.day, settings.plan_minutes))
    ideal = past.client.contact_every_days or -(-past.red_line // 2)
    silent = silence_of(past).silence
    due = silent is not None and ideal < silent <= past.red_line
    if is_prospect(past) and due and len(past.contact_days) < usual:
        found.append(Thing("prospect", past.day, settings.light_touch_minutes))
    if Boundaries(past).level == "act":
        found.append(Thing("boundary", past.day, settings.boundary_minutes))
    return found


def yearly(born: dt.date, year: int) -> dt.date:
    """The birthday or anniversary of a year; 29 February is kept on the 28th in others."""
    leap_day = (born.month, born.day) == (2, 29) and not calendar.isleap(year)
    return dt.date(year, born.month, 28 if leap_day else born.day)


def special_day(past: Past) -> tuple[dt.date, str] | None:
    """“A birthday or a yearly anniversary of the first purchase in the 31 days after T”."""
    first = first_purchase(past)
    found = [
        (day, number)
        for number, born in enumerate((past.client.birthday, first))
        for year in (past.day.year, past.day.year + 1)
        if born
        for day in [yearly(born, year)]
        if past.day < day <= past.day + dt.timedelta(days=past.settings.greeting_days)
        if number == 0 or year > born.year
    ]
    return min(found, default=None)


def within(past: Past, rows, days: int) -> bool:
    """Whether the last of some days is less than so many days ago."""
    return any((past.day - row).days < days for row in rows)


def asked(past: Past, role: str, signal: str | None = None) -> list[dt.date]:
    """The days on which something was asked for or sent."""
    return [
        row.date
        for row in past.touchpoints
        if row.activity.role == role or (signal and row.signal == signal)
    ]


def good(past: Past, row) -> bool:
    """“A score ≥ 0.9 of its maximum”."""
    share = Decimal(str(past.settings.good_score))
    return row.score is not None and bool(row.out_of) and row.score / row.out_of >= share


def favours(past: Past, index: float | None, middle: Decimal) -> list[Thing]:
    """The opportunities of section 8."""
    settings, found = past.settings, []
    after, to = past.year
    feedback = [row for row in past.record.feedback if row.date <= to]
    complained = any(
        row.signal == "complaint" and open_on(past, row.resolved_on) for row in past.touchpoints
    )
    special = special_day(past)
    if special:
        found.append(
            Thing("greeting", to, settings.light_touch_minutes, special[0], str(special[1]))
        )
    now = past.sales_in(past.year)
    bought = past.purchase_days if is_customer(past) else []
    last = bought[-1] if bought else (purchases(past)[-1].first if is_customer(past) else None)
    ago = (to - last).days if last else None
    close = relationship(past) in ("commitment", "convergence") or lifecycle(past) == "loyalty"
    liked = (
        any(after < row.date and good(past, row) for row in feedback)
        or any(row.signal == "advice asked" for row in past.year_touchpoints)
        or (index is not None and index >= settings.high_trust)
    )
    referrals = asked(past, "referral request", "referral asked")
    again = within(past, referrals, settings.referral_again_days)
    if close and not silence_of(past).is_below and not complained and liked and not again:
        found.append(Thing("referral", to, settings.light_touch_minutes))
    scored = [row for row in feedback if row.score is not None and row.out_of]
    given = any(row.kind == "testimonial" for row in feedback) or any(
        row.signal == "testimonial given" for row in past.touchpoints
    )
    requests = asked(past, "testimonial request", "testimonial asked")
    again = given or within(past, requests, settings.testimonial_again_days)
    pleased = any(after < day for day in bought) and scored and good(past, scored[-1])
    if pleased and not complained and not again:
        found.append(Thing("testimonial", to, settings.light_touch_minutes))
    begin = to - dt.timedelta(days=settings.survey_within_days)
    lately = any(day > begin for day in bought)
    lately |= any(row.ends and begin < row.ends <= to for row in past.sales)
    surveys = asked(past, "survey") + [row.date for row in feedback if row.kind == "survey"]
    if lately and not within(past, surveys, settings.survey_again_days):
        found.append(Thing("survey", to, settings.light_touch_minutes))
    upper = is_customer(past) and now > 0 and now >= middle
    quiet = ago is not None and settings.wow_from_days <= ago <= settings.wow_until_days
    again = within(past, asked(past, "wow"), settings.wow_again_days)
    if upper and quiet and not lapsed(past) and not complained and not again:
        day = unexpected(past, special)
        found.append(Thing("wow", to, settings.light_touch_minutes, day))
    return found


def unexpected(past: Past, special) -> dt.date:
    """“The date it is best sent”: the first working day a week or more from T and from whatever is
    expected."""
    rows = (*past.record.touchpoints, *past.record.sales)
    expected = {row.date for row in rows if row.date > past.day} | (
        {special[0]} if special else set()
    )
    day = past.day + 7 * DAY
    while not works(past.settings, day) or any(abs((day - one).days) < 7 for one in expected):
        day += DAY
    return day


def stake(past: Past) -> Decimal:
    """“The client's sales in W (of the 12 months before where W has none)”."""
    after, to = past.year
    lately = any(after < row.date <= to for row in past.sales)
    return max(Decimal(0), past.sales_in(past.year if lately else past.year_before))


class Sorted:
    """What becomes of what is due with one running client."""

    def __init__(self, past: Past, things: list[Thing], last: dt.date) -> None:
        self.past, self.name = past, past.client.name
        limit = past.settings.stale_days
        self.stale = [t for t in things if t.what in OWED and (past.day - t.since).days > limit]
        fresh = [t for t in things if t not in self.stale]
        owing = [what for what in REPAIR if any(t.what == what for t in things)]
        asking = [t for t in fresh if t.what in FAVOURS]
        told = [t for t in fresh if t.what not in FAVOURS]
        causes = {t.what for t in told}
        self.waiting = [t for t in told if causes & set(WAITS_FOR.get(t.what, ()))]
        self.told = [t for t in told if t not in self.waiting]
        if owing:
            for thing in self.told:
                thing.letter = "1" if thing.what == "invoice" else thing.letter
        self.held = ([t.what for t in asking], owing) if owing and asking else None
        if not owing:
            ready = [t for t in asking if not (t.day and t.day > last)]
            busy = any(t.what != "promise to come" for t in self.told)
            self.told += [] if busy else ready[:1]
            self.waiting += [t for t in asking if t not in self.told]
        self.told.sort(key=lambda t: ORDER.index(t.what))
        self.minutes = sum(t.minutes for t in self.told)
        silent = silence_of(past)
        self.overdue = (
            max(0, silent.silence - past.red_line) / past.red_line if silent.is_below else 0
        )
        self.stake = stake(past)
        self.is_repair = any(t.what in REPAIR for t in self.told)
        self.since = min((t.since for t in self.told), default=None)

    @property
    def kind(self) -> tuple[str, str] | None:
        """What a mailing would be about; None for what is owed, talked about, or more than one thing."""
        if len(self.told) != 1 or self.told[0].what in (*OWED, "promise to come", "boundary"):
            return None
        if self.past.model not in ("product", "subscription"):
            return None
        return self.told[0].what, self.told[0].letter


def sorted_out(pasts: list[Past]) -> list[Sorted]:
    """Each running client with what is due."""
    if not pasts:
        return []
    settings = pasts[0].settings
    contacts = seven_contacts(pasts)
    few = contacts["converted"] < 5
    usual = settings.contacts_before_sale if few else contacts["won_after"]
    unrecorded = never_met(pasts)
    customers = [past.sales_in(past.year) for past in pasts if is_customer(past)]
    middle = statistics.median(customers) if customers else Decimal(0)
    last = month_end(pasts[0].day + DAY) if month_end(pasts[0].day) == pasts[0].day else None
    last = last or month_end(pasts[0].day)
    return [
        Sorted(
            past,
            [
                *owed(past, last),
                *talks(past, usual),
                *favours(past, Trust(past, unrecorded).index, middle),
            ],
            last,
        )
        for past in pasts
        if running(past)
    ]


def plan(pasts: list[Past]) -> dict:
    """The month's plan: whom in which order with what, the mailings, and everything that is not in it."""
    settings, day = pasts[0].settings, pasts[0].day
    clients = sorted_out(pasts)
    kinds = defaultdict(list)
    for one in clients:
        if one.told and one.kind:
            kinds[one.kind].append(one)
    mailings = {kind: to for kind, to in kinds.items() if len(to) >= settings.mailing_clients}
    mailed = [one for to in mailings.values() for one in to]
    tasks = [(order(one), one.minutes, [one]) for one in clients if one.told and one not in mailed]
    tasks += [(order_of(to), settings.mailing_minutes, to) for to in mailings.values()]
    first = day + DAY if month_end(day) == day else day
    left = settings.relationship_minutes_per_week * ((month_end(first) - first).days + 1) // 7
    actions, sent, waiting = [], [], []
    for _, minutes, to in sorted(tasks, key=lambda task: task[0]):
        alone = to[0] not in mailed
        if minutes > left or (alone and len(actions) == settings.plan_clients):
            waiting += [(one.name, thing.what) for one in to for thing in one.told]
            continue
        left -= minutes
        if alone:
            actions.append((to[0].name, [t.what for t in to[0].told], minutes, float(to[0].stake)))
        else:
            names = sorted(one.name for one in to)
            sent.append((to[0].kind[0], names, float(sum(one.stake for one in to))))
    gone = sorted(
        (one for one in pasts if lapsed(one)),
        key=lambda one: (-last_good_year(one), same_name(one.client.name)),
    )
    back = [one.client.name for one in gone if last_good_year(one) > 0][:3]
    return {
        "actions": actions,
        "mailings": sent,
        "waiting": Counter(waiting)
        + Counter((one.name, thing.what) for one in clients for thing in one.waiting),
        "stale": Counter((one.name, thing.what) for one in clients for thing in one.stale),
        "held_back": {one.name: one.held for one in clients if one.held},
        "win_back": back,
        "let_go": sorted(one.client.name for one in gone if one.client.name not in back),
    }


def last_good_year(past: Past) -> Decimal:
    """“Their sales of the last 12 months in which they bought”."""
    days = past.purchase_days if is_customer(past) else []
    last = days[-1] if days else (purchases(past)[-1].first if is_customer(past) else None)
    if last is None:
        return Decimal(0)
    return max(Decimal(0), past.sales_in((months_before(last, 12), last)))


def order(one: Sorted):
    """“Repair before the rest; within it by what is at stake …, then how far overdue”."""
    return (not one.is_repair, -one.stake, -one.overdue, one.since, same_name(one.name))


def order_of(to: list[Sorted]):
    """The same of a mailing, whose stake is that of all."""
    first = min(to, key=order)
    total = sum(one.stake for one in to)
    return (not first.is_repair, -total, 0, min(one.since for one in to), same_name(first.name))


def replay(pasts: list[Past]) -> dict:
    """“The plan as it would have stood six months before T (the ten with the most at stake, repair and
    asking alike). Of the sales, in the 12 months before that day, of the clients running then who bought
    nothing since (whose term ended): the share that stood with clients in that plan …; beside it the
    share for as many clients chosen by overdue alone, and by chance. n/a under five such clients.”"""
    then = [past.on(months_before(past.day, 6)) for past in pasts]
    due = {one.name: one for one in sorted_out(then) if one.told}
    table = pd.DataFrame(
        {
            "name": [one.client.name for one in then],
            "running": [running(one) for one in then],
            "left": [
                could_stop(one) and stopped(past, one)
                for past, one in zip(pasts, then, strict=True)
            ],
            "brought": [float(max(Decimal(0), one.sales_in(one.year))) for one in then],
            "stake": [float(stake(one)) for one in then],
            "silence": [(silence_of(one).silence or 0) / one.red_line for one in then],
            "key": [same_name(one.client.name) for one in then],
        }
    )
    table = table[table["running"]]
    table["due"] = table["name"].isin(due)
    table["over"] = (table["silence"] - 1).clip(lower=0)
    most = table[table["due"]].sort_values(
        ["stake", "over", "key"], ascending=[False, False, True], kind="stable"
    )
    chosen = most.head(pasts[0].settings.plan_clients)["name"]
    overdue = table.sort_values(["silence", "key"], ascending=[False, True], kind="stable")
    late = overdue.head(len(chosen))["name"]
    left = table[table["left"]].set_index("name")["brought"]
    known = len(left) >= 5 and left.sum() > 0

    def share(names) -> float | None:
        return left[left.index.isin(names)].sum() / left.sum() if known else None

    return {
        "caught": share(chosen),
        "by_overdue": share(late),
        "by_chance": len(chosen) / len(table) if known else None,
        "sales": left.sum(),
        "left": sorted(left.index, key=same_name),
        "clients": sorted(left.index[left.index.isin(chosen)], key=same_name),
    }
