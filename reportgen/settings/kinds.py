"""The kinds of cells and their ranges, the orders of a date and the days of a week."""

from __future__ import annotations

from enum import StrEnum


class CellKind(StrEnum):
    """What a cell holds, and so how it is read, checked and formatted."""

    TEXT = "text"
    CHOICE = "choice"
    """One of a few words."""
    MONEY = "money"
    SHARE = "share"
    """0–1, also written in per cent."""
    TIME = "time"
    """A time of day."""
    DAYS = "days"
    """A whole number, of days or of something else that is counted."""
    NUMBER = "number"
    LIST = "list"
    """Several words."""
    CLIENT = "client"
    """The name of a client."""
    DATE = "date"
    BIRTHDAY = "birthday"
    """A date, or a day and a month alone."""
    MINUTES = "minutes"
    """A length of time."""
    YES_OR_NO = "yes or no"
    ACTIVITY = "activity"
    """The name of an activity."""
    SIGNAL = "signal"
    """A signal that reportgen knows, or the owner's own words."""


class DateOrder(StrEnum):
    """The order of day, month and year in a date that is written in numbers."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Monday first, as ``date.weekday`` counts."""
