"""Outlook contacts, from the desktop and from the web."""

import pytest
from exported import exported
from exports_of_crms import written

from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


@pytest.mark.parametrize("name", ["desktop.csv", "web.csv"])
def test_what_to_export_next(tmp_path, name):
    book = read(written(tmp_path, "Outlook", name) / name, DEFAULTS)[0]
    (problem,) = book.problems
    assert "Save your calendar, too" in problem.suggestion
    assert list(book.touchpoints) == []


def test_the_desktop(tmp_path):
    """In Windows' own letters, with 0/0/00 for a birthday that is not known."""
    book = read(written(tmp_path, "Outlook", "desktop.csv") / "desktop.csv", DEFAULTS)[0]
    tarn, stone = (one.client for one in book.relationships)
    assert (stone.name, stone.contact, stone.email, stone.phone, stone.birthday) == (
        "Stöne & Söhne",
        "Mia R. Stone",
        "mia@stone.example",
        "0123",
        None,
    )
    assert (stone.notes, stone.referred_by) == ("Two\nlines, one note", "Lou Marsh")
    assert (tarn.name, tarn.email, tarn.phone, str(tarn.birthday)) == (
        "Ned Tarn",
        "ned@tarn.example",
        "0789",
        "1975-07-21",
    )
    assert any("Government ID Number" in said and "private" in said for said in book.unread)


def test_a_desktop_in_german(tmp_path):
    text = """\
Anrede;Vorname;Weitere Vornamen;Nachname;Firma;Telefon geschäftlich;Mobiltelefon;E-Mail-Adresse;\
E-Mail-Typ;E-Mail 2: Adresse;Geburtstag;Notizen
Frau;Änne;;Öhm;Öhm GmbH;040 123;;aenne@oehm.example;SMTP;;14.03.1980;mag Tee
"""
    book = exported(tmp_path, "kontakte.csv", text, encoding="cp1252")
    (client,) = (one.client for one in book.relationships)
    assert (client.name, client.contact, client.email, client.phone) == (
        "Öhm GmbH",
        "Änne Öhm",
        "aenne@oehm.example",
        "040 123",
    )
    assert (str(client.birthday), client.notes) == ("1980-03-14", "mag Tee")
