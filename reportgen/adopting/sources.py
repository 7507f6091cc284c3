"""Her files, read as one book: which sheets they have, and which file each sheet is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.problems import ReportError
from reportgen.reading.cells import Grid
from reportgen.reading.grids import KINDS, load
from reportgen.settings.configuration import Configuration
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Sources:
    """The sheets of all files, each under a name of its own."""

    grids: tuple[Grid, ...]
    files: Mapping[str, str]
    """Sheet → the name of its file."""
    titles: Mapping[str, str]
    """Sheet → what the owner calls it: the sheet's name in its file; of a .csv the file's."""


def load_all(
    paths: Sequence[Path], configuration: Configuration, but: Path | None = None
) -> Sources:
    """The sheets of one or several files or folders; ``but`` this one, the workbook to add to.

    Raises: ReportError, when one of them cannot be read, or is named twice.
    """
    files = [file for path in paths for file in _files(path) if but is None or not _same(file, but)]
    again = next((one for one, many in Counter(files).items() if many > 1), None)
    if again is not None:
        raise ReportError(f"{again} is named twice; name each file once.")
    grids: list[Grid] = []
    whose: dict[str, str] = {}
    titles: dict[str, str] = {}
    for file in files:
        for grid in load(file, configuration).grids:
            alone = file.suffix.casefold() in _OF_ONE_SHEET
            # Beside others a .csv has its file's name, as in a folder.
            told = (
                grid
                if grid.named or paths == [file]
                else replace(grid, sheet=file.stem, named=True)
            )
            name = _free(told.sheet, file, whose)
            whose[name] = file.name
            titles[name] = file.name if alone else grid.sheet
            grids.append(replace(told, sheet=name))
    return Sources(tuple(grids), whose, titles)


_OF_ONE_SHEET = frozenset({".csv", ".vcf", ".ics"})


def _files(path: Path) -> list[Path]:
    """The file; of a folder those that can be read, by name.

    Raises: ReportError, when the folder has none, or may not be read.
    """
    if not path.is_dir():
        return [path]
    try:
        found = sorted(
            file
            for file in path.iterdir()
            if file.suffix.casefold() in KINDS and not file.name.startswith((".", "~"))
        )
    except OSError as error:
        raise ReportError(f"The folder {path} cannot be read ({error.strerror}).") from None
    if not found:
        raise ReportError(f"The folder {path} has no file that can be read ({', '.join(KINDS)}).")
    return found


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _free(sheet: str, path: Path, taken: Mapping[str, str]) -> str:
    """The sheet's name; where another file has a sheet of that name, with the file's."""
    if sheet not in taken:
        return sheet
    return next(
        name
        for name in (
            f"{sheet} ({path.stem})",
            *(f"{sheet} ({path.stem} {n})" for n in range(2, len(taken) + 3)),
        )
        if name not in taken
    )
