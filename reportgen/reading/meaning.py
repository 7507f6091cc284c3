"""What a row says by its columns together: whether it happened, what it comes to, how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reportgen.problems import Doubt, Lost, Problem
from reportgen.reading.amounts import (
    Converted,
    Currency,
    PerCent,
    are_shares,
    currency_named,
    read_amount,
)
from reportgen.reading.cells import Unusable, as_text, shown
from reportgen.reading.columns import KEYS, SALES, Column
from reportgen.reading.dates import read_date
from reportgen.reading.headers import Layout
from reportgen.reading.vocabulary import (
    Happened,
    is_one_of,
    status,
    yes_or_no,
)
from reportgen.settings.kinds import DateOrder
from reportgen.values import dataclass
from reportgen.words import count, plain

_SAYING = ("status", "type")
"""The fields that may say whether a row happened."""
_ADDED = frozenset(column.field for column in SALES.more) - {*KEYS, "order"} | {"end", "status"}
_DAY = 24 * 60

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the words of one table say of its rows."""

    words: Mapping[str, Mapping[str, Happened | None]]
    """Field → plain word → what it means. A field whose words nobody knows is no status: it is missing."""
    invoices: bool
    """Whether invoices stand among the rows, so that payments are theirs."""

    def of(self, values: Values) -> Happened | None:
        """Whether a row happened; None when a word of it is not known."""
        if not self.words:
            return Happened.YES
        found = [
            known[plain(values[field])] for field, known in self.words.items() if values.get(field)
        ]
        if None in found:
            return None
        if self.invoices and Happened.PAYMENT in found:
            return Happened.NO_SALE
        return next((one for one in _GRAVEST if one in found), Happened.YES)


_GRAVEST = (
    Happened.NO,
    Happened.NO_SALE,
    Happened.OPEN,
    Happened.RETURNED,
    Happened.REFUNDED,
    Happened.PARTLY,
)


def verdicts(layout: Layout) -> Verdicts:
    """What the status words of a table mean; a stage of a deal that nobody knows is an open one.

    A column without a word that is known is no status, unless a product's file says that it is one.
    """
    words: dict[str, Mapping[str, Happened | None]] = {}
    invoices = False
    for field in _SAYING:
        texts = {as_text(cell) for cell in layout.cells(field)}
        known = {plain(text): layout.words.get(plain(text)) or status(text) for text in texts}
        if any(known.values()) or (layout.told and field == "status"):
            if layout.sheet is SALES and is_one_of("stages", layout.header(field)):
                known = {word: meant or Happened.OPEN for word, meant in known.items()}
            words[field] = known
            invoices = invoices or any(is_one_of("invoices", word) for word in known)
    return Verdicts(words, invoices)


class Left:
    """Counts the rows that do not count, by the words that say so, to tell of them once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._unknown: dict[str, tuple[int, int]] = {}
        """Word → its first row and how many rows have it."""

    def leave(self, values: Values, words: Verdicts, verdict: Happened) -> None:
        """Count a row that its status leaves out, or makes a plan, under the words of it that say so."""
        meant = {
            values[field]: known[plain(values[field])]
            for field, known in words.words.items()
            if values.get(field)
        }
        left_out = [word for word, means in meant.items() if means != Happened.YES]
        gravest = [word for word in left_out if meant[word] == verdict]
        counts = self._open if verdict is Happened.OPEN else self._known
        counts[" ".join(gravest or left_out)] += 1

    def ask(self, at: int, values: Values, words: Verdicts) -> None:
        """Count a row whose status nobody knows."""
        for field, known in words.words.items():
            text = values.get(field)
            if text and known[plain(text)] is None:
                first, many = self._unknown.get(text, (at, 0))
                self._unknown[text] = (first, many + 1)

    def remarks(self) -> Iterator[str]:
        """A sentence for the rows that did not happen, and one for those that may happen yet."""
        for counts, one, several in (
            (self._known, "does not count", "do not count"),
            (self._open, "is a plan until its day", "are plans until their day"),
        ):
            if counts:
                many = counts.total()
                words = ", ".join(shown(word) for word in sorted(counts))
                rows = f"{count(many, 'row')} on {self._layout.grid.sheet}"
                yield f"{rows} marked {words} {one if many == 1 else several}."

    def problems(self) -> tuple[Problem, ...]:
        """A problem for each word that nobody knows."""
        index = next((at for field in _SAYING if (at := self._layout.index(field)) is not None), 0)
        return tuple(
            Problem(
                self._layout.where(first, index),
                f"{shown(word)} in {many:,} row" + ("s" if many > 1 else ""),
                "a word for whether it happened, for example Paid, Draft or Cancelled; "
                + ("these rows are" if many > 1 else "this row is")
                + " not used",
                lost=Lost.ROW,
                rows=many,
                doubt=Doubt.STATUS,
            )
            for word, (first, many) in self._unknown.items()
        )


def total(values: Values) -> Decimal | None:
    """What a sale comes to: its line's total, else the net amount, else the amount, else price by price."""
    for field in _AMOUNTS:
        if field in values:
            found: Decimal = values[field]
            return found
    if "unit_price" in values and "quantity" in values:
        full = values["unit_price"] * values["quantity"]
        discount = values.get("discount", Decimal())
        exact = full - (full * discount if isinstance(discount, PerCent) else discount)
        return Decimal(exact).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize() + 0
    return None


def less_what_was_returned(values: Values, verdict: Happened) -> Happened:
    """Take what went back from the amount of a sale; whether anything of the sale is left.

    Without a word on how much went back, a refunded sale is gone, and a partly refunded one stays PARTLY.
    """
    back = abs(values.get("refunded", Decimal()))
    if verdict not in (Happened.YES, Happened.REFUNDED, Happened.PARTLY) or not back:
        return verdict
    if "amount" in values:
        values["amount"] -= back
    return Happened.YES if values.get("amount") else Happened.REFUNDED


def told_by(values: Mapping[str, Any]) -> str | None:
    """The field that says what a row comes to; None when a price and a quantity do."""
    for field in _AMOUNTS:
        if field in values:
            return field
    return None


def is_line(values: Values) -> bool:
    """Whether the amount is that of one line of an invoice, as that of a row that ``adopt`` took is."""
    return (
        "taken_from" in values
        or "line_total" in values
        or ("amount" not in values and "unit_price" in values)
    )


def minutes_between(start: time, end: time) -> int:
    """From start to end in minutes; an end before the start is on the next day."""
    length = (end.hour - start.hour) * 60 + end.minute - start.minute
    return length % _DAY


def in_currency(values: Values, currency: Currency) -> Unusable | None:
    """Why the amount of a row does not count, when its Currency says another one; else None.

    Where there is a rate for the other one, what the row says in money is converted.
    """
    text = values.get("currency")
    if not text:
        return None
    codes = currency_named(text)
    if not codes:
        return Unusable("a currency, for example GBP; the row is not used")
    rated = currency.rated(codes)
    if rated is None:
        return currency.refused(codes)
    if converted(values) is None:
        for field in ("amount", "direct_cost"):
            if field in values:
                values[field] = Converted.of(values[field], rated, currency)
    return None


def converted(values: Values) -> str | None:
    """The other currency that an amount of the row was in; None when it was in none."""
    return next((one.code for one in values.values() if isinstance(one, Converted)), None)


def with_payment(values: Values, owed: Decimal, order: DateOrder | None) -> bool:
    """Say by Paid whether an invoice is open: a paid one, of which all is paid, has no due day any more.

    False when nobody knows what Paid says, and it matters.
    """
    text = values.get("paid")
    if text is None or "paid_on" in values:
        return True
    day = read_date(text, order)
    if isinstance(day, date):
        values["paid_on"] = day
        return True
    answer = yes_or_no(text)
    amount = read_amount(text, Currency())
    if answer is None and isinstance(amount, Decimal):
        answer = 0 < amount >= owed
    if answer:
        values.pop("due_on", None)
    return answer is not None or "due_on" not in values


def beside(layout: Layout) -> tuple[str, ...]:
    """One line for a column of amounts that a better one beside it makes needless."""
    headers = {column.field: header for _, column, header in layout.columns}
    kinds = [headers[field] for field in _AMOUNTS if field in headers]
    sheet = layout.grid.sheet
    return tuple(f"column “{one}” on {sheet}, because “{kinds[0]}” counts" for one in kinds[1:])


def assumed(layout: Layout) -> Iterator[Problem]:
    """A problem, which loses nothing, for a column whose meaning is likely and was not said."""
    at = layout.index("discount")
    header = layout.header("discount")
    if at is not None and "%" not in header and are_shares(header, layout.cells("discount")):
        yield Problem(
            layout.where(layout.header_row, at),
            f"{shown(header)} with numbers below 1",
            "a discount in money, or in per cent; each is read as a share, 0.15 as 15 %",
            "If they are money, write 0.15 as £0.15.",
            Lost.NOTHING,
        )


_AMOUNTS = ("line_total", "net", "amount")
"""The fields that say what a sale comes to, the better one first."""


def is_added(column: Column) -> bool:
    """Whether a column says what a row means, and is no field of a record."""
    return column.field in _ADDED
