"""Puts output in its place: made beside it, swapped in whole, and over nothing but our own.

A folder of ours carries a manifest of every file that reportgen put there. Only those files are
ever removed; a folder that holds anything else is left as it is, and the owner is told.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from reportgen.output.ours import (
    MANIFEST,
    beside,
    clear,
    contents,
    discard,
    foreign,
    listed,
    made,
    to_disk,
    unwritable,
)
from reportgen.output.signals import undisturbed
from reportgen.problems import ReportError


@contextlib.contextmanager
def staged(out: Path, workbook: Path, published: bool = False) -> Iterator[Path]:
    """An empty folder beside ``out``; when the ``with`` block ends, it takes the place of ``out``.

    When the block raises, nothing has changed. What an earlier, killed run left behind is put right
    first. ``out`` may be absent, empty, or a folder of ours that holds nothing else. Only the owner
    can enter it; what is meant to be ``published`` can be read by a web server.

    Raises: ReportError, when ``out`` is no place for a site or cannot be written.
    """
    staging = beside(out, "new")
    above = missing_parents(out)
    try:
        recover(out)
        _refuse_unless_ours(out, workbook)
        staging.parent.mkdir(parents=True, exist_ok=True)
        with made(staging, out):
            yield staging
            _refuse_unless_ours(out, workbook)
            if published:
                _open_to_readers(staging, out)
            # Whatever else a power cut takes, the folder is still known as ours (docs/decisions/0028).
            to_disk(staging / MANIFEST)
            with undisturbed():
                _swap(staging, out)
    except OSError as error:
        raise unwritable(out, error) from None
    finally:
        discard(staging, out)  # what could not be finished, or what was replaced
        for folder in above:
            with contextlib.suppress(OSError):  # not empty: the site stands in it
                folder.rmdir()


def missing_parents(out: Path) -> list[Path]:
    """The folders above ``out`` that do not exist yet, the innermost first."""
    return [folder for folder in out.absolute().parents if not folder.exists()]


def _refuse_unless_ours(out: Path, workbook: Path) -> None:
    """Raises: ReportError, unless ``out`` is absent, empty, or a folder of ours and nothing else."""
    refuse_no_place(out, workbook)
    if not out.exists():
        return
    ours = listed(out)
    if ours is None:
        refuse_filled(out)
        return
    other = foreign(out, ours)
    if other is not None:
        raise ReportError(
            f"{out} holds {other}, which reportgen did not make; "
            "move it elsewhere, or choose another folder."
        )


def refuse_filled(out: Path) -> None:
    """Raises: ReportError, where a folder that is not ours holds anything."""
    if any(out.iterdir()):
        raise ReportError(
            f"{out} holds files that reportgen did not make, and it replaces only what it "
            "made; choose a new or an empty folder."
        )


def refuse_no_place(out: Path, workbook: Path) -> None:
    """Raises: ReportError, where no folder of ours can be: in a file, through a link, around her work."""
    for above in out.absolute().parents:
        if above.exists() and not above.is_dir():
            raise ReportError(
                f"{above} is a file, so {out} cannot stand in it; choose another folder."
            )
    if out.is_symlink():
        raise ReportError(
            f"{out} is a link to another folder, and a site is not put through a link; "
            "give the folder itself, or a new one."
        )
    if not out.exists():
        return
    if not out.is_dir():
        raise ReportError(f"{out} is a file, not a folder; choose another name for the site.")
    for place, words in (
        (Path(os.path.expanduser("~")), "your home folder"),
        (Path.cwd(), "the folder you are working in"),
        (workbook, "your workbook"),
    ):
        for around in (place.resolve(), *place.resolve().parents):
            if around.exists() and out.samefile(around):
                raise ReportError(
                    f"The site would replace {out}, which is or holds {words}; "
                    "choose a new folder, for example site."
                )


def _open_to_readers(staging: Path, out: Path) -> None:
    """Let others read what is meant for them: as they may read ``out``, or else as usual (755, 644)."""
    mode = out.stat().st_mode & 0o777 if out.is_dir() else 0o755
    for path, is_folder in contents(staging):
        (staging / path).chmod(mode if is_folder else mode & 0o666)
    staging.chmod(mode)


# The swap ----------------------------------------------------------------------------------------
def _swap(staging: Path, out: Path) -> None:
    """Put ``staging`` in the place of ``out``; what stood there before goes."""
    if not out.exists():
        staging.rename(out)
        return
    if not any(out.iterdir()):
        out.rmdir()
        staging.rename(out)
        return
    if _exchange(staging, out):
        return  # the former site is now the staging folder, and goes with it
    old = beside(out, "old")
    out.rename(old)
    try:
        staging.rename(out)
    except OSError:
        old.rename(out)
        raise
    discard(old, out)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, as Linux can on most file systems.

    Returns whether they did; if not, both are where they were.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    done: int = renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0


def recover(out: Path) -> None:
    """Put right what a run that was killed left beside ``out``.

    Between the two renames of a swap the site has another name: it is put back. Any other folder
    of ours beside it is an unfinished or outdated site, and goes.

    Raises: ReportError, when such a folder holds files that reportgen did not make, or another run
    holds it.
    """
    old = beside(out, "old")
    clear(beside(out, "new"), out)  # first: while a run swaps, it holds this one
    if listed(old) is not None and not out.exists() and not out.is_symlink():
        old.rename(out)
    clear(old, out)
