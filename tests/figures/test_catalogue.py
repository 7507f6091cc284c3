"""Every figure stands where it must: in the JSON, in explain, in Method, and on the page that claims it."""

import html
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sites import sample_report

from reportgen import words
from reportgen.editions.policy import Sight
from reportgen.figures import excerpt, machine
from reportgen.figures.catalogue import CATALOGUE, CLIENT, facts, rules
from reportgen.figures.explain import explain
from reportgen.figures.figure import Case, Figure
from reportgen.report.report import Report
from reportgen.settings.settings import SETTING_NAMES
from reportgen.site.files import pages

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
AS_OF = date(2026, 10, 31)
CLIENTS_READ = 15
"""So many pages of clients are read in each sample, in order of name."""

EVERY = (*CATALOGUE.about, *CATALOGUE.of_client, *CATALOGUE.of_book)
KEYS = {
    *(figure.key for figure in (*CATALOGUE.about, *CATALOGUE.of_book)),
    *(CLIENT + figure.key for figure in CATALOGUE.of_client),
}


def keys_in(form):
    """The keys of a JSON form as the catalogue writes them; those that nobody declared as they stand."""
    sections = {key.rpartition(".")[0] for key in KEYS}
    found = set()
    for key, value in form.items():
        if key == "clients":
            found |= {CLIENT + name for client in value for name in client}
        elif key in sections:
            found |= {f"{key}.{name}" for name in value}
        else:
            found.add(key)
    return found


# A sample, read as its owner reads it ---------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """The report on a sample, its JSON form, and its files that are not rendered yet."""

    report: Report
    form: dict
    files: dict

    def text(self, path):
        return self.files[path].render()


def read_sample(name, edition="owner"):
    report = sample_report(name, edition)
    written = machine if edition == "owner" else excerpt
    files = {file.path: file for file in pages(report)}
    return Read(report, json.loads(written.as_json(report)), files)


@pytest.fixture(scope="module")
def designer():
    return read_sample("interior-designer")


@pytest.fixture(scope="module", params=["coach", "accountant"])
def shared(request):
    return read_sample("interior-designer", request.param)


def seen(text):
    """What is read in HTML or Markdown: no tags, no signs of Markdown, no capitals."""
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    text = html.unescape(re.sub(r"[|*#\\]|:?---+:?", " ", text))
    text = re.sub(r" \(00\d\)", "", text)
    return re.sub(r" (?=[.,:;)])", "", " ".join(text.split())).casefold()


# The JSON -------------------------------------------------------------------------------------------


def test_the_json_has_every_figure_and_nothing_besides(designer):
    assert keys_in(designer.form) == KEYS


def test_a_key_is_declared_once():
    assert len(KEYS) == len(EVERY)


def test_a_shared_edition_has_the_figures_that_it_may_see_and_nothing_besides(shared):
    of = CATALOGUE.seen_by(shared.report.edition)
    assert keys_in(shared.form) == {
        *(figure.key for figure in (*of.about, *of.of_book)),
        *(CLIENT + figure.key for figure in of.of_client),
    }


NOT_THE_COACHS = {"counts.problems", "problems"}
"""What is the owner's alone: here, how many cells of her workbook could not be used, and which."""


def test_the_coach_sees_all_but_what_is_the_owners_alone():
    of = CATALOGUE.seen_by("coach")
    sees = {figure.key for figure in (*of.about, *of.of_client, *of.of_book)}
    assert {figure.key for figure in EVERY} - sees == NOT_THE_COACHS


def test_the_accountant_sees_time_and_money():
    of = CATALOGUE.seen_by("accountant")
    assert {figure.key for figure in of.of_client} == {
        *(
            "name",
            "business_model",
            "purchases",
            "terms",
            "minutes",
            "sales_now",
            "sales_before",
            "profit",
        ),
        *("in_the_black", "share_of_wallet", "hourly_earned", "p_alive"),
        *("expected_purchases_52w", "clv_12m", "rhythm_ratio", "next_purchase", "rfm"),
    }
    assert {figure.key.split(".")[0] for figure in of.of_book} == {"retention", "value"}


def test_a_figure_that_does_not_say_who_may_see_it_is_the_owners():
    assert Figure("new", "something.", lambda report: report).sight is Sight.OWNER


def test_the_public_sees_no_figure():
    of = CATALOGUE.seen_by("public")
    assert (of.about, of.of_client, of.of_book) == ((), (), ())


TOLD_OF_A_CLIENT = [
    *("retention.bridge", "retention.what_works"),
    *("value.sources", "value.segments", "value.referrers", "opportunities", "actions"),
]
"""The figures of the whole business of which there is something to say of one client."""


# Explain and Method ---------------------------------------------------------------------------------


def test_explain_tells_every_figure_of_a_client(designer):
    client = designer.report.found.clients[0]
    told = re.findall(r"(?m)^([\w.]+): ", explain(designer.report, client.name, None))
    of_client = [figure.key for figure in CATALOGUE.of_client if figure.key != "name"]
    assert told == [*of_client, *TOLD_OF_A_CLIENT]


@pytest.mark.parametrize("path", ["method.html", "markdown/method.md"])
def test_method_has_an_entry_for_every_figure(designer, path):
    text = seen(designer.text(path))
    entries = rules(designer.report)
    assert {key for key, _ in entries} == KEYS
    for key, rule in entries:
        key = key if path.endswith(".html") else f"`{key}`"
        assert f" {key} {rule} ".casefold().replace("\xa0", " ") in text


def test_method_of_a_shared_edition_has_the_figures_of_its_json(shared):
    told = re.findall(r"<td><code>([^<]+)</code></td>", shared.text("method.html"))
    assert set(told) == keys_in(shared.form)


def test_a_rule_is_told_with_the_settings_in_force(designer):
    told = dict(rules(designer.report))
    assert (
        "as many purchases as Loyal from or more, the first at least 365 days ago"
        in told["clients[].lifecycle"]
    )
    assert (
        "not below the red line of N days; it stands still at Ended on."
        in told["clients[].lifecycle"]
    )
    assert told["value.warnings"] == (
        "Said where one client brings more than 25\xa0% of these sales, or three bring more than 50\xa0%."
    )


@pytest.mark.parametrize("figure", EVERY, ids=lambda figure: figure.key)
def test_a_rule_is_one_sentence_in_the_owners_words(figure):
    assert set(figure.names) <= {*SETTING_NAMES, "line", "loyal"}
    assert figure.rule.endswith(".")
    assert ". " not in figure.rule
    assert not re.search(r"\b00\d\b", figure.rule)


# The page that claims it ----------------------------------------------------------------------------

ON_NO_PAGE = {
    "opportunities": "the plan has those that are due, with the words of the message",
    "terms": "the list of figures counts them beside the paid months",
    "overdue": "pages say by how many days a silence is over, and the overview orders by it",
    "retention.bridge": "a step has many clients, and its row names the first",
    "retention.what_works": "groups are compared there, not clients",
    "value.sources": "the same of sources",
    "value.segments": "the same of segments",
}
IN_NO_SAMPLE = {
    "p_alive": "a chance stands on a page where 30 to 99 customers came back; no sample has so many",
}
ONLY_IN_HTML = {
    "business_model": "a tag under the name",
    "below_share": "a remark in brackets",
    "clv_12m": "Markdown has only what the client is likely to buy",
    "rhythm_ratio": "Markdown has the days and the usual gap that it is made of",
    "behaves_like": "Markdown has no list of boundaries and touch points",
    "kinds": "the same",
    "rfm": "Markdown has no scores",
}
"""The Markdown page of a client is the shorter one: figure → what stands there instead."""


def price(amount, form):
    return words.money(amount, form["currency"])


def in_row_of_boundaries(value, client, _):
    """The list has the relationships that are running."""
    load = f"{value['level'] or 'n/a'} {words.percent(value['boundary_load'])}"
    return None if client["lapsed"] or client["ended"] else load


def lapsed_in_list(value, client, _):
    if value:
        return f"{words.days(client['silence_days'])}, lapsed"
    return None


def over_in_list(value, client, _):
    if value and not client["lapsed"]:
        over = client["silence_days"] - client["red_line_days"]
        return f"{words.days(client['silence_days'])}, {over} over"
    return None


SHOWN = {
    "business_model": lambda model, client, _: f"{client['lifecycle']} {model}",
    "red_line_days": lambda days, *_: f"Red line {words.days(days)}; in touch",
    "ideal_days": lambda days, *_: f"in touch up to {words.days(days)}",
    "silence_days": lambda days, *_: f", {words.days(days)} ago",
    "below_red_line": over_in_list,
    "days_below": lambda days, *_: f"Days below it {words.days(days)} of",
    "relationship_days": lambda days, *_: f"of {words.days(days)} together",
    "below_share": lambda share, *_: f"together ({words.percent(share)})",
    "spells": lambda spells, *_: f", in {words.count(len(spells), 'spell')}",
    "lifecycle": lambda stage, *_: f"Life cycle {stage}",
    "relationship": lambda stage, *_: f"Relationship {stage}",
    "lapsed": lapsed_in_list,
    "ended": lambda ended, *_: "ended " if ended else None,
    "growth": lambda stage, *_: f"Customer strategy {stage}",
    "next_stage_needs": lambda needs, *_: needs,
    "minutes": lambda minutes, *_: f"Time {words.hours(minutes)} in all",
    "sales_now": lambda sales, _, form: f"Sales, last 12 months {price(sales, form)};",
    "sales_before": lambda sales, _, form: f"; {price(sales, form)} in the 12 months before",
    "profit": lambda profit, _, form: f"Contribution {price(profit, form)}",
    "in_the_black": lambda black, *_: (
        f"in the black since {words.day(date.fromisoformat(black['since']))}"
        if black["state"] != "never"
        else f"ever in the black, since {words.day(date.fromisoformat(black['since']))}"
    ),
    "share_of_wallet": lambda share, *_: f"Share of wallet {words.percent(share)}",
    "p_alive": lambda chance, client, _: (
        f"Likely to buy again {words.percent(chance)}"
        if client["expected_purchases_52w"] is None
        else None
    ),
    "expected_purchases_52w": lambda number, *_: f"Expected purchases {number:.1f} in the next",
    "clv_12m": lambda money, _, form: f"Worth of the next year some {price(money, form)}",
    "rhythm_ratio": lambda ratio, *_: f"at {ratio:.1f} times the usual gap" if ratio > 2 else None,
    "behaves_like": lambda model, *_: f"Behaves like {model}:",
    "trust": lambda trust, *_: f"Trust {trust['index']:.0f} of 100." if trust["trust"] else None,
    "boundaries": in_row_of_boundaries,
    "kinds": lambda kinds, *_: [f"{kind} {number}" for kind, number in kinds.items() if number],
    "health": lambda health, *_: (
        f"Health {health['score']:.0f} of 100, {health['band']}" if health["score"] else None
    ),
    "rfm": lambda rfm, *_: (
        f"recency {rfm['recency']}, frequency {rfm['frequency']}, money {rfm['monetary']} of"
    ),
    "actions": lambda due, *_: [one["why"] for action in due for one in action["due"]],
    "value.referrers": lambda brought, _, form: (
        f"{len(brought['brought'])}: {brought['brought'][0]}"
    ),
}
"""Figure → what its page says of a value (with its client, and the whole form), if it says anything.

A figure that has a label stands in the list “In figures”, and needs no entry here.
"""


def value_of(key, client, form):
    if key == "actions":
        return [one for one in form["actions"] if one["client"] == client["name"]]
    if key == "value.referrers":
        every = form["value"]["referrers"]
        return next((one for one in every if one["name"] == client["name"]), None)
    return client[key]


def said_of(figure, client, sample):
    """What the page must say of the figure for one client; empty where it says nothing."""
    if figure.label is not None:
        found = next(c for c in sample.report.found.clients if c.name == client["name"])
        brief = dict(facts(Case(found, sample.report)))[figure.label]
        return [f"{figure.label} {brief}"]
    value = value_of(figure.key, client, sample.form)
    said = None if value is None else SHOWN[figure.key](value, client, sample.form)
    return [said] if isinstance(said, str) else said or []


def where(text, page, slug):
    """What a page says of one client: all of their own page, their rows of another."""
    if page == "client":
        return seen(text)
    rows = re.split(r"<tr|\n(?=\|)", text)
    return seen(" ".join(row for row in rows if f"clients/{slug}." in row))


@dataclass(frozen=True)
class Looked:
    """Whether a page shows what it must say of a figure for one client."""

    key: str
    page: str
    said: list
    there: bool


def look(name):
    """Every figure of a sample, in HTML and in Markdown, wherever its page has something to say."""
    sample, texts = read_sample(name), {}
    slugs = words.slugs([client["name"] for client in sample.form["clients"]])
    for client in sample.form["clients"][:CLIENTS_READ]:
        slug = slugs[client["name"]]
        for figure in CATALOGUE.explained:
            said = said_of(figure, client, sample) if figure.page else []
            for path in ("{}.html", "markdown/{}.md") if said else ():
                page = f"clients/{slug}" if figure.page == "client" else figure.page
                path = path.format(page)
                texts[path] = texts.get(path) or sample.text(path)
                text = where(texts[path], figure.page, slug)
                yield Looked(figure.key, path, said, all(seen(one) in text for one in said))


@pytest.fixture(scope="module")
def looked():
    return [one for name in ("interior-designer", "meal-box", "shoe-shop") for one in look(name)]


def test_every_figure_of_a_client_claims_a_page_and_is_looked_for_there(looked):
    every = {figure.key for figure in CATALOGUE.explained}
    assert {one.key for one in looked} == every - ON_NO_PAGE.keys() - IN_NO_SAMPLE.keys()


def test_the_page_that_claims_a_figure_shows_it(looked):
    missing = [one for one in looked if not one.there]
    assert [
        one for one in missing if one.page.endswith(".html") or one.key not in ONLY_IN_HTML
    ] == []


@pytest.mark.parametrize("key", ONLY_IN_HTML)
def test_what_is_only_in_html_is_not_in_markdown(looked, key):
    """Else it is time to take it out of the list."""
    assert not all(one.there for one in looked if one.key == key and one.page.endswith(".md"))
