"""The report on paper: every page as Chromium prints it, read back sheet by sheet."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect
from sites import built

PASSPHRASE = "nine small otters at noon"
PERIOD = "as of 31 October 2026; the last 12 months are those from 1 November 2025"

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Sheets = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("built") / "site")


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def sheets(page: Page) -> list[str]:
    """The text of each sheet of paper, white space made one space."""
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]


def test_every_sheet_of_every_page_says_the_day_and_the_year_that_it_is_about(site, page):
    paths = [*sorted(site.glob("*.html")), *sorted((site / "clients").glob("h*.html"))]
    long = 0
    for path in paths:
        if path.name == "404.html":
            continue
        page.goto(path.as_uri())
        printed = sheets(page)
        long += len(printed) > 1
        for number, text in enumerate(printed, 1):
            assert PERIOD in text, (path.name, number)
            assert f"{number} / {len(printed)}" in text, path.name
    assert long > 5  # else the heads that are repeated were not looked at


def test_a_long_table_has_its_headers_on_every_sheet_and_all_of_its_rows(site, page):
    page.goto((site / "clients.html").as_uri())
    names = page.locator("#list tbody th").all_inner_texts()
    printed = sheets(page)
    assert len(printed) > 1
    assert all("Silence against its line" in text for text in printed)
    together = re.sub(r"\s", "", "".join(printed))
    assert len(names) == 34
    assert all(re.sub(r"\s", "", name) in together for name in names)


def test_paper_has_no_buttons_no_menu_and_nothing_that_is_folded_away(site, page):
    page.goto((site / "index.html").as_uri())
    text = " ".join(sheets(page))
    assert "Time and effort, client by client" in text
    for word in ("Find a client", "Boundaries", "How this is computed", "Dark"):
        assert word not in text


def test_nothing_runs_over_the_edge_of_the_paper(site, page):
    """A4 less its margins is 182 mm, 688 CSS pixels."""
    page.set_viewport_size({"width": 688, "height": 1000})
    page.emulate_media(media="print")
    for path in [*sorted(site.glob("*.html")), site / "clients/harcourt-house-b-b.html"]:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 688, path.name


def test_the_one_file_prints_the_page_that_is_open(tmp_path, page):
    page.goto((built(tmp_path / "one", "--single-file") / "index.html").as_uri() + "#value")
    expect(page.locator("main > .part")).to_have_count(1)  # unpacking takes longer than loading
    printed = sheets(page)
    assert all(PERIOD in text for text in printed)
    assert "What is each worth" in printed[0]
    assert not any("Where do time and effort go" in text for text in printed)


def test_the_locked_page_prints_what_is_open_and_only_when_it_is_open(tmp_path, page):
    (tmp_path / "words").write_text(PASSPHRASE)
    out = built(tmp_path / "locked", "--password-file", tmp_path / "words")
    page.goto((out / "index.html").as_uri())
    assert "Thistle" not in " ".join(sheets(page))
    page.fill("input[type=password]", PASSPHRASE)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector(".answer:visible", timeout=60_000)
    printed = sheets(page)
    assert all(PERIOD in text for text in printed)
    assert "Thistle & Loom Interiors" in printed[-1]


def test_the_public_page_says_its_month_on_paper(tmp_path, page):
    page.goto((built(tmp_path / "p", "--edition", "public") / "index.html").as_uri())
    assert all("Oct 2026" in text for text in sheets(page))


@pytest.mark.parametrize(("locked", "said"), [(False, "stay in this browser"), (True, "are gone")])
def test_the_actions_page_says_how_long_ticks_last(tmp_path, page, locked, said):
    (tmp_path / "words").write_text(PASSPHRASE)
    options = ["--password-file", tmp_path / "words"] if locked else ["--single-file"]
    page.goto((built(tmp_path / "out", *options) / "index.html").as_uri())
    if locked:
        page.fill("input[type=password]", PASSPHRASE)
        page.press("input[type=password]", "Enter")
    page.click("nav.pages >> text=Actions")
    expect(page.locator("nav.pages [aria-current]")).to_have_text("Actions")
    page.click("summary:visible >> text=How this is computed")
    shown = page.locator("section:visible").inner_text()
    assert f"Your ticks {said}" in shown
    assert len(re.findall("Your ticks", shown)) == 1
