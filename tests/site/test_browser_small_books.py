"""Books in which much is missing, and one of 2,000 clients, as their owners open them on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import docstring_grids
from crowds import AS_OF, crowd
from opening import PHONE, opened, too_high, too_wide
from playwright.sync_api import Page

from reportgen.model import Book, Source
from reportgen.reading.book import book_of
from reportgen.report.report import make_report
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings
from reportgen.site.files import pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOOKS = {
    "names": """
        # Clients
        Client | Email
        Acme   | ann@acme.example
        Bell   |
        """,
    "touchpoints": """
        Date       | Client | Activity
        2026-06-10 | Acme   | Call
        2026-09-20 | Acme   | Call
        2026-10-01 | Bell   | Visit
        2025-01-05 | Cole   | Call
        """,
    "sales": """
        Date       | Client | Amount
        2026-06-10 | Acme   | 100
        2026-09-20 | Acme   | 250.50
        2025-10-01 | Bell   | 80
        """,
    "one client": """
        # Touchpoints
        Date       | Client | Activity | Minutes | Promise | Promised for
        2026-10-05 | Acme   | Call     | 20      | a quote | 2026-10-09

        # Sales
        Date       | Client | Amount
        2025-03-01 | Acme   | 1200
        """,
    "one month": """
        # Touchpoints
        Date       | Client | Activity
        2026-10-05 | Acme   | Call
        2026-10-06 | Bell   | Visit
        2026-10-30 | Cole   | E-mail

        # Sales
        Date       | Client | Amount
        2026-10-12 | Acme   | 1200
        """,
}
NOT_WORDS = r"\b(?:nan|NaN|undefined|null|inf|0 of 0|None(?! of [1-9a-z]))\b|n/a of|of n/a"
OF_MANY = ("index", "actions", "clients", "business", "me", "letters", "clients/client-0007")


def site(into: Path, book: Book, settings: Settings, names: tuple[str, ...] = ()) -> list[Path]:
    """Writes the site without its downloads, or of its pages those of these names; returns the pages."""
    for file in pages(make_report(book, settings, AS_OF)):
        name, _, kind = file.path.rpartition(".")
        if kind in ("css", "js") or (kind == "html" and (not names or name in names)):
            content = file.render()
            path = into / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return sorted(into.rglob("*.html"))


def look(window: Page) -> Iterator[str]:
    """What is wrong with a page as it stands, and with what is folded away on it."""
    yield from too_wide(window, PHONE)
    yield from too_high(window)
    if not re.match(".*/(method|404)\\.html$", window.url):
        text = window.locator("main").text_content() or ""
        for found in re.finditer(NOT_WORDS, text):
            yield f"says {text[max(0, found.start() - 40) : found.end() + 40]!r}"


@pytest.mark.parametrize("name", BOOKS)
def test_with_little_in_a_book_each_page_can_be_read(chromium, tmp_path, name):
    source = Source("book.xlsx", "0" * 64)
    book, settings = book_of(docstring_grids(BOOKS[name]), DEFAULTS, source)
    written = site(tmp_path, book, settings)
    assert len(written) > 10
    assert opened(chromium, written, tmp_path, PHONE, look) == []


def test_two_thousand_clients_take_no_longer_to_read(chromium, tmp_path):
    written = site(tmp_path, *crowd(2_000, contacts=2, sales=1), OF_MANY)
    assert len(written) == len(OF_MANY)
    assert opened(chromium, written, tmp_path, PHONE, look) == []
