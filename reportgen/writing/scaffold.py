"""What ``init`` puts beside the starter workbook: settings, a Makefile, a README, what git may take.

Here and in locking, the same input gives another output each time: the secret in the settings is drawn
anew, because pseudonyms that others can make hide nobody.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import time
from decimal import Decimal
from pathlib import Path

from reportgen.environments import templates_folder
from reportgen.problems import ReportError
from reportgen.settings.kinds import WEEKDAYS
from reportgen.settings.labels import setting_help, setting_label
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.writing.starter import starter_workbook

_SETTINGS = "reportgen.toml"
_SECRET_BYTES = 32

_SETTINGS_HEAD = """\
# Settings for reportgen. It takes them from a file of this name beside the workbook.
#
# Every line below shows the value that counts when you change nothing. Take the # in front of a
# line away and write your own. What the Business sheet of the workbook says wins over this file.

[settings]
"""

_SETTINGS_TAIL = """
# Your own headers, where they differ from ours: our column = yours, or several of yours.
[columns]
# Client = ["Customer", "Account"]

# Your own sheet names, likewise.
[sheets]
# Touchpoints = "Contacts"

# What your status words say of a row: happened, open, not_happened, returned, refunded,
# partly_refunded, payment or no_sale.
[words]
# happened = ["Picked up"]

# What one of another currency is worth in yours; amounts in it are then converted.
[rates]
# EUR = 0.86

# What a coach does not get besides, or gets back; [editions.accountant] likewise.
[editions.coach]
# drop = ["Segment"]
# keep = ["Business name"]

# The pseudonyms of the coach's edition are made with this. With it and a list of names they can be
# undone, so show this file to nobody; with another secret every client gets another pseudonym.
[privacy]
secret = "{secret}"
"""


def write_starter(folder: Path) -> tuple[str, ...]:
    """Write the files into ``folder``; returns their names, the workbook first, the README last.

    Where the system has such permissions, only the owner may read the settings.

    Raises: ReportError, when one of the files exists already (then none is written) or cannot be
    written (then those written before are removed again).
    """
    with laid_out(folder, starter_workbook()) as made:
        return made


@contextlib.contextmanager
def laid_out(folder: Path, workbook: bytes) -> Iterator[tuple[str, ...]]:
    """The same with another workbook; when the ``with`` block raises, the files go again.

    Raises: ReportError, as ``write_starter`` does.
    """
    files = {
        "clients.xlsx": workbook,
        _SETTINGS: settings_file(secrets.token_hex(_SECRET_BYTES)).encode(),
        "Makefile": _text("Makefile"),
        ".gitignore": _text("gitignore"),
        ".github/workflows/pages.yml": _text("pages.yml"),
        "README.md": _text("README.md"),
    }
    paths = {folder / name: content for name, content in files.items()}
    for path in paths:
        if os.path.lexists(path):
            raise ReportError(
                f"{path} exists already, and nothing is overwritten; "
                "choose a new folder, for example reportgen init my-business."
            )
    around = {place for path in paths for place in path.parents if not os.path.exists(place)}
    missing = sorted(around, key=lambda place: (-len(place.parts), place))
    made: list[Path] = []
    try:
        for path, content in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "xb", opener=_opener) as file:
                made.append(path)
                file.write(content)
    except OSError as error:
        _remove(made, missing)
        raise ReportError(
            f"{folder} cannot be written ({(error.strerror or str(error)).casefold()}); "
            "choose a folder in which you may make files."
        ) from None
    try:
        yield tuple(files)
    except BaseException:
        _remove(made, missing)
        raise


def _remove(files: Iterable[Path], folders: Iterable[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
    for place in folders:
        with contextlib.suppress(OSError):
            place.rmdir()


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600 if path.endswith(_SETTINGS) else 0o666)


def _text(name: str) -> bytes:
    return (templates_folder() / "scaffold" / name).read_bytes()


def settings_file(secret: str) -> str:
    """The settings file: every setting with its meaning and its default, commented out; the secret."""
    tail = _SETTINGS_TAIL.format(secret=secret)
    return _SETTINGS_HEAD + "\n".join(_setting_lines()) + "\n" + tail


def _setting_lines() -> Iterator[str]:
    defaults = Settings()
    for name in SETTING_NAMES:
        value = getattr(defaults, name)
        label = setting_label(name)
        yield ""
        yield f"# {label}: {setting_help(name)}"
        yield f"# {name} = {_toml(value)}" if value is not None else f"# {name} =   (not set)"


def _toml(value: object) -> str:
    match value:
        case frozenset():
            return json.dumps([WEEKDAYS[day] for day in sorted(value)])
        case tuple():
            return json.dumps(list(value), ensure_ascii=False)
        case time():
            return json.dumps(value.isoformat("minutes"))
        case Decimal():
            return str(value)
    return json.dumps(value, ensure_ascii=False)
