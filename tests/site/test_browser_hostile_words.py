"""Pages full of hostile words in Chromium: nothing runs, asks or opens, and the words are there to read."""

from pathlib import Path

import pytest
from hostile import AS_OF, EXACT, FILE, WORDS, mark, marks_in, settle
from playwright.sync_api import expect
from program import reportgen

PASSPHRASE = "nine small otters at noon"
KINDS = ("client", "topic", "promise", "answer", "notes", "service", "segment", "source")
"""The columns whose words stand on some page, each client's."""
GO = """name => new Promise(done => {
    location.hash = name;
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""
PARTS = """() => [...document.querySelectorAll("a[href^='#']")]
    .map(one => one.hash.slice(1).split(":")[0]).filter(name => name && name !== "main")"""
"""The pages that the links on this one lead to."""
PAGES = ("index", "actions", "clients", "letters", "problems", "sources", "method")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The folder with the site, the single file and the locked one."""
    home = tmp_path_factory.mktemp("hostile")
    settle(home)
    (home / "passphrase").write_text(PASSPHRASE)
    locked = ("--password-file", home / "passphrase")
    for name, how in (("site", ()), ("single", ("--single-file",)), ("locked", locked)):
        ended = reportgen(
            *(
                "build",
                home / FILE,
                "-o",
                home / name,
                "--as-of",
                AS_OF.isoformat(),
                *how,
                "--quiet",
            )
        )
        assert ended.returncode == 0, ended.stderr
    return home


@pytest.fixture
def window(chromium):
    """An empty page, and what happened on it that should not have."""
    context = chromium.new_context(viewport={"width": 1280, "height": 844})
    page, happened = context.new_page(), []
    page.on("dialog", lambda one: (happened.append(f"dialog {one.message}"), one.dismiss()))
    page.on("console", lambda said: happened.append(f"console {said.text}"))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("popup", lambda other: happened.append(f"popup {other.url}"))
    page.on("request", lambda one: _asked(one.url, happened))
    yield page, happened
    context.close()


def _asked(url, happened):
    if not url.startswith(("file:", "data:", "blob:")):
        happened.append(f"asks {url}")


def hover(page):
    """Points at each name and each picture, where words are shown that the page has put aside."""
    page.evaluate(
        """() => {
            for (const one of document.querySelectorAll("details")) one.open = true;
            for (const one of document.querySelectorAll("[tabindex], summary, a, svg, abbr, button")) {
                for (const kind of ["pointerenter", "pointermove", "mouseover", "focus"])
                    one.dispatchEvent(new MouseEvent(kind, {bubbles: true, clientX: 300, clientY: 300}));
            }
        }"""
    )


def search(page, word):
    """The hits' words of the search over everything."""
    page.get_by_role("link", name="Search").click()
    page.locator(".finder input").fill(word)
    page.get_by_role("option").first.wait_for(timeout=120_000)
    return page.get_by_role("option").all_inner_texts()


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_runs_on_the_pages(home, window):
    page, happened = window
    clients = sorted(Path(home / "site" / "clients").glob("*.html"))
    read = set()
    for path in [*(home / "site" / f"{name}.html" for name in PAGES), *clients[::4]]:
        page.goto(path.as_uri())
        hover(page)
        read |= marks_in(page.evaluate("document.body.textContent"))
        assert page.evaluate("document.querySelectorAll('script:not([src])').length") == 0
        assert happened == [], path.name
    assert read >= {mark(n, "client") for n in range(len(WORDS))}
    assert EXACT[0] in search(page, EXACT[0])[0]
    page.keyboard.press("Escape")
    assert mark(3, "client") in marks_in("\n".join(search(page, mark(3, "client"))))
    assert happened == []


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_runs_in_the_single_file(home, window):
    page, happened = window
    address = (home / "single" / "index.html").as_uri()
    for name in PAGES:
        page.goto(f"{address}#{name}")
        hover(page)
        marks_in(page.inner_text("body"))
        assert happened == [], name
    for number in (3, 5, 7):
        hits = search(page, mark(number, "client"))
        assert mark(number, "client") in marks_in(hits[0])
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_hidden()
        assert marks_in(page.inner_text("h1")) == {mark(number, "client")}
        hover(page)
        assert happened == []


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_runs_in_the_locked_file_and_every_word_is_there(home, window):
    page, happened = window
    page.goto((home / "locked" / "index.html").as_uri())
    assert marks_in(page.content()) == set()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".pages [aria-current]").first).to_be_visible()
    read, seen, ahead = set(), set(), {"index"}
    while ahead:
        name = ahead.pop()
        seen.add(name)
        page.evaluate(GO, name)
        hover(page)
        read |= marks_in(page.locator("main").evaluate("one => one.textContent"))
        ahead |= {*page.evaluate(PARTS)} - seen
        assert happened == [], name
    assert len([name for name in seen if name.startswith("clients-")]) > len(WORDS)
    assert read >= {mark(n, kind) for n in range(len(WORDS)) for kind in KINDS}
    assert mark(3, "client") in marks_in("\n".join(search(page, mark(3, "client"))))
    assert happened == []
