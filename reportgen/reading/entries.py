"""Tables → clients, touchpoints, sales, feedback, ratings: the rules that join cells and sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from reportgen import model
from reportgen.model import (
    Activity,
    Direction,
    Feedback,
    MinutesRecorded,
    Rating,
    Relationship,
    Sale,
    Touchpoint,
    name_key,
)
from reportgen.problems import Lost, Problem
from reportgen.reading.amounts import Currency
from reportgen.reading.catalogue import Catalogue, built_in, role_in
from reportgen.reading.cells import shown
from reportgen.reading.columns import (
    ACTIVITIES,
    CLIENTS,
    FEEDBACK,
    KEYS,
    RATINGS,
    SALES,
    TELLING_WHOSE,
    TOUCHPOINTS,
    Sheet,
)
from reportgen.reading.groups import once_an_invoice, with_names
from reportgen.reading.headers import Layout
from reportgen.reading.nearest import Known
from reportgen.reading.people import People, listed
from reportgen.reading.tables import Entry, Table, table_of
from reportgen.settings.settings import Settings
from reportgen.values import dataclass
from reportgen.words import plain


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that the tables say."""

    relationships: tuple[Relationship, ...]
    problems: tuple[Problem, ...]
    cells: int
    """How many filled cells were looked at."""
    unread: tuple[str, ...] = ()
    """The columns that were left aside, in the owner's words."""
    remarks: tuple[str, ...] = ()
    """How rows were counted that say themselves how, a sentence each."""


def rows_of(layouts: Sequence[Layout], settings: Settings, currency: Currency) -> Rows:
    """Every client with their rows, and a problem for each cell that cannot be used.

    A row whose required cells cannot be used is left out; any other such cell is left blank.
    """
    problems = [problem for layout in layouts for problem in layout.problems]
    unread: list[str] = []
    remarks: list[str] = []
    cells = 0

    def entries(sheet: Sheet, listed: Mapping[str, str]) -> Iterator[Entry]:
        for layout in layouts:
            if layout.sheet is not sheet:
                continue
            table = table_of(with_names(layout), settings, currency, listed)
            if table is None:
                continue
            if sheet is SALES:
                every = [*table.entries()]
                tell(table)
                yield from once_an_invoice(every, remarks)
            else:
                yield from table.entries()
                tell(table)

    def tell(table: Table) -> None:
        nonlocal cells
        problems.extend(table.problems)
        unread.extend(table.unread)
        remarks.extend(table.remarks)
        cells += table.cells

    described = [*entries(CLIENTS, {})]
    clients, people = listed(described, problems)
    catalogue = built_in().overridden(_activities(entries(ACTIVITIES, {})))
    kinds: Sequence[tuple[Sheet, _Make]] = (
        (TOUCHPOINTS, _Touchpoints(catalogue).touchpoint),
        (SALES, _sale),
        (FEEDBACK, _feedback),
        (RATINGS, _rating),
    )
    made: list[list[Any]] = []
    for sheet, make in kinds:
        made.append([])
        unnamed: Counter[str] = Counter()
        events: set[tuple[str, str, date]] = set()
        for entry in entries(sheet, people.clients):
            if TELLING_WHOSE.isdisjoint(entry.values):
                client = people.named(entry, problems)
            else:
                client = _client(entry, people, problems, unnamed)
                if client is None or _again(entry, client, events):
                    continue
                entry = _without_keys(entry)
            if client is not None:
                made[-1].append(make(entry, client, problems))
        unread += [_no_client(many, sheet_name) for sheet_name, many in unnamed.items()]
    touchpoints, *others = made
    told = _told_once(touchpoints, others[0], layouts)
    relationships = model.relationships(clients, told, *others)
    problems += _still_going(described, relationships)
    return Rows(
        relationships,
        tuple(dict.fromkeys(problems)),
        cells,
        tuple(dict.fromkeys(unread)),
        tuple(dict.fromkeys(remarks)),
    )


def _client(
    entry: Entry, people: People, problems: list[Problem], unnamed: Counter[str]
) -> str | None:
    """Whose the row is; where it has a title alone, and that names nobody, it is counted as unnamed."""
    title = entry.values.get("named_in")
    if title is None or not entry.values.keys().isdisjoint((*KEYS, "client")):
        return people.client(entry, problems)
    client = people.named_in(title)
    if client is None:
        unnamed[entry.layout.grid.sheet] += 1
    return client


def _again(entry: Entry, client: str, events: set[tuple[str, str, date]]) -> bool:
    """Whether it is the same event with the same client once more: two of their people came."""
    event = entry.values.get("event")
    if not event:
        return False
    one = (client, event, entry.values["date"])
    again = one in events
    events.add(one)
    return again


def _no_client(many: int, sheet: str) -> str:
    events = "1 event" if many == 1 else f"{many:,} events"
    return f"{events} on {sheet} without an attendee or the name of a client in the title"


def _without_keys(entry: Entry) -> Entry:
    """The entry without the id and the address that said whose it is."""
    values = {one: value for one, value in entry.values.items() if one not in TELLING_WHOSE}
    return replace(entry, values=values)


def _told_once(
    touchpoints: Sequence[Touchpoint], sales: Sequence[Sale], layouts: Sequence[Layout]
) -> Sequence[Touchpoint]:
    """The touchpoints but those of a list that another table tells of, too.

    Where the list says what it was, another table tells of it by the same activity on that day; the day
    alone, such as a last contact, by a sale or by anything that the client feels. A plan tells of a plan.
    """
    lists = {layout.grid.sheet for layout in layouts if layout.of_list}
    if not lists:
        return touchpoints
    rows: list[Touchpoint | Sale] = [*touchpoints, *sales]
    told: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)

    def tell(one: Touchpoint | Sale) -> None:
        whose = (name_key(one.client), one.date, one.tentative)
        if isinstance(one, Touchpoint):
            told[*whose, one.activity].add(one.row.sheet)
        if isinstance(one, Sale) or one.activity.connects:
            told[whose].add(one.row.sheet)

    def is_told(one: Touchpoint) -> bool:
        what = (one.activity,) if one.activity.name else ()
        sure = (False, True) if one.tentative else (False,)
        found = (told[name_key(one.client), one.date, plan, *what] for plan in sure)
        return any(sheets - {one.row.sheet} for sheets in found)

    for one in rows:
        if one.row.sheet not in lists:
            tell(one)
    kept = [one for one in touchpoints if one.row.sheet not in lists]
    of_lists = [one for one in touchpoints if one.row.sheet in lists]
    for one in sorted(of_lists, key=lambda one: not one.activity.name):
        if not is_told(one):
            tell(one)
            kept.append(one)
    return kept


_Make = Callable[[Entry, str, list[Problem]], object]
"""Makes a record of a row and its client, and adds to the problems."""


def _still_going(
    entries: Sequence[Entry], relationships: Sequence[Relationship]
) -> Iterator[Problem]:
    """A problem for each client who has a contact or a sale after ``Ended on``."""
    ended = {one.client.row: one for one in relationships if one.client.ended_on}
    for entry in entries:
        if entry.row not in ended:
            continue
        one = ended[entry.row]
        contacts = [touch for touch in one.touchpoints if touch.activity.connects]
        rows: list[Touchpoint | Sale] = [*contacts, *one.sales]
        days = [(row.date, row.row) for row in rows]
        last, where = max(days, default=(date.min, entry.row))
        if last > entry.values["ended_on"]:
            expected = f"a day on or after the last contact or sale, {last} ({where})"
            yield entry.problem("ended_on", f"{expected}; the date still counts", lost=Lost.NOTHING)


def _activities(entries: Iterable[Entry]) -> list[Activity]:
    """The owner's activities; what she leaves blank is as in the catalogue.

    The role is the catalogue's, too; an activity that it lacks has the role that its name says.
    """
    owners: list[Activity] = []
    for entry in entries:
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


class _Touchpoints:
    """Makes touchpoints, each with the activity that it names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._words = Known(catalogue.spellings)
        self._activities: dict[str, Activity] = {}
        self._unknown: dict[str, str | None] = {}

    def _activity(self, name: str) -> Activity:
        """The activity that a word means; of an unknown one we suppose that the client feels it."""
        if name not in self._activities:
            known = self._catalogue.named(name)
            if known is None:
                near = self._words.nearest(plain(name))
                self._unknown[name] = f"Did you mean “{near}”?" if near else None
            self._activities[name] = known or Activity(name, kind=None, value=None, connects=True)
        return self._activities[name]

    def touchpoint(self, entry: Entry, client: str, problems: list[Problem]) -> Touchpoint:
        """The touchpoint of a row; blank minutes are those that its activity usually takes."""
        values = dict(entry.values)
        values["client"] = client
        name = values.pop("activity", "")
        activity = self._activity(name) if name else model.UNKNOWN_ACTIVITY
        if name in self._unknown:
            place = "in a file Activities.csv" if entry.layout.grid.csv else "on a sheet Activities"
            expected = f"an activity of the catalogue, or one listed {place}"
            suggestion = self._unknown[name] or _listed_row(name, entry.layout.grid.csv)
            problems.append(entry.problem("activity", expected, suggestion, Lost.NOTHING))
        promised_for = values.get("promised_for")
        if promised_for and promised_for < values["date"]:
            expected = f"a day on or after Date, {values['date']}; the date still counts"
            problems.append(entry.problem("promised_for", expected, lost=Lost.NOTHING))
        blank = Direction.BOTH if activity.two_way else Direction.OUT
        values.setdefault("direction", blank)
        if "minutes" in values:
            values["minutes_recorded"] = MinutesRecorded.RECORDED
        elif activity.usual_minutes is not None:
            values["minutes"] = activity.usual_minutes
            values["minutes_recorded"] = MinutesRecorded.ASSUMED
        return Touchpoint(activity=activity, row=entry.row, **values)


def _listed_row(name: str, csv: bool) -> str:
    """What to write on the sheet Activities, or in the file, for an activity that nobody knows."""
    place = "a file Activities.csv in one folder with this one" if csv else "a sheet Activities"
    return (
        f"Add a row to {place}: Activity {shown(name)}, Connects “yes”, as it counts now, or “no”."
    )


def _sale(entry: Entry, client: str, problems: list[Problem]) -> Sale:
    """A sale; it has a period only when From and To are both there and in order."""
    values = entry.values | {"client": client}
    del values["is_line"]
    values.pop("order", None)
    starts, ends = values.get("starts"), values.get("ends")
    if starts is None or ends is None or ends < starts:
        values.pop("starts", None)
        values.pop("ends", None)
    if starts and ends and ends < starts:
        expected = f"a day on or after From, {starts}; the period is not used"
        problems.append(entry.problem("ends", expected))
    elif starts and not ends and "ends" not in entry.unusable:
        expected = "a day in To as well; the period is not used"
        problems.append(entry.problem("starts", expected))
    elif ends and not starts and "starts" not in entry.unusable:
        expected = "a day in From as well; the period is not used"
        problems.append(entry.problem("ends", expected))
    return Sale(row=entry.row, **values)


def _feedback(entry: Entry, client: str, problems: list[Problem]) -> Feedback:
    """An answer; it has a score only when that is at most what it is out of."""
    values = entry.values | {"client": client}
    score, out_of = values.get("score"), values.get("out_of")
    if out_of is not None and (out_of == 0 or (score is not None and score > out_of)):
        wrong = "out_of" if out_of == 0 else "score"
        expected = "a number above 0" if out_of == 0 else f"a score of at most {out_of}"
        problems.append(entry.problem(wrong, f"{expected}; the score is not used"))
        values.pop("score", None)
        values.pop("out_of", None)
    return Feedback(row=entry.row, **values)


def _rating(entry: Entry, client: str, _problems: list[Problem]) -> Rating:
    return Rating(row=entry.row, **(entry.values | {"client": client}))
