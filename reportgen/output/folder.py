"""Puts output in its place: made beside it, swapped in whole, and over nothing but our own.

A folder of ours carries a manifest of every file that reportgen put there. Only those files are
ever removed; a folder that holds anything else is left as it is, and the owner is told.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.problems import ReportError

MANIFEST = ".reportgen.json"
_ASIDE = MANIFEST + ".new"
"""The manifest while it is being written."""
_BY = "reportgen"
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers drop into every folder that is opened. It stops no run and may be removed."""


@contextlib.contextmanager
def staged(out: Path, workbook: Path) -> Iterator[Path]:
    """An empty folder beside ``out``; when the ``with`` block ends, it takes the place of ``out``.

    When the block raises, nothing has changed. What an earlier, killed run left behind is put right
    first. ``out`` may be absent, empty, or a folder of ours that holds nothing else.

    Raises: ReportError, when ``out`` is no place for a site or cannot be written.
    """
    staging = _beside(out, "new")
    above = _missing_parents(out)
    ours = False
    try:
        _recover(out)
        _refuse_unless_ours(out, workbook)
        staging.parent.mkdir(parents=True, exist_ok=True)
        staging.mkdir()
        ours = True
        with _held(staging, out):
            _write_manifest(staging, ())
            yield staging
            _refuse_unless_ours(out, workbook)
            _swap(staging, out)
    except OSError as error:
        raise _unwritable(out, error) from None
    finally:
        if ours:
            with contextlib.suppress(OSError):
                _remove(staging)
        for folder in above:
            with contextlib.suppress(OSError):  # not empty: the site stands in it
                folder.rmdir()


@contextlib.contextmanager
def staged_file(out: Path) -> Iterator[Path]:
    """A path beside ``out``; when the ``with`` block ends, the file written there becomes ``out``.

    When the block raises or writes nothing, nothing has changed. Only the owner may read it: her
    clients are in it.

    Raises: ReportError, when ``out`` exists already or cannot be written.
    """
    if out.exists() or out.is_symlink():
        raise ReportError(f"{out} exists already; give another name, or move it elsewhere.")
    staging = out.absolute().parent / f".{out.stem}.reportgen-new{out.suffix}"
    try:
        staging.unlink(missing_ok=True)
        yield staging
        if staging.exists():
            staging.chmod(0o600)
            staging.rename(out)
    except OSError as error:
        raise _unwritable(out, error) from None
    finally:
        with contextlib.suppress(OSError):
            staging.unlink(missing_ok=True)


@contextlib.contextmanager
def swapped_file(path: Path) -> Iterator[Path]:
    """A path beside a file; when the ``with`` block ends, what was written there takes the file's place.

    When the block raises or writes nothing, nothing has changed. The file's permissions stay; of a
    new one only the owner may read it.

    Raises: ReportError, when it cannot be written.
    """
    staging = path.absolute().parent / f".{path.stem}.reportgen-new{path.suffix}"
    try:
        staging.unlink(missing_ok=True)
        yield staging
        if staging.exists():
            staging.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
            os.replace(staging, path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            staging.unlink(missing_ok=True)


class WriteFailed(OSError):
    """A file could not be written; the number and the words are the system's."""


def write(staging: Path, pages: Iterable[tuple[str, bytes]], paths: Iterable[str]) -> None:
    """Write every page into the staging folder. Before the first, the manifest lists all of them.

    Raises: WriteFailed, for example on a full disk; ValueError, for a path that leads out of the
    folder.
    """
    listed = tuple(paths)
    for path in listed:
        if Path(path).is_absolute() or ".." in Path(path).parts or path == MANIFEST:
            raise ValueError(f"{path} is no place for a page")
    with write_failures():
        _write_manifest(staging, listed)
    made: set[Path] = set()
    for path, content in pages:
        file = staging / path
        with write_failures():
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            file.write_bytes(content)


@contextlib.contextmanager
def write_failures() -> Iterator[None]:
    """Any failure of the system within the ``with`` block is raised as WriteFailed."""
    try:
        yield
    except OSError as error:
        raise WriteFailed(error.errno, error.strerror) from error


def _unwritable(out: Path, error: OSError) -> ReportError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ReportError(
            f"The disk is full: {out} could not be written; "
            "free some space, or choose a place on another disk."
        )
    reason = (error.strerror or str(error)).casefold()
    return ReportError(
        f"{out} could not be written ({reason}); choose a place where you may make files."
    )


def _beside(out: Path, suffix: str) -> Path:
    return out.absolute().parent / f".{out.absolute().name}.reportgen-{suffix}"


def _missing_parents(out: Path) -> list[Path]:
    """The folders above ``out`` that do not exist yet, the innermost first."""
    return [folder for folder in out.absolute().parents if not folder.exists()]


# What is ours ------------------------------------------------------------------------------------
def _write_manifest(folder: Path, paths: Iterable[str]) -> None:
    """Write the manifest aside and rename it: it is there whole, or not at all."""
    text = json.dumps({"made_by": _BY, "files": sorted(paths)}, ensure_ascii=False, indent=0)
    aside = folder / _ASIDE
    aside.write_text(text + "\n", encoding="utf-8", newline="\n")
    aside.replace(folder / MANIFEST)


def _listed(folder: Path) -> frozenset[str] | None:
    """The files of a folder of ours, the manifest among them; None for any other folder."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["made_by"] != _BY:
            return None
        return frozenset([*map(str, manifest["files"]), MANIFEST, _ASIDE])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _contents(folder: Path) -> Iterator[tuple[str, bool]]:
    """Everything below a folder as (relative path, whether it is a folder), the innermost first.

    Links count as files and are never followed.

    Raises: OSError, when a folder cannot be read.
    """

    def stop(error: OSError) -> None:
        raise error

    for top, folders, files in os.walk(folder, topdown=False, onerror=stop):
        here = Path(top)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted([*files, *links]):
            yield (here / name).relative_to(folder).as_posix(), False
        if here != folder:
            yield here.relative_to(folder).as_posix(), True


def _foreign(folder: Path, ours: frozenset[str]) -> str | None:
    """The first thing in the folder, by path, that reportgen did not put there; None when all is ours."""
    folders = {parent.as_posix() for path in ours for parent in Path(path).parents}
    for path, is_folder in sorted(_contents(folder)):
        if is_folder and path not in folders:
            return path
        if not is_folder and (path not in ours or (folder / path).is_symlink()):
            if Path(path).name in _LITTER:
                continue
            return path
    return None


def _refuse_unless_ours(out: Path, workbook: Path) -> None:
    """Raises: ReportError, unless ``out`` is absent, empty, or a folder of ours and nothing else."""
    refuse_no_place(out, workbook)
    if not out.exists():
        return
    ours = _listed(out)
    if ours is None:
        refuse_filled(out)
        return
    foreign = _foreign(out, ours)
    if foreign is not None:
        raise ReportError(
            f"{out} holds {foreign}, which reportgen did not make; "
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


def _remove(folder: Path) -> None:
    """Remove a folder of ours, the manifest last; a folder that holds anything else stays whole."""
    ours = _listed(folder)
    if ours is None:
        if folder.is_dir() and not folder.is_symlink():
            with contextlib.suppress(OSError):  # not empty: not ours to remove
                if os.listdir(folder) == [_ASIDE]:  # killed before its first manifest was whole
                    (folder / _ASIDE).unlink()
                folder.rmdir()
        return
    if _foreign(folder, ours) is not None:
        return
    for path, is_folder in list(_contents(folder)):
        if is_folder:
            (folder / path).rmdir()
        elif path != MANIFEST:
            (folder / path).unlink()
    (folder / MANIFEST).unlink()
    folder.rmdir()


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
    old = _beside(out, "old")
    out.rename(old)
    try:
        staging.rename(out)
    except OSError:
        old.rename(out)
        raise
    with contextlib.suppress(OSError):  # the new site stands; the next run takes this away
        _remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, as Linux can on most file systems.

    Returns whether they did; if not, both are where they were.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    done: int = renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0


def _recover(out: Path) -> None:
    """Put right what a run that was killed left beside ``out``.

    Between the two renames of a swap the site has another name: it is put back. Any other folder
    of ours beside it is an unfinished or outdated site, and goes.

    Raises: ReportError, when such a folder holds files that reportgen did not make.
    """
    old, new = _beside(out, "old"), _beside(out, "new")
    if _listed(old) is not None and not out.exists() and not out.is_symlink():
        old.rename(out)
    for left in (old, new):
        if left.is_symlink() or left.exists():
            with _held(left, out):
                _remove(left)
            if left.is_symlink() or left.exists():
                raise ReportError(
                    f"{left} was left by an earlier run and holds files that reportgen did not "
                    "make; move it elsewhere."
                )


@contextlib.contextmanager
def _held(folder: Path, out: Path) -> Iterator[None]:
    """Holds the folder against a second run into ``out``, where the system has such locks.

    Raises: ReportError, when another run holds it.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise ReportError(
            f"Another run of reportgen is writing {out}; wait until it is done."
        ) from None
    except OSError:
        pass  # a file system without locks
    try:
        yield
    finally:
        os.close(handle)
