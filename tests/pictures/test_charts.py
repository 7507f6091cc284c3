"""What becomes of matplotlib's SVG: shorter, and the same picture; and the names in it."""

import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest
from matplotlib.textpath import TextPath

from reportgen.analyses.portfolio import Life, MonthOfLife
from reportgen.estimates.survival import SurvivalCurve
from reportgen.pictures.charts import (
    Chart,
    effort_and_silence,
    growth_against_time,
    hours_by_activity,
    life,
    pareto,
    stage_history,
    survival,
    trust,
)

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [("Ann 0.12345 Ltd", 0.1, 500.0), ("Bob", 0.3, -250.0), ("Cy", 0.2, 900.0)]


def test_numbers_go_to_a_hundredth_and_tags_to_one_line():
    svg = growth_against_time("growth", POINTS, "£").svg
    tags = re.findall(r"<[^>]*>", svg[svg.index("</desc>") :])
    assert len(tags) > 20
    assert [tag for tag in tags if "\n" in tag or "  " in tag] == []
    assert [tag for tag in tags if re.search(r"\.\d{3}", tag)] == []


def test_a_name_keeps_its_decimals():
    svg = growth_against_time("growth", POINTS, "£").svg
    assert "Ann 0.12345 Ltd" in [one.text for one in ET.fromstring(svg).iter(f"{SVG}text")]


def written(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and foot of each name beside a dot, its size by the letters' outlines."""
    boxes = {}
    for one in ET.fromstring(svg).iter(f"{SVG}text"):
        style, name = one.get("style", ""), one.text or ""
        if "font-size: 8px" in style:
            outline = TextPath((0, 0), name, size=8).get_extents()
            left, base = float(one.get("x", "")), float(one.get("y", ""))
            if "text-anchor: end" in style:
                left -= outline.x1
            boxes[name] = left, base - outline.y1, left + outline.x1, base - outline.y0
    return boxes


def crossing(svg: str) -> list[tuple[str, str]]:
    """The pairs of names of which one is written over the other."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(written(svg).items(), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def dots(svg: str) -> list[tuple[float, float]]:
    markers = [
        one for one in ET.fromstring(svg).iter(f"{SVG}use") if "fill" in one.get("style", "")
    ]
    return [(float(one.get("x", "")), float(one.get("y", ""))) for one in markers]


CROWD = [
    ("Quickfire Events and Conferences", 0.150, 900.0),
    ("Ashdown Osteopathy", 0.065, 10.0),
    ("Soapwort Skincare", 0.067, 140.0),
    ("Dr Ines Carvalho and Partners", 0.060, 0.0),
    ("Lumen Tutors", 0.057, -60.0),
    ("Oyelaran Legal", 0.062, 4000.0),
    ("Verity Interiors", 0.015, -900.0),
]


def test_names_lie_on_no_other_name_dot_or_edge():
    svg = growth_against_time("growth", CROWD, "£").svg
    assert len(dots(svg)) == 7
    names = written(svg)
    assert crossing(svg) == []
    for left, top, right, foot in names.values():
        assert 0 < left < right < 691.2  # 9.6 inches of 72 points
        assert [(x, y) for x, y in dots(svg) if left < x < right and top < y < foot] == []


def test_the_dots_that_stand_out_are_named_first():
    names = written(growth_against_time("growth", CROWD, "£").svg)
    first = {"Quickfire Events and Conferences", "Oyelaran Legal", "Verity Interiors"}
    assert first <= names.keys()
    assert len(names) <= 6


def test_one_name_stands_beside_clients_of_one_place():
    same = [(f"Client {number}", 5.0, 5.0, 0.5) for number in range(4)]
    svg = trust("trust", [*same, ("Most", 9.0, 9.0, 0.9), ("Least", 2.0, 2.0, 0.4)]).svg
    # Trust is 25 ** 0.5 = 5 for the four, 81 ** 0.9 = 52.2 for Most and 4 ** 0.4 = 1.7 for Least.
    assert written(svg).keys() - {"Client 0", "Client 3"} == {"Most", "Least"}
    assert len(written(svg)) == 3


def test_little_time_is_told_in_minutes():
    """0.1 h are 6 minutes, and 12.5 h are 12 h 30 min."""
    chart = hours_by_activity("hours", [("Visit", 12.5, False), ("Promotion", 0.1, True)])
    assert chart.description == "Visit 12 h 30 min; Promotion 6 min."
    assert {"12 h 30 min", "6 min, administration"} <= written(chart.svg).keys()


def test_the_picture_of_trust_begins_where_its_dots_do():
    """Care from 7 begins at 6, where 2 is not on the axis; care from 2.5 begins at 1.5, where it is."""

    def labels(care: float) -> list[str | None]:
        svg = trust("trust", [("Ann", care, 5.0, 0.5), ("Bob", 9.0, 6.0, 0.5)]).svg
        return [one.text for one in ET.fromstring(svg).iter(f"{SVG}text")]

    assert "2" not in labels(7.0)
    assert "2" in labels(2.5)


# Words that mean something to what draws them, or to what is made of its drawing -------------------

HARD = [
    "$50% or $60",
    "$VIP_$",
    "$5k to $10k Ltd",
    r"\$5 and \$6",
    r"$\frac{1}{2}$",
    "_Underline & Sons",
    "^ up_and_down ^",
    "<b>Bold</b> -->",
    "#0060a1 and #c2352c",
    'id="acme" url(#acme)',
    "font: Studio; Ltd",
    "1.23456 %s {0} {{x}}",
]
CURVE = SurvivalCurve((100.0,), (0.4,), (0.2,), (0.6,), (5,), (3,), 100.0)
MONTHS = [date(2026, 1, 31), date(2026, 2, 28)]


def effort(number: int, hours: float | None) -> MonthOfLife:
    return MonthOfLife(number, 5, hours, hours, hours, hours)


ALL: list[Callable[[str], Chart]] = [
    lambda word: effort_and_silence("p", MONTHS, [60, 90], [1, 2], MONTHS[-1]),
    lambda word: stage_history("p", MONTHS, {word: [1, 2]}, [0, 1]),
    lambda word: survival("p", CURVE, word, word),
    lambda word: pareto("p", [0.7, 0.3]),
    lambda word: growth_against_time("p", [(word, 0.1, 5e6), ("Bob", 0.3, -2e6)], "A$"),
    lambda word: life("p", Life(word, 5, (effort(1, 1.0), effort(2, 0.5)))),  # type: ignore[arg-type]
    lambda word: trust("p", [(word, 3.0, 4.0, 0.5), ("Bob", 9.0, 6.0, 0.5)]),
    lambda word: hours_by_activity("p", [(word, 2.0, False), ("Call", 1.0, True)]),
]
NAMES = ["effort", "stages", "survival", "pareto", "growth", "life", "trust", "activities"]


def read(draw: Callable[[str], Chart], word: str) -> list[str]:
    """The texts in a picture, its title and description first; a warning is a failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg = draw(word).svg
    # An XML parser refuses whatever is not well-formed.
    return [
        one.text or ""
        for one in ET.fromstring(svg).iter()
        if one.tag in (f"{SVG}title", f"{SVG}desc", f"{SVG}text")
    ]


def cased(texts: list[str]) -> list[str]:
    """A stage begins with a capital in the legend, so case is left out."""
    return [text.casefold() for text in texts]


@pytest.mark.parametrize("draw", ALL, ids=NAMES)
def test_every_picture_says_each_word_as_it_stands(draw):
    """The same texts as with a plain word, with the hard one in its place."""
    plain = read(draw, "Qqq")
    for word in HARD:
        assert cased(read(draw, word)) == cased([text.replace("Qqq", word) for text in plain])


OWNERS = [
    draw for draw, name in zip(ALL, NAMES, strict=True) if name in ("growth", "trust", "activities")
]
"""The pictures with words that an owner typed."""


@pytest.mark.parametrize("draw", OWNERS)
@pytest.mark.parametrize("word", HARD)
def test_a_name_is_written_to_the_letter(draw, word):
    assert word in read(draw, word)


@pytest.mark.parametrize("draw", OWNERS)
def test_no_control_character_and_no_line_break_comes_into_a_picture(draw):
    assert read(draw, "Acme\x00\x0b\x1b\nand\r\nSons\ufffe\ud800") == read(draw, "Acme and Sons")


def test_a_legend_leaves_no_stage_out():
    """matplotlib's own way to collect labels passes over those that begin with a line."""
    assert "_Underline & Sons, now 2" in read(ALL[1], "_Underline & Sons")


def test_dollars_on_an_axis_are_dollars():
    points = [("Ann", 0.1, 5e6), ("Bob", 0.3, -5e6)]
    said = read(lambda word: growth_against_time("p", points, word), "$_$")
    assert {"$_$0", "$_$4,000,000", "−$_$4,000,000"} <= set(said)
