"""On the samples, whatever the picture: each month with a contact has its mark, and is told."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

import pytest
from sites import sample_report

from reportgen.evidence.evidence import Evidence
from reportgen.letters.library import library
from reportgen.pictures.client import client_picture
from reportgen.pictures.course import effort_of
from reportgen.pictures.strip import WIDTH, strip
from reportgen.site.shared import Site

SAMPLES = ("interior-designer", "shoe-shop", "meal-box", "virtual-assistant", "messy")


def contacts(seen: Evidence) -> list[date]:
    """The days of what the client noticed, and of her purchases, from the rows."""
    noticed = {one.date for one in seen.touchpoints if one.activity.connects}
    return sorted(noticed | {one.date for one in seen.sales})


def without_a_mark(
    days: Iterable[date], marks: str, first: date, last: date, width: int
) -> list[date]:
    """The first day of each month without a mark within half a unit of one of its days."""
    unit = max(1, (last - first).days) / width
    places = [int(place) for place in re.findall(r"M(-?\d+) ", marks)]
    return [
        month
        for month, of_month in groupby(days, key=lambda day: day.replace(day=1))
        if not any(
            abs((day - first).days / unit - place) <= 0.5 for day in of_month for place in places
        )
    ]


def test_a_month_without_a_mark_is_found():
    days = [date(2026, 1, 1), date(2026, 2, 10)]
    # 100 days over 100 units: the 10th of February is the 40th.
    assert without_a_mark(days, "M0 1v6M38 1v6", date(2026, 1, 1), date(2026, 4, 11), 100) == [
        date(2026, 2, 1)
    ]
    assert without_a_mark(days, "M0 1v6M40 1v6", date(2026, 1, 1), date(2026, 4, 11), 100) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_month_with_a_contact_has_a_mark_and_is_told(sample):
    report = sample_report(sample)
    site = Site(report, library(None), frozenset(), ())
    calendar = site.strips.calendar
    drawn = 0
    for client in site.by_name.values():
        seen, days = client.findings.seen, contacts(client.findings.seen)
        if not days:
            continue
        lately = [day for day in days if day >= calendar.first]
        small = strip(seen, report.settings, site.strips, with_work=True).course
        assert small
        assert without_a_mark(lately, small.contacts, calendar.first, report.as_of, WIDTH) == []

        large = client_picture(seen, client.findings.preventions, report.settings, with_phases=True)
        assert large
        effort = effort_of(seen, report.settings)
        assert effort
        sunday = effort.thursday + timedelta(days=3)
        first = min(seen.silence.started or sunday, sunday)
        assert without_a_mark(days, large.course.contacts, first, report.as_of, large.units) == []
        told = [hit.words.split("\n")[0] for hit in large.hits]
        assert [day for day in days if not any(f"{day:%B %Y}" in head for head in told)] == []
        drawn += 1
    assert drawn > 7
