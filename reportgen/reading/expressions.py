"""Regular expressions that are compiled when they are first used: a book of dates and numbers needs few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

__all__ = ["expression"]

if TYPE_CHECKING:
    from re import compile as expression
else:

    class expression:
        """What :func:`re.compile` makes, made when somebody first asks something of it."""

        def __init__(self, pattern, flags=0):
            self._asked_for = pattern, flags

        def __getattr__(self, name):
            found = getattr(re.compile(*self._asked_for), name)
            setattr(self, name, found)
            return found
