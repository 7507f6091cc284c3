"""How a function of this package is started in a Python of its own."""

from __future__ import annotations

import sys
from pathlib import Path


def command(module: str, function: str) -> list[str]:
    """The command that runs a function without arguments, from where this package was found.

    ``-P`` keeps the current folder off the import path: an owner's csv.py is not the csv module.
    """
    here = str(Path(__file__).resolve().parents[1])
    code = f"import sys; sys.path.append({here!r}); from {module} import {function}; {function}()"
    return [sys.executable, "-P", "-c", code]
