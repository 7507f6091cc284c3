"""Damaged and rewritten files of every kind: read as what they say, or refused in a sentence.

``make fuzz`` tries as many as one likes; ``docs/reliability.md`` has the figures of the longest run.
"""

import io
import re
import zipfile
from dataclasses import replace

import fuzz_books as books
import fuzzing
import pytest
from fuzz_cases import AsReadBy, case, never

SEED, CASES, TOGETHER = 7, 2_000, 500
CORE = "docProps/core.xml"

pytestmark = pytest.mark.skipif(
    not hasattr(__import__("signal"), "setitimer"), reason="limits of a process are those of Unix"
)


@pytest.mark.parametrize("first", range(0, CASES, TOGETHER))
def test_no_damage_is_read_as_other_data_and_none_ends_its_reader(first, tmp_path):
    endings = list(fuzzing.run(SEED, first, TOGETHER, tmp_path))
    assert [one.number for one in endings] == list(range(first, first + TOGETHER))
    assert not [one for one in endings if one.how not in fuzzing.GOOD]
    # So that refusing everything is no way to pass, nor is reading nothing.
    assert sum(one.how == fuzzing.READ for one in endings) > TOGETHER / 3


def test_a_number_makes_the_same_case_for_ever():
    for number in range(40):
        one, other = case(SEED, number), case(SEED, number)
        assert (one.what, one.suffix, one.content) == (other.what, other.suffix, other.content)


def test_no_book_says_when_it_was_made():
    """The hour would be part of the bytes that a case damages, and the case another tomorrow."""
    kinds = (".xlsx", ".xlsm", ".xlsb", ".ods")
    made = [*map(books.workbook, kinds)]
    made += [books.by_openpyxl(), books.with_results(), books.with_texts_in_cells()]
    for content in made:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        stamps = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", books.unzipped(content).get(CORE, b""))
        assert set(stamps) <= {b"2026-01-01T00:00:00"}


def test_the_cases_have_every_kind_of_file_and_of_damage():
    cases = [case(SEED, number) for number in range(500)]
    kinds = {one.suffix for one in cases}
    assert kinds == {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".vcf", ".ics", ".toml"}
    assert sum(one.fits is never for one in cases) > 20
    assert sum(not one.may_refuse for one in cases) > 50


# The judge is judged -----------------------------------------------------------------------------


def test_other_data_is_seen():
    made = next(one for n in range(500) if (one := case(SEED, n)).suffix == ".csv")
    assert fuzzing.judged(made, {"": {(0, 0): "nobody wrote this"}}, "") == "other data"


def test_a_good_file_that_is_refused_is_seen():
    made = replace(case(SEED, 0), may_refuse=False)
    assert fuzzing.judged(made, None, "It is damaged.") == "refused a good file"


def test_a_fault_is_seen():
    assert fuzzing.judged(case(SEED, 0), None, "fault: KeyError, x.py:1") == "fault"


def test_a_reader_that_fails_says_nothing():
    def failing():
        raise KeyError

    assert not AsReadBy((failing,))({})
    assert AsReadBy((failing, dict))({})


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("import os; os.abort()", "died"),
        ("while True: pass", "hung"),
    ],
)
def test_a_process_that_ends_is_seen_and_its_case_named(code, how, tmp_path, monkeypatch):
    """The second case ends the reader; the cases behind it are read by another."""
    program = tmp_path / "ends.py"
    program.write_text(
        "import json, signal, sys\n"
        "first, many = int(sys.argv[2]), int(sys.argv[3])\n"
        "for number in range(first, first + many):\n"
        "    print(json.dumps([number, 'a case']), flush=True)\n"
        "    if number == 1:\n"
        "        signal.setitimer(signal.ITIMER_PROF, 0.2)\n"
        f"        {code}\n"
        "    print(json.dumps(['read', '', 1, 0]), flush=True)\n"
    )
    monkeypatch.setattr(fuzzing, "PROGRAM", str(program))
    endings = list(fuzzing.run(SEED, 0, 4, tmp_path))
    assert [(one.number, one.how) for one in endings] == [
        (0, "read"),
        (1, how),
        (2, "read"),
        (3, "read"),
    ]
