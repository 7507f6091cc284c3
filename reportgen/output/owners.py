"""The folder of a cohort: a site for each owner, and the overview across them.

out/
  index.html         the overview
  overview/5c1e…/    what it shows and leads to: its style and script, the same for programs
  anna-smith/        the site of one owner, swapped in whole as any site is
  .owners/           what each site gave to the overview: with it a run that was broken off goes on

Each owner's folder has its own manifest; that of the cohort lists everything else.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from reportgen.output import folder, ours
from reportgen.output.writing import write
from reportgen.problems import ReportError
from reportgen.values import dataclass

KEPT = ".owners"
OVERVIEW = "overview"
"""The folder in which the overview has its files; no owner's site is called so."""
_PAGE = "index.html"
_LEFT = re.compile(r"\.(.+)\.reportgen-(?:new|old)")
"""What a run that was killed leaves beside an owner's site."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cohort is, and where its parts are."""

    out: Path

    def site(self, owner: str) -> Path:
        """The folder of an owner's site."""
        return self.out / owner

    def kept(self, owner: str) -> Path:
        """The file of what the site gave to the overview; it may not exist."""
        return self.out / KEPT / f"{owner}.json"


@contextlib.contextmanager
def opened(out: Path, workbooks: Path) -> Iterator[Place]:
    """The folder of a cohort, made where it is absent and held against a second run.

    Raises: ReportError, when ``out`` is no place for a cohort, or holds what reportgen did not make.
    """
    try:
        _refuse_unless_ours(out, workbooks)
        for missing in (*reversed(folder.missing_parents(out)), out):
            missing.mkdir(mode=0o700, exist_ok=True)
        with ours.held(out, out):
            if ours.listed(out) is None:
                ours.write_manifest(out, (_PAGE,))
            (out / KEPT).mkdir(mode=0o700, exist_ok=True)
            yield Place(out)
    except OSError as error:
        raise ours.unwritable(out, error) from None


def keep(path: Path, text: str) -> None:
    """Write a small file whole or not at all; only its owner may read it.

    Raises: OSError, for example on a full disk.
    """
    aside = path.with_name(path.name + ".new")
    with open(aside, "w", encoding="utf-8", newline="", opener=_opener) as file:
        file.write(text)
    os.replace(aside, path)


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def tidy(place: Place, owners: Collection[str]) -> None:
    """Take away the sites of owners who are gone, and what a killed run left beside a site.

    A folder that holds what reportgen did not make stays.

    Raises: OSError, when something of ours cannot be removed.
    """
    for one in sorted(place.out.iterdir()):
        left = _LEFT.fullmatch(one.name)
        gone = one.is_dir() and ours.listed(one) is not None and one.name not in owners
        if left or gone:
            ours.remove(one)
    for kept in sorted((place.out / KEPT).iterdir()):
        if kept.name.removesuffix(".json") not in owners:
            kept.unlink()


def folder_of(files: Mapping[str, str]) -> str:
    """The folder of these files of an overview: other files have another one."""
    hashes = {path: sha256(text.encode()).hexdigest() for path, text in files.items()}
    return f"{OVERVIEW}/{ours.digest_of(hashes)[:12]}"


def write_overview(place: Place, files: Mapping[str, str], page: str) -> None:
    """Put the overview in its place: its files into their folder, and then the page that names it.

    So the page always has the files that belong to it: until it is replaced, those of the overview
    before stand where they were.

    Raises: ReportError or OSError, for example on a full disk.
    """
    new = place.out / folder_of(files)
    with folder.staged(new, place.out) as staging:
        write(staging, ((path, text.encode()) for path, text in files.items()), files)
    keep(place.out / _PAGE, page)
    for other in sorted(new.parent.iterdir()):
        if other != new:
            ours.discard(other, other)


def _refuse_unless_ours(out: Path, workbooks: Path) -> None:
    """Raises: ReportError, unless ``out`` is absent, empty, or the folder of a cohort and nothing else."""
    folder.refuse_no_place(out, workbooks)
    if not out.exists():
        return
    made = ours.listed(out)
    if made is None:
        folder.refuse_filled(out)
        return
    if "report.json" in made:
        raise ReportError(
            f"{out} holds the site of one owner; choose another folder for the cohort."
        )
    for one in _not_ours(out, made):
        raise ReportError(
            f"{one} was not made by reportgen; move it elsewhere, or choose another folder."
        )


def _not_ours(out: Path, made: Iterable[str]) -> Iterator[Path]:
    """What lies in the folder itself and is neither listed nor a folder of ours."""
    known = {*made, *(f"{path}.new" for path in made), *ours.LITTER, KEPT, OVERVIEW}
    for one in sorted(out.iterdir()):
        is_site = one.is_dir() and not one.is_symlink() and ours.listed(one) is not None
        if one.name not in known and not is_site and not _LEFT.fullmatch(one.name):
            yield one
