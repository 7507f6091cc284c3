"""Address books as vCard 2.1, 3.0 and 4.0: a list of clients."""

import pytest
from exported import exported

from reportgen.problems import ReportError
from reportgen.reading.address_books import HEADERS, address_book

CARDS = """\
BEGIN:VCARD
VERSION:3.0
N:Lee;Ann;;;
FN:Ann Lee
ORG:Lee Yoga;Studio
EMAIL;TYPE=INTERNET;TYPE=WORK:ann@lee.example
EMAIL;TYPE=INTERNET:a@home.example
TEL;TYPE=CELL:+44 20 1
BDAY:1980-03-14
NOTE:Prefers mornings\\, never Mondays
PHOTO;ENCODING=b;TYPE=JPEG:AAAA
 AAAA
item1.X-ABLabel:x
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller
TEL;CELL:0123
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Cleo Dow
EMAIL:cleo@dow.example
TEL;VALUE=uri:tel:+1-555
BDAY:--0314
UID:urn:uuid:1
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
N:;;;;
EMAIL:no@name.example
END:VCARD
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_people_of_an_address_book(tmp_path, ending):
    book = exported(tmp_path, "people.vcf", CARDS.replace("\n", ending))
    assert [
        (c.name, c.contact, c.email, c.phone, c.birthday and str(c.birthday))
        for c in (one.client for one in book.relationships)
    ] == [
        ("Cleo Dow", "Cleo Dow", "cleo@dow.example", "+1-555", "2000-03-14"),
        ("Jörg Müller", "Jörg Müller", None, "0123", None),
        ("Lee Yoga", "Ann Lee", "ann@lee.example", "+44 20 1", "1980-03-14"),
        ("no@name.example", None, "no@name.example", None, None),
    ]
    assert [problem.found for problem in book.problems] == ["a list of clients alone"]


@pytest.mark.parametrize(
    "text", ["", "Name,Phone\n", "BEGIN:VCARD\nFN:Ann\n", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"]
)
def test_what_is_no_address_book_is_refused_in_a_sentence(tmp_path, text):
    with pytest.raises(ReportError, match=r"people\.vcf"):
        exported(tmp_path, "people.vcf", text)


def test_a_line_in_very_many_pieces_is_read_as_one(tmp_path):
    """A picture, a note and one in quoted-printable, of 200,000 pieces each.

    Copying what there is for each piece would take minutes.
    """
    many = 200_000
    card = (
        "BEGIN:VCARD\nVERSION:2.1\nFN:Ann Lee\n"
        f"PHOTO;ENCODING=BASE64;JPEG:{'QUJD' * 18}\n{f' {chr(65) * 72}{chr(10)}' * many}\n"
        f"NOTE;ENCODING=QUOTED-PRINTABLE:{f'=41={chr(10)}' * many}=42\n"
        f"EMAIL:ann@{f'{chr(10)} e' * many}.example\nEND:VCARD\n"
    )
    grid = address_book(card.splitlines(keepends=True), "people.vcf")
    row = dict(zip(HEADERS, grid.rows[1], strict=True))
    assert row["FN"] == "Ann Lee"
    assert row["NOTE"] == "A" * many + "B"
    assert row["EMAIL"] == f"ann@{'e' * many}.example"


def test_the_line_of_a_card_that_is_broken_off_is_that_of_the_file(tmp_path):
    """The picture takes lines 3 to 5, so the last line that is read is the 6th."""
    card = "BEGIN:VCARD\nVERSION:3.0\nPHOTO:A\n A\n A\nFN:Ann\n"
    with pytest.raises(ReportError, match=r"\(line 6\)"):
        address_book(card.splitlines(keepends=True), "people.vcf")
