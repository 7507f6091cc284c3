"""Hostile words in every form of the output, each read by a parser of its kind: they come back as typed.

``tests/hostile.py`` makes the one workbook; the pages run in a browser in
``tests/site/test_browser_hostile_words.py``.
"""

import csv
import email
import email.policy
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import openpyxl
import pytest
from hostile import (
    AS_OF,
    EXACT,
    FILE,
    SHEET,
    WORDS,
    expected,
    mark,
    marks_in,
    plainly,
    settle,
    typed,
    unescaped,
)
from icalendar import Calendar
from letters.test_mailings import read as read_rtf
from markdown_it import MarkdownIt
from program import reportgen

from reportgen.preview.shown import Preview
from reportgen.reading.grids import workbook_grids

CLIENTS = range(len(WORDS))
NAMES = {mark(n, "client") for n in CLIENTS}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The folder with the workbook, and all that the commands make of it."""
    home = tmp_path_factory.mktemp("hostile")
    settle(home)
    return home


def ran(home, command, *options, code=0):
    """What the command said; it says nothing that a terminal obeys."""
    ended = reportgen(command, home / FILE, *options, "--as-of", AS_OF.isoformat())
    assert ended.returncode == code, ended.stderr
    for text in (ended.stdout, ended.stderr):
        assert all(c.isprintable() or c in "\n\t\xa0" for c in text)
    return ended


@pytest.fixture(scope="session")
def site(home):
    """Path → bytes of the owner's site with its tables, and of the months beside it."""
    out, months = home / "site", home / "months"
    ran(home, "build", "-o", out, "--appendix", "--months", months, "--quiet")
    found = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    kept = (p for p in months.rglob("*.html"))
    return found | {f"months/{p.relative_to(months).as_posix()}": p.read_bytes() for p in kept}


def of(site, suffix):
    found = {path: content.decode() for path, content in site.items() if path.endswith(suffix)}
    assert found
    return found


class Html(HTMLParser):
    """The elements of a page, and its text: a new line where an element of its own line begins or ends."""

    INLINE = frozenset({"a", "b", "strong", "em", "span", "small", "mark", "code", "abbr", "tspan"})

    def __init__(self, text):
        super().__init__()
        self.elements, self.text, self._in = [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._in = tag
        if tag not in self.INLINE:
            self.text.append("\n")

    def handle_endtag(self, tag):
        self._in = ""
        if tag not in self.INLINE:
            self.text.append("\n")

    def handle_data(self, data):
        if self._in not in ("script", "style"):
            self.text.append(data)

    def said(self):
        """The text, and each value of an attribute; of one that is JSON, its texts."""
        values = [value for _, at in self.elements for value in at.values() if value]
        for value in [value for value in values if value.startswith(('["', "[["))]:
            values.remove(value)
            values.extend(strings(json.loads(value)))
        return ["".join(self.text), *values]


ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "data",
    "poster",
    "srcset",
    "background",
}
LEADS = re.compile(
    r"(?!//)(?:data:,|mailto:|tel:[+0-9]|sms:[+0-9]|[\w/.-]*(?:#[\w.%-]*)?(?:\?[\w=&.%+-]*)?(?:#[\w.%-]*)?$)"
)
"""An address inside the site, or one that the owner sends from."""


def harmless(elements, where, scripts=()):
    """No script but ours, nothing that an event runs, no address that leads out or runs."""
    for tag, attributes in elements:
        assert tag not in ("iframe", "object", "embed", "base", "foreignobject", "animate"), where
        for name, value in attributes.items():
            assert not name.startswith("on"), (where, tag, name)
            if name in ADDRESSES:
                assert LEADS.match(value), (where, tag, value)
                assert "bcc=" not in value.casefold(), (where, value)
        if tag == "script":
            assert str(attributes.get("src")).rpartition("/")[2] in scripts, (where, attributes)


@pytest.mark.parametrize(
    "changed",
    [
        f"49 {{% raw %}} {mark(2, 'client')}",  # run
        f"&lt;script&gt;alert(1)&lt;/script&gt; {mark(3, 'client')}",  # escaped twice
        f"<script>alert(1) {mark(3, 'client')}",  # swallowed in part
    ],
)
def test_words_that_do_not_come_back_are_seen(changed):
    marks_in(f"Found: {typed(3, 'client')}.")
    with pytest.raises(AssertionError):
        marks_in(changed)


def test_what_could_run_is_seen():
    for page in (
        "<a href='javascript:x'>",
        "<p onclick=x>",
        "<script>x</script>",
        "<img src=//x.example>",
    ):
        with pytest.raises(AssertionError):
            harmless(Html(page).elements, "page")


def test_the_words_that_are_tried_are_all_read(home):
    """So no form is without them because reading left them out."""
    whole = json.loads(ran(home, "analyse").stdout)
    assert {one["name"] for one in whole["clients"] if not marks_in(one["name"])} == {*EXACT}
    assert set().union(*(marks_in(one["name"]) for one in whole["clients"])) == NAMES


def strings(value):
    """Every key and every text of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def found_in(texts):
    return set().union(*map(marks_in, texts))


def test_json(site):
    found = found_in(strings(json.loads(site["report.json"])))
    assert found >= NAMES | {mark(n, "segment") for n in CLIENTS} | {mark(0, "day")}
    assert found_in(strings(json.loads(site[".reportgen.json"]))) == set()


def test_pages(site):
    ours = {"report.js", "terms.js", "search.js"}
    found = {}
    for path, text in of(site, ".html").items():
        page = Html(text)
        harmless(page.elements, path, ours)
        found[path] = found_in(page.said())
    assert found["clients.html"] >= NAMES
    assert found["problems.html"] >= {mark(0, "day"), mark(0, "amount")}
    whole = set().union(*found.values())
    assert whole >= {
        mark(n, kind)
        for n in CLIENTS
        for kind in (
            "client",
            "topic",
            "promise",
            "answer",
            "notes",
            "service",
            "segment",
            "source",
        )
    }
    assert {mark(4, "business"), mark(2, "owner")} <= whole
    shown = plainly(Html(of(site, "method.html")["method.html"]).said()[0])
    assert plainly(FILE) in shown


@pytest.mark.parametrize("form", ["single", "locked"])
def test_one_file(home, form):
    """The page around the shelf; what stands on it, the browser shows."""
    (home / "password").write_text("nine small otters at noon\n")
    how = ("--single-file",) if form == "single" else ("--password-file", home / "password")
    ran(home, "build", "-o", home / form, *how, "--quiet")
    page = Html((home / form / "index.html").read_text(encoding="utf-8"))
    assert "alert(1)" not in {value for _, at in page.elements for value in at.values()}
    assert not [name for _, at in page.elements for name in at if name.startswith("on")]
    found = found_in(page.said())
    assert (found == set()) == (form == "locked")


def test_markdown(site):
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    whole = set()
    for path, text in of(site, ".md").items():
        page = Html(reader.render(text))
        harmless([(tag, at) for tag, at in page.elements if tag != "img"], path)
        for tag, attributes in page.elements:
            if tag == "img":
                assert re.fullmatch(r"(\.\./)?pictures/[\w.-]+\.svg", attributes["src"]), path
        whole |= found_in(page.said())
    assert whole >= NAMES | {mark(n, "promise") for n in CLIENTS}


def test_pictures(site):
    """The names of all whose course is drawn stand in one; no picture has an element that runs."""
    whole = set()
    for path, text in of(site, ".svg").items():
        picture = ET.fromstring(text)
        for one in picture.iter():
            assert isinstance(one.tag, str), f"a comment: {path}"
            assert one.tag.removeprefix(SVG) not in ("script", "foreignObject", "a", "image", "use")
            assert not [name for name in one.attrib if name.startswith("on") or "href" in name], (
                path
            )
        whole |= found_in(["".join(one.itertext()) for one in picture.iter() if len(one) == 0])
        whole |= found_in(value for one in picture.iter() for value in one.attrib.values())
    assert whole


NAMED = {
    "everyone": ("clients", 20),
    "growth": ("clients", 2),
    "activities": ("activity", 10),
    "sources": ("source", 10),
}
"""Picture → whose names stand in it, and how many at least."""


@pytest.mark.parametrize("name", NAMED)
def test_the_names_in_a_picture(site, name):
    """As they were typed, or as much of them as there is room for."""
    of_whom, at_least = NAMED[name]
    if of_whom == "clients":
        typed_ = [one["name"] for one in json.loads(site["report.json"])["clients"]]
    else:
        typed_ = [typed(n, of_whom) for n in CLIENTS]
    names = [plainly(one) for one in typed_]
    picture = ET.fromstring(site[f"markdown/pictures/{name}.svg"])
    texts = [plainly("".join(one.itertext())) for one in picture.iter(f"{SVG}text")]
    found = {one for one in names for text in texts if text == one or is_cut(text, one)}
    assert len(found) >= at_least
    for text in texts:
        assert "…" not in text or any(is_cut(text, one) for one in names)


def is_cut(text, name):
    """Whether a picture has as much of the name as there is room for."""
    return len(text) > 5 and text.endswith("…") and name.startswith(text[:-1].rstrip())


def test_calendar(site):
    calendar = Calendar.from_ical(site["actions.ics"])
    assert {one.name for one in calendar.walk()} <= {
        "VCALENDAR",
        "VEVENT",
        "VTIMEZONE",
        "STANDARD",
        "DAYLIGHT",
    }
    events = calendar.walk("VEVENT")
    for event in events:
        assert not {"ATTENDEE", "ORGANIZER", "ATTACH"} & set(event)
        assert LEADS.match(str(event.get("URL", ""))), event
    assert len(found_in(str(event["SUMMARY"]) for event in events)) > 5
    assert found_in(str(event["DESCRIPTION"]) for event in events)


def test_tables_for_a_spreadsheet(site, letters):
    whole = set()
    for path, text in [*of(site, ".csv").items(), *of(letters, ".csv").items()]:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
        assert len({len(row) for row in rows}) == 1, path
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), (path, cell)
        whole |= found_in(cell for row in rows for cell in row)
    assert len(whole & NAMES) > 10


def test_the_appendix_and_the_marked_copy(site, home):
    ran(home, "check", "--annotate", home / "marked.xlsx", code=3)
    marked = openpyxl.load_workbook(home / "marked.xlsx")
    appendix = openpyxl.load_workbook(io.BytesIO(site["appendix.xlsx"]))
    for book in (marked, appendix):
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        links = {cell.hyperlink.target for cell in cells if cell.hyperlink}
        assert links <= {None}, "out of the workbook"
        assert found_in(unescaped(str(cell.value)) for cell in cells) >= NAMES
    assert SHEET in marked.sheetnames
    before, after = (
        [one.rows for one in workbook_grids((home / name).read_bytes(), "x.xlsx")]
        for name in (FILE, "marked.xlsx")
    )
    assert after[: len(before)] == before
    comments = [
        unescaped(c.comment.text) for s in marked for row in s.iter_rows() for c in row if c.comment
    ]
    assert found_in(comments)


@pytest.fixture(scope="session")
def letters(home):
    """Path → bytes of the letters that are due, and of their mailings."""
    ran(home, "letters", "-o", home / "letters-due", "--quiet")
    return {path.name: path.read_bytes() for path in (home / "letters-due").iterdir()}


def test_letters_and_mailings(site, letters):
    assert found_in(of(letters, ".md").values())
    for files in (site, letters):
        for text in of(files, ".rtf").values():
            said = read_rtf(text.encode())
            assert marks_in(said) >= {mark(4, "business"), mark(2, "owner")}
            assert r"<script>alert(1)</script> $x$ \ {\field} `x` ]]>" in said
    for path, content in {p: c for p, c in site.items() if p.endswith(".eml")}.items():
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert set(message.keys()) <= {
            *("X-Unsent", "From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding"),
            "MIME-Version",
        }, path
        assert not message.is_multipart()
        assert not message.defects
        assert found_in([message.get_content()]) >= {mark(4, "business"), mark(2, "owner")}
        marks_in(message["Subject"])


def test_what_the_commands_say(home):
    said = ran(home, "check", code=3).stdout
    assert mark(0, "day") in said
    whole = ran(home, "check", "--all", code=3).stdout
    # What was found is cut where it is long, and its mark with it.
    short = [n for n in CLIENTS if len(WORDS[n]) < 40]
    assert found_in(whole.splitlines()) >= {
        mark(n, kind) for n in short for kind in ("day", "amount")
    }
    for name in (typed(6, "client"), *EXACT[:2]):
        ended = reportgen("explain", home / FILE, name, "--as-of", AS_OF.isoformat())
        assert ended.returncode == 0, ended.stderr
        assert plainly(name).startswith(expected(6)) or name in ended.stdout
    unknown = reportgen(
        "explain", home / FILE, "\x1b[31m{{ 7*7 }}$x$", "--as-of", AS_OF.isoformat()
    )
    assert unknown.returncode == 1
    assert "\x1b" not in unknown.stderr


def test_a_letter_of_a_hostile_name_is_passed_over_in_a_sentence(home):
    odd = home / "letters" / "<b> {{ 7*7 }} $x$ \x1b[31m.md"
    odd.write_text("x")
    try:
        ended = reportgen("letters", home / FILE, "-o", home / "none", "--as-of", "2026-06-30")
    finally:
        odd.unlink()
    assert ended.returncode == 0
    assert "The letter <b> {{ 7*7 }} $x$" in ended.stderr
    assert "\x1b" not in ended.stderr


def test_the_key(home):
    ran(
        home,
        "build",
        "-o",
        home / "coach",
        "--edition",
        "coach",
        "--key-file",
        home / "key.csv",
        "--quiet",
    )
    text = (home / "key.csv").read_text(encoding="utf-8").removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text), strict=True))
    assert found_in(cell for row in rows for cell in row) == NAMES
    assert not [c for row in rows for c in row if c.startswith(("=", "+", "-", "@"))]


def test_the_overview_of_a_cohort(tmp_path):
    """Owners whose folders and files have hostile names: one is read, one is damaged."""
    (tmp_path / "in").mkdir()
    for name, content in {
        "<img src=x onerror=alert(1)> $x$ {{ 7*7 }} `y` [z](x)": "Date,Client\n2026-06-01,=1+1\n",
        "\u202e| | <script>alert(2)</script>": "",
    }.items():
        (tmp_path / "in" / f"{name.replace('/', '')}.csv").write_text(content)
    ended = reportgen("cohort", tmp_path / "in", "-o", tmp_path / "out", "--as-of", "2026-06-30")
    assert ended.returncode == 3
    assert all(c.isprintable() or c in "\n\t\xa0" for c in ended.stdout + ended.stderr)
    page = Html((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    assert "<img src=x onerror=alert(1)> $x$ {{ 7*7 }} `y` [z](x)" in page.said()[0]
    assert not [name for _, at in page.elements for name in at if name.startswith("on")]
    assert not [
        at for tag, at in page.elements if tag in ("img", "script") and at.get("src") == "x"
    ]


def test_the_banner_of_a_preview(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<html><body><p>Acme</p></body></html>")
    preview = Preview()
    preview.show(tmp_path / "site", "of these pages")
    for n in CLIENTS:
        preview.blame(typed(n, "banner"))
        page = Html(preview.answer("index.html").content.decode())
        assert marks_in(page.said()[0]) == {mark(n, "banner")}
        harmless(page.elements, n, {"serve.js"})


def test_adopting(tmp_path):
    """Words of a file of her own become cells of text in the workbook that it makes."""
    rows = [["Date", "Client", "Activity", "Topic"]]
    rows += [["2026-06-01", typed(n, "client"), "Call", typed(n, "topic")] for n in CLIENTS]
    with (tmp_path / "hers.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    ended = reportgen("adopt", tmp_path / "hers.csv", "-o", tmp_path / "made.xlsx")
    assert ended.returncode == 0, ended.stderr
    cells = [
        c
        for s in openpyxl.load_workbook(tmp_path / "made.xlsx")
        for row in s.iter_rows()
        for c in row
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]
    found = {unescaped(str(cell.value)) for cell in cells}
    assert found_in(found) >= NAMES | {mark(n, "topic") for n in CLIENTS}
