"""The letters kept month by month: what a new run adds, makes anew and leaves as it is."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.output import months
from reportgen.output.folder import staged
from reportgen.output.months import LIST, Month, Months, Place, Whose, read, write
from reportgen.problems import ReportError

MINE = Whose("Thistle & Loom", "clients.xlsx")
OCTOBER = Month(date(2026, 10, 31), "Write to three.", 12, 3, 5, Decimal("1234.50"))
SEPTEMBER = replace(OCTOBER, as_of=date(2026, 9, 30), headline="Write to two.")


def put(folder: Path, month: Month, letter: bytes = b"letter") -> None:
    """Keep a month as a run does, with a list that names all of them."""
    with staged(folder, folder.parent / "clients.xlsx") as staging:
        kept = read(folder).adding(MINE, month)
        made = {
            "index.html": " ".join(one.name for one in kept.kept).encode(),
            f"{month.name}/index.html": letter,
            f"{month.name}/report.json": b"{}",
        }
        write(Place(folder, staging), kept, made)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_is_written_is_read_back(tmp_path):
    folder = tmp_path / "months"
    assert read(folder) == Months()
    put(folder, OCTOBER)
    put(folder, SEPTEMBER)
    assert read(folder) == Months(MINE, (SEPTEMBER, OCTOBER))
    assert (folder / "index.html").read_bytes() == b"2026-09 2026-10"
    assert (folder / "2026-10/index.html").read_bytes() == b"letter"


@pytest.mark.parametrize("links", [True, False], ids=["second names", "copies"])
def test_what_was_kept_comes_along_as_it_was(tmp_path, monkeypatch, links):
    def refused(old, new):
        raise OSError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(months.os, "link", refused)
    folder = tmp_path / "months"
    put(folder, SEPTEMBER, b"as it was")
    put(folder, OCTOBER, b"first")
    put(folder, OCTOBER, b"second")
    found = tree(folder)
    assert (found["2026-09/index.html"], found["2026-10/index.html"]) == (b"as it was", b"second")
    put(folder, OCTOBER, b"second")
    assert tree(folder) == found
    assert [path.name for path in tmp_path.iterdir()] == ["months"]


def test_a_month_is_made_anew_until_a_later_one_is_kept():
    kept = Months(MINE, (SEPTEMBER, OCTOBER))
    assert kept.takes(replace(OCTOBER, as_of=date(2026, 10, 12)))
    assert not kept.takes(SEPTEMBER)
    assert kept.takes(replace(OCTOBER, as_of=date(2026, 8, 31)))  # it was not kept before
    assert kept.takes(replace(OCTOBER, as_of=date(2026, 11, 1)))


def test_a_month_whose_folder_is_gone_is_not_kept(tmp_path):
    folder = tmp_path / "months"
    put(folder, SEPTEMBER)
    put(folder, OCTOBER)
    for file in ("index.html", "report.json"):
        (folder / "2026-09" / file).unlink()
    (folder / "2026-09").rmdir()
    assert read(folder).kept == (OCTOBER,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Acorn", "a.xlsx"), ("Acorn", "b.xlsx"), True),
        (("Acorn", "a.xlsx"), ("Thistle", "a.xlsx"), False),
        (("", "a.xlsx"), ("Thistle", "a.xlsx"), True),
        (("", "a.xlsx"), ("", "b.xlsx"), False),
    ],
)
def test_a_business_is_known_by_its_name_else_by_its_workbook(one, other, same):
    assert Whose(*one).are_of(Whose(*other)) is same
    assert Whose(*other).are_of(Whose(*one)) is same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"business": "", "workbook": "", "months": [{}]}',
        '{"business": "", "workbook": "", "months": 7}',
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
)
def test_a_damaged_list_is_named(tmp_path, text):
    (tmp_path / LIST).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ReportError, match=r"months.json is damaged.*move .* elsewhere"):
        read(tmp_path)


@pytest.mark.parametrize("key", ["as_of", "touchpoints", "sales_of_the_year"])
def test_a_figure_that_is_none_is_damage(tmp_path, key):
    put(tmp_path / "months", OCTOBER)
    path = tmp_path / "months" / LIST
    plain = json.loads(path.read_text(encoding="utf-8"))
    plain["months"][0][key] = "../.."
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ReportError, match="damaged"):
        read(tmp_path / "months")
