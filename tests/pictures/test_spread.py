"""Where the bands and the dots of a picture of spreads stand."""

import re

from reportgen.pictures.spread import Spread, spreads


def drawn(*shown):
    return spreads("name", "Title", "Description.", shown).svg


def test_the_band_the_middle_and_the_dots():
    """Of 1,000 units 12 at each side are left free: 0 stands at 12, 25 % at 256, a half at 500."""
    svg = drawn(Spread("Kept", "50 %", 0.25, 0.5, 1.0, ((0.0, "a"), (0.5, "b"), (1.0, "c"))))
    assert '<path class="half" d="M256 20H988V40H256z"/>' in svg
    assert '<path class="curve" d="M500 20V40"/>' in svg
    assert re.findall(r'cx="([^"]+)" cy="(\d+)"', svg) == [
        ("1.2%", "30"),
        ("50%", "30"),
        ("98.8%", "30"),
    ]


def test_dots_at_one_place_stand_beside_each_other():
    svg = drawn(Spread("Kept", "50 %", 0.5, 0.5, 0.5, tuple((0.5, "x") for _ in range(4))))
    assert re.findall(r'cy="(\d+)"', svg) == ["30", "25", "35", "30"]


def test_the_second_share_stands_below_the_first():
    one = Spread("Kept", "50 %", 0.25, 0.5, 1.0, ())
    assert 'd="M256 20H988V40H256zM256 68H988V88H256z"' in drawn(one, one)


def test_bars_are_as_high_as_many_stand_there():
    """Of 20 pixels: the most, 10, has all, 4 have 8; 1 of 100 has the two that can be seen."""
    one = Spread("Kept", "50 %", 0.4, 0.5, 0.6, (), ((0.0, 4, "a"), (0.5, 10, "b")))
    svg = drawn(one)
    assert '<path class="s4" d="M8 32H16V40H8zM496 20H504V40H496z"/>' in svg
    assert '<path d="M8 20H16V40H8z" data-hit="a"/>' in svg
    assert "<circle" not in svg
    low = Spread("Kept", "50 %", 0.4, 0.5, 0.6, (), ((0.0, 1, "a"), (0.5, 100, "b")))
    assert "M8 38H16V40H8z" in drawn(low)


def test_an_owner_may_be_called_anything():
    """A name comes from a file's: on one line of what a dot tells, and as text."""
    svg = drawn(Spread("Kept", "50 %", 0.2, 0.5, 1.0, ((0.5, "<b>\t& \x01\nKept: 50 %"),)))
    assert 'data-hit="&lt;b&gt; &amp; \nKept: 50 %"' in svg
