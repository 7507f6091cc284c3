"""What an owner does on the pages: reload, copy, filter, sort; and reading without scripts."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(sites) -> str:
    return sites("virtual-assistant").as_uri()


@pytest.fixture
def context(chromium: Browser):
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def test_the_copy_button_copies_the_letter_without_its_subject(context, site):
    page = opened(context, f"{site}/letters.html")
    section = page.locator("#thank-you")
    section.locator("summary").click()
    section.locator("[data-copy]").click()
    section.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    body = section.locator("pre").text_content() or ""
    assert copied == body
    assert "\n" in body


def test_filters_agree_with_each_other_and_are_kept_in_the_address(context, site):
    page = opened(context, f"{site}/clients.html")
    everyone = page.locator("#list tbody tr").count()
    page.select_option("[name=stage]", "convergence")
    shown = page.locator("#list tbody tr:not([hidden])")
    stages = {row.get_attribute("data-stage") for row in shown.all()}
    assert stages == {"convergence"}
    assert 0 < shown.count() < everyone
    number = shown.count()
    page.reload()
    assert page.locator("#list tbody tr:not([hidden])").count() == number
    page.fill("form[data-filter] [name=find]", "no such client")
    assert page.locator("#list-nothing").is_visible()
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function(
        f"document.querySelectorAll('#list tbody tr:not([hidden])').length === {everyone}"
    )


def test_a_filter_opens_the_fold_with_what_was_asked_for(context, site):
    """Pemble Plumbing has lapsed, and nobody who is running has such a name."""
    page = opened(context, f"{site}/clients.html")
    lapsed = page.locator("tr", has_text="Pemble Plumbing")
    assert not lapsed.is_visible()
    page.fill("form[data-filter] [name=find]", "pemble")
    assert lapsed.is_visible()
    assert page.locator("#list tbody tr:not([hidden])").count() == 0
    assert page.locator("#list-nothing").is_hidden()
    assert page.locator("#list-count").inner_text() == "1 of 28"
    page.get_by_role("button", name="Clear").click()
    lapsed.wait_for(state="hidden")


def test_a_table_sorts_both_ways_by_number_with_the_unknown_last(context, site):
    page = opened(context, f"{site}/trust.html")
    head = page.locator("#trust-table thead th", has_text="Accountability")

    def column() -> list[str]:
        return [
            cell.inner_text()
            for cell in page.locator("#trust-table tbody tr td:nth-child(5)").all()
        ]

    for direction, backwards in (("ascending", False), ("descending", True)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == direction
        known = [float(text.split()[0]) for text in column() if text]
        assert known == sorted(known, reverse=backwards)
        assert all(column()[: len(known)]), "what is not known stands last"
        assert len(known) < len(column())


def test_light_and_dark_can_be_switched_and_are_kept(context, site):
    page = opened(context, f"{site}/index.html")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Light or dark").click()
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after


@pytest.mark.parametrize("width", [360, 390])
def test_everyone_on_one_calendar_is_whole_on_a_phone(context, site, width):
    """Its last column says how long; the months above the strips were once kept on one line."""
    page = opened(context, f"{site}/index.html")
    page.set_viewport_size({"width": width, "height": 800})
    box = page.locator(".table:has(.everyone)")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_the_dots_of_a_figure_are_one_stop_and_the_arrows_walk_them(context, site):
    """Each says who it is while it has the focus, and Enter leads to the client."""
    page = opened(context, f"{site}/index.html")
    figure = page.locator(".dots").first
    stops = figure.locator("a[tabindex='0']")
    first, second = figure.locator("a").nth(0), figure.locator("a").nth(1)
    assert stops.count() == 1
    first.focus()
    page.keyboard.press("ArrowLeft")
    assert first.evaluate("dot => dot === document.activeElement")
    page.keyboard.press("ArrowRight")
    assert second.evaluate("dot => dot === document.activeElement")
    assert stops.count() == 1
    says = second.get_attribute("data-says")
    assert "of silence" in says
    shown = second.evaluate("dot => getComputedStyle(dot, '::after').content")
    assert shown == f'"{says}"'
    where = second.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{where}")
    assert page.locator("h1").inner_text() == says.split(":")[0]


def test_a_message_is_copied_from_its_card(context, site):
    """The text is folded away, and copied whole, without the subject."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(context, f"{site}/index.html")
    card = page.locator(".card").first
    assert not card.locator("pre").is_visible()
    card.get_by_role("button", name="Copy").click()
    card.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == card.locator("pre").text_content().strip()
    assert "Subject" not in copied


@pytest.mark.parametrize(
    "sample", ["interior-designer", "shoe-shop", "meal-box", "virtual-assistant"]
)
def test_the_letter_is_no_higher_than_eight_screens_of_a_phone(context, sites, sample):
    page = opened(context, (sites(sample) / "index.html").as_uri())
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollHeight") <= 8 * 844


def test_without_scripts_everything_can_be_read_and_nothing_is_there_that_needs_them(
    chromium, site
):
    context = chromium.new_context(java_script_enabled=False)
    page = opened(context, f"{site}/clients.html")
    rows = page.locator("#list tbody tr")
    assert rows.count() == 24
    assert all(row.is_visible() for row in rows.all())
    assert not page.locator("form[data-filter]").is_visible()
    page.goto(f"{site}/letters.html")
    page.locator("#thank-you summary").click()
    assert page.locator("#thank-you pre").is_visible()
    context.close()
