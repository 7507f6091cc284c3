"""Tables messed up in the ways in which people do are read to the row, or a problem says why not.

``benchmarks/messes.py`` tries as many as one likes, and counts.
"""

import pytest
from mess_verdicts import samples, verdict
from messes import BOOKS, LANGUAGES, Sold, mess

MESSES, TOGETHER = 600, 25


@pytest.mark.parametrize("first", range(0, MESSES, TOGETHER))
def test_nothing_is_wrong_without_a_word_and_nothing_certain_is_asked(first, tmp_path):
    for number in range(first, first + TOGETHER):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = verdict(number, folder)
        assert found.kind != "wrong", found
        assert not found.needless, found


def test_the_messes_have_every_language_and_every_kind_of_file():
    traits = {trait for number in range(MESSES) for trait in mess(number, samples()).traits}
    assert traits >= {*LANGUAGES, *BOOKS, ".csv", "folder", "sample", "merged", "a sheet a year"}
    assert traits >= {"status", "totals", "blank rows", "a title", "a hidden sheet", "headings"}
    assert traits >= {"credit notes", "quantity and price", "start and end", "company and name"}
    assert traits >= {"code and name", "headers on each page", "a bare sum", "a sheet a month"}


def test_most_messes_are_read_to_the_row(tmp_path):
    """So that the others are no way to pass."""
    kinds = []
    for number in range(100):
        folder = tmp_path / str(number)
        folder.mkdir()
        kinds.append(verdict(number, folder).kind)
    assert kinds.count("equal") > 85


@pytest.mark.parametrize("part", ["day", "client", "amount"])
def test_a_mess_that_says_another_thing_than_its_file_is_wrong(part, tmp_path, monkeypatch):
    """The comparison sees a day, a client and an amount that are not what the file says."""
    number = next(n for n in range(MESSES) if _plain_sales(n))
    made = mess(number, samples())
    place = next(place for place, told in made.told.items() if isinstance(told, Sold))
    told = made.told[place]
    other = {"day": told.day.replace(year=2031), "client": "Nobody", "amount": told.amount + 1}
    made.told[place] = Sold(**(vars(told) | {part: other[part]}))
    monkeypatch.setattr("mess_verdicts.mess", lambda number, samples: made)
    assert verdict(number, tmp_path).kind == "wrong"


def _plain_sales(number):
    made = mess(number, samples())
    if made.kind != ".xlsx" or made.doubts:
        return False
    return any(isinstance(told, Sold) for told in made.told.values())
