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
from reportgen.figures.catalogue import CATALOGUE, CLIENT, facts, lacking, rules
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
    told = re.findall(r"<th scope=\"row\"><code>([^<]+)</code></th>", shared.text("method.html"))
    assert set(told) == keys_in(shared.form)


@pytest.mark.parametrize(
    "sample", ["interior-designer", "virtual-assistant", "shoe-shop", "meal-box"]
)
def test_what_a_client_lacks_are_the_figures_of_their_list_that_are_not_known(sample):
    report = sample_report(sample)
    lacked = 0
    for client in report.found.clients:
        case = Case(client, report)
        unknown = [(label, fact.words) for _, label, fact in facts(case) if not fact.is_known]
        assert lacking(case) == unknown
        lacked += len(unknown)
    assert lacked


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
    "terms": "the list of figures counts them beside the paid months",
    "overdue": "pages say by how many days a silence is over, and lists are in its order",
    "rfm": "scores from 1 to 5 are the field's, and Method alone explains them",
    "retention.bridge": "a step has many clients, and its row names the first",
    "retention.what_works": "groups are compared there, not clients",
    "value.sources": "the same of sources",
    "value.segments": "the same of segments",
    "opportunities": "what is due of it is an action, the rest waits or is held back",
}


def lapsed_in_list(value, client, _):
    if value:
        return f"{words.days(client['silence_days'])}, lapsed"
    return None


def over_in_list(value, client, _):
    if value and not client["lapsed"]:
        over = client["silence_days"] - client["red_line_days"]
        return f"{words.days(client['silence_days'])}, {over} over"
    return None


def brought(referrer, *_):
    return f"brought {words.count_in_words(len(referrer['brought']), 'client')}"


SHOWN = {
    "below_red_line": over_in_list,
    "lapsed": lapsed_in_list,
    "ended": lambda ended, *_: "ended " if ended else None,
    "actions": lambda due, *_: [one["why"] for action in due for one in action["due"]],
    "value.referrers": brought,
}
"""Figure → what its page says of a value (with its client, and the whole form), if it says anything.

A figure of the client's page that has a label stands in the list “All figures”, and needs no entry here.
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
    if figure.page == "client" and figure.label is not None:
        found = next(c for c in sample.report.found.clients if c.name == client["name"])
        return in_list(figure.label, figure.told(Case(found, sample.report)))
    value = value_of(figure.key, client, sample.form)
    said = None if value is None else SHOWN[figure.key](value, client, sample.form)
    return [said] if isinstance(said, str) else said or []


def in_list(label, fact):
    """A figure that is known stands with its words; of one that is not, what would make it known."""
    if fact.is_known:
        return [f"{label} {fact.words}"]
    return [label, *missing_of(fact)]


def missing_of(fact):
    """What would make a figure known: its smallest parts say it best."""
    of_parts = [record for _, part in fact.parts for record in missing_of(part)]
    if of_parts or fact.is_known:
        return of_parts
    return [fact.words.removeprefix("n/a: ").split("; weight")[0]]


def where(text, page, slug):
    """What a page says of one client: all of their own page, their rows of another."""
    if page == "client":
        return seen(text)
    rows = re.split(r"<tr|<li>|\n(?=\|)|\n(?= *- )", text)
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
    assert {one.key for one in looked} == every - ON_NO_PAGE.keys()


def test_the_page_that_claims_a_figure_shows_it(looked):
    assert [one for one in looked if not one.there] == []


def test_every_figure_of_a_client_stands_in_the_list_of_their_page():
    """But those that another page words, or none."""
    unlisted = {one.key for one in CATALOGUE.of_client if getattr(one, "label", None) is None}
    assert unlisted == {"name", "below_red_line", "lapsed", "ended", "overdue", "terms", "rfm"}
