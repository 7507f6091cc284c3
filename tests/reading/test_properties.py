"""Reading never raises anything but a sentence, and the order of rows changes nothing."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.model import Source
from reportgen.problems import ReportError
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.reading.columns import SHEETS
from reportgen.reading.grids import csv_grid, workbook_grids
from reportgen.reading.safety.found import UNCALCULATED, error
from reportgen.settings.configuration import DEFAULTS

SOURCE = Source("test.xlsx", "0" * 64)

TELLING = st.sampled_from(
    [
        "2026-03-14", "03/04/2026", "13/04/26", "04/13/2026", "14 March", "31/02/2026", "Acme",
        "acme ", "Acme Ldt", "Jo", "Total", "£480", "(1.234,50)", "1.234", "€20", "1:30", "1h 30m",
        "10:30", "yes", "n/a", "-", "", " \u200b", "Call", "Meetng", "complant", "in", "GBP", "9am",
        "60 %", "Date order", "DMY", "Currency", "Hourly rate", "45 days", "²", "٣/٤/٢٠٢٦", "\ud800",
    ]
)  # fmt: skip
CELLS = st.one_of(
    TELLING,
    TELLING,
    st.none(),
    st.text(max_size=12),
    st.booleans(),
    st.integers(-10, 60_000),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([error("#N/A"), UNCALCULATED]),
)


@st.composite
def sheets(draw):
    """A sheet of ours with some of its headers, or a strange one, and any cells below."""
    sheet = draw(st.sampled_from(SHEETS))
    words = [word for column in sheet.known for _, word in sheet.headers(column)]
    required = [column.name for column in sheet.required]
    headers = required + draw(st.lists(st.sampled_from(words), max_size=8))
    width = len(headers)
    body = draw(st.lists(st.lists(CELLS, max_size=width + 1), max_size=8))
    title = draw(st.lists(st.lists(CELLS, max_size=2), max_size=2))
    name = draw(st.one_of(st.just(sheet.name), st.text(max_size=5)))
    return Grid(name, [*title, headers, *body])


@given(st.lists(sheets(), max_size=4, unique_by=lambda grid: grid.sheet))
@settings(max_examples=300)
def test_any_grids_give_a_book_or_a_sentence(grids):
    try:
        book, _ = book_of(grids, DEFAULTS, SOURCE)
    except ReportError:
        return
    for problem in book.problems:
        assert str(problem)
        assert any(problem.where.sheet == grid.sheet for grid in grids)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_grid_or_a_sentence(content):
    sentences = []
    for read in (csv_grid, workbook_grids):
        for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            try:
                read(start + content, "a.csv")
            except ReportError as refused:
                sentences.append(str(refused))
    assert all(sentence.endswith(".") for sentence in sentences)


ROWS = st.tuples(
    st.sampled_from(["2026-03-14", "03/04/2026", "13/04/2026", "", "soon", date(2026, 3, 1)]),
    st.sampled_from(["Acme", "acme", "Bell", "Acme Ldt", "Jo", ""]),
    st.sampled_from(["1.234", "12,50", "£20", "€30", 480.0, "x", time(9), timedelta(1)]),
    st.sampled_from(["Design", "", "Design"]),
    st.sampled_from([datetime(2026, 3, 1), "2026-02-01", "", "03/13/2026"]),  # noqa: DTZ001
    st.sampled_from(["2026-03-05", "2026-01-05", "", "03/04/2026"]),
)
# A row of totals is not among them: it is checked against the rows above it, so its place matters.
TWICE = (date(2026, 3, 2), "Acme", 480.0, "Design", "", "")
"""With a name that stands twice, none is written once above its rows."""
CLIENTS = [["Client", "Contact"], ["Acme", "Jo"], ["Acme Ltd", "Jo"], ["Globex", ""]]


@given(st.lists(ROWS, min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_rows_changes_nothing_but_their_numbers(rows, random):
    rows = [*rows, TWICE, TWICE]
    order = list(range(len(rows)))
    random.shuffle(order)
    assert said(rows, range(len(rows))) == said([rows[n] for n in order], order)


def said(rows, order):
    """What the rows say, each named by its place in the first order; or that they say nothing."""
    numbers = dict(enumerate(order, start=2))
    headers = ["Date", "Client", "Amount", "Service", "From", "To"]
    grids = [Grid("Clients", CLIENTS), Grid("Sales", [headers, *rows])]
    try:
        book, settings_after = book_of(grids, DEFAULTS, SOURCE)
    except ReportError:
        return None
    sales = sorted(
        (numbers[s.row.row], s.date, s.client, s.amount, s.service, s.starts, s.ends)
        for s in book.sales
    )
    problems = sorted(
        (numbers[p.where.row], p.where.column, p.found, p.expected, p.suggestion)
        for p in book.problems
    )
    names = [one.client.name for one in book.relationships]
    return sales, problems, names, book.cells, settings_after
