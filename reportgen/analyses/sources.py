"""Where the clients come from who stay and pay, and who brought whom (SPEC 4, selection)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median

from reportgen.evidence.evidence import Evidence
from reportgen.model import Client, name_key
from reportgen.shares import Share
from reportgen.values import dataclass

_FRIEND = re.compile(r"(?:an? )?friends? of[\s:]+(?P<name>.*\S)", re.IGNORECASE)
FRIENDS = "Friend"
"""What ``friend of …`` counts as among the sources: each such source would be one of its own."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The clients who came one way, or who are of one segment."""

    name: str | None
    """As the owner writes it most often; None of those for whom nothing is recorded."""
    prospects: int
    """Those without a purchase."""
    customers: int
    contact_days: float | None
    """The median of the contact days before the first purchase; None without a customer."""
    days: float | None
    """The median of the days from the first contact to the first purchase; None without a customer."""
    sales: Decimal
    """Of all time, like what follows."""
    contribution: Decimal | None
    """Sales less all costs, those on prospects too; None where the costs of one of them are not known."""
    minutes: int
    kept: Share
    """Of those active in the 12 months before W, who is active in W."""

    @property
    def conversion(self) -> Share:
        """Who bought, of all who came this way."""
        return Share(self.customers, self.customers + self.prospects)


@dataclass(frozen=True, slots=True)
class Referrer:
    """Somebody who brought clients."""

    name: str
    """A client's name, or what the owner calls somebody who is none."""
    directly: tuple[str, ...]
    """The clients who name them; by name."""
    brought: tuple[str, ...]
    """These clients, those whom they brought, and so on; by name."""
    sales: Decimal
    """What all of them have bought."""


def by_source(
    everyone: Sequence[Evidence],
    contribution: Mapping[str, Decimal | None],
    *,
    kept: Container[str],
    quiet: Container[str],
) -> tuple[Origin, ...]:
    """The ways that clients came, most sales first, then by name; what is not recorded last.

    ``contribution`` is each client's; ``kept`` and ``quiet`` name who was active in the year before and
    is, or is not, in W.
    """
    return _origins(everyone, _source, contribution, kept, quiet)


def by_segment(
    everyone: Sequence[Evidence],
    contribution: Mapping[str, Decimal | None],
    *,
    kept: Container[str],
    quiet: Container[str],
) -> tuple[Origin, ...]:
    """The same by segment."""
    return _origins(everyone, lambda client: client.segment, contribution, kept, quiet)


def _source(client: Client) -> str | None:
    return FRIENDS if client.source and _FRIEND.fullmatch(client.source) else client.source


def _origins(
    everyone: Sequence[Evidence],
    name_of: Callable[[Client], str | None],
    contribution: Mapping[str, Decimal | None],
    kept: Container[str],
    quiet: Container[str],
) -> tuple[Origin, ...]:
    """One for each name, without regard to case and spaces; none where no client has one."""
    members: dict[str, list[Evidence]] = {}
    spellings: dict[str, Counter[str]] = {}
    for seen in everyone:
        name = " ".join((name_of(seen.client) or "").split())
        members.setdefault(name_key(name), []).append(seen)
        spellings.setdefault(name_key(name), Counter())[name] += 1
    if not members.keys() - {""}:
        return ()
    found = []
    for key, of in members.items():
        written = spellings[key]
        name = min(written, key=lambda one: (-written[one], one))
        found.append(_origin(name or None, of, contribution, kept, quiet))
    return tuple(sorted(found, key=lambda one: (one.name is None, -one.sales, one.name or "")))


def _origin(
    name: str | None,
    members: Sequence[Evidence],
    contribution: Mapping[str, Decimal | None],
    kept: Container[str],
    quiet: Container[str],
) -> Origin:
    customers = [seen for seen in members if seen.is_customer]
    left = [contribution[seen.name] for seen in members]
    known = [one for one in left if one is not None]
    stayed = sum(seen.name in kept for seen in members)
    gone = sum(seen.name in quiet for seen in members)
    return Origin(
        name=name,
        prospects=len(members) - len(customers),
        customers=len(customers),
        contact_days=median(_contact_days(seen) for seen in customers) if customers else None,
        days=median(_days(seen) for seen in customers) if customers else None,
        sales=sum((sale.amount for seen in members for sale in seen.sales), Decimal()),
        contribution=sum(known, Decimal()) if len(known) == len(left) else None,
        minutes=sum(seen.minutes for seen in members),
        kept=Share(stayed, stayed + gone),
    )


def _contact_days(seen: Evidence) -> int:
    """The contact days before the first purchase."""
    return sum(day < seen.purchases[0].first for day in seen.contact_days)


def _days(seen: Evidence) -> int:
    """From the first contact day to the first purchase; 0 where they bought at once."""
    return max(0, (seen.purchases[0].first - seen.contact_days[0]).days)


def referrers(everyone: Sequence[Evidence]) -> tuple[Referrer, ...]:
    """Who brought whom, through all steps; who brought most sales first, then by name.

    A client's contact stands for the client, where no other client has one of that name. Nobody brings
    himself, even where clients are said to have sent each other.
    """
    known = _known(everyone)
    brought: dict[str, list[str]] = {}
    named: dict[str, str] = {name_key(seen.name): seen.name for seen in everyone}
    for seen in everyone:
        by = referrer_of(seen.client)
        if by is None:
            continue
        key = known.get(name_key(by), name_key(by))
        named.setdefault(key, by)
        if key != name_key(seen.name):
            brought.setdefault(key, []).append(name_key(seen.name))
    sales = {
        name_key(seen.name): sum((sale.amount for sale in seen.sales), Decimal())
        for seen in everyone
    }
    found = []
    for key, direct in brought.items():
        reached = _reached(key, brought)
        total = sum((sales[one] for one in reached), Decimal())
        found.append(Referrer(named[key], _by_name(direct, named), _by_name(reached, named), total))
    return tuple(sorted(found, key=lambda one: (-one.sales, one.name.casefold())))


def _by_name(keys: Iterable[str], named: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted((named[one] for one in keys), key=str.casefold))


def referrer_of(client: Client) -> str | None:
    """Who sent the client: ``Referred by``, else the name in a source such as ``friend of Jo``."""
    if client.referred_by:
        friend = _FRIEND.fullmatch(client.referred_by)
        return friend["name"] if friend else client.referred_by
    friend = _FRIEND.fullmatch(client.source) if client.source else None
    return friend["name"] if friend else None


def _known(everyone: Sequence[Evidence]) -> dict[str, str]:
    """Key of a name, or of a contact whom one client alone has → the key of the client."""
    people = Counter(name_key(seen.client.contact) for seen in everyone if seen.client.contact)
    contacts = {
        name_key(seen.client.contact): name_key(seen.name)
        for seen in everyone
        if seen.client.contact and people[name_key(seen.client.contact)] == 1
    }
    return contacts | {name_key(seen.name): name_key(seen.name) for seen in everyone}


def _reached(start: str, brought: Mapping[str, Sequence[str]]) -> set[str]:
    """Everybody whom one brought, and whom these did; never the one."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        for one in brought.get(ahead.pop(), ()):
            if one not in found and one != start:
                found.add(one)
                ahead.append(one)
    return found
