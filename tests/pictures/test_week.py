"""The week by hours: places worked out by hand."""

import re
import xml.etree.ElementTree as ET

from reportgen.pictures.week import Busy, week

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SVG = "{http://www.w3.org/2000/svg}"


def shapes(chart, style):
    return [
        one.get("d")
        for one in ET.fromstring(chart.svg).iter(f"{SVG}path")
        if one.get("class") == style
    ]


def test_an_hour_stands_under_its_hour_and_beside_its_day():
    """From 9 to 18 are ten hours of 89 units, right of 110; a day is 26 pixels, below 22. Twelve
    touchpoints are more than half of the most, six are not. On Wednesday at nine nothing began.
    """
    busy = [Busy(0, 9, 12, False), Busy(1, 9, 6, False), Busy(6, 18, 1, True)]
    chart = week("week", busy, {(0, 9), (1, 9), (2, 9)}, DAYS)
    assert shapes(chart, "s2") == ["M112 23H197V47H112z"]
    assert shapes(chart, "s1") == ["M112 49H197V73H112z"]
    assert shapes(chart, "b-work") == ["M112 75H197V99H112z"]
    assert shapes(chart, "late") == ["M913 179H998V203H913z"]


def test_each_hour_tells_what_began_in_it():
    busy = [Busy(0, 9, 12, False), Busy(6, 18, 1, True)]
    chart = week("week", busy, {(0, 9)}, DAYS)
    assert re.findall(r'data-hit="([^"]*)"', chart.svg) == [
        "Mon 9:00\n12 touchpoints",
        "Sun 18:00\n1 touchpoint, out of hours",
    ]
    said = [one.text for one in ET.fromstring(chart.svg).iter(f"{SVG}text")]
    assert said == [
        *map(str, range(9, 19)),
        *("Mon", "12", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "1"),
    ]
    assert chart.description == (
        "13 touchpoints with a time, 1 of them in hours that are mostly out of yours."
    )


def test_a_number_without_room_on_a_phone_stands_on_the_desk_alone():
    """All 24 hours have 12.2 of a phone's 330 pixels each: room for one figure of 6.6, not for two."""
    chart = week("week", [Busy(0, 0, 5, True), Busy(0, 23, 50, True)], set(), DAYS)
    classes = {one.text: one.get("class") for one in ET.fromstring(chart.svg).iter(f"{SVG}text")}
    assert (classes["5"], classes["50"]) == ("count at", "count at on-desk")
