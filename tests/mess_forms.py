"""The forms in which people write days, money and lengths of time, drawn by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from spreadsheets import Cell

WEEKDAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
}
MARKS = {
    "1234.50": ("", "."),
    "1234,50": ("", ","),
    "1.234,50": (".", ","),
    "1,234.50": (",", "."),
    "1 234,50": (" ", ","),
    "1\xa0234,50": ("\xa0", ","),
    "1'234.50": ("'", "."),
}
"""Form → the mark of thousands and that of cents."""
SIGNS = {"€ {}": "EUR", "{} €": "EUR", "{} EUR": "EUR", "£{}": "GBP", "CHF {}": "CHF"}
EITHER = {"time", "zeit", "temps", "tiempo", "tempo", "tijd"}
"""Times of day, or lengths of time: here these headers have texts that are lengths."""
_IN_HOURS = re.compile(r"hours|hrs|\(h\)|stunden|std|heures|horas|^ore|uren", re.IGNORECASE)
_IN_MINUTES = re.compile(r"min", re.IGNORECASE)

Form = tuple[str, Callable[[date], Cell]]


def of_days(
    chance: random.Random, tongue: str, months: Sequence[Sequence[str]], text: bool
) -> Form:
    """A form for days, and its name; ``text`` where a cell can hold nothing else."""
    names, short = [month[0] for month in months], [month[-1] for month in months]
    weekdays = WEEKDAYS[tongue].split()

    def named(day: date) -> str:
        if tongue in ("es", "pt"):
            return f"{day.day} de {names[day.month - 1]} de {day.year}"
        return f"{day.day}{'.' if tongue == 'de' else ''} {names[day.month - 1]} {day.year}"

    forms: list[Form] = [
        ("iso", lambda day: day.isoformat()),
        ("iso with a time", lambda day: f"{day.isoformat()} 10:30"),
        ("d/m/y", lambda day: f"{day:%d/%m/%Y}"),
        ("d-m-y", lambda day: f"{day:%d-%m-%Y}"),
        ("d.m.y", lambda day: f"{day:%d.%m.%Y}"),
        ("d/m/y short", lambda day: f"{day.day}/{day.month}/{day:%y}"),
        ("m/d/y", lambda day: f"{day:%m/%d/%Y}"),
        ("m/d/y short", lambda day: f"{day.month}/{day.day}/{day.year}"),
        ("named", named),
        ("short name", lambda day: f"{day.day} {short[day.month - 1]} {day:%y}"),
        ("weekday and name", lambda day: f"{weekdays[day.weekday()]} {named(day)}"),
        ("weekday", lambda day: f"{weekdays[day.weekday()]}, {day:%d.%m.%Y}"),
        ("day", lambda day: day),
        ("day", lambda day: day),
    ]
    if tongue == "en":
        forms.append(
            ("month first", lambda day: f"{names[day.month - 1].title()} {day.day}, {day.year}")
        )
    if text:
        forms.append(("serial", lambda day: float((day - date(1899, 12, 30)).days)))
    else:
        forms.append(("day and time", lambda day: datetime.combine(day, time(9, 45))))
    return chance.choice(forms)


def of_money(chance: random.Random) -> tuple[list[str], str, Callable[[Decimal], Cell]]:
    """A form for money: its names, the currency that it says or none, and the form."""
    form = chance.choice((*MARKS, "number", "number"))
    if form == "number":
        return [form], "", float
    (thousands, decimal), names = MARKS[form], [form]
    sign = chance.choice(("{}", "{}", *SIGNS))
    minus = chance.choice(("-{}", "({})", "{}-"))
    cents = chance.choice(("always", "always", "always", "where there are", "stroke"))
    if cents == "always":
        names.append("always cents")
    if cents == "stroke":
        names.append("500,-")

    def written(amount: Decimal) -> str:
        shown = f"{abs(amount):,.2f}" if amount % 1 or cents == "always" else f"{abs(amount):,.0f}"
        shown = shown.translate({ord(","): thousands, ord("."): decimal})
        if cents == "stroke" and amount % 1 == 0:
            shown += f"{decimal}-"
        if amount >= 0:
            return sign.format(shown)
        if sign == "{}" and not shown.endswith("-"):
            return minus.format(shown)
        return f"-{sign.format(shown)}"

    return names, SIGNS.get(sign, ""), written


def of_minutes(header: str, clock: bool) -> Callable[[int], Cell]:
    """A form for lengths of time that goes with their header."""

    def written(minutes: int) -> Cell:
        if clock:
            return f"{minutes // 60}:{minutes % 60:02d}"
        if _IN_HOURS.search(header):
            return float(Decimal(minutes) / 60)
        return float(minutes) if _IN_MINUTES.search(header) else f"{minutes} min"

    return written
