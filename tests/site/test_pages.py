"""Every page of small books: complete, escaped, with no loose link and no address outside."""

import posixpath
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, time
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from reportgen.model import (
    Activity,
    Book,
    Client,
    Feedback,
    Sale,
    Source,
    Touchpoint,
    relationships,
)
from reportgen.problems import Cell, Problem, Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.files import pages

HOSTILE = '<script>alert(1)</script> & "x" | [y](javascript:z) {{ 7*7 }}'
AS_OF = date(2026, 6, 30)
SHA = "0123456789abcdef" * 4
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Html(HTMLParser):
    """What a browser would make of a page: its elements, ids, addresses and text."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.text = []
        self._open = []
        self.feed(text)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        if tag not in VOID:
            self._open.append(tag)
            self.text.append((tag, ""))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open, f"closed but never opened: {tag}"
            assert self._open.pop() == tag

    def handle_data(self, data):
        self.text.append((self._open[-1] if self._open else "", data))

    def of(self, tag):
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def addresses(self):
        return [
            attributes[name]
            for _, attributes in self.elements
            for name in ("href", "src", "action", "xlink:href", "srcset", "poster", "data")
            if name in attributes
        ]

    def words(self, tag=None):
        """The text of the page, or of the elements of one kind, with single spaces."""
        text = "".join(data for name, data in self.text if tag in (None, name))
        return " ".join(text.split())


def rendered(book, settings, as_of=AS_OF):
    """Path → text of every file of the site."""
    return {page.path: page.render() for page in pages(make_report(book, settings, as_of))}


def html_pages(site):
    return {path: text for path, text in site.items() if path.endswith(".html")}


def markdown_pages(site):
    return {path: text for path, text in site.items() if path.endswith(".md")}


def hostile_book():
    """A client whose every word is hostile, two ordinary ones, and a source of that name too."""
    call = Activity(HOSTILE, "relationship building", "high", connects=True)
    return Book(
        relationships=relationships(
            [
                Client(
                    HOSTILE,
                    contact=HOSTILE,
                    email=HOSTILE,
                    phone=HOSTILE,
                    segment=HOSTILE,
                    source=HOSTILE,
                    referred_by=HOSTILE,
                    preferred_channel=HOSTILE,
                    notes=HOSTILE,
                    since=date(2025, 1, 1),
                    birthday=date(2000, 2, 29),
                    potential_per_year=Decimal(100),
                    row=Row("Clients", 2),
                ),
                Client("Bell"),
            ],
            [
                Touchpoint(
                    date(2026, 3, 1),
                    HOSTILE,
                    call,
                    Row("Touchpoints", 2),
                    direction="in",
                    channel=HOSTILE,
                    start=time(20, 15),
                    minutes=90,
                    minutes_recorded="recorded",
                    topic=HOSTILE,
                    promise=HOSTILE,
                    promised_for=date(2026, 4, 1),
                    signal=HOSTILE,
                ),
                Touchpoint(
                    date(2026, 3, 2), HOSTILE, call, Row("Touchpoints", 3), promised_for=AS_OF
                ),
                Touchpoint(date(2026, 7, 2), HOSTILE, call, Row("Touchpoints", 4), topic=HOSTILE),
                Touchpoint(date(2026, 6, 2), "Cole", call, Row("Touchpoints", 5)),
            ],
            [
                Sale(date(2025, 9, 1), HOSTILE, Decimal(80), Row("Sales", 2), service=HOSTILE),
                Sale(date(2026, 9, 1), HOSTILE, Decimal(80), Row("Sales", 3), service=HOSTILE),
            ],
            [Feedback(date(2026, 3, 4), HOSTILE, Row("Feedback", 2), text=HOSTILE)],
        ),
        source=Source(HOSTILE, SHA),
        problems=(Problem(Cell(HOSTILE, 3, 3), HOSTILE, HOSTILE, HOSTILE),),
        cells=40,
        unread=(HOSTILE, "the column " + HOSTILE),
        remarks=(HOSTILE,),
    )


@pytest.fixture(scope="module")
def hostile():
    """The site of the hostile book."""
    named = Settings(business_name=HOSTILE, owner=HOSTILE, preferred_channels=(HOSTILE,))
    return rendered(
        hostile_book(), named.layered({"red_line_days": 60}, {"red_line_days": HOSTILE})
    )


def test_the_pages_there_are(hostile):
    client = "script-alert-1-script-x-y-javascript-z-7-7"
    assert set(html_pages(hostile)) >= {
        "index.html",
        "actions.html",
        "matrix.html",
        "lifecycle.html",
        "clients.html",
        "problems.html",
        "method.html",
        f"clients/{client}.html",
        "clients/bell.html",
        "clients/cole.html",
    }
    assert set(markdown_pages(hostile)) >= {
        "markdown/README.md",
        "markdown/actions.md",
        "markdown/matrix.md",
        "markdown/lifecycle.md",
        "markdown/clients.md",
        "markdown/problems.md",
        "markdown/method.md",
        f"markdown/clients/{client}.md",
    }
    assert "report.json" in hostile
    assert f"markdown/pictures/{client}.svg" in hostile


def test_nothing_of_the_owners_becomes_markup(hostile):
    for path, text in html_pages(hostile).items():
        page = Html(text)
        root = "../" * path.count("/")
        scripts = page.of("script")
        assert [one.get("src") for one in scripts] == [
            f"{root}static/report.js",
            f"{root}static/terms.js",
        ], path
        assert page.words("script") == "", path
        for tag, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
        assert not [a for a in page.addresses() if "script:" in a.casefold()], path


def test_the_owners_words_are_shown_as_they_are(hostile):
    (path,) = (p for p in html_pages(hostile) if p.startswith("clients/script"))
    page = Html(hostile[path])
    assert page.words("h1") == HOSTILE
    assert page.words().count(HOSTILE) >= 15
    for other in ("index.html", "actions.html", "clients.html", "lifecycle.html"):
        assert Html(hostile[other]).words("a").count(HOSTILE) >= 2, other  # the head and the list
    assert Html(hostile["problems.html"]).words("td") == HOSTILE * 3 + "1 cell"
    method = Html(hostile["method.html"]).words()
    assert f"from one file, {HOSTILE}, as it stood" in method


def test_ids_are_unique_on_every_page(hostile):
    for path, text in html_pages(hostile).items():
        twice = [name for name, times in Counter(Html(text).ids()).items() if times > 1]
        assert twice == [], path


def resolved(path, address):
    """The file an address of a page means, and the id within it."""
    file, _, fragment = address.partition("#")
    file = file.partition("?")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else (
        path
    ), fragment


def test_every_link_leads_somewhere(hostile):
    known = {path: Html(text).ids() for path, text in html_pages(hostile).items()}
    followed = 0
    for path, text in html_pages(hostile).items():
        for address in Html(text).addresses():
            if address.startswith(("data:", "mailto:")):
                continue
            file, fragment = resolved(path, address)
            assert file in hostile, (path, address)
            assert not fragment or fragment in known[file], (path, address)
            followed += 1
    assert followed > 100


def menu(page):
    """Address → whether it is open, of every way in the menu and in the row of the open entry."""
    navs = re.findall(r"<nav .*?</nav>", page, re.DOTALL)
    ways = Html("".join(navs)).of("a")
    return {one["href"]: one.get("aria-current") for one in ways}


def test_every_page_has_the_menu_and_the_pages_beside_it(hostile):
    entries = ["index", "actions", "clients", "business", "me", "letters", "method"]
    business = ["retention", "value", "sources", "matrix", "lifecycle"]
    for name, beside in (("index", []), ("matrix", business), ("business", business)):
        found = menu(hostile[f"{name}.html"])
        assert sorted(found) == sorted(f"{one}.html" for one in [*entries, *beside])
    assert "problems.html" in menu(hostile["method.html"])
    assert "../business.html" in menu(hostile["clients/bell.html"])


def test_the_menu_says_which_entry_and_which_page_are_open(hostile):
    def open_in(path):
        return {to: how for to, how in menu(hostile[path]).items() if how}

    assert open_in("index.html") == {"index.html": "page"}
    assert open_in("matrix.html") == {"business.html": "true", "matrix.html": "page"}
    assert open_in("clients/bell.html") == {"../clients.html": "true"}
    assert open_in("opportunities.html") == {}


def test_the_menu_counts_what_is_to_be_done_the_clients_and_the_problems(hostile):
    def ways(path):
        return re.sub(r"<[^>]+>", "", hostile[path])

    assert "Clients 3\n" in ways("index.html")
    assert "Data problems 1\n" in ways("method.html")


def test_an_old_address_leads_on(hostile):
    (main,) = re.findall(r"<main.*</main>", hostile["opportunities.html"], re.DOTALL)
    assert Html(main).addresses() == ["actions.html"]
    assert "[To do](actions.md)" in hostile["markdown/opportunities.md"]


def test_no_address_outside(hostile):
    for path, text in hostile.items():
        if isinstance(text, bytes):
            text = text.decode()
        inside = re.sub(r'xmlns(:\w+)?="http://www\.w3\.org/[\w/]+"', "", text)
        assert not re.search(r"https?:", inside, re.IGNORECASE), path
        assert not re.search(r"""(=\s*["']?|url\(["']?|@import\s*["'])//""", inside), path


def test_every_foot_says_what_it_rests_on(hostile):
    counts = "3 clients, 3 touchpoints, 1 sale, 2 planned rows"
    for path, text in html_pages(hostile).items():
        foot = Html(text[text.index("<footer") :].replace("</body>", "").replace("</html>", ""))
        assert "As of 30 June 2026" in foot.words(), path
        assert HOSTILE in foot.words(), path
        assert counts in foot.words(), path
        assert "1 data problem" in foot.words(), path
        assert SHA in foot.words(), path


# Pictures


def local(name):
    return name.rpartition("}")[2]


def test_pictures_are_xml_that_stands_alone(hostile):
    found = {path: text for path, text in hostile.items() if path.endswith(".svg")}
    assert len(found) >= 4
    for path, text in found.items():
        root = ET.fromstring(text)
        assert root.tag == "{http://www.w3.org/2000/svg}svg", path
        styles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}style")]
        assert any("--blue" in (style or "") for style in styles), path
        assert not [one for one in root.iter() if local(one.tag) in ("script", "a", "image")], path
        for one in root.iter():
            for name, value in one.attrib.items():
                assert not local(name).startswith("on"), path
                assert local(name) != "href" or value.startswith("#"), path


def test_every_colour_of_a_picture_is_in_its_style(hostile):
    for path, text in hostile.items():
        if path.endswith(".svg"):
            used, given = (
                set(re.findall(r"var\((--[\w-]+)\)", text)),
                set(re.findall(r"(--[\w-]+):", text)),
            )
            assert used <= given, path


def test_a_picture_is_named_after_its_client(hostile):
    (path,) = (p for p in hostile if p.startswith("markdown/pictures/script"))
    assert ET.fromstring(hostile[path]).get("aria-label").startswith(HOSTILE)


# Books with little in them


def complete(book, settings, as_of=AS_OF):
    """Every page of a book, once it is seen that none has a hole and none a loose link."""
    site = rendered(book, settings, as_of)
    for path, text in html_pages(site).items():
        page = Html(text)
        shown = page.words()
        for hole in ("None", "undefined", "nan", "Decimal(", "datetime.", "()", "[]", "inf "):
            assert not re.search(
                rf"(?<!\w){re.escape(hole)}(?!\w)", shown.replace("None of", "")
            ), (
                path,
                hole,
            )
        for address in page.addresses():
            assert address.startswith(("data:", "mailto:")) or resolved(path, address)[0] in site, (
                path
            )
        assert [name for name, times in Counter(page.ids()).items() if times > 1] == [], path
        (heading,) = (one for one in page.elements if one[0] == "h1")
        assert heading
    for path, text in markdown_pages(site).items():
        assert "None" not in text.replace("None of", "").replace("None is", ""), path
    for path, text in site.items():
        if path.endswith(".svg"):
            assert ET.fromstring(text) is not None
    return site


def answer(site, path):
    (_, text), *_ = re.findall(r'<(p|h1) class="answer">(.*?)</', site[path])
    return text


def test_one_touchpoint(book, settings):
    """
    29 of 60 days are gone: the 61st is 32 days away.

    Date        Client
    2026-06-01  Acme
    """
    site = complete(book, settings)
    assert (
        answer(site, "index.html")
        == "Nothing is due; Acme would slip below the red line on 1 August."
    )
    assert "1 client, 1 touchpoint, 0 sales, 0 planned rows; no data problems" in (
        Html(site["index.html"]).words()
    )


def test_one_touchpoint_on_the_day_itself(book, settings):
    """
    Date        Client
    2026-06-30  Acme
    """
    complete(book, settings)


def test_nothing_but_plans(book, settings):
    """
    Date        Client
    2026-07-01  Acme

    # Sales
    Date        Client  Amount
    2026-07-01  Bell    100
    """
    site = complete(book, settings)
    assert answer(site, "index.html") == (
        "Nothing has happened up to 30 June 2026: two rows are dated later, as a plan."
    )
    assert "2 clients, 0 touchpoints, 0 sales, 2 planned rows" in Html(site["index.html"]).words()


def test_nothing_but_sales(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-06-02  Bell    250.50
    """
    site = complete(book, settings)
    assert re.search(r"Sales, last 12 months\s*350", Html(site["value.html"]).words())


def test_everyone_has_lapsed(book, settings):
    """
    Date        Client  Activity  Minutes
    2024-01-01  Acme    Call      30
    2024-01-01  Bell    Call      30

    # Sales
    Date        Client  Amount
    2024-02-01  Acme    100
    """
    site = complete(book, settings)
    assert answer(site, "index.html") == (
        "Both relationships have lapsed or ended: choose one to win back."
    )
    assert "2 lapsed, by last contact" in Html(site["index.html"]).words()


def test_a_client_without_contact_and_one_who_ended_before_it_began(book, settings):
    """
    Date        Client  Activity
    2026-06-01  Cole    Call
    2026-06-01  Dunn    Email

    # Clients
    Client  Client since  Ended on
    Acme
    Bell    2025-01-01
    Cole                  2026-01-01
    Dunn
    """
    site = complete(book, settings)
    assert answer(site, "clients/acme.html") == "There has been no contact yet."
    assert answer(site, "clients/bell.html") == "There has been no contact yet."
    assert "Ended on 1 January 2026" in answer(site, "clients/cole.html")


def test_nothing_but_work_behind_the_scenes(book, settings):
    """
    Date        Client  Activity      Minutes
    2026-06-01  Acme    Project work  90
    """
    site = complete(book, settings)
    assert answer(site, "clients/acme.html") == "There has been no contact yet."


def test_money_without_a_currency_is_a_figure_alone(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-06-01  Acme    Call      30

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    1250
    2026-06-02  Acme    -50

    # Business
    Hourly rate  60
    """
    assert settings.currency is None
    site = complete(book, settings)
    shown = Html(site["clients/acme.html"]).words()
    assert "Sales in 12 months 1,200 rows 2–3 of Sales Sales in the 12 before 0" in shown
    assert "1,170: sales of 1,200, less 0 direct costs and 30 for time and touchpoints" in shown
    assert "−50.00" in shown


def test_clients_whose_names_give_the_same_file_name(book, settings):
    """
    Date        Client
    2026-06-01  a
    2026-06-01  a 2
    2026-06-01  A.
    2026-06-01  CON
    2026-06-01  Index
    2026-06-01  🎈
    2026-06-01  🎉
    """
    site = complete(book, settings)
    folder = [path for path in site if path.startswith("clients/")]
    assert len(folder) == 7
    assert len({path.casefold() for path in folder}) == 7
    assert not {"clients/con.html", "clients/index.html"} & set(folder)


def test_the_same_report_gives_the_same_bytes():
    settings = Settings(red_line_days=60)
    assert rendered(hostile_book(), settings) == rendered(hostile_book(), settings)
