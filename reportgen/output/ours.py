"""What is ours: a folder with a manifest of every file that reportgen put there.

Only those files are ever removed. A folder is held by the run that writes it, so that no other takes
it for something that a killed run left.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reportgen.output.signals import undisturbed
from reportgen.problems import ReportError

MANIFEST = ".reportgen.json"
_ASIDE = MANIFEST + ".new"
"""The manifest while it is being written."""
_BY = "reportgen"
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers drop into every folder that is opened. It stops no run and may be removed."""


def write_manifest(
    folder: Path, paths: Iterable[str], mark: Mapping[str, object] | None = None
) -> None:
    """Write the manifest aside and rename it: it is there whole, or not at all.

    ``mark`` says what the folder was made of, so that the next run can leave it as it is.
    """
    manifest: dict[str, object] = {"made_by": _BY, "files": sorted(paths)}
    if mark is not None:
        manifest["mark"] = mark
    text = json.dumps(manifest, ensure_ascii=False, indent=0) + "\n"
    aside = folder / _ASIDE
    aside.write_bytes(text.encode(errors="surrogatepass"))
    aside.replace(folder / MANIFEST)


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of ours; empty for any other folder."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes().decode(errors="surrogatepass"))
        return manifest if manifest["made_by"] == _BY else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def add_mark(folder: Path, mark: Mapping[str, object]) -> None:
    """Put the mark into the manifest of a folder of ours."""
    write_manifest(folder, _manifest(folder)["files"], mark)


def mark_of(folder: Path) -> dict[str, Any] | None:
    """The mark in the folder's manifest; None where it has none."""
    mark = _manifest(folder).get("mark")
    return mark if isinstance(mark, dict) else None


def listed(folder: Path) -> frozenset[str] | None:
    """The files of a folder of ours, the manifest among them; None for any other folder."""
    files = _manifest(folder).get("files")
    return frozenset([*map(str, files), MANIFEST, _ASIDE]) if isinstance(files, list) else None


def contents(folder: Path) -> Iterator[tuple[str, bool]]:
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


def foreign(folder: Path, ours: frozenset[str]) -> str | None:
    """The first thing in the folder, by path, that reportgen did not put there; None when all is ours."""
    folders = {parent.as_posix() for path in ours for parent in Path(path).parents}
    for path, is_folder in sorted(contents(folder)):
        if is_folder and path not in folders:
            return path
        if not is_folder and (path not in ours or (folder / path).is_symlink()):
            if Path(path).name in LITTER:
                continue
            return path
    return None


def begun(folder: Path) -> bool:
    """Whether a folder may be one of ours without its manifest: not written yet, or removed already."""
    try:
        return not folder.is_symlink() and not {*os.listdir(folder)} - {_ASIDE}
    except OSError:
        return False


def remove(folder: Path) -> None:
    """Remove a folder of ours, the manifest last; a folder that holds anything else stays whole."""
    ours = listed(folder)
    if ours is None and not begun(folder):
        return
    if ours is None:
        (folder / _ASIDE).unlink(missing_ok=True)
        folder.rmdir()
        return
    if foreign(folder, ours) is not None:
        return
    for path, is_folder in list(contents(folder)):
        if is_folder:
            (folder / path).rmdir()
        elif path != MANIFEST:
            (folder / path).unlink()
    (folder / MANIFEST).unlink()
    folder.rmdir()


@contextlib.contextmanager
def made(folder: Path, out: Path) -> Iterator[None]:
    """Makes a folder of ours that its owner alone can enter, and holds it.

    Raises: ReportError, when another run has just made it.
    """
    with contextlib.ExitStack() as holding:
        while True:
            try:
                folder.mkdir(0o700)
            except FileExistsError:
                raise _in_use(out) from None
            with contextlib.suppress(FileNotFoundError):  # swept before it was held: once more
                holding.enter_context(held(folder, out, new=True))
                break
        write_manifest(folder, ())
        yield


@contextlib.contextmanager
def held(folder: Path, out: Path, new: bool = False) -> Iterator[None]:
    """Holds the folder against a second run into ``out``, where the system has such locks.

    One that is ``new`` can be held by others only for as long as it takes them to remove it.

    Raises: ReportError, when another run holds it; FileNotFoundError, when it is gone.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if new else fcntl.LOCK_NB))
        except BlockingIOError:
            raise _in_use(out) from None
        except OSError:
            pass  # a file system without locks
        if not os.path.samestat(os.fstat(handle), folder.stat()):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        yield
    finally:
        os.close(handle)


def _in_use(out: Path) -> ReportError:
    return ReportError(f"Another run of reportgen is writing {out}; wait until it is done.")


def abandoned(folder: Path) -> bool:
    """Whether the system can tell that no run holds the folder."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held, or a file system without locks
        return False
    finally:
        os.close(handle)
    return True


def to_disk(file: Path) -> None:
    """Have what was written into a file outlast a power cut, before anything is renamed to it.

    Raises: OSError, when the disk is full or broken.
    """
    with open(file, "r+b") as written:
        os.fsync(written.fileno())


# What is said, and where it is made --------------------------------------------------------------
def unwritable(out: Path, error: OSError) -> ReportError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ReportError(
            f"The disk is full: {out} could not be written; "
            "free some space, or choose a place on another disk."
        )
    reason = (error.strerror or str(error)).casefold()
    return ReportError(
        f"{out} could not be written ({reason}); choose a place where you may make files."
    )


def clear(left: Path, out: Path) -> None:
    """Remove what an earlier run left beside ``out``.

    Raises: ReportError, when it holds files that reportgen did not make, or another run holds it.
    """
    if left.is_symlink() or left.exists():
        with contextlib.suppress(FileNotFoundError), held(left, out):
            remove(left)
        if left.is_symlink() or left.exists():
            raise ReportError(
                f"{left} was left by an earlier run and holds files that reportgen did not "
                "make; move it elsewhere."
            )


def discard(folder: Path, out: Path) -> None:
    """Remove a folder of ours where that can be; else the next run does."""
    with undisturbed(), contextlib.suppress(OSError, ReportError):
        clear(folder, out)


def digest(folder: Path) -> str:
    """What changes with the bytes or the name of any file below the folder, its manifest left out.

    Raises: OSError, when one cannot be read.
    """
    hashes = {}
    for path, is_folder in contents(folder):
        if not is_folder and path != MANIFEST and Path(path).name not in LITTER:
            with open(folder / path, "rb") as file:
                hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
    return digest_of(hashes)


def digest_of(hashes: Mapping[str, str]) -> str:
    """The same, of paths and the hash of each file."""
    lines = "".join(f"{hashes[path]} {path}\n" for path in sorted(hashes))
    return hashlib.sha256(lines.encode(errors="surrogatepass")).hexdigest()


def beside(out: Path, suffix: str) -> Path:
    """Where a folder is made that takes the place of ``out`` (new), or waits: to be removed (old), or to
    have its files put in their places (ready)."""
    return out.absolute().parent / f".{out.absolute().name}.reportgen-{suffix}"


def replaced_by(staging: Path) -> Path | None:
    """The ``out`` of which a folder is ``beside(out, "new")``; None for any other folder."""
    name = staging.name.removeprefix(".").removesuffix(".reportgen-new")
    return staging.parent / name if staging.name == f".{name}.reportgen-new" else None
