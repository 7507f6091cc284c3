"""The program's figures are those that the definitions give, worked out a second time (README.md)."""

import os

import pytest
from oracle.compare import differences, program
from oracle.figures import figures
from oracle.random_books import MODELS, as_of, random_book
from sites import AS_OF, sample_book

SAMPLES = ("interior-designer", "virtual-assistant", "shoe-shop", "meal-box")
BOOKS = int(os.environ.get("PYTEST_ORACLE_BOOKS", "2"))
"""Random books of each model; the kind with the unfinished month is among the first two of none."""


def agree(book, settings, day):
    """Compares every figure, and shows the first that differ."""
    count, found = differences(figures(book, settings, day), program(book, settings, day))
    assert count > 1000
    said = "\n".join(f"{one.figure}: {one.oracle} here, {one.program} there" for one in found[:20])
    assert not found, f"{len(found)} of {count} figures differ\n{said}"


def test_no_difference_goes_unseen():
    here = {"a": 1.0, "b": [1, 2], "c": {"x"}, "d": None, "e": 1, "clients": {"Acme": 1}}
    there = {"a": 1.00001, "b": [1], "c": "y", "d": 0, "clients": {"Acme": 1, "Bell": 1}}
    count, found = differences(here, there)
    assert (count, [one.figure for one in found]) == (6, ["a", "b", "c", "d", "e", "clients.Bell"])
    assert differences(here, {**here, "c": "x"}) == (7, [])


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample(sample):
    agree(*sample_book(sample), AS_OF)


@pytest.mark.parametrize("number", range(BOOKS))
@pytest.mark.parametrize("model", MODELS)
def test_a_random_book(model, number):
    agree(*random_book(model, number), as_of(number))
