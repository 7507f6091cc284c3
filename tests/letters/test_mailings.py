"""A mailing: one letter for many, and the table of those who get it."""

import csv
import io
import re
from datetime import date

import pytest

from reportgen.letters.envelopes import envelopes
from reportgen.letters.library import library
from reportgen.letters.mailings import mail_merges
from reportgen.model import UNKNOWN_ACTIVITY, Book, Client, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

AS_OF = date(2026, 6, 30)
NAMES = ["Acme", "Bell", "Cole", "Dunn", "Earl"]


def shop(names=NAMES, business="Oak & Ash", clients=None, sales=(), days=None):
    """A shop whose clients have all been silent since 22 March: 100 days, about three months."""
    calls = [
        Touchpoint(day, name, UNKNOWN_ACTIVITY, Row("Touchpoints", number))
        for number, (name, day) in enumerate(
            zip(names, days or [date(2026, 3, 22)] * len(names), strict=True), start=2
        )
    ]
    book = Book(
        relationships(clients or [Client(name) for name in names], calls, sales),
        Source("shop.xlsx", "0" * 64),
    )
    settings = Settings(business_model="product", business_name=business, owner="Ivy Lane")
    return make_report(book, settings, AS_OF)


def merge_of(report, own=None):
    (merge,) = mail_merges(report, library(own))
    return merge


@pytest.fixture
def own(tmp_path):
    """Gives a folder with a letter of the owner's for mailings, of this text."""

    def write(text):
        (tmp_path / "reconnection-mailing.md").write_text(f"---\nsubject: News\n---\n{text}\n")
        return tmp_path

    return write


def table(merge):
    text = merge.csv()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def read(rtf):
    """What a word processor shows of a file, by the rules of RTF, with ``<name>`` for a field."""
    text = rtf.decode("ascii")
    assert text.startswith("{\\rtf1\\ansi")
    text = re.sub(r"\{\\fonttbl.*?\}\}", "", text)
    text = re.sub(
        r"\{\\field\{\\\*\\fldinst MERGEFIELD (\w+)\}\{\\fldrslt \\u171\?\w+\\u187\?\}\}",
        r"<\1>",
        text,
    )
    shown, units, depth = [], b"", 0
    for token in re.findall(r"\\u-?\d+\?|\\[a-z]+-?\d* ?|\\[\\{}]|[{}]|\n|[^\\{}\n]", text):
        if found := re.fullmatch(r"\\u(-?\d+)\?", token):
            units += int(found[1]).to_bytes(2, "little", signed=True)
            continue
        if units:
            shown.append(units.decode("utf-16-le"))
            units = b""
        depth += {"{": 1, "}": -1}.get(token, 0)
        if token.startswith("\\par"):
            shown.append("\n")
        elif re.fullmatch(r"\\[\\{}]", token):
            shown.append(token[1])
        elif len(token) == 1 and token not in "{}\n":
            shown.append(token)
    assert depth == 0
    return "".join(shown)


def test_what_is_the_same_for_all_is_filled_in_and_what_differs_is_a_field(own):
    merge = merge_of(
        shop(), own("Dear {{ name }},\n\nIt is {{ silence }}.\n\nYours,\n\n{{ business }}")
    )
    assert merge.filled.body == ("Dear «name»,\n\nIt is about three months.\n\nYours,\n\nOak & Ash")
    assert merge.fields == ("name",)
    assert read(merge.rtf()) == "Dear <name>,\n\nIt is about three months.\n\nYours,\n\nOak & Ash"


def test_a_silence_that_differs_is_a_field(own):
    """Since 22 March about three months; since 31 January 150 days, which are about five."""
    days = [date(2026, 1, 31), *[date(2026, 3, 22)] * 4]
    merge = merge_of(shop(days=days), own("It is {{ silence }}, {{ name }}."))
    assert merge.filled.body == "It is «silence», «name»."
    assert {row["Client"]: row["silence"] for row in table(merge)} == {
        "Acme": "about five months",
        **dict.fromkeys(NAMES[1:], "about three months"),
    }


def test_what_only_some_have_is_left_out(own):
    """All but Earl have bought something; what they bought is no field."""
    sales = [
        Sale(date(2026, 3, 22), name, 10, Row("Sales", number), service=f"Shoes {number}")
        for number, name in enumerate(NAMES[:4], start=2)
    ]
    text = "{% if service %}About {{ service }}{% else %}Hello{% endif %}, {{ name }}."
    assert merge_of(shop(sales=sales), own(text)).filled.body == "Hello, «name»."
    everyone = [*sales, Sale(date(2026, 3, 22), "Earl", 10, Row("Sales", 9), service="Boots")]
    assert merge_of(shop(sales=everyone), own(text)).filled.body == "About «service», «name»."


def test_the_recipients_are_a_table_that_no_program_takes_for_formulas(own):
    names = ["=1+1", "@Bell", "-Cole", "+Dunn", "\tEarl"]
    clients = [
        Client(names[0], email="0@example.com", address="=2+2"),
        Client(names[1], email="1@example.com; 11@example.com"),
        Client(names[2], email="2@example.com", address="12 Mill Lane\nLeeds"),
        *(Client(name) for name in names[3:]),
    ]
    rows = table(merge_of(shop(names, clients=clients), own("Dear {{ name }}.")))
    assert {row["Client"]: (row["Email"], row["Address"]) for row in rows} == {
        "'=1+1": ("0@example.com", "'=2+2"),
        "'@Bell": ("", ""),
        "'-Cole": ("2@example.com", "12 Mill Lane Leeds"),
        "'+Dunn": ("", ""),
        "'\tEarl": ("", ""),
    }
    assert [row["name"] for row in rows if row["Client"] == "'=1+1"] == ["'=1+1"]


@pytest.mark.parametrize(
    "business",
    [
        "Søn & Zoë 🌷 日本",
        "{\\field{\\*\\fldinst INCLUDEPICTURE http://example.com/x}}",
        "a } b { c \\ d",
        "«name»",
        "\\par \\u65?",
    ],
)
def test_no_words_of_the_workbook_are_commands_of_the_letter(own, business):
    rtf = merge_of(shop(business=business), own("From {{ business }}.")).rtf()
    assert read(rtf).replace("<name>", "«name»") == f"From {business}."


def test_ours_for_mailings_promises_nobody_a_call():
    """To many at once nobody offers to ring each of them, and the subject is the same for all."""
    merge = merge_of(shop())
    assert (merge.of, merge.letter.name) == ("reconnection", "reconnection-mailing")
    assert merge.filled.subject == "News from Oak & Ash"
    assert merge.fields == ("name",)
    assert "ring" not in merge.filled.body.split()
    assert merge.filled.missing == ("what is new with you",)


def test_a_birthday_is_greeted_on_its_day_and_not_on_the_mailings():
    clients = [Client(name, birthday=date(1980, 7, 20)) for name in NAMES]
    merge = merge_of(shop(clients=clients, days=[date(2026, 6, 29)] * 5))
    assert merge.letter.name == "birthday-greeting-mailing"
    assert "on 20 July" in merge.filled.body


def test_a_letter_without_one_for_mailings_goes_to_many_as_it_is():
    """Ten days ago all five bought something for the first time: the survey is due."""
    days = [date(2026, 6, 20)] * 5
    sales = [Sale(days[0], name, 10, Row("Sales", at)) for at, name in enumerate(NAMES, start=2)]
    merge = merge_of(shop(sales=sales, days=days))
    assert (merge.of, merge.letter.name) == ("satisfaction-survey", "satisfaction-survey")


def test_a_mailing_is_two_files_however_many_get_it(own):
    (only,) = envelopes(shop(), library(own("Dear {{ name }}.")))
    assert [name for name, _ in only.files] == [
        "01-mailing-reconnection.rtf",
        "01-mailing-reconnection.csv",
    ]
    assert only.missing == ()
