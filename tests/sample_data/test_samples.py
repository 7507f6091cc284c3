"""The sample businesses: what they are made of, that they stay the same, and the story of each."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from make import AS_OF, MESSY_FAULTS
from python_calamine import load_workbook

from reportgen.model import Book, Relationship
from reportgen.reading.book import read
from reportgen.reading.columns import SHEETS
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
DESIGNER, ASSISTANT = "interior-designer.xlsx", "virtual-assistant.xlsx"
SHOP, BOXES = "shoe-shop.xlsx", "meal-box.xlsx"
BUSINESSES = (DESIGNER, ASSISTANT, SHOP, BOXES)
NAMES = (*BUSINESSES, "messy.xlsx")

Sample = tuple[Book, Settings]


@pytest.fixture(scope="module")
def samples() -> dict[str, Sample]:
    return {name: read(SAMPLES / name, DEFAULTS) for name in NAMES}


@pytest.fixture(params=BUSINESSES)
def sample(request: pytest.FixtureRequest, samples: dict[str, Sample]) -> Sample:
    return samples[request.param]


def _make(folder: Path, seed: str, zone: str) -> None:
    place = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    script = [sys.executable, str(SAMPLES / "make.py"), str(folder)]
    subprocess.run(script, env=place, check=True, capture_output=True)


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _sheets(name: str) -> dict[str, list[list[object]]]:
    with load_workbook(SAMPLES / name) as workbook:
        return {n: workbook.get_sheet_by_name(n).to_python() for n in workbook.sheet_names}


@pytest.mark.slow
def test_the_script_makes_the_kept_workbooks_whatever_the_place(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    _make(one, "1", "Asia/Tokyo")
    _make(other, "2", "America/New_York")
    assert sorted(path.name for path in one.iterdir()) == sorted(NAMES)
    for name in NAMES:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
        # Member by member: another build of zlib may pack the same content otherwise.
        assert _members(one / name) == _members(SAMPLES / name), f"run make samples: {name}"


def test_the_kept_workbooks_are_those_of_the_script_and_small() -> None:
    kept = {path.name: path.stat().st_size for path in SAMPLES.glob("*.xlsx")}
    assert set(kept) == set(NAMES)
    assert max(kept.values()) < 400_000


@pytest.mark.parametrize("name", BUSINESSES)
def test_only_declared_headers_are_used(name: str) -> None:
    declared = {sheet.name: [column.name for column in sheet.columns] for sheet in SHEETS}
    for sheet, rows in _sheets(name).items():
        assert set(rows[0]) <= set(declared[sheet]), sheet


@pytest.mark.parametrize("name", NAMES)
def test_nobody_real_can_be_reached(name: str) -> None:
    texts = [
        cell
        for rows in _sheets(name).values()
        for row in rows
        for cell in row
        if isinstance(cell, str)
    ]
    mails = [text for text in texts if "@" in text]
    phones = [text for text in texts if re.fullmatch(r"[\d +]{9,}", text)]
    assert mails
    assert phones
    assert [m for m in mails if not re.search(r"^[a-z.’-]+@example\.(com|org)$", m)] == []
    ofcom = re.compile(r"020 7946 0\d{3}|07700 900 ?\d{3}")
    assert [p for p in phones if not ofcom.fullmatch(p)] == []


def test_they_are_read_without_a_problem(sample: Sample) -> None:
    book, settings = sample
    assert book.problems == ()
    assert book.unread == ()
    assert settings.currency == "GBP"
    assert settings.country == "GB"


def test_each_is_a_business_of_its_own_model(samples: dict[str, Sample]) -> None:
    models = [samples[name][1].business_model for name in BUSINESSES]
    assert models == ["consultancy", "service", "product", "subscription"]


def test_size_and_length_of_the_history(sample: Sample) -> None:
    book, _ = sample
    days = [row.date for row in (*book.touchpoints, *book.sales)]
    assert 25 <= len(book.relationships) <= 190
    assert 18 <= (AS_OF - min(days)).days / 30.44 <= 36.5
    assert date(2026, 10, 25) <= max(day for day in days if day <= AS_OF)


def test_planned_rows_are_in_the_last_two_months_and_have_taken_no_time(sample: Sample) -> None:
    planned = [t for t in sample[0].touchpoints if t.date > AS_OF]
    assert len(planned) >= 5
    assert all(t.date <= date(2026, 12, 31) for t in planned)
    assert all(t.minutes_recorded != "recorded" and t.done_on is None for t in planned)


def test_nothing_was_done_or_paid_after_the_last_day(sample: Sample) -> None:
    book, _ = sample
    done = [
        day for t in book.touchpoints for day in (t.done_on, t.resolved_on) if day and day > AS_OF
    ]
    assert done == []
    assert [s for s in book.sales if s.paid_on and s.paid_on > AS_OF] == []
    assert all(r.client.ended_on is None or r.client.ended_on <= AS_OF for r in book.relationships)


def test_promises_are_kept_late_and_open(sample: Sample) -> None:
    fates: Counter[str] = Counter()
    for t in sample[0].touchpoints:
        if t.promise and t.promised_for and t.promised_for <= AS_OF:
            late = t.done_on is not None and t.done_on > t.promised_for
            fates["open" if t.done_on is None else "late" if late else "kept"] += 1
    assert fates["kept"] > fates["late"] > 0
    assert fates["open"] > 0


def test_complaints_are_resolved_and_unresolved_and_money_goes_back(sample: Sample) -> None:
    book, _ = sample
    resolved = [t.resolved_on is not None for t in book.touchpoints if t.signal == "complaint"]
    assert {True, False} == set(resolved)
    assert any(sale.amount < 0 for sale in book.sales)


def test_feedback_ratings_birthdays_and_who_sent_whom(sample: Sample) -> None:
    book, _ = sample
    names = {r.client.name for r in book.relationships}
    referrers = {r.client.referred_by for r in book.relationships} - {None}
    assert referrers
    assert referrers <= names
    assert sum(len(r.feedback) for r in book.relationships) >= 5
    assert sum(len(r.ratings) for r in book.relationships) >= 2
    assert sum(r.client.birthday is not None for r in book.relationships) >= 5


def test_effort_is_skewed(sample: Sample) -> None:
    """A fifth of the clients take half as much again as their fifth of the minutes, or more."""
    minutes = sorted(sum(t.minutes for t in one.touchpoints) for one in sample[0].relationships)
    fifth = len(minutes) // 5
    assert sum(minutes[-fifth:]) / sum(minutes) > 0.3


def _contact_days(one: Relationship) -> list[date]:
    touched = {t.date for t in one.touchpoints if t.activity.connects}
    return sorted(day for day in touched | {s.date for s in one.sales} if day <= AS_OF)


def _longest_silence(days: list[date], first: date, last: date) -> int:
    inside = [first, *(day for day in days if first <= day <= last), last]
    return max((b - a).days for a, b in pairwise(inside))


def test_designer_most_projects_end_in_silence_within_four_months(
    samples: dict[str, Sample],
) -> None:
    four_months = timedelta(122)
    silent = {
        (one.client.name, t.date): _longest_silence(
            _contact_days(one), t.date, t.date + four_months
        )
        > 60
        for one in samples[DESIGNER][0].relationships
        for t in one.touchpoints
        if t.activity.name == "Delivery" and t.date + four_months <= AS_OF
    }
    assert len(silent) >= 20
    assert sum(silent.values()) / len(silent) > 0.75


def test_designer_those_who_ask_for_advice_come_back(samples: dict[str, Sample]) -> None:
    asked: set[str] = set()
    projects: Counter[str] = Counter()
    for one in samples[DESIGNER][0].relationships:
        projects[one.client.name] = sum(s.service == "Concept design" for s in one.sales)
        if any(t.signal == "advice asked" for t in one.touchpoints):
            asked.add(one.client.name)
    assert {name for name, count in projects.items() if count > 1} == asked
    assert asked == {"Haddad family", "Harcourt House B&B"}


def _out_of_hours(book: Book) -> Iterator[str]:
    for t in book.touchpoints:
        if t.start and not t.urgent and date(2025, 10, 31) < t.date <= AS_OF:
            outside = not time(9) <= t.start < time(17) or t.date.weekday() > 4
            if outside:
                yield t.client


def test_assistant_one_client_eats_the_evenings(samples: dict[str, Sample]) -> None:
    book, _ = samples[ASSISTANT]
    evenings = Counter(_out_of_hours(book))
    assert evenings["Quickfire Events"] > 100
    assert evenings.total() - evenings["Quickfire Events"] < 10
    beyond = [t for t in book.touchpoints if t.in_scope is False and t.minutes]
    assert {t.client for t in beyond} == {"Quickfire Events"}


def test_assistant_keeps_a_good_rhythm(samples: dict[str, Sample]) -> None:
    longest = [
        _longest_silence(days, days[0], one.client.ended_on or AS_OF)
        for one in samples[ASSISTANT][0].relationships
        if one.sales and (days := _contact_days(one))
    ]
    assert len(longest) >= 25
    assert sum(days <= 35 for days in longest) / len(longest) > 0.9


def test_assistant_invoices_and_money_are_chased(samples: dict[str, Sample]) -> None:
    low = Counter(
        t.activity.name for t in samples[ASSISTANT][0].touchpoints if t.activity.value == "low"
    )
    assert low["Invoice"] > 300
    assert low["Chasing money"] > 30


def _purchase_days(one: Relationship) -> int:
    amounts: defaultdict[date, float] = defaultdict(float)
    for sale in one.sales:
        if sale.date <= AS_OF:
            amounts[sale.date] += float(sale.amount)
    return sum(amount > 0 for amount in amounts.values())


def test_shop_has_enough_customers_who_came_back(samples: dict[str, Sample]) -> None:
    counts = [_purchase_days(one) for one in samples[SHOP][0].relationships]
    assert sum(count >= 2 for count in counts) >= 100
    assert sum(count == 1 for count in counts) >= 30
    assert sum(count == 0 for count in counts) >= 5


def test_shop_families_with_reminders_come_more_often(samples: dict[str, Sample]) -> None:
    came: dict[bool, list[int]] = {True: [], False: []}
    for one in samples[SHOP][0].relationships:
        if one.sales:
            reminded = any("may be in size" in (t.topic or "") for t in one.touchpoints)
            came[reminded].append(_purchase_days(one))
    with_reminder, without = (sum(c) / len(c) for c in (came[True], came[False]))
    assert with_reminder > 1.2 * without


def test_shop_is_busiest_before_school(samples: dict[str, Sample]) -> None:
    months = Counter(s.date.month for s in samples[SHOP][0].sales if s.date.year == 2025)
    assert months[8] + months[9] > 1.5 * months.total() / 6
    assert months[8] > 3 * months[7]


def test_boxes_hardly_ever_fall_below_the_red_line(samples: dict[str, Sample]) -> None:
    members = [one for one in samples[BOXES][0].relationships if one.sales]
    never = [
        one
        for one in members
        if (days := _contact_days(one))
        and _longest_silence(days, days[0], one.client.ended_on or AS_OF) <= 32
    ]
    assert len(never) / len(members) > 0.8
    minutes = sum(t.minutes for one in members for t in one.touchpoints)
    sales = sum(len(one.sales) for one in members)
    assert minutes / sales < 3


def test_boxes_who_was_never_rung_leaves(samples: dict[str, Sample]) -> None:
    left: dict[bool, list[bool]] = {True: [], False: []}
    for one in samples[BOXES][0].relationships:
        if one.sales:
            rung = any(t.activity.name == "Check-in" for t in one.touchpoints)
            left[rung].append(one.client.ended_on is not None)
    shares = {rung: sum(gone) / len(gone) for rung, gone in left.items()}
    assert shares[False] > 2 * shares[True]


def test_boxes_every_sale_has_its_period(samples: dict[str, Sample]) -> None:
    boxes = [s for s in samples[BOXES][0].sales if s.amount > 0]
    assert all(s.starts == s.date and s.ends and 6 <= (s.ends - s.date).days <= 31 for s in boxes)


def test_every_fault_of_the_messy_workbook_is_found_and_nothing_else(
    samples: dict[str, Sample],
) -> None:
    found = [str(problem.where) for problem in samples["messy.xlsx"][0].problems]
    assert sorted(found) == sorted(MESSY_FAULTS)


def test_what_is_sound_in_the_messy_workbook_is_read(samples: dict[str, Sample]) -> None:
    book, settings = samples["messy.xlsx"]
    clients = {one.client.name: one for one in book.relationships}
    assert "None" in clients
    assert "Müller & Søn 🌷" in clients
    assert clients["Bramble Café"].client.phone == "2079460123"
    acme = clients["Acme Ltd"]
    # 1h 30m and 10; the third row of the name has a date in no certain order, the coffee is with Jo.
    assert [t.minutes for t in acme.touchpoints] == [90, 10, 0]
    assert [str(s.amount) for s in acme.sales] == ["1200", "-45.00"]
    # A meeting of the spreadsheet's 00:45, and nothing for the e-mail of 31 June.
    assert [t.minutes for t in clients["None"].touchpoints] == [45]
    assert settings.currency == "GBP"
    assert settings.closes == time(17)
    assert settings.business_model == "consultancy"
    assert book.unread == (
        "sheet “Shopping”",
        "column “Favourite biscuit” on Customers",
        "column “Colour” on Contact log",
    )
