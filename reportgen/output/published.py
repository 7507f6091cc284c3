"""Whether a web page may be published from a folder; if so, nothing open is written into it.

GitHub takes a page from a folder ``docs``, from a branch ``gh-pages`` or from a repository called
``name.github.io``; other services take it from a folder ``public``. The names of the folders and the
two small files that say which branch is checked out are enough. git itself is asked only when the
repository keeps its branches in git's own form, *reftable*.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from reportgen.problems import ReportError

_NAMES = frozenset({"docs", "public", "gh-pages"})
_REF = "ref: "
_BRANCH = _REF + "refs/heads/gh-pages"
_ELSEWHERE = _REF + "refs/heads/.invalid"
"""What HEAD says when the branches stand in a reftable. No branch can have that name."""
_SITE = ".github.io"
_ANSWER_SECONDS = 10.0
_DETACHED = 1
"""How git ends when a commit is checked out and no branch."""


def refuse_published(folder: Path, instead: str) -> None:
    """Refuse a folder that a web page may be published from; the folder need not exist.

    ``instead`` says what else the owner can do.

    Raises: ReportError, with the reason and ``instead``.
    """
    because = published_because(folder)
    if because:
        raise ReportError(f"{folder} may be published as a web page, because {because}; {instead}")


def published_because(folder: Path) -> str | None:
    """Why a web page may be published from the folder, in words that follow *because*; else None.

    These names count, whatever their capitals:

    - the folder's own, as it was given and with links followed;
    - those on the way to it, as it was given and from the folder one works in;
    - in every git repository around it, those of the folders from the repository's root down. Every
      one, because a repository may stand in the ``docs`` of another.

    The name and the branch of every such repository count too; a branch that git does not tell may be
    the published one. Names further up do not count: who keeps her business in ~/public publishes
    nothing by it.
    """
    written, real = Path(os.path.abspath(folder)), Path(os.path.realpath(folder))
    names = [written.name, real.name]
    if not folder.is_absolute():
        names += Path(os.path.normpath(folder)).parts
    roots = [root for path in (written, real) for root in _repositories(path)]
    for path in (written, real):
        names += [part for root in (Path.cwd(), *roots) for part in _below(root, path)]
    named = next((name for name in names if name.casefold() in _NAMES), None)
    if named is not None:
        return f"it is, or stands in, a folder named {named}"
    for root in roots:
        if root.name.casefold().endswith(_SITE):
            return f"it stands in {root.name}, all of which GitHub publishes"
        head = _head(root)
        if head == _BRANCH:
            return "it stands on the branch gh-pages of a git repository"
        if head is None:
            return f"git does not tell which branch of {root} it stands on"
    return None


def _below(root: Path, path: Path) -> Iterator[str]:
    if path.is_relative_to(root):
        yield from path.relative_to(root).parts


def _repositories(path: Path) -> list[Path]:
    """The folders around the path that hold a ``.git``: a folder, or a file in a second work tree."""
    return [one for one in (path, *path.parents) if os.path.lexists(one / ".git")]


def _head(root: Path) -> str | None:
    """What the repository has checked out, as its file HEAD says it: ``ref: refs/heads/main``.

    Empty when there is no such file, as in a folder that only looks like a repository; None when the
    branches stand in a reftable and git does not tell.
    """
    git = root / ".git"
    try:
        if git.is_file():
            git = root / git.read_text(encoding="utf-8").strip().removeprefix("gitdir: ")
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
    return _asked(git) if head == _ELSEWHERE else head


def _asked(git: Path) -> str | None:
    """What git says that HEAD is; None when git is absent, knows no reftable or does not answer."""
    try:
        said = subprocess.run(
            ["git", f"--git-dir={git}", "symbolic-ref", "--quiet", "HEAD"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_ANSWER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if said.returncode == _DETACHED and not said.stderr:
        return ""
    return _REF + said.stdout.strip() if said.returncode == 0 else None
