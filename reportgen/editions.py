"""Editions: the book as one kind of reader may see it, made before any analysis (redact first).

``POLICY`` is the whole rule: every field of the model and every setting, and what each shared edition
gets of it. It is a list of what is allowed. A field that does not stand in it is dropped.

Pseudonymised data is still personal data: see ``docs/privacy.md`` for what an edition is no
protection against.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import MISSING, Field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar

from reportgen import words
from reportgen.model import (
    SIGNALS,
    Activity,
    Book,
    Client,
    Edition,
    Feedback,
    Rating,
    Relationship,
    Sale,
    Source,
    Touchpoint,
    name_key,
    relationships,
)
from reportgen.problems import ReportError, Row
from reportgen.reading.catalogue import built_in
from reportgen.reading.columns import SHEETS
from reportgen.settings import SETTING_NAMES, Choice, Settings, plain, setting_named

Treatment = Literal[
    "kept",
    "dropped",
    "pseudonym",  # a client's name, or what names a client
    "coded",  # the owner's own words for a group: "Segment 4817", the same for the same words
    "vocabulary",  # kept where it is a word of ours, else coded or dropped
    "index",  # money to two figures: the largest client's sales in all are 100
    "renumbered",  # no sheet, and a number that says nothing of the workbook's order
    "parts",  # redacted field by field by its own lines of this table
    "edition",  # says which edition it is
]
Rule = Mapping[Edition, Treatment]

KEPT: Treatment = "kept"
DROPPED: Treatment = "dropped"
PSEUDONYM: Treatment = "pseudonym"
CODED: Treatment = "coded"
VOCABULARY: Treatment = "vocabulary"
INDEX: Treatment = "index"
RENUMBERED: Treatment = "renumbered"
PARTS: Treatment = "parts"
EDITION: Treatment = "edition"


def _rule(coach: Treatment, accountant: Treatment, public: Treatment) -> Rule:
    return {"owner": KEPT, "coach": coach, "accountant": accountant, "public": public}


_THRESHOLDS = (
    "business_model", "gross_margin", "working_days", "opens", "closes", "time_zone",
    "date_order", "red_line_days", "red_line_before_the_sale_days",
    "red_line_in_collaboration_days", "red_line_consultancy_days", "red_line_service_days",
    "red_line_product_days", "red_line_subscription_days", "collaboration_days",
    "lapsed_after_red_lines", "loyalty_purchase_days", "loyalty_after_days",
    "commitment_below_share", "convergence_services", "convergence_months",
    "contacts_before_sale", "top1_warning", "top3_warning", "understanding_before_days",
    "understanding_after_days", "human_connection_touches", "complaint_days",
    "clear_beginning_days", "answer_working_days", "high_trust", "boundary_touchpoints",
    "overdue_after_gaps", "quiet_after_gaps", "good_score", "wow_from_days", "wow_until_days",
    "wow_again_days", "referral_again_days", "testimonial_again_days", "survey_within_days",
    "survey_again_days", "greeting_days", "second_reminder_days", "third_reminder_days",
    "boundary_watch", "boundary_act", "smoothing_weeks", "light_touch_minutes",
    "loyalty_ladder_step", "loyalty_ladder_top_share", "loyalty_ladder_top_purchase",
    "template_saving_share", "promise_minutes", "daily_action_minutes",
    "health_connection_weight", "health_rhythm_weight", "health_trust_weight",
    "health_sales_weight", "health_promises_weight", "health_healthy", "health_watch",
    "answer_minutes", "complaint_minutes", "plan_minutes", "boundary_minutes",
)  # fmt: skip
"""The settings that say nothing of anybody. Named one by one: a new one is not among them by itself."""

POLICY: Mapping[tuple[type, str], Rule] = {
    #                                    coach       accountant  public
    (Book, "relationships"):       _rule(PARTS,      PARTS,      PARTS),
    (Book, "source"):              _rule(PARTS,      PARTS,      PARTS),
    (Book, "problems"):            _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "cells"):               _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "unread"):              _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "edition"):             _rule(EDITION,    EDITION,    EDITION),
    (Source, "name"):              _rule(DROPPED,    DROPPED,    DROPPED),
    (Source, "sha256"):            _rule(DROPPED,    DROPPED,    DROPPED),
    (Relationship, "client"):      _rule(PARTS,      PARTS,      PARTS),
    (Relationship, "touchpoints"): _rule(PARTS,      PARTS,      PARTS),
    (Relationship, "sales"):       _rule(PARTS,      PARTS,      PARTS),
    (Relationship, "feedback"):    _rule(PARTS,      DROPPED,    DROPPED),
    (Relationship, "ratings"):     _rule(PARTS,      DROPPED,    DROPPED),
    (Client, "name"):              _rule(PSEUDONYM,  KEPT,       PSEUDONYM),
    (Client, "contact"):           _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "email"):             _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "phone"):             _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "segment"):           _rule(CODED,      DROPPED,    DROPPED),
    (Client, "source"):            _rule(CODED,      DROPPED,    DROPPED),
    (Client, "referred_by"):       _rule(PSEUDONYM,  DROPPED,    DROPPED),
    (Client, "business_model"):    _rule(KEPT,       KEPT,       KEPT),
    (Client, "since"):             _rule(KEPT,       KEPT,       KEPT),
    (Client, "ended_on"):          _rule(KEPT,       KEPT,       KEPT),
    (Client, "red_line_days"):     _rule(KEPT,       KEPT,       KEPT),
    (Client, "contact_every_days"): _rule(KEPT,      KEPT,       KEPT),
    (Client, "preferred_channel"): _rule(VOCABULARY, DROPPED,    DROPPED),
    (Client, "potential_per_year"): _rule(INDEX,     KEPT,       DROPPED),
    (Client, "birthday"):          _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "notes"):             _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "row"):               _rule(DROPPED,    DROPPED,    DROPPED),
    (Touchpoint, "date"):          _rule(KEPT,       KEPT,       KEPT),
    (Touchpoint, "client"):        _rule(PSEUDONYM,  KEPT,       PSEUDONYM),
    (Touchpoint, "activity"):      _rule(PARTS,      PARTS,      PARTS),
    (Touchpoint, "row"):           _rule(RENUMBERED, RENUMBERED, RENUMBERED),
    (Touchpoint, "direction"):     _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "channel"):       _rule(VOCABULARY, DROPPED,    DROPPED),
    (Touchpoint, "start"):         _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "minutes"):       _rule(KEPT,       KEPT,       KEPT),
    (Touchpoint, "minutes_recorded"): _rule(KEPT,    KEPT,       KEPT),
    (Touchpoint, "cost"):          _rule(INDEX,      KEPT,       DROPPED),
    (Touchpoint, "topic"):         _rule(DROPPED,    DROPPED,    DROPPED),
    (Touchpoint, "promise"):       _rule(DROPPED,    DROPPED,    DROPPED),
    (Touchpoint, "promised_for"):  _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "done_on"):       _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "signal"):        _rule(VOCABULARY, DROPPED,    VOCABULARY),
    (Touchpoint, "resolved_on"):   _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "urgent"):        _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "in_scope"):      _rule(KEPT,       DROPPED,    DROPPED),
    (Activity, "name"):            _rule(VOCABULARY, VOCABULARY, VOCABULARY),
    (Activity, "kind"):            _rule(KEPT,       KEPT,       KEPT),
    (Activity, "value"):           _rule(KEPT,       KEPT,       KEPT),
    (Activity, "connects"):        _rule(KEPT,       KEPT,       KEPT),
    (Activity, "usual_minutes"):   _rule(KEPT,       KEPT,       DROPPED),
    (Activity, "letter"):          _rule(DROPPED,    DROPPED,    DROPPED),
    (Activity, "two_way"):         _rule(KEPT,       KEPT,       DROPPED),
    (Activity, "role"):            _rule(KEPT,       DROPPED,    DROPPED),
    (Sale, "date"):                _rule(KEPT,       KEPT,       KEPT),
    (Sale, "client"):              _rule(PSEUDONYM,  KEPT,       PSEUDONYM),
    (Sale, "amount"):              _rule(INDEX,      KEPT,       INDEX),
    (Sale, "row"):                 _rule(RENUMBERED, RENUMBERED, RENUMBERED),
    (Sale, "service"):             _rule(CODED,      KEPT,       CODED),
    (Sale, "direct_cost"):         _rule(INDEX,      KEPT,       DROPPED),
    (Sale, "starts"):              _rule(KEPT,       KEPT,       KEPT),
    (Sale, "ends"):                _rule(KEPT,       KEPT,       KEPT),
    (Sale, "invoice"):             _rule(DROPPED,    KEPT,       DROPPED),
    (Sale, "due_on"):              _rule(KEPT,       KEPT,       DROPPED),
    (Sale, "paid_on"):             _rule(KEPT,       KEPT,       DROPPED),
    (Feedback, "date"):            _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "client"):          _rule(PSEUDONYM,  DROPPED,    DROPPED),
    (Feedback, "row"):             _rule(RENUMBERED, DROPPED,    DROPPED),
    (Feedback, "kind"):            _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "score"):           _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "out_of"):          _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "text"):            _rule(DROPPED,    DROPPED,    DROPPED),
    (Feedback, "may_publish"):     _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "date"):              _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "client"):            _rule(PSEUDONYM,  DROPPED,    DROPPED),
    (Rating, "row"):               _rule(RENUMBERED, DROPPED,    DROPPED),
    (Rating, "care"):              _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "accountability"):    _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "communication"):     _rule(KEPT,       DROPPED,    DROPPED),
    (Settings, "business_name"):   _rule(DROPPED,    KEPT,       KEPT),
    (Settings, "owner"):           _rule(DROPPED,    DROPPED,    DROPPED),
    (Settings, "currency"):        _rule(DROPPED,    KEPT,       DROPPED),
    (Settings, "hourly_rate"):     _rule(INDEX,      KEPT,       DROPPED),
    (Settings, "country"):         _rule(KEPT,       KEPT,       DROPPED),
    (Settings, "preferred_channels"): _rule(VOCABULARY, DROPPED, DROPPED),
    (Settings, "acquisition_spend_per_month"): _rule(INDEX, KEPT, DROPPED),
    (Settings, "wow_budget"):      _rule(INDEX,      KEPT,       DROPPED),
    (Settings, "origins"):         _rule(DROPPED,    DROPPED,    DROPPED),
    **{(Settings, name):           _rule(KEPT,       KEPT,       KEPT) for name in _THRESHOLDS},
}  # fmt: skip
"""(class, field) → what each edition gets of it. The owner gets everything as it stands."""

AS_DECLARED = Choice()
PUBLIC_AT_LEAST = 20
"""Clients, under which there is no public edition."""
_NUMBERS_FROM = 10_000
_PLACES = Decimal("0.0001")
_MOST = Decimal(10) ** 12
_NO_ROW = Row("", 0)
_SHEET_OF: Mapping[str, type] = {
    "Clients": Client,
    "Touchpoints": Touchpoint,
    "Sales": Sale,
    "Feedback": Feedback,
    "Ratings": Rating,
    "Activities": Activity,
}
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
"""Ways to be in touch that anybody might use."""
_GROUPS: Mapping[tuple[type, str], tuple[str, Callable[[str], str]]] = {
    (Client, "segment"): ("Segment", str),
    (Client, "source"): ("Source", str),
    (Client, "preferred_channel"): ("Channel", plain),
    (Touchpoint, "channel"): ("Channel", plain),
    (Settings, "preferred_channels"): ("Channel", plain),
    (Sale, "service"): ("Service", name_key),
    (Activity, "name"): ("Activity", plain),
}
"""What a coded field is called, and the form in which its words are the same."""
_TOGETHER: Mapping[tuple[type, str], tuple[type, str]] = {
    (Touchpoint, "minutes"): (Touchpoint, "minutes_recorded"),
    (Sale, "starts"): (Sale, "ends"),
    (Sale, "ends"): (Sale, "starts"),
}
"""Fields that mean nothing without another."""
_T = TypeVar("_T", Client, Touchpoint, Sale, Feedback, Rating, Activity)


def redact(
    book: Book,
    settings: Settings,
    edition: Edition,
    secret: str | None,
    choice: Choice = AS_DECLARED,
) -> tuple[Book, Settings]:
    """The book and the settings as an edition may see them, clients in order of their new names.

    ``secret`` keys the pseudonyms; without one they are keyed by the workbook's own bytes, and change
    with it. ``choice`` is what the owner changes of the edition. The owner's edition is the book as it
    is. A book that is redacted for the edition already comes back as it is.

    Raises: ReportError, for a public edition of fewer than 20 clients, and where ``choice`` names what
    cannot be dropped or given back.
    """
    if edition == "owner":
        return book, settings
    rules = _chosen(edition, choice)
    if edition == "public" and len(book.relationships) < PUBLIC_AT_LEAST:
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


def withheld(edition: Edition, setting: str) -> bool:
    """Whether a setting is not the edition's to see, unless the owner gives it back."""
    return edition != "owner" and _treatment(POLICY, Settings, setting, edition) == DROPPED


def _in_order(kept: Iterable[Relationship]) -> tuple[Relationship, ...]:
    """Clients by their new names and records oldest first, in the order that what is left of them gives.

    The order that they had comes from the rows of the workbook and from words that the edition drops.
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


def _treatment(
    policy: Mapping[tuple[type, str], Rule], of: type, field: str, edition: Edition
) -> Treatment:
    rule = policy.get((of, field))
    return DROPPED if rule is None else rule[edition]


def _chosen(edition: Edition, choice: Choice) -> Mapping[tuple[type, str], Treatment]:
    """The edition's column of the table with the owner's changes."""
    rules = {key: rule[edition] for key, rule in POLICY.items()}
    dropped: set[tuple[type, str]] = set()
    for label in choice.drop:
        may = [key for key in _named(label) if _has_blank(*key)]
        if not may:
            raise ReportError(_no_such("drop", label, edition, "left out"))
        dropped.update(may, (_TOGETHER[key] for key in may if key in _TOGETHER))
    for label in choice.keep:
        may = [key for key in _named(label) if edition != "public" and _may_be_kept(*key, edition)]
        if not may:
            raise ReportError(_no_such("keep", label, edition, "given back"))
        if not dropped.isdisjoint(may):
            raise ReportError(
                f"[editions.{edition}] in the configuration file has {label!r} in keep and in drop; "
                "take it out of one of them."
            )
        rules |= dict.fromkeys(may, KEPT)
    return rules | dict.fromkeys(dropped, DROPPED)


def _no_such(entry: str, label: str, edition: Edition, done: str) -> str:
    if not _named(label):
        return (
            f"[editions.{edition}] in the configuration file has {entry} = {label!r}, which is no "
            "column and no setting; write one as the starter workbook has it, for example Segment."
        )
    return (
        f"[editions.{edition}] in the configuration file has {entry} = {label!r}, which cannot be "
        f"{done} in the {edition} edition; take it out of the list."
    )


def _named(label: str) -> list[tuple[type, str]]:
    """The fields that a column's header, a field's name or a setting's label means."""
    wanted = plain(label)
    found = [
        (_SHEET_OF[sheet.name], column.field)
        for sheet in SHEETS
        if sheet.name in _SHEET_OF
        for column in sheet.columns
        if wanted in (plain(column.name), plain(column.field))
        and (_SHEET_OF[sheet.name], column.field) in POLICY
    ]
    setting = setting_named(label)
    return [*found, (Settings, setting)] if setting else found


def _has_blank(of: type, field: str) -> bool:
    """Whether a record can do without it; of the settings, whether it is one of no value by default."""
    if of is Settings:
        return Settings.model_fields[field].default in (None, "", ())
    return any(one.name == field and one.default is not MISSING for one in fields(of))


def _may_be_kept(of: type, field: str, edition: Edition) -> bool:
    """Names and money are what an edition is about, and records that are dropped have no fields."""
    if of in (Feedback, Rating) and edition == "accountant":
        return False
    return _treatment(POLICY, of, field, edition) in (DROPPED, CODED, VOCABULARY) and (
        (of, field) != (Settings, "currency") or edition != "coach"
    )


class _Hand:
    """Redacts records by the rules, with one set of pseudonyms, codes and one measure of money."""

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
        self._hundred = _hundred(book, settings)
        self._clients = self._pseudonyms(book)
        self._codes = self._coded(book, settings)
        self._activities: dict[Activity, Activity] = {}

    def relationship(self, one: Relationship) -> Relationship:
        """One client with their records, none of which knows its place in the workbook."""
        kept = {
            name: tuple(self._record(record) for record in getattr(one, name))
            for name in ("touchpoints", "sales", "feedback", "ratings")
            if self._rules.get((Relationship, name)) == PARTS
        }
        if self._rules.get((Sale, "amount")) == INDEX:
            kept["sales"] = self._evened(one.sales, kept["sales"])
        return Relationship(client=self._record(one.client), **kept)

    def _evened(self, sales: Sequence[Sale], shown: Sequence[Sale]) -> tuple[Sale, ...]:
        """The sales shown, with sums that rounding each has not made others.

        A day on which something was paid back sums to what it did, so that no refund becomes a
        purchase; and the largest client's sales to 100.
        """
        exact: dict[date, Decimal] = {}
        for sale in sales:
            exact[sale.date] = exact.get(sale.date, Decimal()) + sale.amount
        paid_back = {sale.date for sale in sales if sale.amount < 0}
        for day in sorted(paid_back):
            shown = _summed(shown, {day}, self._index(exact[day]))
        if sum(exact.values()) == self._hundred:
            of_them = sum((sale.amount for sale in shown if sale.date in paid_back), Decimal())
            shown = _summed(shown, exact.keys() - paid_back, 100 - of_them)
        return tuple(shown)

    def settings(self) -> Settings:
        """The settings, none saying where it came from but for whose it is."""
        values: dict[str, object] = {}
        for name in SETTING_NAMES:
            value = getattr(self._settings, name)
            match self._rules.get((Settings, name), DROPPED):
                case "kept":
                    values[name] = value
                case "index" if value is not None:
                    values[name] = min(self._index(value), _MOST)
                case "vocabulary":
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
        """In hundredths of the largest client, to two figures; what is not nothing stays so.

        With more figures, prices that are round would tell what the hundred stands for.
        """
        # Multiplied first: the same ratio then gives the same digits, whatever the amounts were.
        exact = 100 * amount / self._hundred
        if not exact:
            return exact.quantize(_PLACES)
        return exact.quantize(_last_figure(exact)).quantize(_PLACES) or _PLACES.copy_sign(amount)

    def _word(self, of: type, field: str, word: str) -> str | None:
        """The word where it is one of ours, else its code; None where such words have no codes."""
        if _is_ours(field, word):
            return word
        return self._code(of, field, word) if (of, field) in _GROUPS else None

    def _code(self, of: type, field: str, word: str) -> str:
        group, form = _GROUPS[of, field]
        return self._codes[group].get(form(word), word and group)

    def _pseudonyms(self, book: Book) -> dict[str, str]:
        """Name → pseudonym; a contact who belongs to one client alone means that client too."""
        names = [name_key(one.client.name) for one in book.relationships]
        numbered = self._numbered("Client", names)
        people: dict[str, list[str]] = {}
        for name, one in zip(names, book.relationships, strict=True):
            if one.client.contact:
                people.setdefault(name_key(one.client.contact), []).append(name)
        known = {person: numbered[of[0]] for person, of in people.items() if len(of) == 1}
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
        for word in settings.preferred_channels:
            hear(Settings, "preferred_channels", word)
        return {group: self._numbered(group, heard) for group, heard in found.items()}

    def _numbered(self, what: str, keys: Iterable[str]) -> dict[str, str]:
        """Each key's name: a number of four digits or more that comes from the secret and the key.

        Not its place in any order: a new client then changes nobody else's number, but for the one in
        some hundred whose number it happens to take.
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
    """Whether it is a word of our own vocabularies, and so says nothing of anybody."""
    if field == "signal":
        return word in SIGNALS
    return _in_catalogue(word) if field == "name" else plain(word) in _CHANNELS


@cache
def _in_catalogue(name: str) -> bool:
    return not name or built_in().named(name) is not None


def _hundred(book: Book, settings: Settings) -> Decimal:
    """The money that the index calls 100: the largest client's sales in all.

    Where nobody's are above 0, the largest amount there is; 1 where all of them are 0.
    """
    largest = max(
        (sum((sale.amount for sale in one.sales), Decimal()) for one in book.relationships),
        default=Decimal(),
    )
    if largest <= 0:
        amounts = [
            *(sale.amount for sale in book.sales),
            *(sale.direct_cost for sale in book.sales),
            *(touchpoint.cost for touchpoint in book.touchpoints),
            *(one.client.potential_per_year for one in book.relationships),
            settings.hourly_rate,
            settings.acquisition_spend_per_month,
            settings.wow_budget,
        ]
        largest = max((abs(amount) for amount in amounts if amount is not None), default=Decimal())
    return largest or Decimal(1)


def _summed(shown: Sequence[Sale], days: Set[date], total: Decimal) -> Sequence[Sale]:
    """The sales, those on the days changed so that these sum to ``total``, if none changes its sign.

    The largest first, each moves by one of its last figure for as long as that is missing, and what is
    less goes to the largest: sixty sales of 1.7 sum to 102, and one of them alone would become a refund.
    Nothing but what is shown decides which ones move.
    """
    amounts = [sale.amount for sale in shown]
    places = sorted(
        (place for place, sale in enumerate(shown) if sale.date in days and sale.amount),
        key=lambda place: (abs(amounts[place]), repr(shown[place])),
        reverse=True,
    )
    missing = total - sum((amounts[place] for place in places), Decimal())
    for place in places:
        step = _last_figure(amounts[place])
        if step <= abs(missing) and step < abs(amounts[place]):
            amounts[place] += step.copy_sign(missing)
            missing -= step.copy_sign(missing)
    if places and abs(missing) < abs(amounts[places[0]]):
        amounts[places[0]] += missing
    return [replace(sale, amount=amount) for sale, amount in zip(shown, amounts, strict=True)]


def _last_figure(amount: Decimal) -> Decimal:
    """How much one is in the second figure of an amount that is not 0."""
    return max(Decimal(1).scaleb(amount.adjusted() - 1), _PLACES)


class _Numbered:
    """Gives every row a number of its own, in the order in which the records stand."""

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
