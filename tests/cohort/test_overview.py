"""What is said across owners, and when nothing is."""

import re
from datetime import date

import pytest

from reportgen.analyses.kept_silences import KeptSilences
from reportgen.analyses.what_works import Event, Within
from reportgen.cohort.overview import Of, Quarter, overview
from reportgen.cohort.pages import content, files, page_of
from reportgen.estimates.strata import Stratum
from reportgen.model import BusinessModel
from reportgen.report.across import SHARES, Better, OwnersPart

T = date(2026, 10, 31)
SERVICE, PRODUCT = BusinessModel.SERVICE, BusinessModel.PRODUCT


def owner(name, shares=None, silences=None, works=(), model=SERVICE):
    part = OwnersPart("One message.", model, 10, 2, 0, shares or {}, silences or {}, tuple(works))
    return Of(name, name, part)


def said(*owners, unread=()):
    return overview(owners, unread, T)


def test_the_quarters_and_the_place():
    """Of 10, 20, 30, 40 and 60 % the quarters part at 20, 30 and 40 %; two at 60 % would both be first."""
    owners = [owner(f"o{n}", {"reliability": n / 100}) for n in (40, 10, 60, 30, 20)]
    (found,) = said(*owners).spreads
    assert (found.low, found.middle, found.high) == pytest.approx((0.2, 0.3, 0.4))
    assert [(one.owner.name, one.place, one.quarter, one.verdict) for one in found.stands] == [
        ("o40", 2, Quarter.MIDDLE, None),
        ("o10", 5, Quarter.LOWEST, Better.FEWER),
        ("o60", 1, Quarter.HIGHEST, Better.MORE),
        ("o30", 3, Quarter.MIDDLE, None),
        ("o20", 4, Quarter.MIDDLE, None),
    ]
    (twice,) = said(*owners, owner("again", {"reliability": 0.6})).spreads
    assert [one.place for one in twice.stands] == [3, 6, 1, 4, 5, 1]


def test_fewer_is_better_where_it_is():
    owners = [owner(f"o{n}", {"top1_share": n / 100}) for n in (10, 20, 30, 40, 60)]
    (found,) = said(*owners).spreads
    assert [one.verdict for one in found.stands] == [Better.MORE, None, None, None, Better.FEWER]


@pytest.mark.parametrize("number", [4, 5])
def test_it_takes_five_owners_for_each_thing(number):
    """Five owners, of whom four or five have the share, the silences and the activity."""
    works = Within("Call", False, Event.LEFT, Stratum(5, 5, 1, 2.0, 1.0))
    silences = {SERVICE: KeptSilences(4, {10: 4.0}, {})}
    full = [owner(f"o{n}", {"reliability": 0.5}, silences, [works]) for n in range(number)]
    found = said(*full, *(owner(f"none{n}") for n in range(5 - number)))
    assert len(found.spreads) == (number == 5)
    assert [line.told for line in found.lines] == [number == 5]
    assert [line.observed for line in found.lines] == [10 if number == 5 else None]
    assert len(found.works) == (number == 5)
    assert found.untold == (number == 4)


def test_it_takes_five_owners_of_a_business_model():
    shares = {"reliability": 0.5}
    found = said(
        *(owner(f"s{n}", shares) for n in range(5)),
        *(owner(f"p{n}", shares, model=PRODUCT) for n in range(4)),
        owner("unset", shares, model=None),
    )
    assert [len(one.stands) for one in found.spreads] == [10]
    assert list(found.by_model) == [SERVICE]
    assert [len(one.stands) for one in found.by_model[SERVICE]] == [5]
    assert found.too_few == {PRODUCT: 4}


def test_an_observed_red_line_takes_ten_customers():
    nine = [owner(f"o{n}", silences={SERVICE: KeptSilences(1, {9: 1.0}, {})}) for n in range(9)]
    ten = [*nine, owner("tenth", silences={SERVICE: KeptSilences(1, {9: 1.0}, {})})]
    assert [line.observed for line in said(*nine).lines] == [None]
    assert [line.observed for line in said(*ten).lines] == [9]
    assert [line.default for line in said(*ten).lines] == [35]


def test_what_works_is_put_together_owner_by_owner():
    """Of 5 × 4 that had it 15 came back where 10 were to be expected, with a variance of 5:
    chi-square 25 ÷ 5 = 5, p = .0253. The kind is this one activity, and is not told twice."""
    each = Stratum(4, 6, 3, 2.0, 1.0)
    works = [
        Within(what, is_kind, Event.CAME_BACK, each)
        for what, is_kind in (("Call", False), ("help", True))
    ]
    (found,) = said(*(owner(f"o{n}", works=works) for n in range(5))).works
    assert (found.what, found.found.happened, found.found.expected) == ("Call", 15, 10.0)
    assert found.found.p == pytest.approx(0.02535, abs=5e-6)
    assert found.better_by == pytest.approx(0.25)
    left = Within("Call", False, Event.LEFT, each)
    (found,) = said(*(owner(f"o{n}", works=[left]) for n in range(5))).works
    assert found.better_by == pytest.approx(-0.25)


def test_with_four_owners_the_page_says_nothing_across_them():
    shares = {one.key: 0.4321 for one in SHARES}
    page = content(said(*(owner(f"o{n}", shares) for n in range(4))))
    assert page.few.startswith(
        "It takes five owners to say anything across them, and here are four."
    )
    assert not any((page.figures, page.compared, page.places, page.lines, page.works))
    of_four = said(*(owner(f"o{n}", shares) for n in range(4)))
    assert "43" not in page_of(of_four, "beside") + files(of_four)["overview.md"]


def test_a_workbook_that_cannot_be_read_is_a_line():
    page = content(said(owner("anna"), unread=["bad.xlsx"]))
    assert page.answer == (
        "The one owner has most running clients above the red line; one workbook could not be read."
    )
    assert page.unread == ("bad.xlsx",)
    two = content(said(owner("anna"), owner("bea")))
    assert two.answer == "Two of two owners have most of their running clients above the red line."
    none = content(said(unread=["bad.xlsx", "worse.xlsx"]))
    assert none.answer == "None of the 2 workbooks could be read."
    assert none.owners is None


def test_the_shares_in_which_all_are_alike_stand_in_a_sentence():
    owners = [owner(f"o{n}", {"reliability": n / 10, "listening": 1.0}) for n in range(5)]
    page = content(said(*owners))
    assert (
        page.compared[0].alike == "The same at every owner: Clients asked how it was (100\u00a0%)."
    )
    assert "Clients asked" not in page.compared[0].chart.svg
    assert [len(one.stands) for one in page.places] == [1] * 5


def test_the_places_as_a_table():
    owners = [owner(f"=o{n}", {"reliability": n / 10}) for n in range(5)] + [owner("none")]
    table = files(said(*owners))["places.csv"].splitlines()
    assert table[0] == "\ufeffOwner,Promises kept on the day,Place of 5"
    assert table[1:3] == ["'=o0,0.000,5", "'=o1,0.100,4"]
    assert table[-1] == "none,,"


def test_of_very_many_owners_a_bar_says_how_many_stand_there_and_who():
    """76 owners: one at 0 %, two at 1 %, and 73 at 50 %."""
    at = [0.0, 0.01, 0.01, *[0.5] * 73]
    owners = [owner(f"o{n}", {"reliability": value}) for n, value in enumerate(at)]
    page = content(said(*owners))
    assert re.findall(r'data-hit="([^"]*)"', page.compared[0].chart.svg) == [
        "Promises kept on the day: 0\u00a0%\n1 owner: o0",
        "Promises kept on the day: 1\u00a0%\n2 owners: o1 and o2",
        "Promises kept on the day: 50\u00a0%\n73 owners: o3, o4, o5, o6, o7, o8 and 67 more",
    ]
    assert page.places == ()
    assert page.many
    fewer = content(said(*owners[:75]))
    assert "<circle" in fewer.compared[0].chart.svg
    assert not fewer.many
