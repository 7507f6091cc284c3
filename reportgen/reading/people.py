"""Who the clients are, and whose a row is: told by an id, else by an e-mail address, else by the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from reportgen.model import Client, name_key
from reportgen.problems import Lost, Problem
from reportgen.reading.cells import as_id, shown
from reportgen.reading.columns import KEYS
from reportgen.reading.nearest import Known
from reportgen.reading.tables import NOT_USED, Entry
from reportgen.values import dataclass

_SEPARATORS = {"client_id": re.compile(r"[;\n]"), "client_email": re.compile(r"[;,\s]")}
_WORDS = re.compile(r"\w+")
_NOUNS = {"client_id": "id", "client_email": "e-mail address"}
_KNOWN_BY = {
    "contact": "contact",
    "email": "client_email",
    "other_email": "client_email",
    "client_id": "client_id",
}
"""What tells two rows of one client apart → the field of a row that it is looked up by."""
_MOST_NAMED = 20
"""Clients that one sentence names."""
_NO_PART = ("client_id", "other_email")
"""What a client is known by, and is no part of what we keep of them."""


def keys(field: str, text: str) -> list[str]:
    """The ids or addresses of a cell in the form in which they are compared; a cell may hold several."""
    found = [as_id(part) for part in _SEPARATORS[field].split(text)]
    if field == "client_email":
        return [part.casefold() for part in found if "@" in part]
    return [part for part in found if part]


@dataclass(slots=True)
class _Listed:
    """One client by all the rows of the list of clients that bear the name."""

    entry: Entry
    """The first of them."""
    values: dict[str, Any]
    told: dict[str, dict[str, None]] = field(default_factory=lambda: {one: {} for one in _KNOWN_BY})
    """Their contacts, addresses and ids, as the rows say them, in that order."""

    def client(self) -> Client:
        return Client(row=self.entry.row, **self.values)

    def note(self, values: Mapping[str, Any]) -> set[str]:
        """Take up who can be reached and by which id; which of these are new."""
        new = set()
        for one, known in self.told.items():
            text = values.get(one)
            if text and text not in known:
                known[text] = None
                new.add(one)
        return new

    def fill(self, values: Mapping[str, Any]) -> None:
        """Take from a further row what the first leaves blank; the relationship has no other end."""
        for one, value in values.items():
            if one not in ("ended_on", "since", *_NO_PART):
                self.values.setdefault(one, value)


def listed(entries: Iterable[Entry], problems: list[Problem]) -> tuple[list[Client], People]:
    """The clients of the list of clients, and who is known by it.

    Several rows of one name that differ in the person, the address or the id are one client, of whom
    the first row counts before the others; of rows that differ in none the first counts alone.
    """
    found: dict[str, _Listed] = {}
    for entry in entries:
        values = {one: value for one, value in entry.values.items() if one not in _NO_PART}
        one = found.get(name_key(values["client"]))
        if one is not None:
            problems += _again(one, entry)
            continue
        since, ended = values.get("since"), values.get("ended_on")
        if since and ended and ended < since:
            expected = f"a day on or after Client since, {since}; neither is used"
            problems.append(entry.problem("ended_on", expected))
            del values["since"], values["ended_on"]
        name = values.pop("client")
        found[name_key(name)] = one = _Listed(entry, {"name": name, **values})
        one.note(entry.values)
    people = found.values()
    return [one.client() for one in people], People.of(people)


def _again(one: _Listed, entry: Entry) -> Iterator[Problem]:
    """Join a further row to its client, and say so unless it is that of another person there.

    What one program exports as companies and as their people are two lists of the same clients.
    """
    is_company = bool(one.told["contact"])
    new = one.note(entry.values)
    row = one.entry.row
    if entry.layout.told != one.entry.layout.told:
        one.fill({field: value for field, value in entry.values.items() if field != "client"})
        return
    if not new:
        yield entry.problem("client", f"each client once; {row} is used", lost=Lost.ROW)
        return
    one.fill({field: value for field, value in entry.values.items() if field != "client"})
    contact = entry.values.get("contact")
    if "contact" not in new if contact else not is_company:
        expected = f"a name for each client; this row and {row} count as one client"
        yield entry.problem("client", expected, "If they are two, name them apart.", Lost.NOTHING)


@dataclass(frozen=True, slots=True)
class People:
    """Who is known: clients by name, id and address, and the contact persons of clients."""

    clients: Mapping[str, str]
    """Key of a client on the Clients sheet → the name."""
    contacts: Mapping[str, tuple[str, ...]]
    """Key of a contact person → the names of their clients, in alphabetical order."""
    by_key: Mapping[str, Mapping[str, tuple[str, ...]]]
    """A field of KEYS → id or address → the names of the clients that have it."""
    names: Known
    """Every client and contact person by key."""
    addresses: Known
    known: dict[object, str] = field(default_factory=dict)
    """A spelling, or a row's id, address and spelling → the client that is meant, as far as met."""
    phrases: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    """How many words → the words of a name → the clients that it may mean; filled for the first title."""

    @classmethod
    def of(cls, listed: Iterable[_Listed]) -> People:
        """The people of the list of clients; a name that is a client's is nobody's contact person."""
        everyone = list(listed)
        names = {name_key(one.values["name"]): one.values["name"] for one in everyone}
        persons: dict[str, str] = {}
        contacts: dict[str, set[str]] = {}
        by_key: dict[str, dict[str, set[str]]] = {one: {} for one in KEYS}
        for one in everyone:
            name = one.values["name"]
            for person in one.told["contact"]:
                if name_key(person) not in names:
                    contacts.setdefault(name_key(person), set()).add(name)
                    persons.setdefault(name_key(person), person)
            for told, texts in one.told.items():
                if told != "contact":
                    at = _KNOWN_BY[told]
                    for key in (key for text in texts for key in keys(at, text)):
                        by_key[at].setdefault(key, set()).add(name)
        return cls(
            names,
            _sorted(contacts),
            {at: _sorted(theirs) for at, theirs in by_key.items()},
            Known(persons | names),
            Known({one: one for one in by_key["client_email"]}),
        )

    def client(self, entry: Entry, problems: list[Problem]) -> str | None:
        """The client that a row with an id or an address belongs to; None when nobody can say."""
        name: str | None = entry.values.get("client")
        given = tuple((at, text) for at in KEYS if (text := entry.values.get(at)))
        if not given and name is not None:
            return self.named(entry, problems)
        if (given, name) in self.known:
            return self.known[given, name]
        found = [(at, who) for at, text in given if (who := self._keyed(at, text))]
        if not found:
            if name is not None:
                return self.named(entry, problems)
            problems.append(self._unknown(given, entry))
            return None
        at, client = found[0]
        besides = self._besides(at, entry.values[at], client)
        if besides:
            expected = (
                f"one client; the row counts for {client}, and not for {_all_of(besides, ' and ')}"
            )
            problems.append(entry.problem(at, expected, lost=Lost.NOTHING))
            return client
        other = next((one for one, who in found if who != client), None)
        if other is None and name is not None and not self._is(name, client):
            other = "client"
        if other is None:
            return self.known.setdefault((given, name), client)
        expected = f"{client}, whose {_NOUNS[at]} stands beside it; the row counts for {client}"
        problems.append(entry.problem(other, expected, lost=Lost.NOTHING))
        return client

    def named_in(self, text: str) -> str | None:
        """The one client whose name, or contact's name, stands in a text; None where none or several do."""
        if not self.phrases:
            self._fill_phrases()
        words = _WORDS.findall(name_key(text))
        found = {
            name
            for length, phrases in self.phrases.items()
            for at in range(len(words) - length + 1)
            for name in phrases.get(" ".join(words[at : at + length]), ())
        }
        return found.pop() if len(found) == 1 else None

    def _fill_phrases(self) -> None:
        for key, names in (*self.contacts.items(), *((k, (v,)) for k, v in self.clients.items())):
            words = _WORDS.findall(key)
            phrases = self.phrases.setdefault(len(words), {})
            phrases.setdefault(" ".join(words), set()).update(names)

    def named(self, entry: Entry, problems: list[Problem]) -> str | None:
        """The client that a row belongs to by its name; None when nobody can say.

        An unknown name counts under its own spelling; it is a problem when a known one is near.
        """
        name: str = entry.values["client"]
        if name in self.known:
            return self.known[name]
        key = name_key(name)
        if key in self.clients:
            return self.known.setdefault(name, self.clients[key])
        if key in self.contacts:
            theirs = self.contacts[key]
            if len(theirs) == 1:
                return self.known.setdefault(name, theirs[0])
            expected = f"the client: {name} is the contact of {_all_of(theirs)}{NOT_USED}"
            problems.append(entry.problem("client", expected, lost=Lost.ROW))
            return None
        for at in KEYS:  # a column of clients may hold ids
            if who := self._keyed(at, name):
                return self.known.setdefault(name, who)
        near = self.names.nearest(key)
        if entry.layout.only_listed and self.clients:
            problems.append(_no_client(near, entry))
            return None
        if near:
            expected = "a name on the Clients sheet; until then it counts as a client of its own"
            suggestion = f"Did you mean {shown(near)}?"
            problems.append(entry.problem("client", expected, suggestion, Lost.NOTHING))
            return name
        return self.known.setdefault(name, name)

    def _keyed(self, at: str, text: str) -> str | None:
        """The client of the first id or address of a cell that is one client's; else None."""
        for key in keys(at, text):
            theirs = self.by_key[at].get(key, ())
            if len(theirs) == 1:
                return theirs[0]
        return None

    def _besides(self, at: str, text: str, client: str) -> list[str]:
        """The other clients whose ids or addresses a cell holds, too."""
        found = {
            theirs[0] for key in keys(at, text) if len(theirs := self.by_key[at].get(key, ())) == 1
        }
        return sorted(found - {client})

    def _is(self, name: str, client: str) -> bool:
        key = name_key(name)
        if key == name_key(client) or client in self.contacts.get(key, ()):
            return True
        return client in (self._keyed(at, name) for at in KEYS)

    def _unknown(self, given: Sequence[tuple[str, str]], entry: Entry) -> Problem:
        """Why no client has the id or the address of a row that has no name."""
        at, text = given[0]
        noun = _NOUNS[at]
        for one in keys(at, text):
            if theirs := self.by_key[at].get(one, ()):
                expected = f"the {noun} of one client; it is that of {_all_of(theirs)}"
                return entry.problem(at, f"{expected}{NOT_USED}", lost=Lost.ROW)
        near = None
        if at == "client_email":
            near = self.addresses.nearest(text.casefold())
        return entry.problem(
            at,
            f"the {noun} of a client; no client on the list of clients has it{NOT_USED}",
            f"Did you mean {shown(near)}?" if near else None,
            Lost.ROW,
        )


def _no_client(near: str | None, entry: Entry) -> Problem:
    """Why a row does not count whose name may be that of a deal or of a case."""
    expected = f"a name on the list of clients{NOT_USED}"
    known = f"Did you mean {shown(near)}?" if near else "If it is a client, add it to the list."
    return entry.problem("client", expected, known, Lost.ROW)


def _all_of(names: Sequence[str], joint: str = " and of ") -> str:
    """The names; of very many the first, and how many there are besides."""
    if len(names) <= _MOST_NAMED:
        return joint.join(names)
    first = names[: _MOST_NAMED - 1]
    return joint.join((*first, f"{len(names) - len(first):,} others"))


def _sorted(found: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(names)) for key, names in found.items()}
