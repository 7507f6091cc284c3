"""The index of the search: what it has for whom, and that each hit leads to a place that is there."""

import json
import re
from datetime import date, timedelta

import pytest
from sites import sample_report

from reportgen.model import Activity, Book, Client, Edition, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.files import pages


def made(report):
    """Path → content of every HTML page and script of the site."""
    wanted = (".html", "search.js")
    return {file.path: file.render() for file in pages(report) if file.path.endswith(wanted)}


def kinds(script):
    """Kind → its hits, as the page is handed them."""
    (packed,) = re.findall(r"\Areportgen\.index\((.*)\)\n\Z", script, re.DOTALL)
    return json.loads(packed)


@pytest.fixture(scope="module")
def site():
    return made(sample_report("interior-designer"))


def test_there_are_all_clients_pages_letters_figures_and_words(site):
    found = kinds(site["static/search.js"])
    assert list(found) == ["Client", "Page", "Letter", "Figure", "Word"]
    assert len(found["Client"]) == 34
    assert ["Tandoor & Thyme", "clients/tandoor-thyme", "Harjit Bains"] in found["Client"]
    assert ["Boundaries", "boundaries", "Who eats my evenings?"] in found["Page"]
    assert ["Silence", "method#figure-client-silence_days"] in found["Figure"]
    titles = {hit[0] for hits in found.values() for hit in hits}
    assert {"Thank-you", "red line"} <= titles


def test_every_hit_leads_to_a_place_that_is_there(site):
    for hits in kinds(site["static/search.js"]).values():
        for hit in hits:
            page, _, place = hit[1].partition("#")
            assert f"{page}.html" in site
            assert not place or f'id="{place}"' in site[f"{page}.html"], hit


def test_a_shared_edition_finds_what_it_shows():
    coach = kinds(made(sample_report("interior-designer", Edition.COACH))["static/search.js"])
    assert all(len(hit) == 2 for hit in coach["Client"]), "no contact"
    assert coach["Letter"] == []
    accountant = made(sample_report("interior-designer", Edition.ACCOUNTANT))
    words = {hit[0] for hit in kinds(accountant["static/search.js"])["Word"]}
    assert "red line" in words
    assert not words & {"trust", "health", "boundary load", "courting"}


def test_a_name_cannot_break_out_of_the_script():
    hostile = '</script>")\n\u2028 reportgen.index('
    call = Activity("Call", "relationship building", "high", connects=True)
    touch = Touchpoint(date(2026, 6, 1), hostile, call, Row("Touchpoints", 2))
    book = Book(
        relationships=relationships([Client(hostile)], [touch], [], []), source=Source("b.xlsx", "")
    )
    found = kinds(made(make_report(book, Settings(), date(2026, 6, 30)))["static/search.js"])
    assert [hit[0] for hit in found["Client"]] == [hostile]


def test_it_stays_small_for_many_clients():
    """Some forty bytes a client beside its name twice."""
    call = Activity("Call", "relationship building", "high", connects=True)
    start = date(2026, 1, 1)
    names = [f"Client number {number:04d}" for number in range(300)]
    rows = [
        Touchpoint(start + timedelta(number % 150), name, call, Row("Touchpoints", number + 2))
        for number, name in enumerate(names)
    ]
    book = Book(
        relationships=relationships([Client(name) for name in names], rows, [], []),
        source=Source("b.xlsx", ""),
    )
    files = pages(make_report(book, Settings(), date(2026, 6, 30)))
    (script,) = [file.render() for file in files if file.path == "static/search.js"]
    assert len(json.dumps(kinds(script)["Client"])) < 300 * 80
