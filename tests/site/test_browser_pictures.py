"""Pictures tell what stands at each place: by mouse, by touch and by key, on a desk and on a phone."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from reportgen.forms.single_file import single_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONGEST = "clients/quickfire-events"
"""A relationship of more than two years."""


@pytest.fixture(scope="module")
def site(sites) -> str:
    return sites("virtual-assistant").as_uri()


@pytest.fixture
def page(chromium: Browser):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    errors: list[str] = []

    def note(error: Error) -> None:
        errors.append(error.message)

    page.on("pageerror", note)
    yield page
    assert errors == []
    context.close()


def picture(page: Page) -> Locator:
    return page.locator("#main .drawn > svg").first


def tip(page: Page) -> Locator:
    return page.locator("#main .tip").first


def edges(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_the_newest_contact_is_in_sight_and_the_page_no_wider_than_the_screen(page, site, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{site}/{LONGEST}.html")
    frame_left, frame_right = edges(page.locator("#main .drawn").first)
    left, right = edges(picture(page).locator("[data-hit]").last)
    assert frame_left <= left
    assert right <= frame_right + 6  # half of the place around the last day
    oldest, _ = edges(picture(page).locator("[data-hit]").first)
    assert (oldest < frame_left) == (width < 700)  # a phone shows the newest part alone
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [360, 1280])
def test_no_words_of_a_picture_lie_over_others(page, site, width):
    """Of the same kind: what is written along the line and along the foot."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{site}/{LONGEST}.html")
    heights: dict[str, list[tuple[float, float]]] = {}
    for words in picture(page).locator("text.at").all():
        if words.is_visible():
            heights.setdefault(words.get_attribute("y") or "", []).append(edges(words))
    assert len(heights) >= 2
    for places in heights.values():
        ordered = sorted(places)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered))


def test_by_key_the_picture_is_one_stop_and_tells_each_contact(page, site):
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto(f"{site}/{LONGEST}.html")
    told = [one.get_attribute("data-hit") for one in picture(page).locator("[data-hit]").all()]
    picture(page).focus()
    expect(tip(page)).to_have_text(re.compile(re.escape(told[-1].split("\n")[0])))
    page.keyboard.press("ArrowLeft")
    assert picture(page).get_attribute("aria-valuetext") == told[-2].replace("\n", ", ")
    assert tip(page).inner_text().split("\n") == told[-2].split("\n")
    page.keyboard.press("Home")
    assert picture(page).get_attribute("aria-valuenow") == "1"
    page.keyboard.press("ArrowLeft")
    assert picture(page).get_attribute("aria-valuetext") == told[0].replace("\n", ", ")
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    page.keyboard.press("End")
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(tip(page)).to_be_hidden()
    assert not picture(page).evaluate("svg => svg.contains(document.activeElement)")


def test_by_touch_the_nearest_contact_is_told_until_one_touches_elsewhere(page, site):
    page.goto(f"{site}/{LONGEST}.html")
    last = picture(page).locator("[data-hit]").last
    picture(page).scroll_into_view_if_needed()
    box = picture(page).bounding_box()
    page.touchscreen.tap(sum(edges(last)) / 2, box["y"] + 120)
    expect(tip(page)).to_be_visible()
    first_line = tip(page).inner_text().split("\n")[0]
    assert first_line == last.get_attribute("data-hit").split("\n")[0]
    left, end = edges(tip(page))
    assert left >= 0
    assert end <= 390
    page.touchscreen.tap(200, box["y"] - 40)
    expect(tip(page)).to_be_hidden()


def test_the_mouse_is_followed_over_the_phases_of_the_letter(page, sites):
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto(f"{sites().as_uri()}/index.html")
    picture(page).scroll_into_view_if_needed()
    box = picture(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + 60)
    expect(tip(page)).to_contain_text("Month 12 after the hand-over")
    page.mouse.move(box["x"] + box["width"] * 0.01, box["y"] + 60)
    expect(tip(page)).to_contain_text("8 to 6 weeks before the start")
    page.mouse.move(box["x"] + 10, box["y"] - 60)
    expect(tip(page)).to_be_hidden()


def test_in_one_file_a_picture_tells_the_same(page, sites, tmp_path):
    site = sites("virtual-assistant")
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != "404.html"
    }
    report = tmp_path / "report.html"
    report.write_text(single_file(files), encoding="utf-8", newline="")
    page.goto(f"{report.as_uri()}#clients")
    page.locator("#main a", has_text="Quickfire Events").first.click()
    expect(picture(page)).to_be_visible()
    picture(page).focus()
    expect(tip(page)).to_be_visible()
    assert picture(page).get_attribute("role") == "slider"
