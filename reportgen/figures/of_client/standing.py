"""The figures of how a relationship stands: likeness, trust, boundaries, kinds of contact, health."""

from __future__ import annotations

from reportgen import words
from reportgen.analyses.boundaries import Crossing
from reportgen.analyses.conversations import Exchange
from reportgen.analyses.health import HealthPart
from reportgen.editions.policy import Sight
from reportgen.estimates.trust import Component, ComponentName
from reportgen.figures.figure import NO_SALES, Case, Explained, Fact, not_known
from reportgen.figures.written import CROSSINGS, Json


def _behaves_like(case: Case) -> Fact:
    likeness = case.client.likeness
    if not case.sold:
        said = NO_SALES
    elif likeness is None:
        said = not_known("record contacts on four days or more (Touchpoints)")
    else:
        said = f"{likeness.model}. {likeness.reason}"
    return Fact(said, case.seen.contact_rows(case.seen.contact_days))


def _likeness_in_brief(case: Case) -> str:
    likeness = case.client.likeness
    return likeness.model if likeness else words.NOT_KNOWN


def _trust_value(case: Case) -> Json:
    trust = case.client.trust
    return {
        "care": trust.care.value,
        "accountability": trust.accountability.value,
        "communication": trust.communication.value,
        "trust": trust.value,
        "index": trust.index,
        "held_back_by": trust.held_back_by,
        "signals": len(trust.signals),
    }


def _trust(case: Case) -> Fact:
    trust = case.client.trust
    said = not_known("record what its parts rest on, or a rating (Ratings)")
    if trust.index is not None and trust.value is not None:
        said = f"{trust.index:.0f} of 100, from a Trust of {trust.value:.1f}"
        held_back_by = trust.held_back_by
        said += f"; held back most by {held_back_by}" if held_back_by else ""
    parts = [(one.name, _component(one)) for one in trust.components]
    signals = words.count(len(trust.signals), "time") + " they asked for your advice"
    return Fact(said, parts=(*parts, ("signals", Fact(signals, trust.signals))))


def _component(one: Component) -> Fact:
    if one.value is None:
        said = not_known("record one of these, or a rating (Ratings)")
    else:
        of_one = one.name is ComponentName.COMMUNICATION
        said = f"{one.value:.2f} of 1" if of_one else f"{one.value:.1f} of 10"
    if one.rated is not None:
        said += ", as rated"
    parts = tuple(
        (
            part.name,
            Fact(
                f"{part.numerator} of {part.denominator}"
                if part.denominator
                else not_known(f"record {part.record}"),
                part.rows,
                part.counter_rows,
            ),
        )
        for part in one.parts
    )
    return Fact(said, (one.rated,) if one.rated else (), parts=parts)


def _answer_hours_value(case: Case) -> Json:
    found = case.client.answers
    return {**_exchange_value(found.year), "last_three_months": _exchange_value(found.lately)}


def _exchange_value(found: Exchange) -> Json:
    return {
        "ours": found.ours,
        "theirs": found.theirs,
        "opened_by_us": found.opened.value,
        "conversations": found.opened.denominator,
    }


def _answer_hours(case: Case) -> Fact:
    found = case.client.answers
    if not found.year.rows:
        return Fact(not_known("record the Direction and the Start of messages (Touchpoints)"))
    parts = (("12 months", found.year), ("last three months", found.lately))
    return Fact(
        f"{len(found.year.our_hours)} of theirs and {len(found.year.their_hours)} of yours timed",
        parts=tuple(
            (name, Fact(said, one.rows)) for name, one in parts if (said := _exchanged(one))
        ),
    )


def _answers_in_brief(case: Case) -> str:
    return _exchanged(case.client.answers.year) or words.NOT_KNOWN


def _exchanged(found: Exchange) -> str:
    """``yours 4 h, theirs 7 h; you opened 3 of 4 conversations``, as far as it is known."""
    waits = [
        f"{whose} {words.hours(round(60 * hours))}"
        for whose, hours in (("yours", found.ours), ("theirs", found.theirs))
        if hours is not None
    ]
    held = words.count(found.opened.denominator, "conversation")
    opened = [f"you opened {found.opened.numerator} of {held}"] if found.opened.denominator else []
    return "; ".join([", ".join(waits), *opened] if waits else opened)


def _boundaries(case: Case) -> Fact:
    edges = case.client.boundaries
    start = not_known("record when contacts begin, in Start (Touchpoints)")
    level = (
        not_known(
            f"record the Minutes of {case.settings.boundary_touchpoints} touchpoints or more in 12 "
            "months (Touchpoints)"
        )
        if edges.level is None
        else edges.level
    )

    def share(value: float | None, part: Crossing) -> Fact:
        said = f"{words.percent(value)}, {part.count} of {edges.timed} with a Start"
        return Fact(start if value is None else said, part.rows)

    channel = Fact(not_known("record your Preferred channels (Business)"))
    if edges.off_channel is not None:
        many = words.count(edges.off_channel.count, "touchpoint")
        channel = Fact(many, edges.off_channel.rows)
    scope = Fact(words.count(edges.out_of_scope.minutes, "minute"), edges.out_of_scope.rows)
    load = level if edges.boundary_load is None else words.percent(edges.boundary_load)
    return Fact(
        level,
        parts=(
            ("out_of_hours_share", share(edges.out_of_hours_share, edges.out_of_hours)),
            ("asked_share", share(edges.asked_share, edges.asked)),
            ("offered_share", share(edges.offered_share, edges.offered)),
            ("off_channel", channel),
            ("out_of_scope_minutes", scope),
            ("boundary_load", Fact(load, edges.crossed.rows)),
            ("crossings", Fact(words.count(edges.crossings, "crossing"), edges.crossed.rows)),
            ("level", Fact(level)),
        ),
    )


def _kinds(case: Case) -> Fact:
    mix = case.client.mix
    parts = tuple(
        (one.kind, Fact(words.count(one.touchpoints, "touchpoint"), one.rows)) for one in mix.kinds
    )
    return Fact(f"{mix.covered} of {len(mix.kinds)} kinds", parts=parts)


_HEALTH_RECORD = {
    HealthPart.CONNECTION: "the first contact with its date (Touchpoints)",
    HealthPart.RHYTHM: "three purchases or more (Sales)",
    HealthPart.TRUST: "what the parts of trust name",
    HealthPart.SALES_TREND: "sales over two years (Sales)",
    HealthPart.PROMISES_AND_COMPLAINTS: (
        "what you promise, in Promised for and Done on, and complaints as a Signal (Touchpoints)"
    ),
}
"""Part of health → what to record to know it."""


def _health_value(case: Case) -> Json:
    health = case.client.health
    return {
        "score": health.score,
        "band": health.band,
        "parts": [
            {"name": one.name, "value": one.value, "weight": one.weight, "rows": one.rows}
            for one in health.parts
        ],
    }


def _health(case: Case) -> Fact:
    health = case.client.health
    said = not_known("record what at least two of its parts rest on")
    if not health.parts:
        said = f"{words.NOT_KNOWN}: only a relationship that goes on has one"
    if health.score is not None:
        said = f"{health.score:.0f} of 100, {health.band}"
    parts = tuple(
        (
            part.name,
            Fact(
                not_known(f"record {_HEALTH_RECORD[part.name]}; weight {part.weight}")
                if part.value is None
                else f"{part.value:.2f}, weight {part.weight}; {part.words}",
                part.rows,
            ),
        )
        for part in health.parts
    )
    return Fact(said, parts=parts)


FIGURES: tuple[Explained[Case], ...] = (
    Explained(
        "behaves_like",
        "the business model whose plainest case is nearest in the share of days below the red line, "
        "the burstiness of the gaps between contacts, and the share of effort in collaboration, which is "
        "{collaboration_days} days from a sale without From and To.",
        lambda case: case.client.likeness.model if case.client.likeness and case.sold else None,
        _behaves_like,
        sight=Sight.COACH,
        page="client",
        label="Behaves like",
        brief=_likeness_in_brief,
    ),
    Explained(
        "trust",
        "100 × ln(Trust) ÷ ln(100), and Trust = (Care × Accountability) to the power of "
        "Communication, each the mean of its known parts over the last 12 months, or the latest "
        "rating in them; what nobody in the book ever had is left out, and Trust takes three known "
        "parts; understanding looks {understanding_before_days} days before and "
        "{understanding_after_days} after the first purchase; the human connection takes "
        "{human_connection_consultancy_touches} touches with projects, "
        "{human_connection_service_touches} with a service, {human_connection_product_touches} with "
        "a shop, {human_connection_subscription_touches} with a subscription; complaints are due in "
        "{complaint_days} days; a project begins clearly with a brief, proposal or agenda in the "
        "{clear_beginning_days} days before, a service with an onboarding within {onboarding_days} "
        "days of the first payment and a review a year; an answer is due within "
        "{answer_working_days} working days ({working_days}, public holidays of country {country} "
        "left out); held back by is the part which, met in full, would raise Trust most.",
        _trust_value,
        _trust,
        sight=Sight.COACH,
        page="client",
        label="Trust",
    ),
    Explained(
        "answer_hours",
        "the median working hours ({working_days}, {opens} to {closes}) from a message to the first "
        "answer, where both have a Start; theirs within {conversation_days} days; and the share of "
        "conversations that you opened, each a run of contacts no more than {conversation_days} days "
        "apart; in the last 12 months, and in the last three.",
        _answer_hours_value,
        _answer_hours,
        sight=Sight.COACH,
        page="client",
        label="Answers",
        brief=_answers_in_brief,
    ),
    Explained(
        "boundaries",
        "minutes out of hours and not urgent, or out of scope, ÷ all minutes of the last 12 months: "
        "watch from {boundary_watch}, act from {boundary_act}, fine under {boundary_crossings} "
        "crossings, n/a under {boundary_touchpoints} touchpoints; a message that came in out of hours "
        "counts once it is answered out of hours, and the two are one crossing; out of hours is before "
        "{opens}, from {closes} on, on another day than {working_days}, or on a public holiday of country "
        "{country}; off channel is any but {preferred_channels}.",
        lambda case: {name: of(case.client.boundaries) for name, of in CROSSINGS.items()},
        _boundaries,
        sight=Sight.COACH,
        page="client",
        label="Evenings and scope",
    ),
    Explained(
        "kinds",
        "touchpoints of the last 12 months of each of the eleven kinds, as the catalogue or the "
        "Activities sheet says.",
        lambda case: {one.kind: one.touchpoints for one in case.client.mix.kinds},
        _kinds,
        sight=Sight.COACH,
        page="client",
        label="Kinds of contact",
    ),
    Explained(
        "health",
        "100 × the mean of the known parts, weighted: connection {health_connection_weight}, rhythm "
        "{health_rhythm_weight}, trust {health_trust_weight}, sales trend {health_sales_weight}, "
        "promises and complaints {health_promises_weight}; healthy from {health_healthy}, watch from "
        "{health_watch}, else at risk, n/a with fewer than two known, and once the client has lapsed "
        "or ended.",
        _health_value,
        _health,
        sight=Sight.COACH,
        page="client",
        label="Health",
    ),
)
"""In the order of the JSON form."""
