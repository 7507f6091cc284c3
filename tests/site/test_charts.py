"""What becomes of matplotlib's SVG: shorter, and the same picture."""

import re
import xml.etree.ElementTree as ET

from reportgen.site.charts import growth_against_time

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
