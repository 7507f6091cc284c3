"""What an edition withholds leaves no trace: two workbooks that differ in it alone make one site.

Nobody can work out what changes nothing. So each test changes everything of one sort (names, the order of
rows, all amounts by one factor, whatever ``POLICY`` drops) and compares.
"""

import hashlib
import hmac
import json
import random
import re
from dataclasses import fields, replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from canaries import (
    AS_OF,
    CLIENTS,
    SECRET,
    SHARED,
    texts,
    token,
    write_workbook,
)
from program import walking_here

from reportgen import build as walk
from reportgen.editions.policy import POLICY
from reportgen.editions.redact import _Hand, redact
from reportgen.model import (
    Activity,
    Book,
    Client,
    Direction,
    Feedback,
    Kind,
    Rating,
    Sale,
    Source,
    Touchpoint,
    name_key,
    relationships,
)
from reportgen.problems import Cell, Problem, Row
from reportgen.reading.book import read
from reportgen.report.report import make_report
from reportgen.settings.configuration import read_configuration
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.site.pages.public import totals
from reportgen.words import plain

# A book in which two records of a client fall on one day, and every field has a value ---------------


def moment(n, turn):
    return AS_OF - timedelta(days=15 + 11 * n + 90 * (turn // 2))


def touchpoint(n, turn):
    """Two a day, that differ in words alone or in what no order is made of."""
    activity = Activity(
        f"Her own {n % 3}",
        list(Kind)[n % 11],
        "high",
        connects=True,
        letter="thank-you",
        usual_minutes=20,
    )
    return Touchpoint(
        moment(n, turn),
        f"Name {n}",
        activity,
        Row("Touchpoints", 10 * n + turn + 2),
        direction=list(Direction)[turn % 3],
        channel=f"Her phone {n % 4}",
        start=time(18, 30),
        minutes=30,
        minutes_recorded="recorded",
        cost=Decimal(10 * (n + turn + 1)),
        topic=f"Topic {(7 * n + turn) % 10} of {n}",
        promise=f"Promise {(3 * turn + n) % 10}",
        promised_for=AS_OF + timedelta(days=n),
        done_on=AS_OF - timedelta(days=n + turn) if turn % 2 else None,
        signal="complaint" if turn % 2 else "her own word",
        resolved_on=AS_OF - timedelta(days=1) if turn % 2 else None,
        urgent=turn % 4 == 1,
        in_scope=turn % 3 == 0,
    )


def sale(n, turn):
    """Two a day of one amount, that differ in the service and the invoice."""
    return Sale(
        moment(n, turn),
        f"Name {n}",
        Decimal(1000 + 10 * n),
        Row("Sales", 10 * n + turn + 2),
        service=f"Service {(n + 2 * turn) % 5}",
        direct_cost=Decimal(130),
        starts=moment(n, turn),
        ends=moment(n, turn) + timedelta(days=10),
        invoice=f"INV-{(7 * n + turn) % 13}",
        due_on=moment(n, turn) + timedelta(days=14),
        paid_on=moment(n, turn) + timedelta(days=20),
    )


def client(n):
    return Client(
        f"Name {n}",
        contact=f"Person {n}",
        email=f"person{n}@example.org",
        phone=f"07700 900{n:03d}",
        segment=f"Segment {n % 3}",
        source=f"Source {n % 4}",
        referred_by=f"Person {n - 1}" if n % 2 else f"Somebody {n}",
        business_model="service",
        since=AS_OF - timedelta(days=700 - n),
        red_line_days=40 + n,
        contact_every_days=20,
        preferred_channel=f"Her phone {n % 4}",
        potential_per_year=Decimal(5000 + 100 * n),
        birthday=date(1980, 7, 1 + n),
        notes=f"Note {n}",
        row=Row("Clients", n + 2),
    )


def rows_of_everything():
    number = range(CLIENTS)
    return {
        "clients": [client(n) for n in number],
        "touchpoints": [touchpoint(n, turn) for n in number for turn in range(6)],
        "sales": [sale(n, turn) for n in number for turn in range(2 + n % 3)],
        "feedback": [
            Feedback(AS_OF - timedelta(days=40), f"Name {n}", Row("Feedback", 2 * n + turn),
                     "survey", Decimal(9 - turn), Decimal(10), f"Answer {n} {turn}", True)
            for n in number for turn in (0, 1)
        ],
        "ratings": [
            Rating(AS_OF - timedelta(days=50), f"Name {n}", Row("Ratings", 2 * n + turn),
                   Decimal(7 + turn), Decimal(8 - turn), Decimal(6))
            for n in number for turn in (0, 1)
        ],
    }  # fmt: skip


SOURCE = Source("clients-of-jane.xlsx", "ab" * 32)


def book_of(rows, source=SOURCE):
    return Book(
        relationships(**rows),
        source,
        problems=(Problem(Cell("Sales", 5, 3), "“Ann’s”", "an amount"),),
        cells=4711,
        unread=("the sheet Private",),
    )


BASE = book_of(rows_of_everything())
SETTINGS = Settings(
    business_name="Jane Design",
    owner="Jane",
    currency="GBP",
    hourly_rate=Decimal(50),
    gross_margin=0.6,
    country="GB",
    preferred_channels=("Email", "Her phone 1"),
    acquisition_spend_per_month=Decimal(90),
    wow_budget=Decimal(80),
    red_line_days=45,
    origins={"owner": "the Business sheet", "hourly_rate": "the Business sheet"},
)


def redacted(book, settings, edition, secret=SECRET):
    return redact(book, settings, edition, secret)


# What is withheld changes nothing --------------------------------------------------------------------


_CODES = {"GBP": "EUR", "GB": "IE", "in": "out", "out": "both", "both": "in"}
_BACKWARDS = str.maketrans(
    "0123456789abcdefghijklmnopqrstuvwxyz", "9876543210zyxwvutsrqponmlkjihgfedcba"
)


def other(value):
    """Another value of the same sort, the other way round in every order; nothing stays nothing."""
    match value:
        case bool():
            return not value
        case str() if value in _CODES:
            return _CODES[value]
        case str():
            return value.translate(_BACKWARDS) * 2
        case date():
            return date.fromordinal(1_400_000 - value.toordinal())
        case time():
            return time(3, 3)
        case int():
            return value + 7
        case Decimal():
            return value * 3 + 1
        case Row():
            return Row("Elsewhere", value.row * 7 % 1009 + 3000)
        case tuple():
            return tuple(map(other, value))
    return value


def without(record, edition):
    """The record with another value in every field that the edition drops, and on another row."""
    changed = {}
    for field in fields(record):
        value, rule = getattr(record, field.name), POLICY[type(record), field.name][edition]
        if rule in ("dropped", "renumbered"):
            changed[field.name] = other(value)
        elif isinstance(value, Activity):
            changed[field.name] = without(value, edition)
    return replace(record, **changed)


def settings_without(settings, edition):
    dropped = [name for name in SETTING_NAMES if POLICY[Settings, name][edition] == "dropped"]
    values = {name: other(getattr(settings, name)) for name in dropped}
    return Settings(
        **({name: getattr(settings, name) for name in SETTING_NAMES} | values),
        origins=dict.fromkeys(settings.origins, "another file"),
    )


@pytest.mark.parametrize("edition", SHARED)
def test_what_the_policy_drops_changes_nothing(edition):
    """Read from the table: every field of every record and every setting that the edition drops."""
    rows = {
        name: [without(one, edition) for one in records]
        for name, records in rows_of_everything().items()
    }
    # Who belongs together stays: the contact by whom a client was referred is one of the words dropped.
    if edition == "coach":
        for one, was in zip(rows["clients"], rows_of_everything()["clients"], strict=True):
            known = was.referred_by.startswith("Person")
            object.__setattr__(
                one, "referred_by", other(was.referred_by) if known else "A stranger"
            )
    if edition != "coach":
        assert len(rows.pop("feedback")) == len(rows.pop("ratings")) == 2 * CLIENTS
    twin = replace(
        book_of(rows, Source("another.xlsx", "cd" * 32)), problems=(), cells=1, unread=()
    )
    assert twin != BASE
    assert redacted(twin, settings_without(SETTINGS, edition), edition) == redacted(
        BASE, SETTINGS, edition
    )


@pytest.mark.parametrize("edition", SHARED)
def test_the_order_of_rows_changes_nothing(edition):
    """Every sheet shuffled, with blank rows between: records of one day have no order of the workbook's."""
    pick = random.Random(20260630)
    rows = {name: list(records) for name, records in rows_of_everything().items()}
    for name, records in rows.items():
        pick.shuffle(records)
        numbers = sorted(pick.sample(range(2, 9000), len(records)))
        rows[name] = [
            replace(one, row=Row(name, number))
            for one, number in zip(records, numbers, strict=True)
        ]
    assert redacted(book_of(rows), SETTINGS, edition) == redacted(BASE, SETTINGS, edition)


@pytest.mark.parametrize("edition", ["coach", "public"])
@pytest.mark.parametrize("factor", ["3.7", "0.01", "1234567.89"])
def test_all_money_times_anything_is_the_same_edition(edition, factor):
    """So no absolute amount is in it, in no figure, picture, order or threshold."""
    by = Decimal(factor)

    def scaled(one):
        money = {
            name: value * by
            for name in (f.name for f in fields(one))
            if isinstance(value := getattr(one, name), Decimal)
            and not isinstance(one, Feedback | Rating)
        }
        return replace(one, **money)

    rows = {
        name: [scaled(one) for one in records] for name, records in rows_of_everything().items()
    }
    names = ("hourly_rate", "acquisition_spend_per_month", "wow_budget")
    settings = replace(SETTINGS, **{name: getattr(SETTINGS, name) * by for name in names})
    assert redacted(book_of(rows), settings, edition) == redacted(BASE, SETTINGS, edition)


# Names and words -------------------------------------------------------------------------------------

NAMES = [f"Name {n}" for n in range(CLIENTS)]
GROUPS = ("Segment", "Source", "Service", "Channel", "Activity", "Client")


def renamed(one):
    """A record with the alphabet of every word of the owner's the other way round, and twice as long."""
    words = {
        field.name: other(value)
        for field in fields(one)
        if isinstance(value := getattr(one, field.name), str)
        and POLICY[type(one), field.name]["coach"] in ("pseudonym", "coded", "vocabulary")
        and value != "complaint"
    }
    if isinstance(one, Touchpoint):
        words["activity"] = renamed(one.activity)
    if isinstance(one, Client):
        words["contact"] = other(one.contact)
    return replace(one, **words)


@pytest.fixture
def digest_of_places(monkeypatch):
    """Digests that are the same for a word and for its twin, so that nothing but the digest may differ."""
    words = {
        form(other(word)): form(word)
        for word in (
            f"{name} {n}"
            for name in ("Name", "Segment", "Source", "Service", "Her phone", "Her own")
            for n in range(CLIENTS)
        )
        for form in (str, name_key, plain)
    }  # fmt: skip
    digest = _Hand._digest

    def of_place(self, what, key):
        return digest(self, what, words.get(key, key))

    monkeypatch.setattr(_Hand, "_digest", of_place)


@pytest.mark.usefixtures("digest_of_places")
@pytest.mark.parametrize("edition", ["coach", "public"])
def test_names_and_words_leave_nothing_but_their_digest(edition):
    """With the alphabet backwards and every word twice as long it is one book: in order and in widths."""
    rows = {
        name: [renamed(one) for one in records] for name, records in rows_of_everything().items()
    }
    settings = replace(SETTINGS, preferred_channels=("Email", other("Her phone 1")))
    twin = book_of(rows)
    assert [one.client.name for one in twin.relationships] != [
        other(one.client.name) for one in BASE.relationships
    ]
    assert redacted(twin, settings, edition) == redacted(BASE, SETTINGS, edition)


def coachs_names(book=BASE, secret=SECRET):
    """Each client's pseudonym, by what no pseudonym can rest on: their own red line."""
    shown, _ = redacted(book, SETTINGS, "coach", secret)
    by_line = {one.client.red_line_days: one.client.name for one in shown.relationships}
    assert len(by_line) == CLIENTS
    return [by_line[40 + n] for n in range(CLIENTS)]


def coachs_codes(book=BASE, secret=SECRET):
    """Everything that a coach sees in place of the owner's own words."""
    shown, settings = redacted(book, SETTINGS, "coach", secret)
    return [
        *(one.client.segment for one in shown.relationships),
        *(one.client.source for one in shown.relationships),
        *(one.client.preferred_channel for one in shown.relationships),
        *(t.channel for t in shown.touchpoints),
        *(t.activity.name for t in shown.touchpoints),
        *(s.service for s in shown.sales),
        *settings.preferred_channels[1:],
    ]


def test_every_name_and_word_is_told_by_a_number_of_one_length():
    for name in coachs_names():
        assert re.fullmatch(r"Client \d{4}", name)
    for code in coachs_codes():
        assert re.fullmatch(r"(Segment|Source|Service|Channel|Activity) \d{4}", code), code


def numbers_of(key, message):
    """The four digits that somebody could get out of a guess: a keyed or a plain hash, either end of it."""
    for algorithm in ("md5", "sha1", "sha256", "sha512"):
        for raw in (
            hmac.digest(key, message, algorithm),
            hashlib.new(algorithm, key + message).digest(),
            hashlib.new(algorithm, message + key).digest(),
        ):
            for part in (raw[:2], raw[:4], raw[:8], raw, raw[-2:], raw[-4:], raw[-8:]):
                yield int.from_bytes(part) % 10_000
                yield int.from_bytes(part, "little") % 10_000


@pytest.mark.parametrize("secret", [SECRET, None])
def test_a_list_of_names_does_not_give_the_pseudonyms(secret):
    """By chance one name in 10,000 is hit; a guess that hits three of 24 knows how they are made."""
    shown = [int(name.removeprefix("Client ")) for name in coachs_names(secret=secret)]
    keys = (
        *("", "reportgen", "Client", "coach", BASE.source.name, "clients-of-jane"),
        *(hashlib.sha256(BASE.source.name.encode()).hexdigest(), SETTINGS.business_name),
        *(SETTINGS.owner, "GBP", AS_OF.isoformat(), str(CLIENTS), "the owner’s workbook", "None"),
        "0" * 64,
    )
    forms = (
        str,
        name_key,
        plain,
        str.upper,
        lambda n: f"Client\n{name_key(n)}",
        lambda n: f"{n}\n",
    )
    for key in keys:
        for form in forms:
            guesses = [list(numbers_of(key.encode(), form(name).encode())) for name in NAMES]
            for way in range(len(guesses[0])):
                hits = sum(
                    guess[way] == number for guess, number in zip(guesses, shown, strict=True)
                )
                assert hits < 3, (key, form, way)


def test_the_guess_with_the_secret_does_give_them():
    """So the test before this one would see a scheme that can be guessed."""
    shown = [int(name.removeprefix("Client ")) for name in coachs_names()]
    hits = sum(
        number in set(numbers_of(SECRET.encode(), f"Client\n{name_key(name)}".encode()))
        for name, number in zip(NAMES, shown, strict=True)
    )
    assert hits > CLIENTS - 3


def test_codes_are_keyed_too():
    kinds = {code.split()[0] for code in coachs_codes()}
    assert kinds == set(GROUPS) - {"Client"}
    same = set(coachs_codes()) & set(coachs_codes(secret="another secret of her own"))
    assert len(same) <= 1
    assert coachs_codes() == coachs_codes(book_of(rows_of_everything(), Source("x", "ef" * 32)))


def test_one_word_has_another_number_in_every_group():
    """Else a service named like a client would name the client."""
    rows = rows_of_everything()
    rows["sales"] = [replace(one, service=one.client) for one in rows["sales"]]
    shown, _ = redacted(book_of(rows), SETTINGS, "coach")
    alike = sum(
        one.client.name.split()[1] == sale.service.split()[1]
        for one in shown.relationships
        for sale in one.sales[:1]
    )
    assert alike <= 1


def test_a_name_that_changes_hands_changes_nobody_elses():
    rows = rows_of_everything()

    def swapped(one):
        now = "A name never seen" if one.client == "Name 7" else one.client
        return replace(one, client=now)

    rows = {
        name: [swapped(one) for one in records] if name != "clients" else records
        for name, records in rows.items()
    }
    rows["clients"] = [
        replace(one, name="A name never seen") if one.name == "Name 7" else one
        for one in rows["clients"]
    ]
    before, after = coachs_names(), coachs_names(book_of(rows))
    assert [n for n in range(CLIENTS) if before[n] != after[n]] == [7]


# The whole walk: two files, one site -----------------------------------------------------------------


def twin_of(path: Path, into: Path) -> Path:
    """The workbook as another owner might keep it: rows, sheets and columns elsewhere, money times 3.7."""
    was = openpyxl.load_workbook(path)
    now = openpyxl.Workbook()
    now.remove(now.active)
    now.properties.creator = "somebody else"
    pick = random.Random(37)
    for sheet in reversed(was.worksheets):
        header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
        page = now.create_sheet(sheet.title)
        money = [n for n, title in enumerate(header) if title in _MONEY_COLUMNS]
        for row in rows:
            for n in money:
                if isinstance(row[n], int | float):
                    row[n] = float(Decimal(str(row[n])) * Decimal("3.7"))
            if sheet.title == "Business" and row[0] in _MONEY_COLUMNS:
                row[1] = float(Decimal(str(row[1])) * Decimal("3.7"))
        if sheet.title == "Business":
            rows = [row if row[0] != "Owner" else ["Owner", "Somebody"] for row in rows]
            page.append(header)
        else:
            order = pick.sample(range(len(header)), len(header))
            header, rows = (
                [header[n] for n in order],
                [[row[n] if n < len(row) else None for n in order] for row in rows],
            )
            page.append(header)
            page.append([])
        for row in pick.sample(rows, len(rows)):
            page.append(row)
            if sheet.title != "Business" and pick.random() < 0.3:
                page.append([])
    now.save(into)
    return into


_MONEY_COLUMNS = {"Amount", "Cost", "Direct cost", "Potential per year", "Hourly rate", "Wow budget",
                  "Acquisition spend per month"}  # fmt: skip


class Both:
    """A workbook and its twin, and the files of an edition that are made of each."""

    def __init__(self, folder):
        first = folder / "first.xlsx"
        write_workbook(first)
        _in_tens(first)
        self.workbooks = (first, twin_of(first, folder / "a quite different name.xlsx"))
        self._folder = folder
        self._config = folder / "reportgen.toml"
        self._config.write_text(
            f'[sheets]\nClients = "{token("sheet", 1)}"\n[privacy]\nsecret = "{SECRET}"\n',
            encoding="utf-8",
        )
        self.configured = read_configuration(self._config)
        self._made = {}

    def __call__(self, edition):
        if edition not in self._made:
            shape = walk.Shape(edition=edition, appendix=edition == "coach")
            self._made[edition] = [
                _files(workbook, self._config, self._folder, shape) for workbook in self.workbooks
            ]
        return self._made[edition]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    return Both(tmp_path_factory.mktemp("both"))


def _in_tens(path):
    """All money of the workbook in tens, so that 3.7 times it has no fractions of a penny."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        header = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows():
            for n, cell in enumerate(row):
                is_money = header[n] in _MONEY_COLUMNS or row[0].value in _MONEY_COLUMNS
                if is_money and isinstance(cell.value, int | float):
                    cell.value = round(cell.value, -1)
    book.save(path)


def _files(workbook, config, folder, shape):
    staging = folder / f"{workbook.stem} for the {shape.edition}"
    staging.mkdir()
    with walking_here():
        told = read_configuration(config)
        built = walk.build(workbook, told, lambda _: AS_OF, staging, lambda *_: None, shape)
    assert built.clients == CLIENTS
    return {
        path.relative_to(staging).as_posix(): path.read_bytes()
        for path in sorted(staging.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["coach", "public"])
def test_two_workbooks_that_differ_in_what_is_withheld_make_one_site(both, edition):
    """Rows, columns, sheets elsewhere, blank rows, another name and owner, money times 3.7: every byte."""
    first, second = both(edition)
    assert list(first) == list(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_the_two_workbooks_do_differ(both):
    """In every row's place, in every amount, in the names of the file and of the owner."""
    (first, hers), (second, theirs) = (read(path, both.configured) for path in both.workbooks)
    assert first.source.name != second.source.name
    assert hers.owner != theirs.owner
    for one, twin in zip(first.relationships, second.relationships, strict=True):
        assert one.client.row != twin.client.row
        assert sum(s.amount for s in one.sales) * Decimal("3.7") == sum(
            s.amount for s in twin.sales
        )


@pytest.mark.slow
def test_the_coachs_site_names_and_lists_clients_by_pseudonym(both):
    first, _ = both("coach")
    pages = [path for path in first if path.startswith("clients/")]
    assert len(pages) == CLIENTS
    assert all(re.fullmatch(r"clients/client-\d{4}\.html", path) for path in pages)
    assert json.loads(first[".reportgen.json"])["files"] == sorted(set(first) - {".reportgen.json"})
    listed = [one["name"] for one in json.loads(first["report.json"])["clients"]]
    assert listed == sorted(listed)
    assert [f"clients/{name.casefold().replace(' ', '-')}.html" for name in listed] == pages


@pytest.mark.slow
def test_no_hash_of_a_name_or_of_the_file_is_in_the_coachs_site(both):
    """Nor eight digits of one: whoever has a list of names has their hashes too."""
    first, _ = both("coach")
    whole = "\n".join(texts(first).values()).casefold()
    words = [form(token("client", n)) for n in range(CLIENTS) for form in (str, name_key, plain)]
    for word in (*words, "first.xlsx", "first", token("business"), token("owner")):
        for algorithm in ("md5", "sha1", "sha256", "sha512"):
            assert hashlib.new(algorithm, word.encode()).hexdigest()[:8] not in whole, word


# The public edition ----------------------------------------------------------------------------------


def test_the_clients_of_the_public_edition_are_counted_in_tens_and_no_cell_is_below_five():
    """24 clients: every group that is named has five or more, and every share has five on either side."""
    found = totals(make_report(*redacted(BASE, SETTINGS, "public"), AS_OF))
    counts = make_report(BASE, SETTINGS, AS_OF).found.relationship_counts
    assert found.clients == 20
    assert 20 <= sum(counts.values()) <= CLIENTS  # those who are running
    stages = list(counts)  # the closest last
    for group in found.stages:
        closer = stages[stages.index(group.name.removesuffix(" or closer")) :]
        assert sum(counts[stage] for stage in closer) >= 5
