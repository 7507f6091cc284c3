"""2,000 clients: who has a page, where long lists go on, and how large the pages are."""

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from crowds import AS_OF, crowd

from reportgen.evidence.red_line import SilenceState
from reportgen.model import Edition
from reportgen.report.report import Report, make_report
from reportgen.site import paged
from reportgen.site.files import pages

MOST = 250_000

pytestmark = pytest.mark.slow

Site = Mapping[str, str]


@pytest.fixture(scope="module")
def report() -> Report:
    """Few contacts each: some fell silent long ago and have lapsed, the others are running."""
    book, settings = crowd(2_000, contacts=3, sales=2)
    return make_report(book, settings, AS_OF)


@pytest.fixture(scope="module")
def site(report) -> Site:
    """The pages but those of clients, of which every hundredth is here."""
    return {
        file.path: str(file.render())
        for file in pages(report)
        if file.path.endswith((".html", ".md", ".js"))
        and ("clients/" not in file.path or file.path.endswith("00.html"))
    }


@pytest.fixture(scope="module")
def paths(report) -> frozenset[str]:
    return frozenset(file.path for file in pages(report))


class Ways(HTMLParser):
    """The addresses and the ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a" and "href" in found:
            self.addresses.append(found["href"])
        if "id" in found:
            self.ids.append(found["id"])


def of_clients(paths: frozenset[str]) -> set[str]:
    return {path for path in paths if re.fullmatch(r"clients/[^/]*\.html", path)}


def test_the_running_and_those_whom_a_page_names_have_a_page_and_the_others_have_none(
    report, paths
):
    running = [one for one in report.found.clients if one.seen.is_running]
    assert 0 < len(running) < 2_000
    slugs = {
        one.name: f"clients/{one.name.lower().replace(' ', '-')}.html"
        for one in report.found.clients
    }
    assert {slugs[one.name] for one in running} <= of_clients(paths)
    assert {slugs[one.client] for one in report.plan.lapsed.win_back} <= of_clients(paths)
    assert len(of_clients(paths)) < 2_000


def test_with_all_pages_everybody_has_one(report):
    assert len(of_clients(frozenset(file.path for file in pages(report, all_pages=True)))) == 2_000


def test_of_fewer_clients_everybody_has_one(monkeypatch, report):
    monkeypatch.setattr(paged, "NOT_ALL_FROM", 2_001)
    assert len(of_clients(frozenset(file.path for file in pages(report)))) == 2_000


def test_every_name_leads_to_a_page_that_there_is(site, paths):
    """On pages and lists, in HTML and in Markdown; ids are those of one element."""
    read = {path: Ways(text) for path, text in site.items() if path.endswith(".html")}
    for path, ways in read.items():
        assert len(ways.ids) == len(set(ways.ids)), path
    found = {path: ways.addresses for path, ways in read.items()}
    for path, text in site.items():
        if path.endswith(".md"):
            found[path] = re.findall(r"\]\(([^)]+)\)", text)
    for path, addresses in found.items():
        for address in addresses:
            if ":" in address or address.startswith("#"):
                continue
            file, _, anchor = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
            assert target in paths, (path, address)
            if anchor and target in read:
                assert anchor in read[target].ids, (path, address)


def test_a_table_that_was_cut_says_so_to_its_script(site):
    """So that its button says how many of its lines are there; what was cut is not sorted."""
    cut = 0
    for path, html in site.items():
        for table in html.split("<table")[1:]:
            tag, _, rest = table.partition(">")
            goes_on = re.search(
                r"</table>\s*</div>\s*<p[^>]*>[\d,]+(?: to [\d,]+)? of [\d,]+", rest
            )
            assert (" data-part" in tag) == bool(goes_on), (path, tag)
            assert not (goes_on and " data-sortable" in tag), (path, tag)
            cut += bool(goes_on)
    assert cut > 5


def test_no_page_is_large(site):
    sizes = {path: len(html.encode()) for path, html in site.items() if path.endswith(".html")}
    assert {path: size for path, size in sizes.items() if size > MOST} == {}


def test_the_letter_is_no_longer_than_that_of_200_clients_by_more_than_half(site):
    book, settings = crowd(200, contacts=3, sales=2)
    (letter,) = (
        one for one in pages(make_report(book, settings, AS_OF)) if one.path == "index.html"
    )
    assert len(site["index.html"]) < 1.5 * len(str(letter.render()))


def lines(html: str, table: str) -> list[str]:
    """The clients of a table, from the top."""
    body = re.search(rf'<table id="{table}".*?</table>', html, re.DOTALL)
    assert body
    return re.findall(r'<th scope="row">\s*(?:<a [^>]*>)?([^<]+)', body[0])


def test_a_long_list_goes_on_where_it_stopped_and_has_everybody_once(report, site):
    pages_of_list = [path for path in site if re.fullmatch(r"lists/clients-list-\d+\.html", path)]
    ordered = [
        "clients.html",
        *sorted(pages_of_list, key=lambda path: int(re.findall(r"\d+", path)[0])),
    ]
    found = [lines(site[path], "list") for path in ordered]
    assert [len(one) for one in found[:2]] == [100, 250]
    running = [one.name for one in report.found.clients if one.seen.is_running]
    assert sorted(name for one in found for name in one) == sorted(running)
    below = {one.name for one in report.found.clients if one.seen.state is SilenceState.BELOW}
    names = [name for one in found for name in one]
    assert set(names[: len(below)]) == below
    assert f"101 to 350 of {len(running):,}" in site[ordered[1]]
    assert '<a rel="prev" href="../clients.html">← 1 to 100</a>' in site[ordered[1]]
    assert f'<a rel="next" href="../{ordered[2]}">351 to 600 →</a>' in site[ordered[1]]
    assert 'data-filter="list"' not in site["clients.html"]


def test_a_further_list_says_what_a_name_without_a_link_means_and_how_to_get_the_page(site, paths):
    without = f"{2_000 - len(of_clients(paths)):,} clients have no page"
    ends = [text for path, text in site.items() if "lists/clients-lapsed-" in path]
    assert len(ends) > 2
    assert all(without in text and "--all-pages" in text for text in ends)
    assert "have no page" not in site["clients.html"]


def test_the_search_finds_everybody_where_they_stand(site, paths):
    text = site["static/search.js"]
    found = json.loads(text[text.index("(") + 1 : text.rindex(")")])["Client"]
    assert len(found) == 2_000
    places = [hit[1].partition("#") for hit in found]
    assert {f"{place}.html" for place, _, _ in places} <= paths
    beside = [(place, anchor) for place, _, anchor in places if not place.startswith("clients/")]
    assert len(beside) == 2_000 - len(of_clients(paths))
    for place, anchor in beside:
        assert f'id="{anchor}"' in site[f"{place}.html"]


def test_a_coach_is_led_right_too(report):
    files = {file.path: file for file in pages(replace(report, edition=Edition.COACH))}
    lists = [path for path in files if re.fullmatch(r"lists/.*-2\.html", path)]
    assert lists
    for path in lists:
        for address in Ways(str(files[path].render())).addresses:
            target = posixpath.normpath(posixpath.join("lists", address.partition("#")[0]))
            assert target in files or address.startswith("#"), (path, address)
