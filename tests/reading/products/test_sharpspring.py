"""SharpSpring: opportunities know their contacts by number alone."""

from decimal import Decimal

import pytest
from exports_of_crms import written

from reportgen.problems import ReportError
from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


def test_contacts_and_opportunities(tmp_path):
    """Lead 0 and account 0 are nobody's; an open opportunity is a plan; lead 999 is asked for."""
    book = read(written(tmp_path, "SharpSpring"), DEFAULTS)[0]
    jam, pell = (one.client for one in book.relationships)
    assert (jam.name, jam.contact, jam.email, jam.segment, str(jam.since)) == (
        "Jam & Co",
        "Jan Orr",
        "jan@jam.example",
        "Food",
        "2026-01-05",
    )
    assert (pell.name, pell.phone, pell.since) == ("Kit Pell", "555 0102", None)
    assert [
        (one.client, str(one.date), one.amount, one.service, one.tentative) for one in book.sales
    ] == [
        ("Jam & Co", "2026-02-14", Decimal(640), "Labels", False),
        ("Kit Pell", "2026-12-15", Decimal(2000), "Kiln", True),
    ]
    (problem,) = book.problems
    assert (str(problem.where), problem.found, problem.lost.name) == (
        "'sharpspring-opportunities'!N5",
        "“lead 999”",
        "ROW",
    )


def test_contacts_alone(tmp_path):
    """A lead status says nothing of a sale: everybody is a prospect, and what to export next is said."""
    folder = written(tmp_path, "SharpSpring", "sharpspring-contacts.csv")
    book = read(folder, DEFAULTS)[0]
    assert list(book.sales) == list(book.touchpoints) == []
    (problem,) = book.problems
    assert problem.suggestion.startswith("Export your opportunities, too")


def test_opportunities_alone_have_no_names(tmp_path):
    folder = written(tmp_path, "SharpSpring", "sharpspring-opportunities.csv")
    with pytest.raises(ReportError) as refused:
        read(folder, DEFAULTS)
    assert "“primaryLeadID” and no name of a client" in str(refused.value)
    assert "Export your contacts, too" in str(refused.value)
