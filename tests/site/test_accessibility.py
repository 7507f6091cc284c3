"""The pages as those meet them who cannot see, point or tell colours apart; and as valid HTML.

axe-core looks at every page of a sample, by day on a desk and by night on a phone, at the report in
one file and at the lock; html5lib, a parser by the letter of the standard, at the text of every page.
"""

from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sites import PASSPHRASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(sites) -> Path:
    return sites()


def violations(page: Page) -> list[str]:
    """What axe-core has against the page that is open: the rule, and the first thing that breaks it."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_no_page_keeps_anybody_out(site, chromium, scheme, width):
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in [*sorted(site.glob("*.html")), site / "clients/harcourt-house-b-b.html"]:
        page.goto(path.as_uri())
        assert violations(page) == [], path.name
    page.close()


@pytest.mark.parametrize(("edition", "form"), [("owner", "single"), ("public", "site")])
def test_nor_does_the_report_in_another_form(sites, chromium, edition, form):
    page = chromium.new_page()
    page.goto((sites(edition=edition, form=form) / "index.html").as_uri())
    assert violations(page) == []
    page.close()


def test_nor_does_the_lock_before_and_after_it_opens(sites, chromium):
    page = chromium.new_page()
    page.goto((sites(form="locked") / "index.html").as_uri())
    assert violations(page) == []
    page.fill("input[type=password]", PASSPHRASE)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector(".answer:visible", timeout=60_000)
    assert violations(page) == []
    page.close()


def test_a_table_that_is_wider_than_the_screen_can_be_scrolled_with_the_keyboard(site, chromium):
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    page.goto((site / "boundaries.html").as_uri())
    wide = page.locator(".table:has(.clock)")
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=wide.element_handle())
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("box => !box.hasAttribute('tabindex')", arg=wide.element_handle())
    page.close()


@pytest.mark.parametrize("sample", ["interior-designer", "messy"])
def test_every_page_is_html_by_the_letter(sites, sample):
    paths = sorted(sites(sample).rglob("*.html"))
    assert len(paths) > 15
    for path in paths:
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))
