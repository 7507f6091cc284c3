"""Every byte of every edition, searched for what its reader must not see.

The workbook is written cell by cell with words that stand nowhere else, and read by the reader. What
each edition may show is read from ``POLICY``; everything else, the complement, must be nowhere: not in
a page, an address, a file's name, a picture, the JSON.
"""

import json
import posixpath
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import openpyxl
import pytest

from reportgen.editions import POLICY, redact
from reportgen.model import Activity, Client, Feedback, Sale, Touchpoint
from reportgen.reading.book import read
from reportgen.report import make_report
from reportgen.settings import DEFAULTS, Settings
from reportgen.site.pages import entries_of, pages

AS_OF = date(2026, 6, 30)
SECRET = "a secret of the owner’s own"
CLIENTS = 24
SHARED = ("coach", "accountant", "public")
ALWAYS_OUT = {"problem", "file", "unread", "sheet"}
"""Tokens of no field: a bad cell, the file's name, a column that means nothing, a sheet's own name."""

FIELDS = {
    "client": (Client, "name"),
    "contact": (Client, "contact"),
    "email": (Client, "email"),
    "phone": (Client, "phone"),
    "segment": (Client, "segment"),
    "source": (Client, "source"),
    "referrer": (Client, "referred_by"),
    "prefers": (Client, "preferred_channel"),
    "notes": (Client, "notes"),
    "activity": (Activity, "name"),
    "letter": (Activity, "letter"),
    "channel": (Touchpoint, "channel"),
    "topic": (Touchpoint, "topic"),
    "promise": (Touchpoint, "promise"),
    "signal": (Touchpoint, "signal"),
    "service": (Sale, "service"),
    "invoice": (Sale, "invoice"),
    "answer": (Feedback, "text"),
    "business": (Settings, "business_name"),
    "owner": (Settings, "owner"),
    "reach": (Settings, "preferred_channels"),
}
"""The kind of a token → the field that its cell is read into."""


def token(kind, number=0):
    """A word that stands nowhere else: ``zqclientbc``, letters alone so that no slug changes it."""
    return f"zq{kind}x" + "".join(chr(98 + int(digit)) for digit in f"{number:02d}")


def amount(number):
    """An amount that no other figure of the report looks like: 1,000s with pence."""
    return Decimal(f"{3000 + 137 * number}.{31 + number}")


def sheet(book, name, *rows):
    page = book.create_sheet(name)
    for row in rows:
        page.append(row)


def write_workbook(path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet(
        book,
        "Business",
        ["Business name", token("business")],
        ["Owner", token("owner")],
        ["Currency", "GBP"],
        ["Hourly rate", 47.83],
        ["Gross margin", 0.6],
        ["Wow budget", 83.47],
        ["Acquisition spend per month", 91.37],
        ["Preferred channels", token("reach")],
    )
    sheet(
        book,
        "Clients",
        ["Client", "Contact", "E-mail", "Phone", "Segment", "Source", "Referred by", "Preferred channel",
         "Potential per year", "Birthday", "Notes", token("unread")],
        *(
            [token("client", n), token("contact", n), f"{token('email', n)}@example.org",
             token("phone", n), token("segment", n % 2), token("source", n), token("referrer", n),
             token("prefers", n), float(amount(n)) * 3, "1980-07-09", token("notes", n), "x"]
            for n in range(CLIENTS)
        ),
    )  # fmt: skip
    touchpoints, sales, feedback = [], [], []
    for n in range(CLIENTS):
        for turn in range(4):
            day = AS_OF - timedelta(days=20 + 17 * n + 100 * turn)
            touchpoints.append(
                [day, token("client", n), token("activity", n) if turn else "Call", token("channel", n),
                 "in" if turn % 2 else "out", "19:30", 30, 7.77, token("topic", n), token("promise", n),
                 day + timedelta(days=3), token("signal", n) if turn else "complaint"]
            )  # fmt: skip
        for turn in range(1 + n % 4):
            day = AS_OF - timedelta(days=25 + 17 * n + 130 * turn)
            sales.append(
                [day, token("client", n), float(amount(n)), token("service", n), 13.57,
                 token("invoice", n), day + timedelta(days=14)]
            )  # fmt: skip
        feedback.append(
            [AS_OF - timedelta(days=40), token("client", n), "survey", 9, 10, token("answer", n)]
        )
    sales.append([AS_OF, token("client"), token("problem"), "", "", "", ""])
    sheet(
        book,
        "Touchpoints",
        ["Date", "Client", "Activity", "Channel", "Direction", "Start", "Minutes", "Cost", "Topic",
         "Promise", "Promised for", "Signal"],
        *touchpoints,
    )  # fmt: skip
    sheet(
        book,
        "Sales",
        ["Date", "Client", "Amount", "Service", "Direct cost", "Invoice", "Due on"],
        *sales,
    )
    sheet(book, "Feedback", ["Date", "Client", "Kind", "Score", "Out of", "Text"], *feedback)
    sheet(
        book,
        "Activities",
        ["Activity", "Kind", "Value", "Connects", "Usual minutes", "Letter"],
        [token("activity", 1), "help", "low", "yes", 20, token("letter", 1)],
    )
    sheet(book, token("sheet"), ["x"], ["y"])
    book.save(path)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("canaries") / f"{token('file')}.xlsx"
    write_workbook(path)
    book, settings = read(path, DEFAULTS)
    assert len(book.relationships) == CLIENTS
    return book, settings


@pytest.fixture(scope="module")
def site(workbook):
    @cache
    def made(edition):
        report = make_report(*redact(*workbook, edition, SECRET), AS_OF)
        return {
            page.path: content if isinstance(content, str) else content.decode()
            for page in pages(report)
            for content in (page.render(),)
        }

    return made


def kinds_in(files):
    """The kinds of every token in content or in a file's name; .ics folds its lines."""
    text = "\n".join(f"{path}\n{content}" for path, content in files.items())
    text = re.sub(r"\r\n ", "", text).replace("=\n", "")
    return set(re.findall(r"zq([a-z]+?)x[b-k]{2}", text.casefold()))


def may_show(edition):
    return {kind for kind, key in FIELDS.items() if POLICY[key][edition] == "kept"}


def test_the_workbook_carries_a_token_in_every_field_that_can_hold_words(workbook):
    """The owner's site shows them all, but for those that no page shows; so a leak could be seen."""
    book, settings = workbook
    said = repr(book) + repr(settings)
    assert {kind for kind in (*FIELDS, *ALWAYS_OUT) if f"zq{kind}x" in said} == {
        *FIELDS,
        *ALWAYS_OUT,
    }


def test_the_owners_site_shows_what_she_wrote(site):
    shown = kinds_in(site("owner"))
    unshown = {"invoice", "answer", "letter"}
    assert {*FIELDS} - unshown <= shown
    assert shown >= ALWAYS_OUT


@pytest.mark.parametrize("edition", SHARED)
def test_an_edition_shows_nothing_but_what_its_policy_keeps(site, edition):
    found = kinds_in(site(edition))
    assert found <= may_show(edition)


def test_what_each_edition_does_show(site):
    assert kinds_in(site("coach")) == set()
    assert kinds_in(site("accountant")) == {"client", "service", "business"}
    assert kinds_in(site("public")) == {"business"}


@pytest.mark.parametrize("edition", SHARED)
def test_every_field_of_words_is_searched_for(edition):
    """A field of text without a canary of its own would go unseen."""
    words = {
        key
        for key, rule in POLICY.items()
        if rule[edition] in ("dropped", "coded", "pseudonym", "vocabulary")
        and key[0] in (Client, Touchpoint, Sale, Feedback, Activity)
        and "str" in str(key[0].__dataclass_fields__[key[1]].type)
        and key[1] not in ("client", "minutes_recorded")
    }
    assert words <= set(FIELDS.values())


def figures(text):
    """Every number of a text: thousands separators left out, pence kept."""
    return {n.replace(",", "") for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def test_no_amount_of_the_workbook_is_in_the_coachs_edition(site, workbook):
    """Not one sale, nor what a client brought in all or in the year, as pounds or as pounds and pence."""
    book, _ = workbook
    each = [s.amount for s in book.sales]
    owners = each + [sum((s.amount for s in one.sales), Decimal()) for one in book.relationships]
    owners += [one.client.potential_per_year for one in book.relationships]
    owners += [sum((s.amount for s in book.sales), Decimal())]
    secret = (
        {f"{a:.2f}" for a in owners} | {f"{a:.0f}" for a in owners} | {"47.83", "83.47", "91.37"}
    )
    shown = figures("\n".join(site("owner").values()))
    assert {f"{a:.2f}" for a in each} <= shown
    for path, text in site("coach").items():
        if path.startswith("static/"):
            continue
        assert not secret & figures(_without_drawing(text)), path
        assert not re.search(r"[£$€]|GBP", text), path


def _without_drawing(text):
    """Without coordinates and code: a path's numbers are places on the paper."""
    text = re.sub(r'\s(?:d|x|y|points|transform|viewBox|style|width|height)="[^"]*"', "", text)
    return re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("edition", SHARED)
def test_no_address_of_the_workbook_and_no_hash_is_left(site, workbook, edition):
    book, _ = workbook
    for path, text in site(edition).items():
        if path.startswith("static/"):
            continue
        assert book.source.sha256 not in text, path
        assert "''!" not in text, path
        assert 'class="rows"' not in text, path
        assert not re.search(r"\b(Touchpoints|Sales|Clients|Feedback) \d", text), path
        assert "SHA-256" not in text, path


@pytest.mark.parametrize("edition", SHARED)
def test_the_owners_own_forms_are_hers_alone(site, edition):
    suffixes = {path.rsplit(".", 1)[1] for path in site(edition)}
    assert suffixes <= {"html", "css", "js", "json"}
    assert {"ics", "csv", "eml", "md"} <= {path.rsplit(".", 1)[1] for path in site("owner")}
    assert not {"letters.html", "problems.html"} & set(site(edition))


@pytest.mark.parametrize("edition", ["owner", *SHARED])
def test_no_link_leads_to_a_page_that_the_edition_lacks(site, edition):
    files = site(edition)
    for path, text in files.items():
        if not path.endswith(".html"):
            continue
        for link in re.findall(r'(?:href|src|action)="([^"#?]*)[^"]*"', text):
            if link and not re.match(r"(data|mailto):", link):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) in files, (
                    path
                )


@pytest.mark.parametrize("edition", ["owner", *SHARED])
def test_a_table_has_as_many_headers_as_cells(site, edition):
    """A column that an edition leaves out is left out of the head and of every row."""
    for path, text in site(edition).items():
        if not path.endswith(".html"):
            continue
        for table in re.findall(r"<table.*?</table>", text, flags=re.DOTALL):
            head = re.search(r"<thead>(.*?)</thead>", table, flags=re.DOTALL)
            if head is None or 'class="cohorts"' in table:
                continue
            columns = len(re.findall(r"<th\b", head[1]))
            for row in re.findall(r"<tr.*?</tr>", table.split("</thead>")[1], flags=re.DOTALL):
                assert len(re.findall(r"<t[hd]\b", row)) == columns, (path, row)


def test_the_pages_of_each_edition(site):
    def named(edition):
        return {path for path in site(edition) if "/" not in path and path.endswith(".html")}

    assert named("coach") == {
        *("index.html", "actions.html", "matrix.html", "lifecycle.html", "retention.html"),
        *("value.html", "trust.html", "boundaries.html", "touchpoints.html", "opportunities.html"),
        *("clients.html", "method.html"),
    }
    assert named("accountant") == {
        *("index.html", "retention.html", "value.html", "clients.html", "method.html"),
    }
    assert set(site("public")) == {"index.html", "static/report.css"}
    for edition in ("owner", "coach", "accountant"):
        once = [entry.name for entry in entries_of(edition)]
        assert len(once) == len(set(once))


def test_the_accountant_gets_no_trust_boundaries_feedback_or_promises(site):
    files = site("accountant")
    pages_ = " ".join(
        text
        for path, text in files.items()
        if path != "method.html" and not path.startswith("static/")
    )
    assert not re.search(
        r"\b(trust|boundar|promise|complaint|health|red line)", pages_, re.IGNORECASE
    )
    whole = json.loads(files["report.json"])
    assert set(whole) == {
        "as_of",
        "currency",
        "business",
        "counts",
        "clients",
        "retention",
        "value",
    }
    assert not {"trust", "boundaries", "health", "kinds", "relationship"} & set(whole["clients"][0])


def test_the_coachs_json_has_the_analyses_and_no_rows(site):
    whole = json.loads(site("coach")["report.json"])
    assert whole["currency"] is None
    assert whole["business"]["name"] == ""
    assert len(whole["clients"]) == CLIENTS
    assert all(one["name"].startswith("Client ") for one in whole["clients"])
    assert "problems" not in whole
    assert '"rows"' not in site("coach")["report.json"]
    assert '"letter"' not in site("coach")["report.json"]


def test_the_coachs_analyses_are_the_owners(workbook, site):
    """Redaction changes words, not what the relationships are: the stages and shares are the same."""
    hers = json.loads(site("owner")["report.json"])
    coachs = json.loads(site("coach")["report.json"])
    for part in ("lifecycle", "boundaries", "touchpoints"):
        for key in ("counts", "relationship_counts", "history", "out_of_hours_share", "kinds"):
            assert coachs[part].get(key) == hers[part].get(key)
    assert coachs["retention"]["logo_retention"] == hers["retention"]["logo_retention"]
    assert coachs["health"]["bands"] == hers["health"]["bands"]
    assert coachs["value"]["hhi"] == pytest.approx(hers["value"]["hhi"], abs=1e-5)
    assert sorted(one["silence_days"] for one in coachs["clients"]) == sorted(
        one["silence_days"] for one in hers["clients"]
    )


def test_the_public_page_says_no_day_and_no_client(site):
    text = site("public")["index.html"]
    assert "Jun 2026" in text
    assert not re.search(r"\b30 June|\b30 Jun|Client \d", text)
    assert "20 clients or more" in text
    percents = {int(n) for n in re.findall(r"some (\d+) %", text)}
    assert percents
    assert all(n % 5 == 0 and 5 <= n <= 95 for n in percents)
