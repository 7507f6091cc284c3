"""The letter as prose: its headline and its paragraphs, in every case they know.

The red line is 10 days and the day 30 June 2026, unless a test says otherwise.
"""

import re
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
from reportgen.site.monthly.news import Late, News, NextToSlip, Silent, Trade, Turned, first_name, news
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
MANY = r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{2,}) (?:\w+ )?(?:client|message|day|minute)\b(?!’)"
EMPTY = (r"n/a", r"\bNone\b", r"\b0 of 0\b", r"£0\b", r"\{", r"  ", r" [.,;:]", r"\.\.", r"\bzero\b")


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
        if re.search(pattern, text):
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
    assert list(faults("One client waits. Two clients wait, 12 of 20. Nobody took one in the year.")) == []


def check(report):
    """The letter of a report, sound as prose."""
    top, text = said(report), told(report)
    assert len(top.split()) <= 25, top
    for one in (top, *text):
        assert list(faults(one)) == []
    for found in counts(report):
        words = f"{figure_words.of(found)}; {figure_words.change(found)}."
        assert list(faults(words)) == [], words
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
                Touchpoint(AS_OF - timedelta(days=100 if n % 7 == 0 else n % 50), name, call, Row("Touchpoints", n + 2))
                for n, name in enumerate(names)
            ],
            [Sale(AS_OF - timedelta(days=100), name, Decimal(10), Row("Sales", n + 2)) for n, name in enumerate(names)],
        ),
        source=Source("book.xlsx", "0" * 64),
    )
    top, text = check(make_report(book, Settings(business_model="product", currency="GBP"), AS_OF))
    assert "286 of your 2,000 running clients" in text[1]
    assert "The other 1,714 are above the red line" in text[2]
    assert len(" ".join(text).split()) < 100
    assert top.startswith("One mailing this week reaches 286 clients who brought £2,860 of the year’s £20,000")


# Headline


def test_headline_of_plans_only(report):
    """
    Date        Client
    2026-07-01  Acme
    2026-07-02  Acme
    """
    assert said(report) == "Nothing has happened up to 30 June 2026: two rows are dated later, as a plan."
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
    assert said(report) == "Record the first contact with a client, and this letter begins to speak."


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
    On 30 June Bell has been silent for 8 days; on 3 July it will be 11.

    Date        Client
    2026-06-25  Acme
    2026-06-22  Bell
    2026-06-23  Cole
    """
    assert said(report) == (
        "Nothing is due: all three running clients are above the red line. "
        "Bell would slip first, on 3 July."
    )
    check(report)


def test_headline_with_one_message_and_a_stake(report):
    """
    Acme has been silent for 29 days; Cole has lapsed.

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    £1,250
    2025-07-02  Bell    £80
    2025-01-01  Cole    £9,000

    # Touchpoints
    Date        Client
    2026-06-29  Bell
    """
    assert said(report) == "One message this week reaches Acme, who brought £1,250 of the year’s £1,330."


def test_headline_with_messages_to_all_who_brought_anything(report):
    """
    Acme is silent, Bell could have the survey.

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    £1,250
    2026-06-29  Bell    £80
    """
    assert said(report) == "Two messages this week reach clients who brought all of the year’s £1,330."


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
    2024-07-10  Acme    100

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
    2026-06-01  The very long name of a society for the friends of old and new letters and of long evenings in a garden
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
    busy = settings.layered({"red_line_days": 10, "relationship_minutes_per_week": 0}, {})
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
    from dataclasses import replace

    found = paragraphs(replace(QUIET, **facts))
    for one in found:
        assert list(faults(one)) == []
    return list(found)


def test_a_quiet_month_has_two_short_paragraphs():
    assert letter() == [
        "Ivy, June was a quiet month: eight of your eight running clients are above the red line.",
        "All eight running clients are above the red line; Bell would be the next to slip, on 14 July.",
    ]
