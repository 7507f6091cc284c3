"""Every byte of every edition, in every form, searched for what its reader must not see.

The workbook is written cell by cell with words that stand nowhere else, and goes through the command line.
What each edition may show is read from ``POLICY``; everything else, the complement, must be nowhere: not in
a page, an address, a file's name, a picture, the JSON, the appendix, nor behind a lock.
"""

import base64
import gzip
import io
import json
import posixpath
import quopri
import re
import zipfile
from collections import Counter
from dataclasses import fields
from decimal import Decimal
from email.message import EmailMessage
from functools import cache
from html import escape
from urllib.parse import quote

import pytest
from canaries import (
    AS_OF,
    CLIENTS,
    DIRECT_COST,
    FIELDS,
    FORMS,
    KINDS,
    NOWHERE,
    OWNERS_ALONE,
    SHARED,
    birthday,
    build,
    choose,
    core,
    opened,
    settle,
    texts,
    token,
    tokens_in,
    tokens_of,
)
from program import reportgen

from reportgen.editions.policy import POLICY
from reportgen.editions.redact import redact
from reportgen.environments import static_file
from reportgen.forms.lock import lock
from reportgen.model import Activity, Client, Feedback, Rating, Sale, Touchpoint
from reportgen.problems import ReportError
from reportgen.reading.book import read
from reportgen.reading.columns import SHEETS
from reportgen.settings.configuration import Choice, read_configuration
from reportgen.settings.labels import setting_label
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.site.files import pages_of
from reportgen.words import slugs

EDITIONS = ("owner", *SHARED)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return settle(tmp_path_factory.mktemp("canaries"))


@pytest.fixture(scope="module")
def workbook(home):
    book, settings = read(next(home.glob("*.xlsx")), read_configuration(next(home.glob("*.toml"))))
    assert len(book.relationships) == CLIENTS
    return book, settings


@pytest.fixture(scope="module")
def made(home):
    """The files that the command line makes of an edition in a form, as they lie."""
    return cache(lambda edition, form: build(home, edition, form))


@pytest.fixture(scope="module")
def site(made):
    """The pages of an edition's site as text, without the manifest and the appendix."""

    def pages(edition):
        return {
            path: content.decode()
            for path, content in made(edition, "site").items()
            if path not in (".reportgen.json", ".nojekyll", "404.html", "appendix.xlsx")
        }

    return pages


def may_show(edition):
    """The kinds of words that the policy lets an edition have."""
    return {kind for kind, key in FIELDS.items() if POLICY[key][edition] == "kept"}


def test_the_words_that_the_policy_keeps():
    """Written down here as well, so that the table is not loosened unseen."""
    assert {edition: may_show(edition) for edition in SHARED} == {
        "coach": set(),
        "accountant": {"client", "service", "project", "invoice", "business"},
        "public": {"business"},
    }


def test_the_workbook_carries_a_token_in_every_field_that_can_hold_words(workbook):
    book, settings = workbook
    found = tokens_in({"book": repr(book) + repr(settings)})
    assert set(found) == tokens_of(KINDS - NOWHERE - {"config", "ownletter"})


def zipped(text):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.xml", text)
    return whole.getvalue()


WAYS = {
    "plain": str.encode,
    "slugged": lambda text: slugs([text])[text].encode(),
    "in capitals": lambda text: text.upper().encode(),
    "as HTML": lambda text: f'<p title="{escape(text)}">'.encode(),
    "as numbers of HTML": lambda text: "".join(f"&#{ord(c)};" for c in text).encode(),
    "in an address": lambda text: f"clients/{quote(text)}.html".encode(),
    "in JSON": lambda text: json.dumps(text).encode(),
    "in base64": lambda text: b"x " + base64.b64encode(text.encode() * 2),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
    "folded": lambda text: f"SUMMARY:{text[:5]}\r\n {text[5:]}".encode(),
    "in pieces": lambda text: f"<b>{escape(text[:1])}</b>{escape(text[1:])}".encode(),
    "gzipped": lambda text: gzip.compress(text.encode()),
    "zipped": lambda text: zipped(escape(text)),
    "on a shelf": lambda text: base64.b64encode(gzip.compress(json.dumps(["x", text]).encode())),
}


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("way", WAYS)
def test_a_token_is_found_in_whatever_it_is_written(way, number):
    """Plain, accented, with an ampersand and in Cyrillic, of which a slug leaves nothing."""
    found = tokens_in(texts({"page.html": WAYS[way](token("client", number))}))
    assert set(found) == ({core("client", number)} if (way, number) != ("slugged", 3) else set())


def test_a_token_is_found_in_the_name_of_a_file_in_a_mail_and_in_a_phone_number():
    mail = EmailMessage()
    mail["Subject"] = f"For {token('client', 1)}"
    mail.set_content(f"Dear {token('client', 3)}", cte="base64")
    files = {"a.eml": mail.as_bytes(), f"{token('client', 2)}.txt": b"+44 7700 900105"}
    assert set(tokens_in(texts(files))) == {
        *(core("client", n) for n in (1, 2, 3)),
        core("phone", 5),
    }


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_exactly_what_its_policy_keeps(made, workbook, amounts, edition, form):
    """Every kept word of every client, and no other word of the workbook, its name or its folder.

    Nor what numbers tell: in the coach's edition no amount; in all that are shared no birthday, no row of
    the workbook and no hash of it. The owner's has them all, so a leak would be seen.
    """
    files = made(edition, form)
    if form == "locked":
        _lies_as_a_locked_page_of_nothing(files)
        files = opened(files)
    said = texts(files)
    found = tokens_in(said)
    allowed = tokens_of(may_show(edition))
    if edition == "owner":
        allowed = allowed | tokens_of(OWNERS_ALONE)
    assert {one: place for one, place in found.items() if one not in allowed} == {}
    assert set(found) == allowed
    assert any(path.endswith("xl/workbook.xml") for path in said) == (edition != "public")
    to_read = {
        path: _to_read(text)
        for path, text in said.items()
        if "in base64" not in path and not path.endswith(".js")
    }
    sha256 = workbook[0].source.sha256
    for name, leaks in _LEAKS.items():
        places = {path: leaks(text, amounts, sha256) for path, text in to_read.items()}
        if edition == "owner":
            assert any(places.values()), f"{name} could not be seen"
        elif name != "amounts" or edition in ("coach", "public"):
            assert {path: one for path, one in places.items() if one} == {}, name


def _to_read(text):
    """What a reader reads: no coordinates, styles or scripts, and no metadata of a spreadsheet's cells."""
    text = re.sub(r"<(style|script|definedName)\b[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    places = "d|x|y|points|transform|viewBox|style|width|height|r|s|spans"
    return re.sub(rf'\s(?:{places})="[^"]*"', "", text)


@pytest.fixture(scope="module")
def amounts(workbook):
    """Sales, what a client brought in all or might in a year, rates, as pounds and as pounds and pence."""
    book, settings = workbook
    owners = [s.amount for s in book.sales]
    owners += [sum((s.amount for s in one.sales), Decimal()) for one in book.relationships]
    owners += [one.client.potential_per_year for one in book.relationships]
    owners += [sum((s.amount for s in book.sales), Decimal()), Decimal(str(DIRECT_COST))]
    owners += [settings.hourly_rate, settings.wow_budget, settings.acquisition_spend_per_month]
    return {f"{a:.2f}" for a in owners} | {f"{a:.0f}" for a in owners if a > 1000}


def _amounts(text, amounts, sha256):
    """Every number of the workbook's money, and every sign that it is money."""
    # A pseudonym's four digits, and those of an action's own sign, may be those of an amount.
    text = re.sub(r"\b[A-Z]?[a-z]+[ -]\d{4}\b|\b[0-9a-f]{24}\b", "", text)
    shown = {n.replace(",", "") for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    return amounts & shown | set(re.findall(r"[£$€]|\bGBP\b|\bpounds?\b", text))


def _birthdays(text, amounts, sha256):
    """One a day from the first of July, and their years."""
    days = [birthday(n) for n in range(CLIENTS)]
    greeted = set(re.findall(r"[Bb]irthday(?:\W|d[dt]|on|u003[ce])*\d+ July", text))
    return greeted | {day.isoformat() for day in days if day.isoformat() in text}


def _addresses(text, amounts, sha256):
    """Rows of sheets and cells, under our names for them: the owner's own names are tokens."""
    sheets = "Touchpoints|Sales|Clients|Feedback|Ratings|Activities|Business"
    return set(
        re.findall(
            rf"\b(?:{sheets})(?: |!|&#33;|%21)\$?[A-Z]{{0,2}}\$?\d+|\b(?:rows?|cells?) [A-Z]{{0,2}}\d+",
            text,
        )
    )


def _hashes(text, amounts, sha256):
    """Of the file, or a piece of it, or what announces one."""
    return {one for one in (sha256[:12], sha256[-12:], "SHA-256") if one in text}


_LEAKS = {
    "amounts": _amounts,
    "birthdays": _birthdays,
    "addresses": _addresses,
    "hashes": _hashes,
}


def _lies_as_a_locked_page_of_nothing(files):
    """Whether nothing but the sealed part is the edition's: no word, and no day of the report."""
    assert set(files) == {"index.html", "404.html", ".nojekyll", ".reportgen.json"}
    assert tokens_in(texts(files)) == {}
    nothing = {
        "index.html": '<title></title><header></header><main id="main"></main>',
        "static/report.css": static_file("report.css"),  # a hash of it stands in the page's policy
    }

    def unsealed(page):
        return re.sub(r'(id="(?:header|pages)">)[^<]*', r"\1", page)

    page = unsealed(files["index.html"].decode())
    assert page == unsealed(lock(nothing, ["nine small otters at noon"]))
    for text in (page, files["404.html"].decode(), files[".reportgen.json"].decode()):
        words = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.DOTALL)
        said = r"20\d\d|June|client|owner|coach|accountant|public"
        assert not re.search(said, words, re.IGNORECASE)


def test_what_is_hers_alone_tells_nothing_of_the_computer(home, tmp_path):
    """Letters, months, calendar, key and JSON: no secret, folder, user or passphrase in byte or name."""
    book, configured = next(home.glob("*.xlsx")), next(home.glob("*.toml"))
    to, day = ("--config", configured), ("--as-of", AS_OF.isoformat())
    said = ""
    for command in (
        ("letters", book, "-o", tmp_path / "letters-due"),
        ("build", book, "-o", tmp_path / "site", "--months", tmp_path / "months", "--appendix"),
        (
            "build",
            book,
            "-o",
            tmp_path / "coach",
            "--edition",
            "coach",
            "--key-file",
            tmp_path / "key.csv",
        ),
        ("analyse", book),
        ("explain", book, token("client", 1)),
    ):
        ended = reportgen(
            *command, *to, *day, HOME=str(home), USER=core("user"), LOGNAME=core("user")
        )
        assert ended.returncode == 0, ended.stderr
        said += ended.stdout
    files = {
        p.relative_to(tmp_path).as_posix(): p.read_bytes()
        for p in tmp_path.rglob("*")
        if p.is_file()
    }
    files["said.txt"] = said.encode()
    assert {path.split("/")[0] for path in files} == {
        *("letters-due", "site", "months", "coach", "key.csv", "said.txt")
    }
    found = tokens_in(texts(files))
    assert {name: place for name, place in found.items() if name in tokens_of(NOWHERE)} == {}
    assert set(found) >= tokens_of({"client"})
    assert set(tokens_in(texts({"key.csv": files["key.csv"]}))) == tokens_of({"client"})


CHOICES = {
    "coach gives back": ("coach", "locked", 'keep = ["Topic", "Source"]', {"topic", "source"}),
    "coach gives back an address": ("coach", "site", 'keep = ["E-mail"]', {"email", "domain"}),
    "accountant both": (
        "accountant",
        "single",
        'keep = ["Segment"]\ndrop = ["Service", "Project", "Business name"]',
        {"client", "invoice", "segment"},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
def test_the_owners_choice_changes_the_columns_that_it_names(home, choice):
    edition, form, chosen, kinds = CHOICES[choice]
    files = build(home, edition, form, choose(home, f"[editions.{edition}]\n{chosen}\n"))
    assert set(tokens_in(texts(opened(files) if form == "locked" else files))) == tokens_of(kinds)


SHEET_OF = {
    "Clients": Client,
    "Touchpoints": Touchpoint,
    "Sales": Sale,
    "Feedback": Feedback,
    "Ratings": Rating,
    "Activities": Activity,
}
NAMES_OF = {
    **{(Settings, name): {setting_label(name)} for name in SETTING_NAMES},
    **{
        (SHEET_OF[sheet.name], column.field): {column.name}
        for sheet in SHEETS
        if sheet.name in SHEET_OF
        for column in sheet.columns
    },
    (Touchpoint, "minutes_recorded"): {"Minutes"},
    (Sale, "starts"): {"From", "To"},
    (Sale, "ends"): {"From", "To"},
}
"""The names by which an owner may take a field away or give it back."""


def values_of(book, settings):
    """(class, field) → how often each of its values stands in the book; records have no order here."""
    found = {(Settings, name): getattr(settings, name) for name in SETTING_NAMES}
    records = [
        one
        for of in book.relationships
        for one in (of.client, *of.touchpoints, *of.sales, *of.feedback, *of.ratings)
    ] + [touchpoint.activity for touchpoint in book.touchpoints]
    for one in records:
        for field in fields(one):
            if field.name not in ("activity", "row"):
                found.setdefault((type(one), field.name), Counter())[getattr(one, field.name)] += 1
    return found


@pytest.mark.parametrize("edition", ["coach", "accountant"])
def test_every_column_given_back_or_taken_away_changes_itself_alone(workbook, edition):
    """Every column and setting by its own name; what is given back is as the owner wrote it."""
    hers, plain = values_of(*workbook), values_of(*redact(*workbook, edition, None))
    names = {column.name for sheet in SHEETS for column in sheet.columns}
    names |= {setting_label(name) for name in SETTING_NAMES}
    given, taken = set(), set()
    for name in sorted(names):
        for entry, done in (("keep", given), ("drop", taken)):
            try:
                changed = redact(*workbook, edition, None, Choice(**{entry: (name,)}))
            except ReportError:
                continue
            now = values_of(*changed)
            for key in {key for key in now if now[key] != plain[key]}:
                done.add(key)
                assert name in NAMES_OF[key], (entry, name, key)
                if entry == "keep":
                    assert now[key] == hers[key], (name, key)
    words = {key for key in FIELDS.values() if key[0] is not Feedback or edition == "coach"}
    kept = {key for key in words if POLICY[key][edition] == "kept"}
    pseudonyms = {key for key in words if POLICY[key][edition] == "pseudonym"}
    assert words - kept - pseudonyms <= given
    assert {(Sale, "due_on"), (Settings, "hourly_rate")} <= given | taken


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


@pytest.mark.parametrize("edition", SHARED)
def test_the_owners_own_forms_are_hers_alone(site, edition):
    suffixes = {path.rsplit(".", 1)[1] for path in site(edition)}
    assert suffixes <= {"html", "css", "js", "json"}
    assert {"ics", "csv", "eml", "md"} <= {path.rsplit(".", 1)[1] for path in site("owner")}
    assert not {"letters.html", "problems.html"} & set(site(edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_link_leads_to_a_page_that_the_edition_lacks(site, made, edition):
    files, paths = site(edition), set(made(edition, "site"))
    for path, text in files.items():
        if not path.endswith(".html"):
            continue
        for link in re.findall(r'(?:href|src|action)="([^"#?]*)[^"]*"', text):
            if link and not re.match(r"(data|mailto|tel):", link):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) in paths, (
                    path
                )


@pytest.mark.parametrize("edition", EDITIONS)
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
        *("value.html", "sources.html", "trust.html", "boundaries.html", "touchpoints.html"),
        *("clients.html", "method.html", "business.html", "me.html", "opportunities.html"),
    }
    assert named("accountant") == {
        *("index.html", "retention.html", "value.html", "clients.html", "method.html"),
        "business.html",
    }
    assert set(site("public")) == {"index.html", "static/report.css"}
    for edition in ("owner", "coach", "accountant"):
        once = [entry.name for entry in pages_of(edition)]
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
    assert not {"sources", "segments", "referrers"} & set(whole["value"])
    assert "what_works" not in whole["retention"]
    assert "What works" not in files["retention.html"]


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
    """Redaction changes words, not what the relationships are: the stages and shares are the same.

    Money has two figures, so an amount may be 5 % off, and a concentration as much.
    """
    hers = json.loads(site("owner")["report.json"])
    coachs = json.loads(site("coach")["report.json"])
    for part in ("lifecycle", "boundaries", "touchpoints"):
        for key in ("counts", "relationship_counts", "history", "out_of_hours_share", "kinds"):
            assert coachs[part].get(key) == hers[part].get(key)
    assert coachs["retention"]["logo_retention"] == hers["retention"]["logo_retention"]
    assert coachs["health"]["bands"] == hers["health"]["bands"]
    assert coachs["value"]["hhi"] == pytest.approx(hers["value"]["hhi"], rel=0.05)
    assert sorted(one["silence_days"] for one in coachs["clients"]) == sorted(
        one["silence_days"] for one in hers["clients"]
    )


def test_the_public_page_says_no_day_and_no_client(site):
    text = site("public")["index.html"]
    assert "Jun 2026" in text
    assert not re.search(r"\b30 June|\b30 Jun|Client \d", text)
    assert "20 clients or more" in text
