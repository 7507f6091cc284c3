"""``make demo``: the four samples beside each other, and the page that leads to them."""

import re
from pathlib import Path

import pytest
import yaml
from demo import BUSINESSES, around, headline

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the demo with letters of one line."""
    for number, one in enumerate(BUSINESSES):
        (tmp_path / one.folder).mkdir()
        (tmp_path / one.folder / "index.html").write_text(
            f"<main><h1 id=top>Write to\n <b>Ann &amp; Bob</b> {number}.</h1>", encoding="utf-8"
        )
    return tmp_path


def test_the_page_leads_to_each_letter_and_says_how_it_begins(folder):
    page = around(folder)["index.html"]
    links = re.findall(r'href="([^"]*/index\.html)"', page)
    assert links == [f"{one.folder}/index.html" for one in BUSINESSES]
    assert all((folder / link).is_file() for link in links)
    assert re.findall(r"<blockquote><p>(.*?)</p>", page) == [
        f"Write to Ann &amp; Bob {number}." for number in range(4)
    ]
    for one in BUSINESSES:
        assert one.name.replace("&", "&amp;") in page


def test_it_asks_for_nothing_from_anywhere_else(folder):
    made = around(folder)
    assert set(made) == {"index.html", "static/report.css", ".nojekyll"}
    assert "://" not in made["index.html"]
    assert 'href="static/report.css"' in made["index.html"]


@pytest.mark.slow
@pytest.mark.parametrize("business", BUSINESSES, ids=lambda one: one.folder)
def test_the_business_is_the_samples_own_and_has_a_headline(business, sites):
    letter = sites(business.folder) / "index.html"
    assert business.name.replace("&", "&amp;") in letter.read_text(encoding="utf-8")
    said = headline(letter)
    assert said.endswith(".")
    assert "<" not in said


def test_the_workflow_may_do_as_little_as_it_can():
    text = (ROOT / ".github/workflows/demo.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)  # where the word ``on`` is true
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    uses = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert [one.partition("@")[0] for one in uses] == [
        "actions/checkout",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert all(re.fullmatch("[0-9a-f]{40}", one.partition("@")[2]) for one in uses)
    assert [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step] == [
        "make demo"
    ]
    assert jobs["build"]["steps"][-1]["with"] == {"path": "demo"}
