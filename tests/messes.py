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
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from spreadsheets import Cell, Sheet

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 10, 31)
FIRST = date(2024, 2, 1)
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
WORDS: Mapping[str, tuple[str, ...]] = {
    "de": ("Bäckerei Ulme", "Café Farn", "Jürgen Weiß", "Praxis am Tor", "Müller & Söhne", "Haus Erle"),
    "en": ("Elm Bakery", "Fern & Sons", "Zoe O'Brien", "The Corner Shop", "Ash Dental", "Rowan Ltd"),
    "es": ("Panadería Olmo", "Café Niño", "José Peña", "Clínica Haya", "Taller Encina", "Casa Roble"),
    "fr": ("Boulangerie Orme", "Café Fougère", "Hélène Noël", "Garage Hêtre", "Maison Frêne", "Chez Gui"),
    "it": ("Forno Olmo", "Caffè Felce", "Niccolò Neri", "Studio Faggio", "Officina Quercia", "Casa Pino"),
    "nl": ("Bakkerij Iep", "Café Varen", "Zoë de Wit", "Garage Beuk", "Praktijk Es", "Huis Eik"),
    "pt": ("Padaria Olmo", "Café Feto", "João Leitão", "Clínica Faia", "Oficina Carvalho", "Casa Pinho"),
}  # fmt: skip
WEEKDAYS: Mapping[str, str] = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
}
ACTIVITIES = ("Call", "Meeting", "Visit", "Coffee", "Thank-you", "Postcard")
"""Of the catalogue, under its own names."""
AMOUNTS = ("Amount", "Net amount")
_EITHER = {"time", "zeit", "temps", "tiempo", "tempo", "tijd"}
"""Times of day, or lengths of time: here these headers have texts that are lengths."""
_IN_HOURS = re.compile(r"hours|hrs|\(h\)|stunden|std|heures|horas|^ore|uren", re.IGNORECASE)
_IN_MINUTES = re.compile(r"min", re.IGNORECASE)


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
    """(sheet, column from 1) → which part of what a row says stands in it."""
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
    minutes: int = 0
    activity: str = ""
    counts: bool = True
    word: str = ""
    """Of its status."""


class _Maker:
    """Makes one mess."""

    def __init__(self, number: int, samples: Sequence[Sequence[Told]]) -> None:
        self.chance = random.Random(number)
        self.made = Mess(number)
        self.tongue = self.chance.choice(LANGUAGES)
        self.words = language(self.tongue)
        self.samples = samples
        self._days: Callable[[date], Cell] = lambda day: day
        self._money: Callable[[Decimal], Cell] = float

    def mess(self) -> Mess:
        """The mess of this number."""
        chance, made = self.chance, self.made
        made.kind = chance.choice((*BOOKS, ".csv", ".csv", ".csv", "folder"))
        made.delimiter = chance.choice(",;\t|" if made.kind == ".csv" else ",;")
        made.encoding = chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16"))
        is_text = made.kind in (".csv", "folder")
        self._choose_days(is_text)
        self._choose_money(is_text)
        made.traits += [self.tongue, made.kind]
        sold, met = self._records()
        if made.kind == ".csv":
            which = chance.choice(("Sales", "Touchpoints"))
            self._add(which, which, sold if which == "Sales" else met)
        else:
            kinds = chance.choice((("Sales",), ("Touchpoints",), ("Sales", "Touchpoints")))
            for which in kinds:
                self._sheets_of(which, sold if which == "Sales" else met, len(kinds) > 1)
            self._other_sheets(is_text)
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
            if sold and met:
                return self._some(sold), self._some(met)
        clients = chance.sample(WORDS[self.tongue], chance.randint(2, 5))
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
        sign = -1 if self.chance.random() < 0.06 else 1
        return Decimal(sign * cents) / 100

    # How days and money are written

    def _choose_days(self, is_text: bool) -> None:
        names = [month[0] for month in self.words["days"]["months"]]
        short = [month[-1] for month in self.words["days"]["months"]]
        weekdays = WEEKDAYS[self.tongue].split()

        def named(day: date) -> str:
            month = names[day.month - 1]
            if self.tongue in ("es", "pt"):
                return f"{day.day} de {month} de {day.year}"
            dot = "." if self.tongue == "de" else ""
            return f"{day.day}{dot} {month} {day.year}"

        forms: dict[str, Callable[[date], Cell]] = {
            "iso": lambda day: day.isoformat(),
            "iso with a time": lambda day: f"{day.isoformat()} 10:30",
            "d/m/y": lambda day: f"{day:%d/%m/%Y}",
            "d-m-y": lambda day: f"{day:%d-%m-%Y}",
            "d.m.y": lambda day: f"{day:%d.%m.%Y}",
            "d/m/y short": lambda day: f"{day.day}/{day.month}/{day:%y}",
            "m/d/y": lambda day: f"{day:%m/%d/%Y}",
            "m/d/y short": lambda day: f"{day.month}/{day.day}/{day.year}",
            "named": named,
            "short name": lambda day: f"{day.day} {short[day.month - 1]} {day:%y}",
            "weekday and name": lambda day: f"{weekdays[day.weekday()]} {named(day)}",
            "weekday": lambda day: f"{weekdays[day.weekday()]}, {day:%d.%m.%Y}",
        }
        if self.tongue == "en":
            forms["month first"] = lambda day: (
                f"{names[day.month - 1].title()} {day.day}, {day.year}"
            )
        form = self.chance.choice((*forms, "day", "day"))
        self.made.traits.append(form)
        if form != "day":
            self._days = forms[form]
        elif is_text and self._likely(0.3, "serials"):
            self._days = lambda day: float((day - date(1899, 12, 30)).days)

    def _choose_money(self, is_text: bool) -> None:
        marks = {"1234.50": ("", "."), "1234,50": ("", ","), "1.234,50": (".", ","),
                 "1,234.50": (",", "."), "1 234,50": (" ", ","), "1\xa0234,50": ("\xa0", ","),
                 "1'234.50": ("'", ".")}  # fmt: skip
        form = self.chance.choice((*marks, "number", "number"))
        self.made.traits.append(form)
        if form == "number":
            return
        thousands, decimal = marks[form]
        sign = self.chance.choice(("", "", "€ {}", "{} €", "£{}", "CHF {}", "{} EUR"))
        minus = self.chance.choice(("-{}", "({})", "{}-"))

        def written(amount: Decimal) -> str:
            shown = f"{abs(amount):,.2f}" if amount % 1 else f"{abs(amount):,.0f}"
            if decimals:
                shown = f"{abs(amount):,.2f}"
            shown = shown.translate({ord(","): thousands, ord("."): decimal})
            shown = minus.format(shown) if amount < 0 and not sign else shown
            shown = (sign or "{}").format(shown)
            return f"-{shown}" if amount < 0 and sign else shown

        decimals = self._likely(0.7, "always cents")
        self._money = written

    # The sheets

    def _sheets_of(self, which: str, records: list[_Record], beside_another: bool) -> None:
        word = self.chance.choice((which, *self.words["sheets"].get(which, ())))
        if self._likely(0.3, "a sheet a year"):
            years = sorted({one.day.year for one in records})
            for year in years:
                name = f"{word} {year}" if beside_another else str(year)
                self._add(which, name, [one for one in records if one.day.year == year])
            return
        if not beside_another and self._likely(0.2, "a sheet without a name"):
            word = "Tabelle1"
        self._add(which, word, records)

    def _other_sheets(self, is_text: bool) -> None:
        sheets = self.made.sheets
        if self._likely(0.2, "a sheet of ideas") or all(one.hidden for one in sheets):
            sheets.insert(0, Sheet("Ideen", [["Tee", None], ["Kekse", "bald"]]))

    def _add(self, which: str, name: str, records: list[_Record]) -> None:
        """One table as a sheet, and what each of its rows says."""
        chance, made = self.chance, self.made
        columns = self._columns(which)
        chance.shuffle(columns)
        headers = self._headers(which, [one for one, _ in columns])
        if which == "Touchpoints":
            self._write_minutes(headers, columns, records)
        by_client = self._likely(0.35, "by client")
        records = self._with_words(which, columns, records)
        records.sort(key=(lambda o: (o.client, o.day)) if by_client else (lambda o: o.day))
        once = by_client and self._likely(0.5, "a name once")
        body = list(self._body(which, columns, records, by_client, once))
        top = self._title(which, len(columns))
        merged, hidden_rows = [], set()
        rows = [*top, list(headers.values()), *(row for row, _, _ in body)]
        first = len(top) + 1
        place = [column for column, _ in columns].index("Client")
        for at, (_, told, of) in enumerate(body, start=first):
            if told is not None:
                made.told[name, at + 1] = told
            if of > 1:
                merged.append((at, at + of - 1, place))
            if self.chance.random() < 0.01:
                hidden_rows.add(at)
        made.headers[name] = first
        for at, (column, _) in enumerate(columns, start=1):
            made.columns[name, at] = column
        hidden = made.kind in BOOKS[:1] + BOOKS[3:] and self._likely(0.1, "a hidden sheet")
        if made.kind == ".xlsb":
            merged = []
        made.sheets.append(
            Sheet(name, rows, hidden, frozenset(hidden_rows), tuple(merged) if once else ())
        )
        self._doubt_days(name, place=[column for column, _ in columns].index("Date"))
        self._doubt_amounts(which, columns, rows[first:])
        if once and not (merged and made.kind in (".xlsx", ".xlsm")):
            self._doubt_names(records)

    def _columns(self, which: str) -> list[tuple[str, Callable[[_Record], Cell]]]:
        chance = self.chance
        columns: list[tuple[str, Callable[[_Record], Cell]]] = [
            ("Date", lambda one: self._days(one.day)),
            ("Client", lambda one: one.client),
        ]
        if which == "Sales":
            amount = "Net amount" if self._likely(0.1, "net") else "Amount"
            columns.append((amount, lambda one: self._money(one.amount)))
            if chance.random() < 0.3:
                columns.append(
                    ("Service", lambda _: chance.choice(("Massage", "Kurs A", "Logo 2")))
                )
            if self._likely(0.2, "invoice numbers"):
                numbers = iter(range(1041, 9999))
                columns.append(("Invoice", lambda _: f"R-{next(numbers)}"))
            if self._likely(0.35, "status"):
                columns.append(("Status", lambda one: one.word))
        else:
            if chance.random() < 0.7:
                columns.append(("Activity", lambda one: one.activity))
            if chance.random() < 0.6:
                columns.append(("Minutes", lambda _: None))
            if chance.random() < 0.3:
                columns.append(("Topic", lambda _: chance.choice(("Logo", "Termin?", "Tee"))))
            if self._likely(0.2, "status"):
                columns.append(("Status", lambda one: one.word))
        if self._likely(0.25, "an unknown column"):
            columns.append(("?", lambda _: chance.choice(("rot", "blau", None))))
        return columns

    def _headers(self, which: str, columns: Sequence[str]) -> dict[str, str]:
        """Column → the word above it, in our language or hers; no word twice."""
        found: dict[str, str] = {"?": "Xyzzy"}
        for column in columns:
            if column in found:
                continue
            groups = self.words["headers"]
            words = [*groups.get("Any", {}).get(column, ()), *groups[which].get(column, ())]
            words = [word for word in words or [column] if word not in found.values()]
            found[column] = self.chance.choice(words)
        found = {column: found[column] for column in columns}
        style = self.chance.choice((str, str, str.upper, str.lower, "{} ".format))
        return {column: style(word) for column, word in found.items()}

    def _write_minutes(
        self,
        headers: Mapping[str, str],
        columns: list[tuple[str, Callable[[_Record], Cell]]],
        records: Sequence[_Record],
    ) -> None:
        """Choose a form for lengths of time that goes with their header."""
        at = next((at for at, (column, _) in enumerate(columns) if column == "Minutes"), None)
        if at is None:
            return
        header = headers["Minutes"].strip()
        clock = self._likely(0.3, "1:30")
        if clock and header.casefold() in _EITHER:
            self.made.doubts.append("a time of day or a length")

        def form(one: _Record) -> Cell:
            if clock:
                return f"{one.minutes // 60}:{one.minutes % 60:02d}"
            if _IN_HOURS.search(header):
                return float(Decimal(one.minutes) / 60)
            return float(one.minutes) if _IN_MINUTES.search(header) else f"{one.minutes} min"

        columns[at] = ("Minutes", form)

    def _with_words(
        self, which: str, columns: Sequence[tuple[str, object]], records: list[_Record]
    ) -> list[_Record]:
        """The records with a word each for whether it happened, where there is a column for it."""
        if "Status" not in [column for column, _ in columns]:
            return list(records)
        words = self.words["status"]
        few = {
            kind: self.chance.sample(words[kind], 2)
            for kind in ("happened", "open", "not_happened")
        }
        kinds = self.chance.choices(("happened", "open", "not_happened"), (8, 1, 1), k=len(records))
        kinds[:1] = ["happened"]
        return [
            _Record(o.day, o.client, o.amount, o.minutes, o.activity,
                    kind == "happened", self._cased(self.chance.choice(few[kind])))
            for o, kind in zip(records, kinds, strict=True)
        ]  # fmt: skip

    def _cased(self, word: str) -> str:
        return word[:1].upper() + word[1:]

    def _body(
        self,
        which: str,
        columns: Sequence[tuple[str, Callable[[_Record], Cell]]],
        records: Sequence[_Record],
        by_client: bool,
        once: bool,
    ) -> Iterator[tuple[list[Cell], Told | None, int]]:
        """(cells, what they say, over how many rows the name is merged) of each row below the headers."""
        totals = self.words["totals"]
        opening = self.chance.choice(totals["openings"])
        sums = which == "Sales" and self._likely(0.3, "totals")
        each = sums and by_client and self._likely(0.5, "a total for each client")
        blanks = self._likely(0.3, "blank rows")
        merge = once and self._likely(0.5, "merged")
        groups = [
            list(group) for _, group in groupby(records, key=lambda o: by_client and o.client)
        ]
        for group in groups:
            for at, one in enumerate(group):
                cells = [made(one) for _, made in columns]
                if once and at:
                    cells[[column for column, _ in columns].index("Client")] = None
                yield cells, self._said(which, columns, one), len(group) if merge and not at else 1
                if blanks and not merge and self.chance.random() < 0.1:
                    yield [None] * len(cells), None, 1
            if each:
                yield (
                    self._sum(columns, f"{self._cased(opening)} {group[0].client}", group),
                    None,
                    1,
                )
        if sums:
            word = self._cased(self.chance.choice(totals["words"]))
            yield self._sum(columns, word, records), None, 1

    def _sum(
        self, columns: Sequence[tuple[str, object]], word: str, records: Sequence[_Record]
    ) -> list[Cell]:
        amount = sum((one.amount for one in records), Decimal())
        place = {"Client": word, "Amount": self._money(amount), "Net amount": self._money(amount)}
        return [place.get(column) for column, _ in columns]

    def _said(self, which: str, columns: Sequence[tuple[str, object]], one: _Record) -> Told | None:
        if not one.counts:
            return None
        if which == "Sales":
            return Sold(one.day, one.client, one.amount)
        there = {column for column, _ in columns}
        return Met(
            one.day,
            one.client,
            one.minutes if "Minutes" in there else 0,
            one.activity if "Activity" in there else "",
        )

    def _title(self, which: str, width: int) -> list[list[Cell]]:
        if not self._likely(0.35, "a title"):
            return []
        blank: list[Cell] = [None] * width
        word = self.chance.choice(self.words["sheets"].get(which, [which]))
        lines = [[f"{word} 2026", *blank[1:]], ["Zoe Ashe, Studio", *blank[1:]]]
        return [*lines[: self.chance.randint(1, 2)], *([blank] if self._likely(0.6) else [])]

    def _doubt_days(self, name: str, place: int) -> None:
        """Note where no day of a column shows which number is the month."""
        sheet = self.made.sheets[-1]
        texts = [row[place] for row in sheet.rows[self.made.headers[name] :]]
        parts = [
            re.match(r"(\d{1,2})[/-](\d{1,2})[/-]", text) for text in texts if isinstance(text, str)
        ]
        pairs = [(int(one[1]), int(one[2])) for one in parts if one]
        if any(a != b for a, b in pairs) and all(max(pair) <= 12 for pair in pairs):
            self.made.doubts.append(f"the order of day and month on {name}")

    def _doubt_amounts(
        self, which: str, columns: Sequence[tuple[str, object]], rows: Sequence[Sequence[Cell]]
    ) -> None:
        """Note where 1.234 may be a thousand or little more than one."""
        if which == "Touchpoints":
            return
        place = next(at for at, (column, _) in enumerate(columns) if column in AMOUNTS)
        texts = [str(row[place]) for row in rows if isinstance(row[place], str)]
        in_two_ways = [re.search(r"(?<![\d.])\d{1,3}\.\d{3}(?![\d,.])", text) for text in texts]
        if any(in_two_ways) and not any("," in text or text.count(".") > 1 for text in texts):
            self.made.doubts.append("thousands or thousandths")

    def _doubt_names(self, records: Sequence[_Record]) -> None:
        """Note where rows without a name may be rows of nobody."""
        sizes = [len(list(group)) for _, group in groupby(records, key=lambda o: o.client)]
        groups, blanks = sum(size > 1 for size in sizes), sum(sizes) - len(sizes)
        if 0 < blanks * (3 if groups > 1 else 2) < sum(sizes):
            self.made.doubts.append("few rows have no name")
        days = [one.day for one in records]
        if groups > 2 and days == sorted(days):
            self.made.doubts.append("a list by day, of which some rows have no name")


def mess(number: int, samples: Sequence[Sequence[Told]]) -> Mess:
    """The mess of a number; some are made of rows of the samples."""
    return _Maker(number, samples).mess()
