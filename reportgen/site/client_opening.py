"""The head of a client's page: what is owed and where the two stand, in two sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from reportgen.analyses.lifecycle import RELATIONSHIP
from reportgen.evidence.purchases import NAMED
from reportgen.evidence.red_line import SilenceState
from reportgen.letters.known import first_name
from reportgen.model import Edition
from reportgen.report.plan.due import OWED, Cause, Due
from reportgen.site.prose.english import client as prose
from reportgen.site.shared import ClientView, Site


def sentences(site: Site, view: ClientView) -> tuple[str, ...]:
    """One or two: what is owed and how long the silence; where it stands and what comes next."""
    worth, quiet = view.findings.worth, view.findings.seen.silence
    if not site.sees("matrix"):
        sales = site.money(worth.sales_now) if site.report.found.sales_recorded else ""
        return (prose.of_books(sales, worth.minutes_now),)
    if quiet.last_contact is None or quiet.silence_days is None:
        return (prose.NO_CONTACT,)
    return (_between(site, view, quiet.last_contact, quiet.silence_days), _standing(site, view))


def _between(site: Site, view: ClientView, last_contact: date, silent: int) -> str:
    """What is owed, and how long the silence is."""
    quiet, as_of = view.findings.seen.silence, site.report.as_of
    if view.state is SilenceState.ENDED:
        return prose.ended(quiet.ended, last_contact)
    if view.state is SilenceState.LAPSED:
        return prose.lapsed(last_contact, silent)
    last, accepted = prose.on(last_contact, as_of), quiet.red_line_days
    if owed := list(_owed(site, view)):
        was_then = any(one.since == last_contact for one in owed)
        return prose.owed(
            _them(view),
            list(_things(owed, as_of)),
            len(owed) > len(site.stale_of.get(view.name, ())),
            prose.quiet_since(last, silent - accepted, was_then),
        )
    overdue = _overdue(site, view)
    match view.state:
        case SilenceState.BELOW:
            return prose.too_quiet(_them(view), last, silent, accepted, overdue)
        case SilenceState.DUE:
            by = prose.on(last_contact + timedelta(days=accepted), as_of)
            return prose.write_by(last, by, accepted, overdue)
        case _:
            return prose.in_touch(last, silent, overdue)


def _owed(site: Site, view: ClientView) -> Iterator[Due]:
    """What the owner owes: in the plan, waiting, or so old that it may have been done."""
    found: list[Due] = [*(view.action.due if view.action else ())]
    found += [due for wait in site.waiting_of.get(view.name, ()) for due in wait.due]
    found += [one.due for one in site.stale_of.get(view.name, ())]
    return (one for one in found if one.cause in OWED)


def _things(owed: list[Due], as_of: date) -> Iterator[str]:
    """Each kind once, in the order of :class:`Cause`."""
    for cause in Cause:
        since = [one.since for one in owed if one.cause is cause]
        if since:
            yield prose.owing(cause, len(since), prose.on(min(since), as_of))


def _overdue(site: Site, view: ClientView) -> str:
    """What they owe; empty where nothing is late."""
    late = view.findings.seen.overdue_invoices
    if not late:
        return ""
    since = min(one.due_on or one.date for one in late)
    money = site.money(sum(one.amount for one in late))
    return prose.overdue(money, prose.on(since, site.report.as_of))


def _them(view: ClientView) -> str:
    """The contact's first name, else ``them``."""
    contact = view.findings.seen.client.contact
    return (first_name(contact) if contact else None) or "them"


def _standing(site: Site, view: ClientView) -> str:
    """How much there has been, the stage, and what the next one needs."""
    one, worth = view.findings, view.findings.worth
    if not site.report.found.sales_recorded:
        return prose.no_sales(worth.minutes)
    # An index says how clients compare, and a sentence on one of them compares nothing.
    is_told = worth.sales_total and site.report.edition != Edition.COACH
    money = site.money(worth.sales_total) if is_told else ""
    named = NAMED[one.seen.business_model]
    said = prose.so_far(len(one.seen.purchases), named, money, worth.minutes)
    if not one.seen.is_running:
        return prose.gone(said, one.seen.last_bought)
    stage, needs = one.relationship.name, one.relationship.needs
    if not needs:
        return prose.last_stage(said, stage)
    return prose.next_stage(said, stage, RELATIONSHIP[RELATIONSHIP.index(stage) + 1], needs)
