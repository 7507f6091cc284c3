"""The letters: our own, the owner's, what they may know, and each filled for every sample client.

The day is 30 June 2026, unless a test says otherwise.
"""

import datetime as dt
import re
import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sites import sample_report

import reportgen
from reportgen.letters.known import LONGEST_VALUE, values
from reportgen.letters.letter import Filled, Letter, LetterKind
from reportgen.letters.library import library
from reportgen.letters.safe import FROM_THE_OWNER, FROM_THE_WORKBOOK, PLACEHOLDERS, fill
from reportgen.model import Activity, Book, Client, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

AS_OF = dt.date(2026, 6, 30)
ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "templates" / "letters").glob("*.md"))
NAMES = [path.stem for path in FILES]
OURS = library(None)


def letter(body, subject="A subject"):
    return Letter("test", "Test", "gratitude", "Now.", "", subject, body)


def known(book, settings, name="Acme", as_of=AS_OF):
    report = make_report(book, settings, as_of)
    (client,) = (client for client in report.found.clients if client.name == name)
    return values(client, report)


# Our own letters


def test_the_letters_asked_for_are_there():
    assert OURS.problems == ()
    assert sorted(one.name for one in OURS.all) == sorted(NAMES)
    assert set(NAMES) >= {
        "anniversary-greeting",
        "apology",
        "birthday-greeting",
        "boundary-channels",
        "boundary-hours",
        "boundary-services",
        "boundary-time-limit",
        "boundary-urgent",
        "complaint-follow-up",
        "diagnostic-interview",
        "greeting",
        "information-request",
        "invoice-cover",
        "meeting-agenda",
        "meeting-minutes",
        "objection-answers",
        "onboarding-checklist",
        "payment-reminder-1",
        "payment-reminder-2",
        "payment-reminder-3",
        "postcard",
        "promise-late",
        "proposal-outline",
        "reconnection",
        "referral-request",
        "satisfaction-survey",
        "saying-no",
        "service-review",
        "testimonial-request",
        "thank-you",
        "welcome",
        "wow-note",
    }


def test_every_letter_that_the_catalogue_names_is_there():
    catalogue = Path(reportgen.__file__).with_name("activities.toml").read_text(encoding="utf-8")
    named = {entry["letter"] for entry in tomllib.loads(catalogue).values() if "letter" in entry}
    assert len(named) > 15
    assert named <= set(NAMES)


def test_letters_are_ordered_by_kind_then_by_name():
    order = [(tuple(LetterKind).index(one.kind), one.name) for one in OURS.all]
    assert order == sorted(order)
    assert {kind for kind, _ in order} == set(range(9))


def test_a_letter_is_found_by_its_name():
    assert OURS.named("apology").title == "Apology"
    with pytest.raises(KeyError):
        OURS.named("apologia")


@pytest.mark.parametrize("name", NAMES)
def test_the_header_is_complete(name):
    one = OURS.named(name)
    assert one.title
    assert len(one.title) <= 60
    assert one.when.endswith(".")
    assert re.fullmatch(r"[A-Z][^\d]+\.", one.advice), "what it rests on, in words"
    assert "\n" not in one.subject


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_as_a_letter(name):
    filled = fill(OURS.named(name), {})
    assert len(filled.subject) < 80
    assert len(filled.body) < 2_000
    assert filled.body.startswith("Dear [the name to greet with],\n\n")
    assert filled.body.endswith("[your name]\n[your business]") or name == "postcard"
    assert filled.body.count("!") <= 1
    assert "!" not in filled.subject
    assert not re.search(r"[ \t]\n|\n{3}|  |\{|%|</?\w", filled.body)


AMERICAN = (
    r"(?i)\b(favor\w*|color\w*|center\w*|apologiz\w*|organiz\w*|realiz\w*|check for|gotten|mom)\b"
)
GENDERED = r"(?i)\b(he|him|his|she|her|hers|sir|madam|mr|mrs|ms|ladies|gentlemen|guys|girls?)\b"
PUSHY = r"(?i)\b(exclusive|limited time|act now|don't miss|best price|hurry|free gift|buy)\b"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_plain_british_english_that_presumes_nothing(name):
    text = (ROOT / "templates" / "letters" / f"{name}.md").read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2]
    assert not re.search(AMERICAN, text)
    assert not re.search(GENDERED, text)
    assert not re.search(PUSHY, body.replace("nothing to buy", ""))
    assert "[" not in text, "a placeholder is a name in braces, so that it is listed"


def test_british_spelling_where_the_two_differ():
    assert "favour" in OURS.named("referral-request").body
    assert "instalments" in OURS.named("payment-reminder-2").body


def test_each_letter_carries_out_its_advice():
    apology = OURS.named("apology").body
    owned, remedied, prevented = (apology.index(part) for part in ("sorry", "right:", "again:"))
    assert owned < remedied < prevented  # 001: accountability first
    no = OURS.named("saying-no").body
    assert no.index("I cannot do it.") < no.index("{{ reason }}") < no.index("{{ alternative }}")
    assert (
        no.index("{{ alternative }}") < no.index("{{ someone_else }}") < no.index("{{ new_date }}")
    )
    questions = re.findall(r"(?m)^\d\. .*\?$|^\d\. .*\.$", OURS.named("satisfaction-survey").body)
    assert len(questions) == 3
    assert "From 0 " in questions[0]
    assert "to 10 " in questions[0]


def test_placeholders_are_told_apart():
    assert len(set(PLACEHOLDERS.values())) == len(PLACEHOLDERS)
    assert not FROM_THE_WORKBOOK.keys() & FROM_THE_OWNER.keys()
    shown = set(re.findall(r"\{\{ (\w+)", "".join(p.read_text(encoding="utf-8") for p in FILES)))
    assert FROM_THE_OWNER.keys() <= shown, "a name that no letter uses"


# Filling


def test_values_stand_in_their_places():
    filled = fill(letter("Dear {{ name }},\n\nBye", "For {{ name }}"), {"name": "Zoë & Søn 🌷"})
    assert filled == Filled("For Zoë & Søn 🌷", "Dear Zoë & Søn 🌷,\n\nBye", ())


def test_a_missing_value_is_a_placeholder_and_is_listed_once_in_order():
    filled = fill(letter("{{ promise }} {{ name }} {{ promise }}", "{{ owner }}"), {"name": "Jo"})
    assert filled.subject == "[your name]"
    assert filled.body == "[what you promised] Jo [what you promised]"
    assert filled.missing == ("your name", "what you promised")


def test_an_empty_value_is_missing():
    assert fill(letter("{{ name }}"), {"name": ""}).missing == ("the name to greet with",)


def test_a_condition_alone_does_not_make_a_value_missing():
    text = "{% if service %}Yes {{ service }}{% else %}No{% endif %}"
    assert fill(letter(text), {}) == Filled("A subject", "No", ())
    assert fill(letter(text), {"service": "Yard"}).body == "Yes Yard"


def test_a_passage_left_out_leaves_one_empty_line():
    text = "One\n\n{% if service %}\nTwo\n\n{% endif %}\nThree\n"
    assert fill(letter(text), {}).body == "One\n\nThree"
    assert fill(letter(text), {"service": "Yard"}).body == "One\n\nTwo\n\nThree"


def test_what_is_allowed_beside_values():
    text = (
        "{% if name == 'Jo' and not client %}a{% elif client != 'X' %}b{% endif %}"
        "{{ name or 'friend' }}{{ 'c' if client }}{{ name | upper }}{# hidden #}"
        "{{ promise | upper }}{{ name | lower | capitalize }}{% raw %}{{ x }}{% endraw %}"
    )
    filled = fill(letter(text), {"name": "Jo"})
    assert filled.body == "aJoJO[what you promised]Jo{{ x }}"
    assert filled.missing == ("what you promised",)


@pytest.mark.parametrize(
    "value",
    [
        "{{ 7*7 }}",
        "{% for i in x %}",
        "<script>alert(1)</script>",
        "# heading *star* _line_ [link](javascript:x) `code` | pipe",
        "a\\b & c \"quoted\" 'so'",
        "[what you promised]",
    ],
)
def test_a_value_is_only_text(value):
    filled = fill(letter("<{{ client }}>", "{{ client }}"), {"client": value})
    assert (filled.subject, filled.body, filled.missing) == (value, f"<{value}>", ())


# The owner's own


@pytest.fixture
def own(tmp_path):
    """Writes a letter of the owner's and reads the library with it."""

    def write(text, name="mine.md", encoding="utf-8"):
        (tmp_path / name).write_bytes(text.encode(encoding))
        return library(tmp_path)

    return write


HEADER = "---\ntitle: Mine\nkind: growth\nwhen: Always.\nsubject: Hello {{ name }}\n---\n"


def test_a_new_letter_stands_beside_ours(own):
    found = own(HEADER + "Text for {{ name }}")
    assert found.problems == ()
    assert len(found.all) == len(OURS.all) + 1
    mine = Letter(
        "mine", "Mine", "growth", "Always.", "", "Hello {{ name }}", "Text for {{ name }}"
    )
    assert found.named("mine") == mine


def test_a_letter_of_the_same_name_replaces_ours(own):
    found = own("---\nsubject: Cheers\n---\nMine", "Thank-You.md")
    ours = OURS.named("thank-you")
    assert found.problems == ()
    assert len(found.all) == len(OURS.all)
    replaced = found.named("thank-you")
    assert (replaced.subject, replaced.body) == ("Cheers", "Mine")
    assert (replaced.title, replaced.kind, replaced.when) == (ours.title, ours.kind, ours.when)


def test_a_copy_of_a_first_letter_may_still_name_its_article(own):
    header = "---\ntitle: Sorry\narticle: 001: be accountable.\n---\n"
    found = own(header + "Dear {{ name }},\n\nmine", "apology.md")
    assert not found.problems
    assert found.named("apology").title == "Sorry"
    assert found.named("apology").advice == OURS.named("apology").advice


def test_a_replacement_needs_no_header(own):
    found = own("Dear {{ name }},\n\nmine", "apology.md")
    assert found.named("apology").body == "Dear {{ name }},\n\nmine"
    assert found.named("apology").subject == "I would like to put this right"


def test_line_ends_and_byte_order_mark_of_windows(own):
    found = own(HEADER.replace("\n", "\r\n") + "One\r\n\r\nTwo", encoding="utf-8-sig")
    assert fill(found.named("mine"), {}).body == "One\n\nTwo"


def test_other_files_are_passed_over(own, tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "folder.md").mkdir()
    assert own("About this folder", "README.md") == OURS


def test_without_the_folder_ours_are_used(tmp_path):
    found = library(tmp_path / "none")
    assert found.all == OURS.all
    (problem,) = found.problems
    assert problem == (
        f"There is no folder {tmp_path / 'none'} for letters of your own; make it, "
        "or take it out of the settings. Ours are used."
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("No header", 'its header says no title; write a line such as "title: Spring greeting"'),
        (HEADER.replace("kind: growth\n", "") + "x", "its header says no kind"),
        (HEADER.replace("growth", "sales") + "x", "its kind is 'sales'; write one of gratitude, "),
        (HEADER.replace("kind", "sort") + "x", "line 3 of its header is 'sort: growth'"),
        ("---\ntitle: Mine\n", "its header does not end"),
        (HEADER + " \n", "it has no text below its header"),
        (HEADER + "{{ servce }}", "servce, which is not known (is it service?)"),
        (HEADER.replace("{{ name }}", "{{ zzz }}") + "x", "the name zzz, which is not known;"),
        (HEADER + "{{ name", "cannot be read"),
        (HEADER + "{% if name %}", "cannot be read"),
        (HEADER + "é" * 4_000, "longer than 8,000 bytes"),
    ],
)
def test_a_broken_letter_is_one_plain_sentence(own, text, part):
    found = own(text)
    assert found.all == OURS.all
    (problem,) = found.problems
    assert problem.startswith("The letter mine.md cannot be used: ")
    assert part in problem
    assert problem.endswith(".")
    assert "\n" not in problem


def test_ours_stays_where_hers_is_broken(own):
    found = own("{{ nonsense }}", "apology.md")
    assert found.all == OURS.all
    assert found.problems[0].endswith(" Ours of that name is used instead.")


def test_a_letter_that_is_not_text(own):
    assert "not saved as UTF-8" in own(HEADER + "Zoë", encoding="utf-16").problems[0]


def test_a_name_that_cannot_be_a_name(own):
    assert (
        "name it, for example, spring-greeting.md" in own(HEADER + "x", "my letter.md").problems[0]
    )


def test_one_broken_letter_does_not_stop_another(own):
    own("{% for x in y %}", "bad.md")
    found = own(HEADER + "Good", "good.md")
    assert found.named("good").body == "Good"
    assert len(found.problems) == 1


HOSTILE = {
    "attributes": ("{{ name.__class__.__mro__[1] }}", "a part of a value"),
    "items": ("{{ name['__class__'] }}", "a part of a value"),
    "filter attribute": ("{{ name | attr('__class__') }}", "the filter attr"),
    "globals": ("{{ cycler.__init__.__globals__.os.system('x') }}", "a call"),
    "itself": ("{{ self }}", "a value of the name self"),
    "endless loop": ("{% for i in range(10**9) %}{{ name }}{% endfor %}", "a loop"),
    "range": ("{{ range(10**9) }}", "a call"),
    "times": ("{{ 'A' * 300000000 }}", "arithmetic"),
    "power": ("{{ 9**9**9**9 }}", "arithmetic"),
    "join": ("{{ name ~ name }}", "arithmetic"),
    "width": ("{{ name | center(1000000000) }}", "the filter center"),
    "format": ("{{ '%01000000000d' | format(1) }}", "the filter format"),
    "macro": ("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", "a macro"),
    "include": ("{% include '/etc/passwd' %}", "another file"),
    "import": ("{% import 'apology.md' as x %}", "another file"),
    "extends": ("{% extends 'apology.md' %}", "another file"),
    "set": ("{% set name = 'x' %}{{ name }}", "an assignment"),
    "block": ("{% block a %}{{ self.a() }}{% endblock %}", "a command that letters do not have"),
    "order": ("{{ name < client }}", "a comparison other than == and !="),
    "number": ("{{ 1e999 }}", "something other than text"),
    "huge number": ("{{ " + "9" * 5_000 + " }}", "cannot be read"),
    "brackets": ("{{ " + "(" * 3_500 + "name" + ")" * 3_500 + " }}", "cannot be read"),
    "nots": ("{{ " + "not " * 1_800 + "name }}", "cannot be read"),
    "ors": ("{{ name" + " or name" * 800 + " }}", "too many conditions"),
    "filters": ("{{ name" + "|upper" * 1_100 + " }}", "too many conditions"),
    "nested ifs": ("{% if name %}" * 30 + "{% endif %}" * 30, "too many conditions"),
    "deep ifs": ("{% if name %}" * 300 + "{% endif %}" * 300, "cannot be read"),
    "openings": ("{{" * 3_500, "cannot be read"),
    "comments": ("{#" * 3_500, "cannot be read"),
    "values": ("{{name}}" * 900, "it shows 900 values, and 100 are the most"),
    "gigabytes": ("A" * 10_000_000, "longer than 8,000 bytes"),
}


@pytest.mark.parametrize(("text", "part"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_letter_is_stopped_with_one_plain_sentence(own, text, part):
    began = time.process_time()
    found = own(HEADER + text)
    assert time.process_time() - began < 2
    assert found.all == OURS.all
    (problem,) = found.problems
    assert problem.startswith("The letter mine.md cannot be used: ")
    assert part in problem
    assert len(problem) < 400


@pytest.mark.parametrize(
    "text",
    [
        "{{ client }}" * 100,
        "{% if name %}x" + "{% elif name %}y" * 450 + "{% endif %}",
        "A" * 7_900,
    ],
    ids=["values", "elif", "text"],
)
def test_the_largest_letter_is_filled_soon_and_small(own, text):
    found = own(HEADER + text)
    assert found.problems == ()
    longest = dict.fromkeys(PLACEHOLDERS, "v" * LONGEST_VALUE)
    began = time.process_time()
    filled = fill(found.named("mine"), longest)
    fill(found.named("mine"), {})
    assert time.process_time() - began < 2
    assert len(filled.body) <= 8_000 + 100 * 300


# What a letter may know


def test_a_client_with_everything(book, settings):
    """
    # Business
    Setting             | Value
    Business name       | Thistle & Loom
    Owner               | Morag Adeyemi
    Currency            | GBP
    Working days        | Tue-Sat
    Opens               | 09:00
    Closes              | 17:30
    Preferred channels  | Email, WhatsApp, In person

    # Clients
    Client | Contact  | Preferred channel | Birthday
    Acme   | Zoë Lowe | Phone             | 25 November

    # Touchpoints
    Date       | Client | Activity | Topic     | Promise        | Promised for | Done on    | Signal
    2026-03-02 | Acme   | Meeting  | Terrace   | Send the plan  | 2026-03-09   |            |
    2026-03-10 | Acme   | Email    | Complains |                |              |            | complaint
    2026-04-01 | Acme   | Invoice  | Bill      | Ask the fencer | 2026-03-05   | 2026-03-05 |
    2026-07-14 | Acme   | Visit    | Look      |                |              |            |

    # Sales
    Date       | Client | Amount  | Service       | Invoice | Due on     | Paid on
    2025-01-31 | Acme   | 1200    | Concept       | 7       | 2025-02-14 | 2025-02-10
    2026-02-27 | Acme   | 2150.50 | Terrace       | 12      | 2026-03-13 |
    2026-03-01 | Acme   | -50     | Refund: pots  | 13      |            |
    """
    assert known(book, settings) == {
        "name": "Zoë",
        "client": "Acme",
        "contact": "Zoë Lowe",
        "first_name": "Zoë",
        "business": "Thistle & Loom",
        "owner": "Morag Adeyemi",
        "opening_days": "Tuesday to Saturday",
        "opening_hours": "9:00 to 17:30",
        "channels": "email, WhatsApp or in person",
        "preferred_channel": "phone",
        "service": "Terrace",
        "last_purchase": "27 February 2026",
        "first_purchase": "31 January 2025",
        "purchases": "two",
        "together": "about 17 months",  # 515 days
        "months_together": "17 months",  # June has no 31st: its last day is the seventeenth
        "anniversary": "31 January 2027",
        "anniversary_years": "two years",
        "birthday": "25 November",
        "last_contact": "10 March 2026",  # an invoice does not connect
        "silence": "about four months",  # 21 + 30 + 31 + 30 = 112 days
        "silence_days": "112 days",
        "last_meeting": "2 March 2026",
        "next_meeting": "14 July 2026",
        "topic": "Terrace",
        "promise": "Send the plan",
        "promised_for": "9 March 2026",
        "complaint_date": "10 March 2026",
        "complaint_topic": "Complains",
        "invoice": "12",
        "invoice_amount": "£2,150.50",
        "invoice_service": "Terrace",
        "invoice_due": "13 March 2026",
        "overdue_invoice": "12",
        "overdue_amount": "£2,150.50",
        "overdue_since": "13 March 2026",
        "overdue_days": "109 days",  # 18 + 30 + 31 + 30
    }


def acme(client=None, touchpoints=(), sales=(), as_of=AS_OF, **business):
    """The values of one client made of rows."""
    client = client or Client("Acme")
    book = Book(relationships([client], touchpoints, sales), Source("a.xlsx", "0" * 64))
    return known(book, Settings(**business), client.name, as_of)


def test_a_client_of_whom_nothing_is_known():
    assert acme() == {"name": "Acme", "client": "Acme"}


CALL = Activity("Call", "relationship building", "high", True, two_way=True)


def touch(day, **rest):
    return Touchpoint(dt.date.fromisoformat(day), "Acme", CALL, Row("Touchpoints", 2), **rest)


def sale(day, amount="100", row=2, **rest):
    dates = {
        key: dt.date.fromisoformat(rest.pop(key)) for key in ("due_on", "paid_on") if key in rest
    }
    return Sale(
        dt.date.fromisoformat(day), "Acme", Decimal(amount), Row("Sales", row), **dates, **rest
    )


@pytest.mark.parametrize(
    ("contact", "greeted", "first"),
    [
        ("Yvette Beaumont-Clarke", "Yvette", "Yvette"),
        ("Jo", "Jo", "Jo"),
        ("Dr Leila Haddad", "Dr Leila Haddad", None),
        ("Mx. Park", "Mx. Park", None),
        ("Lady T.", "Lady T.", None),
        ("Jo and Sam Crane", "Jo and Sam Crane", None),
        ("Jo & Sam", "Jo & Sam", None),
        ("Crane, Jo", "Crane, Jo", None),
        ("J. Crane", "J. Crane", None),
        ("Anders And", "Anders And", None),
        ("Sandy Band", "Sandy", "Sandy"),
        ("李小龍", "李小龍", "李小龍"),
        (None, "Acme", None),
    ],
)
def test_the_name_to_greet_with(contact, greeted, first):
    found = acme(Client("Acme", contact=contact))
    assert (found["name"], found.get("first_name")) == (greeted, first)


def test_our_default_hours_are_not_the_owners():
    assert not {"opening_days", "opening_hours", "channels"} & acme().keys()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("Mon-Fri", "Monday to Friday"),
        ("Mon, Wed, Fri", "Monday, Wednesday and Friday"),
        ("Tue, Wed", "Tuesday and Wednesday"),
        ("Sun", "Sunday"),
        ("Mon-Sun", "Monday to Sunday"),
        ("Fri-Mon", "Monday, Friday, Saturday and Sunday"),
    ],
)
def test_working_days_in_words(days, words):
    found = acme(working_days=days, origins={"working_days": "Business"})
    assert found["opening_days"] == words


@pytest.mark.parametrize(
    ("due", "paid", "overdue"),
    [
        ("2026-06-29", None, "one day"),
        ("2026-06-30", None, None),  # due on the day of the report
        ("2026-06-29", "2026-06-30", None),
        ("2026-06-29", "2026-07-01", "one day"),  # not paid yet on the day of the report
    ],
)
def test_an_invoice_is_overdue_after_its_day(due, paid, overdue):
    paid_on = {} if paid is None else {"paid_on": paid}
    found = acme(sales=[sale("2026-06-01", invoice="9", due_on=due, **paid_on)])
    assert found.get("overdue_days") == (overdue and "1 day")
    assert found.get("overdue_invoice") == (overdue and "9")
    assert found["invoice"] == "9"


def test_overdue_invoices_stand_together_the_oldest_first():
    found = acme(
        sales=[
            sale("2026-01-10", "300", invoice="A", due_on="2026-03-01"),
            sale("2026-02-10", "400", row=3, invoice="B", due_on="2026-02-20"),
            sale("2026-02-11", "-5", row=4, invoice="C", due_on="2026-02-12"),
        ]
    )
    assert (found["overdue_invoice"], found["overdue_amount"]) == (
        "B and invoice A",
        "700",
    )
    assert found["invoice"] == "B"


def test_the_invoice_of_a_planned_sale_is_not_sent_yet():
    assert "invoice" not in acme(sales=[sale("2026-07-01", invoice="X")])


@pytest.mark.parametrize(
    ("done", "open_"), [(None, True), ("2026-06-30", False), ("2026-07-01", True)]
)
def test_a_promise_is_open_until_it_is_done(done, open_):
    row = touch("2026-06-01", promise="Ring", done_on=done and dt.date.fromisoformat(done))
    assert acme(touchpoints=[row]).get("promise") == ("Ring" if open_ else None)


def test_the_promise_that_is_due_first():
    found = acme(
        touchpoints=[
            touch("2026-05-01", promise="Some day"),
            touch("2026-05-02", promise="Late", promised_for=dt.date(2026, 6, 20)),
            touch("2026-05-03", promise="Soon", promised_for=dt.date(2026, 6, 10)),
            touch("2026-05-04", promised_for=dt.date(2026, 6, 1)),
            touch("2026-07-01", promise="Planned", promised_for=dt.date(2026, 6, 2)),
        ]
    )
    assert (found["promise"], found["promised_for"]) == ("Soon", "10 June 2026")


@pytest.mark.parametrize(
    ("first", "as_of", "day", "years"),
    [
        ("2025-06-29", "2026-06-30", "29 June 2027", "two years"),
        ("2025-06-30", "2026-06-30", "30 June 2027", "two years"),  # today's has come
        ("2025-07-01", "2026-06-30", "1 July 2026", "one year"),
        ("2026-06-30", "2026-06-30", "30 June 2027", "one year"),
        ("2024-02-29", "2026-02-27", "28 February 2026", "two years"),
        ("2024-02-29", "2027-12-31", "29 February 2028", "four years"),
    ],
)
def test_the_next_anniversary(first, as_of, day, years):
    found = acme(sales=[sale(first)], as_of=dt.date.fromisoformat(as_of))
    assert (found["anniversary"], found["anniversary_years"]) == (day, years)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "one day"),
        (13, "13 days"),
        (14, "about two weeks"),
        (55, "about eight weeks"),
        (56, "about two months"),
        (345, "about 11 months"),
        (365, "about a year"),
        (396, "about 13 months"),
        (715, "about 23 months"),
        (730, "about two years"),
        (1_280, "about four years"),
    ],
)
def test_silence_in_words(days, words):
    last = AS_OF - dt.timedelta(days=days)
    assert acme(touchpoints=[touch(last.isoformat())])["silence"] == words


def test_no_silence_on_the_day_of_a_contact():
    found = acme(touchpoints=[touch("2026-06-30")])
    assert "silence" not in found
    assert found["last_contact"] == "30 June 2026"


def test_a_value_is_one_short_line():
    found = acme(
        Client("Acme", contact=" Zoë\r\n\tLowe\x00\x07 "),
        [touch("2026-06-01", promise="x" * 40_000)],
        owner="👩‍🌾\ud800",
    )
    assert found["contact"] == "Zoë Lowe"
    assert found["promise"] == "x" * 299 + "…"
    assert found["owner"] == "👩‍🌾"


# Every letter for every client of every sample

SAMPLES = ("interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy")
SAMPLE_DAY = dt.date(2026, 10, 31)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Sample:
    """A sample workbook with every letter filled for each of its clients."""

    def __init__(self, name):
        self.path = ROOT / "sample_data" / f"{name}.xlsx"
        report = sample_report(name)
        self.known = {client.name: values(client, report) for client in report.found.clients}
        self.filled = {
            client: {one.name: fill(one, found) for one in OURS.all}
            for client, found in self.known.items()
        }


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request):
    return Sample(request.param)


def test_every_letter_is_clean_and_short_for_every_client(sample):
    always = {PLACEHOLDERS[name] for name in ("name", "client", "business", "owner")}
    for client, of_client in sample.filled.items():
        own_names = (client, sample.known[client].get("contact", client))
        for filled in of_client.values():
            assert len(filled.subject) < 80
            assert len(filled.body) < 2_000
            assert set(filled.missing) <= set(PLACEHOLDERS.values()) - always
            assert all(f"[{one}]" in filled.subject + filled.body for one in filled.missing)
            text = f"{filled.subject}\n{filled.body}"
            for name in own_names:  # a client may well be called None
                text = text.replace(name, "")
            assert not re.search(r"\b(None|nan|NaT|n/a|null|Undefined|Decimal|datetime)\b", text)
    assert len(sample.filled) > 5


def rows(path, sheet):
    """The rows of a sheet as a plain reader sees them."""
    header, *rest = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return [dict(zip(header, row, strict=True)) for row in rest]


def in_words(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def plainly_read(path):
    """Client → value → what it may be, by a reading of the file that knows nothing of ours."""
    found = {row["Client"]: {} for row in rows(path, "Clients")}
    for row in rows(path, "Clients"):
        if row.get("Contact"):
            found[row["Client"]]["contact"] = {row["Contact"]}
    services, due, promises = {}, {}, {}
    for row in rows(path, "Sales"):
        if row["Date"] > SAMPLE_DAY:
            continue
        if row["Service"] and row["Amount"] >= 0:
            services.setdefault(row["Client"], []).append((row["Date"], row["Service"]))
        unpaid = row.get("Due on") and not (row["Paid on"] and row["Paid on"] <= SAMPLE_DAY)
        if unpaid and row["Due on"] < SAMPLE_DAY and row["Amount"] > 0:
            due.setdefault(row["Client"], []).append((row["Due on"], row["Invoice"]))
    for row in rows(path, "Touchpoints"):
        done = row["Done on"] and row["Done on"] <= SAMPLE_DAY
        if row["Promise"] and row["Date"] <= SAMPLE_DAY and not done:
            promises.setdefault(row["Client"], []).append((row["Promised for"], row["Promise"]))
    for client, dated in services.items():
        last = max(day for day, _ in dated)
        found[client]["service"] = {service for day, service in dated if day == last}
    for client, dated in due.items():
        first = min(day for day, _ in dated)
        found[client]["overdue_since"] = {in_words(first)}
        found[client]["overdue_invoice"] = {number for day, number in dated if day == first}
    for client, dated in promises.items():
        first = min(day for day, _ in dated)
        found[client]["promised_for"] = {in_words(first)}
        found[client]["promise"] = {promise for day, promise in dated if day == first}
    return found


MESSY = {
    "Acme Ldt": {},
    "Acme Ltd": {"contact": {"Jo Crane"}, "service": {"Yard"}},
    "Bramble Café": {"contact": {"Zoë Lowe"}, "service": {"Terrace"}},
    "Müller & Søn 🌷": {"contact": {"Anke Müller"}, "service": {"Boxes"}},
    "None": {"contact": {"Ed None"}},
    "Old Dairy Flats": {"contact": {"Sam Pike"}},
    "Priory Nursery": {"contact": {"Nia Rees"}, "service": {"Raised beds"}},
    "Thornbury Hall": {
        "contact": {"Lady T."},
        "service": {"Long border"},
        "promise": {"Ask the fencer"},
        "promised_for": {"19 June 2026"},
    },
}
"""Read by eye: euros, dollars, an unreadable amount and a done day of "yes" are not used."""

SHOWING = {
    "contact": None,
    "service": "thank-you",
    "overdue_invoice": "payment-reminder-1",
    "overdue_since": "payment-reminder-1",
    "promise": "promise-late",
    "promised_for": "promise-late",
}
"""Value → a letter that shows it."""


def test_no_placeholder_that_the_workbook_could_have_filled(sample):
    """What a plain reader of the file finds stands in the letters that speak of it."""
    expected = MESSY if sample.path.stem == "messy" else plainly_read(sample.path)
    assert set(expected) == set(sample.known)
    for client, of_client in expected.items():
        for value, shown_in in SHOWING.items():
            found = sample.known[client].get(value)
            assert found in of_client.get(value, {None}), (client, value)
            if found and shown_in:
                assert found in sample.filled[client][shown_in].body
        fillable = {PLACEHOLDERS[value] for value in of_client}
        for filled in sample.filled[client].values():
            assert not fillable & set(filled.missing)


def test_the_samples_have_something_to_fill():
    promises = sum(
        "promise" in of
        for of in plainly_read(ROOT / "sample_data" / "interior-designer.xlsx").values()
    )
    overdue = plainly_read(ROOT / "sample_data" / "virtual-assistant.xlsx").values()
    assert promises > 0
    assert any("overdue_invoice" in of_client for of_client in overdue)
