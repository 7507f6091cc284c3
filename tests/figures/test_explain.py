"""Every figure in words: the same as in the JSON form, with its rule, its settings and its rows."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from sites import sample_report

from reportgen.figures.explain import explain
from reportgen.figures.machine import as_json
from reportgen.model import UNKNOWN_ACTIVITY, Book, Client, Sale, Source, Touchpoint, relationships
from reportgen.problems import ReportError, Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.words import hours as reportgen_hours
from reportgen.words import listed

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
AS_OF = date(2026, 6, 30)


def report_on(book, settings=None):
    return make_report(book, settings or Settings(), AS_OF)


# The text, read back ------------------------------------------------------------------------------


def paragraphs(text):
    """(depth, paragraph) of every paragraph: further lines hang two spaces behind the first."""
    found = []
    for line in text.split("\n"):
        spaces = len(line) - len(line.lstrip(" "))
        if spaces % 4 == 2:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif line:
            found.append((spaces // 4, line.strip()))
    return found


def blocks(text):
    """Figure → (words, its other paragraphs with their depths)."""
    heading, *rest = paragraphs(text)
    assert heading[0] == 0
    found = {}
    for depth, paragraph in rest:
        if depth == 0:
            key, said = paragraph.split(": ", 1)
            found[key] = (said, [])
            below = found[key][1]
        else:
            below.append((depth, paragraph))
    return found


def parts(block):
    """Name → what is said of it, of the parts of a figure at any depth."""
    said = [
        p
        for _, p in block[1]
        if not p.startswith(("Rule: ", "In force: ", "Rests on", "Against it"))
    ]
    return dict(one.split(": ", 1) for one in said if ": " in one)


def rows_in(paragraph):
    """The rows it names: ``Rests on row 2 of Sales and rows 4 and 7–9 of Touchpoints.``"""
    named = re.search(r"(?:^|\s)Rests on (.*?)\.(?=\s+Against it:|$)", paragraph)
    if named is None:
        return set()
    found = set()
    for of_sheet in re.split(r"(?:, | and )(?=rows? )", named[1]):
        numbers, sheet = re.fullmatch(r"rows? ([\d–, and]+) of (.*)", of_sheet).groups()
        for span in re.split(", | and ", numbers):
            first, _, last = span.partition("–")
            found |= {(sheet, row) for row in range(int(first), int(last or first) + 1)}
    return found


def rows_of_json(rows):
    split = (row.rpartition("!") for row in rows)
    return {(sheet.strip("'").replace("''", "'"), int(row)) for sheet, _, row in split}


# What the words are for a value -------------------------------------------------------------------


def day(iso):
    return f"{date.fromisoformat(iso):%-d %B %Y}"


def counted(number, one):
    return f"{number:,} {one}" + ("" if number == 1 else "s")


def days(number):
    return counted(number, "day")


def share(value):
    if 0 < value <= 0.005:
        return "under 1\xa0%"
    if 0.995 <= value < 1:
        return "over 99\xa0%"
    return f"{100 * value:.0f}\xa0%"


def amount(text):
    """The number in an amount: ``−£1,204.50``."""
    number = float(re.sub(r"[^\d.]", "", text))
    return -number if text.startswith("−") else number


def yes(value):
    return "yes" if value else "no"


WORDS = {
    "business_model": str,
    "red_line_days": days,
    "ideal_days": days,
    "last_contact": day,
    "silence_days": days,
    "overdue": lambda value: f"{value:.2f} red lines",
    "below_red_line": yes,
    "days_below": days,
    "relationship_days": days,
    "below_share": share,
    "spells": lambda spells: counted(len(spells), "spell") if spells else "none",
    "lifecycle": str,
    "relationship": str,
    "lapsed": yes,
    "growth": str,
    "in_the_black": lambda black: {
        "since": f"since {day(black['since'])}",
        "no longer": f"no longer, since {day(black['since'])}",
        "never": f"never, since {day(black['since'])}",
    }[black["state"]],
    "share_of_wallet": share,
    "p_alive": share,
    "expected_purchases_52w": lambda value: f"{value:.1f}",
    "next_purchase": lambda value: f"{day(value['from'])} to {day(value['to'])}",
}
"""Key → the whole of what is said for a value that is known."""
BEGINNINGS = {
    "minutes": lambda value: counted(value, "minute"),
    "rhythm_ratio": lambda value: f"{value:.1f} of their usual gaps of ",
    "behaves_like": lambda value: f"{value}. ",
}
MONEY = ("sales_now", "sales_before", "profit", "hourly_earned", "clv_12m")
OF_THE_BOOK = {
    *("retention.bridge", "retention.what_works", "value.sources", "value.segments"),
    *("value.referrers", "opportunities", "actions"),
}
"""The keys of the book of which there is something to say of one client."""
IN_PARTS = (
    "ended",
    "purchases",
    "terms",
    "next_stage_needs",
    "trust",
    "answer_hours",
    "boundaries",
    "kinds",
    "health",
    "rfm",
)


def same(said, value, words):
    """What is said is the value's words, or says what to record where there is none."""
    if value is None:
        assert said.startswith("n/a: ")
    else:
        assert said == words(value)


@pytest.fixture(
    scope="module",
    params=["interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy"],
)
def sample(request):
    report = sample_report(request.param)
    form = json.loads(as_json(report))
    texts = {client["name"]: explain(report, client["name"], None) for client in form["clients"]}
    return form, {name: blocks(text) for name, text in texts.items()}


def test_every_key_is_explained_and_none_besides(sample):
    form, said = sample
    for client in form["clients"]:
        found = said[client["name"]]
        assert found.keys() == client.keys() - {"name"} | OF_THE_BOOK
        for _, below in found.values():
            assert sum(paragraph.startswith("Rule: ") for _, paragraph in below) == 1


def test_plain_figures_are_those_of_the_json_form(sample):
    form, said = sample
    known = set(WORDS) | set(BEGINNINGS) | set(MONEY) | set(IN_PARTS) | {"name"}
    for client in form["clients"]:
        assert client.keys() == known
        text = {key: block[0] for key, block in said[client["name"]].items()}
        for key, words in WORDS.items():
            same(text[key], client[key], words)
        for key, words in BEGINNINGS.items():
            begin = "n/a: " if client[key] is None else words(client[key])
            assert text[key].startswith(begin)
        for key in MONEY:
            if client[key] is None:
                assert text[key].startswith("n/a: ")
            else:
                assert amount(text[key]) == pytest.approx(client[key], abs=0.005001)


def test_figures_in_parts_are_those_of_the_json_form(sample):
    form, said = sample
    for client in form["clients"]:
        text = said[client["name"]]
        assert text["ended"][0].startswith("yes, on " if client["ended"] else "no")
        bought = parts(text["purchases"])
        for one in client["purchases"]:
            days_of = [day(one[end]) for end in ("first", "last")]
            name = days_of[0] if one["first"] == one["last"] else " to ".join(days_of)
            assert name in bought
        terms = parts(text["terms"])
        assert {name: int(words.split()[0]) for name, words in terms.items()} == {
            f"{one['first']} to {one['last']}": one["months"] for one in client["terms"]
        }
        assert [p for _, p in text["next_stage_needs"][1] if not p.startswith("Rule: ")] == (
            client["next_stage_needs"]
        )
        spells = parts(text["spells"])
        assert len(spells) == len(client["spells"])
        for spell in client["spells"]:
            name = f"{day(spell['first'])} to {day(spell['last'])}"
            touches = [f"{one['activity']} by {day(one['date'])}" for one in spell["touches"]]
            prevented = f"; prevented by {listed(touches, len(touches))}" if touches else ""
            assert spells[name].startswith(f"{days(spell['days'])}{prevented}. Rests on row")
        _same_trust(text["trust"], client["trust"])
        _same_answers(text["answer_hours"], client["answer_hours"])
        _same_boundaries(text["boundaries"], client["boundaries"])
        kinds = parts(text["kinds"])
        assert {kind: kinds[kind].split(". Rests on")[0] for kind in kinds} == {
            kind: counted(number, "touchpoint") for kind, number in client["kinds"].items()
        }
        same(
            text["rfm"][0].rpartition(" of ")[0] or text["rfm"][0],
            client["rfm"],
            lambda rfm: ", ".join(f"{name} {score}" for name, score in rfm.items()),
        )
        _same_health(text["health"], client["health"])


def _same_trust(block, trust):
    found = parts(block)
    same(
        block[0].split("; held back")[0],
        trust["trust"],
        lambda value: f"{trust['index']:.0f} of 100, from a Trust of {value:.1f}",
    )
    if trust["held_back_by"]:
        assert block[0].endswith(f"; held back most by {trust['held_back_by']}")
    for name, words in (
        ("care", lambda value: f"{value:.1f} of 10"),
        ("accountability", lambda value: f"{value:.1f} of 10"),
        ("communication", lambda value: f"{value:.2f} of 1"),
    ):
        same(found[name].split(", as rated")[0], trust[name], words)
    assert found["signals"].startswith(counted(trust["signals"], "time"))


def _same_answers(block, answers):
    found = {name: said.split(". Rests on")[0] for name, said in parts(block).items()}
    windows = {"12 months": answers, "last three months": answers["last_three_months"]}
    for name, said in found.items():
        window = windows[name]
        waits = ", ".join(
            f"{whose} {reportgen_hours(round(60 * window[hours]))}"
            for whose, hours in (("yours", "ours"), ("theirs", "theirs"))
            if window[hours] is not None
        )
        known = window["conversations"]
        opened = round((window["opened_by_us"] or 0) * known)
        talks = f"you opened {opened} of {counted(known, 'conversation')}" if known else ""
        assert said == "; ".join(part for part in (waits, talks) if part)
    assert bool(found) == (block[0][:4] != "n/a:")


def _same_boundaries(block, boundaries):
    found = {name: said.split(". Rests on")[0] for name, said in parts(block).items()}
    assert found.keys() == boundaries.keys()
    for name in ("out_of_hours_share", "asked_share", "offered_share"):
        same(found[name].split(", ")[0] or "n/a: ", boundaries[name], share)
    same(found["off_channel"], boundaries["off_channel"], lambda n: counted(n, "touchpoint"))
    assert found["out_of_scope_minutes"] == counted(boundaries["out_of_scope_minutes"], "minute")
    same(found["boundary_load"], boundaries["boundary_load"], share)
    assert found["crossings"] == counted(boundaries["crossings"], "crossing")
    same(found["level"], boundaries["level"], str)
    same(block[0], boundaries["level"], str)


def _same_health(block, health):
    same(block[0].split(", ")[0], health["score"], lambda value: f"{value:.0f} of 100")
    if health["band"] is not None:
        assert block[0].endswith(f", {health['band']}")
    found = parts(block)
    assert list(found) == [part["name"] for part in health["parts"]]
    for part in health["parts"]:
        said = found[part["name"]]
        same(said.split(", ")[0], part["value"], lambda value: f"{value:.2f}")
        assert f"weight {part['weight']}" in said
        assert rows_in(said) == rows_of_json(part["rows"])


def test_opportunities_and_actions_are_those_of_the_json_form(sample):
    form, said = sample
    for client in form["clients"]:
        name = client["name"]
        found = parts(said[name]["opportunities"])
        ready = {
            kind: one
            for kind, of_kind in form["opportunities"].items()
            for one in of_kind
            if one["client"] == name
        }
        kept_back = client["lapsed"] or name in {one["client"] for one in form["held_back"]}
        ended = client["ended"]
        assert list(found) == (["greeting"] if ended else list(form["opportunities"]))
        assert found.keys() >= ready.keys()
        for kind, text in found.items():
            if not kept_back:
                assert text.startswith("ready for " if kind in ready else "not now: ")
        for kind, one in ready.items():
            assert found[kind].startswith(f"ready for {day(one['date'])}, letter {one['letter']}: ")
            assert rows_in(found[kind]) == rows_of_json(one["rows"])
        if any(name in one["clients"] for one in form["mailings"]):
            continue  # the JSON form has a mailing once, without what is due with each
        due = list(things_due(form, name))
        actions = [
            p for _, p in said[name]["actions"][1] if not p.startswith(("Rule: ", "In force: "))
        ]
        assert said[name]["actions"][0] == (counted(len(due), "thing") if due else "none")
        assert len(actions) == len(due)
        for text, (one, ends) in zip(actions, due, strict=True):
            assert text.startswith(f"{one['what']}: {one['words']}. ")
            assert ends in text
            assert rows_in(text) == rows_of_json(one["rows"])


def test_the_client_s_part_in_the_figures_of_the_book_is_that_of_the_json_form(sample):
    form, said = sample
    for client in form["clients"]:
        name = client["name"]
        text = {key: block[0] for key, block in said[name].items()}
        steps = (form["retention"]["bridge"] or [])[1:-1]
        own = next((one["step"] for one in steps if name in one["clients"]), None)
        if own is not None:
            assert text["retention.bridge"].startswith(f"{own}, from ")
        else:
            assert text["retention.bridge"].startswith(("in no step", "n/a"))
        (brought,) = [one for one in form["value"]["referrers"] if one["name"] == name] or [None]
        number = counted(len(brought["brought"]), "client") if brought else "nobody"
        assert text["value.referrers"].endswith(f"; brought {number}")
        by = [one["name"] for one in form["value"]["referrers"] if name in one["brought"]]
        assert (" by nobody " in text["value.referrers"]) == (not by)


def things_due(form, name):
    """What is in the plan, what waits and what may have been done, with what is told of it."""
    for one in form["actions"]:
        if one["client"] == name:
            when = f"proposed for {day(one['date'])} at {one['start']}, by {one['channel']}"
            yield from ((thing, when) for thing in one["due"])
    for one in form["waiting"]:
        if one["client"] == name:
            yield from ((thing, f"It waits: {one['why']}") for thing in one["due"])
    yield from ((one, "Done, or sorry?") for one in form["stale"] if one["client"] == name)


# Where the red line comes from --------------------------------------------------------------------


def in_force(text, key):
    return next(p for _, p in blocks(text)[key][1] if p.startswith("In force: "))


def test_our_default_is_called_so(book, settings):
    """
    Date        Client  Activity
    2026-06-01  Acme    Phone call

    # Business
    Setting         Value
    Business model  consultancy
    """
    assert explain(report_on(book, settings), "Acme", "red_line_days") == (
        "Acme, as of 30 June 2026\n"
        "\n"
        "red_line_days: 60 days\n"
        "    Rule: The longest silence that the client accepts, 60 days: the client’s own\n"
        "      Red line (days), else the workbook’s, else our default for the business\n"
        "      model.\n"
        "    In force: Red line consultancy (days) 60, our default.\n"
    )


def test_our_defaults_without_a_business_model(book):
    """
    Date        Client  Activity
    2026-06-01  Acme    Phone call
    """
    text = explain(report_on(book), "Acme", None)
    none = "our default without a business model"
    assert in_force(text, "red_line_days") == f"In force: 60 days, {none}."
    assert in_force(text, "lifecycle").startswith(
        f"In force: 4 purchase days, {none}; Loyalty after"
    )
    assert blocks(text)["business_model"][0] == "n/a: write your Business model (Business)"


def test_the_workbook_s_red_line_and_the_client_s_own(book, settings):
    """
    # Business
    Setting          Value
    Red line (days)  45

    # Clients
    Client  Red line (days)
    Acme
    Birch   20

    # Touchpoints
    Date        Client  Activity
    2026-06-01  Acme    Phone call
    2026-06-01  Birch   Phone call
    """
    report = report_on(book, settings)
    acme, birch = (explain(report, name, "red line days") for name in ("acme", "BIRCH"))
    assert blocks(acme)["red_line_days"][0] == "45 days"
    assert (
        in_force(acme, "red_line_days") == "In force: Red line (days) 45, from the Business sheet."
    )
    assert blocks(birch)["red_line_days"][0] == "20 days"
    assert in_force(birch, "red_line_days") == (
        "In force: the client’s own Red line (days) 20, row 3 of Clients."
    )
    assert "    Rests on row 3 of Clients.\n" in birch
    assert "Rests on" not in acme


def test_the_red_line_of_a_phase(book, settings):
    """Acme has not bought; for Birch work goes on until 10 July.

    # Business
    Setting                              Value
    Red line (days)                      50
    Red line before the sale (days)      10
    Red line in collaboration (days)     15

    # Touchpoints
    Date        Client  Activity
    2026-06-01  Acme    Phone call

    # Sales
    Date        Client  Amount
    2026-06-11  Birch   100
    2026-03-01  Cole    100
    """
    report = report_on(book, settings)
    found = {
        name: in_force(explain(report, name, "red_line_days"), "red_line_days")
        for name in ("Acme", "Birch", "Cole")
    }
    assert found == {
        "Acme": "In force: Red line before the sale (days) 10, from the Business sheet.",
        "Birch": "In force: Red line in collaboration (days) 15, from the Business sheet.",
        "Cole": "In force: Red line (days) 50, from the Business sheet.",
    }


def test_a_setting_of_the_configuration_file_is_called_so(book):
    """
    Date        Client  Activity
    2026-06-01  Acme    Phone call
    """
    settings = Settings().layered(
        {"lapsed_after_red_lines": 3}, {"lapsed_after_red_lines": "my.toml"}
    )
    text = explain(report_on(book, settings), "Acme", "lapsed")
    assert "Lapsed after (red lines) 3, from my.toml;" in in_force(text, "lapsed")


# What is not known --------------------------------------------------------------------------------


def test_what_is_not_known_says_what_to_record(book):
    """
    # Touchpoints
    Date        Client  Activity    Minutes
    2026-06-01  Acme    Phone call  30

    # Clients
    Client
    Acme
    Birch

    # Sales
    Date        Client  Amount
    2026-07-01  Cole    100
    """
    said = {key: block[0] for key, block in blocks(explain(report_on(book), "Birch", None)).items()}
    assert said["silence_days"] == "n/a: record the first contact with its date (Touchpoints)"
    assert said["share_of_wallet"] == (
        "n/a: record what they could spend in Potential per year (Clients)"
    )
    assert said["rhythm_ratio"] == "n/a: record three purchases or more (Sales)"
    assert said["p_alive"] == "n/a: record the first sale (Sales)"
    acme = blocks(explain(report_on(book), "Acme", None))
    assert acme["profit"][0] == "n/a: record your Hourly rate (Business)"
    assert acme["minutes"][0] == "30 minutes"
    assert parts(acme["trust"])["reliability"] == (
        "n/a: record what you promise, in Promised for and Done on (Touchpoints)"
    )
    assert parts(acme["boundaries"])["off_channel"] == (
        "n/a: record your Preferred channels (Business)"
    )


def test_rows_for_and_against(book):
    """One promise was kept on the day, one a day late.

    Date        Client  Activity    Promise  Promised for  Done on
    2026-05-01  Acme    Phone call  A quote  2026-05-04    2026-05-04
    2026-05-11  Acme    Phone call  A plan   2026-05-14    2026-05-15
    """
    trust = blocks(explain(report_on(book), "Acme", "trust"))["trust"]
    assert parts(trust)["reliability"] == (
        "1 of 2. Rests on row 2 of Touchpoints. Against it: row 3 of Touchpoints."
    )


def test_an_ended_relationship_is_at_most_greeted(book):
    """
    # Clients
    Client  Ended on
    Acme    2026-06-30
    Birch   2026-07-01

    # Touchpoints
    Date        Client  Activity
    2026-06-01  Acme    Phone call
    2026-06-01  Birch   Phone call

    # Sales
    Date        Client  Amount
    2026-07-01  Cole    100
    """
    said = {
        name: blocks(explain(report_on(book), name, "opportunities"))["opportunities"][0]
        for name in ("Acme", "Birch")
    }
    assert said == {
        "Acme": "the relationship has ended, so at most a greeting",
        "Birch": "none ready",
    }


def test_lines_fit_a_terminal(book):
    """
    Date        Client  Activity    Promise                                                     Promised for
    2026-05-01  Acme    Phone call  A quote for the whole of the ground floor and for the hall  2026-05-04
    """
    lines = explain(report_on(book), "Acme", None).splitlines()
    assert max(len(line) for line in lines) in range(70, 81)


# Who and what -------------------------------------------------------------------------------------


def test_a_client_is_found_without_regard_to_case_and_spaces(book):
    """
    Date        Client           Activity
    2026-06-01  Harbour & Finch  Phone call
    """
    text = explain(report_on(book), "  harbour  &  FINCH ", "Silence-Days")
    assert text.startswith("Harbour & Finch, as of 30 June 2026\n\nsilence_days: 29 days\n")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Harbor & Finch", "“Harbour & Finch”?"),
        ("finch", "“Harbour & Finch”?"),
        ("Acme Ldt", "“Acme Ltd”?"),
    ],
)
def test_an_unknown_client_brings_the_nearest_name(book, asked, near):
    """
    Date        Client           Activity
    2026-06-01  Harbour & Finch  Phone call
    2026-06-01  Acme Ltd         Phone call
    """
    with pytest.raises(ReportError) as caught:
        explain(report_on(book), asked, None)
    assert str(caught.value) == f"There is no client “{asked}” in docstring.xlsx; is it {near}"


@pytest.mark.parametrize("asked", ["", "Zebra", "\udce9", "\x00"])
def test_a_name_like_no_other(book, asked):
    """
    Date        Client           Activity
    2026-06-01  Harbour & Finch  Phone call
    """
    with pytest.raises(ReportError, match=r"; write the name as it stands on its Clients sheet"):
        explain(report_on(book), asked, None)


def test_a_book_without_clients():
    empty = Book(relationships=(), source=Source("empty.xlsx", "0" * 64))
    with pytest.raises(ReportError, match=r"^There is no client “Acme” in empty\.xlsx; write"):
        explain(report_on(empty), "Acme", None)


def test_an_unknown_figure_brings_the_list(book):
    """
    Date        Client  Activity
    2026-06-01  Acme    Phone call
    """
    with pytest.raises(ReportError) as caught:
        explain(report_on(book), "Acme", "happiness")
    sentence = str(caught.value)
    assert sentence.startswith("There is no figure “happiness”; write one of business_model, ")
    assert sentence.endswith(", opportunities, actions.")


def test_a_cell_cannot_begin_a_line_of_its_own():
    """A client's name and a promise with line breaks stay in their paragraphs."""
    name = "Acme\nlapsed: yes"
    touchpoint = Touchpoint(
        date=date(2026, 6, 1),
        client=name,
        activity=UNKNOWN_ACTIVITY,
        row=Row("Touchpoints", 2),
        promise="this\nhealth: 100",
        promised_for=date(2026, 6, 2),
    )
    sale = Sale(date(2026, 6, 1), name, 10, Row("Sales", 2))
    book = Book(
        relationships=relationships([Client(name)], [touchpoint], [sale]),
        source=Source("odd.xlsx", "0" * 64),
    )
    text = explain(report_on(book), name, None)
    assert text.startswith("Acme lapsed: yes, as of 30 June 2026\n")
    assert len(re.findall(r"(?m)^lapsed: ", text)) == 1
    assert len(re.findall(r"(?m)^health: ", text)) == 1
    assert "Keep your promise: this health: 100. Promised for" in " ".join(
        p for _, p in paragraphs(text)
    )
