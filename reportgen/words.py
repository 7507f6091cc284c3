"""Figures in the owner's words: dates, money, shares, counts; the same on every page and picture.

The same few days are shown again and again, so their words are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from reportgen.problems import Row
from reportgen.shares import FEW, TOO_FEW, Share

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NOT_KNOWN = "n/a"

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that no XML file can hold: no SVG picture, and no sheet of an .xlsx file."""


@cache
def day(value: date | None) -> str:
    """``14 March 2026``; ``n/a`` when it is not known."""
    return NOT_KNOWN if value is None else f"{value.day} {value:%B %Y}"


@cache
def short_day(value: date | None) -> str:
    """``14 Mar 2026``; ``n/a`` when it is not known."""
    return NOT_KNOWN if value is None else f"{value.day} {value:%b %Y}"


@cache
def month(value: date) -> str:
    """``Mar 2026``."""
    return f"{value:%b %Y}"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 day``, ``2 days``, ``1,204 days``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def days(number: int | None) -> str:
    """``57 days``; ``n/a`` when it is not known."""
    return NOT_KNOWN if number is None else count(number, "day")


def in_words(number: int) -> str:
    """Numbers to ten as words, others as figures: ``seven``, ``23``."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def count_in_words(number: int, one: str, many: str | None = None) -> str:
    """``seven days``, ``one day``, ``23 days``."""
    return f"{in_words(number)} {one if number == 1 else many or one + 's'}"


def sentence_case(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a stop at its end, unless it has one."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def percent(share: float | None) -> str:
    """``58 %``, unbreakable; ``under 1 %`` and ``over 99 %`` for what is nearly nothing or everything.

    ``n/a`` when it is not known.
    """
    if share is None:
        return NOT_KNOWN
    if 0 < share <= 0.005:
        return "under 1\u00a0%"
    if 0.995 <= share < 1:
        return "over 99\u00a0%"
    return f"{share * 100:.0f}\u00a0%"


def tenths(share: float) -> str:
    """``nine tenths``; a share that lies between two tenths as ``85 %``, and so 0, 0.1 and 1."""
    whole = round(share * 10)
    return f"{in_words(whole)} tenths" if 1 < whole < 10 and whole / 10 == share else percent(share)


def times(ratio: float) -> str:
    """How many times a thing: ``twice``, ``three times``, ``2.5 times``."""
    if ratio == 2:
        return "twice"
    return f"{in_words(int(ratio)) if ratio > 2 and ratio == int(ratio) else f'{ratio:g}'} times"


def often(number: int) -> str:
    """How many times something happened: ``once``, ``twice``, ``three times``."""
    return {1: "once", 2: "twice"}.get(number) or count_in_words(number, "time")


def hours(minutes: int) -> str:
    """``2 h 40 min``, ``35 min``."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole:,} h {rest} min" if rest and whole < 100 else f"{round(minutes / 60):,} h"


def listed(names: Sequence[str], most: int = 3) -> str:
    """``A, B and C``; beyond ``most``: ``A, B, C and 4 more``."""
    shown = list(names[:most])
    if len(names) > most:
        return ", ".join(shown) + f" and {len(names) - most:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def rows(found: Iterable[Row], most: int | None = None) -> str:
    """``row 2 of Sales and rows 4 and 7–9 of Touchpoints``: as the margin of a spreadsheet numbers them.

    Of more than ``most`` rows so many, and how many more there are.
    """
    every_row = tuple(found)
    if len(every_row) == 1 and most != 0:  # most often it is one
        return f"row {every_row[0].row} of {every_row[0].sheet}"
    of_sheets: defaultdict[str, set[int]] = defaultdict(set)
    for row in every_row:
        of_sheets[row.sheet].add(row.row)
    every = sum(map(len, of_sheets.values()))
    left = every if most is None else min(most, every)
    parts = []
    for sheet in sorted(of_sheets):
        numbers = sorted(of_sheets[sheet])[:left]
        left -= len(numbers)
        if numbers:
            parts.append(f"{'row' if len(numbers) == 1 else 'rows'} {_spans(numbers)} of {sheet}")
    said = parts[0] if len(parts) == 1 else listed(parts, len(parts))
    return said if most is None or every <= most else f"{said}, and {every - most:,} more"


def _spans(numbers: Sequence[int]) -> str:
    """``4 and 7–9``, of numbers in order."""
    spans = []
    first = last = numbers[0]
    for number in [*numbers[1:], 0]:  # no number comes after the last: it ends the last span
        if number == last + 1:
            last = number
        else:
            spans.append(f"{first}–{last}" if last > first else f"{first}")
            first = last = number
    return listed(spans, len(spans))


_ROWS_IN_WORDS = 2_500


def folded(found: Sequence[Row], most: int) -> tuple[str, str, str]:
    """The first rows in words, how many more there are, and these in words; both empty without more.

    Nobody reads thousands: of so many, the last are counted alone.
    """
    more = len(found) - most
    return rows(found[:most]), f"{more:,}" if more > 0 else "", rows(found[most:], _ROWS_IN_WORDS)


SYMBOLS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "CA$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "JP¥",
    "KRW": "₩",
    "MXN": "MX$",
    "NZD": "NZ$",
    "PHP": "₱",
    "TWD": "NT$",
    "USD": "US$",
    "VND": "₫",
    "XAF": "FCFA",
    "XCD": "EC$",
    "XCG": "Cg.",
    "XOF": "F\u202fCFA",
    "XPF": "CFPF",
    "XXX": "¤",
}
"""Code → symbol, as CLDR has it for British English; a currency that is not named goes by its code."""


def money(amount: Decimal | float | None, currency: str | None, pence: bool = False) -> str:
    """``£18,400``, ``−£45.00``, ``CHF 1,200``; without a currency ``116``, ``8.4``, ``0.02``.

    ``pence`` shows two decimals. ``n/a`` when it is not known.
    """
    if amount is None:
        return NOT_KNOWN
    size = amount if amount >= 0 else -amount
    # Without a currency, as in an index, nobody knows how much one is: so small figures keep more.
    places = 2 if pence else 0 if currency or size >= 10 or not size else 1 if size >= 1 else 2
    figure = f"{size:,.{places}f}"
    symbol = SYMBOLS.get(currency, currency) if currency else ""
    gap = " " if symbol[-1:].isalpha() else ""
    return f"{'−' if amount < 0 and figure.strip('0,.') else ''}{symbol}{gap}{figure}"


def slugs(names: Sequence[str]) -> dict[str, str]:
    """Name → a file name of its own, of lower-case letters, digits and hyphens, 60 at most.

    No system forbids any of them. Of names that look the same, later ones get a number: so the order
    of the names decides, and the same list gives the same file names.
    """
    taken: set[str] = set()
    found = {}
    for name in names:
        base = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^a-z0-9]+", "-", base).strip("-")[:60].strip("-") or "client"
        if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d|index", stem):
            stem += "-client"
        slug, number = stem, 1
        while slug in taken:
            number += 1
            slug = f"{stem[: 59 - len(str(number))].rstrip('-')}-{number}"
        taken.add(slug)
        found[name] = slug
    return found


@lru_cache(maxsize=1_000)  # a header is compared with some hundred labels, and may have megabytes
def plain(text: str) -> str:
    """The form in which labels and headers are compared: letters and digits, case folded, no accents.

    ``Red line (days)``, ``red_line_days`` and ``RED LINE DAYS`` are all ``redlinedays``.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, letters))


def range_of(share: Share) -> str:
    """How far to trust a share, in brackets; with fewer than five cases, that they are too few."""
    if share.denominator < TOO_FEW:
        return " (too few to tell a share)"
    few = " with so few" if share.denominator < FEW else ""
    return f" ({percent(share.value)}; between {percent(share.low)} and {percent(share.high)}{few})"


def share_of(share: Share) -> str:
    """A share with its counts; of a few cases the counts come first, of too few they stand alone."""
    if not share.denominator:
        return NOT_KNOWN
    counts = f"{share.numerator:,} of {share.denominator:,}"
    if share.denominator < TOO_FEW:
        return f"{counts}, too few to tell"
    if share.denominator < FEW:
        return f"{counts} ({percent(share.value)})"
    return f"{percent(share.value)} ({counts})"


def interval_of(share: Share) -> str:
    """``41 % – 87 %``: how far a share can be trusted; a dash of too few cases."""
    if share.denominator < TOO_FEW:
        return "–"
    return f"{percent(share.low)} – {percent(share.high)}"
