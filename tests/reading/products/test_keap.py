"""Keap: one file with days in several forms, and columns that must never be read."""

from decimal import Decimal

import pytest
from exports_of_crms import KEAP_CONTACTS, PRIVATE_OF_KEAP, written
from program import reportgen

from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


@pytest.fixture
def book(tmp_path):
    return read(written(tmp_path, "Keap"), DEFAULTS)


def test_two_people_of_one_company_are_one_client(book):
    fox, kay = (one.client for one in book[0].relationships)
    assert (fox.name, fox.contact, fox.email, fox.phone, fox.source) == (
        "Fox Bikes",
        "Gil Fox",
        "gil@fox.example",
        "(555) 010-0001",
        "Fair",
    )
    assert (str(fox.since), str(fox.birthday)) == ("2026-01-09", "1980-03-14")
    assert (kay.name, str(kay.since), kay.birthday) == ("Ivy Kay", "2026-01-12", None)


def test_days_in_three_forms(book):
    """02/03/26 14:30:00, 03/04/2026 00:00:00 and 2/10/2026 are month first; zeros are no day."""
    assert [
        (one.client, str(one.date), one.activity.name, str(one.start), one.tentative)
        for one in book[0].touchpoints
    ] == [
        ("Fox Bikes", "2026-02-03", "", "None", False),
        ("Fox Bikes", "2026-02-10", "Call", "16:00:00", False),
        ("Ivy Kay", "2026-02-11", "Meeting", "09:00:00", False),
        ("Ivy Kay", "2026-02-12", "Call", "09:00:00", True),
        ("Ivy Kay", "2026-03-04", "", "None", False),
    ]


def test_orders_are_joined_by_the_id_of_the_contact(book):
    """The name on the second order is another one: its contact's id counts, and that is said."""
    assert [(one.client, str(one.date), one.amount, one.invoice) for one in book[0].sales] == [
        ("Fox Bikes", "2026-02-05", Decimal(1250), "501"),
        ("Ivy Kay", "2026-03-06", Decimal("80.50"), "502"),
    ]
    assert book[1].currency == "USD"
    assert [(str(one.where), one.found, one.lost.name) for one in book[0].problems] == [
        ("'keap-orders'!G3", "“I. Kay”", "NOTHING"),
        ("'keap-orders'!L4", "nothing", "ROW"),
    ]


def test_what_is_private_is_nowhere(tmp_path):
    """No password, number or address of a computer is in any byte that is written or said."""
    for value in PRIVATE_OF_KEAP.values():
        assert value.encode() in KEAP_CONTACTS
    (tmp_path / "in").mkdir()
    folder = written(tmp_path / "in", "Keap")
    built = reportgen("build", folder, "--as-of", "2026-11-01", "-o", tmp_path / "out")
    assert built.returncode == 0, built.stderr
    checked = reportgen("check", "--all", folder)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    written_bytes = [path.read_bytes() for path in files]
    said = [run.stdout + run.stderr for run in (built, checked)]
    everything = [*written_bytes, *(text.encode() for text in said)]
    assert any(b"Fox Bikes" in content for content in written_bytes)
    for value in PRIVATE_OF_KEAP.values():
        assert not any(value.encode() in content for content in everything), value


OTHERS = {
    "Keap opportunities": "ContactID,Id,OpportunityTitle,ProjectedRevenueHigh,StageID\n7,1,Big,900,3\n",
    "Keap payments": "InvoiceId,PayDate,PayType,PayAmt,PayNote\n3,01/02/2026 10:00:00,Card,90,\n",
}


@pytest.mark.parametrize("title", OTHERS)
def test_what_says_nothing_of_sales(tmp_path, title):
    """Beside the contacts and orders it changes nothing, and what to export instead is said."""
    before = read(written(tmp_path, "Keap"), DEFAULTS)[0]
    (tmp_path / "more.csv").write_text(OTHERS[title])
    book = read(tmp_path, DEFAULTS)[0]
    assert book.relationships == before.relationships
    (more,) = set(book.problems) - set(before.problems)
    assert more.found == title
    assert more.suggestion.startswith("Export your orders")
