"""Closing the loop: what is ticked on the page, put into the workbook, is done in the next report."""

import csv
import json
import shutil
from datetime import date

import openpyxl
import pytest
from playwright.sync_api import Browser, Page
from program import reportgen
from sites import SAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOOK = "interior-designer.xlsx"
SILENT, COMPLAINT = "Tandoor & Thyme", "Lindqvist family"
"""Two of the ten: a silence, and a complaint that was raised in row 1541 of Touchpoints."""
DONE_ON = "2026-11-05"


@pytest.fixture
def page(chromium: Browser, sites) -> Page:
    """To do of the end of October, on the evening of 5 November."""
    context = chromium.new_context(accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.clock.set_fixed_time(f"{DONE_ON}T20:00:00")
    page.goto(f"{sites('interior-designer').as_uri()}/actions.html")
    yield page
    context.close()


def ticked(page: Page, client: str) -> list[str]:
    """The cells that are copied when the owner says of a client that she did it, by keyboard alone."""
    task = page.locator("article", has=page.get_by_role("link", name=client))
    task.get_by_role("button", name="I did this").focus()
    page.keyboard.press("Space")
    task.get_by_text("its row is copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == task.locator("pre.cells").text_content()
    return copied.split("\t")


def typed(cell: str):
    """What a spreadsheet makes of a cell that is pasted."""
    if cell.isdigit():
        return int(cell)
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell or None


def test_two_rows_are_pasted_and_the_next_report_shows_them_as_done(page, tmp_path):
    rows = [ticked(page, SILENT), ticked(page, COMPLAINT)]
    assert page.locator("[data-done-count]").inner_text() == "2 of 10 done"
    assert [cells[:3] for cells in rows] == [
        [DONE_ON, SILENT, "Email"],
        [DONE_ON, COMPLAINT, "Email"],
    ]
    task = page.locator("article", has=page.get_by_role("link", name=COMPLAINT))
    assert "Resolved on, row 1541 of Touchpoints" in task.inner_text()

    book = openpyxl.load_workbook(SAMPLES / BOOK)
    sheet = book["Touchpoints"]
    for cells in rows:
        sheet.append([typed(cell) for cell in cells])
    resolved = [cell.value for cell in sheet[1]].index("Resolved on") + 1
    sheet.cell(1541, resolved).value = date(2026, 11, 6)
    book.save(tmp_path / "next.xlsx")
    run = reportgen(
        "build", tmp_path / "next.xlsx", "-o", tmp_path / "site", "--as-of", "2026-11-30"
    )
    assert run.returncode == 0, run.stderr
    assert "every cell could be used" in run.stdout

    page.goto(f"{(tmp_path / 'site').as_uri()}/actions.html")
    # The third is of a talk that stands in the sample for 17 November.
    assert page.get_by_text(
        "Of the ten messages planned on 31 October 2026, three are done."
    ).is_visible()
    done = page.locator("#done ~ ul").first.locator("li").all_inner_texts()
    assert len(done) == 3
    assert done[0].startswith(f"{SILENT}: Get back in touch with Harjit Bains (5 Nov 2026).")
    assert done[1].startswith(f"{COMPLAINT}: Put right the complaint")
    assert "(6 Nov 2026)" in done[1]
    assert page.locator("[data-done-count]").inner_text().startswith("0 of ")


def test_what_is_ticked_is_saved_and_adopted_once(page, tmp_path):
    assert not page.get_by_role("button", name="What is done (.csv)").is_visible()
    ticked(page, SILENT)
    ticked(page, COMPLAINT)
    page.reload()
    assert page.locator("[data-done-count]").inner_text() == "2 of 10 done"
    with page.expect_download() as saved:
        page.get_by_role("button", name="What is done (.csv)").press("Enter")
    name = saved.value.suggested_filename
    assert name == "done-2026-11.csv"
    saved.value.save_as(tmp_path / name)
    text = (tmp_path / name).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(text.decode("utf-8-sig").splitlines()))
    # The complaint has its new row, and the row in which it was raised with the day beside it.
    assert [(row["Date"], row["Client"], row["Resolved on"]) for row in rows] == [
        (DONE_ON, SILENT, ""),
        (DONE_ON, COMPLAINT, ""),
        ("2026-09-29", COMPLAINT, DONE_ON),
    ]

    book = shutil.copy(SAMPLES / BOOK, tmp_path / "book.xlsx")
    first = reportgen("adopt", name, "--into", "book.xlsx", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Filled in: Resolved on, row 1541 of Touchpoints." in first.stdout
    assert "book.xlsx has new rows: 2 in Touchpoints and 1 cell." in first.stdout
    once = book.read_bytes()
    second = reportgen("adopt", name, "--into", "book.xlsx", cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "3 rows of your files were there already." in second.stdout
    assert "Nothing is new" in second.stdout
    assert book.read_bytes() == once

    run = reportgen("analyse", "book.xlsx", "--as-of", "2026-11-30", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert [(one["client"], one["what"], one["date"]) for one in found["done_since"]] == [
        (SILENT, "silence", DONE_ON),
        (COMPLAINT, "complaint", DONE_ON),
        ("Ravenscroft family", "answer", "2026-11-17"),
    ]


def test_a_tick_can_be_taken_back(page):
    button = page.get_by_role("button", name=f"I did this: {SILENT}")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    page.reload()
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert page.locator("[data-done-count]").inner_text() == "0 of 10 done"
    page.reload()
    assert button.get_attribute("aria-pressed") == "false"
    assert not page.get_by_role("button", name="What is done (.csv)").is_visible()
    cells = page.locator("pre.cells").first.text_content().split("\t")
    assert cells[:2] == ["2026-11-02", SILENT]  # the day of the plan


def test_without_scripts_the_rows_are_there_to_read(chromium, sites):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sites('interior-designer').as_uri()}/actions.html")
    assert page.locator("article.task").count() == 10
    assert not page.get_by_role("button", name="I did this").first.is_visible()
    assert not page.locator("[data-done-count]").is_visible()
    page.locator(".did summary").first.click()
    assert page.locator("pre.cells").first.inner_text().startswith("2026-11-02")
    context.close()
