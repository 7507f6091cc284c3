"""An expression is compiled by its first use, and then answers as any other."""

import re

import pytest

from reportgen.reading.expressions import expression


def test_it_answers_as_a_compiled_one():
    hours = expression(r"(\d+) h", re.IGNORECASE)
    found = hours.fullmatch("12 H")
    assert found is not None
    assert (found[1], hours.sub("", "12 h, 3 h"), hours.flags & re.IGNORECASE) == (
        "12",
        ", ",
        re.IGNORECASE,
    )


def test_it_is_not_compiled_before():
    broken = expression("(")
    with pytest.raises(re.error):
        broken.search("(")
