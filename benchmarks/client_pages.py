"""How many client pages a processor second we make, beside MkDocs over the Markdown of the same pages.

Ours count with all that goes into them: what a page shows, its picture, its HTML and its Markdown. For
MkDocs the Markdown is given, and starting counts for neither.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from pathlib import Path

from measure import machine, table
from others import mkdocs
from workbooks import AS_OF, write_workbook

from reportgen.letters.library import library
from reportgen.reading.book import read
from reportgen.report.report import Report, make_report
from reportgen.settings.configuration import read_configuration
from reportgen.site.files import File, pages

RUNS = 5


def main() -> None:
    """Print the pages a processor second of both, and the ratio."""
    gc.disable()  # as in the program
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_workbook(place / "book.xlsx")
        report = make_report(*read(place / "book.xlsx", read_configuration(None)), AS_OF)
        sources = _written(_of_clients(report), place / "markdown")
        ours = statistics.median(_each_second(report) for _ in range(RUNS))
        theirs = mkdocs(sources, place)
    html = [file for file in _of_clients(report) if file.path.endswith(".html")]
    size = statistics.mean(len(file.render()) for file in html) / 1000
    print(f"{len(sources)} pages of {size:.0f} KB of HTML; {machine()}\n")
    heads = ("client pages a processor second", "MkDocs", "ratio")
    print(table(heads, [(f"{ours:.0f}", f"{theirs:.0f}", f"{ours / theirs:.1f}")]))


def _of_clients(report: Report) -> list[File]:
    """The page of each client: its HTML, its Markdown."""
    files = pages(report, library(None))
    return [file for file in files if file.path.startswith(("clients/", "markdown/clients/"))]


def _each_second(report: Report) -> float:
    """Of a site that has made nothing yet."""
    files = _of_clients(report)
    begun = time.process_time()
    for file in files:
        file.render()
    return len(files) / 2 / (time.process_time() - begun)


def _written(files: list[File], folder: Path) -> list[Path]:
    folder.mkdir()
    for file in files:
        if file.path.endswith(".md"):
            text = str(file.render())
            (folder / Path(file.path).name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


if __name__ == "__main__":
    main()
