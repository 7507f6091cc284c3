"""Which causes can meet in one message, and everything that such a message can be made of."""

from collections.abc import Iterator
from itertools import combinations, product

from reportgen.report.plan.due import REPAIR, Cause

_MEET = {
    Cause.COMPLAINT: "promise, answer, silence, promise to come, invoice",
    Cause.PROMISE: "answer, silence, promise to come, prospect, invoice",
    Cause.ANSWER: "silence, promise to come, prospect, invoice",
    Cause.SILENCE: "promise to come, plan, invoice",
    Cause.GREETING: "promise to come",
    Cause.PROMISED: "plan, prospect, invoice, boundary, referral, testimonial, survey, wow",
    Cause.PLAN: "boundary",
}
"""By hand from the rules of the plan; ``tests/report/plan/test_meeting.py`` asks the plan itself."""

PAIRS = frozenset(
    frozenset({one, Cause(other)}) for one, others in _MEET.items() for other in others.split(", ")
)

LETTERS = {
    Cause.COMPLAINT: ("apology",),
    Cause.PROMISE: ("promise-late",),
    Cause.ANSWER: ("answer-owed",),
    Cause.SILENCE: ("reconnection",),
    Cause.GREETING: ("birthday-greeting", "anniversary-greeting"),
    Cause.PROMISED: ("promise-kept",),
    Cause.PLAN: ("service-review",),
    Cause.PROSPECT: ("next-contact",),
    Cause.INVOICE: ("payment-reminder-1", "payment-reminder-2", "payment-reminder-3"),
    Cause.BOUNDARY: (
        "boundary-hours",
        "boundary-channels",
        "boundary-services",
        "boundary-urgent",
        "boundary-time-limit",
        "saying-no",
    ),
    Cause.REFERRAL: ("referral-request",),
    Cause.TESTIMONIAL: ("testimonial-request",),
    Cause.SURVEY: ("satisfaction-survey",),
    Cause.WOW: ("wow-note",),
}
"""Cause → the letters that speak of it, in the order of a message."""

_STERN = {"payment-reminder-2", "payment-reminder-3"}

KNOWN = {
    "name": "Ann",
    "business": "Oak & Ash",
    "owner": "Ivy Lane",
    "opening_days": "Monday to Friday",
    "opening_hours": "9:00 to 17:00",
    "channels": "email or phone",
    "service": "Kitchen design",
    "last_contact": "25 August 2026",
    "silence": "about ten weeks",
    "promise": "Send the paint codes",
    "promised_for": "19 August 2026",
    "complaint_date": "12 August 2026",
    "complaint_topic": "Worktop joint has opened",
    "message_date": "25 August 2026",
    "message_topic": "The radiators",
    "overdue_invoice": "2041",
    "overdue_amount": "£380",
    "overdue_since": "15 September 2026",
    "birthday": "12 November",
    "anniversary": "14 November 2026",
    "anniversary_years": "two years",
    "together": "about two years",
}

_TO_COME = {"promise": "Bring the fabric book", "promised_for": "9 November 2026"}


def known_of(letter: str) -> dict[str, str]:
    """What is known for a letter: a promise to come is another one than the late one."""
    return KNOWN | (_TO_COME if letter == "promise-kept" else {})


def can_meet(causes: tuple[Cause, ...]) -> bool:
    """Whether every two of them can."""
    return all(frozenset(pair) in PAIRS for pair in combinations(causes, 2))


def meetings() -> Iterator[tuple[tuple[Cause, ...], tuple[str, ...]]]:
    """Causes and letters of every message on two matters or more, the pairs first.

    Beside a repair stands the first reminder.
    """
    for size in range(2, len(LETTERS) + 1):
        for causes in combinations(LETTERS, size):
            if not can_meet(causes):
                continue
            for names in product(*(LETTERS[cause] for cause in causes)):
                if not (REPAIR & set(causes) and _STERN & set(names)):
                    yield causes, names
