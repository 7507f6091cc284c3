"""Whether a folder is one that a web page is published from, and what may not be put into it.

GitHub takes a page from a folder ``docs``, from a branch ``gh-pages`` or from a repository called
``name.github.io``; other services take it from a folder ``public``. git itself is never run: the
names of the folders and the two small files that say which branch is checked out are enough.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reportgen.problems import ReportError

_NAMES = frozenset({"docs", "public", "gh-pages"})
_BRANCH = "ref: refs/heads/gh-pages"
_SITE = ".github.io"


def refuse_published(folder: Path, instead: str) -> None:
    """Nothing, where no web page seems to be published from the folder, which need not exist.

    ``instead`` says what else the owner can do.

    Raises: ReportError, with the reason and ``instead``.
    """
    because = published_because(folder)
    if because:
        raise ReportError(f"{folder} may be published as a web page, because {because}; {instead}")


def published_because(folder: Path) -> str | None:
    """Why a web page may be published from the folder, in words that follow *because*; or None.

    What counts is its own name, the names on the way to it as it was given, and, in the git
    repository that holds it, the names of the folders around it, the repository's and its branch.
    Names are compared without regard to capitals. Further up names do not count: who keeps her
    business in ~/public publishes nothing by it.
    """
    written, real = Path(os.path.abspath(folder)), Path(os.path.realpath(folder))
    names = [written.name, real.name]
    if not folder.is_absolute():
        names += Path(os.path.normpath(folder)).parts
    roots = [root for path in (written, real) if (root := _repository(path))]
    for path in (written, real):
        names += [part for root in roots for part in _below(root, path)]
    named = next((name for name in names if name.casefold() in _NAMES), None)
    if named is not None:
        return f"it is, or stands in, a folder named {named}"
    for root in roots:
        if root.name.casefold().endswith(_SITE):
            return f"it stands in {root.name}, all of which GitHub publishes"
        if _head(root) == _BRANCH:
            return "it stands on the branch gh-pages of a git repository"
    return None


def _below(root: Path, path: Path) -> Iterator[str]:
    if path.is_relative_to(root):
        yield from path.relative_to(root).parts


def _repository(path: Path) -> Path | None:
    """The nearest folder that holds a ``.git``: a folder, or a file in a second work tree."""
    return next((one for one in (path, *path.parents) if os.path.lexists(one / ".git")), None)


def _head(root: Path) -> str:
    """What the repository has checked out, as its file HEAD says it; empty where it cannot be read."""
    git = root / ".git"
    try:
        if git.is_file():
            git = root / git.read_text(encoding="utf-8").strip().removeprefix("gitdir: ")
        return (git / "HEAD").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
