"""Sales whose money stands under a header that nobody knows are never read as contacts."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from messes import LANGUAGES, language

from reportgen.model import Source
from reportgen.problems import ReportError
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.reading.columns import SHEETS
from reportgen.settings.configuration import DEFAULTS
from reportgen.words import plain

KNOWN = {
    plain(word) for sheet in SHEETS for column in sheet.known for _, word in sheet.headers(column)
}
MADE_UP = st.text("abdefgiklmnoprstuvzäéñô", min_size=4, max_size=12).map("q{}".format)
CENTS = st.integers(1, 900_000).map(lambda cents: f"{cents // 100},{cents % 100:02d}")
MONEY = [
    CENTS,
    CENTS.map(lambda text: f"€ {text}"),
    CENTS.map(lambda text: f"{text} EUR"),
    st.integers(100, 900_000).map(lambda cents: cents / 100),
    st.integers(1, 9000).map(lambda whole: str(whole * 5)),
]


@st.composite
def tables(draw):
    """The headers of days, clients and money of a language, and some sales below them, in any order."""
    words = language(draw(st.sampled_from(LANGUAGES)))["headers"]
    day, client = (
        draw(st.sampled_from([*words.get("Any", {}).get(name, ()), *words["Sales"].get(name, ())]))
        for name in ("Date", "Client")
    )
    money = draw(MADE_UP)
    assume(plain(money) not in KNOWN and plain(day) != plain(client))
    amounts = draw(st.lists(draw(st.sampled_from(MONEY)), min_size=1, max_size=6, unique=True))
    rows = [[f"2026-01-{n:02d}", f"Elm {n}", amount] for n, amount in enumerate(amounts, 10)]
    order = draw(st.permutations(range(3)))
    return money, [[row[at] for at in order] for row in ([day, client, money], *rows)]


@given(tables(), st.sampled_from(["Sales", "Umsatz", "Tabelle1", "2026", ""]))
@example(("Gelt", [["Date", "Client", "Gelt"], ["2026-01-10", "Elm", "5"]]), "")
def test_the_amount_is_asked_for(table, name):
    """A lone .csv has no name."""
    money, rows = table
    grid = Grid(name, rows) if name else Grid("Touchpoints", rows, named=False, csv=True)
    with pytest.raises(ReportError) as refused:
        book_of([grid], DEFAULTS, Source("list", "0" * 64))
    assert money in f"{refused.value} {refused.value.block}"
    assert "Amount" in f"{refused.value} {refused.value.block}"


@given(tables())
def test_it_is_asked_for_beside_other_sheets_too(table):
    money, rows = table
    known = [["Date", "Client", "Amount"], ["2026-02-01", "Fern", 40.0]]
    grids = [Grid("Sales", known), Grid("2025", rows)]
    book, _ = book_of(grids, DEFAULTS, Source("list", "0" * 64))
    assert list(book.touchpoints) == []
    assert [sale.client for sale in book.sales] == ["Fern"]
    assert any(problem.where.sheet == "2025" and money in str(problem) for problem in book.problems)
