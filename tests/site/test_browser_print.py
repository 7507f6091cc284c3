"""The report on paper: every page as Chromium prints it, read back sheet by sheet."""

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect
from sites import PASSPHRASE

PERIOD = "as of 31 October 2026; the last 12 months are those from 1 November 2025"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Sheet:
    """What is printed on one sheet of paper: ``words in sheet`` holds with whatever font it is printed.

    One font has a single sign for the two letters of “ff”, another stands so wide that a word is
    broken; so the letters are compared alone.
    """

    def __init__(self, text: str) -> None:
        self._letters = letters(text)

    def __contains__(self, words: str) -> bool:
        return letters(words) in self._letters

    def ends_with(self, words: str) -> bool:
        return bool(words.strip()) and self._letters.endswith(letters(words))

    def __repr__(self) -> str:  # which a failing test shows
        return self._letters


def letters(text: str) -> str:
    """The text with each ligature as its letters, without soft hyphens and white space."""
    return re.sub(r"[\s\u00ad]", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def site(sites) -> Path:
    return sites()


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def sheets(page: Page) -> list[Sheet]:
    """The page that is open, as it comes out of a printer."""
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [Sheet(sheet.extract_text()) for sheet in pdf.pages]


@pytest.mark.parametrize(
    "shown", ["Time and e\ufb00ort", "Time and ef\xadfort", "Ti me\nand ef fort"]
)
def test_words_are_found_in_whatever_way_a_font_shows_them(shown):
    assert "Time and effort" in Sheet(shown)
    assert "Time or effort" not in Sheet(shown)
    assert Sheet(f"Where it goes {shown}").ends_with("Time and effort")
    assert not Sheet(f"{shown}, month by month").ends_with("Time and effort")


HEADINGS = "main :is(h1, h2, h3, caption, thead)"


def test_every_sheet_of_every_page_says_its_day_and_year_and_none_ends_with_a_heading(site, page):
    paths = [*sorted(site.glob("*.html")), *sorted((site / "clients").glob("h*.html"))]
    long = 0
    for path in paths:
        if path.name == "404.html":
            continue
        page.goto(path.as_uri())
        printed = sheets(page)
        long += len(printed) > 1
        headings = page.locator(HEADINGS).all_inner_texts()
        for number, sheet in enumerate(printed, 1):
            assert PERIOD in sheet, (path.name, number)
            assert f"{number} / {len(printed)}" in sheet, path.name
            assert [one for one in headings if sheet.ends_with(one)] == [], (path.name, number)
    assert long > 5  # else the heads that are repeated were not looked at


def test_a_long_table_has_its_headers_on_every_sheet_and_all_of_its_rows(sites, page):
    page.goto((sites("shoe-shop") / "clients.html").as_uri())
    names = page.locator("#list tbody th").all_inner_texts()
    printed = sheets(page)
    listing = [sheet for sheet in printed if any(name in sheet for name in names)]
    assert len(listing) > 1
    assert all("Sales, 12 months" in sheet for sheet in listing)
    assert len(names) == 132
    assert [name for name in names if not any(name in sheet for sheet in printed)] == []


def test_the_letter_is_one_sheet(site, page):
    page.goto((site / "index.html").as_uri())
    (sheet,) = sheets(page)
    for words in (
        "Three messages this week reach clients who brought",
        "Morag, October was a month of",
        "Above the line 8 of 13 running",
        "Your relationship matrix",
        "Everyone on one calendar",
        "Tregenza family",
        "Went well",
        "Slipped",
        "Next letter: 30 November.",
    ):
        assert words in sheet, words


def test_paper_has_no_buttons_no_menu_and_nothing_that_is_folded_away(site, page):
    page.goto((site / "index.html").as_uri())
    printed = sheets(page)
    for words in ("Find a client", "Me Letters", "The whole message", "Copy", "lapsed, by", "Dark"):
        assert not any(words in sheet for sheet in printed), words


ON_A_SCREEN_ALONE = """() => {
  const words = "th button, .term";  // which on paper are words like others
  const all = "button, input, select, nav, .tip, .meaning, .filters, .needs-script, summary";
  return Array.from(document.querySelectorAll(all))
    .filter(one => one.checkVisibility() && one.getClientRects().length && !one.matches(words))
    .filter(one => one.tagName !== "SUMMARY" || !one.parentElement.matches("[open], .on-paper-too"))
    .map(one => one.outerHTML.slice(0, 99));
}"""


def test_nothing_runs_over_the_edge_of_the_paper_or_is_for_a_screen_alone(site, page):
    """A4 less its margins is 182 mm, 688 CSS pixels."""
    page.set_viewport_size({"width": 688, "height": 1000})
    page.emulate_media(media="print")
    for path in [*sorted(site.glob("*.html")), site / "clients/harcourt-house-b-b.html"]:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 688, path.name
        assert page.evaluate(ON_A_SCREEN_ALONE) == [], path.name


def test_the_one_file_prints_the_page_that_is_open(sites, page):
    page.goto((sites(form="single") / "index.html").as_uri() + "#value")
    expect(page.locator("main > .part")).to_have_count(1)  # unpacking takes longer than loading
    printed = sheets(page)
    assert all(PERIOD in sheet for sheet in printed)
    assert "What is each worth" in printed[0]
    assert not any("Where do time and effort go" in sheet for sheet in printed)


def test_the_locked_page_prints_what_is_open_and_only_when_it_is_open(sites, page):
    page.goto((sites(form="locked") / "index.html").as_uri())
    assert not any("Thistle" in sheet for sheet in sheets(page))
    page.fill("input[type=password]", PASSPHRASE)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector(".answer:visible", timeout=60_000)
    printed = sheets(page)
    assert all(PERIOD in sheet for sheet in printed)
    assert "Thistle & Loom Interiors" in printed[-1]


def test_the_public_page_says_its_month_on_paper(sites, page):
    page.goto((sites(edition="public") / "index.html").as_uri())
    assert all("Oct 2026" in sheet for sheet in sheets(page))


@pytest.mark.parametrize(
    ("form", "said"), [("single", "stay in this browser"), ("locked", "are gone")]
)
def test_the_actions_page_says_how_long_ticks_last(sites, page, form, said):
    page.goto((sites(form=form) / "index.html").as_uri())
    if form == "locked":
        page.fill("input[type=password]", PASSPHRASE)
        page.press("input[type=password]", "Enter")
    page.click("nav.pages >> text=To do")
    expect(page.locator("nav.pages [aria-current]")).to_contain_text("To do")
    page.click("summary:visible >> text=How this is worked out")
    shown = page.locator("section.part:visible").inner_text()
    assert f"Your ticks {said}" in shown
    assert len(re.findall("Your ticks", shown)) == 1
