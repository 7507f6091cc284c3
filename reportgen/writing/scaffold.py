"""What ``init`` puts beside the starter workbook: settings, a Makefile, a README, what git may take.

Here and in locking, the same input gives another output each time: the secret in the settings is drawn
anew, because pseudonyms that others can make hide nobody.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path

from reportgen.environments import templates_folder
from reportgen.output.leftovers import sweep
from reportgen.output.several import staged_files
from reportgen.problems import ReportError
from reportgen.settings.kinds import WEEKDAYS
from reportgen.settings.labels import setting_help, setting_label
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.writing.starter import starter_workbook

WORKBOOK, SETTINGS = "clients.xlsx", "reportgen.toml"
_COPIES = {
    "Makefile": "Makefile",
    ".gitignore": "gitignore",
    ".github/workflows/pages.yml": "pages.yml",
    "README.md": "README.md",
}
"""Each file that is a copy of ours, and what that is called."""
_NAMES = (WORKBOOK, SETTINGS, *_COPIES)
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

    Raises: ReportError, when one of the files exists already or cannot be written; then none is.
    """
    with laid_out(folder) as staging:
        write_files(staging, starter_files(starter_workbook()))
    return _NAMES


@contextlib.contextmanager
def laid_out(folder: Path) -> Iterator[Path]:
    """An empty folder; when the ``with`` block ends, the starter's files made there lie in ``folder``.

    When the block raises, nothing has changed. What a killed run left goes first.

    Raises: ReportError, as ``write_starter`` does.
    """
    sweep([Path.cwd(), *folder.absolute().parents[:2]])
    for name in _NAMES:
        if os.path.lexists(folder / name):
            raise ReportError(
                f"{folder / name} exists already, and nothing is overwritten; "
                "choose a new folder, for example reportgen init my-business."
            )
    with staged_files(folder, _NAMES) as staging:
        yield staging


def starter_files(workbook: bytes) -> dict[str, bytes]:
    """Name → content of each file, with this workbook and a secret drawn anew."""
    settings = settings_file(secrets.token_hex(_SECRET_BYTES)).encode()
    copies = {name: _text(copied) for name, copied in _COPIES.items()}
    return {WORKBOOK: workbook, SETTINGS: settings} | copies


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder.

    Raises: OSError.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb", opener=_opener) as file:
            file.write(content)


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600 if path.endswith(SETTINGS) else 0o666)


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
