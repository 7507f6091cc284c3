"""The letters that are due, as files; and a folder of one's own that cannot be opened."""

import email
import errno
from datetime import date
from email.policy import default
from pathlib import Path

from reportgen.build import own_letters
from reportgen.letters.envelopes import envelopes
from reportgen.letters.library import library
from reportgen.model import UNKNOWN_ACTIVITY, Book, Source, Touchpoint, relationships
from reportgen.output.writing import write
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

AS_OF = date(2026, 6, 30)


def due(book, settings=None):
    return envelopes(make_report(book, settings or Settings(), AS_OF), library(None))


def names(found):
    return [name for envelope in found for name, _ in envelope.files]


def test_one_letter_a_client_in_the_order_of_the_actions(book):
    """Acme waits for two promises, which are one letter; Birch and Cole are below the red line of
    60 days, and Birch is the better client; a surprise is held back. Dale is in touch.

    # Clients
    Client      E-mail
    Acme & Co.  ann@example.com
    Birch       birch@example.com

    # Touchpoints
    Date        Client      Activity    Promise  Promised for
    2026-06-20  Acme & Co.  Phone call  A quote  2026-06-22
    2026-06-21  Acme & Co.  Phone call  A plan   2026-06-23
    2026-04-01  Cole        Phone call
    2026-06-29  Dale        Phone call

    # Sales
    Date        Client  Amount
    2026-04-01  Birch   500
    """
    assert names(due(book)) == [
        "01-birch-reconnection.md",
        "01-birch-reconnection.eml",
        "02-cole-reconnection.md",
        "03-acme-co-promise-late.md",
        "03-acme-co-promise-late.eml",
    ]


def test_the_text_is_filled_and_the_draft_says_the_same(book, settings):
    """
    # Business
    Setting        Value
    Owner          Zoë Brandt
    Business name  Brandt & Söhne

    # Clients
    Client  Contact   E-mail
    Acme    Ann Gray  ann@example.com

    # Touchpoints
    Date        Client  Activity    Promise              Promised for
    2026-06-20  Acme    Phone call  A quote for “Élan”   2026-06-22
    """
    (envelope,) = due(book, settings)
    (_, read), (_, draft) = envelope.files
    heading, empty, body = read.decode().split("\n", 2)
    assert heading.startswith("# ")
    assert empty == ""
    assert body.startswith("Dear Ann,\n")
    assert "A quote for “Élan”" in body
    assert body.rstrip().endswith("\n\nZoë Brandt\nBrandt & Söhne")
    message = email.message_from_bytes(draft, policy=default)
    assert message["To"] == "ann@example.com"
    assert message["Subject"] == heading.removeprefix("# ")
    assert message.get_content().replace("\r\n", "\n") == body
    assert [f"[{place}]" in body for place in envelope.missing] == [True]


def test_what_is_no_email_says_whom_to_reach_and_how(book):
    """Points to ring about are a list in Markdown; whose number is missing, its cell is named.

    # Clients
    Client  Contact    Preferred channel  Phone         Address
    Acme    Ann Gray   Phone              07700 900123
    Bell    Bo Brown   Phone
    Cole    Cy Grant   SMS                07700 900456
    Dale    Di Green   Post                             1 Elm Row, York

    # Touchpoints
    Date        Client  Activity    Promise  Promised for
    2026-06-20  Acme    Phone call  A quote  2026-06-22
    2026-06-20  Bell    Phone call  A quote  2026-06-22
    2026-06-20  Cole    Phone call  A quote  2026-06-22
    2026-06-20  Dale    Phone call  A quote  2026-06-22
    """
    said = {
        files[0][0]: files[0][1].decode()
        for files in (envelope.files for envelope in due(book))
        if len(files) == 1
    }
    heads = {name: text.split("\n")[:3:2] for name, text in said.items()}
    assert heads == {
        "01-acme-promise-late.md": ["# Ring Acme", "07700 900123"],
        "02-bell-promise-late.md": [
            "# Ring Bell",
            "Not known yet: fill in Phone, row 3 of Clients.",
        ],
        "03-cole-promise-late.md": ["# Message to Cole", "07700 900456"],
        "04-dale-promise-late.md": ["# Card or letter to Dale", "1 Elm Row, York"],
    }
    assert "\n- " in said["01-acme-promise-late.md"]
    assert "•" not in said["01-acme-promise-late.md"]


def test_nothing_is_due_when_nothing_is_to_do(book):
    """
    Date        Client  Activity    Direction
    2026-06-29  Acme    Phone call  both
    """
    assert due(book) == ()


def test_a_hundred_letters_stay_in_order():
    """A hundred clients whom nobody has called for 90 days, and an owner with time for them all."""
    calls = [
        Touchpoint(date(2026, 4, 1), f"Client {n}", UNKNOWN_ACTIVITY, Row("Touchpoints", n + 1))
        for n in range(1, 101)
    ]
    book = Book(relationships=relationships([], calls), source=Source("a.xlsx", "0" * 64))
    settings = Settings(plan_clients=100, relationship_minutes_per_week=1440)
    found = names(due(book, settings))
    assert len(found) == 100
    assert found == sorted(found)
    assert found[0].startswith("001-client-1-")


# A folder of one's own -----------------------------------------------------------------------------

DENIED = PermissionError(errno.EACCES, "Permission denied")


def test_a_folder_that_cannot_be_listed_leaves_ours(tmp_path, monkeypatch):
    own = tmp_path / "letters"
    own.mkdir()
    really = Path.iterdir

    def iterdir(folder):
        if folder == own:
            raise DENIED
        return really(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = library(own)
    assert found.all == library(None).all
    (problem,) = found.problems
    assert problem.startswith(
        f"The folder {own} for letters of your own cannot be opened (Permission"
    )


def test_a_folder_that_can_be_listed_but_not_entered_leaves_ours(tmp_path, monkeypatch):
    """The rights r-- on a folder: its names can be read, what they name cannot."""
    own = tmp_path / "letters"
    own.mkdir()
    (own / "thank-you.md").write_text("---\nsubject: Thanks\n---\nDear {{ name }}\n")
    really = Path.is_file

    def is_file(path):
        if path.parent == own:
            raise DENIED
        return really(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    found = library(own)
    assert found.all == library(None).all
    assert len(found.problems) == 1


def test_own_letters_stand_beside_the_workbook_or_in_the_folder(tmp_path):
    assert own_letters(tmp_path / "clients.xlsx") is None
    assert own_letters(tmp_path) is None
    (tmp_path / "letters").mkdir()
    assert own_letters(tmp_path / "clients.xlsx") == tmp_path / "letters"
    assert own_letters(tmp_path) == tmp_path / "letters"


def test_a_file_of_that_name_and_letters_that_were_written_are_no_own_letters(tmp_path):
    (tmp_path / "letters").write_bytes(b"")
    assert own_letters(tmp_path) is None
    (tmp_path / "letters").unlink()
    (tmp_path / "letters").mkdir()
    write(tmp_path / "letters", [("01-acme-thank-you.md", b"# Thanks")], ["01-acme-thank-you.md"])
    assert own_letters(tmp_path) is None
