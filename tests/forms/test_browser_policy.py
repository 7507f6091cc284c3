"""In Chromium: what gets into a page of ours does nothing there, and our own pages hear no complaint."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from program import reportgen
from sites import PASSPHRASE, SAMPLES

from reportgen.preview.loopback import listening
from reportgen.preview.shown import Preview

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INJECTED = """
<p id="pressed" onclick="did('handler')">Press</p>
<a id="led" href="javascript:did('link')">Follow</a>
<img src="http://elsewhere.example/picture.png" onerror="did('picture handler')">
<script>did("script")</script>
<script src="http://elsewhere.example/script.js"></script>
<script src="data:text/javascript,did('data')"></script>
<link rel="stylesheet" href="http://elsewhere.example/style.css">
<style>#pressed { position: fixed; }</style>
<p id="dressed" style="position: fixed">Dressed</p>
<iframe src="http://elsewhere.example/frame.html"></iframe>
<form action="http://elsewhere.example/form" target="other"><button id="sent">Send</button></form>
<base href="http://elsewhere.example/base/">
"""
EVERYTHING = {
    *("handler", "link", "picture handler", "script", "data", "evaluated", "base"),
    *("style", "style attribute"),
    *(f"asked for {name}" for name in ("picture.png", "script.js", "style.css", "frame.html")),
    "asked for form",
}
INSERT = """html => {
  window.done = [];
  window.did = what => window.done.push(what);
  const here = document.createRange();
  here.selectNode(document.body);
  document.body.append(here.createContextualFragment(html));
}"""
"""Scripts in a fragment that is made so run, as if they had come with the page."""
EVALUATE = """() => new Promise(done => setTimeout(() => {
  try { eval("did('evaluated')"); } catch (refused) {}
  done();
}))"""
"""What a script of ours would do that takes a text for a script."""


def done_by_what_is_injected(page: Page) -> set[str]:
    """What the injected things could do in a page that is open."""
    asked: set[str] = set()

    def answer(route) -> None:
        asked.add("asked for " + route.request.url.rpartition("/")[2].rstrip("?"))
        route.fulfill(body="", content_type="text/html")

    page.context.route("http://elsewhere.example/**", answer)
    page.evaluate(INSERT, INJECTED)
    page.evaluate(EVALUATE)
    for name in ("pressed", "led", "sent"):
        page.evaluate(f"document.getElementById('{name}').click()")
    page.wait_for_timeout(500)
    done = set(page.evaluate("window.done"))
    if page.evaluate("document.baseURI").startswith("http://elsewhere"):
        done.add("base")
    for name, what in (("pressed", "style"), ("dressed", "style attribute")):
        look = f"getComputedStyle(document.getElementById('{name}')).position"
        if page.evaluate(look) == "fixed":
            done.add(what)
    return done | asked


@contextmanager
def visit(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a web server that knows no policy of its own."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def months(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("kept")
    workbook = SAMPLES / "interior-designer.xlsx"
    where = ("-o", folder / "site", "--months", folder / "months")
    assert reportgen("build", workbook, "--as-of", "2026-10-31", *where).returncode == 0
    return folder / "months"


def test_without_a_policy_it_would_do_all_of_it(chromium, sites, tmp_path):
    """So the tests below can fail."""
    page = (sites() / "index.html").read_text(encoding="utf-8")
    start = page.index("<meta http-equiv")
    (tmp_path / "index.html").write_text(page[:start] + page[page.index(">", start) + 1 :])
    with visit(chromium, (tmp_path / "index.html").as_uri()) as page:
        assert done_by_what_is_injected(page) == EVERYTHING


@pytest.mark.parametrize("name", ["index.html", "clients.html", "404.html"])
@pytest.mark.parametrize("origin", ["file", "server"])
def test_in_a_site_it_does_nothing(chromium, sites, origin, name):
    with served(sites()) as server:
        address = server + name if origin == "server" else (sites() / name).as_uri()
        with visit(chromium, address) as page:
            assert done_by_what_is_injected(page) == set()


@pytest.mark.parametrize(("edition", "form"), [("owner", "single"), ("public", "site")])
def test_in_one_file_and_in_the_public_edition_it_does_nothing(chromium, sites, edition, form):
    folder = sites("interior-designer", edition, form)
    with visit(chromium, (folder / "index.html").as_uri()) as page:
        assert done_by_what_is_injected(page) == set()


@pytest.mark.parametrize("unlocked", [False, True])
def test_in_a_locked_page_it_does_nothing_before_or_after_it_is_opened(chromium, sites, unlocked):
    with visit(chromium, (sites(form="locked") / "index.html").as_uri()) as page:
        if unlocked:
            open_with_passphrase(page)
        assert done_by_what_is_injected(page) == set()


@pytest.mark.parametrize("name", ["index.html", "2026-10/index.html"])
def test_in_the_letters_that_are_kept_it_does_nothing(chromium, months, name):
    with visit(chromium, (months / name).as_uri()) as page:
        assert done_by_what_is_injected(page) == set()


def test_in_the_preview_it_does_nothing_and_the_preview_works(chromium, sites, tmp_path):
    (tmp_path / "static").mkdir()
    for name in ("index.html", "static/report.css", "static/report.js", "static/terms.js"):
        (tmp_path / name).write_bytes((sites() / name).read_bytes())
    preview = Preview()
    with listening(preview, None) as port, visit(chromium, f"http://127.0.0.1:{port}/") as page:
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text))
        page.reload()
        expect(page.locator("h1")).to_have_text("Your report is not here yet")
        preview.show(tmp_path, "of these pages")
        expect(page.locator("[data-theme-switch]")).to_be_visible()
        preview.blame("It seems damaged.")
        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("It seems damaged.")
        expect(banner).to_have_css("position", "sticky")
        assert [one for one in said if "503" not in one] == []  # Chromium tells of that, too
        assert done_by_what_is_injected(page) == set()


def open_with_passphrase(page: Page) -> None:
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    expect(page.locator("header.head")).to_be_visible()


def used(page: Page) -> None:
    """What an owner does: dark, searching, sorting, a table and her calendar as files, a copy, paper."""
    page.locator("[data-theme-switch]").click()
    page.locator("[data-find]").first.click()
    page.locator("dialog input").fill("clients")
    expect(page.locator("dialog [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Clients").click()
    page.locator("table[data-sortable] th button").first.click()
    with page.expect_download():
        page.get_by_role("button", name="Save as .csv").first.click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="To do").click()
    with page.expect_download():
        page.locator("a[download='actions.ics'], a[href='actions.ics']").first.click()
    page.locator("[data-did] [aria-pressed]").first.click()
    page.pdf()


@pytest.mark.parametrize("form", ["site", "served", "single", "locked"])
def test_nothing_that_an_owner_does_is_refused(chromium, sites, form):
    folder = sites(form="site" if form == "served" else form)
    with served(folder) as server:
        address = server if form == "served" else (folder / "index.html").as_uri()
        with visit(chromium, address) as page:
            said: list[str] = []
            page.on("console", lambda one: said.append(one.text))
            if form == "locked":
                open_with_passphrase(page)
            used(page)
            assert said == []
