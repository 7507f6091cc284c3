"""A list that is too long keeps its first lines; the others stand on pages of their own, none twice."""

from dataclasses import dataclass

import pytest

from reportgen.site.layout import Column, Line, Link, Part, Table
from reportgen.site.lists import named, parted, rewritten
from reportgen.site.page import Page

PAGE = Page("trust", "Trust", "?", lambda report: "", lambda site: None)


@dataclass(frozen=True, slots=True)
class Content:
    words: str
    tables: tuple[Table, ...]


def content(lines: int) -> Content:
    made = tuple(Line(Link(f"C{at}", f"clients/c{at}"), ()) for at in range(1, lines + 1))
    return Content("Words", (Table("all", "Everybody", (Column("Client"),), made),))


@pytest.mark.parametrize("lines", [0, 1, 250])
def test_what_fits_stays_as_it_is(lines):
    shown = content(lines)
    assert parted(PAGE, shown) == (shown, ())


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (251, ["101 to 251 of 251"]),
        (350, ["101 to 350 of 350"]),
        (351, ["101 to 350 of 351", "351 of 351"]),
        (
            1_200,
            [*(f"{n + 1} to {n + 250} of 1,200" for n in (100, 350, 600)), "851 to 1,100 of 1,200"],
        ),
    ],
)
def test_no_line_is_lost_and_none_stands_twice(lines, titles):
    shown, further = parted(PAGE, content(lines))
    (first,) = shown.tables
    assert len(first.lines) == 100
    assert [one.title for one in further][: len(titles)] == [f"Trust, {said}" for said in titles]
    all_lines = [*first.lines, *(line for one in further for line in one.table.lines)]
    assert all_lines == [*content(lines).tables[0].lines]
    assert max(len(one.table.lines) for one in further) <= 250


def test_each_page_of_a_list_leads_to_the_one_before_and_after_it():
    shown, (second, third) = parted(PAGE, content(400))
    back, middle = Link("1 to 100", "trust"), Link("101 to 350", "lists/trust-all-2")
    last = Link("351 to 400", "lists/trust-all-3")
    assert shown.tables[0].part == Part("1 to 100 of 400", None, middle)
    assert second.table.part == Part("101 to 350 of 400", back, last, "trust")
    assert third.table.part == Part("351 to 400 of 400", middle, None, "lists/trust-all-2")
    assert (second.path, third.path) == (middle.path, last.path)


def test_every_link_is_named_and_can_be_changed_and_what_is_not_changed_is_the_same():
    shown = content(2)
    assert [*named(shown)] == [Link("C1", "clients/c1"), Link("C2", "clients/c2")]
    assert rewritten(shown, Link, lambda link: link) is shown
    plain = rewritten(shown, Link, lambda link: Link(link.text, ""))
    assert [*named(plain)] == [Link("C1", ""), Link("C2", "")]
    assert plain.words == "Words"
