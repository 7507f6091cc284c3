"""A setting in the owner's words: its label, how its cell is read, what it does, its value."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal

from reportgen import words
from reportgen.settings.kinds import WEEKDAYS, CellKind
from reportgen.settings.settings import DECLARED, Settings
from reportgen.words import plain

_BY_LABEL = {
    plain(label): name
    for name, declared in DECLARED.items()
    for label in (re.sub(r"\(.*?\)", "", declared.title), declared.title, name)
}


def setting_named(label: str) -> str | None:
    """The setting that a label of the Business sheet or a key of the configuration file means.

    The unit in brackets may be left out. None when no setting is called so.
    """
    without_brackets = re.sub(r"\(.*?\)", "", label)
    return _BY_LABEL.get(plain(label)) or _BY_LABEL.get(plain(without_brackets))


def setting_label(name: str) -> str:
    """The owner's word for a setting."""
    return DECLARED[name].title


def setting_kind(name: str) -> CellKind:
    """How the setting's cell on the Business sheet is read."""
    return DECLARED[name].allowed.kind


def setting_help(name: str) -> str:
    """One sentence on what the setting does."""
    return DECLARED[name].description


def setting_value(name: str, settings: Settings) -> str:
    """The value of a setting in words: ``Mon, Tue``, ``09:00``, ``25 %``, ``£55``, ``(not set)``."""
    value: object = getattr(settings, name)
    if value is None or value in ("", ()):
        return "(not set)"
    if isinstance(value, frozenset):
        return ", ".join(WEEKDAYS[day] for day in sorted(value))
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        # Every digit: nothing is left of a small rate, or of an index, when it is rounded.
        pence = value != value.to_integral_value()
        return words.money(value, settings.currency, pence) if settings.currency else f"{value:,f}"
    if isinstance(value, float):
        return words.percent(value) if setting_kind(name) == CellKind.SHARE else f"{value:g}"
    return str(value)
