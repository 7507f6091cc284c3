"""The messages that the month's actions ask for, each in the form of its channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportgen import words
from reportgen.letters import drafts
from reportgen.letters.compose import Matter, card, composed, fitting, points, short
from reportgen.letters.known import values_of
from reportgen.letters.letter import Filled, Letter
from reportgen.letters.library import Letters
from reportgen.letters.reach import Reach, reach
from reportgen.report.findings import ClientFindings
from reportgen.report.plan.channel import Channel
from reportgen.report.plan.due import Due
from reportgen.report.plan.plan import Action
from reportgen.report.report import Report
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class DueLetter:
    """What to say to one client of the plan, about everything that is due."""

    client: str
    slug: str
    """Of the client."""
    channel: Channel
    reach: Reach
    letters: tuple[Letter, ...]
    """Those whose words it has; one of its own stands alone."""
    filled: Filled
    left: tuple[Letter, ...]
    """What a text message has no room for."""

    @property
    def title(self) -> str:
        """What it is about: the titles of its letters."""
        first, *others = [letter.title for letter in (*self.letters, *self.left)]
        return "; ".join([first, *(f"{one[:1].lower()}{one[1:]}" for one in others)])

    def eml(self) -> bytes:
        """The e-mail as a file; the owner fills in who sends it."""
        return drafts.eml("", self.reach.to, self.filled.subject, self.filled.body)

    @property
    def eml_path(self) -> str:
        """The path of its draft in the site; empty where it is no e-mail."""
        return f"letters/{self.slug}.eml" if self.channel is Channel.EMAIL else ""


_FORMS: Mapping[Channel, Callable[[Sequence[Matter]], Filled]] = {
    Channel.EMAIL: composed,
    Channel.TALK: points,
    Channel.POST: card,
    Channel.TEXT: short,
}


def due_letters(report: Report, letters: Letters) -> tuple[DueLetter, ...]:
    """The messages of the plan, in order of its actions, one a client; empty without any."""
    clients = {client.name: client for client in report.found.clients}
    slugs = words.slugs(list(clients))
    return tuple(
        _due_letter(action, clients[action.client], slugs[action.client], report, letters)
        for action in report.plan.actions
    )


def _due_letter(
    action: Action, client: ClientFindings, slug: str, report: Report, letters: Letters
) -> DueLetter:
    by_letter: dict[str, list[Due]] = {}
    for one in action.due:
        by_letter.setdefault(one.letter, []).append(one)
    matters = [
        (letters.named(name), values_of(client, due, report)) for name, due in by_letter.items()
    ]
    said = fitting(matters) if action.channel is Channel.TEXT else matters
    filled = _FORMS[action.channel](said)
    return DueLetter(
        client=client.name,
        slug=slug,
        channel=action.channel,
        reach=reach(client.seen.client, action.channel, filled, report.settings),
        letters=tuple(letter for letter, _ in said),
        filled=filled,
        left=tuple(letter for letter, _ in matters[len(said) :]),
    )
