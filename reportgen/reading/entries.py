"""Tables → clients, touchpoints, sales, feedback, ratings: the rules that bind cells and sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reportgen import model
from reportgen.model import (
    Activity,
    Client,
    Direction,
    Feedback,
    Rating,
    Relationship,
    Sale,
    Touchpoint,
    name_key,
)
from reportgen.problems import Problem
from reportgen.reading.amounts import Currency
from reportgen.reading.catalogue import Catalogue, built_in, role_in
from reportgen.reading.columns import SheetName
from reportgen.reading.headers import Layout
from reportgen.reading.nearest import nearest
from reportgen.reading.tables import NOT_USED, Entry, Table, read_table
from reportgen.settings.settings import Settings
from reportgen.words import plain


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything the tables say."""

    relationships: tuple[Relationship, ...]
    problems: tuple[Problem, ...]
    cells: int


def rows_of(layouts: Sequence[Layout], settings: Settings, currency: Currency) -> Rows:
    """Every client with their rows. A row whose required cells cannot be used is left out; any other
    unusable cell is left blank. Each is a problem.
    """
    by_name = {layout.sheet.name: layout for layout in layouts}
    problems = [problem for layout in layouts for problem in layout.problems]
    tables: list[Table] = []

    def table(name: SheetName, listed: Mapping[str, str]) -> Table | None:
        if name not in by_name:
            return None
        found = read_table(by_name[name], settings, currency, listed)
        tables.append(found)
        problems.extend(found.problems)
        return found

    described = table("Clients", {})
    clients = _clients(described, problems)
    activities = table("Activities", {})
    catalogue = built_in().overridden(_activities(activities))
    people = _People.of(clients)
    rows: dict[SheetName, list[Any]] = {}
    made: Sequence[tuple[SheetName, Callable[[Table, Entry, str, list[Problem]], object]]] = (
        ("Touchpoints", _Touchpoints(catalogue).touchpoint),
        ("Sales", _sale),
        ("Feedback", _feedback),
        ("Ratings", _rating),
    )
    for name, make in made:
        found = table(name, people.clients)
        rows[name] = []
        for entry in found.entries if found else ():
            assert found is not None
            client = people.client(found, entry, problems)
            if client is not None:
                rows[name].append(make(found, entry, client, problems))
    relationships = model.relationships(
        clients, rows["Touchpoints"], rows["Sales"], rows["Feedback"], rows["Ratings"]
    )
    problems += _still_going(described, relationships)
    return Rows(
        relationships=relationships,
        problems=tuple(problems),
        cells=sum(one.cells for one in tables),
    )


def _problem(
    table: Table, entry: Entry, field: str, expected: str, suggestion: str | None = None
) -> Problem:
    return Problem(table.where(entry, field), table.shown(entry, field), expected, suggestion)


def _clients(table: Table | None, problems: list[Problem]) -> list[Client]:
    """The Clients sheet; of two rows for one client the first counts."""
    clients: dict[str, Client] = {}
    for entry in table.entries if table else ():
        assert table is not None
        values = dict(entry.values)
        name = values.pop("client")
        key = name_key(name)
        if key in clients:
            expected = f"each client once; {clients[key].row} is used"
            problems.append(_problem(table, entry, "client", expected))
            continue
        since, ended = values.get("since"), values.get("ended_on")
        if since and ended and ended < since:
            expected = f"a day on or after Client since, {since}; neither is used"
            problems.append(_problem(table, entry, "ended_on", expected))
            del values["since"], values["ended_on"]
        clients[key] = Client(name=name, row=entry.row, **values)
    return list(clients.values())


def _still_going(table: Table | None, relationships: Sequence[Relationship]) -> list[Problem]:
    """A problem for each client who has a contact or a sale after the day it ended on."""
    ended = {one.client.row: one for one in relationships if one.client.ended_on}
    problems: list[Problem] = []
    for entry in table.entries if table else ():
        if entry.row not in ended:
            continue
        assert table is not None
        one = ended[entry.row]
        contacts = [touch for touch in one.touchpoints if touch.activity.connects]
        rows: list[Touchpoint | Sale] = [*contacts, *one.sales]
        days = [(row.date, row.row) for row in rows]
        last, where = max(days, default=(date.min, entry.row))
        if last > entry.values["ended_on"]:
            expected = f"a day on or after the last contact or sale, {last} ({where})"
            expected += "; the date still counts"
            problems.append(_problem(table, entry, "ended_on", expected))
    return problems


def _activities(table: Table | None) -> list[Activity]:
    """The owner's activities; what she leaves blank is as in the catalogue, if it is there.

    The role is the entry's too; of an activity that the catalogue lacks, the one its name says.
    """
    owners: list[Activity] = []
    for entry in table.entries if table else ():
        values = dict(entry.values)
        known = built_in().named(values["name"]) or model.UNKNOWN_ACTIVITY
        owners.append(
            Activity(
                name=values["name"],
                kind=values.get("kind", known.kind),
                value=values.get("value", known.value),
                connects=values.get("connects", known.connects),
                usual_minutes=values.get("usual_minutes", known.usual_minutes),
                letter=values.get("letter", known.letter),
                two_way=known.two_way,
                role=role_in(values["name"]) if known is model.UNKNOWN_ACTIVITY else known.role,
            )
        )
    return owners


@dataclass(frozen=True, slots=True)
class _People:
    """Who is known by name: clients, and the contact persons of clients."""

    clients: Mapping[str, str]
    """Key of a client on the Clients sheet → the name."""
    contacts: Mapping[str, tuple[str, ...]]
    """Key of a contact person → the names of their clients, in alphabetical order."""
    spellings: Mapping[str, str]
    """Both, for near misses."""
    near: dict[str, str | None] = field(default_factory=dict)
    """Near misses already looked for."""
    known: dict[str, str] = field(default_factory=dict)
    """Spellings already found to be a client's."""

    @classmethod
    def of(cls, clients: Sequence[Client]) -> _People:
        names = {name_key(client.name): client.name for client in clients}
        contacts: dict[str, set[str]] = {}
        persons: dict[str, str] = {}
        for client in clients:
            if client.contact and name_key(client.contact) not in names:
                contacts.setdefault(name_key(client.contact), set()).add(client.name)
                persons.setdefault(name_key(client.contact), client.contact)
        known = {key: tuple(sorted(theirs)) for key, theirs in contacts.items()}
        return cls(names, known, persons | names)

    def client(self, table: Table, entry: Entry, problems: list[Problem]) -> str | None:
        """The client a row belongs to; None where a person could stand for several.

        An unknown name counts under its own spelling, and is a problem where it is a near miss.
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
            expected = f"the client: {name} is the contact of {' and of '.join(theirs)}{NOT_USED}"
            problems.append(_problem(table, entry, "client", expected))
            return None
        if key not in self.near:
            self.near[key] = nearest(key, self.spellings) if self.spellings else None
        if self.near[key]:
            expected = "a name on the Clients sheet; until then it counts as a client of its own"
            suggestion = f"Did you mean “{self.near[key]}”?"
            problems.append(_problem(table, entry, "client", expected, suggestion))
        return name


class _Touchpoints:
    """Touchpoints, with the activities they name."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._activities: dict[str, Activity] = {}
        self._unknown: dict[str, str | None] = {}

    def _activity(self, name: str) -> Activity:
        """The activity that a word means; an unknown one connects, and nothing else is known."""
        if name not in self._activities:
            known = self._catalogue.named(name)
            if known is None:
                near = nearest(plain(name), self._catalogue.spellings)
                self._unknown[name] = f"Did you mean “{near}”?" if near else None
            self._activities[name] = known or Activity(name, kind=None, value=None, connects=True)
        return self._activities[name]

    def touchpoint(
        self, table: Table, entry: Entry, client: str, problems: list[Problem]
    ) -> Touchpoint:
        values = dict(entry.values)
        values["client"] = client
        name = values.pop("activity", "")
        activity = self._activity(name) if name else model.UNKNOWN_ACTIVITY
        if name in self._unknown:
            expected = "an activity of the catalogue, or one listed on a sheet Activities"
            problems.append(_problem(table, entry, "activity", expected, self._unknown[name]))
        promised_for = values.get("promised_for")
        if promised_for and promised_for < values["date"]:
            expected = f"a day on or after Date, {values['date']}; the date still counts"
            problems.append(_problem(table, entry, "promised_for", expected))
        blank: Direction = "both" if activity.two_way else "out"
        values.setdefault("direction", blank)
        if "minutes" in values:
            values["minutes_recorded"] = "recorded"
        elif activity.usual_minutes is not None:
            values["minutes"] = activity.usual_minutes
            values["minutes_recorded"] = "assumed"
        return Touchpoint(activity=activity, row=entry.row, **values)


def _sale(table: Table, entry: Entry, client: str, problems: list[Problem]) -> Sale:
    """A sale; its period only where From and To are both there and in order."""
    values = entry.values | {"client": client}
    starts, ends = values.get("starts"), values.get("ends")
    if starts is None or ends is None or ends < starts:
        values.pop("starts", None)
        values.pop("ends", None)
    if starts and ends and ends < starts:
        expected = f"a day on or after From, {starts}; the period is not used"
        problems.append(_problem(table, entry, "ends", expected))
    elif starts and not ends and "ends" not in entry.unusable:
        expected = "a day in To as well; the period is not used"
        problems.append(_problem(table, entry, "starts", expected))
    elif ends and not starts and "starts" not in entry.unusable:
        expected = "a day in From as well; the period is not used"
        problems.append(_problem(table, entry, "ends", expected))
    return Sale(row=entry.row, **values)


def _feedback(table: Table, entry: Entry, client: str, problems: list[Problem]) -> Feedback:
    """An answer; its score only where it is within what it is out of."""
    values = entry.values | {"client": client}
    score, out_of = values.get("score"), values.get("out_of")
    if out_of is not None and (out_of == 0 or (score is not None and score > out_of)):
        wrong = "out_of" if out_of == 0 else "score"
        expected = "a number above 0" if out_of == 0 else f"a score of at most {out_of}"
        problems.append(_problem(table, entry, wrong, f"{expected}; the score is not used"))
        values.pop("score", None)
        values.pop("out_of", None)
    return Feedback(row=entry.row, **values)


def _rating(_table: Table, entry: Entry, client: str, _problems: list[Problem]) -> Rating:
    return Rating(row=entry.row, **(entry.values | {"client": client}))
