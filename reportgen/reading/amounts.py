"""Amounts as owners write them → Decimal in the workbook's one currency.

``1.234`` is a thousand and more in one country and little more than one in another. The column decides,
by those of its cells that can be read in one way only. Closed forms alone are read, so ``1_000``,
``nan`` and ``1e5`` are no amounts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from reportgen.reading.cells import Unusable, Value, number_text, tidy
from reportgen.reading.expressions import expression
from reportgen.values import dataclass
from reportgen.words import plain

DecimalMark = Literal["point", "comma", "undecided", "contradictory"]
LARGEST = Decimal(10) ** 12
"""Either way; a larger amount is a slip of the keyboard."""

_SYMBOLS: dict[str, tuple[str, ...]] = {
    "US$": ("USD",),
    "A$": ("AUD",),
    "AU$": ("AUD",),
    "C$": ("CAD",),
    "CA$": ("CAD",),
    "NZ$": ("NZD",),
    "S$": ("SGD",),
    "HK$": ("HKD",),
    "R$": ("BRL",),
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD"),
    "£": ("GBP",),
    "€": ("EUR",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "₪": ("ILS",),
    "₩": ("KRW",),
    "₦": ("NGN",),
    "₱": ("PHP",),
    "฿": ("THB",),
    "₫": ("VND",),
    "zł": ("PLN",),
    "Kč": ("CZK",),
    "Ft": ("HUF",),
    "lei": ("RON",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK", "ISK"),
    "Fr.": ("CHF",),
    "Rp": ("IDR",),
    "Rs": ("INR", "PKR", "LKR"),
    "Rs.": ("INR", "PKR", "LKR"),
    "RM": ("MYR",),
    "R": ("ZAR",),
}
"""Symbol → the currencies that it may mean. The first counts when nothing says which."""

_CODES = frozenset(
    re.findall(
        r"\w+",
        "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GHS HKD HUF IDR ILS INR ISK "
        "JPY KES KRW LKR MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB "
        "TRY TWD UAH USD UYU VND ZAR",
    )
)
_MARK = "|".join(
    re.escape(mark) for mark in sorted([*_SYMBOLS, *sorted(_CODES)], key=len, reverse=True)
)
_WRITTEN = expression(
    rf"(?P<open>\()?\s*(?P<sign1>[-+−–])?\s*(?P<before>{_MARK})?\s*(?P<sign2>[-+−–])?\s*"
    rf"(?P<digits>\d[\d.,'’ ]*|[.,]\d+)\s*(?P<thousand>k(?=$|[\s)-]))?\s*(?P<sign3>[-−–])?"
    rf"\s*(?P<after>{_MARK})?"
    rf"\s*(?P<sign4>[-−–])?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_POINT = expression(
    r"(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3}|\d{1,3}(?:['’ ]\d{3})+|\d+)?(?:\.\d+)?\.?"
)
_COMMA = expression(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d{1,3}(?:['’ ]\d{3})+|\d+)?(?:,\d+)?,?")
_HEADER_MARK = expression(
    rf"(?:^|[\s(\[/])(?P<mark>{_MARK}|eur|usd|gbp|chf|cad|aud|sek|nok|dkk|pln|czk|brl|inr|jpy)(?:$|[\s)\]/:])"
)
"""Of the codes in small letters those that are no words."""


_NO_CENTS = expression(r"(?<=\d)([.,])\s?[-−–—]{1,2}(?=\D*$)")
"""``500,-`` and ``500.–``: the stroke stands for no cents, it is no minus."""


_LONGEST = 100
"""Characters of an amount: the expression tries every way to share out the spaces in it."""


def _written(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    return _WRITTEN.fullmatch(_NO_CENTS.sub(r"\g<1>00", text))


def _codes(mark: str) -> tuple[str, ...]:
    """The currencies that a code or a symbol may mean, whatever its capitals."""
    upper = mark.upper()
    if upper in _CODES:
        return (upper,)
    folded = {symbol.casefold(): codes for symbol, codes in _SYMBOLS.items()}
    return folded[mark.casefold()]


def header_currencies(header: str) -> tuple[str, ...]:
    """The currencies that a header such as ``Amount (€)`` or ``Amount EUR`` may mean; often none."""
    match = _HEADER_MARK.search(header)
    return _codes(match["mark"]) if match else ()


def without_currency(header: str) -> str:
    """The header without the currency that stands in it: ``Amount in EUR`` → ``Amount``."""
    return re.sub(
        r"\s(?:in|en|em)$", "", _HEADER_MARK.sub(" ", header).strip(), flags=re.IGNORECASE
    )


def currency_code(text: str) -> str:
    """``£`` → ``GBP``: the code of a symbol that means one currency; other text as it is."""
    meant = _SYMBOLS.get(text, ())
    return meant[0] if len(meant) == 1 else text


_NAMES: dict[str, str] = {
    "euro": "EUR",
    "euros": "EUR",
    "usdollar": "USD",
    "dollar": "USD",
    "usdollars": "USD",
    "poundsterling": "GBP",
    "britishpound": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "sterling": "GBP",
    "swissfranc": "CHF",
    "schweizerfranken": "CHF",
    "franken": "CHF",
    "yen": "JPY",
    "japaneseyen": "JPY",
    "canadiandollar": "CAD",
    "australiandollar": "AUD",
    "indianrupee": "INR",
    "real": "BRL",
}


def currency_named(text: str) -> tuple[str, ...]:
    """The currencies that a code, a symbol or a name may mean; none when it is no currency."""
    word = plain(text)
    if word in _NAMES:
        return (_NAMES[word],)
    mark = next((one for one in (*_CODES, *_SYMBOLS) if one.casefold() == text.casefold()), None)
    return _codes(mark) if mark else ()


def carried(cells: Iterable[Value]) -> Counter[tuple[str, ...]]:
    """What the sign of a currency may mean → how many amounts carry it."""
    found: Counter[tuple[str, ...]] = Counter()
    texts = Counter(cell for cell in cells if isinstance(cell, str))
    for text, many in texts.items():
        match = _written(tidy(text))
        if match and (mark := match["before"] or match["after"]):
            found[_codes(mark)] += many
    return found


@dataclass(frozen=True, slots=True)
class Currency:
    """The workbook's one currency, as far as it is known."""

    code: str | None = None
    """None when no amount carries one, and when ``most`` has several."""
    most: tuple[str, ...] = ()
    """When the owner names none: the currency of most amounts, or several that are equally frequent."""
    rates: Mapping[str, Decimal] = field(default_factory=dict, compare=False)
    """Another currency → what one of it is worth in this one, where the owner says so."""

    def rated(self, codes: tuple[str, ...]) -> str | None:
        """The other currency that an amount is in, when there is a rate for it; else None."""
        found = [code for code in codes if code in self.rates]
        return found[0] if len(found) == 1 and self.code not in codes else None

    def refused(self, codes: tuple[str, ...]) -> Unusable | None:
        """Why an amount that may be in any of ``codes`` does not count; None when it does."""
        if len(self.most) > 1 and codes:
            return Unusable(
                "amounts in one currency, and as many are in " + " as in ".join(self.most),
                "Set Currency on the Business sheet; amounts in another one are not converted.",
            )
        if not codes or self.code is None or self.code in codes:
            return None
        if self.most:
            return Unusable(
                f"an amount in {self.code}, as most are",
                f"Set Currency on the Business sheet if {self.code} is not yours; "
                "amounts are not converted: write what it was worth on the day.",
            )
        return Unusable(
            f"an amount in {self.code}, the workbook's one currency",
            "Amounts are not converted: write what it was worth on the day.",
        )


def most_carried(found: Counter[tuple[str, ...]]) -> Currency:
    """The currency that most amounts carry; when several are equally frequent, none, and ``most`` has all.

    A sign of several currencies (``$``) means the one of them that other amounts name, else the first:
    US dollars.
    """
    votes: Counter[str] = Counter()
    certain = {codes[0] for codes in found if len(codes) == 1}
    for codes, count in found.items():
        named = sorted(certain.intersection(codes))
        votes[named[0] if len(named) == 1 else codes[0]] += count
    highest = max(votes.values(), default=0)
    most = tuple(sorted(code for code, count in votes.items() if count == highest))
    return Currency(most[0] if len(most) == 1 else None, most)


def _marks(digits: str) -> set[DecimalMark]:
    """The conventions in which the digits are a number."""
    marks: set[DecimalMark] = set()
    if _POINT.fullmatch(digits):
        marks.add("point")
    if _COMMA.fullmatch(digits):
        marks.add("comma")
    return marks


def _digits(text: str) -> str | None:
    match = _written(text)
    return match["digits"].strip() if match else None


def decimal_mark(cells: Iterable[Value]) -> DecimalMark:
    """The convention of a column, by its cells that can be read in one way only.

    ``undecided`` without such a cell, ``contradictory`` when they differ.
    """
    found: set[DecimalMark] = set()
    for cell in cells:
        if isinstance(cell, str) and (digits := _digits(tidy(cell))) is not None:
            marks = _marks(digits)
            if len(marks) == 1:
                found |= marks
    if len(found) == 2:
        return "contradictory"
    return found.pop() if found else "undecided"


def _read(digits: str, mark: DecimalMark) -> Decimal:
    thousands, decimal = (",", ".") if mark == "point" else (".", ",")
    kept = re.sub(r"['’ ]", "", digits).replace(thousands, "").replace(decimal, ".")
    return Decimal(kept.rstrip("."))


def read_decimal(digits: str, mark: DecimalMark) -> Decimal | Unusable | None:
    """The number that digits with separators mean; None when they are a number in no convention.

    When both conventions fit, the column's counts. When that is undecided, ``1,234`` is a thousand and
    more, and ``1.234`` is refused: an amount with three decimals is unlikely.
    """
    marks = _marks(digits)
    if not marks:
        return None
    if len(marks) == 1:
        return _read(digits, marks.pop())
    readings = {_read(digits, "point"), _read(digits, "comma")}
    if len(readings) == 1:
        return readings.pop()
    if mark in ("point", "comma"):
        return _read(digits, mark)
    if mark == "undecided" and "," in digits:
        return _read(digits, "point")
    large, small = max(readings), min(readings)
    return Unusable(
        "an amount that can be read in one way, for example 1234.50",
        f"Write {large} or {small}, whichever is meant.",
    )


class Converted(Decimal):
    """An amount that was in another currency."""

    code: str
    """The other currency."""

    @classmethod
    def of(cls, amount: Decimal, code: str, currency: Currency, exact: bool = False) -> Converted:
        """The amount at the owner's rate, rounded to the cent, halves up, unless ``exact``."""
        worth = amount * currency.rates[code]
        found = cls(worth if exact else worth.quantize(_CENT, ROUND_HALF_UP).normalize() + 0)
        found.code = code
        return found


_CENT = Decimal("0.01")


def looks_like_money(cell: Value) -> bool:
    """Whether a cell could be an amount: a number, or a text of digits with or without a currency."""
    if isinstance(cell, str):
        return _written(tidy(cell)) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def of_number(value: float) -> Decimal | None:
    """A spreadsheet's number to the 15 digits that it shows; None when it is not finite."""
    return Decimal(number_text(value)) if math.isfinite(value) else None


def expected_amount(currency: Currency, limit: str = "") -> Unusable:
    """What an amount looks like; ``limit`` adds the bound that it has to keep to."""
    unit = f" in {currency.code}" if currency.code else ""
    return Unusable(f"an amount{unit}{limit}, for example 480.00")


def read_amount(
    cell: Value,
    currency: Currency,
    mark: DecimalMark = "undecided",
    named: tuple[str, ...] = (),
    exact: bool = False,
) -> Decimal | Unusable:
    """The amount of a cell; negative with a minus on either side or in parentheses.

    At most a million million either way, inclusive. ``named`` are the currencies that the header may
    mean. An amount in another currency than the workbook's is converted where there is a rate, to the
    cent unless ``exact``; else it is unusable.
    """
    found: Decimal | Unusable | None = None
    codes = named
    if isinstance(cell, str):
        match = _written(cell)
        if match is None or bool(match["open"]) != bool(match["close"]):
            return expected_amount(currency)
        written = [match[f"sign{n}"] for n in (1, 2, 3, 4) if match[f"sign{n}"]]
        signs = [sign for sign in written if sign != "+"]
        if len(written) > 1 or (match["before"] and match["after"]) or (match["open"] and signs):
            return expected_amount(currency)
        found = read_decimal(match["digits"].strip(), mark)
        if isinstance(found, Decimal) and match["thousand"]:
            found *= 1000
        if isinstance(found, Decimal) and (match["open"] or signs):
            found = -found
        if match["before"] or match["after"]:
            codes = _codes(match["before"] or match["after"])
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = of_number(cell)
    if found is None:
        return expected_amount(currency)
    if isinstance(found, Decimal) and abs(found) > LARGEST:
        side = f" of at most {LARGEST:,}" if found > 0 else f" of at least -{LARGEST:,}"
        return expected_amount(currency, side)
    rated = currency.rated(codes)
    if rated is not None and isinstance(found, Decimal):
        return Converted.of(found, rated, currency, exact)
    return currency.refused(codes) or found


class PerCent(Decimal):
    """A share of an amount, from 0 to 1."""


def are_shares(header: str, cells: Iterable[Value]) -> bool:
    """Whether discounts are shares, 0.15 for 15 %: none has a currency, all are below one, one above 0."""
    numbers = [cell for cell in cells if isinstance(cell, str | int | float) and cell != ""]
    if header_currencies(header) or carried(numbers):
        return False
    found = [read_amount(tidy(one) if isinstance(one, str) else one, Currency()) for one in numbers]
    known = [one for one in found if isinstance(one, Decimal)]
    return bool(known) and len(known) == len(found) and min(known) >= 0 and 0 < max(known) < 1


def read_discount(
    cell: Value,
    currency: Currency,
    mark: DecimalMark = "undecided",
    named: tuple[str, ...] = (),
    shares: bool = False,
    of_hundred: bool = False,
) -> Decimal | Unusable:
    """What is taken off: an amount, or a share of the price: ``15 %``, or a bare number where the column
    has ``shares``, or parts ``of_hundred``.
    """
    text = cell.removesuffix("%").strip() if isinstance(cell, str) else cell
    in_per_cent = text != cell
    found = read_amount(text, currency, mark, () if in_per_cent or of_hundred else named)
    if isinstance(found, Unusable) or not (in_per_cent or shares or of_hundred):
        return found
    share = found if shares and not in_per_cent else found / 100
    return PerCent(share) if 0 <= share <= 1 else Unusable("a discount from 0 to 100 %")
