"""The letter as prose: its headline and its paragraphs, in every case they know.

The red line is 10 days and the day 30 June 2026, unless a test says otherwise.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sites import sample_report

from reportgen.model import Activity, Book, Client, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.report.plan.due import Cause
from reportgen.report.report import make_report
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings
from reportgen.site.monthly.counts import counts
from reportgen.site.monthly.news import (
    Late,
    News,
    NextToSlip,
    Silent,
    Trade,
    Turned,
    first_name,
    news,
)
from reportgen.site.monthly.stake import stake
from reportgen.site.prose.english import figures as figure_words
from reportgen.site.prose.english.headline import headline
from reportgen.site.prose.english.month import paragraphs

AS_OF = date(2026, 6, 30)
SAMPLES = ("interior-designer", "shoe-shop", "meal-box", "virtual-assistant", "messy")
LONGEST = 28
"""Words of a sentence in a paragraph; the headline has 25."""


@pytest.fixture
def report(book, settings):
    """The report on the docstring's book, with a red line of 10 days."""
    return make_report(book, settings.layered({"red_line_days": 10}, {}), AS_OF)


def said(report):
    """The headline."""
    return headline(stake(report))


def told(report):
    """The paragraphs."""
    return list(paragraphs(news(report)))


# What holds of every letter

NEGATIVE = r"\b(?:no|not|nobody|nothing|never|none|nor|without|un\w+less)\b"
ONES = r"\b(?:one|1) (?:clients|messages|mailings|invoices|names|rows|minutes|days|relationships)\b"
MANY = (
    r"\b(?i:two|three|four|five|six|seven|eight|nine|ten|\d{2,3}) "
    r"(?:\w+ )?(?:client|message|day|minute)\b"
)
EMPTY = (
    r"n/a",
    r"\bNone\b",
    r"\b0 of 0\b",
    r"£0\b",
    r"\{",
    r"  ",
    r" [.,;:]",
    r"\.\.",
    r"\bzero\b",
)


def faults(text):
    """What is wrong with a text as prose."""
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z0-9])", text)
    for sentence in sentences:
        if len(re.findall(NEGATIVE, sentence, re.IGNORECASE)) > 1:
            yield f"two negatives: {sentence}"
        if len(sentence.split()) > LONGEST:
            yield f"{len(sentence.split())} words: {sentence}"
    if not text.endswith("."):
        yield f"no stop: {text}"
    for pattern in (*EMPTY, ONES, MANY):
        if re.search(pattern, text, re.IGNORECASE if pattern == ONES else 0):
            yield f"{pattern}: {text}"


@pytest.mark.parametrize(
    "text",
    [
        "One clients wait.",
        "Two client wait.",
        "12 running client are above.",
        "Nobody does nothing.",
        "It costs £0 a year.",
        "0 of 0 came.",
        "It ends without a stop",
        "word " * 29 + ".",
    ],
)
def test_a_fault_of_prose_is_found(text):
    assert list(faults(text))


def test_good_prose_has_no_fault():
    assert (
        list(faults("One client waits. Two clients wait, 12 of 20. Nobody took one in the year."))
        == []
    )


def check(report):
    """The letter of a report, sound as prose."""
    top, text = said(report), told(report)
    assert len(top.split()) <= 25, top
    for one in (top, *text):
        assert list(faults(one)) == []
    for found in counts(report):
        for words in (figure_words.of(found), figure_words.change(found) or "Nothing to compare"):
            assert list(faults(f"{words}.")) == []
        assert found.dots
    return top, text


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("edition", ["owner", "coach"])
def test_the_samples_letters_are_sound(sample, edition):
    top, text = check(sample_report(sample, edition))
    assert "week" in top
    assert len(text) == 3


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_coach_is_given_no_sum_and_no_name_of_hers(sample):
    text = " ".join(told(sample_report(sample, "coach")))
    owner = sample_report(sample).settings.owner.split()[0]
    assert owner in told(sample_report(sample))[0]
    assert owner not in text
    assert " for " not in re.sub("for (so long|longer|the first|a |an |what)", "", text)


def test_of_two_thousand_clients_the_letter_is_as_short():
    """Every seventh has been silent for 100 days; nobody is named but the next to slip."""
    call = Activity("Call", "relationship building", "high", connects=True)
    names = [f"Client {n:04}" for n in range(2000)]
    book = Book(
        relationships=relationships(
            [Client(name) for name in names],
            [
                Touchpoint(
                    AS_OF - timedelta(days=100 if n % 7 == 0 else n % 50),
                    name,
                    call,
                    Row("Touchpoints", n + 2),
                )
                for n, name in enumerate(names)
            ],
            [
                Sale(AS_OF - timedelta(days=100), name, Decimal(10), Row("Sales", n + 2))
                for n, name in enumerate(names)
            ],
        ),
        source=Source("book.xlsx", "0" * 64),
    )
    top, text = check(make_report(book, Settings(business_model="product", currency="GBP"), AS_OF))
    assert "286 of your 2,000 running clients" in text[1]
    assert "The other 1,714 are above the red line" in text[2]
    assert len(" ".join(text).split()) < 100
    assert re.fullmatch(r"(One mailing|Two mailings) this week .* of the year’s £20,000\.", top)


# Headline


def test_headline_of_plans_only(report):
    """
    Date        Client
    2026-07-01  Acme
    2026-07-02  Acme
    """
    assert (
        said(report)
        == "Nothing has happened up to 30 June 2026: two rows are dated later, as a plan."
    )
    assert told(report) == []


def test_headline_of_a_list_of_clients_alone():
    rows = [["Client", "E-mail"], ["Acme", "a@acme.example"], ["Bell", "b@bell.example"]]
    book, settings = book_of([Grid("Clients", rows)], DEFAULTS, Source("a.xlsx", ""))
    report = make_report(book, settings, AS_OF)
    assert said(report) == (
        "Two names wait for a first contact: record it, and this letter begins to speak."
    )
    assert told(report) == []


def test_headline_without_any_contact(report):
    """
    An invoice is no contact that the client feels.

    Date        Client  Activity
    2026-06-29  Acme    Invoice
    """
    assert (
        said(report) == "Record the first contact with a client, and this letter begins to speak."
    )


def test_headline_of_one_lapsed_relationship(report):
    """
    Date        Client
    2025-07-01  Acme
    """
    assert said(report) == (
        "Your one relationship has lapsed or ended: the last contact is too long ago."
    )


def test_headline_when_all_have_lapsed(report):
    """
    Date        Client
    2025-07-01  Acme
    2025-07-01  Bell
    2025-07-01  Cole
    """
    assert said(report) == "All three relationships have lapsed or ended: choose one to win back."


def test_headline_of_one_in_touch(report):
    """
    Date        Client
    2026-06-30  Acme
    """
    assert said(report) == "Nothing is due; Acme would slip below the red line on 11 July."


def test_headline_when_all_are_above(report):
    """
    On 30 June Bell has been silent for 5 days; on 6 July it will be 11.

    Date        Client
    2026-06-26  Acme
    2026-06-25  Bell
    2026-06-27  Cole
    """
    assert said(report) == (
        "Nothing is due: all three running clients are above the red line. "
        "Bell would slip first, on 6 July."
    )
    check(report)


def test_headline_with_one_message_and_a_stake(report):
    """
    Acme has been silent for 29 days; Bell has had her survey, and Cole has lapsed.

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    £1,250
    2026-06-25  Bell    £80
    2025-01-01  Cole    £9,000

    # Touchpoints
    Date        Client  Activity
    2026-06-29  Bell    Survey
    """
    assert (
        said(report)
        == "One message this week reaches Acme, who brought £1,250 of the year’s £1,330."
    )


def test_headline_with_messages_to_all_who_brought_anything(report):
    """
    Acme is silent, Bell could have the survey.

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    £1,250
    2026-06-29  Bell    £80
    """
    assert (
        said(report) == "Two messages this week reach clients who brought all of the year’s £1,330."
    )


def test_headline_without_sales(report):
    """
    Date        Client
    2026-06-01  Acme
    2026-06-02  Bell
    2026-06-29  Cole
    2026-06-29  Dunn
    """
    assert said(report) == "Two messages this week end long silences; begin with Acme."


def test_headline_of_one_silence_without_sales(report):
    """
    Date        Client
    2026-06-01  acme gmbh
    """
    assert said(report) == "One message this week ends a long silence: write to acme gmbh."


def test_headline_of_one_promise_without_sales(report):
    """
    Date        Client  Promise  Promised for
    2026-06-25  Acme    a quote  2026-06-28
    """
    assert said(report) == "One message this week is due: it goes to Acme."


def test_headline_of_a_week_that_is_free(report):
    """
    A birthday on 25 July is a Saturday: the greeting goes out on the 24th.

    Date        Client
    2026-06-29  Acme

    # Sales
    Date        Client  Amount
    2024-01-10  Acme    100

    # Clients
    Client  Birthday
    Acme    1980-07-25
    """
    assert "2026-07-24" in {str(one.day) for one in report.plan.actions}
    assert said(report) == (
        "This week is free; the first message of the month goes to Acme, on 24 July."
    )


def test_headline_of_a_very_long_name_has_its_beginning(report):
    """
    Date        Client
    2026-06-01  The very long name of a society for friends of old letters and long evenings
    """
    assert said(report) == (
        "One message this week ends a long silence: write to The very long name of a …."
    )
    check(report)


def test_headline_when_the_plan_has_no_room(book, settings):
    """
    Date        Client
    2026-06-01  Acme
    2026-06-29  Bell
    """
    busy = settings.layered({"red_line_days": 10, "relationship_minutes_per_week": 1}, {})
    report = make_report(book, busy, AS_OF)
    assert report.plan.tasks == ()
    assert said(report) == (
        "One of your 2 running clients is below the red line; the plan has no room for it."
    )


# Paragraphs, from facts by hand

QUIET = News(
    owner="Ivy",
    as_of=AS_OF,
    month_is_over=True,
    currency="GBP",
    is_shop=False,
    pays_by_the_month=False,
    hears=True,
    running=8,
    turned={},
    trade=Trade((), Decimal()),
    silent=Silent((), None, 0, 0, 0),
    next_to_slip=NextToSlip("Bell", date(2026, 7, 14)),
    owed={},
    maybe_done=0,
    takers=(),
    evenings=None,
    late=None,
)


def letter(**facts):
    """The paragraphs of a quiet month with some facts of its own, sound as prose."""
    found = paragraphs(replace(QUIET, **facts))
    for one in found:
        assert list(faults(one)) == []
    return list(found)


def test_a_quiet_month_has_two_short_paragraphs():
    assert letter() == [
        "Ivy, June was a quiet month.",
        "All eight running clients are above the red line; "
        "Bell would be the next to slip, on 14 July.",
    ]


def test_without_her_name_it_begins_with_the_month():
    assert letter(owner="")[0] == "June was a quiet month."


def test_a_month_that_is_not_over_is_so_far():
    assert letter(month_is_over=False)[0] == "Ivy, June so far was a quiet month."


@pytest.mark.parametrize(
    ("owner", "first"),
    [
        ("Morag Adeyemi", "Morag"),
        ("Dr Leila Haddad", "Dr Leila Haddad"),
        ("Mrs. Bassett", "Mrs. Bassett"),
        ("  ", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_her_first_name(owner, first):
    assert first_name(owner) == first


@pytest.mark.parametrize(
    ("kind", "one", "several"),
    [
        (Turned.FIRST, "Acme bought for the first time", "three clients bought for the first time"),
        (Turned.SECOND, "Acme bought a second time", "three clients bought a second time"),
        (Turned.AGAIN, "Acme bought again", "three clients bought again"),
        (Turned.NEW, "Acme is new", "three clients are new"),
        (
            Turned.WON_BACK,
            "Acme came back after a long silence",
            "three clients came back after a long silence",
        ),
        (
            Turned.BACK,
            "Acme is back above the red line",
            "three clients are back above the red line",
        ),
        (Turned.CLOSER, "Acme grew closer to you", "three clients grew closer to you"),
    ],
)
def test_each_kind_of_good_news(kind, one, several):
    for names, words in ((["Acme"], one), (["Acme", "Bell", "Cole"], several)):
        first = letter(turned={kind: names})[0]
        assert first.startswith("Ivy, June was a month of ")
        assert first.endswith(f": {words}.")


def test_most_of_the_news_gives_the_month_its_name_and_comes_first():
    """Two old friends and one beginning; Acme, who bought a second time, is told once."""
    turned = {
        Turned.FIRST: ["Cole"],
        Turned.SECOND: ["Acme"],
        Turned.BACK: ["Acme", "Bell"],
    }
    assert letter(turned=turned)[0] == (
        "Ivy, June was a month of old friends: Acme bought a second time, "
        "Bell is back above the red line, and Cole bought for the first time."
    )


def test_what_was_bought():
    four = Trade(("A", "B", "C", "D"), Decimal(8260))
    assert letter(trade=four)[0] == "Ivy, June brought £8,260 from four clients."
    one = Trade(("Acme",), Decimal(80))
    assert letter(trade=one)[0] == "Ivy, June brought £80 from Acme."
    new = {Turned.NEW: ["Egan"]}
    assert letter(trade=four, turned=new)[0].endswith("Four clients bought, for £8,260 in all.")
    assert letter(trade=one, turned=new)[0].endswith("One client bought, for £80.")
    paid = letter(trade=four, turned=new, pays_by_the_month=True)[0]
    assert paid.endswith("Four clients paid £8,260 in all.")
    assert letter(trade=Trade(("A", "B"), None), turned=new)[0].endswith("Two clients bought.")


def silent(number, days=60, before=0, work=0, after=0):
    names = tuple(f"Client {chr(65 + at)}" for at in range(number))
    return Silent(names, days, before, work, after)


@pytest.mark.parametrize(
    ("running", "found", "expected"),
    [
        (
            1,
            silent(1, 30),
            "Your one running client has waited for a word from you for longer than 30 days.",
        ),
        (
            8,
            silent(1, after=1),
            "Client A has waited for a word from you for longer than 60 days, "
            "alone among your eight running clients.",
        ),
        (
            8,
            silent(3, after=2, before=1),
            "Three of your eight running clients have waited for a word from you for longer than 60 days, "
            "two of them since the work was done.",
        ),
        (
            8,
            silent(3, after=3),
            "Three of your eight running clients have waited for a word from you for longer than 60 days, "
            "all of them since the work was done.",
        ),
        (
            8,
            silent(3, after=1, before=2),
            "Three of your eight running clients have waited for a word from you for longer than 60 days, "
            "two of them before there was a sale.",
        ),
        (
            8,
            silent(4, None, after=2, before=2),
            "Four of your eight running clients have waited for a word from you "
            "for longer than they accept.",
        ),
        (
            2,
            silent(2),
            "Both running clients have waited for a word from you for longer than 60 days.",
        ),
        (
            12,
            silent(12),
            "All 12 running clients have waited for a word from you for longer than 60 days.",
        ),
    ],
)
def test_silence(running, found, expected):
    slip = None if len(found.names) == running else QUIET.next_to_slip
    assert letter(running=running, silent=found, next_to_slip=slip)[1].startswith(expected)


def test_a_shop_hands_nothing_over_and_a_book_of_sales_speaks_of_buying():
    found = silent(3, after=3)
    shop = "Three of your eight running clients have waited for a word from you for longer than 60 days."
    assert letter(silent=found, is_shop=True)[1] == shop
    sales = "Three of your eight running clients have bought nothing for longer than 60 days."
    assert letter(silent=found, hears=False)[1] == sales


def test_who_has_gone():
    gone = {Turned.LAPSED: ["acme"], Turned.ENDED: ["Bell", "Cole"]}
    assert letter(turned=gone)[1] == (
        "acme has been silent for so long that it no longer counts as running. Bell and Cole left you."
    )
    gone = {Turned.LAPSED: ["A", "B", "C"], Turned.ENDED: ["D", "E", "F"]}
    assert letter(turned=gone)[1] == (
        "Three clients have been silent for so long that they no longer count as running. "
        "Three clients left you."
    )


def test_who_waits():
    owed = {
        Cause.ANSWER: ["Dunn", "Egan", "Finn"],
        Cause.PROMISE: ["Bell", "Cole"],
        Cause.COMPLAINT: ["acme"],
    }
    assert letter(owed=owed)[1] == (
        "acme waits for a complaint to be put right, Bell and Cole wait for what you promised, "
        "and three clients wait for an answer."
    )
    assert (
        letter(owed={Cause.ANSWER: ["Dunn", "Egan", "Finn"]})[1]
        == "Three clients wait for an answer."
    )


def test_who_takes_the_evenings_and_who_is_late_in_paying():
    assert letter(takers=("Acme",), evenings=300, late=Late(("Acme",), 1, Decimal(927)))[1] == (
        "Acme took more of your evenings, or of your work, than was agreed. "
        "One invoice is late: £927 from Acme."
    )
    late = Late(("Acme", "Bell"), 3, Decimal(1200))
    assert letter(late=late)[1] == "Three invoices are late: £1,200 from Acme and Bell."


def test_what_need_not_worry_her():
    calm = letter(
        running=2,
        silent=silent(1),
        evenings=10,
        late=Late((), 0, Decimal()),
        maybe_done=2,
    )[2]
    assert calm == (
        "Bell is above the red line, and without another contact slips on 14 July. "
        "Your evenings are yours: ten minutes in the year. Every invoice that is due has been paid. "
        "Two old matters ask only whether they were done."
    )
    assert "nobody took one in the year" in letter(evenings=0)[1]
    assert "yours: one minute in the year" in letter(evenings=1)[1]
    assert "yours: 1 h 40 min in the year" in letter(evenings=100)[1]
    assert "One old matter asks only whether it was done." in letter(maybe_done=1)[1]


def test_the_day_of_another_year_has_its_year():
    slip = NextToSlip("Bell", date(2027, 1, 4))
    assert letter(next_to_slip=slip)[1].endswith(
        "Bell would be the next to slip, on 4 January 2027."
    )


# Small books from end to end


def test_nothing_but_touchpoints(report):
    """
    Bell is silent for 28 days, 18 over.

    Date        Client  Activity
    2026-06-26  Acme    Call
    2026-06-02  Bell    Call
    2026-05-30  Bell    Call
    2026-06-29  Cole    Email
    """
    top, text = check(report)
    assert top == "One message this week ends a long silence: write to Bell."
    assert text == [
        "June was a month of new beginnings: Acme and Cole are new.",
        "Bell has waited for a word from you for longer than 10 days, "
        "alone among your three running clients.",
        "The other two are above the red line; Acme would be the next to slip, on 7 July.",
    ]


def test_nothing_but_sales(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-03-02  Acme    100
    2026-03-02  Bell    250.50
    2025-02-02  Cole    250.50
    """
    _, text = check(make_report(book, settings, AS_OF))
    assert text == [
        "June was a month of old friends: Acme bought a second time. One client bought, for 100.",
        "Bell has bought nothing for longer than 60 days, alone among your two running clients.",
        "Acme is above the red line, and without another contact slips on 1 August.",
    ]


def test_one_client(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-06-01  Acme    Call      30

    # Sales
    Date        Client  Amount
    2026-06-15  Acme    100
    """
    top, text = check(make_report(book, settings, AS_OF))
    assert top == "One message this week reaches Acme, who brought all of the year’s 100."
    assert text == [
        "June was a month of new beginnings: Acme is new. One client bought, for 100.",
        "Your one running client is above the red line, and without another contact slips on 15 August.",
    ]


def test_what_a_promise_and_a_complaint_do_to_the_letter(report):
    """
    Date        Client  Promise  Promised for  Signal
    2026-06-25  Acme    a quote  2026-06-27
    2026-06-26  Bell                           complaint
    2026-01-26  Bell    a plan   2026-02-27
    """
    _, text = check(report)
    assert text[1].endswith(
        "Bell waits for a complaint to be put right, and Acme waits for what you promised."
    )
    assert text[2].endswith("One old matter asks only whether it was done.")
