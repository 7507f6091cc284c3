"""The book and the settings redacted for an edition, before any analysis.

The table of sight is the whole rule (:mod:`reportgen.editions.policy`). It lists what is allowed: a field
without a line in it is dropped.

Pseudonymised data is still personal data: ``docs/privacy.md`` says what an edition does not protect
against.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from reportgen import words
from reportgen.editions.choice import rules_of
from reportgen.editions.index import PLACES, hundred, last_figure, summed
from reportgen.editions.policy import (
    DROPPED,
    INDEX,
    KEPT,
    PARTS,
    PSEUDONYM,
    RENUMBERED,
    VOCABULARY,
    Treatment,
)
from reportgen.model import (
    Activity,
    Book,
    Client,
    Edition,
    Feedback,
    Rating,
    Relationship,
    Sale,
    Signal,
    Source,
    Touchpoint,
    name_key,
    relationships,
)
from reportgen.problems import ReportError, Row
from reportgen.reading.catalogue import built_in
from reportgen.settings.configuration import Choice
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.words import plain

AS_DECLARED = Choice()

PUBLIC_AT_LEAST = 20
"""Clients that a public edition takes: with fewer, a total would tell too much of one."""

_NUMBERS_FROM = 10_000
_MOST = Decimal(10) ** 12
_NO_ROW = Row("", 0)

_CHANNELS = frozenset(
    plain(word)
    for word in (
        *(
            "Email",
            "Phone",
            "Call",
            "Video",
            "Video call",
            "In person",
            "Meeting",
            "Post",
            "Letter",
        ),
        *("Text", "Text message", "SMS", "Chat", "WhatsApp", "Website", "Social media"),
    )
)
"""The ways to be in touch that anybody might use, and that so identify nobody."""

_GROUPS: Mapping[tuple[type, str], tuple[str, Callable[[str], str]]] = {
    (Client, "segment"): ("Segment", str),
    (Client, "source"): ("Source", str),
    (Client, "preferred_channel"): ("Channel", plain),
    (Touchpoint, "channel"): ("Channel", plain),
    (Settings, "preferred_channels"): ("Channel", plain),
    (Sale, "service"): ("Service", name_key),
    (Sale, "project"): ("Project", name_key),
    (Activity, "name"): ("Activity", plain),
}
"""Field → what its codes are called, and the form in which two of its words are the same."""

_T = TypeVar("_T", Client, Touchpoint, Sale, Feedback, Rating, Activity)


def redact(
    book: Book,
    settings: Settings,
    edition: Edition,
    secret: str | None,
    choice: Choice = AS_DECLARED,
) -> tuple[Book, Settings]:
    """The book and the settings as an edition may see them, clients in order of their new names.

    ``secret`` keys the pseudonyms; without one the workbook's own bytes do, and the pseudonyms change
    with them. ``choice`` holds the owner's changes to the edition. For the owner the book comes back as
    it is, and so does a book that has been redacted for this edition before.

    Raises: ReportError for a public edition of fewer than 20 clients, and where ``choice`` names what
    cannot be left out or given back.
    """
    if edition == Edition.OWNER:
        return book, settings
    rules = rules_of(edition, choice)
    if edition == Edition.PUBLIC and len(book.relationships) < PUBLIC_AT_LEAST:
        raise ReportError(
            f"There is no public edition of {words.count(len(book.relationships), 'client')}: "
            f"with fewer than {PUBLIC_AT_LEAST} a total tells too much of one; make the coach's "
            "edition instead."
        )
    if book.edition == edition:
        return book, settings
    hand = _Hand(book, settings, secret or book.source.sha256, rules)
    numbered = _Numbered()
    redacted = Book(
        relationships=tuple(
            numbered.relationship(one)
            for one in _in_order(hand.relationship(one) for one in book.relationships)
        ),
        source=Source(name="the owner’s workbook", sha256=""),
        edition=edition,
    )
    return redacted, hand.settings()


def key(book: Book, settings: Settings, secret: str | None) -> tuple[tuple[str, str], ...]:
    """What each client is called in the coach's edition, beside the name; in order of what it is called.

    ``secret`` is the one that the edition was made with.
    """
    hand = _Hand(book, settings, secret or book.source.sha256, {})
    return tuple(
        sorted((hand.pseudonym(one.client.name), one.client.name) for one in book.relationships)
    )


def _in_order(kept: Iterable[Relationship]) -> tuple[Relationship, ...]:
    """Clients by their new names, records oldest first, in an order that only what is left decides.

    The order they had came from the workbook's rows and from words that the edition drops.
    """
    every = tuple(kept)

    def records(name: str) -> list[Any]:
        return sorted((one for of in every for one in getattr(of, name)), key=repr)

    return relationships(
        (one.client for one in every),
        touchpoints=records("touchpoints"),
        sales=records("sales"),
        feedback=records("feedback"),
        ratings=records("ratings"),
    )


class _Hand:
    """Redacts records by the rules, with one set of pseudonyms and codes and one measure of money."""

    def __init__(
        self,
        book: Book,
        settings: Settings,
        secret: str,
        rules: Mapping[tuple[type, str], Treatment],
    ) -> None:
        self._settings = settings
        self._rules = rules
        self._secret = secret.encode()
        self._hundred = hundred(book, settings)
        self._clients = self._pseudonyms(book)
        self._codes = self._coded(book, settings)
        self._activities: dict[Activity, Activity] = {}

    def pseudonym(self, client: str) -> str:
        """What a client is called."""
        return self._clients[name_key(client)]

    def relationship(self, one: Relationship) -> Relationship:
        """One client with their records, none of which tells its place in the workbook."""
        kept = {
            name: tuple(self._record(record) for record in getattr(one, name))
            for name in ("touchpoints", "sales", "feedback", "ratings")
            if self._rules.get((Relationship, name)) == PARTS
        }
        if self._rules.get((Sale, "amount")) == INDEX:
            kept["sales"] = self._evened(one.sales, kept["sales"])
        return Relationship(client=self._record(one.client), **kept)

    def _evened(self, sales: Sequence[Sale], shown: Sequence[Sale]) -> tuple[Sale, ...]:
        """The sales shown, moved so that rounding leaves their sums as they were.

        A day on which something was paid back keeps its sum, so that no refund becomes a purchase; and
        the largest client's sales sum to 100.
        """
        exact: dict[date, Decimal] = {}
        for sale in sales:
            exact[sale.date] = exact.get(sale.date, Decimal()) + sale.amount
        paid_back = {sale.date for sale in sales if sale.amount < 0}
        for day in sorted(paid_back):
            shown = summed(shown, {day}, self._index(exact[day]))
        if sum(exact.values()) == self._hundred:
            of_them = sum((sale.amount for sale in shown if sale.date in paid_back), Decimal())
            shown = summed(shown, exact.keys() - paid_back, 100 - of_them)
        return tuple(shown)

    def settings(self) -> Settings:
        """The settings that the edition has; of their origin it is told only whether the owner set them."""
        values: dict[str, Any] = {}
        for name in SETTING_NAMES:
            value = getattr(self._settings, name)
            match self._rules.get((Settings, name), DROPPED):
                case Treatment.KEPT:
                    values[name] = value
                case Treatment.INDEX if value is not None:
                    values[name] = min(self._index(value), _MOST)
                case Treatment.VOCABULARY:
                    values[name] = tuple(self._word(Settings, name, word) for word in value)
        origins = {name: "the owner" for name in self._settings.origins if name in values}
        return Settings(**values, origins=origins)

    def _record(self, record: _T) -> _T:
        of = type(record)
        return replace(
            record,
            **{
                field.name: self._value(of, field, getattr(record, field.name))
                for field in fields(of)
            },
        )

    def _value(self, of: type, field: Field[Any], value: Any) -> Any:
        treatment = self._rules.get((of, field.name), DROPPED)
        if treatment == DROPPED:
            return None if field.default is MISSING else field.default
        if value is None or treatment == KEPT:
            return value
        if treatment == RENUMBERED:
            return _NO_ROW
        if treatment == PSEUDONYM:
            return self._clients.get(name_key(value))
        if treatment == INDEX:
            return self._index(value)
        if treatment == PARTS:
            return self._activity(value)
        if treatment == VOCABULARY:
            return self._word(of, field.name, value)
        return self._code(of, field.name, value)

    def _activity(self, activity: Activity) -> Activity:
        if activity not in self._activities:
            self._activities[activity] = self._record(activity)
        return self._activities[activity]

    def _index(self, amount: Decimal) -> Decimal:
        """The amount in hundredths of the largest client's sales, to two figures; only 0 becomes 0.

        With more figures, round prices would tell what the hundred stands for.
        """
        # Multiplied before it is divided, so that the same ratio gives the same digits for any amounts.
        exact = 100 * amount / self._hundred
        if not exact:
            return exact.quantize(PLACES)
        return exact.quantize(last_figure(exact)).quantize(PLACES) or PLACES.copy_sign(amount)

    def _word(self, of: type, field: str, word: str) -> str | None:
        """The word where it is one of ours, else its code; None where the field has no codes."""
        if _is_ours(field, word):
            return word
        return self._code(of, field, word) if (of, field) in _GROUPS else None

    def _code(self, of: type, field: str, word: str) -> str:
        group, form = _GROUPS[of, field]
        return self._codes[group].get(form(word), word and group)

    def _pseudonyms(self, book: Book) -> dict[str, str]:
        """Name → pseudonym; a contact who belongs to one client alone has that client's."""
        names = [name_key(one.client.name) for one in book.relationships]
        numbered = self._numbered("Client", names)
        people: dict[str, list[str]] = {}
        for name, one in zip(names, book.relationships, strict=True):
            if one.client.contact:
                people.setdefault(name_key(one.client.contact), []).append(name)
        known = {
            person: numbered[name] for person, of in people.items() if len(of) == 1 for name in of
        }
        return known | numbered

    def _coded(self, book: Book, settings: Settings) -> dict[str, dict[str, str]]:
        found: dict[str, list[str]] = {group: [] for group, _ in _GROUPS.values()}

        def hear(of: type, field: str, word: str | None) -> None:
            group, form = _GROUPS[of, field]
            if word:
                found[group].append(form(word))

        for one in book.relationships:
            for field in ("segment", "source", "preferred_channel"):
                hear(Client, field, getattr(one.client, field))
            for touchpoint in one.touchpoints:
                hear(Touchpoint, "channel", touchpoint.channel)
                hear(Activity, "name", touchpoint.activity.name)
            for sale in one.sales:
                hear(Sale, "service", sale.service)
                hear(Sale, "project", sale.project)
        for word in settings.preferred_channels:
            hear(Settings, "preferred_channels", word)
        return {group: self._numbered(group, heard) for group, heard in found.items()}

    def _numbered(self, what: str, keys: Iterable[str]) -> dict[str, str]:
        """Key → its code: a number of four digits or more, made of the secret and the key.

        It does not depend on any order, so a new client changes no other's number, except for about one
        in a hundred whose number it happens to take.
        """
        every = {self._digest(what, key): key for key in keys}
        room = _NUMBERS_FROM
        while room < 10 * len(every):
            room *= 10
        taken: set[int] = set()
        names: dict[str, str] = {}
        for digest, key in sorted(every.items()):
            number = int.from_bytes(digest[:8]) % room
            while number in taken:
                number = (number + 1) % room
            taken.add(number)
            names[key] = f"{what} {number:0{len(str(room)) - 1}d}"
        return names

    def _digest(self, what: str, key: str) -> bytes:
        return hmac.digest(self._secret, f"{what}\n{key}".encode(errors="surrogatepass"), "sha256")


def _is_ours(field: str, word: str) -> bool:
    """Whether it is a word of our own vocabularies, which says nothing about anybody."""
    if field == "signal":
        return word in set(Signal)
    return _in_catalogue(word) if field == "name" else plain(word) in _CHANNELS


@cache
def _in_catalogue(name: str) -> bool:
    return not name or built_in().named(name) is not None


class _Numbered:
    """Numbers every row anew, in the order in which the records stand."""

    def __init__(self) -> None:
        self._last = 0

    def relationship(self, one: Relationship) -> Relationship:
        return replace(
            one,
            touchpoints=tuple(replace(record, row=self._row()) for record in one.touchpoints),
            sales=tuple(replace(record, row=self._row()) for record in one.sales),
            feedback=tuple(replace(record, row=self._row()) for record in one.feedback),
            ratings=tuple(replace(record, row=self._row()) for record in one.ratings),
        )

    def _row(self) -> Row:
        self._last += 1
        return Row("", self._last)
