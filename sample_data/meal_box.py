"""Green Crate Kitchen: light touches, hardly ever below the red line (subscription)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from diary import AS_OF, Diary, about, clock, working_day
from people import mail, people, phone

_FIRST_BOX = date(2025, 1, 6)

_BUSINESS = (
    ("Business name", "Green Crate Kitchen"),
    ("Owner", "Nasrin Whitfield"),
    ("Currency", "GBP"),
    ("Business model", "subscription"),
    ("Hourly rate", 24),
    ("Gross margin", "38 %"),
    ("Working days", "Mon-Fri"),
    ("Opens", time(8)),
    ("Closes", time(16)),
    ("Time zone", "Europe/London"),
    ("Country", "GB"),
    ("Preferred channels", "Email, Phone"),
    ("Acquisition spend per month", 260),
    ("Wow budget", 10),
    ("Date order", "DMY"),
)

_PLANS = (
    ("Monthly pantry box", 30, 46.0),
    ("Weekly box for two", 7, 31.5),
    ("Weekly family box", 7, 44.0),
)
_TIPS = (
    "Three ways with celeriac",
    "What to do with too many courgettes",
    "Soup from the bottom of the crate",
    "Meet the grower: Bryn’s leeks",
    "Freezing the last herbs",
    "A curry for a rainy Tuesday",
)


@dataclass(frozen=True, slots=True)
class _Subscriber:
    name: str
    began: date
    plan: str
    days: int
    """Between two boxes: 7, or 30 for one box each calendar month."""
    price: float
    checked_in: bool
    """Whether somebody rang in the first six weeks; most who left were never rung."""
    ends: date | None


def diary() -> Diary:
    """The kitchen's records from January 2025 to the plans for the end of 2026."""
    rng = random.Random("Green Crate Kitchen")
    book = Diary(_BUSINESS)
    names = people(rng)
    members = [_subscriber(rng, next(names), number) for number in range(78)]
    for number, member in enumerate(members):
        _introduce(book, rng, member, members[:number])
        _welcome(book, rng, member)
        _boxes(book, rng, member)
        _light_touches(book, rng, member)
        if member.ends is not None:
            _farewell(book, rng, member)
    _tasters(book, rng, [next(names) for _ in range(5)])
    _incidents(book, rng, members)
    _plans(book, members)
    return book


def _subscriber(rng: random.Random, name: str, number: int) -> _Subscriber:
    # New year and September bring people; July does not.
    month = rng.choice((0, 0, 0, 1, 2, 3, 4, 8, 8, 9, 10, 12, 12, 13, 15, 17, 20, 20))
    if number < 16:
        month = 0
    first = (date(2025, 1, 1) + timedelta(round(30.44 * month))).replace(day=1)
    began = max(_FIRST_BOX, first + timedelta(rng.randint(0, 24)))
    began -= timedelta(began.weekday())
    plan, days, price = rng.choice((_PLANS[0], _PLANS[0], _PLANS[0], _PLANS[1], _PLANS[2]))
    checked_in = rng.random() < 0.66
    stays = rng.random() < (0.76 if checked_in else 0.4)
    boxes = 1 + min(rng.randrange(2, 7), rng.randrange(2, 10))
    ends = None if stays else began + timedelta(boxes * 30 + rng.randint(5, 20))
    return _Subscriber(
        name,
        max(began, _FIRST_BOX),
        plan,
        days,
        price,
        checked_in,
        ends if ends is not None and ends <= AS_OF else None,
    )


def _introduce(
    book: Diary, rng: random.Random, member: _Subscriber, earlier: list[_Subscriber]
) -> None:
    referred = len(earlier) > 12 and rng.random() < 0.2
    book.client(
        member.name,
        email=mail(rng, member.name),
        phone=phone(rng) if rng.random() < 0.6 else None,
        segment="Weekly" if member.days == 7 else "Monthly",
        source="Friend"
        if referred
        else rng.choice(("Instagram", "Market stall", "Website", "Leaflet")),
        referred_by=rng.choice(earlier).name if referred else None,
        since=member.began,
        ended_on=member.ends,
        preferred_channel="Email",
        birthday=f"{rng.randint(1, 28)} {rng.choice(('January', 'March', 'October', 'November'))}"
        if rng.random() < 0.35
        else None,
        notes=rng.choice(("No mushrooms", "Vegan", "Nut allergy", "Leave behind the bins"))
        if rng.random() < 0.3
        else None,
    )


def _welcome(book: Diary, rng: random.Random, member: _Subscriber) -> None:
    signed = max(member.began - timedelta(rng.randint(3, 9)), date(2025, 1, 2))
    book.touch(
        signed,
        member.name,
        "Sign-up",
        "Likes, allergies, where to leave the crate",
        channel="Website",
        direction="in",
        minutes=5,
    )
    if member.checked_in:
        day = working_day(member.began + timedelta(rng.randint(18, 40)))
        if day <= AS_OF:
            book.touch(
                day,
                member.name,
                "Check-in",
                "How were the first boxes? Too much, too little?",
                channel="Phone",
                direction="both",
                minutes=about(rng, 8),
                start=clock(rng, 9, 15),
                signal="compliment" if rng.random() < 0.2 else None,
            )


def _boxes(book: Diary, rng: random.Random, member: _Subscriber) -> None:
    """Each box is a sale with the period it covers; some pause in August."""
    pauses = rng.random() < 0.18
    day = member.began
    while day <= (member.ends or AS_OF):
        if member.days == 7:
            following = day + timedelta(7)
        else:
            # One box a month, on the same day of each month.
            month = (day + timedelta(32 - day.day)).replace(day=1)
            following = month.replace(day=min(member.began.day, 28))
        on_holiday = pauses and (day.month == 8 or (day.month == 7 and day.day > 20))
        if not on_holiday:
            book.sale(
                day,
                member.name,
                member.price + (1.5 if day.year == 2026 else 0),
                member.plan,
                direct_cost=round(member.price * rng.uniform(0.55, 0.66), 2),
                starts=day,
                ends=following - timedelta(1),
            )
        elif day.month == 8 and day.day < 8:
            book.touch(
                day - timedelta(4),
                member.name,
                "Email",
                "Pause for the holidays",
                channel="Email",
                direction="in",
                minutes=4,
                start=clock(rng, 9, 21),
            )
        day = following


def _light_touches(book: Diary, rng: random.Random, member: _Subscriber) -> None:
    """A tip in the middle of each month, a survey twice a year: minutes, not hours."""
    end = min(member.ends or AS_OF, AS_OF)
    month = member.began.replace(day=1)
    while month <= end:
        tip = working_day(month + timedelta(14))
        if member.began < tip <= end:
            book.touch(
                tip,
                member.name,
                "Tip",
                _TIPS[(month.year * 12 + month.month) % len(_TIPS)],
                channel="Email",
                direction="out",
                minutes=1,
            )
        asked = working_day(month + timedelta(19))
        settled = (asked - member.began).days > 80
        if month.month in (3, 9) and settled and asked <= end:
            book.touch(asked, member.name, "Survey", "Two questions", channel="Email", minutes=1)
            if rng.random() < 0.42:
                score = rng.choice((10, 10, 9, 9, 9, 8, 8, 7, 6))
                book.answer(
                    asked + timedelta(rng.randint(0, 8)),
                    member.name,
                    "survey",
                    score=score if member.ends is None else max(3, score - 3),
                    out_of=10,
                    text=rng.choice(
                        (
                            "The carrots taste of carrot.",
                            "Too much kale in March.",
                            "My children now eat beetroot!",
                            "Would love a smaller box.",
                            None,
                        )
                    ),
                    may_publish=rng.choice(("yes", "no", None)),
                )
        if rng.random() < 0.06 and tip <= end and tip > member.began:
            book.touch(
                working_day(tip + timedelta(2)),
                member.name,
                rng.choice(("Support", "Email", "Call")),
                rng.choice(("Crate not collected", "Changes the day", "What is the purple thing?")),
                channel=rng.choice(("Email", "Phone")),
                direction="in",
                minutes=about(rng, 6),
                start=clock(rng, 8, 20),
                signal="advice asked" if rng.random() < 0.15 else None,
            )
        month = (month + timedelta(32)).replace(day=1)


def _farewell(book: Diary, rng: random.Random, member: _Subscriber) -> None:
    assert member.ends is not None
    book.touch(
        member.ends,
        member.name,
        "Email",
        rng.choice(("Cancels: too much for one", "Cancels: money is tight", "Cancels, no reason")),
        channel="Email",
        direction="in",
        minutes=about(rng, 5),
        start=clock(rng, 9, 22),
    )


def _tasters(book: Diary, rng: random.Random, names: list[str]) -> None:
    """People from the market stall who left an address and never ordered."""
    for name in names:
        book.client(name, email=mail(rng, name), source="Market stall")
        day = working_day(date(2025, 5, 3) + timedelta(rng.randint(0, 500)))
        book.touch(day, name, "Enquiry", "Tasted at the stall", direction="in", minutes=5)
        book.touch(
            working_day(day + timedelta(3)), name, "Offer", "First box at half price", minutes=3
        )


def _incidents(book: Diary, rng: random.Random, members: list[_Subscriber]) -> None:
    """Missing crates and broken eggs: promises, complaints and refunds."""
    staying = [m for m in members if m.ends is None and m.began < date(2026, 3, 1)]
    for number, member in enumerate(rng.sample(staying, 12)):
        day = working_day(date(2026, 3, 2) + timedelta(rng.randint(0, 225)))
        resolved = day + timedelta(rng.choice((0, 1, 1, 2, 5, 21)))
        book.touch(
            day,
            member.name,
            "Complaint handling",
            rng.choice(("Crate never came", "Eggs were broken", "Lettuce past its best")),
            channel=rng.choice(("Email", "Phone")),
            direction="in",
            minutes=about(rng, 12),
            start=clock(rng, 8, 19),
            signal="complaint",
            resolved_on=None if number in (4, 9) else resolved,
            promise="Credit on the next box",
            promised_for=day + timedelta(7),
            done_on=None if number == 9 else day + timedelta(12 if number == 2 else 5),
        )
        if number % 2 == 0:
            book.sale(day + timedelta(2), member.name, -round(member.price / 2, 2), "Refund")
    for member in rng.sample(staying, 6):
        book.touch(
            date(2026, 6, 7) + timedelta(7 * rng.randint(0, 18)),
            member.name,
            "Message",
            "Can I still change tomorrow’s box?",
            channel="WhatsApp",
            direction="in",
            minutes=6,
            start=clock(rng, 20, 23),
            urgent="no",
            in_scope="no",
        )
    for member in rng.sample(staying, 5):
        book.touch(
            date(2026, 9, 24),
            member.name,
            "Referral request",
            "A box for a friend, a jar of jam for you",
            channel="Email",
            minutes=3,
            signal="referral asked",
        )


def _plans(book: Diary, members: list[_Subscriber]) -> None:
    staying = [m for m in members if m.ends is None]
    for member in staying[:12]:
        book.touch(date(2026, 11, 16), member.name, "Tip", "Sprouts that children eat")
    for member in staying[12:18]:
        book.touch(date(2026, 12, 10), member.name, "Christmas card", "With a recipe by hand")
    weekly = next(m for m in staying if m.days == 7)
    book.sale(
        date(2026, 11, 2),
        weekly.name,
        weekly.price + 1.5,
        weekly.plan,
        starts=date(2026, 11, 2),
        ends=date(2026, 11, 8),
    )
    book.rate(date(2026, 9, 22), staying[1].name, 8, 9, 8)
    book.rate(date(2026, 10, 6), staying[5].name, 6, 6, 5)
