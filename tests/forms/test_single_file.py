"""One file of a site made by hand: two pages, two clients, downloads; and of the benchmark's workbook."""

import base64
import gzip
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from program import reportgen

from reportgen.forms import single_file as module
from reportgen.forms.single_file import bound, single_file

ROOT = Path(__file__).resolve().parents[2]


def page(title: str, main: str, root: str = "", current: str = "") -> str:
    mark = ' aria-current="page"' if current else ""
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body>"
        f'<header class="head"><nav class="pages"><a href="{root}index.html"{mark}>Overview</a>'
        f'<a href="{root}clients.html">Clients</a></nav>'
        f'<form action="{root}clients.html" role="search"></form></header>'
        f'<main id="main" class="wide">{main}</main>'
        f'<footer><a href="{root}index.html#top">Up</a></footer></body></html>'
    )


SVG = (
    '<svg aria-labelledby="t d"><title id="t">Effort</title><desc id="d">Twice in May</desc>'
    '<svg><path clip-path="url(#c)"/></svg><text>1 h</text></svg>'
)
SITE: dict[str, str | bytes] = {
    "clients/ann.html": page(
        "Ann",
        f'<h2 id="health">Health</h2>{SVG}<a href="../letters/ann.eml" download>Draft</a>'
        '<a href="../index.html#top">Overview</a> <a href="bob.html#health">Bob</a>',
        "../",
    ),
    "clients/bob.html": page("Bob", '<h2 id="health">Health</h2>', "../"),
    "clients.html": page(
        "Clients",
        '<form data-filter="list"></form><table id="list"><tbody>'
        '<tr><td><a href="clients/ann.html">Ann</a></td>\n<td></td></tr>\n</tbody></table>'
        '<span id="list-count"></span>',
    ),
    "index.html": page(
        "Overview",
        '<h1 id="top">How?</h1><a href="#top">Top</a><a href="report.json">All</a>'
        '<a href="actions.ics" download>Calendar</a><a href="actions.ics" download>Again</a>'
        '<a href="mailto:a@b.uk?subject=One%20two&amp;body=x">Mail</a>',
        current="yes",
    ),
    "static/report.css": "p { color: red }",
    "static/report.js": "",
    "actions.ics": b"BEGIN:VCALENDAR\r\nCaf\xc3\xa9\r\n",
    "letters/ann.eml": "Subject: café\n",
    "report.json": "{}",
    "markdown/README.md": "[All](../report.json)",
}


class Parsed(HTMLParser):
    """The elements of a document, each with its attributes, and the text of each script."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        else:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def shelf_of(html: str) -> list[str]:
    found = re.search(r'id="shelf">([^<]*)<', html)
    assert found
    shelf: list[str] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return shelf


def test_the_pages_of_the_navigation_come_first_and_clients_have_numbers():
    sections = Parsed(single_file(SITE)).all("section")
    assert [(one["id"], one["data-title"]) for one in sections] == [
        ("index", "Overview"),
        ("clients", "Clients"),
        ("clients-2", "Ann"),
        ("clients-3", "Bob"),
    ]


def test_links_lead_to_the_sections_and_what_is_left_out_has_no_link():
    links = Parsed(bound(SITE).body).all("a")
    assert [link.get("href") for link in links] == [
        "#main",
        *("#index", "#clients"),  # the navigation
        *("#index:top", None, None, None, "mailto:a@b.uk?subject=One%20two&body=x"),
        "#clients-2",
        *(None, "#index:top", "#clients-3:health"),
        "#index:top",  # the footer
    ]
    assert all("aria-current" not in link for link in links)
    assert Parsed(bound(SITE).body).all("form")[0]["action"] == "#clients"


def test_each_page_has_ids_of_its_own_and_keeps_its_references():
    elements = Parsed(bound(SITE).body).elements
    ids = Counter(attrs["id"] for _, attrs in elements if "id" in attrs)
    assert set(ids) == {
        *("main", "index", "index:top", "clients", "clients:list", "clients:list-count"),
        *("clients-2", "clients-2:health", "clients-2:t", "clients-2:d"),
        *("clients-3", "clients-3:health"),
    }
    assert set(ids.values()) == {1}
    attributes = {name: value for _, attrs in elements for name, value in attrs.items()}
    assert attributes["data-filter"] == "clients:list"
    assert attributes["aria-labelledby"] == "clients-2:t clients-2:d"
    assert attributes["clip-path"] == "url(#clients-2:c)"


def test_a_download_stands_once_on_the_shelf_byte_for_byte():
    html = single_file(SITE)
    links = [link for link in Parsed(html).all("a") if "data-shelf" in link]
    assert [(link["data-shelf"], link["data-download"], link["data-type"]) for link in links] == [
        ("0", "actions.ics", "text/calendar"),
        ("0", "actions.ics", "text/calendar"),
        ("1", "ann.eml", "message/rfc822"),
    ]
    assert [one.encode("latin-1") for one in shelf_of(html)] == [
        b"BEGIN:VCALENDAR\r\nCaf\xc3\xa9\r\n",
        b"Subject: caf\xc3\xa9\n",
    ]


def test_without_a_script_everything_but_downloads_is_there():
    text = " ".join("".join(Parsed(single_file(SITE)).texts).split())
    for words in ("How?", "Effort", "Twice in May", "Health", "Bob", "one after the other"):
        assert words in text


def test_pictures_of_clients_go_to_the_shelf_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(module, "PLAIN_PICTURES_UP_TO", 0)
    whole = bound(SITE)
    assert "<svg" not in whole.body
    # After the calendar and the draft, which the pages are read for first.
    assert '<p class="note" data-shelf="2">Twice in May</p>' in whole.body
    assert whole.shelf[2].startswith('<svg aria-labelledby="clients-2:t clients-2:d">')
    assert whole.shelf[2].endswith("</svg><text>1 h</text></svg>")


def test_long_folds_of_clients_go_there_too(monkeypatch):
    folded = '<ul class="stream" data-late="Once scripts run.">\n<li>5 May</li>\n</ul>'
    site = SITE | {"clients/bob.html": page("Bob", f"<p>Now</p>{folded}<p>Last</p>", "../")}
    assert "<li>5 May" in bound(site).body
    monkeypatch.setattr(module, "PLAIN_PICTURES_UP_TO", 0)
    whole = bound(site)
    assert '<p>Now</p><p class="note" data-shelf="3">Once scripts run.</p><p>Last</p>' in whole.body
    assert whole.shelf[3].startswith("<ul ")
    assert whole.shelf[3].endswith("<li>5 May</li>\n</ul>")


def test_an_empty_cell_stays_empty_without_its_end_tag():
    """``.stacks td:empty`` in the style sheet hides it on a phone: white space would show it."""
    assert "Ann</a><td></table>" in bound(SITE).body


def test_only_one_word_goes_without_its_quotes():
    main = (
        '<p class="note" title="two words" data-x="">a="b" <a href="#end">c</a></p><svg>'
        '<path class="grid" d="M1"/></svg><i title="1=2"></i><h2 id="end">e</h2>'
    )
    site = SITE | {"index.html": page("Overview", main)}
    assert (
        '<p class=note title="two words" data-x="">a="b" <a href=#index:end>c</a></p><svg>'
        '<path class=grid d="M1"/></svg><i title="1=2"></i><h2 id=index:end>e</h2>'
    ) in bound(site).body


def test_nothing_but_our_two_scripts_may_run():
    parsed = Parsed(single_file(SITE))
    policy = next(str(one["content"]) for one in parsed.all("meta") if "http-equiv" in one)
    kinds = [one.get("type") for one in parsed.all("script")]
    ours = [text for text, kind in zip(parsed.scripts, kinds, strict=True) if kind != "text/plain"]
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in ours]
    style = base64.b64encode(hashlib.sha256(bound(SITE).style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}' 'sha256-{digests[1]}';"
        f" style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_the_same_site_gives_the_same_file():
    assert single_file(SITE) == single_file(dict(SITE))


def test_a_page_alone_has_no_header_and_no_footer():
    """The public edition is one page."""
    site: dict[str, str | bytes] = {
        "index.html": '<title>Totals</title><main id="main"><h1>Totals</h1></main>',
        "static/report.css": "",
    }
    assert Parsed(single_file(site)).all("section") == [
        {"class": "part", "id": "index", "data-title": "Totals"}
    ]


@pytest.mark.slow
def test_200_clients_and_their_tables_stay_under_4_mb_and_every_reference_leads_somewhere(
    tmp_path, monkeypatch
):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    from workbooks import write_workbook

    book, out = tmp_path / "book.xlsx", tmp_path / "site"
    write_workbook(book)
    reportgen(
        *("build", book, "-o", out, "--single-file", "--appendix", "--as-of", "2026-10-31")
    ).check_returncode()
    html = (out / "index.html").read_text(encoding="utf-8")
    assert len(html.encode()) < 4_000_000
    assert sum(one.startswith("PK") for one in shelf_of(html)) == 1
    elements = Parsed(html).elements
    ids = Counter(attrs["id"] for _, attrs in elements if "id" in attrs)
    assert len([one for one in ids if re.fullmatch(r"clients-\d+", str(one))]) == 200
    assert {one: times for one, times in ids.items() if times > 1} == {}
    referring = ("aria-labelledby", "aria-describedby", "for", "data-filter")
    wanted = {
        reference
        for _, attrs in elements
        for name, value in attrs.items()
        for reference in (
            str(value).split()
            if name in referring
            else [str(value)[1:]]
            if name in ("href", "xlink:href", "action") and str(value).startswith("#")
            else re.findall(r"url\(#([^)]*)\)", str(value))
        )
    }
    assert sorted(wanted - {str(one) for one in ids}) == []
    addresses = {
        str(value).partition(":")[0]
        for _, attrs in elements
        for name, value in attrs.items()
        if name in ("href", "src", "xlink:href", "action") and not str(value).startswith("#")
    }
    assert addresses <= {"mailto", "tel", "sms", "data"}
