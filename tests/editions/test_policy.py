"""The table of sight, entered a second time: what becomes of every field, and who has every page.

What is expected is written from ``docs/privacy.md`` and decision 0007, and never read from the table; what
comes is looked up in a book that was redacted.
"""

import re
from dataclasses import MISSING, fields, replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from reportgen.editions.policy import PAGES, PARTS_OF_PAGES, POLICY, sees, withheld
from reportgen.editions.redact import redact
from reportgen.model import (
    Activity,
    Book,
    BusinessModel,
    Client,
    Direction,
    Feedback,
    FeedbackKind,
    Kind,
    MinutesRecorded,
    Rating,
    Relationship,
    Role,
    Sale,
    Source,
    Touchpoint,
    relationships,
)
from reportgen.problems import Cell, Problem, Row
from reportgen.settings.settings import SETTING_NAMES, Settings

SHARED = ("coach", "accountant", "public")
DAY = date(2026, 3, 2)
RECORDS = (Client, Touchpoint, Activity, Sale, Feedback, Rating)

# Who may see what --------------------------------------------------------------------------------

DATES_AND_LINES = "since ended_on red_line_days contact_every_days business_model"
SEEN = {
    # Names as pseudonyms, the owner's own words as codes, money as an index; dates, hours and all that
    # tells how a relationship stands. Contact, e-mail, phone, address, birthday, notes, topics, the words
    # of promises and of feedback: no.
    "coach": {
        "kept": {
            Client: DATES_AND_LINES,
            Touchpoint: "date direction start minutes minutes_recorded promised_for done_on resolved_on"
            " urgent in_scope tentative",
            Activity: "kind value connects usual_minutes two_way role",
            Sale: "date starts ends due_on paid_on tentative",
            Feedback: "date kind score out_of may_publish",
            Rating: "date care accountability communication",
            Settings: "country red_line_days gross_margin",
        },
        "a code": {
            Client: "name segment source referred_by",
            Touchpoint: "client",
            Sale: "client service project",
            Feedback: "client",
            Rating: "client",
        },
        "an index": {
            Client: "potential_per_year",
            Touchpoint: "cost",
            Sale: "amount direct_cost",
            Settings: "hourly_rate acquisition_spend_per_month wow_budget",
        },
        "ours, or a code": {
            Client: "preferred_channel",
            Touchpoint: "channel",
            Activity: "name",
            Settings: "preferred_channels",
        },
        "ours": {Touchpoint: "signal"},
        "without its row": {Touchpoint: "row", Sale: "row", Feedback: "row", Rating: "row"},
    },
    # Names, services, money, dates and hours. No trust, boundaries or what to do, so no directions,
    # signals, promises, feedback or ratings.
    "accountant": {
        "kept": {
            Client: f"name potential_per_year {DATES_AND_LINES}",
            Touchpoint: "client date minutes minutes_recorded cost tentative",
            Activity: "kind value connects usual_minutes two_way role",
            Sale: "client date amount service project direct_cost starts ends invoice due_on paid_on"
            " tentative",
            Settings: "business_name currency hourly_rate country acquisition_spend_per_month wow_budget"
            " red_line_days gross_margin",
        },
        "ours, or a code": {Activity: "name"},
        "without its row": {Touchpoint: "row", Sale: "row"},
    },
    # No names, hours and costs come to nothing on its page; what its few shares are worked out of.
    "public": {
        "kept": {
            Client: DATES_AND_LINES,
            Touchpoint: "date minutes minutes_recorded tentative",
            Activity: "kind value connects",
            Sale: "date starts ends tentative",
            Settings: "business_name red_line_days gross_margin",
        },
        "a code": {Client: "name", Touchpoint: "client", Sale: "client service project"},
        "an index": {Sale: "amount"},
        "ours, or a code": {Activity: "name"},
        "ours": {Touchpoint: "signal"},
        "without its row": {Touchpoint: "row", Sale: "row"},
    },
}
"""Edition → what becomes of a field → which; of all that are not named nothing is left."""

OF_SETTING = {field.name: field for field in fields(Settings)}
NAMED_SETTINGS = {
    *("business_name", "owner", "currency", "hourly_rate", "country", "preferred_channels"),
    *("acquisition_spend_per_month", "wow_budget", "red_line_days", "gross_margin"),
}

# A book in which every field has a value, in her own words or in ours ------------------------------


def book_of(*, signal, channel, preferred, activity):
    what = Activity(
        activity,
        Kind.HELP,
        "high",
        connects=True,
        usual_minutes=20,
        letter="thanks",
        two_way=True,
        role=Role.WOW,
    )
    touchpoint = Touchpoint(
        DAY,
        "Acme",
        what,
        Row("Touchpoints", 9),
        direction=Direction.IN,
        channel=channel,
        start=time(18, 30),
        minutes=30,
        minutes_recorded=MinutesRecorded.RECORDED,
        cost=Decimal(20),
        topic="Her divorce",
        promise="Send flowers",
        promised_for=DAY + timedelta(1),
        done_on=DAY + timedelta(2),
        signal=signal,
        resolved_on=DAY + timedelta(3),
        urgent=True,
        in_scope=False,
        project="The attic",
        tentative=True,
    )
    sale = Sale(
        DAY,
        "Acme",
        Decimal(400),
        Row("Sales", 9),
        service="Design",
        project="The attic",
        direct_cost=Decimal(130),
        starts=DAY,
        ends=DAY + timedelta(9),
        invoice="A-1",
        due_on=DAY + timedelta(14),
        paid_on=DAY + timedelta(20),
        tentative=True,
    )
    client = Client(
        "Acme",
        contact="Ann Ash",
        email="ann@example.org",
        phone="07700 900123",
        address="1 Elm Row",
        segment="Retail",
        source="Fair",
        referred_by="Client of 1",
        business_model=BusinessModel.SERVICE,
        since=DAY - timedelta(400),
        ended_on=DAY + timedelta(90),
        red_line_days=40,
        contact_every_days=20,
        preferred_channel=preferred,
        potential_per_year=Decimal(800),
        birthday=date(1980, 7, 1),
        notes="Owes me",
        row=Row("Clients", 2),
    )
    feedback = Feedback(
        DAY, "Acme", Row("Feedback", 2), FeedbackKind.SURVEY, Decimal(9), Decimal(10), "A joy", True
    )
    rating = Rating(DAY, "Acme", Row("Ratings", 2), Decimal(7), Decimal(8), Decimal(6))
    others = [Client(f"Client of {n}") for n in range(19)]
    return Book(
        relationships([client, *others], [touchpoint], [sale], [feedback], [rating]),
        Source("clients-of-jane.xlsx", "ab" * 32),
        problems=(Problem(Cell("Sales", 5, 3), "“Ann’s”", "an amount"),),
        cells=4711,
        unread=("the sheet Private",),
        remarks=("2 rows on Private do not count.",),
        touchpoint_columns=("date", "client"),
    )


HERS = book_of(
    signal="sighed", channel="Her radio", preferred="Her mobile", activity="Lunch with Ann"
)
OURS = book_of(signal="complaint", channel="Video call", preferred="SMS", activity="Call")
SETTINGS = Settings(
    business_name="Jane Design",
    owner="Jane",
    currency="GBP",
    hourly_rate=Decimal(50),
    gross_margin=0.6,
    country="GB",
    preferred_channels=("Her pager",),
    acquisition_spend_per_month=Decimal(90),
    wow_budget=Decimal(80),
    red_line_days=45,
)


def records_of(book):
    """Class → the one record of it that is full of values; of whom there is none any more, nothing."""
    (one,) = [one for one in book.relationships if one.touchpoints]
    (touchpoint,), (sale,) = one.touchpoints, one.sales
    return {
        Client: one.client,
        Touchpoint: touchpoint,
        Activity: touchpoint.activity,
        Sale: sale,
        Feedback: next(iter(one.feedback), None),
        Rating: next(iter(one.ratings), None),
    }


def became(field, was, now):
    """What a value has become, in a word."""
    if isinstance(now, Row):
        return "without its row" if now.sheet == "" and was.sheet else "kept"
    if now == was:
        return "kept"
    if now in ((), "") or now == (None if field.default is MISSING else field.default):
        return "nothing"
    if isinstance(now, Decimal):
        return "an index"
    word = now[0] if isinstance(now, tuple) else now
    return "a code" if re.fullmatch(r"[A-Z][a-z]+ \d{4}", word) else f"something else: {now!r}"


def of_both(hers, ours):
    """What becomes of a field, by what becomes of her own words in it and of ours."""
    words = {("a code", "kept"): "ours, or a code", ("nothing", "kept"): "ours"}
    return hers if hers == ours else words.get((hers, ours), f"{hers}, ours {ours}")


def becomes(edition):
    """(class, field) → what the edition makes of it."""
    found = {}
    for book in (HERS, OURS):
        was = records_of(book)
        now = records_of(redact(book, SETTINGS, edition, "a secret of her own")[0])
        for cls in RECORDS:
            for field in fields(cls):
                if (cls, field.name) == (Touchpoint, "activity"):
                    continue  # by its own fields
                value = getattr(was[cls], field.name)
                left = now[cls] and became(field, value, getattr(now[cls], field.name))
                found.setdefault((cls, field.name), []).append(left or "nothing")
    return {key: of_both(*both) for key, both in found.items()}


@pytest.mark.parametrize("edition", SHARED)
def test_what_becomes_of_every_field(edition):
    expected = {
        (cls, name): what
        for what, of_class in SEEN[edition].items()
        for cls, names in of_class.items()
        if cls is not Settings
        for name in names.split()
    }
    found = becomes(edition)
    assert {key: what for key, what in found.items() if what != "nothing"} == expected


@pytest.mark.parametrize("edition", SHARED)
def test_what_becomes_of_every_setting(edition):
    """The thresholds, which say nothing of anybody, come as they are: here a red line and a margin."""
    expected = {
        name: what
        for what, of_class in SEEN[edition].items()
        for name in of_class.get(Settings, "").split()
    }
    found = {}
    for channel in ("Her pager", "Video call"):
        told = replace(SETTINGS, preferred_channels=(channel,))
        _, now = redact(HERS, told, edition, "a secret of her own")
        for name in NAMED_SETTINGS:
            left = became(OF_SETTING[name], getattr(told, name), getattr(now, name))
            found.setdefault(name, []).append(left)
    both = {name: of_both(*both) for name, both in found.items()}
    assert {name: what for name, what in both.items() if what != "nothing"} == expected


def test_which_settings_are_left_out():
    """Of these Method says that they are withheld; so it is with a setting that no line names."""
    left_out = {
        edition: {name for name in NAMED_SETTINGS if withheld(edition, name)}
        for edition in ("owner", *SHARED)
    }
    assert left_out == {
        "owner": set(),
        "coach": {"business_name", "owner", "currency"},
        "accountant": {"owner", "preferred_channels"},
        "public": {
            *("owner", "currency", "hourly_rate", "country", "preferred_channels"),
            *("acquisition_spend_per_month", "wow_budget"),
        },
    }
    assert [edition for edition in SHARED if withheld(edition, "a setting to be made")] == [*SHARED]


def test_every_value_of_the_book_is_one_that_can_be_lost():
    """A field that stood at its default would look the same dropped and kept."""
    for cls, record in records_of(HERS).items():
        for field in fields(cls):
            assert getattr(record, field.name) != field.default, (cls, field.name)
    for name in NAMED_SETTINGS:
        assert getattr(SETTINGS, name) != OF_SETTING[name].default, name
    assert set(SETTING_NAMES) > NAMED_SETTINGS


def test_what_becomes_of_the_book_itself():
    """Its records field by field; nothing of the file, its problems and its cells."""
    found = {
        (cls.__name__, name, edition): rule[edition]
        for (cls, name), rule in POLICY.items()
        for edition in SHARED
        if cls in (Book, Source, Relationship) and rule[edition] != "dropped"
    }
    assert found == {
        **{
            ("Book", name, edition): "parts"
            for name in ("relationships", "source")
            for edition in SHARED
        },
        **{("Book", "edition", edition): "edition" for edition in SHARED},
        **{
            ("Relationship", name, edition): "parts"
            for name in ("client", "touchpoints", "sales")
            for edition in SHARED
        },
        ("Relationship", "feedback", "coach"): "parts",
        ("Relationship", "ratings", "coach"): "parts",
    }
    book, _ = redact(HERS, SETTINGS, "coach", "a secret of her own")
    assert (book.source.sha256, book.problems, book.cells) == ("", (), 0)
    assert (book.unread, book.remarks, book.touchpoint_columns) == ((), (), ())


def test_of_what_an_edition_lacks_as_a_whole_no_part_is_kept():
    """The accountant and the public have no feedback and no ratings; where a setting came from nobody sees.

    No record is left that would show it, so the lines themselves are looked at.
    """
    lines = {(cls, edition) for cls in (Feedback, Rating) for edition in ("accountant", "public")}
    kept = {
        (cls.__name__, name, edition)
        for (cls, name), rule in POLICY.items()
        for edition in SHARED
        if ((cls, edition) in lines or name == "origins") and rule[edition] != "dropped"
    }
    assert kept == set()
    assert POLICY[Settings, "origins"]["owner"] == "kept"


# Pages --------------------------------------------------------------------------------------------


def test_who_has_which_page():
    """The coach what tells how relationships stand; the accountant time, sales and what they come to."""
    found = {
        edition: {page for page in PAGES if edition in sees(page)} for edition in ("owner", *SHARED)
    }
    money = {"business", "retention", "value", "clients", "method"}
    coachs = {
        *("index", "actions", "matrix", "lifecycle", "sources", "me", "trust", "boundaries"),
        "touchpoints",
    }
    assert found == {
        "owner": money | coachs,
        "coach": money | coachs,
        "accountant": money | {"overview of the books"},
        "public": set(),
    }


def test_who_has_which_part_of_a_page():
    """Rows, tables to take away and what is still to be recorded are the owner's alone."""
    found = {
        edition: {part for part in PARTS_OF_PAGES if edition in sees(part)}
        for edition in ("owner", *SHARED)
    }
    assert found == {
        "owner": {"rows", "exports", "recording", "health", "what works"},
        "coach": {"health", "what works"},
        "accountant": {"books"},
        "public": set(),
    }


@pytest.mark.parametrize("edition", SHARED)
def test_of_what_no_table_names_the_owner_alone_has_anything(edition):
    assert sees("a page that is still to be made") == ("owner",)
    assert edition not in sees("letters")
