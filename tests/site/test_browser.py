"""The samples' sites, page by page: every link leads somewhere, and Chromium has nothing to say.

The reader is an owner with a double click: file:// and no connection, on a screen and on a phone.
"""

from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

NAMES = ["interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy"]
WIDTHS = [1280, 390]
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


def to_open(site: Path) -> list[Path]:
    """Every top-level page, and the first, the middle and the last of those below."""
    below = sorted(path for path in site.rglob("*.html") if path.parent != site)
    few = [below[0], below[len(below) // 2], below[-1]] if below else []
    return [*sorted(site.glob("*.html")), *few]


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_open_without_a_complaint(site, chromium, width):
    complaints = []
    name = ""

    def complain(what: str) -> None:
        complaints.append(f"{name}: {what}")

    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.on(
        "console",
        lambda said: (
            complain(f"{said.type} {said.text}") if said.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: complain(str(error)))
    page.on("requestfailed", lambda request: complain(f"failed {request.url}"))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else complain(f"asks {request.url}")
        ),
    )
    for path in to_open(site):
        name = path.relative_to(site).as_posix()
        page.goto(path.as_uri(), wait_until="load")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            complain(f"{wide} px wide on a screen of {width}")
        if not page.title() or not page.inner_text("h1").strip():
            complain("has no title or no heading")
    page.close()
    assert complaints == []
