"""The page of one client: its two sentences, what stands beside them, what happened, and its neighbours.

The red line is 10 days and the day 30 June 2026, unless a test says otherwise.
"""

import re
from datetime import date

import pytest
from conftest import docstring_grids
from sites import sample_report

from reportgen.editions.policy import PARTS_OF_PAGES, sees
from reportgen.editions.redact import redact
from reportgen.letters.library import library
from reportgen.model import Source
from reportgen.reading.book import book_of
from reportgen.report.report import make_report
from reportgen.settings.configuration import DEFAULTS
from reportgen.site.client_beside import lines, who
from reportgen.site.client_opening import sentences
from reportgen.site.client_records import stream
from reportgen.site.files import pages, pages_of
from reportgen.site.pages import client
from reportgen.site.prose.english.channels import preferring
from reportgen.site.shared import Site

AS_OF = date(2026, 6, 30)
SAMPLES = ("interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy")


def written(tables):
    """The book and the settings that tables say, as a docstring's would."""
    return book_of(docstring_grids(tables), DEFAULTS, Source("docstring.xlsx", "0" * 64))


def site_of(report):
    """What the pages of the report's edition share."""
    edition = report.edition
    parts = [part for part in PARTS_OF_PAGES if edition in sees(part)]
    allowed = frozenset((*(page.name for page in pages_of(edition)), *parts))
    return Site(report, library(None), allowed, [])


@pytest.fixture
def site(book, settings):
    """Of the docstring's book, with a red line of 10 days."""
    return site_of(make_report(book, settings.layered({"red_line_days": 10}, {}), AS_OF))


def said(site, name="Acme"):
    return sentences(site, site.by_name[name])


# The first sentence -------------------------------------------------------------------------------


def test_never_in_contact(site):
    """
    # Clients
    Client
    Acme
    """
    assert said(site) == ("There has been no contact yet.",)


def test_ended(site):
    """
    Date        Client
    2026-05-01  Acme

    # Clients
    Client  Ended on
    Acme    2026-06-01
    """
    assert said(site)[0] == "Ended on 1 June 2026; the last contact was on 1 May 2026."


def test_lapsed(site):
    """
    Forty-one days after 20 May 2026 is 30 June.

    Date        Client
    2026-05-20  Acme
    """
    assert said(site)[0] == "Lapsed: silent since 20 May 2026, 41 days, with nothing running."


def test_below_the_line(site):
    """
    Date        Client
    2026-06-16  Acme

    # Clients
    Client  Contact
    Acme    Ann Lee
    """
    assert said(site)[0] == (
        "You have not been in touch with Ann since 16 June: 14 days, where 10 are accepted."
    )


def test_a_word_is_due(site):
    """
    Ten days after 24 June is 4 July: until then the silence is accepted.

    Date        Client
    2026-06-24  Acme
    """
    assert said(site)[0] == (
        "Last in touch on 24 June; write by 4 July, before the 10 days that they accept are over."
    )


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2026-06-30", "In touch today, and nothing is owed."),
        ("2026-06-29", "In touch on 29 June, 1 day ago, and nothing is owed."),
        ("2026-06-26", "In touch on 26 June, 4 days ago, and nothing is owed."),
    ],
)
def test_in_touch(when, sentence):
    book, settings = written(f"Date        Client\n{when}  Acme")
    report = make_report(book, settings.layered({"red_line_days": 10}, {}), AS_OF)
    assert said(site_of(report))[0] == sentence


def test_another_year_is_named(site):
    """
    With a red line of 400 days of their own.

    Date        Client
    2025-12-31  Acme

    # Clients
    Client  Red line (days)
    Acme    400
    """
    assert said(site)[0] == "In touch on 31 December 2025, 181 days ago, and nothing is owed."


def test_a_promise_is_owed(site):
    """
    Date        Client  Promised for  Direction
    2026-06-10  Acme    2026-06-12    out
    2026-06-28  Acme                  out
    """
    assert said(site)[0] == (
        "You owe them what you promised for 12 June; you were last in touch on 28 June."
    )


def test_a_promise_is_owed_and_the_silence_is_too_long(site):
    """
    Date        Client  Promised for  Direction
    2026-06-10  Acme    2026-06-12    out
    2026-06-11  Acme    2026-06-13    out
    """
    assert said(site)[0] == (
        "You owe them two things you promised, and have not been in touch since 11 June, 9 days too long."
    )


def test_an_answer_and_a_complaint_are_owed(site):
    """
    Date        Client  Direction  Signal
    2026-06-27  Acme    in         complaint
    2026-06-29  Acme    in
    """
    assert said(site)[0] == (
        "You owe them an answer to a complaint of 27 June and an answer since 29 June, when you were "
        "last in touch."
    )


def test_what_is_very_old_may_have_been_done(site):
    """
    Date        Client  Promised for  Direction
    2026-01-10  Acme    2026-01-12    out
    2026-06-28  Acme                  out
    """
    assert said(site)[0] == (
        "You may still owe them what you promised for 12 January; you were last in touch on 28 June."
    )


def test_they_owe_money(site):
    """
    # Sales
    Date        Client  Amount  Due
    2026-06-28  Acme    100     2026-06-29

    # Business
    Currency  GBP
    """
    assert said(site)[0] == "In touch on 28 June, 2 days ago; £100 has been overdue since 29 June."


# The second ---------------------------------------------------------------------------------------


def test_a_prospect(site):
    """
    Date        Client  Minutes
    2026-06-28  Acme    25

    # Sales
    Date        Client  Amount
    2026-07-29  Acme    100
    """
    assert said(site)[1] == (
        "Nothing bought yet after 25 minutes: the stage of courting; for contract it takes a first "
        "purchase."
    )


def test_a_project(site):
    """
    Date        Client  Minutes
    2026-06-28  Acme    100

    # Sales
    Date        Client  Amount
    2026-06-27  Acme    1250

    # Business
    Business model  consultancy
    Currency        GBP
    """
    assert said(site)[1] == (
        "One project, £1,250 and 2 hours: the stage of contract; for continuation it takes a second "
        "project."
    )


def test_more_needs_than_a_sentence_holds(site):
    """
    Commitment lacks purchases, time, fewer days below the line and a plan.

    Date        Client  Minutes
    2026-06-28  Acme    100

    # Sales
    Date        Client  Amount
    2026-03-27  Acme    1250
    2026-04-27  Acme    1250

    # Business
    Business model  product
    Currency        GBP
    """
    assert said(site)[1] == (
        "Two purchase days, £2,500 and 2 hours: the stage of continuation; for commitment it takes "
        "purchases on 2 more days, time, less silence and more."
    )


def test_without_sales_the_stage_is_not_known(site):
    """
    Date        Client  Minutes
    2026-06-28  Acme    100
    """
    assert said(site)[1] == "2 hours so far; record sales to know the stage."


def test_gone_with_what_there_was(site):
    """
    # Sales
    Date        Client  Amount
    2025-03-27  Acme    1250

    # Business
    Business model  product
    """
    assert said(site)[1] == "One purchase day and 1,250, the last on 27 March 2025."


@pytest.mark.parametrize("edition", ["owner", "coach", "accountant"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sentence_of_a_sample_has_at_most_25_words(sample, edition):
    site = site_of(sample_report(sample, edition))
    assert site.clients
    for view in site.clients:
        for one in sentences(site, view):
            assert len(one.split()) <= 25, one
            assert one.endswith(".")
            assert "n/a" not in one


# Beside it ----------------------------------------------------------------------------------------


def beside(site, name="Acme"):
    """The label and the figure of each line, with its change where it has one."""
    return [
        (one.label, one.figure, *([one.change] if one.change else []))
        for one in lines(site, site.by_name[name])
    ]


def test_silence_promises_and_what_is_left(site):
    """
    Of three promises one is kept in time, one late, one never: 400 less 2 hours at 60 are 280. A month
    before, on 31 May, 400 less one hour were left.

    Date        Client  Minutes  Promised for  Done on     Direction
    2026-05-10  Acme    60       2026-05-12    2026-05-11  out
    2026-06-10  Acme    60       2026-06-12    2026-06-13  out
    2026-06-16  Acme    0        2026-06-18                out

    # Sales
    Date        Client  Amount
    2026-05-11  Acme    400

    # Business
    Currency     GBP
    Hourly rate  60
    """
    assert beside(site) == [
        ("Silence", "4 over"),
        ("Promises", "1 of 3 kept", "two more broken than a month ago: worse"),
        ("Left for you", "£280", "£60 less than a month ago: worse"),
    ]
    (promises,) = (one for one in lines(site, site.by_name["Acme"]) if one.dots)
    assert promises.dots == ("kept", "broken", "broken")


def test_slipping_below_the_line_is_news(site):
    """
    Above it on 31 May, which is 5 days after the 26th.

    Date        Client
    2026-05-26  Acme
    2026-06-16  Bell
    2026-05-27  Bell
    """
    assert beside(site, "Bell") == [
        ("Silence", "4 over", "slipped below the red line since 31 May 2026: worse")
    ]


def test_days_left_and_time(site):
    """
    Date        Client  Minutes
    2026-06-24  Acme    90
    """
    assert beside(site) == [("Silence", "4 days left"), ("Your time", "1 h 30 min")]


def test_how_to_reach_them(site):
    """
    # Clients
    Client|Contact|E-mail|Phone|Preferred channel
    Acme|Ann Lee|ann@lee.example|+44 (0)20 7946 0000|Phone
    Bell||||
    """
    found = who(site.by_name["Acme"])
    assert (found.contact, found.prefers) == ("Ann Lee", "prefers phone")
    assert [(one.text, one.address) for one in found.ways] == [
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("ann@lee.example", "mailto:ann@lee.example"),
    ]
    assert who(site.by_name["Bell"]) is None


# What happened ------------------------------------------------------------------------------------


def test_one_stream_latest_first(site):
    """
    Date        Client  Activity      Minutes  Channel  Direction  Promise    Promised for  Done on
    2026-06-01  Acme    Call          30       Phone    both       the quote  2026-06-05    2026-06-04
    2026-06-02  Acme    Project work  90
    2026-06-03  Acme    Email                  Email    in
    2026-07-03  Acme    Visit

    # Sales
    Date        Client  Amount  Service  Due
    2026-06-02  Acme    120     Advice   2026-06-20

    # Feedback
    Date        Client  Kind    Score  Out of
    2026-06-03  Acme    survey  9      10

    # Ratings
    Date        Client  Care  Communication
    2026-06-06  Acme    7     5.5
    """
    found = stream(site, site.by_name["Acme"])
    assert [(one.day, one.what, one.row) for one in found.latest] == [
        ("6 Jun 2026", "Rated · care 7, communication 5.5", "row 2 of Ratings"),
        ("4 Jun 2026", "Promise kept: the quote", "row 2 of Touchpoints"),
        ("3 Jun 2026", "Survey · 9 of 10", "row 2 of Feedback"),
        ("3 Jun 2026", "Email · from them", "row 4 of Touchpoints"),
        ("2 Jun 2026", "Sale · 120.00", "row 2 of Sales"),
        ("2 Jun 2026", "Project work · 1 h 30 min · behind the scenes", "row 3 of Touchpoints"),
        ("1 Jun 2026", "Call · Phone · 30 min", "row 2 of Touchpoints"),
    ]
    assert found.latest[-1].about == "Promised for 5 Jun 2026: the quote"
    sale = found.latest[4]
    assert (sale.about, sale.tag, sale.is_alarm) == ("Advice", "10 days overdue", True)
    assert [(one.day, one.what) for one in found.planned] == [("3 Jul 2026", "Visit")]
    assert found.earlier == ()


def test_what_is_open_stands_out(site):
    """
    Date        Client  Promised for  Signal      Resolved on
    2026-06-01  Acme    2026-06-05
    2026-06-02  Acme                  complaint
    2026-06-03  Acme                  complaint   2026-06-04
    2026-06-05  Acme    2026-06-30
    """
    found = stream(site, site.by_name["Acme"]).latest
    assert [(one.what, one.tag, one.is_alarm) for one in found] == [
        ("Contact", "", False),
        ("Complaint put right", "", False),
        ("Contact", "complaint", False),
        ("Contact", "complaint, still open", True),
        ("Contact", "still open", True),
    ]


@pytest.mark.parametrize(
    ("contacts", "latest", "earlier", "unfolds"),
    [(10, 10, 0, "All 10"), (11, 10, 1, "All 11"), (103, 10, 90, "90 earlier; 3 more")],
)
def test_ten_and_then_more(contacts, latest, earlier, unfolds):
    rows = "\n".join(f"2026-06-{1 + at % 28:02}  Acme" for at in range(contacts))
    book, settings = written(f"Date        Client\n{rows}")
    site = site_of(make_report(book, settings, AS_OF))
    found = stream(site, site.by_name["Acme"])
    assert (len(found.latest), len(found.earlier)) == (latest, earlier)
    assert found.all.startswith(unfolds)


# Neighbours ---------------------------------------------------------------------------------------


BOOK = """
    Date        Client
    2026-06-29  Acme
    2026-06-29  Bell
    2026-06-16  Cole
    2025-06-16  Dunn
    2026-06-16  Ewer

    # Sales
    Date        Client  Amount
    2026-06-01  Bell    300
    2026-06-01  Acme    100

    # Clients
    Client|Ended on|Notes
    Ewer|2026-06-20|
    Acme||Likes the green one
"""


def test_the_running_by_what_is_at_stake_then_the_lapsed_then_the_ended():
    """Cole is below the line; of the others Bell bought most."""
    book, settings = written(BOOK)
    site = site_of(make_report(book, settings.layered({"red_line_days": 10}, {}), AS_OF))
    names = ["Cole", "Bell", "Acme", "Dunn", "Ewer"]
    assert [site.places[name].said for name in names] == [
        *(f"{at} of 3 by what is at stake" for at in (1, 2, 3)),
        "1 of 1 lapsed",
        "1 of 1 ended",
    ]
    befores = [site.places[name].before for name in names]
    afters = [site.places[name].after for name in names]
    assert [one and one.text for one in befores] == [None, *names[:-1]]
    assert [one and one.text for one in afters] == [*names[1:], None]


def test_an_accountant_is_told_nothing_of_silence_and_nobody_else_her_notes():
    book, settings = written(BOOK)
    for edition, places, notes in (
        ("owner", {"at stake", "lapsed", "ended"}, ["Likes the green one"]),
        ("coach", {"at stake", "lapsed", "ended"}, []),
        ("accountant", {"12 months"}, []),
    ):
        site = site_of(make_report(*redact(book, settings, edition, "a secret"), AS_OF))
        orders = " ".join(one.said for one in site.places.values())
        assert {*re.findall("at stake|12 months|lapsed|ended", orders)} == places
        shown = [client.content(site, view) for view in site.clients]
        assert [page.notes for page in shown if page.notes] == notes
        assert all((page.picture is None) == (edition == "accountant") for page in shown)


# The whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES)
def test_nobody_has_two_messages_and_whoever_has_none_is_told_so(sample):
    site = site_of(sample_report(sample))
    for view in site.clients:
        page = client.content(site, view)
        assert not (page.due and page.mailing)
        assert page.sees_plan or not page.due


def test_what_is_read_has_no_row_of_nothing():
    """But in the folds, where it says what would make it known."""
    made = {page.path: page for page in pages(sample_report("interior-designer"))}
    for path, page in made.items():
        if re.fullmatch(r"clients/.*\.html", path):
            main = page.render().partition("<main")[2].partition('<div class="folds">')[0]
            main = re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL))
            for nothing in ("n/a", "£0", "0 of 0", "None"):
                assert not re.search(rf"(?<![\w,.]){re.escape(nothing)}(?![\w,.])", main), (
                    path,
                    nothing,
                )


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("Email", "prefers e-mail"),
        ("In person", "prefers meeting in person"),
        ("WhatsApp", "prefers WhatsApp"),
        ("SMS", "prefers SMS"),
    ],
)
def test_how_a_client_likes_to_be_reached(channel, said):
    assert preferring(channel) == said
