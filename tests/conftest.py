"""Fixtures: a test's docstring is its workbook."""

from __future__ import annotations

import os

# As in the program's own processes: our sums are small, and threads that wait for each other make a fit
# take forty times as long. Each library of linear algebra looks when it is first imported.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import gc
import inspect
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from reportgen.model import Book, Source
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.reading.columns import SHEETS
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings
from reportgen.words import plain

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sites import Sites

# The same examples on every machine, and none of them too slow on any.
hypothesis.settings.register_profile(
    "any machine",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("any machine")

PATIENCE = 120_000
"""Milliseconds to wait for what a page takes three seconds for on a machine with nothing else to do."""
SHEET_NAMES = {sheet.name for sheet in SHEETS}

_KEPT = ("PATH", "HOME", "TMPDIR", "TZ", "CI", "LD_LIBRARY_PATH")
_KEPT_KINDS = ("COVERAGE_", "FONTCONFIG_", "PLAYWRIGHT_", "PYTEST_", "OPENBLAS_", "OMP_", "MKL_")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--golden`` keeps what the pages of the samples look like now (``make golden``)."""
    parser.addoption("--golden", action="store_true", help="keep the pages' new look")


def pytest_configure() -> None:
    """Tests, and the programs that they start, meet the same environment on every machine.

    What its owner has set for herself, her time zone apart, is forgotten: colours, the width of her
    terminal, her language, what git, make and Python are told. A test of one of them sets it.
    """
    for name in [*os.environ]:
        if name not in _KEPT and not name.startswith(_KEPT_KINDS):
            del os.environ[name]


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among the tests themselves: a sixth of a run went into it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def docstring_grids(docstring: str) -> tuple[Grid, ...]:
    """The tables of a docstring, one sheet each.

    Paragraphs are separated by blank lines. A paragraph is a table when it begins with a line such as
    ``# Sales``, or when its first line has the headers Date and Client; prose is passed over. Without
    a heading a table with Amount is Sales, any other is Touchpoints. Two tables of one sheet are
    joined under the first one's header, so they must have the same columns.

    Columns are separated by `` | ``, or stand under their header: a cell begins where its header
    begins, and two spaces or more stand between headers. Row 2 is the line below the headers.
    """
    paragraphs = re.split(r"\n[ \t]*\n", inspect.cleandoc(docstring))
    found: dict[str, list[list[str]]] = {}
    for paragraph in paragraphs:
        lines = paragraph.splitlines()
        name = _heading(lines[0])
        if name is not None:
            lines = lines[1:]
        if not lines:
            continue
        rows = _rows(lines)
        headers = {plain(header) for header in rows[0]}
        if name is None:
            if not {"date", "client"} <= headers:
                continue
            name = "Sales" if "amount" in headers else "Touchpoints"
        if name in found:
            assert rows[0] == found[name][0], f"two tables of {name} with different headers"
            rows = rows[1:]
        found.setdefault(name, []).extend(rows)
    assert found, "the docstring has no table: give it a line of headers with Date and Client"
    return tuple(Grid(name, rows) for name, rows in found.items())


def _heading(line: str) -> str | None:
    if not line.startswith("#"):
        return None
    name = line.lstrip("# ").strip()
    assert name in SHEET_NAMES, f"no sheet of this name: {name}"
    return name


def _rows(lines: Sequence[str]) -> list[list[str]]:
    if "|" in lines[0]:
        return [[cell.strip() for cell in line.split("|")] for line in lines]
    starts = [match.start() for match in re.finditer(r"(?<!\S)(?<! )\S|(?<=  )\S", lines[0])]
    return [_cells(line, starts) for line in lines]


def _cells(line: str, starts: Sequence[int]) -> list[str]:
    cells = []
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        straddles = (
            start > 0 and line[start - 1 : start].strip() and line[start : start + 1].strip()
        )
        assert not straddles, f"a cell runs across two columns: {line!r}"
        cells.append(line[start:end].strip())
    return cells


@pytest.fixture
def workbook(request: pytest.FixtureRequest) -> tuple[Book, Settings]:
    """What reading makes of the tables in the test's docstring."""
    docstring = request.function.__doc__
    assert docstring, "the test needs a docstring with its table"
    source = Source(name="docstring.xlsx", sha256="0" * 64)
    return book_of(docstring_grids(docstring), DEFAULTS, source)


@pytest.fixture
def book(workbook: tuple[Book, Settings]) -> Book:
    """The book that the test's docstring shows, with the settings all at their defaults."""
    return workbook[0]


@pytest.fixture
def settings(workbook: tuple[Book, Settings]) -> Settings:
    """The settings of the same docstring: the defaults, under those of its ``# Business`` table."""
    return workbook[1]


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Gives the report on a sample; all workers of a run have theirs from one folder."""
    from sites import Sites  # for which most tests need not wait

    own = tmp_path_factory.getbasetemp()
    shelf = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sites"
    shelf.mkdir(exist_ok=True)
    return Sites(shelf)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, for all the tests of a worker."""
    from playwright.sync_api import expect, sync_playwright  # for which other tests need not wait

    installed = Path("/usr/bin/chromium")
    path = str(installed) if installed.exists() else shutil.which("chromium")
    if path is None:
        pytest.fail("these tests open pages in Chromium: install it (Debian: apt install chromium)")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()
