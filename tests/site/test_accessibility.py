"""The pages as those meet them who cannot see, point or tell colours apart; and as valid HTML.

axe-core looks at every page of a sample, by day and by night, on a desk and on a phone, at the pages of
the others, at the report in one file and at the lock; html5lib, a parser by the letter of the standard,
at the text of every page.
"""

from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path
from typing import Literal

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from cohorts import an_overview, laid_out
from playwright.sync_api import Page
from sites import PASSPHRASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DESK, PHONE = 1280, 390
ALL_RULES = ((DESK, "light"), (PHONE, "dark"))
"""In the other looks only contrast can differ."""
AXE = """rules => {
  // A single letter can be as hard to read as a word.
  const all = Object.assign({}, axe._audit.checks["color-contrast"].options, { ignoreLength: true });
  axe.configure({ checks: [{ id: "color-contrast", options: all }] });
  const asked = rules.length ? { runOnly: rules } : { rules: { "target-size": { enabled: true } } };
  return axe.run({ ...asked, resultTypes: ["violations", "incomplete"] }).then(found => [
    ...found.violations, ...found.incomplete.filter(one => one.id === "color-contrast")
  ].map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`));
}"""


@pytest.fixture(scope="module")
def site(sites) -> Path:
    return sites()


def faults(page: Page, *rules: str) -> list[str]:
    """What axe-core has against the page that is open, by these rules or by all.

    Each is the rule with the first thing that breaks it. Contrast that it cannot work out is one, too.
    """
    page.evaluate(Axe().axe_script)
    return page.evaluate(AXE, rules)


def test_a_contrast_that_is_too_weak_or_cannot_be_worked_out_is_found(chromium):
    page = chromium.new_page()
    page.set_content("<p style='color: #999'>Weak</p>")
    assert any("color-contrast" in one for one in faults(page))
    page.set_content("<p style='background: linear-gradient(red, blue)'>Who can say</p>")
    assert any("color-contrast" in one for one in faults(page))
    page.close()


def test_no_page_keeps_anybody_out(site, chromium):
    page = chromium.new_page()
    found = []
    for path in [*sorted(site.glob("*.html")), site / "clients/harcourt-house-b-b.html"]:
        page.goto(path.as_uri())
        for width, scheme in product((DESK, PHONE), SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            rules = () if (width, scheme) in ALL_RULES else ("color-contrast",)
            found += [f"{path.name}, {scheme} {width}: {one}" for one in faults(page, *rules)]
    page.close()
    assert found == []


@pytest.mark.parametrize("owners", [12, 90])
def test_nor_does_the_overview_across_owners(chromium, tmp_path, owners):
    overview = laid_out(an_overview(owners), tmp_path)
    page, found, said = chromium.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(overview.as_uri())
    assert said == []  # axe itself will ask for the style sheet, and be told no
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for width, scheme in ALL_RULES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme} {width}: {one}" for one in faults(page)]
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
    assert found == []
    html5lib.HTMLParser(strict=True).parse(overview.read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", ["virtual-assistant", "shoe-shop", "meal-box", "messy"])
def test_nor_does_a_page_of_another_sample_in_one_look_each(sites, chromium, sample):
    page = chromium.new_page()
    looks = cycle(product((DESK, PHONE), SCHEMES))
    found = []
    for path in [
        *sorted(sites(sample).glob("*.html")),
        *sorted(sites(sample).glob("*/*.html"))[::40],
    ]:
        width, scheme = next(looks)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(path.as_uri())
        found += [f"{path.name}, {scheme} {width}: {one}" for one in faults(page)]
    page.close()
    assert found == []


@pytest.mark.parametrize(("edition", "form"), [("owner", "single"), ("public", "site")])
def test_nor_does_the_report_in_another_form(sites, chromium, edition, form):
    page = chromium.new_page()
    page.goto((sites(edition=edition, form=form) / "index.html").as_uri())
    assert faults(page) == []
    page.close()


def test_nor_does_the_lock_before_and_after_it_opens(sites, chromium):
    page = chromium.new_page()
    page.goto((sites(form="locked") / "index.html").as_uri())
    assert faults(page) == []
    page.fill("input[type=password]", PASSPHRASE)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector(".answer:visible", timeout=60_000)
    assert faults(page) == []
    page.close()


def test_a_table_that_is_wider_than_the_screen_can_be_scrolled_with_the_keyboard(site, chromium):
    # A style of ours has to come in where the page's policy lets none in.
    page = chromium.new_page(viewport={"width": 390, "height": 900}, bypass_csp=True)
    page.goto((site / "clients.html").as_uri())
    wide = page.locator(".table:has(#list)")
    page.add_style_tag(content="@media (max-width: 390px) { #list { min-width: 60rem; } }")
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=wide.element_handle())
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("box => !box.hasAttribute('tabindex')", arg=wide.element_handle())
    page.close()


IN_A_LINE = ("a", "abbr", "b", "button", "em", "i", "label", "small", "span", "strong", "summary")
BLOCKS = ("details", "div", "dl", "figure", "form", "ol", "p", "pre", "section", "table", "ul")


def misplaced(html: str) -> Iterator[str]:
    """The blocks that stand within a line, which a parser lets pass; it raises an error for the rest."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    for line in (one for name in IN_A_LINE for one in tree.iter(name)):
        for block in (one for name in BLOCKS for one in line.iter(name) if one is not line):
            yield f"<{block.tag}> in <{line.tag}>"


def test_a_block_in_a_line_is_found():
    page = "<!doctype html><title>T</title><span><b>Fine</b><ins>{}</ins></span>"
    assert list(misplaced(page.format(""))) == []
    assert list(misplaced(page.format("<details></details>"))) == ["<details> in <span>"]


@pytest.mark.parametrize(
    "sample", ["interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy"]
)
def test_every_page_is_html_by_the_letter(sites, sample):
    site = sites(sample)
    paths = [*site.glob("*.html"), *sorted(site.glob("*/*.html"))[::6]]
    assert len(paths) > 15
    for path in paths:
        assert list(misplaced(path.read_text(encoding="utf-8"))) == [], path.name
