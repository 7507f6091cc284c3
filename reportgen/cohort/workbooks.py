"""The owners of a folder: a workbook each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reportgen import words
from reportgen.output.ours import MANIFEST
from reportgen.output.owners import OVERVIEW
from reportgen.problems import ReportError
from reportgen.reading.grids import KINDS
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner, as her workbook is called."""

    name: str
    """Of the file without its ending, or of the folder."""
    folder: str
    """The name of the folder of her site."""
    workbook: Path


def owners(folder: Path, out: Path) -> tuple[Owner, ...]:
    """Every file of a folder that can be read, and every folder in it that holds such files, by name.

    What is hidden, what a program writes beside an open file, and what reportgen made does not count.

    Raises: ReportError, when there is none, or the folder cannot be read.
    """
    try:
        found = sorted(_workbooks(folder, out), key=lambda path: (path.name.casefold(), path.name))
    except OSError as error:
        raise ReportError(
            f"{folder} cannot be read ({error.strerror}); "
            "give the folder that holds the owners' workbooks."
        ) from None
    if not found:
        raise ReportError(
            f"{folder} holds no workbook; put each owner's there: a file "
            f"({', '.join(KINDS)}), or a folder of such files."
        )
    names = [path.name if path.is_dir() else path.stem for path in found]
    # Two files may have one name and different endings; of these each is called by its whole name.
    twice = {name for name in names if names.count(name) > 1}
    shown = [path.name if name in twice else name for path, name in zip(found, names, strict=True)]
    slugs = words.slugs([OVERVIEW, *shown])
    return tuple(
        Owner(name, slugs[name], path.absolute()) for name, path in zip(shown, found, strict=True)
    )


def _workbooks(folder: Path, out: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        path = folder / entry.name
        if not entry.is_dir():
            if _readable(entry.name):
                yield path
        elif _may_hold(path, out) and any(map(_readable, os.listdir(path))):
            yield path


def _may_hold(path: Path, out: Path) -> bool:
    """Whether a folder may be an owner's: it is not hidden, and not one that reportgen writes."""
    hidden = path.name.startswith((".", "~"))
    return not hidden and path.resolve() != out.resolve() and not os.path.lexists(path / MANIFEST)


def _readable(name: str) -> bool:
    return not name.startswith((".", "~")) and Path(name).suffix.casefold() in KINDS
