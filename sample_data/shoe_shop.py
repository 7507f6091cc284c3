"""Little Acorn Shoes: feet grow, families forget, and a reminder brings them back (product)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from diary import AS_OF, Diary, about, clock, working_day
from people import mail, people, phone

_OPENED = date(2024, 3, 5)
_REMINDERS_BEGAN = date(2024, 9, 1)
_SHOP_DAYS = frozenset(range(1, 6))  # Tuesday to Saturday

_BUSINESS = (
    ("Business name", "Little Acorn Shoes"),
    ("Owner", "Rhiannon Bassett"),
    ("Currency", "GBP"),
    ("Business model", "product"),
    ("Hourly rate", 18),
    ("Gross margin", "46 %"),
    ("Working days", "Tue-Sat"),
    ("Opens", time(9, 30)),
    ("Closes", time(17, 30)),
    ("Time zone", "Europe/London"),
    ("Country", "GB"),
    ("Preferred channels", "In the shop, Email, Phone"),
    ("Acquisition spend per month", 120),
    ("Wow budget", 12),
    ("Date order", "DMY"),
)

_CHILDREN = """
Ada Alfie Aria Arlo Ayaan Bodhi Cerys Daisy Dylan Efe Elis Ezra Femi Finn Freya Gethin Hana Idris
Inaya Iris Jonah Juno Kai Kit Leo Lola Lowri Luca Mabel Mali Maya Milo Nia Noah Nora Otis Priya
Rafi Reuben Robin Safa Seren Sol Tegan Tomos Willa Yara Zain
"""
_SHOES = {
    "summer": ("sandals", "canvas shoes", "sandals", "trainers"),
    "school": ("school shoes", "school shoes", "school shoes", "trainers"),
    "winter": ("boots", "wellingtons", "trainers", "shoes"),
    "spring": ("trainers", "shoes", "first walkers", "canvas shoes"),
}


@dataclass(slots=True)
class _Family:
    """One family on the loyalty card, and how its feet and habits go."""

    name: str
    child: str
    size: int
    joined: date
    pace: float
    """Typical days between two pairs."""
    leaves: float
    """The chance after each visit that the family does not come again."""
    reminded: bool


def diary() -> Diary:
    """The shop's card file from its opening in March 2024 to the plans for the end of 2026."""
    rng = random.Random("Little Acorn Shoes")
    book = Diary(_BUSINESS)
    book.activities = [
        {
            "name": "Foot measuring",
            "kind": "anticipation",
            "value": "high",
            "connects": "yes",
            "usual_minutes": 15,
        },
        {"name": "Restocking", "kind": "indispensable", "value": "low", "connects": "no"},
    ]
    names = people(rng)
    known: list[str] = []
    for number in range(178):
        family = _family(rng, next(names), number)
        _introduce(book, rng, family, known)
        _visits(book, rng, family)
        known.append(family.name)
    _only_looked(book, rng, [next(names) for _ in range(8)])
    _incidents(book, rng, known)
    _plans(book, known)
    return book


def _family(rng: random.Random, name: str, number: int) -> _Family:
    # A third came in the opening months, the others as the card became known.
    days = rng.randint(0, 120) if number < 60 else rng.randint(60, 930)
    reminded = rng.random() < 0.38
    child = rng.choice(_CHILDREN.split())
    return _Family(
        name=name,
        child=child,
        size=rng.choice((20, 21, 22, 23, 24, 25, 26, 28, 30)),
        joined=_in_season(rng, _OPENED + timedelta(days)),
        # A Gamma around five months: small feet need shoes three times a year, others once.
        pace=min(420.0, 150 / rng.gammavariate(4.0, 0.25)) if not reminded else 145.0,
        leaves=rng.betavariate(1.3, 8.0) if reminded else rng.betavariate(1.1, 3.2),
        reminded=reminded,
    )


def _introduce(book: Diary, rng: random.Random, family: _Family, known: list[str]) -> None:
    referred = len(known) > 20 and rng.random() < 0.14
    segment = "First shoes" if family.size < 23 else "Nursery" if family.size < 27 else "School"
    book.client(
        family.name,
        email=mail(rng, family.name) if family.reminded or rng.random() < 0.4 else None,
        phone=phone(rng) if rng.random() < 0.5 else None,
        segment=segment,
        source="Friend"
        if referred
        else rng.choice(("Walk-in", "Walk-in", "Nursery leaflet", "Instagram", "School fair")),
        referred_by=rng.choice(known) if referred else None,
        preferred_channel="Email" if family.reminded else None,
        birthday=f"{rng.randint(1, 28)} "
        + rng.choice(("February", "April", "June", "August", "November", "December"))
        if rng.random() < 0.45
        else None,
        notes=f"Card for {family.child}, began at size {family.size}",
    )


def _visits(book: Diary, rng: random.Random, family: _Family) -> None:
    """Purchases as feet grow, each with one more step of discount on the card."""
    day, size, pairs = family.joined, family.size, 0
    while day <= AS_OF:
        pairs += 1
        pair = _pair(rng, day)
        full = rng.choice((34, 36, 38, 42, 45, 48)) + (4 if pair == "boots" else 0)
        discount = min(0.05 * (pairs - 1), 0.5)
        number = 2 if rng.random() < (0.3 if day.month in (8, 9) else 0.1) else 1
        price = number * full * (1 - discount)
        book.sale(
            day,
            family.name,
            price,
            f"{pair.capitalize()}, size {size}" + (", two pairs" if number == 2 else ""),
            direct_cost=round(number * full * rng.uniform(0.48, 0.54), 2),
        )
        if pairs == 1 or rng.random() < 0.45:
            book.touch(
                day,
                family.name,
                "Foot measuring" if pairs == 1 else "Fitting",
                f"{family.child} measured: {size}" + (", card opened" if pairs == 1 else ""),
                channel="In the shop",
                direction="both",
                minutes=None if pairs == 1 and rng.random() < 0.4 else about(rng, 15),
                start=clock(rng, 10, 17) if rng.random() < 0.6 else None,
            )
        if pairs in (5, 10):
            book.touch(
                day,
                family.name,
                "Loyalty card",
                f"{pairs}th pair on the card: {discount:.0%} off",
                channel="In the shop",
                minutes=5,
                signal="compliment" if rng.random() < 0.4 else None,
            )
        if rng.random() < 0.07:
            book.answer(
                day + timedelta(rng.randint(1, 9)),
                family.name,
                "review",
                score=rng.choice((5, 5, 5, 4, 3)),
                out_of=5,
                text=rng.choice(
                    (
                        "So patient with a wriggling toddler.",
                        "They knew our size from the card. Brilliant.",
                        "Lovely shop, a little small on Saturdays.",
                        "Came home with shoes that fit, and no tears.",
                    )
                ),
                may_publish=rng.choice(("yes", "yes", "no")),
            )
        if rng.random() < family.leaves:
            _last_reminders(book, family, day, size)
            return
        gap = max(21, round(rng.gammavariate(2.2, family.pace / 2.2)))
        following = _before_school(rng, day, _in_season(rng, day + timedelta(gap)))
        reminder = day + timedelta(min(130, max(30, (following - day).days - 12)))
        size += 1 if gap > 75 else 0
        if family.reminded and reminder > _REMINDERS_BEGAN:
            _remind(book, family, reminder, size)
        day = following


def _pair(rng: random.Random, day: date) -> str:
    season = (
        "school"
        if day.month in (8, 9)
        else "summer"
        if day.month in (5, 6, 7)
        else "winter"
        if day.month in (10, 11, 12, 1)
        else "spring"
    )
    return rng.choice(_SHOES[season])


def _in_season(rng: random.Random, day: date) -> date:
    """Summer holidays wait for the last weeks before school; January is for nobody."""
    before_school = date(day.year, 6, 16) <= day < date(day.year, 8, 15)
    if before_school and rng.random() < 0.75:
        day = date(day.year, 8, 15) + timedelta(rng.randint(0, 28))
    elif day.month == 1 and rng.random() < 0.5:
        day += timedelta(rng.randint(25, 45))
    return working_day(day, _SHOP_DAYS)


def _before_school(rng: random.Random, day: date, following: date) -> date:
    """Most families come in the last weeks of August, whether the feet have grown or not."""
    window = date(day.year, 8, 18) + timedelta(rng.randint(0, 20))
    if day + timedelta(30) < window < following and rng.random() < 0.6:
        return working_day(window, _SHOP_DAYS)
    return following


def _remind(book: Diary, family: _Family, day: date, size: int) -> None:
    day = working_day(day, _SHOP_DAYS)
    if day <= AS_OF:
        book.touch(
            day,
            family.name,
            "Size reminder",
            f"{family.child} may be in size {size} by now",
            channel="Email",
            direction="out",
            minutes=3,
        )


def _last_reminders(book: Diary, family: _Family, day: date, size: int) -> None:
    """Whoever stays away is reminded twice, and then left in peace."""
    if family.reminded and day > _REMINDERS_BEGAN:
        _remind(book, family, day + timedelta(130), size + 1)
        _remind(book, family, day + timedelta(260), size + 2)


def _only_looked(book: Diary, rng: random.Random, names: list[str]) -> None:
    """People who asked for their number to be kept, and never bought."""
    for name in names:
        book.client(name, phone=phone(rng), source="Walk-in")
        day = working_day(_OPENED + timedelta(rng.randint(200, 930)), _SHOP_DAYS)
        book.touch(
            day,
            name,
            "Visit",
            rng.choice(("Only measured today", "Looking for wide fittings", "Asked about bunions")),
            channel="In the shop",
            direction="in",
            minutes=about(rng, 10),
        )


def _incidents(book: Diary, rng: random.Random, known: list[str]) -> None:
    """Refunds, complaints, promised orders and messages on a Sunday night."""
    bought = [row for row in book.sales if row["date"] < date(2026, 9, 20)]  # type: ignore[operator]
    for row in rng.sample(bought, 9):
        day, client, amount = row["date"], row["client"], row["amount"]
        assert isinstance(day, date)
        assert isinstance(client, str)
        assert isinstance(amount, float)
        back = working_day(day + timedelta(rng.randint(2, 15)), _SHOP_DAYS)
        book.sale(back, client, -amount, "Refund: " + rng.choice(("wrong size", "seam came open")))
    complaints = (
        (date(2025, 9, 6), "Sole came off after three weeks", date(2025, 9, 9), time(10, 20)),
        (date(2026, 1, 24), "Card stamp was forgotten twice", date(2026, 1, 24), time(15, 5)),
        (date(2026, 5, 16), "Order of sandals never came", date(2026, 6, 20), time(11, 40)),
        (date(2026, 9, 12), "School shoes rub, told to wait", None, time(16, 45)),
    )
    for (day, topic, resolved, start), client in zip(complaints, rng.sample(known, 4), strict=True):
        book.touch(
            day,
            client,
            "Complaint handling",
            topic,
            channel="In the shop",
            direction="in",
            minutes=about(rng, 20),
            start=start,
            signal="complaint",
            resolved_on=resolved,
        )
    for number, client in enumerate(rng.sample(known, 22)):
        day = working_day(date(2025, 4, 1) + timedelta(rng.randint(0, 540)), _SHOP_DAYS)
        due = working_day(day + timedelta(rng.randint(4, 10)), _SHOP_DAYS)
        late = number % 6 == 0
        book.touch(
            day,
            client,
            "Call",
            "Asks for a half size in wide",
            channel="Phone",
            direction="in",
            minutes=about(rng, 6),
            start=clock(rng, 10, 17),
            promise="Order the pair and ring when it is here",
            promised_for=due,
            done_on=None if number in (6, 13) else due + timedelta(5) if late else due,
        )
    for client in rng.sample(known, 14):
        book.touch(
            date(2025, 11, 2) + timedelta(7 * rng.randint(0, 50)),
            client,
            "Message",
            rng.choice(("Do you have wellingtons in 27?", "Are you open on Monday?")),
            channel="Instagram",
            direction="in",
            minutes=5,
            start=clock(rng, 19, 23),
            urgent="no",
        )


def _plans(book: Diary, known: list[str]) -> None:
    for number, client in enumerate(known[30:40]):
        day = working_day(date(2026, 11, 3) + timedelta(4 * number), _SHOP_DAYS)
        book.touch(day, client, "Size reminder", "Winter boots", channel="Email", direction="out")
    book.rate(date(2026, 6, 6), known[3], 9, 9, 8)
    book.rate(date(2026, 9, 15), known[11], 6, 4, 5)
