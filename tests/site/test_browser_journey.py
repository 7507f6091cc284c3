"""From the letter to a message copied, marked as done, and back: by keyboard alone, by touch alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLIENT = "Tandoor & Thyme"
MOST_STOPS = 60
"""Of the Tab key from one thing that is wanted to the next."""
Press = Callable[[Page, Locator], None]


def by_keyboard(page: Page, wanted: Locator) -> None:
    """Goes to a thing with the Tab key alone, sees it, and presses it."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the Tab key does not come to {wanted}")


def by_touch(page: Page, wanted: Locator) -> None:
    """Touches a thing in its middle, where nothing else may lie over it."""
    wanted.scroll_into_view_if_needed()
    box = wanted.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def journey(page: Page, press: Press) -> None:
    """Walks from the letter, which is open, to its first client and back."""
    count = page.locator("[data-done-count]:visible")
    expect(count).to_have_text("0 of 10 done")
    client = page.locator(".card").get_by_role("link", name=CLIENT)
    press(page, client)
    expect(page.get_by_role("heading", level=1)).to_have_text(CLIENT)

    message = page.locator("section", has=page.get_by_role("heading", name="One message"))
    press(page, message.locator(".words ~ .letter-tools").get_by_role("button", name="Copy").first)
    expect(message.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == message.locator(".words").text_content()
    assert copied.startswith("Dear Harjit,")

    done = message.get_by_role("button", name="I did this")
    press(page, done)
    expect(done).to_have_attribute("aria-pressed", "true")
    expect(message.get_by_role("status")).to_contain_text("its row is copied")
    assert f"\t{CLIENT}\t" in page.evaluate("navigator.clipboard.readText()")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("this week")
    expect(count).to_have_text("1 of 10 done")
    expect(client).to_be_in_viewport()


@pytest.fixture(params=["folder", "file"])
def address(request, sites) -> str:
    """Of the letter, in a folder of pages and in one file."""
    site = sites()
    if request.param == "folder":
        return (site / "index.html").as_uri()
    return (sites(form="single") / "index.html").as_uri()


def test_by_keyboard(chromium: Browser, address):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    journey(page, by_keyboard)
    context.close()


def test_by_touch(chromium: Browser, address):
    context = chromium.new_context(
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 390, "height": 844},
        has_touch=True,
    )
    page = context.new_page()
    page.goto(address)
    journey(page, by_touch)
    context.close()


def test_the_letter_counts_what_was_ticked_after_it_was_left_as_it_is(chromium: Browser, sites):
    """A browser that keeps the page says so when it shows it again."""
    context = chromium.new_context()
    letter, client = context.new_page(), context.new_page()
    letter.goto((sites() / "index.html").as_uri())
    client.goto((sites() / "clients/tandoor-thyme.html").as_uri())
    client.get_by_role("button", name="I did this").press("Enter")
    count = letter.locator("[data-done-count]")
    expect(count).to_have_text("0 of 10 done")
    letter.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(count).to_have_text("1 of 10 done")
    context.close()
