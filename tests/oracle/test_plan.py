"""The month's plan and its replay, worked out a second time from the specification."""

import json
import math
import os
from collections import Counter
from datetime import date

import pytest
from oracle.past import Past, same_name
from oracle.plan import plan, replay
from oracle.random_books import MODELS, as_of, random_book
from sites import sample_book

from reportgen.figures.machine import as_json
from reportgen.model import settled
from reportgen.report.report import make_report

SAMPLES = ("interior-designer", "virtual-assistant", "shoe-shop", "meal-box")
DAYS = [date(2026, 10, 31), date(2026, 9, 30), date(2026, 6, 30), date(2026, 10, 14)]


def said_by_the_program(book, settings, day):
    """The plan of ``report.json``, in the form of the oracle's."""
    said = json.loads(as_json(make_report(book, settings, day)))
    of = Counter[tuple[str, str]]
    return {
        "actions": [
            (
                one["client"],
                [due["what"] for due in one["due"]],
                one["minutes"],
                one["at_stake"] or 0,
            )
            for one in said["actions"]
        ],
        "mailings": [
            (one["what"], sorted(one["clients"]), one["at_stake"] or 0) for one in said["mailings"]
        ],
        "waiting": of(
            (one["client"], due["what"]) for one in said["waiting"] for due in one["due"]
        ),
        "stale": of((one["client"], one["what"]) for one in said["stale"]),
        "held_back": {one["client"]: (one["what"], one["by"]) for one in said["held_back"]},
        "win_back": [one["client"] for one in said["lapsed"]["win_back"]],
        "let_go": sorted(one["client"] for one in said["lapsed"]["let_go"]),
    }, said["plan_replay"]


def agree(book, settings, day):
    pasts = [Past(record, settings, day) for record in settled(book, day).relationships]
    here, (there, replayed) = plan(pasts), said_by_the_program(book, settings, day)
    for part, value in here.items():
        assert there[part] == value, part
    for part, value in replay(pasts).items():
        if isinstance(value, float):
            assert math.isclose(replayed[part], value, rel_tol=1e-6, abs_tol=1e-6), part
        elif isinstance(value, list):
            assert sorted(replayed[part], key=same_name) == value, part
        else:
            assert replayed[part] == value, part


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample(sample, day):
    agree(*sample_book(sample), day)


def test_a_replay_is_told_and_not_only_left_out():
    """On the shop's and the designer's books more than five have left: the shares are compared."""
    for sample in ("interior-designer", "shoe-shop"):
        book, settings = sample_book(sample)
        told = replay(
            [Past(one, settings, DAYS[0]) for one in settled(book, DAYS[0]).relationships]
        )
        assert None not in told.values()


BOOKS = int(os.environ.get("PYTEST_ORACLE_BOOKS", "2"))


@pytest.mark.parametrize("number", range(BOOKS))
@pytest.mark.parametrize("model", MODELS)
def test_a_random_book(model, number):
    agree(*random_book(model, number), as_of(number))
