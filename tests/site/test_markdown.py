"""The Markdown edition, read by two readers of Markdown that know nothing of each other."""

import posixpath
import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import unquote

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reportgen.environments import markdown_text
from reportgen.model import UNKNOWN_ACTIVITY, Book, Client, Sale, Source, Touchpoint, relationships
from reportgen.problems import Cell, Problem, Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.files import pages

HOSTILE = '<script>alert(1)</script> & "x" | [y](javascript:z) {{ 7*7 }}'
NAMES = (
    HOSTILE,
    "Pipes | of | Pan \\| Co \\",
    "_Under_ **Bold** `Code` ~~Struck~~ # 1",
    "![pixel](https://example.com/p.png) <https://example.com>",
    "A &lt; B &amp; C &copy; $x$ jo@example.com",
    "<!-- hidden",
    "<b onmouseover=alert(1)>bold</b>",
    "[name]: javascript:z",
)
AS_OF = date(2026, 6, 30)

READERS = {
    "Python-Markdown": lambda text: markdown.markdown(text, extensions=["tables"]),
    "CommonMark": MarkdownIt("commonmark").enable(["table", "strikethrough"]).render,
}
reader = pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())


class Html(HTMLParser):
    """The elements of what a reader of Markdown made, and the text in each kind of them."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.text = []
        self._open = [""]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("br", "img", "hr"):
            self._open.append(tag)
            self.text.append([tag, ""])

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        for one in reversed(self.text):
            if one[0] in self._open:
                one[1] += data
                return

    def of(self, tag):
        """The text of each element of a kind."""
        return [text for name, text in self.text if name == tag]


@pytest.fixture(scope="module")
def site():
    """Clients of hostile names, each with a promise, a sale and a spell; their problem pages too."""
    rows = list(enumerate(NAMES, start=2))
    book = Book(
        relationships(
            [Client(name, contact=name) for name in NAMES],
            [
                Touchpoint(
                    date(2026, 4, 1),
                    name,
                    UNKNOWN_ACTIVITY,
                    Row("Touchpoints", row),
                    promise=name,
                    promised_for=date(2026, 6, 1),
                )
                for row, name in rows
            ],
            [Sale(date(2026, 1, 1), name, Decimal(row), Row("Sales", row)) for row, name in rows],
        ),
        Source(HOSTILE, "0" * 64),
        problems=tuple(Problem(Cell(name, 2, 3), name, name, name) for name in NAMES),
        unread=NAMES,
        remarks=NAMES,
    )
    everyone = Settings(
        business_name=HOSTILE, plan_clients=len(NAMES), relationship_minutes_per_week=1440
    )
    report = make_report(book, everyone, AS_OF)
    return {page.path: page.render() for page in pages(report)}


def markdown_of(site):
    found = {path: text for path, text in site.items() if path.endswith(".md")}
    assert len(found) >= 8 + len(NAMES) - 1
    return found


@reader
def test_nothing_of_the_owners_becomes_markup(site, reader):
    for path, text in markdown_of(site).items():
        for tag, attributes in Html(reader(text)).elements:
            assert tag in {
                *(
                    "pre",
                    "h1",
                    "h2",
                    "h3",
                    "p",
                    "blockquote",
                    "hr",
                    "br",
                    "strong",
                    "em",
                    "code",
                    "a",
                    "img",
                ),
                *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
            }, path
            assert not [name for name in attributes if name.startswith("on")], path


@reader
def test_every_link_and_picture_is_a_file_of_the_edition(site, reader):
    followed = 0
    for path, text in markdown_of(site).items():
        for tag, attributes in Html(reader(text)).elements:
            address = attributes.get("href" if tag == "a" else "src")
            if address is None:
                continue
            file = unquote(address.partition("#")[0])
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
            assert there in site, (path, address)
            followed += 1
    assert followed > 100


@reader
def test_the_owners_words_are_shown_as_they_are(site, reader):
    assert set(NAMES) <= set(Html(reader(site["markdown/clients.md"])).of("a"))
    planned = Html(reader(site["markdown/actions.md"])).of("li")
    for name in NAMES:
        due = f": Keep your promise: {name}; get back in touch with {name} ("
        assert sum(item.startswith(due) for item in planned) == 1
    found = Html(reader(site["markdown/problems.md"])).of("td")
    assert [cell for cell in found if cell in NAMES] == [n for n in NAMES for _ in range(3)]


@reader
def test_a_client_page_is_headed_by_the_name(site, reader):
    pages_ = [text for path, text in site.items() if path.startswith("markdown/clients/")]
    headings = [Html(reader(text)).of("h1") for text in pages_]
    assert sorted(headings) == sorted([name] for name in NAMES)


def columns(line):
    """How many cells a line of a table has: pipes that no backslash takes away, less the outer ones."""
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1


def test_every_row_of_a_table_has_as_many_cells_as_its_head(site):
    tables = 0
    for path, text in markdown_of(site).items():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            head, rule, *body = block.splitlines()
            assert re.fullmatch(r"\|(:?-+:?\|)+", rule), path
            for line in (head, rule, *body):
                assert line.rstrip().endswith("|"), (path, line)
                assert columns(line) == columns(rule), (path, line)
            tables += 1
    assert tables > 10


@reader
def test_every_table_is_read_as_one(site, reader):
    for path, text in markdown_of(site).items():
        written = len(re.findall(r"^\|(?::?-+:?\|)+$", text, re.MULTILINE))
        assert len(Html(reader(text)).of("table")) == written, path


def test_every_page_ends_with_what_it_rests_on(site):
    for path, text in markdown_of(site).items():
        foot = text[text.rindex("\n---\n") :]
        assert "As of 30 June 2026, from " in foot, path
        assert "8 clients, 8 touchpoints, 8 sales, 0 planned rows, 8 data problems" in foot, path
        assert "SHA-256: `" + "0" * 64 + "`" in foot, path


SPECIAL = st.text(st.sampled_from(list("\\`*_[]()<>|#~$@&;!{}:/\"'=-+.1ab \t\n")), max_size=24)


HELD = "\N{NO-BREAK SPACE}"


@reader
@given(text=SPECIAL | st.text(max_size=24))
@example(text="58\N{NO-BREAK SPACE}% \N{NO-BREAK SPACE}\tof\N{OGHAM SPACE MARK}them")
def test_any_text_in_a_cell_is_shown_as_it_is(reader, text):
    """But for white space, of which a line of a table has no more than single spaces; one that holds two
    words together stays.
    """
    expected = " ".join(text.strip().replace(HELD, "\0").split()).replace("\0", HELD)
    if not expected.replace(HELD, "").isprintable() or "\0" in text:
        return
    cell = Html(reader(f"| head | end |\n|---|---|\n| x{markdown_text(text)}x | end |\n"))
    assert cell.of("td") == [f"x{expected}x", "end"]
