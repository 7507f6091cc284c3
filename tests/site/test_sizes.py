"""How many bytes a page is: of each sample, and of a business with 200 clients.

The size of the report in one file is held by tests/forms/test_single_file.py.
"""

import gzip

import pytest
from crowds import AS_OF, crowd

from reportgen.report.report import make_report
from reportgen.site.files import pages

MOST = 250_000
MOST_AS_SENT = 40_000
"""Of the letter, gzipped as a server sends it."""

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "sample", ["interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy"]
)
def test_no_page_of_a_sample_is_large(sites, sample):
    sizes = {path.name: path.stat().st_size for path in sites(sample).rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > MOST} == {}
    assert len(sizes) > 20


def test_no_page_of_200_clients_is_large_and_the_letter_is_small():
    book, settings = crowd(200)
    assert book.problems == ()
    found = {
        file.path: file.render()
        for file in pages(make_report(book, settings, AS_OF))
        if file.path.endswith(".html") and ("/" not in file.path or file.path.endswith("7.html"))
    }
    sizes = {path: len(str(html).encode()) for path, html in found.items()}
    assert len(sizes) > 35
    assert {path: size for path, size in sizes.items() if size > MOST} == {}
    letter = str(found["index.html"])
    assert len(gzip.compress(letter.encode(), mtime=0)) < MOST_AS_SENT
