"""How fast other makers of sites are: MkDocs and Pelican over the Markdown that reportgen wrote."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path

from measure import cost

RUNS = 3


def mkdocs(sources: Sequence[Path], place: Path) -> float:
    """Pages a processor second, in the theme that it comes with."""

    def run(pages: Sequence[Path], folder: Path) -> float:
        for source in pages:
            shutil.copy(source, _made(folder / "docs") / source.name)
        (folder / "mkdocs.yml").write_text("site_name: Clients\n", encoding="utf-8")
        return cost("-m", "mkdocs", "build", "--quiet", "-f", str(folder / "mkdocs.yml")).processor

    return _each_second(sources, place / "mkdocs", run)


def pelican(sources: Sequence[Path], place: Path) -> float:
    """Pages a processor second, in the theme that it comes with."""

    def run(pages: Sequence[Path], folder: Path) -> float:
        for source in pages:
            words = source.read_text(encoding="utf-8")
            page = _made(folder / "content" / "pages") / source.name
            page.write_text(f"Title: {source.stem}\n\n{words}", encoding="utf-8")
        return cost("-m", "pelican", str(folder / "content"), "-o", str(folder / "out")).processor

    return _each_second(sources, place / "pelican", run)


def _each_second(
    sources: Sequence[Path], folder: Path, run: Callable[[Sequence[Path], Path], float]
) -> float:
    """Of all pages but the first, which pays for starting; the median of a few runs."""
    found = []
    for number in range(RUNS):
        one = run(sources[:1], folder / f"one-{number}")
        every = run(sources, folder / f"all-{number}")
        found.append((len(sources) - 1) / (every - one))
    return statistics.median(found)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
