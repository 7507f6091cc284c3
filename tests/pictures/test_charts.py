"""The pictures over all clients: places worked out by hand, and every word as it stands."""

import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date

import pytest

from reportgen.estimates.survival import SurvivalCurve
from reportgen.pictures.bars import BridgeStep, bridge, hours_by_activity
from reportgen.pictures.charts import (
    MONTHS,
    Strip,
    growth_against_time,
    pareto,
    stage_history,
    strip_plot,
    survival,
    trust,
)
from reportgen.pictures.drawing import Chart

SVG = "{http://www.w3.org/2000/svg}"


def shapes(chart: Chart, style: str) -> list[str]:
    """The path data of every shape of a class."""
    return [
        one.get("d", "")
        for one in ET.fromstring(chart.svg).iter(f"{SVG}path")
        if one.get("class") == style
    ]


def texts(chart: Chart) -> list[str]:
    return [one.text or "" for one in ET.fromstring(chart.svg).iter(f"{SVG}text")]


def dots(chart: Chart) -> list[tuple[str, str, str]]:
    drawn = r'<circle class="dot" cx="([^"]*)" cy="([^"]*)" r="4.5" data-hit="([^"]*)"/>'
    return re.findall(drawn, chart.svg)


def told(chart: Chart) -> list[str]:
    return re.findall(r'data-hit="([^"]*)"', chart.svg)


# Places ------------------------------------------------------------------------------------------

ENDS = [date(2026, 1, 31), date(2026, 2, 28)]


def test_stages_stand_on_each_other_with_the_lapsed_at_the_foot():
    """Four clients at most: each is a quarter of the 200 pixels from 10 to 210, a month 500 units wide."""
    chart = stage_history("stages", ENDS, {"courting": [1, 1], "contract": [1, 2]}, [0, 1])
    assert shapes(chart, "lapsed") == ["M501 160H999V210H501z"]
    assert shapes(chart, "s1") == ["M1 160H499V210H1zM501 110H999V160H501z"]
    assert shapes(chart, "s2") == ["M1 110H499V160H1zM501 10H999V110H501z"]
    assert {"Lapsed 1", "Courting 1", "Contract 2"} <= set(texts(chart))
    assert told(chart) == [
        "31 January 2026\nContract 1\nCourting 1\nLapsed 0",
        "28 February 2026\nContract 2\nCourting 1\nLapsed 1",
    ]
    assert chart.description == (
        "On 28 February 2026: 1 in courting, 2 in contract; 1 lapsed. "
        "On 31 January 2026: 1 in courting, 1 in contract; 0 lapsed."
    )


def test_a_curve_goes_down_where_somebody_leaves():
    """Of the 166 pixels from 24 to 190, half is 83 and a quarter 41.5; 6 of 12 months are 500 units."""
    curve = SurvivalCurve(
        (6.0, 12.0), (0.5, 0.25), (0.25, 0.0), (0.75, 0.5), (4, 2), (2, 1), median=6.0
    )
    chart = survival("stayed", curve, "For how long clients stay", "are still there", MONTHS)
    assert shapes(chart, "curve") == ["M0 24L500 24L500 107L1000 107L1000 148"]
    assert shapes(chart, "band") == [
        "M0 24L500 24L500 66L1000 66L1000 107L1000 190L1000 148L500 148L500 24L0 24z"
    ]
    assert shapes(chart, "pointer") == ["M500 107V190"]
    assert "half after 6 months" in texts(chart)
    assert "100 % are still there" in texts(chart)
    assert chart.description.startswith(
        "After 3 months 100\u00a0% are still there; after 6 months 50\u00a0% are still there."
    )
    # The 31st of 60 parts begins at 6 months and is told of by its middle, 6.1.
    assert told(chart)[30] == (
        "6 months since the first payment\n50\u00a0% are still there (25\u00a0% to 75\u00a0%)"
    )


def test_sales_add_up_client_by_client():
    """174 pixels from 16 to 190: 60 % are 104, 30 % 52 and 10 % 17; two of three bring 80 % or more."""
    chart = pareto("pareto", [0.6, 0.3, 0.1])
    assert shapes(chart, "effort") == ["M1 86H332V190H1zM334 138H666V190H334zM668 173H999V190H668z"]
    assert shapes(chart, "curve") == ["M0 190L333 86L667 33L1000 16"]
    assert "80 % from 2 clients" in texts(chart)
    assert told(chart) == [
        "The largest client\n60\u00a0% of the sales",
        "The largest 2 clients\n90\u00a0% of the sales",
        "The largest 3 clients\n100\u00a0% of the sales",
    ]


def test_many_clients_are_told_of_some_at_a_time():
    chart = pareto("pareto", [1 / 200] * 200)
    assert len(told(chart)) == 50  # four at a time, so that there are at most sixty
    assert told(chart)[-1] == "The largest 200 clients\n100\u00a0% of the sales"


def test_growth_stands_above_the_line_and_loss_below_it():
    """From −£100 to £300: a quarter of the 206 pixels from 24 to 230 lies below the line."""
    chart = growth_against_time("growth", [("Ann", 0.2, 300.0), ("Bob", 0.1, -100.0)], "£")
    assert dots(chart) == [
        ("96%", "24", "Ann\n20\u00a0% of your time\n+£300 of sales"),
        ("49%", "230", "Bob\n10\u00a0% of your time\n−£100 of sales"),
    ]
    assert shapes(chart, "zero") == ["M0 178H1000"]
    assert {"Ann", "Bob", "+£300 of sales", "as in the year before"} <= set(texts(chart))


def test_a_scale_to_ten_ends_at_ten():
    chart = trust("trust", [("Ann", 10.0, 5.0, 0.5), ("Bob", 10.0, 1.0, 0.0)])
    assert dots(chart) == [
        ("98%", "64", "Ann\nCare 10.0"),
        ("98%", "56", "Bob\nCare 10.0"),  # on Ann's, whose place it is too
        ("11.6%", "130", "Bob\nAccountability 1.0"),
        ("50%", "130", "Ann\nAccountability 5.0"),
        ("2%", "196", "Bob\nCommunication 0.0"),
        ("50%", "196", "Ann\nCommunication 5.0"),
    ]
    assert [text for text in texts(chart) if text.isdigit()] == ["0", "5", "10"]
    assert chart.description == "2 clients, each from 0 to 10."


def test_who_is_known_in_part_has_a_dot_where_they_are():
    chart = trust("trust", [("Ann", 10.0, None, 0.5), ("Bob", 5.0, 1.0, 0.0)])
    assert [told.split("\n") for _, _, told in dots(chart)] == [
        ["Bob", "Care 5.0"],
        ["Ann", "Care 10.0"],
        ["Bob", "Accountability 1.0"],
        ["Bob", "Communication 0.0"],
        ["Ann", "Communication 5.0"],
    ]
    assert chart.description == "2 clients, each from 0 to 10; accountability is known of 1."


def test_a_hundred_clients_are_counted():
    """80 of 100 from 9 to 10, and 20 from 0 to 1: a quarter as high as the others' 34 pixels."""
    many = [(f"Client {number}", 9.5) for number in range(80)]
    few = [(f"Client {number}", 0.0) for number in range(80, 100)]
    chart = strip_plot("care", "Care", "", [Strip("Care", many + few)], most=10)
    assert dots(chart) == []
    assert shapes(chart, "effort") == ["M22 62H114V70H22zM886 36H978V70H886z"]
    assert told(chart)[0] == "Care 0 to 1\n20 clients"
    assert told(chart)[-1] == "Care 9 to 10\n80 clients"


def test_little_time_is_told_in_minutes():
    """0.1 h are 6 minutes, and 12.5 h are 12 h 30 min; 6 minutes of them are 8 units of 1,000."""
    chart = hours_by_activity("hours", [("Visit", 12.5, False), ("Promotion", 0.1, True)])
    assert chart.description == "Visit 12 h 30 min; Promotion 6 min."
    assert {"12 h 30 min", "6 min, administration"} <= set(texts(chart))
    assert shapes(chart, "effort") == ["M0 20H1000V29H0z"]
    assert shapes(chart, "silence") == ["M0 54H8V63H0z"]


def test_a_long_activity_is_cut_where_the_hours_need_the_room():
    name = "Walked round the garden centre with both of them"
    said = texts(hours_by_activity("hours", [(name, 12.0, True)]))
    assert said[0].endswith("…")
    assert name.startswith(said[0][:-1])


def test_each_step_of_the_bridge_begins_where_the_one_before_ends():
    """1,000 − 400 + 200 = 800: 600 units are left after the loss, and 800 after the gain."""
    steps = [
        BridgeStep("Last year", 1000, "£1,000", is_sum=True),
        BridgeStep("From clients who are not back", -400, "−£400", is_sum=False),
        BridgeStep("From new clients", 200, "£200", is_sum=False),
        BridgeStep("This year", 800, "£800", is_sum=True),
    ]
    chart = bridge("bridge", "What went and what came.", steps)
    assert shapes(chart, "effort") == ["M0 20H1000V29H0z", "M0 122H800V131H0z"]
    assert shapes(chart, "silence") == ["M600 54H1000V63H600z"]
    assert shapes(chart, "gain") == ["M600 88H800V97H600z"]
    assert texts(chart)[1::2] == ["£1,000", "−£400", "+£200", "£800"]


# Words that mean something to what draws them ------------------------------------------------------

HARD = [
    "$50% or $60",
    "$VIP_$",
    r"$\frac{1}{2}$",
    "^ up_and_down ^",
    "<b>Bold</b> -->",
    'id="acme" url(#acme)',
    "{{ x }} {% y %} {0}",
    "]]> & &amp;",
]
CURVE = SurvivalCurve((100.0,), (0.4,), (0.2,), (0.6,), (5,), (3,), 100.0)

OWNERS: list[Callable[[str], Chart]] = [
    lambda word: growth_against_time("p", [(word, 0.1, 5e6), ("Bob", 0.3, -2e6)], "A$"),
    lambda word: trust("p", [(word, 3.0, 4.0, 0.5), ("Bob", 9.0, 6.0, 0.5)]),
    lambda word: hours_by_activity("p", [(word, 2.0, False), ("Call", 1.0, True)]),
    lambda word: survival("p", CURVE, word, word),
]
"""The pictures with words that an owner may have typed."""


def read(draw: Callable[[str], Chart], word: str) -> list[str]:
    """All that a picture says; a warning is a failure, and so is what is no XML."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = ET.fromstring(draw(word).svg)
    said = [one.text or "" for one in found.iter() if (one.text or "").strip()]
    return [*said, *(one.get("data-hit", "") for one in found.iter()), found.get("aria-label", "")]


@pytest.mark.parametrize("draw", OWNERS)
def test_every_picture_says_each_word_as_it_stands(draw):
    """The same as with a plain word, with the hard one in its place."""
    plain = read(draw, "Qqq")
    assert any("Qqq" in text for text in plain)
    for word in HARD:
        said = sorted(text.casefold() for text in read(draw, word))  # names stand in order
        assert said == sorted(text.replace("Qqq", word).casefold() for text in plain)


@pytest.mark.parametrize("draw", OWNERS[:3])
def test_no_control_character_comes_into_a_picture(draw):
    said = read(draw, "Acme\x00\x0b\x1bSons\ufffe\ud800")
    assert any("AcmeSons" in text.replace("\n", " ") for text in said)
