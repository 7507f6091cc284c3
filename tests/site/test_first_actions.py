"""The first of the plan answer the headline, and the month fits the hours that the owner really works.

Both from the workbooks of the samples as pandas reads them, and from ``report.json``.
"""

import datetime as dt
import json
from functools import cache

import pandas as pd
import pytest
from sites import SAMPLES, sample_book

from reportgen.figures.machine import as_json
from reportgen.report.report import make_report
from reportgen.site.monthly.stake import stake
from reportgen.site.prose.english.headline import headline

DESIGNER, SHOP, BOXES, ASSISTANT = "interior-designer", "shoe-shop", "meal-box", "virtual-assistant"
REPAIR = {"complaint", "promise", "answer", "silence"}


@cache
def report_of(sample, as_of):
    return make_report(*sample_book(sample), dt.date.fromisoformat(as_of))


def tasks_of(sample, as_of):
    """The actions and mailings of ``report.json``, repair first and then by what is at stake."""
    said = json.loads(as_json(report_of(sample, as_of)))
    tasks = [
        {**one, "to": [one["client"]], "repair": bool({d["what"] for d in one["due"]} & REPAIR)}
        for one in said["actions"]
    ]
    tasks += [
        {**one, "to": one["clients"], "repair": one["what"] in REPAIR} for one in said["mailings"]
    ]
    return sorted(tasks, key=lambda one: (not one["repair"], -one["at_stake"]))


def sales_of_the_year(sample, as_of):
    """Client → the amounts of the 12 months up to a month's end, as they stand on the sheet."""
    sales = pd.read_excel(SAMPLES / f"{sample}.xlsx", sheet_name="Sales")
    day = pd.to_datetime(sales["Date"])
    end = pd.Timestamp(as_of)
    year = sales[(day > end - pd.offsets.MonthEnd(12)) & (day <= end)]
    return year.groupby("Client")["Amount"].sum()


@pytest.mark.parametrize(
    ("sample", "as_of", "what"),
    [
        (DESIGNER, "2026-10-31", "Three messages"),
        (DESIGNER, "2026-06-30", "Three messages"),
        (SHOP, "2026-10-31", "One mailing to 46 clients and two messages"),
        (SHOP, "2026-06-30", "Two mailings and one message"),
        (BOXES, "2026-10-31", "Three messages"),
        (BOXES, "2026-06-30", "Three messages"),
        (ASSISTANT, "2026-10-31", "Three messages"),
        (ASSISTANT, "2026-06-30", "Three messages"),
    ],
)
def test_the_first_three_answer_the_headline(sample, as_of, what):
    first = tasks_of(sample, as_of)[:3]
    end = dt.date.fromisoformat(as_of) + dt.timedelta(days=7)
    assert all(one["date"] <= end.isoformat() for one in first)
    year = sales_of_the_year(sample, as_of)
    brought = year[year.index.isin({name for one in first for name in one["to"]})].sum()
    assert headline(stake(report_of(sample, as_of))) == (
        f"{what} this week reach clients who brought £{brought:,.0f} of the year’s £{year.sum():,.0f}."
    )


WORKED = {
    DESIGNER: ({0, 1, 2, 3, 4}, "09:00", "17:30"),
    SHOP: ({1, 2, 3, 4, 5}, "09:30", "17:30"),
    BOXES: ({0, 1, 2, 3, 4}, "08:00", "16:00"),
    ASSISTANT: ({0, 1, 2, 3, 4}, "09:00", "17:00"),
}
"""Sample → its working days, Monday 0, when it opens and when it closes: from the Business sheet."""

BANK_HOLIDAYS = {
    "2026-04-03",  # Good Friday; Easter Monday is one in England and none in Scotland
    *("2026-12-25", "2026-12-26", "2026-12-28"),  # Boxing Day is a Saturday, so Monday is free too
}


@pytest.mark.parametrize("sample", WORKED)
@pytest.mark.parametrize(
    ("as_of", "minutes"),
    [("2026-03-31", 257), ("2026-10-31", 257), ("2026-11-30", 265), ("2026-12-30", 17)],
)
def test_the_month_fits_the_hours_that_are_worked(sample, as_of, minutes):
    """An hour a week is 30 ÷ 7 × 60 minutes in April and November, 31 ÷ 7 × 60 in December; on the 30th
    of December two days are left."""
    days, opens, closes = WORKED[sample]
    tasks = tasks_of(sample, as_of)
    assert 0 < sum(one["minutes"] for one in tasks) <= minutes
    for one in tasks:
        assert dt.date.fromisoformat(one["date"]).weekday() in days
        assert one["date"] not in BANK_HOLIDAYS
        begins = dt.datetime.fromisoformat(f"{one['date']}T{one['start']}")
        ends = begins + dt.timedelta(minutes=one["minutes"])
        assert opens <= f"{begins:%H:%M}" < f"{ends:%H:%M}" <= closes


@pytest.mark.parametrize("sample", WORKED)
def test_no_two_stand_at_the_same_time_and_the_month_is_used(sample):
    """Ten tasks or more over four weeks of November: some in each, and none on top of another."""
    tasks = tasks_of(sample, "2026-10-31")
    assert len({(one["date"], one["start"]) for one in tasks}) == len(tasks) >= 10
    assert {(int(one["date"][-2:]) - 2) // 7 for one in tasks} >= {0, 1, 2, 3}
