"""What a setting may be: how its cell is read, and what is made of what stands there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from reportgen.model import BusinessModel
from reportgen.settings import written
from reportgen.settings.kinds import CellKind, DateOrder
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a setting may be."""

    kind: CellKind
    """How its cell on the Business sheet is read."""
    made: Callable[[Any], Any]
    """What an owner wrote → the value; raises ValueError, which says what was expected."""
    least: int | None = None
    most: int | None = None

    def value(self, wrote: object) -> object:
        """The value of what an owner wrote. Raises: ValueError, ``expected 1 or more``."""
        value = self.made(wrote)
        if self.least is not None and value < self.least:
            raise ValueError(f"expected {self.least} or more")
        if self.most is not None and value > self.most:
            raise ValueError(f"expected {self.most} or less")
        return value


def whole(least: int, most: int | None = None) -> Allowed:
    """A whole number within its range."""
    return Allowed(CellKind.DAYS, written.whole, least, most)


def number(least: int, most: int) -> Allowed:
    """A number within its range."""
    return Allowed(CellKind.NUMBER, written.number, least, most)


DAYS = whole(1, 3660)
COUNT = whole(1, 1000)
MINUTES = whole(1, 1440)
WEIGHT = whole(0, 100)
SHARE = Allowed(CellKind.SHARE, written.number, 0, 1)
MONEY = Allowed(CellKind.MONEY, written.amount, 0, 10**12)
TEXT = Allowed(CellKind.TEXT, written.text)
TIME = Allowed(CellKind.TIME, written.clock)
WORKING_DAYS = Allowed(CellKind.LIST, written.working_days)
NAMES = Allowed(CellKind.LIST, written.names)
CURRENCY = Allowed(CellKind.TEXT, written.currency)
TIME_ZONE = Allowed(CellKind.TEXT, written.time_zone)
COUNTRY = Allowed(CellKind.TEXT, written.country)
BUSINESS_MODEL = Allowed(CellKind.CHOICE, written.one_of(BusinessModel))
DATE_ORDER = Allowed(CellKind.CHOICE, written.one_of(DateOrder))


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of a setting."""

    title: str
    """Its label on the Business sheet."""
    allowed: Allowed
    description: str
    """One sentence on what it does."""


DECLARED_AS = "declared"
"""The name of a declaration in the metadata of its field."""


def setting(default: object, title: str, allowed: Allowed, description: str) -> Any:
    """The field of a setting with its declaration."""
    declared = Declared(title, allowed, description)
    return dataclasses.field(default=default, metadata={DECLARED_AS: declared})


class Unfit(ValueError):
    """A value that a setting cannot have."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        """``expected`` is half a sentence: ``expected 1 or more``."""
        super().__init__(expected)
        self.name, self.value, self.expected = name, value, expected
