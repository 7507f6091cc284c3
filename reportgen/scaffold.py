"""What ``init`` puts beside the starter workbook: settings, a Makefile, a .gitignore, a README."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from pathlib import Path

from reportgen.problems import ReportError
from reportgen.reading.starter import starter_workbook
from reportgen.settings import (
    SETTING_NAMES,
    WEEKDAYS,
    Settings,
    setting_help,
    setting_label,
)

_README = """\
# My client relationships

1. Open `clients.xlsx` and write down your clients and what happened between you: one row a contact
   in *Touchpoints*, one row an invoice in *Sales*. Remove the example rows.
2. Run `make report`, or, without make,
   `reportgen build clients.xlsx -o site --config reportgen.toml`. If `reportgen` is not found, it lies
   in the folder where you installed it: `make report REPORTGEN=/path/to/.venv/bin/reportgen`.
3. Open `site/index.html`.

`reportgen check clients.xlsx --config reportgen.toml` lists every cell that could not be used.
`reportgen.toml` holds the thresholds: take the `#` away from a line to change it.

The workbook and the site are about people who did not ask to be published. `.gitignore` keeps both
out of git; leave it so.
"""

_MAKEFILE = """\
# `make report` builds the site; `make report BOOK=other.xlsx AS_OF=2026-10` builds another.
BOOK ?= clients.xlsx
OUT ?= site
AS_OF ?=
REPORTGEN ?= reportgen

.PHONY: report check
report:
\t$(REPORTGEN) build "$(BOOK)" -o "$(OUT)" --config reportgen.toml $(if $(AS_OF),--as-of $(AS_OF))

check:
\t$(REPORTGEN) check "$(BOOK)" --config reportgen.toml
"""

_GITIGNORE = """\
# Your clients' data, and every page made from it, stay on your machine.
*.xlsx
*.xlsm
*.xlsb
*.xls
*.ods
*.csv
*.ics
/site/
/letters-due/
*.eml
.*.reportgen-*
"""

_SETTINGS_HEAD = """\
# Settings for reportgen: reportgen build clients.xlsx --config reportgen.toml
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
"""


def write_starter(folder: Path) -> tuple[str, ...]:
    """The names of the files written into ``folder``, the workbook first, the README last.

    Raises: ReportError, when one of them exists already (then none is written) or cannot be
    written (then those that were are taken away again).
    """
    files = {
        "clients.xlsx": starter_workbook(),
        "reportgen.toml": settings_file().encode(),
        "Makefile": _MAKEFILE.encode(),
        ".gitignore": _GITIGNORE.encode(),
        "README.md": _README.encode(),
    }
    for name in files:
        if (folder / name).exists() or (folder / name).is_symlink():
            raise ReportError(
                f"{folder / name} exists already, and nothing is overwritten; "
                "choose a new folder, for example reportgen init my-business."
            )
    above = [place for place in (folder, *folder.absolute().parents) if not place.exists()]
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with (folder / name).open("xb") as file:
                made.append(folder / name)
                file.write(content)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        for place in above:
            with contextlib.suppress(OSError):
                place.rmdir()
        raise ReportError(
            f"{folder} cannot be written ({(error.strerror or str(error)).casefold()}); "
            "choose a folder in which you may make files."
        ) from None
    return tuple(files)


def settings_file() -> str:
    """The commented settings file: every setting with its meaning and its default."""
    return _SETTINGS_HEAD + "\n".join(_setting_lines()) + "\n" + _SETTINGS_TAIL


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
