"""Tables and long lists in a browser: sorting, filtering, twenty rows and then all, and each as a file."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import PASSPHRASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOWN = "tbody tr:not(.beyond):not([hidden])"


@pytest.fixture(scope="module")
def site(sites) -> str:
    return sites("shoe-shop").as_uri()


@pytest.fixture
def page(chromium: Browser):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


def saved(page: Page, table: str) -> tuple[str, bytes]:
    """The name and the bytes of a table that is saved with the button below it."""
    tools = page.locator(f".table:has({table}) + .table-tools")
    with page.expect_download() as waiting:
        tools.get_by_role("button", name="Save as .csv").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def names(page: Page, rows: str) -> list[str]:
    return page.locator(f"{rows} th").all_inner_texts()


def test_a_long_table_shows_twenty_rows_and_then_all(page, site):
    page.goto(f"{site}/trust.html")
    rows, tools = page.locator(f"#trust-table {SHOWN}"), page.locator("#trust-table")
    every = page.locator("#trust-table tbody tr").count()
    assert every > 100
    expect(rows).to_have_count(20)
    button = page.locator(".table:has(#trust-table) + .table-tools button.all")
    expect(button).to_have_text(f"All {every}")
    button.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(every)
    expect(tools.locator("tbody tr").nth(20).locator("a")).to_be_focused()
    page.reload()
    expect(rows).to_have_count(every)
    button.click()
    expect(rows).to_have_count(20)


def test_of_a_list_that_goes_on_elsewhere_it_says_all_on_this_page(page, sites, tmp_path):
    shutil.copytree(sites("shoe-shop") / "static", tmp_path / "static")
    trust = (sites("shoe-shop") / "trust.html").read_text(encoding="utf-8")
    cut = trust.replace('id="trust-table"', 'id="trust-table" data-part', 1)
    (tmp_path / "trust.html").write_text(cut, encoding="utf-8")
    page.goto((tmp_path / "trust.html").as_uri())
    every = page.locator("#trust-table tbody tr").count()
    button = page.locator(".table:has(#trust-table) + .table-tools button.all")
    expect(button).to_have_text(f"All {every} on this page")


def test_the_twenty_are_the_first_of_the_order_that_was_asked_for(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/trust.html")
    head = page.locator("#trust-table thead th").first
    for direction in ("ascending", "descending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
        every = names(page, "#trust-table tbody tr")
        assert names(page, f"#trust-table {SHOWN}") == every[:20]
    assert every == sorted(every, key=str.casefold, reverse=True)


def test_a_filter_looks_at_all_rows_and_shows_twenty_of_those_that_match(page, site):
    page.goto(f"{site}/clients.html")
    find = page.get_by_label("Find", exact=True)
    find.fill("a")
    expect(page.locator(f"#list {SHOWN}")).to_have_count(20)
    last = page.locator("#list tbody tr").last.locator("th").inner_text()
    find.fill(last)
    assert last in names(page, f"#list {SHOWN}")
    expect(page.locator(".table:has(#list) + .table-tools button.all")).to_be_hidden()
    find.fill("nobody of that name")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()


def test_paper_and_readers_without_scripts_have_every_row(chromium, site):
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/trust.html")
    rows = plain.locator("#trust-table tbody tr")
    assert all(row.is_visible() for row in rows.all())
    assert plain.locator(".table-tools").count() == 0
    plain.context.close()
    page = chromium.new_page()
    page.goto(f"{site}/trust.html")
    page.emulate_media(media="print")
    assert all(row.is_visible() for row in page.locator("#trust-table tbody tr").all())
    assert not page.locator(".table-tools").first.is_visible()
    page.close()


def test_a_table_is_saved_as_it_stands(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/trust.html")
    page.locator("#trust-table thead th button").nth(1).click()
    name, content = saved(page, "#trust-table")
    assert name == "trust-table.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    table = page.locator("#trust-table")
    assert rows[0] == [text.strip() for text in table.locator("thead th").all_text_contents()]
    assert [row[0] for row in rows[1:]] == [
        text.strip() for text in table.locator("tbody th").all_text_contents()
    ]
    assert len(rows) - 1 > 100


@pytest.mark.parametrize(
    ("cell", "saved_as"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("@here", "'@here"),
        ("-5", "'-5"),
        ('a "b", c', 'a "b", c'),
        ("  two\n words ", "two words"),
    ],
)
def test_no_cell_of_a_saved_table_is_taken_for_a_formula(page, site, cell, saved_as):
    page.goto(f"{site}/trust.html")
    first = page.locator("#trust-table tbody td").first
    first.evaluate("(cell, text) => { cell.textContent = text; }", cell)
    _, content = saved(page, "#trust-table")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1][1] == saved_as


def test_a_place_in_a_row_that_is_not_shown_is_shown_when_an_address_asks_for_it(page, site):
    page.goto(f"{site}/trust.html")
    page.evaluate("document.querySelector('#trust-table tbody').rows[50].id = 'far'")
    expect(page.locator("#far")).to_be_hidden()
    page.evaluate("location.hash = 'far'")
    expect(page.locator("#far")).to_be_in_viewport()


@pytest.mark.parametrize("form", ["single", "locked"])
def test_it_is_the_same_in_one_file(sites, page, form):
    page.goto((sites("shoe-shop", form=form) / "index.html").as_uri())
    if form == "locked":
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="Open").click()
    page.locator(".pages a[href='#me']").click()
    page.locator(".within a[href='#trust']").click()
    rows = page.locator(f"[id='trust:trust-table'] {SHOWN}")
    expect(rows).to_have_count(20)
    page.locator(".table:has([id='trust:trust-table']) + .table-tools button.all").click()
    assert rows.count() > 100
    rows.nth(60).locator("a").click()
    page.go_back()
    assert rows.count() > 100, "back to what was read"
    name, content = saved(page, "[id='trust:trust-table']")
    assert name == "trust-table.csv"
    assert content.count(b"\r\n") == rows.count() + 1
