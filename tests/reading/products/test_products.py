"""The products that are declared: their files, and the page that lists them."""

import re
from pathlib import Path

from reportgen.reading.products.definition import exports
from reportgen.reading.products.recipes import made

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "products.md").read_text("utf-8")


def test_each_product_has_its_line_on_the_page():
    listed = re.findall(r"^\| ([^|]+?) \|", PAGE, re.MULTILINE)
    assert listed[0] == "product"
    assert sorted(listed[1:], key=str.casefold) == listed[1:]
    assert set(listed[1:]) == {one.product for one in exports()}


def test_every_recipe_can_be_followed():
    """A word that no recipe knows is a ValueError, also in a column that few exports have."""
    for one in exports():
        for part in one.parts:
            for name, recipe in part.columns.items():
                assert made(recipe, lambda header: 0) is not None, (one.title, name)


def test_what_else_a_header_is_called_belongs_to_a_header_that_is_used():
    """Each name in [also] stands in a recipe or in what tells a table."""
    for one in exports():
        used = repr(
            [(e.told_by, e.never, e.must, e.parts) for e in exports() if e.product == one.product]
        )
        assert [name for name in one.also if name not in used] == []
