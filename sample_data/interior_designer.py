"""Thistle & Loom Interiors: projects full of care that end in silence (consultancy)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from diary import AS_OF, Diary, about, clock, working_day
from people import mail, phone

_BUSINESS = (
    ("Business name", "Thistle & Loom Interiors"),
    ("Owner", "Morag Adeyemi"),
    ("Currency", "GBP"),
    ("Business model", "consultancy"),
    ("Hourly rate", 65),
    ("Gross margin", "62 %"),
    ("Working days", "Mon-Fri"),
    ("Opens", time(9)),
    ("Closes", time(17, 30)),
    ("Time zone", "Europe/London"),
    ("Country", "GB"),
    ("Preferred channels", "Email, Phone, In person"),
    ("Acquisition spend per month", 180),
    ("Wow budget", 40),
    ("Red line (days)", 60),
    ("Date order", "DMY"),
)


@dataclass(frozen=True, slots=True)
class _Job:
    """One project: who, when the enquiry came, what for, how long and how large."""

    client: str
    contact: str
    segment: str
    source: str
    enquiry: date
    what: str
    weeks: int
    fee: int


_JOBS = """
Haddad family | Dr Leila Haddad | Home | Website | 2024-05-07 | kitchen and snug | 14 | 5400
Harcourt House B&B | Wendy Harcourt | Hospitality | Referral | 2024-05-20 | six guest rooms | 20 | 9800
Osei-Bonsu family | Akua Osei-Bonsu | Home | Instagram | 2024-06-11 | nursery | 8 | 2100
Copper Kettle Tearoom | Gillian Pryce | Hospitality | Website | 2024-07-02 | tearoom and counter | 12 | 6200
Lochside Physiotherapy | Euan Kerr | Health | Networking | 2024-08-27 | reception | 9 | 3300
Rao & Pettifer | Sunil Rao | Office | Networking | 2024-09-10 | meeting rooms | 11 | 7400
Marchetti family | Bianca Marchetti | Home | Referral | 2024-10-01 | ground floor | 16 | 8600
Fern & Fable Books | Jo Tamblyn | Shop | Instagram | 2024-10-22 | shop floor and reading corner | 10 | 4100
Okonjo family | Ife Okonjo | Home | Referral | 2024-11-12 | loft bedroom | 11 | 3900
Brightwater Dental | Priya Venkat | Health | Website | 2025-01-14 | waiting room | 12 | 5600
Penhaligon family | Demelza Penhaligon | Home | Instagram | 2025-01-28 | bathroom and hall | 10 | 3200
The Saltmarsh Inn | Rob Catchpole | Hospitality | Referral | 2025-02-18 | bar and dining room | 18 | 12400
Grzelak family | Kasia Grzelak | Home | Website | 2025-03-11 | open-plan living room | 13 | 4700
Bluebell Nursery School | Maureen Tighe | Education | Networking | 2025-04-01 | two classrooms | 10 | 4500
Chowdhury family | Nasreen Chowdhury | Home | Referral | 2025-05-13 | kitchen-diner | 15 | 6900
Loft & Ledger Accountants | Hilary Stubbs | Office | Networking | 2025-06-03 | whole office | 14 | 8800
Whitlock family | Greg Whitlock | Home | Website | 2025-07-01 | garden room | 9 | 2900
Sorrel Florist | Dee Amankwah | Shop | Instagram | 2025-09-02 | shop front and workroom | 9 | 3600
MacInnes family | Shona MacInnes | Home | Referral | 2025-09-23 | four bedrooms | 17 | 9100
Yardarm Yoga | Tilly Broadbent | Health | Instagram | 2025-10-14 | studio and changing room | 10 | 3800
Beaumont-Clarke family | Yvette Beaumont-Clarke | Home | Referral | 2025-11-18 | drawing room | 12 | 7800
Tandoor & Thyme | Harjit Bains | Hospitality | Website | 2026-01-20 | restaurant | 15 | 10600
Lindqvist family | Maja Lindqvist | Home | Website | 2026-03-03 | kitchen | 13 | 5200
Peppercorn Deli | Amos Fairhurst | Shop | Instagram | 2026-04-14 | deli counter | 9 | 3400
Nwachukwu family | Chioma Nwachukwu | Home | Referral | 2026-06-02 | whole first floor | 22 | 11200
Old Forge Veterinary | Clare Duffy | Health | Networking | 2026-07-07 | consulting rooms | 16 | 7700
Ravenscroft family | Imelda Ravenscroft | Home | Website | 2026-08-25 | library and study | 14 | 6400
Halcyon Spa | Zara Lockhart | Hospitality | Referral | 2026-09-08 | treatment rooms | 16 | 9900
"""


def _jobs() -> list[_Job]:
    """The table above, row by row."""
    jobs = []
    for line in _JOBS.strip().splitlines():
        client, contact, segment, source, day, what, weeks, fee = line.split(" | ")
        enquiry = date.fromisoformat(day)
        jobs.append(_Job(client, contact, segment, source, enquiry, what, int(weeks), int(fee)))
    return jobs


_REFERRED = {
    "Harcourt House B&B": "Haddad family",
    "Marchetti family": "Haddad family",
    "Okonjo family": "Osei-Bonsu family",
    "The Saltmarsh Inn": "Harcourt House B&B",
    "Chowdhury family": "Haddad family",
    "MacInnes family": "Harcourt House B&B",
    "Halcyon Spa": "Harcourt House B&B",
}


@dataclass(frozen=True, slots=True)
class _Prospect:
    """Somebody who asked and never bought, with how many contacts there were."""

    client: str
    contact: str
    segment: str
    enquiry: date
    contacts: int


_PROSPECTS = (
    _Prospect("Grange Road Surgery", "Alison Mbeki", "Health", date(2024, 9, 17), 3),
    _Prospect("Delacroix family", "Simone Delacroix", "Home", date(2025, 2, 4), 2),
    _Prospect("Kite & Anchor Café", "Finlay Rennie", "Hospitality", date(2025, 6, 17), 4),
    _Prospect("Suleiman family", "Hodan Suleiman", "Home", date(2026, 2, 10), 2),
    _Prospect("Pomeroy Solicitors", "Judith Pomeroy", "Office", date(2026, 5, 19), 5),
    _Prospect("Tregenza family", "Loveday Tregenza", "Home", date(2026, 10, 6), 3),
)

_WORK = (
    "Mood boards for the {what}",
    "Floor plan, second version",
    "Lighting plan",
    "Sourcing fabrics and tiles",
    "Elevations for the joiner",
    "Schedule of finishes",
    "Ordering samples",
    "Checking quotes from the decorators",
    "Paint and wallpaper schedule",
    "Measured drawing of the {what}",
)
_TALK = (
    "Samples on the table: two favourites left",
    "Walked through the plan for the {what}",
    "Budget check, a little over on lighting",
    "Builder’s questions about sockets",
    "Choosing between the oak and the walnut",
    "Delivery dates for the furniture",
    "Colours again; they now like the green",
)
_MAIL = (
    "Photos of three fabrics",
    "Link to the tile shop in Frome",
    "Answer about the radiators",
    "Updated costs for the {what}",
    "Are the curtains still on time?",
    "Drawings for the electrician",
)
_PROMISES = (
    "Send the revised plan",
    "Send paint codes",
    "Ask the upholsterer for a date",
    "Bring the tile samples",
    "Send the lighting quote",
    "Check the lead time for the sofa",
    "Write to the builder about sockets",
)
_LATE = frozenset(("Penhaligon family", "Loft & Ledger Accountants", "MacInnes family"))
_NIGHT_OWL = "Beaumont-Clarke family"


def diary() -> Diary:
    """The designer's diary from May 2024 to the plans for the end of 2026."""
    rng = random.Random("Thistle & Loom Interiors")
    book = Diary(_BUSINESS)
    book.activities = [
        {
            "name": "Showroom tour",
            "kind": "involvement",
            "value": "high",
            "connects": "yes",
            "usual_minutes": 90,
        },
        {"name": "Ordering", "kind": "indispensable", "value": "low", "connects": "no"},
    ]
    for job in _jobs():
        _introduce(book, rng, job)
        handed_over = _project(book, rng, job)
        if handed_over is not None and handed_over < AS_OF:
            _afterwards(book, rng, job, handed_over)
    for prospect in _PROSPECTS:
        _not_yet(book, rng, prospect)
    _come_back(book, rng)
    _complaints(book)
    _plans(book)
    _ratings(book)
    return book


def _introduce(book: Diary, rng: random.Random, job: _Job) -> None:
    chance = rng.random()
    book.client(
        job.client,
        contact=job.contact,
        email=mail(rng, job.contact),
        phone=phone(rng) if chance < 0.9 else None,
        segment=job.segment,
        source=job.source,
        referred_by=_REFERRED.get(job.client),
        preferred_channel=rng.choice(("Email", "Email", "Phone", "In person")),
        potential_per_year=round(job.fee * rng.uniform(0.4, 1.6), -2) if chance < 0.6 else None,
        birthday=rng.choice(("14 March", "2 June", "9 November", "21 November", "30 August"))
        if job.segment == "Home" and chance < 0.7
        else None,
        notes=rng.choice(
            (
                "Two cats; no pale carpets",
                "Decides slowly, then sticks to it",
                "Prefers mornings",
                "Has a holiday cottage that needs doing one day",
                "Loves to see things in person",
            )
        )
        if chance < 0.5
        else None,
    )


def _project(book: Diary, rng: random.Random, job: _Job) -> date | None:
    """From the enquiry to the handover, whose day is given; None when that is still to come."""
    name, what = job.client, job.what
    call = working_day(job.enquiry + timedelta(rng.randint(1, 4)))
    visit = working_day(call + timedelta(rng.randint(4, 9)))
    proposed = working_day(visit + timedelta(rng.randint(4, 10)))
    agreed = working_day(proposed + timedelta(rng.randint(5, 16)))
    book.touch(
        job.enquiry,
        name,
        "Enquiry",
        f"Asks what I could do with the {what}",
        channel=rng.choice(("Email", "Instagram", "Phone")),
        direction="in",
        minutes=about(rng, 10),
        start=clock(rng, 9, 18),
    )
    book.touch(
        call,
        name,
        "Discovery call",
        f"Hopes, budget and dates for the {what}",
        channel="Phone",
        minutes=about(rng, 35),
        start=clock(rng, 10, 16),
    )
    book.touch(
        visit,
        name,
        "Brief",
        f"Measured up and talked through the {what}",
        channel="In person",
        minutes=about(rng, 110, 0.3),
        promise="Send the proposal",
        promised_for=proposed,
        done_on=proposed if name not in _LATE else working_day(proposed + timedelta(4)),
        start=clock(rng, 10, 15),
    )
    book.touch(visit, name, "Meeting minutes", "Notes of the first visit", minutes=about(rng, 30))
    book.touch(
        proposed,
        name,
        "Proposal",
        f"Proposal and fee for the {what}",
        channel="Email",
        minutes=about(rng, 160, 0.35),
    )
    if rng.random() < 0.35:
        book.touch(
            working_day(proposed + timedelta(3)),
            name,
            "Objection answered",
            "Fee compared with doing it themselves",
            channel="Phone",
            minutes=about(rng, 25),
            signal="objection",
        )
    handover = working_day(agreed + timedelta(weeks=job.weeks))
    _stage_payments(book, rng, job, agreed, handover)
    _weeks(book, rng, job, agreed, handover)
    if handover > AS_OF:
        return None
    book.touch(
        handover,
        name,
        "Delivery",
        f"Handover of the {what}, with flowers",
        channel="In person",
        minutes=about(rng, 150, 0.3),
        cost=rng.choice((18.5, 22.0, 24.0)),
        signal="compliment" if rng.random() < 0.4 else None,
        start=clock(rng, 10, 14),
    )
    return handover


def _stage_payments(
    book: Diary, rng: random.Random, job: _Job, agreed: date, handover: date
) -> None:
    third = (handover - agreed).days // 3
    stages = (
        ("Concept design", 0.35, agreed, agreed + timedelta(third - 1), 0.04),
        ("Design development", 0.40, agreed + timedelta(third), agreed + timedelta(2 * third), 0.1),
        ("Furnishing and handover", 0.25, agreed + timedelta(2 * third + 1), handover, 0.12),
    )
    for service, share, first, last, direct in stages:
        day = working_day(first)
        if day > AS_OF:
            return
        due = day + timedelta(14)
        slow = rng.random() < 0.25
        paid = due + timedelta(rng.randint(5, 34)) if slow else due - timedelta(rng.randint(0, 11))
        book.sale(
            day,
            job.client,
            round(job.fee * share, -1),
            service,
            project=job.what[0].upper() + job.what[1:],
            direct_cost=round(job.fee * share * direct * rng.uniform(0.6, 1.4)),
            starts=first,
            ends=last,
            due_on=due,
            paid_on=max(paid, day),
        )
        book.touch(day, job.client, "Invoice", f"{service}, stage payment", minutes=about(rng, 20))
        chased = working_day(due + timedelta(4))
        if slow and chased <= AS_OF:
            book.touch(
                chased,
                job.client,
                "Chasing money",
                f"{service} is overdue",
                channel="Email",
                minutes=about(rng, 15),
            )


def _weeks(book: Diary, rng: random.Random, job: _Job, agreed: date, handover: date) -> None:
    """The collaboration: much at the beginning and before the end, less in between."""
    name, what = job.client, job.what
    for week in range(job.weeks):
        monday = agreed + timedelta(weeks=week)
        monday -= timedelta(monday.weekday())
        busy = 1.5 if week < 3 else 1.2 if week >= job.weeks - 2 else 0.75
        if monday.month == 8:
            busy *= 0.6
        for _ in range(1 + (rng.random() < busy * 0.6)):
            day = working_day(monday + timedelta(rng.randint(0, 4)))
            if agreed <= day < min(handover, AS_OF):
                topic = rng.choice(_WORK).format(what=what)
                activity = "Ordering" if topic.startswith("Ordering") else "Project work"
                book.touch(day, name, activity, topic, minutes=about(rng, 130 * busy, step=15))
        if rng.random() < 0.55 * busy:
            day = working_day(monday + timedelta(rng.randint(1, 3)))
            if agreed < day < min(handover, AS_OF):
                _conversation(book, rng, job, day)
        if rng.random() < 0.8 * busy:
            _letter(book, rng, job, monday + timedelta(rng.randint(0, 4)), handover)
        if rng.random() < 0.3:
            day = working_day(monday)
            if agreed < day < min(handover, AS_OF):
                book.touch(
                    day,
                    name,
                    rng.choice(("Scheduling", "Scheduling", "Chasing information")),
                    "Finding a date with the builders",
                    channel="Email",
                    minutes=about(rng, 20),
                )
    tour = working_day(agreed + timedelta(days=17))
    if job.fee > 5000 and tour < min(handover, AS_OF):
        book.touch(
            tour,
            name,
            "Showroom tour",
            "Afternoon in the showrooms, fabrics and lights",
            channel="In person",
            direction="both",
            cost=12.4,
        )


def _conversation(book: Diary, rng: random.Random, job: _Job, day: date) -> None:
    activity, channel, minutes = rng.choice(
        (("Meeting", "In person", 75), ("Call", "Phone", 25), ("Visit", "In person", 95))
    )
    promise: dict[str, str | date | None] = {}
    if rng.random() < 0.35:
        due = working_day(day + timedelta(rng.randint(2, 9)))
        late = rng.random() < (0.55 if job.client in _LATE else 0.1)
        done = working_day(due + timedelta(rng.randint(2, 12))) if late else due
        forgotten = late and rng.random() < 0.3
        promise = {
            "promise": rng.choice(_PROMISES),
            "promised_for": due,
            "done_on": None if forgotten else done,
        }
    book.touch(
        day,
        job.client,
        activity,
        rng.choice(_TALK).format(what=job.what),
        channel=channel,
        minutes=about(rng, minutes),
        start=clock(rng, 9, 16),
        **promise,
    )
    if activity == "Meeting" and rng.random() < 0.6:
        book.touch(day, job.client, "Meeting minutes", "Decisions of today", minutes=about(rng, 30))


def _letter(book: Diary, rng: random.Random, job: _Job, day: date, handover: date) -> None:
    """An e-mail, or late in the evening a message from the one client who never sleeps."""
    if not day < min(handover, AS_OF):
        return
    owl = job.client == _NIGHT_OWL and rng.random() < 0.8
    inward = owl or rng.random() < 0.45
    book.touch(
        day if owl else working_day(day),
        job.client,
        "Message" if owl else "Email",
        "One more thought about the cornice" if owl else rng.choice(_MAIL).format(what=job.what),
        channel="WhatsApp" if owl else "Email",
        direction="in" if inward else "out",
        minutes=about(rng, 20 if owl else 12),
        start=clock(rng, 20, 23) if owl else clock(rng, 9, 18),
        urgent="no" if owl else None,
        in_scope="no" if owl and rng.random() < 0.5 else None,
    )


def _afterwards(book: Diary, rng: random.Random, job: _Job, handover: date) -> None:
    """What happens once the flowers stand on the table: a call, perhaps a card, then nothing."""
    name = job.client
    call = working_day(handover + timedelta(rng.randint(9, 24)))
    if rng.random() < 0.8 and call <= AS_OF:
        book.touch(
            call,
            name,
            "Follow-up",
            "How does it feel to live with it?",
            channel="Phone",
            direction="both",
            minutes=about(rng, 15),
            start=clock(rng, 9, 17),
        )
    asked = working_day(handover + timedelta(30))
    if rng.random() < 0.35 and asked <= AS_OF:
        book.touch(asked, name, "Testimonial request", "A few words for the website", minutes=10)
        if rng.random() < 0.6:
            book.answer(
                working_day(asked + timedelta(rng.randint(3, 15))),
                name,
                "testimonial",
                score=rng.choice((5, 5, 4)),
                out_of=5,
                text=rng.choice(
                    (
                        "Morag saw what our house wanted to be before we did.",
                        "Calm, precise and on budget. We smile each time we come home.",
                        "Guests ask who did the rooms. That says it all.",
                        "Lovely work. We would have liked to hear from her since.",
                    )
                ),
                may_publish=rng.choice(("yes", "yes", "no")),
            )
    card = date(handover.year, 12, 11)
    if rng.random() < 0.2 and handover < card <= AS_OF:
        book.touch(card, name, "Christmas card", "Card with a photo of their room", cost=2.1)


def _not_yet(book: Diary, rng: random.Random, who: _Prospect) -> None:
    book.client(
        who.client,
        contact=who.contact,
        email=mail(rng, who.contact),
        segment=who.segment,
        source=rng.choice(("Website", "Instagram")),
        notes="Never decided" if who.enquiry.year < 2026 else None,
    )
    steps = (
        ("Enquiry", "in", "Asks for prices", 10),
        ("Discovery call", "both", "Budget is not clear yet", 30),
        ("Proposal", "out", "Short proposal", 120),
        ("Follow-up", "out", "Any thoughts on the proposal?", 10),
        ("Call", "both", "Wants to wait until the spring", 15),
    )
    day = who.enquiry
    for activity, direction, topic, minutes in steps[: who.contacts]:
        book.touch(
            working_day(day),
            who.client,
            activity,
            topic,
            direction=direction,
            channel="Email" if direction != "both" else "Phone",
            minutes=about(rng, minutes),
        )
        day += timedelta(rng.randint(4, 13))


def _come_back(book: Diary, rng: random.Random) -> None:
    """Two clients ask for advice, are answered, stay in touch, and buy again."""
    stories = (
        (
            _Job("Haddad family", "", "", "", date(2025, 2, 11), "first-floor bathroom", 9, 3600),
            _Job(
                "Haddad family", "", "", "", date(2026, 1, 27), "consulting room at home", 8, 3100
            ),
        ),
        (
            _Job("Harcourt House B&B", "", "", "", date(2025, 4, 29), "breakfast room", 10, 5200),
            _Job("Harcourt House B&B", "", "", "", date(2026, 4, 21), "garden suite", 14, 8700),
        ),
    )
    for jobs in stories:
        name = jobs[0].client
        day = jobs[0].enquiry - timedelta(68)
        while day <= AS_OF:
            book.touch(
                working_day(day),
                name,
                rng.choice(("Check-in", "Coffee", "Call", "Email")),
                rng.choice(
                    (
                        "What do you think I should do about the hallway?",
                        "News of the house, and a tip on a good joiner",
                        "Sent an article on old floors",
                        "Asked my opinion on blinds",
                    )
                ),
                channel="Phone",
                direction="both",
                minutes=about(rng, 20),
                start=clock(rng, 9, 17),
                signal="advice asked" if rng.random() < 0.35 else None,
            )
            day += timedelta(rng.randint(24, 47))
        for job in jobs:
            book.touch(
                working_day(job.enquiry - timedelta(12)),
                name,
                "Email",
                f"What do you think I should do with the {job.what}?",
                channel="Email",
                direction="in",
                minutes=about(rng, 15),
                signal="advice asked",
            )
            _project(book, rng, job)
    book.touch(
        date(2026, 3, 12),
        "Harcourt House B&B",
        "Wow",
        "Hand-bound book of photos from the first season",
        channel="Post",
        minutes=45,
        cost=38.0,
        signal="compliment",
    )


def _complaints(book: Diary) -> None:
    """One put right at once, one late, one still open; and a refund."""
    book.touch(
        date(2025, 6, 12),
        "The Saltmarsh Inn",
        "Complaint handling",
        "Bar stools arrived in the wrong leather",
        channel="Phone",
        direction="in",
        minutes=40,
        start=time(10, 20),
        signal="complaint",
        resolved_on=date(2025, 6, 20),
    )
    book.sale(date(2025, 6, 20), "The Saltmarsh Inn", -240, "Refund: bar stools", due_on=None)
    book.touch(
        date(2026, 1, 15),
        "MacInnes family",
        "Complaint handling",
        "Curtains too short in two bedrooms",
        channel="Email",
        direction="in",
        minutes=35,
        start=time(9, 10),
        signal="complaint",
        resolved_on=date(2026, 2, 24),
    )
    book.sale(date(2026, 2, 24), "MacInnes family", -180, "Refund: curtains", due_on=None)
    book.touch(
        date(2026, 9, 29),
        "Lindqvist family",
        "Email",
        "Worktop joint has opened, please look at it",
        channel="Email",
        direction="in",
        minutes=10,
        start=time(19, 45),
        signal="complaint",
    )


def _plans(book: Diary) -> None:
    plans = (
        (
            date(2026, 11, 3),
            "Old Forge Veterinary",
            "Visit",
            "Check the flooring before the joiner",
        ),
        (date(2026, 11, 5), "Nwachukwu family", "Meeting", "Snag list for the first floor"),
        (date(2026, 11, 12), "Halcyon Spa", "Showroom tour", "Stone and lighting"),
        (date(2026, 11, 17), "Ravenscroft family", "Meeting", "Shelving drawings"),
        (date(2026, 11, 24), "Tregenza family", "Follow-up", "Have they decided?"),
        (date(2026, 12, 8), "Nwachukwu family", "Delivery", "Handover of the first floor"),
        (date(2026, 12, 10), "Harcourt House B&B", "Coffee", "Plans for next season"),
    )
    for day, client, activity, topic in plans:
        book.touch(day, client, activity, topic, start=time(10), channel="In person")


def _ratings(book: Diary) -> None:
    book.rate(date(2026, 5, 20), "Harcourt House B&B", 9, 9, 8)
    book.rate(date(2026, 6, 3), "Haddad family", 9, 8, 9)
    book.rate(date(2026, 7, 16), "Lindqvist family", 6, 5, 4)
    book.rate(date(2026, 9, 15), "Nwachukwu family", 8, 8, 7)
