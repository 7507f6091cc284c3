"""Evenhand Virtual Assistance: long clients, a good rhythm, and one who eats the evenings."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from diary import AS_OF, Diary, about, clock, working_day
from people import mail, phone

_BUSINESS = (
    ("Business name", "Evenhand Virtual Assistance"),
    ("Owner", "Tamsin Okoro"),
    ("Currency", "GBP"),
    ("Business model", "service"),
    ("Hourly rate", 34),
    ("Gross margin", "88 %"),
    ("Working days", "Mon-Fri"),
    ("Opens", time(9)),
    ("Closes", time(17)),
    ("Time zone", "Europe/London"),
    ("Country", "GB"),
    ("Preferred channels", "Email, Phone, Video"),
    ("Acquisition spend per month", 45),
    ("Wow budget", 25),
    ("Date order", "DMY"),
)


@dataclass(frozen=True, slots=True)
class _Retainer:
    """One client: since when, how often there is work, the usual hours of it, the monthly fee."""

    client: str
    contact: str
    trade: str
    source: str
    since: date
    weeks_between: int
    hours: float
    fee: int
    work: str
    ended: date | None


_RETAINERS = """
Quickfire Events | Dominic Vane | Events | Referral | 2024-09-02 | 1 | 2.5 | 780 | Inbox management
Ashdown Osteopathy | Meera Lakhani | Health | Website | 2023-11-06 | 1 | 2.0 | 320 | Inbox management
Plumtree Lettings | Graham Ollerton | Property | Networking | 2023-11-13 | 1 | 3.0 | 460 | Bookkeeping
Kestrel Coaching | Abi Falade | Coaching | Referral | 2023-12-04 | 1 | 1.5 | 260 | Social media
Wren & Daughters Upholstery | Sally Wren | Crafts | Website | 2024-01-15 | 2 | 2.0 | 170 | Bookkeeping
Dr Ines Carvalho | Ines Carvalho | Health | Referral | 2024-01-22 | 1 | 1.5 | 240 | Inbox management
Northlight Photography | Callum Reekie | Creative | Instagram | 2024-02-05 | 2 | 1.5 | 140 | Social media
Hargreave Tree Care | Pete Hargreave | Trades | Website | 2024-02-19 | 2 | 1.5 | 150 | Bookkeeping
Soapwort Skincare | Nkechi Eze | Shop | Instagram | 2024-03-11 | 1 | 2.0 | 340 | Social media
Tideline Surf School | Morwenna Pascoe | Leisure | Website | 2024-04-08 | 2 | 2.5 | 210 | Inbox management
Lumen Tutors | Farida Rahimi | Education | Networking | 2024-04-22 | 1 | 1.5 | 250 | Payroll
Bracken Architects | Iain Galbraith | Office | Referral | 2024-06-03 | 4 | 3.0 | 130 | Bookkeeping
Second Spring Yoga | Hetty Marlow | Health | Website | 2024-07-01 | 4 | 2.0 | 90 | Payroll
Mortimer & Sons Removals | Dean Mortimer | Trades | Referral | 2024-09-16 | 2 | 2.0 | 160 | Payroll
Glasswing Translations | Elif Demir | Office | Networking | 2024-10-07 | 4 | 2.0 | 95 | Bookkeeping
The Mending Room | Prudence Ogle | Crafts | Instagram | 2024-11-04 | 4 | 1.5 | 75 | Social media
Castleford Choir | Bernard Sykes | Charity | Referral | 2025-01-06 | 4 | 2.0 | 85 | Payroll
Juniper Catering | Renuka Pillai | Hospitality | Website | 2025-02-10 | 2 | 2.0 | 175 | Inbox management
Rowan Play Therapy | Bryony Keane | Health | Networking | 2025-04-07 | 2 | 1.5 | 145 | Inbox management
Stonechat Walks | Alun Prosser | Leisure | Website | 2025-06-02 | 4 | 1.5 | 70 | Content writing
Oyelaran Legal | Dapo Oyelaran | Office | Referral | 2025-09-01 | 1 | 2.0 | 330 | Inbox management
Cobalt Ceramics | Freya Lund | Crafts | Instagram | 2026-02-02 | 4 | 1.5 | 75 | Social media
Hollin Bakery | Martin Clough | Hospitality | Website | 2024-03-04 | 2 | 2.0 | 165 | Payroll | 2025-07-31
Zest Fitness | Kyra Bannister | Leisure | Instagram | 2024-05-13 | 4 | 2.0 | 95 | Social media | 2025-03-28
Verity Interiors | Verity Spall | Creative | Website | 2024-08-05 | 2 | 1.5 | 150 | Bookkeeping | 2026-05-29
"""

_REFERRED = {
    "Quickfire Events": "Kestrel Coaching",
    "Dr Ines Carvalho": "Ashdown Osteopathy",
    "Bracken Architects": "Plumtree Lettings",
    "Mortimer & Sons Removals": "Plumtree Lettings",
    "Castleford Choir": "Lumen Tutors",
    "Oyelaran Legal": "Dr Ines Carvalho",
}

_WORK = {
    "Inbox management": ("Inbox to zero", "Answers to enquiries", "Diary and inbox", "Sorted the backlog"),
    "Bookkeeping": ("Receipts and bank lines", "Month end", "Supplier bills", "VAT figures ready"),
    "Social media": ("Posts for the fortnight", "Pictures and captions", "Answered comments"),
    "Payroll": ("Payslips and pension", "Starter and leaver forms", "Holiday record"),
    "Content writing": ("Blog on winter walks", "Route page", "Newsletter text"),
}  # fmt: skip
_TALK = (
    "Plan for the month",
    "What to hand over next",
    "New booking form",
    "Who answers what while she is away",
    "Prices for next year",
    "How the enquiries are going",
)
_MAIL = (
    "Summary of the week",
    "Two bills to approve",
    "Question about a refund",
    "Draft reply for you to check",
    "Files are in the shared folder",
    "Reminder of the bank holiday",
)
_EVENING = (
    "Can you just change the guest list",
    "Table plan, version nine",
    "Taxi for the speaker tomorrow??",
    "Band wants to know about parking",
    "Please call the caterer first thing",
    "Sorry, me again: name badges",
    "Need the invoice template NOW",
    "Florist has cancelled",
)
_PROMISES = (
    "Send the summary",
    "Chase the supplier",
    "Draft the reply",
    "Set up the form",
    "Send the hours of the month",
)
_SLOW_PAYERS = frozenset(("Quickfire Events", "Northlight Photography", "Juniper Catering"))
_EVENING_EATER = "Quickfire Events"


def _retainers() -> list[_Retainer]:
    """The table above, row by row; the last column only where the work has ended."""
    found = []
    for line in _RETAINERS.strip().splitlines():
        client, contact, trade, source, since, weeks, hours, fee, work, *end = line.split(" | ")
        ended = date.fromisoformat(end[0]) if end else None
        began = date.fromisoformat(since)
        found.append(
            _Retainer(
                client,
                contact,
                trade,
                source,
                began,
                int(weeks),
                float(hours),
                int(fee),
                work,
                ended,
            )
        )
    return found


def diary() -> Diary:
    """The assistant's diary from November 2023 to the plans for the end of 2026."""
    rng = random.Random("Evenhand Virtual Assistance")
    book = Diary(_BUSINESS)
    for one in _retainers():
        _introduce(book, rng, one)
        _begin(book, rng, one)
        _work(book, rng, one)
        _months(book, rng, one)
    _evenings(book, rng)
    _prospects(book, rng)
    _incidents(book)
    _feedback(book, rng)
    _plans(book)
    return book


def _introduce(book: Diary, rng: random.Random, one: _Retainer) -> None:
    book.client(
        one.client,
        contact=one.contact,
        email=mail(rng, one.contact),
        phone=phone(rng),
        segment=one.trade,
        source=one.source,
        referred_by=_REFERRED.get(one.client),
        since=one.since,
        ended_on=one.ended,
        contact_every_days=7 if one.weeks_between == 1 else None,
        preferred_channel=rng.choice(("Email", "Email", "Phone", "Video")),
        potential_per_year=round(one.fee * 12 * rng.choice((1.0, 1.2, 1.5, 2.0)), -2),
        birthday=f"{rng.randint(1, 28)} {rng.choice(('January', 'May', 'July', 'November'))}"
        if rng.random() < 0.4
        else None,
        notes="Agreed: e-mail only, nine to five. Did not last."
        if one.client == _EVENING_EATER
        else None,
    )


def _begin(book: Diary, rng: random.Random, one: _Retainer) -> None:
    steps = (
        (-16, "Enquiry", "in", "Asks for help with the office", "Email", 10),
        (
            -12,
            "Discovery call",
            "both",
            "What takes her time, what she would hand over",
            "Video",
            40,
        ),
        (-8, "Proposal", "out", "Hours, scope and price", "Email", 60),
        (0, "Onboarding", "both", "Passwords, folders, how we work together", "Video", 75),
    )
    for days, activity, direction, topic, channel, minutes in steps:
        book.touch(
            working_day(one.since + timedelta(days)),
            one.client,
            activity,
            topic,
            channel=channel,
            direction=direction,
            minutes=about(rng, minutes, 0.25),
            start=clock(rng, 9, 16),
        )


def _work(book: Diary, rng: random.Random, one: _Retainer) -> None:
    """The regular work, and the short talk that goes with it."""
    end = min(one.ended or AS_OF, AS_OF)
    weekday = rng.randrange(5)
    day = one.since + timedelta(7 + weekday)
    round_number = 0
    while day <= end:
        quiet = day.month == 8 or (day.month, day.day) >= (12, 18)
        if not (quiet and rng.random() < 0.5):
            worked = working_day(day)
            if worked <= end:
                book.touch(
                    worked,
                    one.client,
                    one.work,
                    rng.choice(_WORK[one.work]),
                    minutes=about(rng, one.hours * 60, 0.35, 15),
                    start=clock(rng, 9, 15) if rng.random() < 0.5 else None,
                )
        fading = one.ended is not None and (one.ended - day).days < 80
        if round_number % (3 if one.weeks_between == 1 else 2) == 0 and not fading:
            _talk(book, rng, one, working_day(day + timedelta(1)), end)
        elif rng.random() < 0.6 and not fading:
            _letter(book, rng, one, working_day(day + timedelta(rng.randint(0, 2))), end)
        round_number += 1
        day += timedelta(weeks=one.weeks_between)


def _talk(book: Diary, rng: random.Random, one: _Retainer, day: date, end: date) -> None:
    if day > end:
        return
    promise: dict[str, str | date | None] = {}
    if rng.random() < 0.3:
        due = working_day(day + timedelta(rng.randint(1, 6)))
        late = rng.random() < 0.08
        done = working_day(due + timedelta(rng.randint(1, 6))) if late else due
        forgotten = rng.random() < 0.02
        promise = {
            "promise": rng.choice(_PROMISES),
            "promised_for": due,
            "done_on": None if forgotten else done,
        }
    book.touch(
        day,
        # She sometimes writes the person's name; it is the same client.
        one.contact if rng.random() < 0.05 else one.client,
        rng.choice(("Call", "Call", "Video call", "Strategy call")),
        rng.choice(_TALK),
        channel=rng.choice(("Phone", "Video")),
        direction=rng.choice((None, "both", "in")),
        minutes=about(rng, 25),
        start=clock(rng, 9, 16),
        signal="advice asked" if rng.random() < 0.06 else None,
        **promise,
    )


def _letter(book: Diary, rng: random.Random, one: _Retainer, day: date, end: date) -> None:
    if day <= end:
        book.touch(
            day,
            one.client,
            "Email",
            rng.choice(_MAIL),
            channel="Email",
            direction=rng.choice(("in", "out", "out")),
            minutes=about(rng, 10),
            start=clock(rng, 9, 17),
            in_scope=rng.choice((None, "yes")),
        )


def _months(book: Diary, rng: random.Random, one: _Retainer) -> None:
    """The month's invoice, the work of writing it, and of running after the money."""
    end = min(one.ended or AS_OF, AS_OF)
    first = one.since.replace(day=1)
    fee = one.fee
    while first <= end:
        following = (first + timedelta(32)).replace(day=1)
        last = following - timedelta(1)
        if first.month == 1 and first.year > one.since.year:
            fee = round(fee * 1.04)
        extra = fee * rng.choice((0, 0, 0, 0.1, 0.25)) * (0.5 if first.month == 8 else 1)
        day = working_day(max(first, one.since))
        due = day + timedelta(14)
        slow = one.client in _SLOW_PAYERS and rng.random() < 0.6
        paid = due + timedelta(rng.randint(8, 40)) if slow else due - timedelta(rng.randint(0, 12))
        service = f"{one.work}, {first:%B}"
        if day <= end:
            book.sale(
                day,
                one.client,
                fee + round(extra),
                one.work if not extra else f"{one.work} and extra hours",
                starts=max(first, one.since),
                ends=min(last, one.ended or last),
                due_on=due,
                paid_on=paid,
            )
            book.touch(day, one.client, "Invoice", service, minutes=about(rng, 12))
        for days in (5, 19):
            chased = working_day(due + timedelta(days))
            if slow and chased < min(paid, end):
                book.touch(
                    chased,
                    one.client,
                    "Chasing money",
                    f"{service} is overdue",
                    channel="Email",
                    minutes=about(rng, 15),
                )
        if rng.random() < 0.3 and day + timedelta(3) <= end:
            book.touch(
                working_day(day + timedelta(2)),
                one.client,
                rng.choice(("Chasing information", "Scheduling", "Administration")),
                rng.choice(("Missing receipts", "Date of the next call", "Hours of the month")),
                channel="Email",
                minutes=about(rng, 15),
            )
        first = following


def _evenings(book: Diary, rng: random.Random) -> None:
    """Quickfire Events: nearly every other evening, and much of it not what they pay for."""
    day = date(2024, 11, 4)
    while day <= AS_OF:
        # Party season and summer weddings make it worse, and each year is worse than the last.
        season = 1.5 if day.month in (6, 7, 11, 12) else 1.0
        growing = 0.6 + 0.6 * (day - date(2024, 11, 4)).days / 726
        if rng.random() < 0.5 * season * growing:
            late = rng.random() < 0.72
            book.touch(
                day if late else working_day(day),
                _EVENING_EATER,
                "WhatsApp" if rng.random() < 0.85 else "Call",
                rng.choice(_EVENING),
                channel="WhatsApp",
                direction="in" if rng.random() < 0.8 else "out",
                start=clock(rng, 18, 23) if late else clock(rng, 9, 17),
                minutes=about(rng, 22, 0.6),
                urgent="yes" if rng.random() < 0.07 else "no",
                in_scope="no" if rng.random() < 0.55 else None,
            )
        day += timedelta(1)


def _prospects(book: Diary, rng: random.Random) -> None:
    for name, contact, first, contacts in (
        ("Pemble Plumbing", "Ray Pemble", date(2025, 3, 11), 2),
        ("Aster Wellness", "Chandni Gohil", date(2026, 6, 9), 3),
        ("Sedge & Sky Glamping", "Lowri Beynon", date(2026, 9, 29), 4),
    ):
        book.client(name, contact=contact, email=mail(rng, contact), source="Website")
        day = first
        for activity, direction, topic in (
            ("Enquiry", "in", "Asks for prices"),
            ("Discovery call", "both", "What to hand over first"),
            ("Proposal", "out", "Ten hours a month"),
            ("Follow-up", "out", "Shall we begin in November?"),
        )[:contacts]:
            book.touch(
                working_day(day),
                name,
                activity,
                topic,
                direction=direction,
                channel="Email",
                minutes=about(rng, 25),
            )
            day += timedelta(rng.randint(4, 9))


def _incidents(book: Diary) -> None:
    """Complaints, an apology, a refund and one promise that is still open."""
    book.touch(
        date(2025, 10, 8),
        "Soapwort Skincare",
        "Complaint handling",
        "A post went out with last year’s price",
        channel="Phone",
        direction="in",
        minutes=30,
        start=time(11, 15),
        signal="complaint",
        resolved_on=date(2025, 10, 9),
    )
    book.touch(date(2025, 10, 9), "Soapwort Skincare", "Apology", "Put right, and an hour free")
    book.sale(date(2025, 10, 10), "Soapwort Skincare", -34, "Refund: one hour")
    book.touch(
        date(2026, 8, 18),
        "Quickfire Events",
        "Complaint handling",
        "Nobody answered on Sunday night",
        channel="WhatsApp",
        direction="in",
        minutes=25,
        start=time(7, 40),
        signal="complaint",
        in_scope="no",
    )
    book.touch(
        date(2026, 10, 14),
        "Plumtree Lettings",
        "Call",
        "Would like one overview of all deposits",
        channel="Phone",
        minutes=20,
        start=time(10, 5),
        promise="Send a draft of the deposit overview",
        promised_for=date(2026, 10, 23),
    )
    book.touch(
        date(2026, 4, 16),
        "Oyelaran Legal",
        "Call",
        "Sent us two colleagues who need an assistant",
        channel="Phone",
        minutes=15,
        start=time(14, 30),
        signal="referral given",
    )


def _feedback(book: Diary, rng: random.Random) -> None:
    words = (
        "I sleep better since Tamsin does my inbox.",
        "Always on time, always kind.",
        "She sees what is missing before I do.",
        "Good, though I should like a call more often.",
        "Reliable as a clock.",
    )
    for one in _retainers():
        for day in (date(2025, 5, 14), date(2026, 5, 13)):
            if one.since < day - timedelta(120) and (one.ended or AS_OF) > day:
                book.touch(day, one.client, "Survey", "Five questions on our year", minutes=2)
                if rng.random() < 0.6:
                    book.answer(
                        working_day(day + timedelta(rng.randint(1, 12))),
                        one.client,
                        "survey",
                        score=6
                        if one.client == _EVENING_EATER
                        else rng.choice((10, 10, 9, 9, 8, 7)),
                        out_of=10,
                        text=rng.choice(words) if rng.random() < 0.6 else None,
                        may_publish=rng.choice(("yes", "no", None)),
                    )
    book.rate(date(2026, 5, 20), "Ashdown Osteopathy", 9, 9, 9)
    book.rate(date(2026, 5, 20), "Quickfire Events", 5, 6, 3)
    book.rate(date(2026, 6, 10), "Bracken Architects", 7, 8, 6)


def _plans(book: Diary) -> None:
    for day, client, activity, topic in (
        (date(2026, 11, 4), "Plumtree Lettings", "Call", "Deposit overview"),
        (date(2026, 11, 9), "Ashdown Osteopathy", "Progress review", "Three years together"),
        (date(2026, 11, 11), "Sedge & Sky Glamping", "Onboarding", "If they say yes"),
        (date(2026, 11, 19), "Oyelaran Legal", "Progress review", "Scope for next year"),
        (date(2026, 11, 25), "Lumen Tutors", "Call", "Payroll before Christmas"),
        (date(2026, 12, 9), "Soapwort Skincare", "Strategy call", "Campaigns for the spring"),
        (date(2026, 12, 15), "Wren & Daughters Upholstery", "Call", "Year end"),
    ):
        book.touch(day, client, activity, topic, start=time(10), channel="Video")
