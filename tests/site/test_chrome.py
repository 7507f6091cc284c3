"""What stands around every page."""

import json
import re

import pytest


@pytest.mark.slow
def test_the_coach_is_told_how_to_read_an_amount(sites):
    """The sum of the year, in largest clients."""
    site = sites("interior-designer", "coach")
    text = (site / "trust.html").read_text(encoding="utf-8")
    told = re.search(
        r"brought in all is 100: the ([\d,]+) of the year are as much as ([\d.]+) of the largest\.",
        text,
    )
    assert told is not None
    sales = json.loads((site / "report.json").read_text(encoding="utf-8"))["value"]["sales_now"]
    assert told[1] == f"{sales:.0f}"
    assert abs(sales / 100 - float(told[2])) <= 0.05
    owners = (sites("interior-designer") / "trust.html").read_text(encoding="utf-8")
    assert "an index" not in owners
