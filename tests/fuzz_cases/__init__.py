"""Damaged and rewritten files, each by its number, and what may come of reading it.

A file is taken apart as its format is (parts of an archive, tags and texts, records, lines), one thing in
it is changed, and it is put together again with lengths and checksums that are right, unless just
these are what is damaged.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from fuzz_cases.archives import damaged_archive
from fuzz_cases.case import AsReadBy, Case, Chance, never
from fuzz_cases.lines import changed_lines
from fuzz_cases.records import damaged_xls, damaged_xlsb
from fuzz_cases.rewrites import rewritten_xml
from fuzz_cases.settings import changed_toml
from fuzz_cases.tags import damaged_xml
from fuzz_cases.text import changed_csv
from fuzz_cases.values import with_another_value

__all__ = ["AsReadBy", "Case", "case", "never"]


def case(seed: int, number: int) -> Case:
    """The case of that number; the same for ever."""
    draw = random.Random(f"{seed}/{number}")
    (make,) = draw.choices([make for _, make in _KINDS], [weight for weight, _ in _KINDS])
    return make(number, Chance(draw))


_KINDS: tuple[tuple[int, Callable[[int, Chance], Case]], ...] = (
    (20, damaged_archive),
    (32, damaged_xml),
    (8, rewritten_xml),
    (6, with_another_value),
    (9, damaged_xlsb),
    (9, damaged_xls),
    (8, changed_csv),
    (6, changed_lines),
    (5, changed_toml),
)
