"""What stands around every page."""

import re

import pytest


@pytest.mark.slow
def test_the_coach_is_told_how_to_read_an_amount(sites):
    """The sum of the year as the letter has it, in largest clients."""
    text = (sites("interior-designer", "coach") / "trust.html").read_text(encoding="utf-8")
    told = re.search(
        r"brought in all is 100: the ([\d,]+) of the year are as much as ([\d.]+) of the largest\.",
        text,
    )
    assert told is not None
    assert abs(float(told[1]) / 100 - float(told[2])) <= 0.05
    letter = (sites("interior-designer", "coach") / "index.html").read_text(encoding="utf-8")
    assert f"the year’s {told[1]}," in letter
    owners = (sites("interior-designer") / "trust.html").read_text(encoding="utf-8")
    assert "an index" not in owners
