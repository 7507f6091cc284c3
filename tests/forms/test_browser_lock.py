"""The site in one file, open and locked, as a reader has it: in Chromium, from a file and from a server.

What the one file shows is held against the site that it was made from.
"""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from reportgen.forms import single_file as module
from reportgen.forms.lock import lock
from reportgen.forms.single_file import single_file

COACH, ACCOUNTANT = "nine small otters at noon", "a ledger under the cafe\u0301"
TYPED = {COACH: COACH, ACCOUNTANT: "a ledger under the caf\u00e9"}
"""The accountant's é is two characters where it was locked, and one on her keyboard."""
DID = "[data-did] [aria-pressed]"
"""The button that says of an action that it is done."""
REFUSED = "That passphrase does not open it. Capitals, hyphens and the spaces between words count."
DAMAGED = "This file is not as it was made"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(sites) -> Path:
    return sites()


@pytest.fixture(scope="module")
def files(site) -> dict[str, str | bytes]:
    """All that the report consists of: the page for a wrong address only stands beside it."""
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path.name != "404.html")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def single(files, tmp_path_factory) -> Path:
    path: Path = tmp_path_factory.mktemp("single") / "report.html"
    path.write_text(single_file(files), encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="module")
def locked(files, tmp_path_factory) -> Path:
    path: Path = tmp_path_factory.mktemp("locked") / "index.html"
    path.write_text(lock(files, (COACH, ACCOUNTANT)), encoding="utf-8", newline="")
    return path


@contextmanager
def visit(browser: Browser, address: str, width: int = 1280, script: bool = True) -> Iterator[Page]:
    """The page at an address. On leaving: it asked for nothing but itself, and nothing complained."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    complaints: list[str] = []
    page = _watched(context, address, complaints)
    page.goto(address)
    if script:
        expect(page.locator("[aria-current], #password").first).to_be_visible()
    yield page
    context.close()
    assert complaints == []


def _watched(context: BrowserContext, address: str, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda said: complaints.append(f"{said.type} {said.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed {request.url[:90]}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.split("#")[0] == address or request.url.startswith(("data:", "blob:"))
            else complaints.append(f"asks for {request.url}")
        ),
    )
    return page


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def go(page: Page, name: str) -> None:
    """To a page by its link in the navigation."""
    page.locator(f".pages a[href='#{name}']").click()
    expect(page.locator(f".pages a[href='#{name}']")).to_have_attribute("aria-current", "page")


def at(page: Page) -> str:
    return page.url.partition("#")[2]


def beside(page: Page) -> list[str]:
    """The pages of the open entry that stand beside its first one."""
    return names(page.locator(".within a"))


def names(links: Locator) -> list[str]:
    return [str(link.get_attribute("href")).removeprefix("#") for link in links.all()]


def every_page(page: Page) -> Iterator[str]:
    """The names of all pages of the menu, each open when its name comes."""
    for entry in names(page.locator(".pages a")):
        go(page, entry)
        yield entry
        for name in beside(page):
            page.locator(f".within a[href='#{name}']").click()
            expect(page.locator(".within a[aria-current=page]")).to_have_attribute(
                "href", f"#{name}"
            )
            expect(page.locator(f".pages a[href='#{entry}'][aria-current=true]")).to_be_visible()
            yield name


def in_sight(page: Page) -> list[str]:
    """The words of the page and, before them, of the row of the pages beside it."""
    return " ".join(page.locator(".within, main").all_inner_texts()).split()


def first_names(page: Page, number: int = 5) -> list[str]:
    rows = page.locator("table.stacks tbody tr:not([hidden]) th").all_inner_texts()
    return rows[:number]


def painted(page: Page) -> None:
    """Two pictures later: the page has been told by then that it was scrolled."""
    page.evaluate("() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))")


def unlock(page: Page, words: str) -> None:
    page.get_by_label("Passphrase").fill(words)
    page.get_by_role("button", name="Open").click()


# The open file


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_shows_what_the_site_shows(chromium, single, site, files, width):
    with visit(chromium, single.as_uri(), width) as page:
        expect(page.locator("h1")).to_have_count(1)
        expect(page.get_by_text("All pages stand here one after the other")).to_be_hidden()
        shown = {}
        for name in every_page(page):
            assert at(page) == name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            shown[name] = (page.title(), page.inner_text("main").split())
    assert {f"{name}.html" for name in shown} == {
        name for name in files if name.endswith(".html") and "/" not in name
    } - {"opportunities.html"}
    other = chromium.new_page(viewport={"width": width, "height": 900})
    for name, (title, text) in shown.items():
        other.goto((site / f"{name}.html").as_uri())
        assert (title, text) == (other.title(), in_sight(other)), name
    other.close()


def test_every_clients_page_shows_what_the_site_shows(chromium, single, site):
    expected = {}
    other = chromium.new_page(viewport={"width": 1280, "height": 900})
    for path in site.glob("clients/*.html"):
        other.goto(path.as_uri())
        expected[other.title()] = other.inner_text("main").split()
    other.close()
    with visit(chromium, single.as_uri()) as page:
        go(page, "clients")
        links = page.locator("table.stacks tbody th a").all()
        addresses = [str(link.get_attribute("href")) for link in links]
        found = {}
        for address in addresses:
            page.goto(single.as_uri() + address)
            expect(page.locator(".pages a[aria-current=true]")).to_contain_text("Clients")
            found[page.title()] = page.inner_text("main").split()
    assert len(found) == len(addresses)
    assert found == expected


def test_a_link_to_a_place_shows_it(chromium, single):
    with visit(chromium, single.as_uri()) as page:
        page.goto(f"{single.as_uri()}#matrix")
        page.locator("main summary").last.click()
        page.get_by_role("link", name="The rules in full").click()
        assert at(page) == "method:red-line"
        place = page.locator("[id='method:red-line']")
        expect(place).to_be_in_viewport()
        page.go_back()
        expect(page.locator(".within a[aria-current]")).to_have_text("Matrix")
        page.go_forward()
        expect(place).to_be_in_viewport()


def test_the_back_button_returns_to_where_one_read(chromium, single):
    with visit(chromium, single.as_uri()) as page:
        client = page.locator("[id='index:everyone']").locator("tbody a").nth(5)
        client.scroll_into_view_if_needed()
        painted(page)
        before = page.evaluate("scrollY")
        assert before > 0
        name = client.inner_text()
        client.click()
        expect(page.locator("h1")).to_have_text(name)
        page.go_back()
        expect(page.locator(".pages a[aria-current]")).to_have_text("This month")
        painted(page)
        assert page.evaluate("scrollY") == before


def test_a_page_begins_at_its_top(chromium, single):
    with visit(chromium, single.as_uri()) as page:
        page.evaluate("scrollTo(0, 600)")
        page.locator("main a[href^='#clients-']").last.click()
        expect(page.locator(".skip + header")).to_be_in_viewport()
        painted(page)
        assert page.evaluate("scrollY") == 0


def test_filters_and_order_are_there_again_after_going_back(chromium, single):
    with visit(chromium, single.as_uri()) as page:
        go(page, "clients")
        worst = first_names(page)
        page.locator("table.stacks th button").first.click()
        ordered = first_names(page)
        assert ordered == sorted(ordered, key=str.casefold)
        assert ordered != worst
        page.get_by_label("Silence").select_option("below")
        count = page.locator("[id='clients:list-count']")
        said = count.inner_text()
        rows = page.locator("table.stacks tbody tr:not([hidden])")
        assert re.fullmatch(r"\d+ of 34", said)
        assert rows.count() == int(said.split()[0]) < 34
        filtered = first_names(page)
        page.locator("table.stacks tbody tr:not([hidden]) th a").first.click()
        expect(page.locator("h1")).to_have_text(filtered[0])
        page.go_back()
        expect(count).to_have_text(said)
        assert first_names(page) == filtered
        page.locator(".pages a[href='#clients']").click()
        expect(count).to_have_text("34 of 34")
        assert first_names(page) == worst
        page.get_by_label("Find", exact=True).fill("nobody of this name")
        expect(page.get_by_text("Nothing matches.")).to_be_visible()


def test_the_theme_and_the_ticks_stay_in_the_browser(chromium, single):
    with visit(chromium, single.as_uri()) as page:
        page.get_by_role("button", name="Light or dark").click()
        theme = page.evaluate("document.documentElement.dataset.theme")
        assert theme == "dark"
        go(page, "actions")
        page.locator(DID).first.click()
        go(page, "index")
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        go(page, "actions")
        expect(page.locator(DID).first).to_have_attribute("aria-pressed", "true")
        expect(page.locator(DID).nth(1)).to_have_attribute("aria-pressed", "false")


def saved(page: Page, link: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(link).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_downloads_are_the_files_of_the_site(chromium, single, site):
    with visit(chromium, single.as_uri()) as page:
        go(page, "actions")
        for name in ("actions.ics", "actions.csv"):
            assert saved(page, f"a[download='{name}']") == (name, (site / name).read_bytes())
        page.get_by_text("What to say").first.click()
        name, draft = saved(page, "a[download$='.eml']")
        assert draft == (site / "letters" / name).read_bytes()


def test_without_a_script_all_pages_can_be_read_one_after_the_other(chromium, single, files):
    with visit(chromium, single.as_uri(), script=False) as page:
        parts = page.locator("section.part")
        assert parts.count() == sum(name.endswith(".html") for name in files)
        expect(parts.last.locator("h1")).to_be_visible()
        page.locator(".pages a[href='#method']").click()
        expect(page.locator("[id='method'] h1")).to_be_in_viewport()
        expect(page.get_by_text("All pages stand here one after the other")).to_be_visible()


def test_pictures_from_the_shelf_take_the_place_of_their_descriptions(
    chromium, files, tmp_path, monkeypatch
):
    monkeypatch.setattr(module, "PLAIN_PICTURES_UP_TO", 0)
    path = tmp_path / "report.html"
    path.write_text(single_file(files), encoding="utf-8", newline="")
    with visit(chromium, path.as_uri()) as page:
        page.locator("main a[href^='#clients-']").first.click()
        expect(page.locator("main figure svg.matrix desc")).to_have_count(1)
        expect(page.locator("main figure [data-shelf]")).to_have_count(0)
    with visit(chromium, path.as_uri(), script=False) as page:
        expect(page.locator("section.part[id^='clients-'] figure p").first).to_be_visible()


# The locked page


@pytest.mark.parametrize("words", [COACH, ACCOUNTANT])
@pytest.mark.parametrize("origin", ["file", "server"])
def test_each_password_opens_it_and_everything_works(chromium, locked, site, origin, words):
    with served(locked.parent) as server:
        address = locked.as_uri() if origin == "file" else server
        with visit(chromium, address) as page:
            unlock(page, TYPED[words])
            expect(page.locator(".pages a[aria-current]")).to_have_text("This month")
            assert "Thistle & Loom" in page.inner_text("header")
            for _ in every_page(page):
                assert page.inner_text("h1")
            go(page, "clients")
            page.locator("table.stacks th button").first.click()
            ordered = first_names(page)
            assert ordered == sorted(ordered, key=str.casefold)
            page.get_by_label("Find", exact=True).fill("yoga")
            assert first_names(page) == ["Yardarm Yoga"]
            page.get_by_role("link", name="Yardarm Yoga").click()
            expect(page.locator("h1")).to_have_text("Yardarm Yoga")
            expect(page.locator("figure svg.matrix")).to_be_visible()
            page.go_back()
            expect(page.locator("[id='clients:list-count']")).to_have_text("1 of 34")
            go(page, "actions")
            page.locator(DID).first.click()
            go(page, "index")
            go(page, "actions")
            expect(page.locator(DID).first).to_have_attribute("aria-pressed", "true")
            ics = saved(page, "a[download='actions.ics']")
            assert ics == ("actions.ics", (site / "actions.ics").read_bytes())


def test_nothing_of_it_is_left_in_the_browser(chromium, locked):
    with visit(chromium, locked.as_uri()) as page:
        unlock(page, COACH)
        go(page, "actions")
        page.locator(DID).first.click()
        page.get_by_role("button", name="Light or dark").click()
        page.locator("main a[href^='#clients-']").first.click()
        expect(page.locator(".pages a[aria-current=true]")).to_contain_text("Clients")
        assert page.title() == "Locked page"
        assert re.fullmatch(r"clients-\d+", at(page))
        kept = "[localStorage.length, sessionStorage.length, document.cookie]"
        assert page.evaluate(kept) == [0, 0, ""]
        assert page.evaluate("Object.keys(history.state)") == ["visit"]
        assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
        page.reload()
        expect(page.get_by_label("Passphrase")).to_be_visible()
        expect(page.get_by_label("Passphrase")).to_have_value("")


def test_a_wrong_password_is_told_so_and_no_more_and_may_be_tried_again(chromium, locked):
    with visit(chromium, locked.as_uri()) as page:
        page.get_by_role("status").evaluate(
            "status => { window.said = []; new MutationObserver(() =>"
            " window.said.push(status.textContent)).observe(status, {childList: true}); }"
        )
        for wrong in ("wrong", "   ", COACH.replace(" ", "  "), COACH.upper(), COACH.capitalize()):
            unlock(page, wrong)
            page.wait_for_function("words => window.said.at(-1) === words", arg=REFUSED)
            assert page.evaluate("window.said.splice(0)") == ["Opening …", REFUSED]
            expect(page.get_by_label("Passphrase")).to_be_focused()
        unlock(page, COACH)
        expect(page.locator(".pages")).to_be_visible()


def test_spaces_around_the_words_do_no_harm(chromium, locked):
    """A word that is pasted, or that a phone put there, brings one along."""
    with visit(chromium, locked.as_uri()) as page:
        unlock(page, f" {COACH}  ")
        expect(page.locator(".pages")).to_be_visible()


def test_the_words_are_shown_on_request(chromium, locked):
    with visit(chromium, locked.as_uri()) as page:
        words = page.get_by_label("Passphrase")
        expect(words).to_have_attribute("type", "password")
        page.get_by_label("Show what I type").check()
        expect(words).to_have_attribute("type", "text")
        page.get_by_label("Show what I type").uncheck()
        expect(words).to_have_attribute("type", "password")


def changed(html: str, id: str, change) -> str:
    """The page with the text of one of its elements changed."""
    start = html.index(">", html.index(f'id="{id}"')) + 1
    end = html.index("<", start)
    return html[:start] + change(html[start:end]) + html[end:]


def flipped(text: str) -> str:
    """One bit of the pages changed, in their middle."""
    raw = bytearray(base64.b64decode(text))
    raw[len(raw) // 2] ^= 1
    return base64.b64encode(bytes(raw)).decode()


def with_iterations(number: int):
    return lambda text: text.replace('"iterations":1000000', f'"iterations":{number}')


def with_key_changed(text: str) -> str:
    header = json.loads(text)
    for slot in header["slots"]:
        slot["key"] = flipped(slot["key"])
    return json.dumps(header, separators=(",", ":"))


@pytest.mark.parametrize(
    ("id", "change", "told"),
    [
        ("pages", flipped, DAMAGED),
        ("pages", lambda text: text[:-64], DAMAGED),
        ("pages", lambda _: "", DAMAGED),
        ("header", lambda text: text.replace(',"nonce"', ', "nonce"'), DAMAGED),
        ("header", with_iterations(599_999), DAMAGED),
        ("header", with_iterations(10_000_001), DAMAGED),
        ("header", lambda text: text.replace("page 1", "page 2"), DAMAGED),
        ("header", lambda text: text[1:], DAMAGED),
        ("header", lambda text: text.replace('"slots"', '"locks"'), DAMAGED),
        ("header", lambda text: text.replace('"salt":"', '"salt":"*', 1), DAMAGED),
        ("header", with_iterations(999_999), REFUSED),
        ("header", with_key_changed, REFUSED),
    ],
)
def test_a_changed_file_is_refused(chromium, locked, tmp_path, id, change, told):
    """A changed slot cannot be told from a wrong password: nothing but the password opens it."""
    path = tmp_path / "index.html"
    original = locked.read_text(encoding="utf-8")
    path.write_text(changed(original, id, change), encoding="utf-8", newline="")
    assert path.read_text(encoding="utf-8") != original
    with visit(chromium, path.as_uri()) as page:
        unlock(page, COACH)
        expect(page.get_by_role("status")).to_contain_text(told)
        expect(page.locator(".pages")).to_have_count(0)


def test_without_a_script_the_locked_page_says_what_to_do(chromium, locked):
    with visit(chromium, locked.as_uri(), script=False) as page:
        expect(page.get_by_text("save the file and open that in a browser")).to_be_visible()
        expect(page.get_by_label("Passphrase")).to_be_hidden()
