"""What is due, finished for the page: a line of the list of things to do, the text of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportgen.letters.due import DueLetter
from reportgen.letters.letter import Filled
from reportgen.letters.mailings import MailMerge
from reportgen.report.plan.channel import Channel
from reportgen.report.plan.due import Cause, Due, Recorded
from reportgen.report.plan.plan import Action, HeldBack, Mailing
from reportgen.report.plan.replay import AT_LEAST, Replay
from reportgen.site.layout import Link
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import day, in_words, listed, percent, sentence_case


@dataclass(frozen=True, slots=True)
class Way:
    """A link by which a message goes out."""

    text: str
    """``Ring 020 7946 0000``."""
    address: str
    """An address of ``mailto:``, ``tel:`` or ``sms:``; of a file, its path in the site. Empty where the
    text says it all, such as a postal address."""
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What to say, in the form of its channel: to read, to copy and, where it is due, to send."""

    id: str
    """Of its place on the page."""
    subject: str
    """What stands above an e-mail; empty in every other form. It is not copied with the text."""
    body: str
    """The words; for a talk, its points, one a line."""
    ways: tuple[Way, ...]
    """The first is the way that they prefer; empty where it is for nobody in particular."""
    note: str
    """What is still to be filled in, and the cell that is missing to reach them; empty where nothing is."""


def whom(site: Site, one: Action | Mailing) -> Link:
    """The client, or how many of them."""
    if isinstance(one, Action):
        return site.by_name[one.client].link
    return Link(one.whom, "actions", f"mailing-{one.letter}")


def how(channel: Channel) -> str:
    """The channel in the owner’s words."""
    return {
        Channel.EMAIL: "E-mail",
        Channel.TALK: "Ring",
        Channel.POST: "Card or letter",
        Channel.TEXT: "Message",
    }[channel]


def recorded(due: Iterable[Due]) -> str:
    """The cells that say it is done: ``Done on, row 14 of Touchpoints; a new row of Touchpoints``."""
    return "; ".join(dict.fromkeys(_recorded(one.recorded) for one in due))


def _recorded(one: Recorded) -> str:
    if one.row is None:
        return "a new row of Touchpoints"
    return f"{one.column}, row {one.row.row} of {one.row.sheet}"


_PUT_RIGHT: Mapping[Cause, str] = {
    Cause.COMPLAINT: "the complaint is put right",
    Cause.PROMISE: "the promise is kept",
    Cause.ANSWER: "their message is answered",
    Cause.SILENCE: "the silence is over",
}
"""What holds back the asking → when it no longer does."""

_KINDS: Mapping[Cause, str] = {
    Cause.GREETING: "a greeting",
    Cause.REFERRAL: "a referral request",
    Cause.TESTIMONIAL: "a testimonial request",
    Cause.SURVEY: "the short survey",
    Cause.WOW: "a surprise",
}


def held_back(one: HeldBack) -> str:
    """``A referral request and a surprise, until the silence is over.``"""
    until = listed([_PUT_RIGHT[cause] for cause in one.by], len(one.by))
    what = listed([_KINDS[cause] for cause in one.what], len(one.what))
    return f"{sentence_case(what)}, until {until}."


def replayed(found: Replay) -> str:
    """Would it have caught them?"""
    since, left = day(found.then), len(found.left)
    if found.caught is None:
        few = "Fewer than five clients" if left < AT_LEAST else "Those"
        rest = (
            "too few to tell" if left < AT_LEAST else "brought nothing before, so nobody can tell"
        )
        return (
            f"{few} running on {since} have bought nothing since: {rest} whether the plan of that "
            "day would have caught them."
        )
    planned = in_words(found.planned)
    sales = percent(found.caught)
    who = f" ({listed(found.clients, 10)})" if found.clients else ""
    is_worse = found.by_overdue is not None and found.by_overdue > found.caught
    beside = "By silence alone it would have been more" if is_worse else "Beside that"
    return (
        f"{sentence_case(in_words(left))} clients running on {since} have bought nothing since. Of what "
        f"they had brought in the year before, {sales} stood with the {planned} clients of that day’s "
        f"plan{who}. {beside}: the {planned} most overdue had {percent(found.by_overdue)}, and "
        f"{planned} drawn by lot would have had {percent(found.by_chance)}."
    )


def due_message(due: DueLetter) -> Message:
    """What is due with a client, in the form of its channel."""
    notes = [_to_fill_in(due.filled)]
    if due.reach.fill_in:
        notes.append(f"{_UNKNOWN[due.channel]} is not known: fill in {due.reach.fill_in}.")
    if due.left:
        left = listed([letter.title.lower() for letter in due.left], len(due.left))
        notes.append(f"No room for more in one message; still to say: {left}.")
    return Message(
        id=f"to-{due.slug}",
        subject=due.filled.subject,
        body=due.filled.body,
        ways=tuple(_ways(due)),
        note=" ".join(filter(None, notes)),
    )


_UNKNOWN: Mapping[Channel, str] = {
    Channel.EMAIL: "Their e-mail address",
    Channel.TALK: "Their number",
    Channel.POST: "Their address",
    Channel.TEXT: "Their number",
}


def _ways(due: DueLetter) -> Iterator[Way]:
    to, link = due.reach.to, due.reach.link
    match due.channel:
        case Channel.EMAIL:
            yield Way("E-mail", link)
            yield Way("Draft (.eml)", due.eml_path, is_file=True)
        case Channel.TALK if to:
            yield Way(f"Ring {to}", link)
        case Channel.TEXT if to:
            yield Way(f"Message to {to}", link)
        case Channel.POST:
            yield Way(f"To {to}" if to else "To ______________________________", "")


def blank_message(name: str, blank: Filled) -> Message:
    """A letter by its name, for nobody in particular."""
    return Message(f"blank-{name}", blank.subject, blank.body, (), _to_fill_in(blank))


def mailing_message(merge: MailMerge) -> Message:
    """The letter of a mailing, once, with the files for mail merge."""
    unknown = sum(not one.email for one in merge.recipients)
    notes = [_to_fill_in(merge.filled)]
    if merge.fields:
        notes.append("What stands in «» comes from the table, for each of them.")
    if unknown:
        have = "has" if unknown == 1 else "have"
        notes.append(f"{unknown:,} of the {len(merge.recipients):,} {have} no e-mail address.")
    return Message(
        id=f"to-many-{merge.of}",
        subject=merge.filled.subject,
        body=merge.filled.body,
        ways=(
            Way("Letter for mail merge (.rtf)", merge.letter_path, is_file=True),
            Way("Its recipients (.csv)", merge.table_path, is_file=True),
        ),
        note=" ".join(filter(None, notes)),
    )


def _to_fill_in(filled: Filled) -> str:
    return f"Still to fill in: {listed(filled.missing, 12)}." if filled.missing else ""
