"""Values as JSON."""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from reportgen.figures.written import indented, plain
from reportgen.problems import Row

_SINGLE = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
_ANY = st.recursive(
    _SINGLE,
    lambda of: st.lists(of) | st.lists(of).map(tuple) | st.dictionaries(st.text(), of),
)


@given(_ANY)
def test_any_value_as_the_standard_library_writes_it(value):
    assert indented(value) == json.dumps(value, indent=2, ensure_ascii=False, default=plain)


def test_what_only_ours_has():
    class Way(StrEnum):
        PHONE = "phone"

    value = {
        Way.PHONE: [Way.PHONE, Decimal("12.50"), Decimal(3), date(2026, 3, 4), Row("Sales", 7)]
    }
    assert indented(value) == (
        '{\n  "phone": [\n    "phone",\n    12.5,\n    3,\n    "2026-03-04",\n    "Sales!7"\n  ]\n}'
    )


def test_an_iterator_is_written_as_its_list_is():
    for values in ([], [1], [{"a": 1}, {}]):
        assert indented({"each": iter(values)}) == indented({"each": values})
