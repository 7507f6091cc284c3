"""The pages on trust, boundaries, touch points and one client: sensible with next to
nothing, and every figure with the rows behind it.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser

import pytest

from reportgen.model import BusinessModel
from reportgen.report.report import make_report
from reportgen.site.files import pages

AS_OF = date(2026, 6, 30)
NAMES = ("trust", "boundaries", "touchpoints")


def rendered(book, settings):
    """The four pages and those of the clients, in HTML and Markdown, by their paths."""
    wanted = re.compile(rf"(markdown/)?(({'|'.join(NAMES)})|clients/[a-z-]+)\.(html|md)")
    made = pages(make_report(book, settings, AS_OF))
    return {page.path: page.render() for page in made if wanted.fullmatch(page.path)}


@dataclass
class Row:
    """One row of a table's body."""

    table: str
    cells: list[tuple[str, str]] = field(default_factory=list)
    """The class and the text of each cell."""
    links: list[str] = field(default_factory=list)

    @property
    def figures(self):
        """The numbers that it shows; none where the one in question is not known."""
        numbers = [text for kind, text in self.cells if kind == "number"]
        return [] if "n/a" in numbers else [text for text in numbers if re.search(r"[1-9]", text)]

    @property
    def rows(self):
        """Where they come from."""
        return [text.strip() for kind, text in self.cells if kind == "rows" and text.strip()]


class Page(HTMLParser):
    """The words of a page and the rows of its tables."""

    def __init__(self, html):
        super().__init__()
        self.words, self.body, self.facts = [], [], []
        self._heading, self._table, self._cell = "", None, False
        self._in_body = self._in_script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("script", "style"):
            self._in_script = True
        elif tag in ("h1", "h2", "h3"):
            self._heading = ""
        elif tag == "table":
            self._table = f"{self._heading} {attributes.get('class') or ''}".strip()
        elif tag == "tbody":
            self._in_body = True
        elif tag == "tr" and self._in_body:
            self.body.append(Row(self._table))
        elif tag in ("td", "th") and self._in_body:
            self.body[-1].cells.append(((attributes.get("class") or "").split(" ")[0], ""))
            self._cell = True
        elif tag == "a" and self._cell:
            self.body[-1].links.append(attributes["href"])
        elif tag == "dd":
            self.facts.append("")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._in_script = False
        elif tag == "tbody":
            self._in_body = False
        elif tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data):
        if self._in_script:
            return
        self.words.append(data)
        if self._table is None or not self._in_body:
            self._heading += data
        if self._cell:
            kind, text = self.body[-1].cells[-1]
            self.body[-1].cells[-1] = (kind, text + data)
        if self.facts:
            self.facts[-1] += data


BOOK = """
    # Touchpoints
    Date|Client|Activity|Direction|Start|Minutes|Channel|Promised for|Done on|Signal|Resolved on|In scope
    2026-05-04|Acme|Discovery call|both|10:00|30|Phone|2026-05-20|2026-05-19|||
    2026-05-11|Acme|Message|in|21:30|10|WhatsApp|||complaint|2026-05-15|
    2026-05-12|Acme|Email|out|09:00|10|Email|||||
    2026-05-18|Acme|Message|in|22:00|40|WhatsApp|||advice asked||no
    2026-05-19|Acme|Email|out|07:00|15|Email|2026-06-01||||
    2026-06-02|Acme|Invoice|out|11:00|25|Email|||||
    2026-06-03|Acme|Survey|out|11:00|5|Email|||||
    2026-06-10|Bell|Call|both||||||||
    2026-01-05|Cole|Email|out||||||||
    2026-07-10|Cole|Call|both||||||||
    2026-06-20|Ewer|Newsletter|out||||||||
    2026-05-06|Dunn|Proposal|out||||||||

    # Sales
    Date        Client  Amount  From        To
    2025-03-10  Acme    300
    2026-05-25  Acme    500     2026-05-25  2026-06-20
    2026-06-25  Dunn    80

    # Feedback
    Date        Client  Kind    Score  Out of
    2026-06-08  Acme    survey  9      10

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-06-08  Bell    7     6               5

    # Clients
    Client  Birthday
    Bell    1980-07-14

    # Business
    Preferred channels  Email, Phone
    Hourly rate         40
    Currency            GBP
    Business model      product
"""
BLUNDERS = ("None", "nan", "inf", "0 of 0", "Undefined", "{{", "{%", "1 clients", "1 touchpoints")


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_sensible_with_few_clients(book, settings, number):
    assert len(book.relationships) == 5
    few = replace(book, relationships=book.relationships[:number])
    found = rendered(few, settings)
    assert len(found) == 2 * (len(NAMES) + number)
    for path, text in found.items():
        words = " ".join(Page(text).words) if path.endswith(".html") else text
        plain = re.sub(r"\s+", " ", words)
        for blunder in BLUNDERS:
            assert not re.search(rf"(?<![\w,.]){re.escape(blunder)}(?!\w)", plain), (path, blunder)


@pytest.mark.parametrize("name", ["Acme", "Bell", "Cole", "Dunn", "Ewer"])
def test_sensible_with_one_client_whoever_it_is(book, settings, name):
    only = tuple(one for one in book.relationships if one.client.name == name)
    for path, text in rendered(replace(book, relationships=only), settings).items():
        words = " ".join(Page(text).words) if path.endswith(".html") else text
        plain = re.sub(r"\s+", " ", words)
        for blunder in BLUNDERS:
            assert not re.search(rf"(?<![\w,.]){re.escape(blunder)}(?!\w)", plain), (path, blunder)


def test_nothing_to_show_says_what_to_record(book, settings):
    """Bell alone: a call without a time or minutes, and a rating."""
    only = tuple(one for one in book.relationships if one.client.name == "Bell")
    found = rendered(replace(book, relationships=only), settings)
    assert (
        "with Start on the Touchpoints sheet this page sees your evenings"
        in found["boundaries.html"]
    )
    assert "Start on the Touchpoints sheet shows your evenings" in found["boundaries.html"]
    assert (
        "record Minutes on the Touchpoints sheet to see where they go" in found["touchpoints.html"]
    )
    # Her three are rated, so there is nothing to know of the parts.
    assert "Nothing holds trust back" in found["trust.html"]
    unrated = tuple(replace(one, ratings=()) for one in only)
    found = rendered(replace(book, relationships=unrated), settings)
    assert "<strong>Reliability</strong>: what you promise" in found["trust.html"]


def test_every_row_with_a_figure_names_its_rows_or_leads_to_them(book, settings):
    """The rows of the parts of trust stand in a table of their own, under the same names."""
    figures = 0
    for path, text in rendered(book, settings).items():
        if not path.endswith(".html"):
            continue
        body = [row for row in Page(text).body if row.cells]
        folded = tuple(row.cells[0][1] for row in body if row.rows)
        for row in body:
            if row.figures:
                figures += 1
                leads = any("clients/" in link for link in row.links)
                in_fold = row.table.endswith("parts") and row.cells[0][1].startswith(folded)
                done_nothing = re.match(r"0( of |$)", row.cells[1][1])
                assert row.rows or leads or in_fold or done_nothing, (path, row)
    assert figures > 30


def rows_in(text):
    """The rows that a text names, runs spelt out."""
    named = set()
    for numbers, sheet in re.findall(
        r"rows? ([\d, –and]+) of (Touchpoints|Sales|Feedback|Ratings|Clients)", text
    ):
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", numbers):
            named |= {(sheet, n) for n in range(int(first), int(last or first) + 1)}
    return named


def test_the_rows_of_trust_stand_beside_its_parts(book, settings):
    """Rows of Touchpoints: 2 to 8 are Acme's. Promises: 2 is kept, 6 is not. The complaint, row 3, was put
    right in four days. Of projects, sale 3 had the discovery call 21 days before it, which is neither a
    brief nor a proposal; sale 2 is before the last 12 months.
    """
    projects = replace(settings, business_model=BusinessModel.CONSULTANCY)
    found = rendered(book, projects)
    for path in ("trust.html", "clients/acme.html"):
        body = [row for row in Page(found[path]).body if row.cells]
        parts = {
            row.cells[0][1].split(" (")[0].strip(): [rows_in(text) for _, text in row.cells[-2:]]
            for row in body
        }
        assert parts["Problems owned"] == [{("Touchpoints", 3)}, set()], path
        assert parts["Reliability"] == [{("Touchpoints", 2)}, {("Touchpoints", 6)}], path
        assert parts["Clear beginnings"][0] == (
            {("Touchpoints", 13)} if path == "trust.html" else set()
        ), path
        assert ("Sales", 3) in parts["Clear beginnings"][1], path


def test_the_rows_of_evenings_and_scope_stand_on_both_pages(book, settings):
    """The message of 22:00 and its answer at 7:00 are out of hours (rows 5, 6), and 5 is out of scope too.
    That of 21:30 was answered at nine the next morning. Off channel are the two on WhatsApp.
    """
    found = rendered(book, settings)
    (load,) = [
        row for row in Page(found["boundaries.html"]).body if "clients/acme.html" in row.links
    ]
    assert rows_in(load.rows[0]) == {("Touchpoints", n) for n in (5, 6)}
    facts = [rows_in(fact) for fact in Page(found["clients/acme.html"]).facts]
    assert {("Touchpoints", n) for n in (5, 6)} in facts
    assert {("Touchpoints", 3), ("Touchpoints", 5)} in facts
    assert {("Touchpoints", 5)} in facts


def test_the_rows_of_the_time_and_of_what_a_template_could_do(book, settings):
    found = Page(rendered(book, settings)["touchpoints.html"]).body
    invoices = [row for row in found if row.cells and row.cells[0][1] == "Invoice"]
    assert [rows_in(row.rows[0]) for row in invoices] == [{("Touchpoints", 7)}] * 2


def test_the_rows_of_the_kinds_and_key_moments_stand_on_the_clients_page(book, settings):
    text = " ".join(Page(rendered(book, settings)["clients/acme.html"]).words)
    plain = re.sub(r"\s+", " ", text)
    assert (
        "Messages 5 rows 3–7 of Touchpoints Feedback 1 row 8 of Touchpoints "
        "Anticipation 1 row 2 of Touchpoints" in plain
    )
    assert re.search(r"Diagnostic had row 2 of Touchpoints\b", plain)


def test_every_row_behind_a_long_list_can_be_unfolded(book, settings):
    """Acme's continuity rests on nine contacts: the client's page shows six rows, and the rest folded."""
    page = rendered(book, settings)["clients/acme.html"]
    assert re.search(r"<details><summary>and \d+ more</summary>rows? \d", page)
    (row,) = [
        row for row in Page(page).body if row.cells and row.cells[0][1].strip() == "Continuity"
    ]
    assert {("Touchpoints", n) for n in (2, 3, 4, 5, 6, 8)} <= rows_in(" ".join(row.rows))


for _test in [value for name, value in list(globals().items()) if name.startswith("test_")]:
    _test.__doc__ = BOOK
