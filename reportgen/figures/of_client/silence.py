"""The figures of a client's silence and stages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from reportgen import words
from reportgen.analyses.prevention import Touch
from reportgen.editions.policy import Sight
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.red_line import Spell
from reportgen.figures.figure import NO_SALES, Case, Explained, Fact, Figure, not_known
from reportgen.problems import Row


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _business_model(case: Case) -> Fact:
    model = case.seen.business_model
    if model is None:
        return Fact(not_known("write your Business model (Business)"))
    return Fact(model, case.own_row(case.seen.client.business_model))


def _red_line_days(case: Case) -> Fact:
    days = case.seen.silence.red_line_days
    return Fact(words.days(days), case.own_row(case.seen.client.red_line_days))


def _ideal_days(case: Case) -> Fact:
    days = case.seen.silence.ideal_days
    return Fact(words.days(days), case.own_row(case.seen.client.contact_every_days))


_NO_CONTACT = not_known("record the first contact with its date (Touchpoints)")


def _last_contact(case: Case) -> Fact:
    day = case.seen.silence.last_contact
    return Fact(_NO_CONTACT if day is None else words.day(day), case.seen.last_contact_rows)


def _last_contact_in_brief(case: Case) -> str:
    quiet = case.seen.silence
    ago = "" if quiet.silence_days is None else f", {words.days(quiet.silence_days)} ago"
    return words.day(quiet.last_contact) + ago


def _silence_days(case: Case) -> Fact:
    days = case.seen.silence.silence_days
    return Fact(_NO_CONTACT if days is None else words.days(days), case.seen.last_contact_rows)


def _overdue(case: Case) -> Fact:
    over = case.seen.silence.overdue
    said = _NO_CONTACT if over is None else f"{over:.2f} red lines"
    return Fact(said, case.seen.last_contact_rows)


def _below_red_line(case: Case) -> Fact:
    return Fact(_yes(case.seen.silence.below_red_line), case.seen.last_contact_rows)


def _before(seen: Evidence, spells: Sequence[Spell]) -> tuple[Row, ...]:
    """The last contacts before each silence that was too long."""
    days = seen.contact_days
    return seen.contact_rows(days[bisect_left(days, spell.first) - 1] for spell in spells)


def _days_below(case: Case) -> Fact:
    quiet = case.seen.silence
    return Fact(words.days(quiet.days_below), _before(case.seen, quiet.spells))


def _relationship_days(case: Case) -> Fact:
    seen, quiet = case.seen, case.seen.silence
    first = seen.contact_days[:1]
    since = seen.client.since if seen.client.since == quiet.started else None
    rows = () if first and quiet.started != first[0] else seen.contact_rows(first)
    return Fact(
        words.days(quiet.relationship_days), (*rows, *case.own_row(since or _ended_on(case)))
    )


def _ended_on(case: Case) -> date | None:
    return case.seen.client.ended_on if case.seen.silence.client_ended else None


def _below_share(case: Case) -> Fact:
    share = case.seen.silence.below_share
    said = _NO_CONTACT if share is None else words.percent(share)
    return Fact(said, _before(case.seen, case.seen.silence.spells))


def _spells(case: Case) -> Fact:
    found = case.seen.silence.spells
    parts = tuple(
        (
            f"{words.day(spell.first)} to {words.day(spell.last)}",
            Fact(words.days(spell.days) + _prevented(case, spell), _before(case.seen, [spell])),
        )
        for spell in found
    )
    return Fact(words.count(len(found), "spell") if found else "none", parts=parts)


def _touches(case: Case, spell: Spell) -> tuple[Touch, ...]:
    """What could have prevented it; empty of a spell that is history."""
    return next((one.touches for one in case.client.preventions if one.spell == spell), ())


def _prevented(case: Case, spell: Spell) -> str:
    touches = [
        f"{one.light.activity.name} by {words.day(one.day)}" for one in _touches(case, spell)
    ]
    return f"; prevented by {words.listed(touches, len(touches))}" if touches else ""


def _lifecycle(case: Case) -> Fact:
    return Fact(case.client.lifecycle.name, case.client.lifecycle.rows)


def _relationship(case: Case) -> Fact:
    if not case.sold:
        return Fact(NO_SALES)
    return Fact(case.client.relationship.name, case.client.relationship.rows)


def _lapsed(case: Case) -> Fact:
    return Fact(_yes(case.seen.lapsed), case.seen.last_contact_rows)


def _ended(case: Case) -> Fact:
    ended_on = _ended_on(case)
    said = "no" if ended_on is None else f"yes, on {words.day(ended_on)}"
    return Fact(said, case.own_row(ended_on))


def _needs_in_brief(case: Case) -> str:
    return "; ".join(case.client.needs) or "nothing, both are the last"


def _next_stage_needs(case: Case) -> Fact:
    if not case.sold:
        return Fact(NO_SALES)
    needs = case.client.needs
    said = words.count(len(needs), "thing") if needs else "nothing, both stages are the last"
    return Fact(said, parts=tuple(("", Fact(need)) for need in needs))


_NAME: Figure[Case] = Figure(
    "name",
    "the client as the workbook names them; in an edition for somebody else, what that edition calls "
    "them.",
    lambda case: case.client.name,
    sight=Sight.MONEY,
)
"""Whose figures they are: ``explain`` has it as its heading."""


FIGURES: tuple[Figure[Case], ...] = (
    _NAME,
    Explained(
        "business_model",
        "the client’s own Business model, else that of the workbook, {business_model}.",
        lambda case: case.seen.business_model,
        _business_model,
        sight=Sight.MONEY,
        page="client",
        label="Business model",
    ),
    Explained(
        "red_line_days",
        "the longest silence that the client accepts, {line}: the client’s own Red line (days), else "
        "the workbook’s, else our default for the business model.",
        lambda case: case.seen.silence.red_line_days,
        _red_line_days,
        sight=Sight.COACH,
        page="client",
        label="Red line",
    ),
    Explained(
        "ideal_days",
        "the client’s Contact every (days), else half the red line of {line}, rounded up; silent for "
        "no longer, the client is in touch.",
        lambda case: case.seen.silence.ideal_days,
        _ideal_days,
        sight=Sight.COACH,
        page="client",
        label="In touch up to",
    ),
    Explained(
        "last_contact",
        "the last day up to the date of this report with a touchpoint that the client feels, or with "
        "a sale.",
        lambda case: case.seen.silence.last_contact,
        _last_contact,
        sight=Sight.COACH,
        page="client",
        label="Last contact",
        brief=_last_contact_in_brief,
    ),
    Explained(
        "silence_days",
        "days from the last contact to the date of this report.",
        lambda case: case.seen.silence.silence_days,
        _silence_days,
        sight=Sight.COACH,
        page="client",
        label="Silence",
    ),
    Explained(
        "overdue",
        "the days of silence beyond the red line of {line} ÷ that line; 0 above it, and when the "
        "relationship has ended.",
        lambda case: case.seen.silence.overdue,
        _overdue,
        sight=Sight.COACH,
        page=None,
    ),
    Explained(
        "below_red_line",
        "whether the silence is longer than {line} and the relationship has not ended.",
        lambda case: case.seen.silence.below_red_line,
        _below_red_line,
        sight=Sight.COACH,
        page="clients",
    ),
    Explained(
        "days_below",
        "the days of all spells below the red line; the rows are the last contacts before each.",
        lambda case: case.seen.silence.days_below,
        _days_below,
        sight=Sight.COACH,
        page="client",
        label="Days below it",
    ),
    Explained(
        "relationship_days",
        "days from the first contact, or Client since where that is earlier, to Ended on, else to the "
        "date of this report, both counted.",
        lambda case: case.seen.silence.relationship_days,
        _relationship_days,
        sight=Sight.COACH,
        page="client",
        label="Together for",
    ),
    Explained(
        "below_share",
        "days below the red line ÷ days in the relationship; the rows are the last contacts before "
        "each spell.",
        lambda case: case.seen.silence.below_share,
        _below_share,
        sight=Sight.COACH,
        page="client",
        label="Share of these days",
    ),
    Explained(
        "spells",
        "each unbroken run of days on which the silence was longer than the red line of that day, "
        "which is now {line}; the rows are the last contacts before it; of those that began in the "
        "last 365 days, the touches that would have prevented them: each as late as the one before "
        "allows, on a working day, and the cheapest of the kind that the client had least of.",
        lambda case: [
            {
                "first": spell.first,
                "last": spell.last,
                "days": spell.days,
                "touches": [
                    {"date": one.day, "activity": one.light.activity.name, "kind": one.light.kind}
                    for one in _touches(case, spell)
                ],
            }
            for spell in case.seen.silence.spells
        ],
        _spells,
        sight=Sight.COACH,
        page="client",
        label="Spells below it",
    ),
    Explained(
        "lifecycle",
        "reach, nothing has come back; acquisition, something has; conversion, one purchase; "
        "retention, two or more; loyalty, {loyal} or more, the first at least "
        "{loyalty_after_days} days ago, and not below the red line of {line}; it stands still at Ended on.",
        lambda case: case.client.lifecycle.name,
        _lifecycle,
        sight=Sight.COACH,
        page="client",
        label="Life cycle",
    ),
    Explained(
        "relationship",
        "courting, no purchase; contract, one; continuation, two or more; commitment, {loyal} or more, "
        "the first at least {loyalty_after_days} days ago, at most {commitment_below_share} of the last 12 "
        "months below the red line, and a plan, which is a row dated after this report or work that runs "
        "now; convergence, also advice asked in that time, and work that runs now, {convergence_services} "
        "services or purchases in {convergence_months} of the 12 months; it stands still at Ended on.",
        lambda case: case.client.relationship.name,
        _relationship,
        sight=Sight.COACH,
        page="client",
        label="Stage",
    ),
    Explained(
        "lapsed",
        "not ended, and silent for more than {lapsed_after_red_lines} red lines of {line} with no work "
        "running from a From to a To.",
        lambda case: case.seen.lapsed,
        _lapsed,
        sight=Sight.COACH,
        page="clients",
    ),
    Explained(
        "ended",
        "whether Ended on has come; from then on the client’s stages stand still, and no count has them.",
        lambda case: case.seen.has_ended,
        _ended,
        sight=Sight.COACH,
        page="clients",
    ),
    Explained(
        "next_stage_needs",
        "what the next stage of lifecycle and of relationship asks for and is not there yet.",
        lambda case: case.client.needs,
        _next_stage_needs,
        sight=Sight.COACH,
        page="client",
        label="The next stages need",
        brief=_needs_in_brief,
    ),
)
"""In the order of the JSON form."""
