"""Her files, read as one book: which sheets they have, and which file each sheet is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.problems import ReportError
from reportgen.reading.cells import Grid
from reportgen.reading.grids import load
from reportgen.settings.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Sources:
    """The sheets of all files, each under a name of its own."""

    grids: tuple[Grid, ...]
    files: Mapping[str, str]
    """Sheet → the name of its file."""
    titles: Mapping[str, str]
    """Sheet → what the owner calls it: the sheet's name in its file; of a .csv the file's."""


def load_all(paths: Sequence[Path], configuration: Configuration) -> Sources:
    """The sheets of one or several files or folders.

    Raises: ReportError, when one of them cannot be read, or is named twice.
    """
    again = next((one for at, one in enumerate(paths) if one in paths[:at]), None)
    if again is not None:
        raise ReportError(f"{again} is named twice; name each file once.")
    grids: list[Grid] = []
    files: dict[str, str] = {}
    titles: dict[str, str] = {}
    for path in paths:
        for grid in load(path, configuration).grids:
            title = grid.sheet if grid.named else path.name
            # Beside others a .csv has its file's name, as in a folder.
            told = (
                grid
                if grid.named or len(paths) == 1
                else replace(grid, sheet=path.stem, named=True)
            )
            name = _free(told.sheet, path, files)
            files[name] = f"{path.name}/{grid.sheet}.csv" if path.is_dir() else path.name
            titles[name] = title
            grids.append(replace(told, sheet=name))
    return Sources(tuple(grids), files, titles)


def _free(sheet: str, path: Path, taken: Mapping[str, str]) -> str:
    """The sheet's name; where another file has a sheet of that name, with the file's."""
    if sheet not in taken:
        return sheet
    return next(
        name
        for name in (
            f"{sheet} ({path.stem})",
            *(f"{sheet} ({path.stem} {n})" for n in range(2, 99)),
        )
        if name not in taken
    )
