"""The samples' sites, page by page: every link leads somewhere, and Chromium has nothing to say.

The reader is an owner with a double click: file:// and no connection, on a screen and on a phone. On
the phone no page is longer than she will read, and of every picture she sees the newest end.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from opening import DESK, PHONE, PHONE_SCREEN, opened, too_high, too_wide
from playwright.sync_api import Page as Window
from playwright.sync_api import Route

NAMES = ["interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy"]
ENLARGED = 320
"""What is left of a desk's width at 400 %."""
TOP_LEVEL = {"index.html", "matrix.html", "lifecycle.html", "clients.html", "actions.html"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=NAMES)
def site(request, sites) -> Path:
    """The site of one sample."""
    return sites(request.param)


class Page(HTMLParser):
    """The ids of a page and the addresses that it refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href", "poster", "data", "action"):
                self.addresses.append(value or "")


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, Page]:
    return pages_of(site)


def pages_of(site: Path) -> dict[Path, Page]:
    """Each page by its full path, without links on the way."""
    paths = sorted(site.resolve().rglob("*.html"))
    return {path: Page(path.read_text(encoding="utf-8")) for path in paths}


def dead(path: Path, address: str, pages: dict[Path, Page], site: Path) -> bool:
    """Whether an address on the page at ``path`` leads nowhere, or out of the site.

    Both are full paths, without links on the way.
    """
    parts = urlsplit(address)
    if parts.scheme in ("mailto", "tel", "data"):
        return False
    if parts.scheme or parts.netloc or not address or address.startswith("/"):
        return True
    target = leading_to(path.parent, unquote(parts.path), site) if parts.path else path
    if target is None:
        return True
    if parts.fragment and target.suffix == ".html":
        return unquote(parts.fragment) not in pages[target].ids
    return False


@cache
def leading_to(folder: Path, path: str, site: Path) -> Path | None:
    """The file of the site that a path leads to from a folder, if there is one."""
    target = (folder / path).resolve()
    return target if target.is_relative_to(site) and target.is_file() else None


def test_a_dead_link_is_found(tmp_path):
    """The check below finds what it is for."""
    (tmp_path / "a.html").write_text('<p id="here">')
    (tmp_path / "b.css").touch()
    pages = pages_of(tmp_path)
    here = tmp_path / "a.html"
    for address in (
        "c.html",
        "#there",
        "a.html#there",
        "//x.org",
        "https://x.org",
        "../a.html",
        "",
    ):
        assert dead(here, address, pages, tmp_path), address
    for address in ("a.html", "#here", "a.html#here", "b.css?v=1", "mailto:a@b.c"):
        assert not dead(here, address, pages, tmp_path), address


def test_every_link_of_every_page_leads_somewhere(site, pages):
    assert {path.name for path in site.glob("*.html")} >= TOP_LEVEL
    found = [
        f"{path.relative_to(site)}: {address!r}"
        for path, page in pages.items()
        for address in page.addresses
        if dead(path, address, pages, site)
    ]
    assert found == []


def test_no_page_has_an_id_twice(site, pages):
    found = [
        f"{path.relative_to(site)}: {name}"
        for path, page in pages.items()
        for name, times in Counter(page.ids).items()
        if times > 1
    ]
    assert found == []


def to_open(site: Path, below: int) -> list[Path]:
    """Every top-level page, and so many of those below, the largest."""
    largest = sorted(site.rglob("*/*.html"), key=lambda path: (-path.stat().st_size, path))
    return [*sorted(site.glob("*.html")), *largest[:below]]


OUT_OF_SIGHT = """() => {
  function cuts(box) {
    return box === document.documentElement || getComputedStyle(box).overflowX !== "visible";
  }
  function isBeyond(end) {
    const right = end.getBoundingClientRect().right - 6;  // half of the place around the last day
    for (let box = end.parentElement; box; box = box.parentElement)
      if (cuts(box) && right > Math.min(box.getBoundingClientRect().right, innerWidth)) return true;
    return false;
  }
  const pictures = Array.from(document.querySelectorAll("main svg:not(svg svg)"));
  return pictures.filter(one => one.checkVisibility())
    .flatMap(one => [one, ...Array.from(one.querySelectorAll("[data-hit]")).slice(-1)])
    .filter(isBeyond)
    .map(end => end.dataset.hit || end.getAttribute("aria-label") || end.outerHTML.slice(0, 99));
}"""
"""Of each picture that shows, the end and the last place that tells something, if it is off the screen."""


@pytest.mark.browser
def test_on_a_desk_pages_open_without_a_complaint(site, chromium):
    assert (
        opened(chromium, to_open(site, 3), site, DESK, lambda window: too_wide(window, DESK)) == []
    )


@pytest.mark.browser
def test_on_a_phone_pages_are_short_and_show_the_newest_of_each_picture(site, chromium):
    def look(window: Window) -> Iterator[str]:
        yield from too_wide(window, PHONE)
        yield from too_high(window)
        for picture in window.evaluate(OUT_OF_SIGHT):
            yield f"the newest end is out of sight: {picture}"
        window.set_viewport_size({"width": ENLARGED, "height": PHONE_SCREEN})
        yield from too_wide(window, ENLARGED)
        window.set_viewport_size({"width": PHONE, "height": PHONE_SCREEN})

    assert opened(chromium, to_open(site, 10), site, PHONE, look) == []


SHIFTED = """() => new Promise(done => {
  let all = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { all += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(all), 100);
})"""


@pytest.mark.browser
def test_however_late_the_script_comes_nothing_shifts(sites, chromium):
    """What is there only with a script has its room from the start."""
    site = sites()
    context = chromium.new_context(viewport={"width": PHONE, "height": PHONE_SCREEN})
    window = context.new_page()

    def late(route: Route) -> None:
        window.wait_for_timeout(300)
        route.continue_()

    window.route("**/static/report.js", late)
    for name in ("index", "actions", "clients", "clients/haddad-family"):
        window.goto((site / f"{name}.html").as_uri())
        assert window.evaluate(SHIFTED) < 0.1, name
    context.close()
