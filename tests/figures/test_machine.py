"""The machine form: the keys of SPEC 10, ISO dates, null for what is not known."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from reportgen.figures.machine import as_json
from reportgen.model import Book, Sale, Source, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

AS_OF = date(2026, 6, 30)

TOP = {
    "as_of",
    "currency",
    "business",
    "counts",
    "clients",
    "lifecycle",
    "value",
    "actions",
    "done_since",
    "waiting",
    "stale",
    "mailings",
    "lapsed",
    "held_back",
    "plan_replay",
    "problems",
}
COUNTS = {
    "clients",
    "customers",
    "prospects",
    "running",
    "lapsed",
    "ended",
    "touchpoints",
    "sales",
    "planned",
    "problems",
}
CLIENT = {
    "name",
    "business_model",
    "red_line_days",
    "ideal_days",
    "last_contact",
    "silence_days",
    "overdue",
    "below_red_line",
    "days_below",
    "relationship_days",
    "below_share",
    "spells",
    "lifecycle",
    "relationship",
    "lapsed",
    "ended",
    "next_stage_needs",
    "purchases",
    "terms",
    "growth",
    "minutes",
    "sales_now",
    "sales_before",
    "profit",
}
VALUE = {
    "sales_now",
    "top1_share",
    "top3_share",
    "top5_share",
    "hhi",
    "effective_clients",
    "warnings",
}
SHARE = {"value", "low", "high", "numerator", "denominator"}


def read(text):
    """The JSON text as a strict reader takes it: NaN and Infinity are errors."""

    def refuse(constant):
        raise AssertionError(f"not JSON: {constant}")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def found(book, settings):
    return read(as_json(make_report(book, settings, AS_OF)))


def client(found, name):
    (one,) = (one for one in found["clients"] if one["name"] == name)
    return one


def test_keys(found):
    """
    Date        Client  Activity  Promise  Promised for  Minutes
    2026-01-01  Acme    Call      a quote  2026-06-01    soon

    # Sales
    Date        Client  Amount
    2026-01-01  Bell    £100
    """
    assert found.keys() >= TOP
    assert found["business"].keys() == {"name", "model"}
    assert found["counts"].keys() == COUNTS
    for one in found["clients"]:
        assert one.keys() >= CLIENT
    assert client(found, "Acme")["spells"][0].keys() == {"first", "last", "days", "touches"}
    assert found["lifecycle"].keys() >= {
        "counts",
        "relationship_counts",
        "top_five",
        "seven_contacts",
    }
    seven = found["lifecycle"]["seven_contacts"]
    assert seven.keys() >= {"converted", "at_least_seven_share", "given_up"}
    assert seven["at_least_seven_share"].keys() == SHARE
    assert found["value"].keys() >= VALUE
    assert found["actions"][0].keys() >= {
        "client",
        "due",
        "letter",
        "channel",
        "minutes",
        "date",
        "at_stake",
    }
    assert found["actions"][0]["due"][0].keys() >= {"what", "rows"}
    assert found["lapsed"].keys() == {"win_back", "let_go"}
    assert found["plan_replay"].keys() >= {"caught", "by_overdue", "by_chance", "sales", "clients"}
    assert found["problems"][0].keys() == {"where", "found", "expected", "suggestion"}


def test_one_client_in_full(found):
    """
    Sixty days is the red line. From 1 April to 30 June are 90 days of silence: 30 too many, from 1 June
    on; half a red line. Sales 480 less 20 minutes at 60 an hour, 20, and less 5.25.

    Date        Client  Activity  Minutes  Cost
    2026-03-01  Acme    Call      20       5.25

    # Sales
    Date        Client  Amount
    2026-04-01  Acme    £480
    2025-06-30  Acme    £0

    # Business
    Business name   Harbour Studio
    Business model  service
    Hourly rate     60

    # Clients
    Client  Business model
    Acme    consultancy
    """
    assert found["as_of"] == "2026-06-30"
    assert found["currency"] == "GBP"
    assert found["business"] == {"name": "Harbour Studio", "model": "service"}
    one = client(found, "Acme")
    expected = {
        "name": "Acme",
        "business_model": "consultancy",
        "red_line_days": 60,
        "ideal_days": 30,
        "last_contact": "2026-04-01",
        "silence_days": 90,
        "overdue": 0.5,
        "below_red_line": True,
        "relationship_days": 366,
        "lifecycle": "retention",
        "relationship": "continuation",
        "lapsed": False,
        "minutes": 20,
        "sales_now": 480,
        "sales_before": 0,
        "profit": 454.75,
    }
    assert {key: one[key] for key in expected} == expected
    # 30 June 2025 to 1 March 2026 are 244 days: 244 − 60 − 1 = 183 below. 30 August is a Saturday, and so
    # is 28 February: three touches would be 61 days apart, with the weekends it takes four.
    assert one["spells"] == [
        {
            "first": "2025-08-30",
            "last": "2026-02-28",
            "days": 183,
            "touches": [
                {"date": "2025-08-29", "activity": "Email", "kind": "messages"},
                {"date": "2025-10-29", "activity": "Survey", "kind": "feedback"},
                {"date": "2025-12-29", "activity": "Check-in", "kind": "relationship building"},
                {"date": "2026-02-27", "activity": "Reminder of need", "kind": "anticipation"},
            ],
        },
        {
            "first": "2026-06-01",
            "last": "2026-06-30",
            "days": 30,
            "touches": [{"date": "2026-06-01", "activity": "Added value", "kind": "indispensable"}],
        },
    ]
    assert one["days_below"] == 213
    assert one["below_share"] == pytest.approx(213 / 366)


def test_what_is_not_known_is_null_and_never_nothing(found):
    """
    Date        Client  Activity  Minutes
    2026-01-01  Bell    Call      20

    # Clients
    Client
    Acme
    """
    acme, bell = client(found, "Acme"), client(found, "Bell")
    for key in ("last_contact", "silence_days", "overdue", "below_share"):
        assert acme[key] is None, key
    assert acme["below_red_line"] is False
    assert bell["profit"] is None
    assert found["currency"] is None
    for key in ("top1_share", "top3_share", "top5_share", "hhi", "effective_clients"):
        assert found["value"][key] is None, key
    assert found["lifecycle"]["seven_contacts"]["at_least_seven_share"] == {
        "value": None,
        "low": None,
        "high": None,
        "numerator": 0,
        "denominator": 0,
    }


def test_every_date_is_iso(found):
    """
    Date        Client  Activity  Promise  Promised for
    2025-01-01  Acme    Call
    2026-01-01  Acme    Call      a quote  2026-06-01
    """
    dates = [found["as_of"], found["actions"][0]["date"]]
    for one in found["clients"]:
        dates += [one["last_contact"]]
        dates += [spell[end] for spell in one["spells"] for end in ("first", "last")]
    assert len(dates) == 7
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", one) for one in dates)
    assert [date.fromisoformat(one).isoformat() for one in dates] == dates


def test_a_problem_with_its_address(found):
    """
    Date        Client  Minutes
    2026-06-29  Acme    soon
    """
    (problem,) = found["problems"]
    assert problem["where"] == "Touchpoints!C2"
    assert "soon" in problem["found"]
    assert problem["expected"]
    assert found["counts"]["problems"] == 1


def test_money_is_a_number_with_its_pence():
    book = Book(
        relationships(
            [],
            sales=[
                Sale(AS_OF, "Acme", Decimal("0.10"), Row("Sales", 2)),
                Sale(AS_OF, "Acme", Decimal("0.20"), Row("Sales", 3)),
                Sale(AS_OF, "Bell", Decimal("1E+3"), Row("Sales", 4)),
                Sale(AS_OF, "Cole", Decimal("-0.00"), Row("Sales", 5)),
            ],
        ),
        Source("sales.csv", "0" * 64),
    )
    text = as_json(make_report(book, Settings(), AS_OF))
    found = read(text)
    assert [one["sales_now"] for one in found["clients"]] == [0.3, 1000, 0]
    assert re.findall(r'"sales_now": (\S+),', text) == ["0.3", "1000", "0", "1000.3"]


def test_names_are_written_as_they_are_and_the_text_ends_with_a_line_end(book, settings):
    """
    Date        Client
    2026-06-29  Bêta & “Søn” 🎈
    """
    text = as_json(make_report(book, settings, AS_OF))
    assert "Bêta & “Søn” 🎈" in text
    assert text.endswith("}\n")
    assert text == as_json(make_report(book, settings, AS_OF))
