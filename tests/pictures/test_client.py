"""The matrix of one client: places and words by hand."""

from datetime import date

import pytest

from reportgen.letters.library import library
from reportgen.pictures.client import ClientPicture, client_picture
from reportgen.report.report import make_report
from reportgen.site.shared import Site


@pytest.fixture
def drawn(book, settings):
    def picture(day: str, client: str) -> ClientPicture:
        report = make_report(book, settings, date.fromisoformat(day))
        site = Site(report, library(None), frozenset(), ())
        found = site.by_name[client].findings
        return client_picture(found.seen, found.preventions, settings, with_phases=True)

    return picture


def test_places_and_words_of_one_project(drawn):
    """From 1 January to 11 April 2026 are 100 days, each ten units.

    On 13 March, the first day that would be below, something small would still have been in time.
    The work is from 11 to 30 January: from 100 to 300. After the call on 10 February she accepts 30
    days of silence, up to 12 March (700); on 11 April it exceeds them by 30 days.

    # Business
    Setting        | Value
    Business model | consultancy
    Red line       | 30
    Currency       | GBP

    # Sales
    Date       | Client | Amount | From       | To         | Project
    2026-01-11 | Acme   | 1200   | 2026-01-11 | 2026-01-30 | Shed

    # Touchpoints
    Date       | Client | Activity | Minutes | Channel | Topic    | Promise   | Promised for | Done on
    2026-01-01 | Acme   | Call     | 60      | Phone   | A shed   |           |              |
    2026-01-21 | Acme   | Email    |         |         |          | The plan  | 2026-01-25   | 2026-01-24
    2026-02-10 | Acme   | Call     | 20      | Phone   |          | The bill  | 2026-02-20   |
    2026-02-10 | Acme   | Email    | 5       |         | Thanks   |           |              |
    """
    picture = drawn("2026-04-11", "Acme")
    assert picture.course.work == "M100 0h200v172H100z"
    assert picture.course.contacts == "M0 169v6M100 169v6M200 169v6M400 169v6"
    # 30 days beyond the line fill the 70 pixels below it; the first is 2 of them.
    assert picture.course.silence == "M700 172l10 2 290 68V172Z"
    assert picture.sales == ("10%",)
    assert [(one.at, one.text) for one in picture.amounts] == [("10%", "£1,200")]
    assert [(one.at, one.text) for one in picture.below] == [("100%", "30 days below")]
    assert [hit.words for hit in picture.hits] == [
        "1 January 2026 · Call\nA shed\n1 h, Phone",
        "11 January 2026\nSale of £1,200: Shed; work from 11 Jan 2026 to 30 Jan 2026",
        "21 January 2026 · Email\nPromised for 25 January 2026: The plan, kept on 24 January 2026",
        "10 February 2026\nCall (20 min, Phone)\nEmail: Thanks (5 min)\n"
        "Promised for 20 February 2026: The bill, still open",
    ]
    assert [[line.text for line in note.lines] for note in picture.notes] == [
        ["10 February", "promised, still open"],
        ["13 March: a survey", "would have been in time"],
    ]
    assert [note.at for note in picture.notes] == ["40%", "71%"]
    assert picture.phone_width == "100%"


def test_every_contact_is_told_those_of_long_ago_by_the_month(drawn, monkeypatch):
    """
    Date       Client  Activity  Minutes
    2026-01-05  Acme    Call      30
    2026-01-20  Acme    Call      30
    2026-02-20  Acme    Call      30
    2026-03-20  Acme    Call      30
    """
    monkeypatch.setattr("reportgen.pictures.client.DAYS_APART", 2)
    assert [hit.words for hit in drawn("2026-03-31", "Acme").hits] == [
        "January 2026\n2 days with a contact, 1 h",
        "20 February 2026 · Call\n30 min",
        "20 March 2026 · Call\n30 min",
    ]


def test_a_phone_shows_the_last_eighteen_months_of_a_long_relationship(drawn):
    """Four years are 1,461 days: 48.06 months of 30.4 days, which are 2.67 times 18.

    # Touchpoints
    Date       | Client | Activity
    2022-04-01 | Acme   | Call
    2026-03-30 | Acme   | Call
    """
    picture = drawn("2026-04-01", "Acme")
    assert picture.phone_width == "267%"
    assert [(one.at, one.style) for one in picture.edges] == [
        ("0%", "edge on-desk"),
        ("62.547%", "edge on-phone"),
    ]
    assert picture.hits[-1].path.startswith("M999 ")  # the newest is at the end on both


def test_nothing_to_draw(drawn):
    """
    # Clients
    Client
    Acme

    # Touchpoints
    Date       | Client | Activity
    2026-03-30 | Bell   | Call
    """
    assert drawn("2026-04-01", "Acme") is None
