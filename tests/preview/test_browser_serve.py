"""The preview in Chromium: an open page follows every save without a hand on it."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import expect
from program import ALONE, PROGRAM

MANY = [f"Client {number:03}" for number in range(60)]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def serving(tmp_path) -> Iterator[Callable[..., str]]:
    """Starts ``reportgen serve``; gives its address once it shows the pages."""
    runs: list[subprocess.Popen[str]] = []

    def start(*arguments: object, program: Sequence[str] = ALONE) -> str:
        for run in runs:
            os.killpg(run.pid, signal.SIGINT)
            run.communicate(timeout=60)
        runs.append(
            subprocess.Popen(
                [
                    *(*program, "serve", "Touchpoints.csv"),
                    *("--as-of", "2026-10-31", *map(str, arguments)),
                ],
                cwd=tmp_path,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                start_new_session=True,
            )
        )
        assert runs[-1].stdout is not None
        for line in runs[-1].stdout:
            if found := re.match(r"(http://127\.0\.0\.1:\d+/) shows ", line):
                return found[1]
        raise AssertionError("it ended")

    yield start
    os.killpg(runs[-1].pid, signal.SIGINT)
    runs[-1].communicate(timeout=60)


def save(folder: Path, *clients: str) -> None:
    rows = "".join(f"2026-10-01,{client}\n" for client in clients)
    (folder / "Touchpoints.csv").write_text("Date,Client\n" + rows)


def test_an_open_page_follows_every_save(chromium, serving, tmp_path):
    save(tmp_path, *MANY)
    page = chromium.new_page(viewport={"width": 1280, "height": 600})
    page.goto(serving() + "clients.html")
    page.evaluate("scrollTo(0, 700)")
    expect(page.locator("main a", has_text="Newcomer")).to_have_count(0)

    save(tmp_path, *MANY, "Newcomer")
    expect(page.locator("main a", has_text="Newcomer")).to_have_count(1)
    page.wait_for_function("scrollY === 700")

    banner = page.get_by_role("alert")
    expect(banner).to_have_count(0)
    (tmp_path / "Touchpoints.csv").write_text("")
    expect(banner).to_contain_text("Touchpoints.csv is empty;")
    expect(banner).to_be_in_viewport()
    page.wait_for_function("scrollY > 600")  # the banner may push it, and Chromium hold it
    expect(page.locator("main a", has_text="Newcomer")).to_have_count(1)
    page.emulate_media(media="print")
    expect(banner).to_be_hidden()
    page.emulate_media(media="screen")

    save(tmp_path, *MANY, "Newcomer")
    expect(banner).to_have_count(0)
    page.close()


def test_the_page_of_a_client_who_goes_and_comes_back(chromium, serving, tmp_path):
    save(tmp_path, "Acme", "Bell")
    page = chromium.new_page()
    page.goto(serving() + "clients/bell.html")
    expect(page.locator("h1")).to_have_text("Bell")
    save(tmp_path, "Acme")
    expect(page.locator("h1")).to_have_text("There is no such page")
    save(tmp_path, "Acme", "Bell")
    expect(page.locator("h1")).to_have_text("Bell")
    page.close()


def test_an_open_page_finds_the_preview_again_when_it_was_started_anew(chromium, serving, tmp_path):
    save(tmp_path, "Acme")
    address = serving(program=PROGRAM)
    page = chromium.new_page()
    page.goto(address + "clients.html")
    visits = []
    page.on("framenavigated", lambda frame: visits.append(frame.url))  # before a link can be there
    serving("--port", address.rstrip("/").rpartition(":")[2], program=PROGRAM)
    save(tmp_path, "Acme", "Bell")
    expect(page.get_by_role("link", name="Bell")).to_have_count(1)
    assert visits == [address + "clients.html"]  # not for the same pages
    page.close()


def test_what_was_unfolded_stays_so(chromium, serving, tmp_path):
    save(tmp_path, "Acme")
    page = chromium.new_page()
    page.goto(serving() + "clients/acme.html")
    part = page.locator("details", has=page.locator("summary", has_text="All figures")).first
    others = page.locator("details:not([open])")
    folded = others.count()
    part.locator("summary").first.click()
    expect(others).to_have_count(folded - 1)
    visits = []
    page.on("framenavigated", lambda frame: visits.append(frame.url))
    save(tmp_path, "Acme", "Acme")
    page.wait_for_event("load")
    expect(part).to_have_attribute("open", "")
    expect(others).to_have_count(folded - 1)
    assert len(visits) == 1
    page.reload()  # by hand, as any page
    expect(others).to_have_count(folded)
    page.close()


def test_many_open_pages_do_not_keep_another_from_loading(chromium, serving, tmp_path):
    """A browser has six connections to one address, and each page in sight holds one of them.

    Headless, every page is in sight until it is told otherwise.
    """
    save(tmp_path, "Acme")
    address = serving()
    context = chromium.new_context()
    hide = (
        "Object.defineProperty(document, 'hidden', {get: () => true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    for _ in range(7):
        page = context.new_page()
        page.goto(address)
        page.evaluate(hide)
    save(tmp_path, "Acme", "Bell")
    expect(page.locator("h1")).to_be_visible()
    last = context.new_page()
    last.goto(address + "clients.html")
    expect(last.get_by_role("link", name="Bell")).to_have_count(1)
    context.close()
