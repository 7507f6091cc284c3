"""What one owner's report gives to the overview: figures that agree with the report's own, and no name."""

import json
from dataclasses import asdict
from datetime import date

import pytest
from pydantic import TypeAdapter

from reportgen.analyses.what_works import Event
from reportgen.estimates.strata import Stratum
from reportgen.figures.machine import as_json
from reportgen.model import BusinessModel
from reportgen.reading.book import read
from reportgen.report.across import SHARES, OwnersPart, owners_part
from reportgen.report.report import make_report
from reportgen.settings.configuration import DEFAULTS
from reportgen.site.monthly.stake import nameless, stake
from reportgen.site.prose.english.headline import headline

T = date(2026, 6, 30)


def part_of(book, settings):
    return owners_part(make_report(book, settings, T), "Headline.", 0)


def test_the_shares_of_five_clients(book, settings):
    """
    Eaton has been silent for 147 days and consultancy allows 60: four of five are above the red line.
    Three of five promises were kept on the day. One of five calls was after six. Acme brought 400 of
    1,000, the first three 900.

    # Business
    Setting         Value
    Business model  consultancy

    # Touchpoints
    Date        Client  Activity  Promise  Promised for  Done on     Start  Direction
    2026-06-01  Acme    Call      a        2026-06-02    2026-06-02  10:00  out
    2026-06-01  Birch   Call      b        2026-06-02    2026-06-02  10:00  out
    2026-06-01  Crane   Call      c        2026-06-02    2026-06-09  10:00  out
    2026-06-01  Drake   Call      d        2026-06-02    2026-06-02  20:00  out
    2026-02-03  Eaton   Call      e        2026-02-04    2026-02-09  10:00  out

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    400
    2026-06-01  Birch   300
    2026-06-01  Crane   200
    2026-06-01  Drake   50
    2026-02-03  Eaton   50
    """
    part = part_of(book, settings)
    assert (part.model, part.running, part.below) == (BusinessModel.CONSULTANCY, 5, 1)
    expected = {
        "above_red_line": 0.8,
        "reliability": 0.6,
        "out_of_hours_share": 0.2,
        "top1_share": 0.4,
        "top3_share": 0.9,
        "top5_share": 1.0,
    }
    assert {key: part.shares[key] for key in expected} == pytest.approx(expected)


def test_what_rests_on_fewer_than_five_is_left_out(book, settings):
    """
    Of four clients nothing is said but what counts touches: four of each are asked for, sixteen in all.

    # Business
    Setting         Value
    Business model  consultancy

    # Touchpoints
    Date        Client  Activity  Promise  Promised for  Done on     Start  Direction
    2026-06-01  Acme    Call      a        2026-06-02    2026-06-02  10:00  out
    2026-06-01  Birch   Call      b        2026-06-02    2026-06-02  10:00  out
    2026-06-01  Crane   Call      c        2026-06-02    2026-06-09  10:00  out
    2026-06-01  Drake   Call      d        2026-06-02    2026-06-02  20:00  out

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    400
    2026-06-01  Birch   300
    2026-06-01  Crane   200
    2026-06-01  Drake   50
    """
    assert set(part_of(book, settings).shares) == {"human_connection"}


def test_the_model_of_most_clients_where_the_business_has_none(book, settings):
    """
    # Clients
    Client  Business model
    Acme    product
    Birch   product
    Crane   service
    Drake

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    400
    """
    assert part_of(book, settings).model is BusinessModel.PRODUCT


def test_nobody_says_which_model(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-01  Acme    400
    """
    part = part_of(book, settings)
    assert (part.model, part.silences) == (None, {})


def test_an_activity_of_the_owners_own_words_counts_as_its_kind(book, settings):
    """
    # Activities
    Activity          Kind  Value  Connects
    Walk with Birch   help  high   yes

    # Touchpoints
    Date        Client  Activity
    2026-01-05  Acme    Walk with Birch
    2026-01-05  Acme    Call

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    400
    2026-01-01  Birch   400
    """
    told = [(one.what, one.is_kind) for one in part_of(book, settings).works]
    assert ("help", True) in told
    assert ("Call", False) in told
    assert not [what for what, _ in told if "Birch" in what]
    call = next(one for one in part_of(book, settings).works if one.what == "Call")
    assert (call.event, call.found) == (Event.CAME_BACK, Stratum(1, 1, 0, 0.0, 0.0))


@pytest.mark.parametrize(
    "sample", ["interior-designer", "shoe-shop", "virtual-assistant", "meal-box"]
)
def test_the_samples_shares_are_those_of_their_json(sample):
    """Each share that the JSON has too is the same there; and it all travels without a loss."""
    from sites import SAMPLES

    report = make_report(*read(SAMPLES / f"{sample}.xlsx", DEFAULTS), date(2026, 10, 31))
    part = owners_part(report, headline(nameless(stake(report))), 0)
    told = json.loads(as_json(report))
    retention, money = told["retention"], told["value"]
    same = {
        "logo_retention": retention["logo_retention"]["value"],
        "grr": retention["grr"],
        "repeat_rate": retention["repeat_rate"]["value"],
        "repeat_within_365": retention["repeat_within"]["365"]["value"],
        "stayed_12": (retention["stayed"]["12"] or {}).get("value"),
        "converted": told["lifecycle"]["conversion"]["conversion"]["value"],
        "seven_contacts": told["lifecycle"]["seven_contacts"]["at_least_seven_share"]["value"],
        "top3_share": money["top3_share"],
        "low_value_share": told["efficiency"]["low_value_share"],
        "boundary_load": told["boundaries"]["boundary_load"],
    }
    known = {key: value for key, value in same.items() if key in part.shares}
    assert len(known) >= 7
    assert {key: part.shares[key] for key in known} == pytest.approx(known)
    adapter = TypeAdapter(OwnersPart)
    assert adapter.validate_json(adapter.dump_json(part)) == part
    assert list(part.shares) == [one.key for one in SHARES if one.key in part.shares]
    names = [client.name for client in report.found.clients]
    said = json.dumps(asdict(part), default=str, ensure_ascii=False)
    assert not [name for name in names if name in said]
