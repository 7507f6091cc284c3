"""Opens pages in Chromium, as a double click does: what it complains of, and what is too large."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

DESK, PHONE = 1280, 390
PHONE_SCREEN = 844
MOST_SCREENS = 8

Look = Callable[[Page], Iterator[str]]


def opened(
    chromium: Browser, paths: Iterable[Path], site: Path, width: int, look: Look
) -> list[str]:
    """What Chromium has to say of the pages, and what ``look`` sees on each that is wrong."""
    complaints = []
    name = ""

    def complain(what: str) -> None:
        complaints.append(f"{name}: {what}")

    window = chromium.new_page(viewport={"width": width, "height": PHONE_SCREEN})
    window.on(
        "console",
        lambda said: (
            complain(f"{said.type} {said.text}") if said.type in ("error", "warning") else None
        ),
    )
    window.on("pageerror", lambda error: complain(str(error)))
    window.on("requestfailed", lambda request: complain(f"failed {request.url}"))
    window.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else complain(f"asks {request.url}")
        ),
    )
    for path in paths:
        name = path.relative_to(site).as_posix()
        window.goto(path.as_uri(), wait_until="load")
        if not window.title() or not window.inner_text("h1").strip():
            complain("has no title or no heading")
        for what in look(window):
            complain(what)
    window.close()
    return complaints


def too_wide(window: Page, width: int) -> Iterator[str]:
    """That the page is wider than its screen, if it is."""
    wide = window.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"{wide} px wide on a screen of {width}"


def too_high(window: Page) -> Iterator[str]:
    """That the page, as it opens on a phone, is longer than she will read, if it is."""
    high = window.evaluate("document.documentElement.scrollHeight")
    if high > MOST_SCREENS * PHONE_SCREEN:
        yield f"{high / PHONE_SCREEN:.1f} screens high"
