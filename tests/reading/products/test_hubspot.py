"""HubSpot: contacts and companies are one list of clients, and what happened joins them by id."""

from decimal import Decimal

import pytest
from exported import exported
from exports_of_crms import EXPORTS, written

from reportgen.problems import ReportError
from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


def touchpoints(book):
    return [
        (
            one.client,
            str(one.date),
            one.activity.name,
            one.direction.value,
            one.minutes,
            one.tentative,
        )
        for one in book.touchpoints
    ]


def sales(book):
    return [
        (one.client, str(one.date), one.amount, one.service, one.tentative) for one in book.sales
    ]


@pytest.fixture
def book(tmp_path):
    return read(written(tmp_path, "HubSpot"), DEFAULTS)


def test_contacts_and_companies_are_one_list(book):
    """Two people of Lee Yoga are one client; contact 102 is nobody of company 102."""
    cleo, lee, oak = (one.client for one in book[0].relationships)
    assert (lee.name, lee.contact, lee.email) == ("Lee Yoga", "Ann Lee", "ann@lee.example")
    assert (lee.phone, lee.segment, str(lee.since)) == (
        "+44 20 7946 0001",
        "Wellness",
        "2025-11-03",
    )
    assert (cleo.name, cleo.email, str(cleo.since)) == (
        "Cleo Dow",
        "Cleo@dow.example",
        "2026-02-01",
    )
    assert (oak.name, oak.contact, oak.segment) == ("Oak Ltd", None, "Timber")


def test_what_happened(book):
    """The call on 2 March stands in four files, and counts once; the day of a note is no last contact."""
    assert touchpoints(book[0]) == [
        ("Cleo Dow", "2026-03-06", "Message", "out", 1, False),
        ("Cleo Dow", "2026-03-12", "Meeting", "both", 75, False),
        ("Cleo Dow", "2026-03-16", "Administration", "out", 0, False),
        ("Cleo Dow", "2026-03-20", "Administration", "out", 0, False),
        ("Cleo Dow", "2026-12-03", "Meeting", "both", 60, True),
        ("Lee Yoga", "2026-02-10", "", "out", 0, False),
        ("Lee Yoga", "2026-03-02", "Call", "in", 25, False),
        ("Lee Yoga", "2026-03-09", "Email", "in", 0, False),
        ("Lee Yoga", "2026-04-01", "Call", "both", 0, True),
        ("Lee Yoga", "2026-12-05", "Email", "out", 0, True),
    ]


def test_deals(book):
    """Won ones are sales, lost ones are not, open ones are plans, unless they have no day yet.

    Oak Ltd is told by its id alone.
    """
    assert sales(book[0]) == [
        ("Cleo Dow", "2026-12-01", Decimal(500), "Shop", True),
        ("Lee Yoga", "2026-01-15", Decimal("1200.25"), "Website, new", False),
        ("Oak Ltd", "2026-02-20", Decimal(300), "Audit", False),
        ("Oak Ltd", "2026-02-21", Decimal(80), "Extra", True),
    ]
    assert book[1].currency == "EUR"


def test_what_is_asked_and_said(book):
    """A stage of her own is a plan, which is said; an e-mail to two clients counts for the first."""
    assert any("“Signed at last”" in said and "plan" in said for said in book[0].remarks)
    (problem,) = book[0].problems
    assert (str(problem.where), problem.found, problem.lost.name) == (
        "'hubspot-emails'!G2",
        "“contact 101;contact 103”",
        "NOTHING",
    )
    assert problem.expected.endswith("counts for Lee Yoga, and not for Cleo Dow")


def test_stages_that_nobody_knows_are_no_sales(tmp_path):
    text = (
        "Deal Name,Deal Stage,Amount,Close Date,Associated Company\nShop,Signed,40,2026-01-07,Elm\n"
    )
    (sale,) = exported(tmp_path, "deals.csv", text).sales
    assert sale.tentative


def test_a_list_of_contacts_alone(tmp_path):
    folder = written(tmp_path, "HubSpot", "hubspot-contacts.csv")
    book = read(folder / "hubspot-contacts.csv", DEFAULTS)[0]
    assert touchpoints(book) == [
        ("Lee Yoga", "2026-02-10", "", "out", 0, False),
        ("Lee Yoga", "2026-03-02", "", "out", 0, False),
    ]
    (problem,) = book.problems
    assert problem.found == "a list of clients alone"
    assert problem.suggestion.startswith("Export your deals and your calls")


def test_a_note_and_an_open_task_do_not_tell_of_a_contact(tmp_path):
    """Ann was contacted on 2 March, by what was not exported; a note and a task of that day are neither."""
    (tmp_path / "contacts.csv").write_text(
        "Record ID,First Name,Last Name,Email,Last Contacted\n"
        "5,Ann,Lee,ann@lee.example,2026-03-02 10:30\n"
    )
    (tmp_path / "notes.csv").write_text(
        "Activity date,Note body,Associated Contact IDs\n2026-03-02 18:00,Likes tea,5\n"
    )
    (tmp_path / "tasks.csv").write_text(
        "Task Title,Due date,Task Status,Task Type,Associated Contact IDs\n"
        "Ring Ann,2026-03-02 09:00,NOT_STARTED,CALL,5\n"
    )
    assert touchpoints(read(tmp_path, DEFAULTS)[0]) == [
        ("Ann Lee", "2026-03-02", "", "out", 0, False),
        ("Ann Lee", "2026-03-02", "Administration", "out", 0, False),
        ("Ann Lee", "2026-03-02", "Call", "both", 0, True),
    ]


def test_contacts_that_were_never_contacted(tmp_path):
    text = "Record ID,First Name,Last Name,Email,Last Contacted\n5,Una,Yew,una@yew.example,\n"
    book = exported(tmp_path, "contacts.csv", text)
    assert [one.client.name for one in book.relationships] == ["Una Yew"]
    assert [problem.found for problem in book.problems] == ["a list of clients alone"]


def test_internal_names(tmp_path):
    """Two deals with the names that HubSpot's own program has for their columns."""
    text = """\
hs_object_id,dealname,dealstage,hs_is_closed_won,hs_is_closed,amount,deal_currency_code,closedate,\
Associated Company
1,Shop,17345,true,true,40,GBP,2026-01-07 10:00,Elm;Fern
2,Shop,17346,false,true,50,GBP,2026-01-08 10:00,Elm
3,Shop,17347,false,false,60,GBP,2026-12-08 10:00,Elm
"""
    book = exported(tmp_path, "deals.csv", text)
    assert sales(book) == [
        ("Elm", "2026-01-07", Decimal(40), "Shop", False),
        ("Elm", "2026-12-08", Decimal(60), "Shop", True),
    ]
    assert book.problems == ()


def test_german_labels(tmp_path):
    text = """\
Datensatz-ID,Vorname,Nachname,E-Mail,Telefonnummer,Name des Unternehmens,\
Zuletzt kontaktiert,Erstellungsdatum
7,Änne,Öhm,aenne@oehm.example,040 123,Öhm GmbH,2026-03-02 10:30,2025-11-03 09:12
"""
    book = exported(tmp_path, "kontakte.csv", text, encoding="utf-8-sig")
    (client,) = (one.client for one in book.relationships)
    assert (client.name, client.contact, client.email, client.phone, str(client.since)) == (
        "Öhm GmbH",
        "Änne Öhm",
        "aenne@oehm.example",
        "040 123",
        "2025-11-03",
    )
    assert [str(one.date) for one in book.touchpoints] == ["2026-03-02"]


def test_an_export_without_its_associated_records(tmp_path):
    """Nobody can say whose the calls are: the one thing that helps is said."""
    header, *rows = EXPORTS["HubSpot"]["hubspot-calls.csv"].decode("utf-8-sig").split("\r\n")
    text = "\n".join(",".join(row.split(",")[:8]) for row in [header, *rows] if row)
    with pytest.raises(ReportError) as refused:
        exported(tmp_path, "calls.csv", text)
    assert refused.value.block == ""
    assert "HubSpot calls without Client" in str(refused.value)
    assert str(refused.value).endswith("tick the associated records: contacts and companies.")
