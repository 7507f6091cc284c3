"""Letters: what is due first, filled in as the plan has it, then the library."""

import re
from dataclasses import dataclass

import html5lib
from sites import Sites, sample_report

from reportgen.letters.library import library


@dataclass
class Due:
    title: str
    words: str


def parsed(path):
    return html5lib.parse(path.read_text(), namespaceHTMLElements=False)


def text(element):
    return "".join(element.itertext())


def due_on(page):
    found = page.iterfind(".//article")
    return [Due(text(one.find("h3")).strip(), text(one.find(".//pre"))) for one in found]


def test_what_is_due_stands_first_in_the_order_of_the_plan(sites: Sites):
    for sample in ("interior-designer", "shoe-shop"):
        page = parsed(sites(sample) / "letters.html")
        due, tasks = due_on(page), sample_report(sample).plan.tasks
        assert [one.title.split(": ", 1)[1] for one in due] == [one.what for one in tasks]
        assert all(one.words.strip() for one in due)


def test_its_words_are_those_of_the_plan(sites: Sites):
    folder = sites("interior-designer")
    to_do = parsed(folder / "actions.html")
    said = {text(pre) for pre in to_do.iterfind(".//pre")}
    assert {one.words for one in due_on(parsed(folder / "letters.html"))} <= said


def test_every_letter_of_the_library_is_folded_under_its_name(sites: Sites):
    page = parsed(sites("interior-designer") / "letters.html")
    folds = page.findall(".//div[@class='library']//details")
    assert {fold.get("id") for fold in folds} == {one.name for one in library(None).all}
    assert not [fold for fold in folds if fold.get("open") is not None]


def test_markdown_has_the_same_letters_in_the_same_order(sites: Sites):
    written = (sites("shoe-shop") / "markdown" / "letters.md").read_text()
    due, library_ = written.split("## All letters")
    tasks = sample_report("shoe-shop").plan.tasks
    assert len(re.findall("^### ", due, re.M)) == len(tasks)
    assert len(re.findall("^### ", library_, re.M)) == len(library(None).all)
