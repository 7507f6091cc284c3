"""Tables of sales and contacts as people really keep them: a book that is known, and a mess made of it.

Each number makes one mess, the same on every machine: a language, headers, a form for days and one for
money, what stands around the rows, and a kind of file. What the file says is known row by row, so that
what the program reads of it can be compared with it by address.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from mess_forms import EITHER, of_days, of_minutes, of_money
from spreadsheets import Cell, Sheet

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 10, 31)
FIRST = date(2024, 2, 1)
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
MERGING = (".xlsx", ".xlsm")
"""Of these the program knows which cells are merged."""
CLIENTS: Mapping[str, tuple[str, ...]] = {
    "de": ("Bäckerei Ulme", "Café Farn", "Jürgen Weiß", "Praxis am Tor", "Müller & Söhne", "Haus Erle"),
    "en": ("Elm Bakery", "Fern & Sons", "Zoe O'Brien", "The Corner Shop", "Ash Dental", "Rowan Ltd"),
    "es": ("Panadería Olmo", "Café Niño", "José Peña", "Clínica Haya", "Taller Encina", "Casa Roble"),
    "fr": ("Boulangerie Orme", "Café Fougère", "Hélène Noël", "Garage Hêtre", "Maison Frêne", "Chez Gui"),
    "it": ("Forno Olmo", "Caffè Felce", "Niccolò Neri", "Studio Faggio", "Officina Quercia", "Casa Pino"),
    "nl": ("Bakkerij Iep", "Café Varen", "Zoë de Wit", "Garage Beuk", "Praktijk Es", "Huis Eik"),
    "pt": ("Padaria Olmo", "Café Feto", "João Leitão", "Clínica Faia", "Oficina Carvalho", "Casa Pinho"),
}  # fmt: skip
INVOICE = {"de": "Rechnung", "en": "Invoice", "es": "Factura", "fr": "Facture", "it": "Fattura",
           "nl": "Factuur", "pt": "Fatura"}  # fmt: skip
COMPANY_AND_NAME = {"de": ("Firma", "Name"), "en": ("Company", "Name"), "es": ("Empresa", "Nombre"),
                    "fr": ("Société", "Nom"), "it": ("Azienda", "Nome"), "nl": ("Bedrijf", "Naam"),
                    "pt": ("Empresa", "Nome")}  # fmt: skip
CODE_AND_NAME = {"de": ("Kunde", "Kundenname"), "en": ("Customer", "Customer name"),
                 "es": ("Cliente", "Nombre del cliente"), "fr": ("Client", "Nom du client"),
                 "it": ("Cliente", "Nome cliente"), "nl": ("Klant", "Klantnaam"),
                 "pt": ("Cliente", "Nome do cliente")}  # fmt: skip
ACTIVITIES = ("Call", "Meeting", "Visit", "Coffee", "Thank-you", "Postcard")
"""Of the catalogue, under its own names."""
AMOUNTS = ("Amount", "Net amount", "Unit price")
_DAYS = ("Date", "Due on")


@dataclass(frozen=True)
class Sold:
    """What a row of sales says."""

    day: date
    client: str
    amount: Decimal


@dataclass(frozen=True)
class Met:
    """What a row of contacts says."""

    day: date
    client: str
    minutes: int
    activity: str


Told = Sold | Met


@dataclass
class Mess:
    """A file to be, and what its rows say."""

    number: int
    sheets: list[Sheet] = field(default_factory=list)
    kind: str = ".xlsx"
    delimiter: str = ","
    encoding: str = "utf-8"
    told: dict[tuple[str, int], Told] = field(default_factory=dict)
    """(sheet, row from 1) → what the row says. A row that does not count has no entry."""
    columns: dict[tuple[str, int], str] = field(default_factory=dict)
    """(sheet, column from 1) → which of our columns it is."""
    headers: dict[str, int] = field(default_factory=dict)
    """Sheet → the row, from 1, of its headers."""
    doubts: list[str] = field(default_factory=list)
    """What may be read in two ways, so that the program may ask."""
    traits: list[str] = field(default_factory=list)


@cache
def language(name: str) -> Mapping[str, Any]:
    """What owners of a language call things."""
    path = ROOT / "reportgen" / "reading" / "languages" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))


@dataclass(frozen=True)
class _Record:
    day: date
    client: str
    amount: Decimal = Decimal()
    quantity: int = 1
    minutes: int = 0
    activity: str = ""
    counts: bool = True
    word: str = ""
    """Of its status."""
    returned: bool = False
    """Whether its type says that the money went back."""


@dataclass(frozen=True)
class _Column:
    name: str
    """Ours; ``?`` for one that is not ours."""
    cell: Callable[[_Record], Cell]


@dataclass(frozen=True)
class _Line:
    """A row below the headers."""

    cells: list[Cell]
    told: Told | None = None
    merged: int = 1
    """Over how many rows its name is merged."""


class _Maker:
    """Makes one mess."""

    def __init__(self, number: int, samples: Sequence[Sequence[Told]]) -> None:
        self.chance = random.Random(number)
        self.made = Mess(number)
        self.tongue = self.chance.choice(LANGUAGES)
        self.words = language(self.tongue)
        self.samples = samples

    def mess(self) -> Mess:
        """The mess of this number."""
        chance, made = self.chance, self.made
        made.kind = chance.choice((*BOOKS, ".csv", ".csv", ".csv", "folder"))
        made.delimiter = chance.choice(",;\t|" if made.kind == ".csv" else ",;")
        made.encoding = chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16"))
        months, text = self.words["days"]["months"], made.kind in (".csv", "folder", ".xlsb")
        name, self.days = of_days(chance, self.tongue, months, text)
        names, self.currency, self.money = of_money(chance)
        made.traits += [self.tongue, made.kind, name, *names]
        sold, met = self._records()
        if made.kind == ".csv":
            which = chance.choice(("Sales", "Touchpoints"))
            self._add(which, which, sold if which == "Sales" else met)
            return made
        kinds = chance.choice((("Sales",), ("Touchpoints",), ("Sales", "Touchpoints")))
        for which in kinds:
            self._sheets_of(which, sold if which == "Sales" else met, len(kinds) > 1)
        if self._likely(0.2, "a sheet of ideas") or all(one.hidden for one in made.sheets):
            made.sheets.insert(0, Sheet("Ideen", [["Tee", None], ["Kekse", "bald"]]))
        return made

    def _likely(self, share: float, trait: str = "") -> bool:
        found = self.chance.random() < share
        if found and trait:
            self.made.traits.append(trait)
        return found

    # The rows

    def _records(self) -> tuple[list[_Record], list[_Record]]:
        chance = self.chance
        if self._likely(0.3, "sample"):
            told = chance.choice(self.samples)
            sold = [_Record(o.day, o.client, o.amount) for o in told if isinstance(o, Sold)]
            met = [
                _Record(o.day, o.client, minutes=o.minutes, activity=o.activity)
                for o in told
                if isinstance(o, Met)
            ]
            return self._some(sold), self._some(met)
        clients = chance.sample(CLIENTS[self.tongue], chance.randint(2, 5))
        many = range(chance.randint(6, 36))
        whole = self._likely(0.3, "whole amounts")
        return (
            [_Record(self._day(), chance.choice(clients), self._amount(whole)) for _ in many],
            [
                _Record(
                    self._day(),
                    chance.choice(clients),
                    minutes=5 * chance.randint(1, 36),
                    activity=chance.choice(ACTIVITIES),
                )
                for _ in many
            ],
        )

    def _some(self, records: Sequence[_Record]) -> list[_Record]:
        first = self.chance.randrange(max(1, len(records) - 30))
        return list(records[first : first + 30])

    def _day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange((AS_OF - FIRST).days))

    def _amount(self, whole: bool) -> Decimal:
        cents = self.chance.choice((5_00, 45_50, 120_00, 999_99, 1_234_50, 12_000_00, 2_345_60))
        cents += self.chance.randrange(400) * 10
        cents = cents // 100 * 100 if whole else cents
        return Decimal(cents if self.chance.random() > 0.06 else -cents) / 100

    # The sheets

    def _sheets_of(self, which: str, records: list[_Record], beside_another: bool) -> None:
        word = self.chance.choice((which, *self.words["sheets"].get(which, ())))
        if self._likely(0.3, "a sheet a year"):
            for year in sorted({one.day.year for one in records}):
                name = f"{word} {year}" if beside_another else str(year)
                self._add(which, name, [one for one in records if one.day.year == year])
        elif not beside_another and self._likely(0.1, "a sheet a month"):
            for month, names in enumerate(self.words["days"]["months"], start=1):
                theirs = [one for one in records if one.day.month == month]
                if theirs:
                    self._add(which, names[0].title(), theirs)
        elif not beside_another and self._likely(0.2, "a sheet without a name"):
            self._add(which, "Tabelle1", records)
        else:
            self._add(which, word, records)

    def _add(self, which: str, name: str, records: list[_Record]) -> None:
        """One table as a sheet, and what each of its rows says."""
        chance, made = self.chance, self.made
        columns, given = self._columns(which)
        chance.shuffle(columns)
        headers = self._headers(which, columns, given)
        records = self._with_words(columns, records)
        by_client = self._likely(0.35, "by client")
        records.sort(key=(lambda o: (o.client, o.day)) if by_client else (lambda o: o.day))
        once = by_client and not given and self._likely(0.5, "a name once")
        body = list(self._body(which, columns, headers, records, by_client, once))
        top = self._title(which, len(columns))
        left: list[Cell] = [None] * (2 if self._likely(0.1, "empty columns") else 0)
        rows = [[*left, *one] for one in (*top, headers, *(line.cells for line in body))]
        place = len(left) + [column.name for column in columns].index("Client")
        first = len(top) + 1
        for at, line in enumerate(body, start=first):
            if line.told is not None:
                made.told[name, at + 1] = line.told
        made.headers[name] = first
        for at, column in enumerate(columns, start=len(left) + 1):
            made.columns[name, at] = column.name
        made.sheets.append(
            Sheet(
                name,
                rows,
                hidden=made.kind in BOOKS[:1] + BOOKS[3:] and self._likely(0.1, "a hidden sheet"),
                hidden_rows=frozenset(
                    at for at in range(first, len(rows)) if chance.random() < 0.01
                ),
                merged=tuple(
                    (at, at + line.merged - 1, place)
                    for at, line in enumerate(body, start=first)
                    if line.merged > 1 and made.kind != ".xlsb"
                ),
            )
        )
        self._doubt(which, columns, [line.cells for line in body])
        if once and not (made.sheets[-1].merged and made.kind in MERGING):
            self._doubt_names(columns, records)

    def _columns(self, which: str) -> tuple[list[_Column], dict[str, str]]:
        """The columns, and the headers of those that must have one of their own."""
        given: dict[str, str] = {}
        columns = [_Column("Date", lambda one: self.days(one.day)), _Column("Client", self._name)]
        columns += self._of_sales(given) if which == "Sales" else self._of_contacts()
        if self._likely(0.15, "code and name"):
            given["?code"], given["Client"] = CODE_AND_NAME[self.tongue]
            columns.append(_Column("?code", lambda one: f"K-{sum(map(ord, one.client))}"))
        elif which == "Sales" and self._likely(0.1, "company and name"):
            given["Client"], given["?name"] = COMPANY_AND_NAME[self.tongue]
            columns[1] = _Column("Client", lambda one: one.client if len(one.client) % 2 else None)
            columns.append(
                _Column("?name", lambda one: "Jo Doe" if len(one.client) % 2 else one.client)
            )
        if self._likely(0.25, "an unknown column"):
            columns.append(_Column("?", lambda _: self.chance.choice(("rot", "blau", None))))
            given["?"] = "Xyzzy"
        return columns, given

    def _name(self, one: _Record) -> str:
        spaces = self.chance.random()
        return f" {one.client}\xa0" if spaces < 0.02 else one.client

    def _of_sales(self, given: dict[str, str]) -> list[_Column]:
        chance = self.chance
        if self._likely(0.12, "quantity and price"):
            columns = [
                _Column("Quantity", lambda one: float(one.quantity)),
                _Column("Unit price", lambda one: self.money(one.amount)),
            ]
        else:
            amount = "Net amount" if self._likely(0.1, "net") else "Amount"
            columns = [_Column(amount, lambda one: self.money(one.amount))]
        if chance.random() < 0.3:
            columns.append(_Column("Service", lambda _: chance.choice(("Massage", "Kurs A"))))
        if self._likely(0.2, "invoice numbers"):
            numbers = iter(range(1041, 9999))
            columns.append(_Column("Invoice", lambda _: f"R-{next(numbers)}"))
        if self._likely(0.35, "status"):
            columns.append(_Column("Status", lambda one: one.word))
        elif self._likely(0.2, "credit notes"):
            back = self._cased(chance.choice(self.words["status"]["returned"]))
            invoice = INVOICE[self.tongue]
            columns.append(_Column("Type", lambda one: back if one.returned else invoice))
        if self._likely(0.1, "currency"):
            columns.append(_Column("Currency", lambda _: self.currency or "EUR"))
        if self._likely(0.1, "paid"):
            answers = self.words["answers"]
            columns.append(_Column("Paid", lambda o: answers["yes" if o.amount > 50 else "no"][0]))
        if self._likely(0.1, "due"):
            columns.append(_Column("Due on", lambda o: self.days(o.day + timedelta(days=14))))
        return columns

    def _of_contacts(self) -> list[_Column]:
        chance, columns = self.chance, []
        if chance.random() < 0.7:
            columns.append(_Column("Activity", lambda one: one.activity))
        if self._likely(0.15, "start and end"):
            columns += [
                _Column("Start", lambda _: "09:00"),
                _Column("End", lambda one: f"{9 + one.minutes // 60:02d}:{one.minutes % 60:02d}"),
            ]
        elif chance.random() < 0.6:
            columns.append(_Column("Minutes", lambda one: None))
        if chance.random() < 0.3:
            columns.append(_Column("Topic", lambda _: chance.choice(("Logo", "Termin?", "Tee"))))
        if self._likely(0.2, "status"):
            columns.append(_Column("Status", lambda one: one.word))
        return columns

    def _headers(self, which: str, columns: list[_Column], given: Mapping[str, str]) -> list[Cell]:
        """The word above each column, of her language; no word twice. The form of lengths follows it."""
        found = dict(given)
        groups = self.words["headers"]
        for column in columns:
            words = [*groups.get("Any", {}).get(column.name, ())]
            words += groups[which].get(column.name, ())
            taken = {*found.values(), *"£$€"}
            free = [word for word in words or [column.name] if word not in taken]
            found.setdefault(column.name, self.chance.choice(free))
        for at, column in enumerate(columns):
            if column.name == "Minutes":
                clock = self._likely(0.3, "1:30")
                if clock and found["Minutes"].casefold() in EITHER:
                    self.made.doubts.append("a time of day or a length")
                form = of_minutes(found["Minutes"], clock)
                columns[at] = _Column("Minutes", lambda one, form=form: form(one.minutes))
        sign = self.chance.choice(
            ("€", "EUR") if self.currency in ("", "EUR") else (self.currency,)
        )
        for amount in AMOUNTS:
            if amount in found and self._likely(0.1, "a unit"):
                found[amount] += self.chance.choice((f" ({sign})", f" [{sign}]", f" {sign}"))
        style = self.chance.choice(("{}", "{}", "{}", "{} ", "{}:", "* {}"))
        change = self.chance.choice((str, str, str.upper, str.lower))
        return [style.format(change(found[column.name])) for column in columns]

    def _with_words(self, columns: Sequence[_Column], records: list[_Record]) -> list[_Record]:
        """The records with what the columns add: a word for whether it happened, a quantity, a type."""
        there = {column.name for column in columns}
        if "Quantity" in there:
            records = [replace(one, quantity=self.chance.randint(1, 6)) for one in records]
        if "Type" in there:
            records = [
                replace(one, amount=abs(one.amount), returned=self.chance.random() < 0.1)
                for one in records
            ]
        if "Status" not in there:
            return list(records)
        words = self.words["status"]
        said = ("happened", "open", "not_happened")
        few = {kind: self.chance.sample(words[kind], 2) for kind in said}
        kinds = self.chance.choices(said, (8, 1, 1), k=len(records))
        kinds[:1] = ["happened"]
        return [
            replace(one, counts=kind == said[0], word=self._cased(self.chance.choice(few[kind])))
            for one, kind in zip(records, kinds, strict=True)
        ]

    def _cased(self, word: str) -> str:
        return word[:1].upper() + word[1:]

    def _body(
        self,
        which: str,
        columns: Sequence[_Column],
        headers: Sequence[Cell],
        records: Sequence[_Record],
        by_client: bool,
        once: bool,
    ) -> Iterator[_Line]:
        """Each row below the headers."""
        totals, place = self.words["totals"], [column.name for column in columns].index("Client")
        opening = self._cased(self.chance.choice(totals["openings"]))
        sums = which == "Sales" and self._likely(0.3, "totals")
        each = sums and by_client and self._likely(0.5, "a total for each client")
        blanks = self._likely(0.3, "blank rows")
        pages = not once and self._likely(0.05, "headers on each page")
        heads = once and self._likely(0.3, "headings")
        merge = once and not heads and self._likely(0.5, "merged")
        blank: list[Cell] = [None] * len(columns)
        for _, records_of_one in groupby(records, key=lambda one: by_client and one.client):
            group = list(records_of_one)
            if heads:
                yield _Line([*blank[:place], group[0].client, *blank[place + 1 :]])
            for at, one in enumerate(group):
                cells = [column.cell(one) for column in columns]
                if once and (at or heads):
                    cells[place] = None
                merged = len(group) if merge and not at else 1
                yield _Line(cells, self._said(which, columns, one), merged)
                if blanks and not merge and self.chance.random() < 0.1:
                    yield _Line(blank)
                if pages and self.chance.random() < 0.1:
                    yield _Line(list(headers))
            if each:
                yield self._sum(columns, f"{opening} {group[0].client}", group)
        if sums:
            word = self._cased(self.chance.choice(totals["words"]))
            yield self._sum(columns, None if self._likely(0.2, "a bare sum") else word, records)

    def _sum(self, columns: Sequence[_Column], word: Cell, records: Sequence[_Record]) -> _Line:
        amount = sum((one.amount for one in records), Decimal())
        there = {"Client": word, "Amount": self.money(amount), "Net amount": self.money(amount)}
        return _Line([there.get(column.name) for column in columns])

    def _said(self, which: str, columns: Sequence[_Column], one: _Record) -> Told | None:
        if not one.counts:
            return None
        if which == "Sales":
            amount = one.amount * one.quantity
            return Sold(one.day, one.client, -amount if one.returned else amount)
        there = {column.name for column in columns}
        return Met(
            one.day,
            one.client,
            one.minutes if there & {"Minutes", "Start"} else 0,
            one.activity if "Activity" in there else "",
        )

    def _title(self, which: str, width: int) -> list[list[Cell]]:
        if not self._likely(0.35, "a title"):
            return []
        blank: list[Cell] = [None] * width
        word = self.chance.choice(self.words["sheets"].get(which, [which]))
        lines = [[f"{word} 2026", *blank[1:]], ["Zoe Ashe, Studio", *blank[1:]]]
        return [*lines[: self.chance.randint(1, 2)], *([blank] if self._likely(0.6) else [])]

    # What may be read in two ways

    def _doubt(
        self, which: str, columns: Sequence[_Column], rows: Sequence[Sequence[Cell]]
    ) -> None:
        """Note columns where no cell shows which number is the month, or which mark is that of cents."""
        for at, column in enumerate(columns):
            texts = [row[at] for row in rows if isinstance(row[at], str)]
            if column.name in _DAYS:
                found = [re.match(r"(\d{1,2})[/-](\d{1,2})[/-]", text) for text in texts]
                pairs = [(int(one[1]), int(one[2])) for one in found if one]
                if any(a != b for a, b in pairs) and all(max(pair) <= 12 for pair in pairs):
                    self.made.doubts.append("the order of day and month")
            elif column.name in AMOUNTS:
                found = [re.search(r"(?<![\d.])\d{1,3}\.\d{3}(?![\d,.])", text) for text in texts]
                if any(found) and not any("," in text or text.count(".") > 1 for text in texts):
                    self.made.doubts.append("thousands or thousandths")

    def _doubt_names(self, columns: Sequence[_Column], records: Sequence[_Record]) -> None:
        """Note where rows without a name may be rows of nobody."""
        sizes = [len(list(group)) for _, group in groupby(records, key=lambda o: o.client)]
        groups, blanks = sum(size > 1 for size in sizes), sum(sizes) - len(sizes)
        if 0 < blanks * (3 if groups > 1 else 2) < sum(sizes):
            self.made.doubts.append("few rows have no name")
        days = [one.day for one in records]
        names = [column.name for column in columns]
        behind = names.index("Client") > names.index("Date")
        if blanks and (groups > 2 or behind) and days == sorted(days):
            self.made.doubts.append("a list by day, of which some rows have no name")


def mess(number: int, samples: Sequence[Sequence[Told]]) -> Mess:
    """The mess of a number; some are made of rows of the samples."""
    return _Maker(number, samples).mess()
