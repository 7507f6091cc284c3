"""The search, the glossary and links to places in a browser: by keyboard and by touch, in every form."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import PASSPHRASE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(chromium: Browser):
    page = chromium.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text))
    yield page
    page.close()
    assert page.complaints == []


def opened(page: Page, sites, form: str, name: str = "index") -> None:
    folder = sites(form=form)
    if form == "site":
        page.goto((folder / f"{name}.html").as_uri())
        return
    page.goto(f"{(folder / 'index.html').as_uri()}#{name}")
    if form == "locked":
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="Open").click()
    expect(page.locator(".pages [aria-current]")).to_be_visible()


def options(page: Page) -> list[str]:
    return page.get_by_role("option").all_inner_texts()


FORMS = pytest.mark.parametrize("form", ["site", "single", "locked"])


@FORMS
def test_one_key_a_name_and_enter_open_a_client(page, sites, form):
    opened(page, sites, form, "value")
    page.keyboard.press("/")
    page.keyboard.type("tandoor")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 found")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tandoor & Thyme")
    expect(page.get_by_role("dialog")).to_be_hidden()


@FORMS
def test_the_arrows_choose_and_a_contact_an_accent_and_capitals_are_found(page, sites, form):
    opened(page, sites, form)
    page.get_by_role("link", name="Search").click()
    field = page.locator(".finder input")
    field.fill("HÀRjit bains")
    expect(page.get_by_role("option")).to_have_count(1)
    assert "Tandoor & Thyme" in options(page)[0]
    field.fill("ha")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("Haddad family")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_contain_text("Halcyon Spa")
    expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(chosen).to_have_count(1)
    assert chosen.inner_text() == options(page)[-1]
    field.fill("no such thing")
    expect(page.get_by_role("status")).to_have_text("Nothing is called so.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize(
    ("asked", "kind", "place"),
    [
        ("evenings", "Page", "boundaries"),
        ("thank-you", "Letter", "letters#thank-you"),
        ("days below it", "Figure", "method#figure-client-days_below"),
        ("red line", "Word", "method#word-red-line"),
    ],
)
@pytest.mark.parametrize("form", ["site", "single"])
def test_it_finds_everything_and_shows_the_place(page, sites, form, asked, kind, place):
    opened(page, sites, form, "clients" if form == "site" else "index")
    page.get_by_role("link", name="Search").tap()
    page.locator(".finder input").fill(asked)
    page.locator("[role=option]", has=page.locator(f"small:text-is('{kind}')")).first.tap()
    name, _, anchor = place.partition("#")
    wanted = f"{name}.html#{anchor}".rstrip("#") if form == "site" else place.replace("#", ":")
    page.wait_for_url(re.compile(re.escape(wanted) + "$"))
    if anchor:
        target = anchor if form == "site" else f"{name}:{anchor}"
        expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


def test_without_a_script_the_search_leads_to_all_clients(chromium, sites):
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto((sites() / "value.html").as_uri())
    plain.get_by_role("link", name="Search").click()
    assert plain.url.endswith("/clients.html")
    plain.context.close()


@FORMS
def test_a_word_says_what_it_means_by_touch_pointer_and_keyboard(page, sites, form):
    opened(page, sites, form, "boundaries" if form == "site" else "index")
    if form != "site":
        page.locator(".pages a[href='#me']").click()
        page.locator(".within a[href='#boundaries']").click()
    term = page.locator(".term:visible", has_text="out of hours").first
    meaning = page.get_by_role("tooltip")
    said = "Before you open, after you close, or on a day off, and not urgent."
    for show, hide in (
        (term.tap, lambda: page.locator("h1").tap()),
        (term.hover, lambda: page.mouse.move(2, 2)),
        (term.focus, lambda: page.keyboard.press("Escape")),
    ):
        show()
        expect(meaning).to_have_text(said)
        expect(meaning).to_be_in_viewport(ratio=1)
        hide()
        expect(meaning).to_be_hidden()
    assert page.locator(".term", has_text=re.compile("^out of hours$", re.IGNORECASE)).count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_word_of_a_letter_and_none_of_method_is_marked(page, sites):
    opened(page, sites, "site", "actions")
    assert page.locator("pre .term, blockquote .term, .answer .term").count() == 0
    opened(page, sites, "site", "method")
    assert page.locator(".term").count() == 0


@pytest.mark.parametrize("form", ["site", "single"])
def test_a_heading_has_a_link_to_keep_which_leads_to_it(page, sites, form):
    opened(page, sites, form, "retention" if form == "site" else "index")
    if form == "single":
        page.locator(".pages a[href='#business']").click()
        page.locator(".within a[href='#retention']").click()
    heading = page.locator("main h2").last
    place = str(heading.get_attribute("id"))
    assert place.startswith("retention:" if form == "single" else "")
    heading.locator(".anchor").evaluate("link => link.click()")
    assert page.url.endswith(f"#{place}")
    page.goto("about:blank")
    folder = sites(form=form)
    page.goto(
        f"{(folder / ('index.html' if form == 'single' else 'retention.html')).as_uri()}#{place}"
    )
    expect(page.locator(f"[id='{place}']")).to_be_in_viewport()
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_a_link_to_a_place_in_a_fold_opens_it(page, sites):
    opened(page, sites, "site", "method")
    expect(page.locator("#settings-table")).to_be_hidden()
    page.evaluate("location.hash = 'settings'")
    expect(page.locator("#settings-table")).to_be_visible()
