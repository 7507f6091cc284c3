"""The owner's key to the pseudonyms: a small table that stays with her, beside no edition."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from reportgen.output.csv import as_csv
from reportgen.output.writing import write_failures
from reportgen.problems import ReportError

_HEADS = ("In the coach's edition", "Client")


def refuse_unless_key(path: Path, site: Path) -> None:
    """Refuse a place for the key that another file has, or that lies in the edition's own folder.

    Raises: ReportError, with what else the owner can do.
    """
    if path.resolve().is_relative_to(site.resolve()):
        raise ReportError(
            f"{path} would lie in {site}, which you share; the key is yours alone: "
            "choose a place beside it."
        )
    if not os.path.lexists(path):
        return
    head = as_csv(_HEADS, ()).encode()
    try:
        with path.open("rb") as file:
            ours = path.is_file() and not path.is_symlink() and file.read(len(head)) == head
    except OSError:
        ours = False
    if not ours:
        raise ReportError(f"{path} is no key of reportgen's and stays as it is; give another name.")


def write_key(path: Path, pairs: Iterable[tuple[str, str]]) -> None:
    """Write the table of what each client is called; where there are permissions, for the owner alone.

    Raises: WriteFailed, for example on a full disk.
    """
    with write_failures(), open(path, "w", encoding="utf-8", newline="", opener=_opener) as file:
        file.write(as_csv(_HEADS, pairs))


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
